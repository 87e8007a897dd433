"""The ground of all model types: strict, frozen, without unknown keys; and the small value types they share.

The only module (with its siblings in ``model``) that knows pydantic. :func:`read` turns plain values into a model
and reports problems as values with a path, so that the caller can name line and column.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    WithJsonSchema,
)

Path = tuple[str | int, ...]
"""Where a value stands in a file: keys and list positions."""


class Model(BaseModel):
    """Base of everything read from YAML."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


@dataclass(frozen=True)
class Duration:
    """An ISO 8601 duration of whole years, months, days, hours and minutes (weeks become days)."""

    years: int = 0
    months: int = 0
    days: int = 0
    hours: int = 0
    minutes: int = 0

    PATTERN = r"^P(?=.)(?:([0-9]{1,3})Y)?(?:([0-9]{1,3})M)?(?:([0-9]{1,3})W)?(?:([0-9]{1,4})D)?(?:T(?=.)(?:([0-9]{1,4})H)?(?:([0-9]{1,4})M)?)?$"

    @classmethod
    def parse(cls, text: str) -> Duration:
        """Read ``P30D``, ``PT72H``, ``P12M`` …; raises ``ValueError`` otherwise, and for a length of nothing."""
        match = re.fullmatch(cls.PATTERN.strip("^$"), text)
        if not match:
            raise ValueError("is no ISO 8601 duration such as P30D, P12M or PT72H")
        years, months, weeks, days, hours, minutes = (int(group or 0) for group in match.groups())
        duration = cls(years, months, weeks * 7 + days, hours, minutes)
        if duration == cls():
            raise ValueError("is a duration of nothing")
        return duration

    def after(self, day: datetime.date) -> datetime.date:
        """The day this long after ``day``: at most the month's last day, and never beyond the calendar's."""
        month = day.month - 1 + self.months + 12 * self.years
        year, month = day.year + month // 12, month % 12 + 1
        try:
            last = calendar.monthrange(year, month)[1]
            moved = datetime.date(year, month, min(day.day, last))
            return moved + datetime.timedelta(days=self.days, hours=self.hours, minutes=self.minutes)
        except (ValueError, OverflowError):
            return datetime.date.max


def _duration(value: object) -> object:
    return Duration.parse(value) if isinstance(value, str) else value


def _partial_date(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime.date) else value


def _on_the_calendar(value: str) -> str:
    year, month, day = (*(int(part) for part in value.split("-")), 1, 1)[:3]
    try:
        datetime.date(year, month, day)
    except ValueError as error:
        raise ValueError("is no date of the calendar") from error
    return value


LanguageCode = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z]+)?$")]

Words = dict[LanguageCode, Annotated[str, StringConstraints(min_length=1)]]
"""The same words in several languages, by language code."""

Forms = dict[LanguageCode, tuple[Annotated[str, StringConstraints(min_length=1)], ...]]
"""Several names of one thing in several languages, by language code."""

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
"""An id of an entry: lower-case ASCII words joined by hyphens."""

DocumentId = Annotated[
    str, StringConstraints(pattern=r"^([A-Z]{2,8}-[0-9]{2,3}|[a-z0-9]+(-[a-z0-9]+)*)$", max_length=80)
]
"""``SOP-02`` for a controlled series, otherwise a slug."""

SourceId = Annotated[str, StringConstraints(pattern=r"^S[0-9]{1,4}$")]
Revision = Annotated[str, StringConstraints(pattern=r"^[0-9]{1,3}\.[0-9]{1,3}$")]
RevisionName = Annotated[
    str, StringConstraints(pattern=r"^([A-Z]{2,8}-[0-9]{2,3}|[a-z0-9]+(-[a-z0-9]+)*)@[0-9]{1,3}\.[0-9]{1,3}$")
]
"""``SOP-02@1.0``: a document and its revision."""

Basis = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+/[a-z0-9-]+$")]
"""``instrument/article``."""

StepName = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2,8}-[0-9]{2,3}/[a-z0-9-]+\.[a-z0-9-]+$")]
"""``SOP-02/measure.step``: a step of a procedure."""

IsoDuration = Annotated[
    Duration,
    BeforeValidator(_duration),
    WithJsonSchema({"type": "string", "pattern": Duration.PATTERN.replace("(?=.)", "")}),
]
PartialDate = Annotated[
    str,
    BeforeValidator(_partial_date),
    StringConstraints(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"),
    AfterValidator(_on_the_calendar),
]
"""A year, a month or a day, as far as a source gives it."""

Audience = Literal["public", "professional"]
Person = Literal["adult", "child", "other-vulnerable"]
Severity = Literal["editorial", "minor", "major"]

NonEmpty = Annotated[str, StringConstraints(min_length=1)]


@dataclass(frozen=True)
class Problem:
    """Why a value does not fit a model. ``allowed`` lists known keys or values where that helps."""

    path: Path
    kind: Literal["unknown-key", "missing-key", "wrong-type", "not-allowed", "badly-formed"]
    message: str
    allowed: tuple[str, ...] = ()


M = TypeVar("M", bound=Model)

_TYPE_WORDS = {
    "string_type": "text",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "tuple_type": "a list",
    "dict_type": "a mapping",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "date_type": "a date such as 2026-11-23",
    "is_instance_of": "an ISO 8601 duration such as P30D, in plain text",
    "dataclass_type": "an ISO 8601 duration such as P30D, in plain text",
    "dataclass_exact_type": "an ISO 8601 duration such as P30D, in plain text",
}


def read(model: type[M], value: object) -> M | tuple[Problem, ...]:
    """Make a ``model`` of plain values, or say everything that does not fit."""
    return _read(model, lambda: model.model_validate(value))


def read_json(model: type[M], text: bytes) -> M | tuple[Problem, ...]:
    """Make a ``model`` of JSON, where lists stand for tuples and text for dates; or say what does not fit."""
    return _read(model, lambda: model.model_validate_json(text))


def _read(model: type[M], validated: Callable[[], M]) -> M | tuple[Problem, ...]:
    try:
        return validated()
    except ValidationError as error:
        items = error.errors(include_url=False)
        below = {tuple(item["loc"][:depth]) for item in items for depth in range(len(item["loc"]))}
        # A list whose entries do not fit counts as too short as well: the entries are what to mend.
        return tuple(
            _problem(model, item)
            for item in items
            if not (item["type"] in ("too_short", "too_long") and tuple(item["loc"]) in below)
        )


def _problem(model: type[Model], item: Any) -> Problem:
    path: Path = tuple(part for part in item["loc"] if part != "[key]")
    kind, context = str(item["type"]), item.get("ctx") or {}
    name = f"`{path[-1]}`" if path and isinstance(path[-1], str) else "this entry"
    got = _words_for(item.get("input"))
    if kind == "json_invalid":
        return Problem(path, "badly-formed", f"no JSON: {context.get('error', 'it cannot be read')}")
    if kind == "extra_forbidden":
        return Problem(path, "unknown-key", f"unknown key {name}", _keys_at(model, path[:-1]))
    if kind == "missing":
        return Problem(path, "missing-key", f"{name} is missing")
    if kind == "literal_error":
        allowed = tuple(re.findall(r"'([^']*)'", str(context.get("expected", ""))))
        return Problem(path, "not-allowed", f"{name} cannot be {got}", allowed)
    if kind in _TYPE_WORDS:
        if isinstance(item.get("input"), str):
            got = f"the text {got}"
        return Problem(path, "wrong-type", f"{name} must be {_TYPE_WORDS[kind]}, not {got}")
    if kind == "value_error":
        return Problem(path, "badly-formed", f"{name}: {got} {context.get('error', 'does not fit')}")
    if kind in ("too_short", "too_long"):
        least, most = context.get("min_length"), context.get("max_length")
        wanted = f"at least {least}" if least else f"at most {most}"
        entries = "entry" if (least or most) == 1 else "entries"
        return Problem(path, "badly-formed", f"{name} needs {wanted} {entries}")
    if kind == "string_too_short":
        return Problem(path, "badly-formed", f"{name} is empty")
    return Problem(path, "badly-formed", f"{name}: {got} is not well formed")


def _words_for(value: object) -> str:
    if isinstance(value, str):
        return f"`{value[:60]}`"
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return f"the truth value `{str(value).lower()}`"
    if isinstance(value, int | datetime.date):
        return f"`{value}`" if isinstance(value, datetime.date) else f"the number `{value}`"
    return "a mapping" if isinstance(value, dict) else "a list"


def _keys_at(model: type[Model], path: Path) -> tuple[str, ...]:
    """The keys known at ``path``, found by walking the fields; empty where the walk leaves the models."""
    current: Any = model
    free = False
    for part in path:
        if isinstance(part, int):
            continue
        if free:
            # A key of a mapping by language or label: any word, the same type behind each.
            free = False
            continue
        if not (isinstance(current, type) and issubclass(current, Model)) or part not in current.model_fields:
            return ()
        annotation = current.model_fields[part].annotation
        free = getattr(annotation, "__origin__", None) is dict
        current = _model_inside(annotation)
    return tuple(current.model_fields) if isinstance(current, type) and issubclass(current, Model) else ()


def _model_inside(annotation: Any) -> Any:
    if isinstance(annotation, type) and not hasattr(annotation, "__args__"):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        found = _model_inside(argument)
        if isinstance(found, type) and issubclass(found, Model):
            return found
    return None


__all__ = [
    "Audience",
    "Basis",
    "DocumentId",
    "Duration",
    "Field",
    "Forms",
    "IsoDuration",
    "Model",
    "NonEmpty",
    "PartialDate",
    "Path",
    "Person",
    "Problem",
    "Revision",
    "RevisionName",
    "Severity",
    "Slug",
    "SourceId",
    "Words",
    "read",
    "read_json",
]
