"""YAML, strictly: plain values with the place of each, or findings.

Guarantees of :func:`parse_yaml`:

1. It never raises for any text; what is wrong becomes findings.
2. A scalar is text unless it is ``true``, ``false``, ``null``, a decimal whole number or a date, written plainly.
3. No duplicate keys, anchors, aliases, merge keys; no tags unless ``allow_tags``.
4. Sequences become tuples, so that frozen models take them unchanged.
"""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml
from yaml.events import (
    AliasEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from patokaz.findings import Finding, Location, finding
from patokaz.model.base import Path
from patokaz.model.library import Places

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # pragma: no cover - only where PyYAML was built without libyaml
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]

_MAX_DEPTH = 30
_YAML_TAG = "tag:yaml.org,2002:"
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,17})")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# What YAML 1.1 readers take for something other than text (yaml.org/type): floats, other integers, sexagesimals.
_FLOAT = re.compile(
    r"[-+]?([0-9][0-9_]*)?\.[0-9_]+([eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*\.([eE][-+]?[0-9]+)?|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)|[-+]?[0-9]+[eE][-+]?[0-9]+"
)
_OTHER_NUMBER = re.compile(
    r"[-+]?(0b[01_]+|0x[0-9a-fA-F_]+|0o?[0-7_]+|[1-9][0-9_]*|0)|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?|\+[0-9]+"
)
_TIME_STAMP = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?")
_AMBIGUOUS = frozenset(
    [
        "yes",
        "Yes",
        "YES",
        "no",
        "No",
        "NO",
        "on",
        "On",
        "ON",
        "off",
        "Off",
        "OFF",
        "y",
        "Y",
        "n",
        "N",
        "True",
        "TRUE",
        "False",
        "FALSE",
        "Null",
        "NULL",
    ]
)


@dataclass(frozen=True)
class Parsed:
    """A YAML value, the places of its parts, and what is wrong. ``value`` is None when parsing failed."""

    value: object
    places: Places
    findings: tuple[Finding, ...]


@functools.lru_cache(maxsize=256)
def parse_yaml(text: str, path: str, *, first_line: int = 1, allow_tags: bool = False) -> Parsed:
    """Parse ``text``. ``first_line`` is the number of its first line in the file (front matter starts later).

    Equal text is parsed once in a process: a preview reads the whole library again at every edit. Treat values as frozen.
    """
    composer = _Composer(path, first_line, allow_tags)
    try:
        value = composer.compose(iter(yaml.parse(text, Loader=_Loader)))
    except yaml.MarkedYAMLError as error:
        # For a quote or bracket that is never closed, the place that helps is where it was opened.
        unclosed = "stream" in str(error.problem) and error.context_mark is not None
        mark = error.context_mark if unclosed else error.problem_mark or error.context_mark
        line, column = (mark.line, mark.column) if mark else (0, 0)
        where = Location(path, line + first_line, column + 1)
        words = _plain_problem(error)
        composer.findings.append(finding("KB010", where, words, _syntax_hint(words)))
        value = None
    except yaml.YAMLError as error:
        composer.findings.append(finding("KB010", Location(path, first_line), f"YAML cannot be read: {error}"))
        value = None
    except _GiveUpError:
        value = None
    return Parsed(value, Places(path, composer.values, composer.keys), tuple(composer.findings))


def _plain_problem(error: yaml.MarkedYAMLError) -> str:
    parts = [str(part) for part in (error.context, error.problem) if part]
    return "YAML cannot be read: " + (", ".join(parts) or "syntax error")


def _syntax_hint(words: str) -> str:
    if "tab" in words or "cannot start any token" in words:
        return "indent with spaces, never with tabs; put text that starts with a special character in quotes"
    if "mapping values are not allowed" in words:
        return "put text that contains `: ` in quotes"
    if "block end" in words or "block mapping" in words or "block collection" in words:
        return "check the indentation of this line and the one above"
    if "end of stream" in words or "quoted scalar" in words:
        return "a quotation mark or bracket is opened and not closed"
    return "check the line for a missing colon, quote or bracket"


def _is_plain(event: ScalarEvent) -> bool:
    # libyaml gives "" where the Python parser gives None.
    return not event.style


class _GiveUpError(Exception):
    """A finding was recorded after which nothing sensible can follow."""


class _Composer:
    """Builds values from events, one document, recording the place of each."""

    def __init__(self, path: str, first_line: int, allow_tags: bool) -> None:
        self.path, self.first_line, self.allow_tags = path, first_line, allow_tags
        self.values: dict[Path, tuple[int, int, int]] = {}
        self.keys: dict[Path, tuple[int, int, int]] = {}
        self.findings: list[Finding] = []

    def compose(self, events: Iterator[Event]) -> object:
        value: object = None
        documents = 0
        for event in events:
            if isinstance(event, StreamStartEvent | DocumentEndEvent | StreamEndEvent):
                continue
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._report("KB010", event, "a file holds one YAML document", "remove the second `---`")
                    raise _GiveUpError
                continue
            value = self._value(event, events, (), 0)
        return value

    def _place(self, event: Event) -> tuple[int, int, int]:
        start, end = event.start_mark, event.end_mark
        assert start is not None
        assert end is not None
        length = end.column - start.column if end.line == start.line else 1
        return start.line + self.first_line, start.column + 1, max(1, length)

    def _report(self, code: str, event: Event, message: str, hint: str = "") -> None:
        self.findings.append(finding(code, Location(self.path, *self._place(event)), message, hint))

    def _value(self, event: Event, events: Iterator[Event], path: Path, depth: int) -> object:
        if depth > _MAX_DEPTH:
            self._report(
                "KB016", event, f"nested more than {_MAX_DEPTH} levels deep", "write it flatter; no source needs this"
            )
            raise _GiveUpError
        if isinstance(event, AliasEvent):
            self._report(
                "KB015", event, f"alias `*{event.anchor}`", "write the value out, or name the other entry by its id"
            )
            raise _GiveUpError
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if anchor:
            self._report("KB015", event, f"anchor `&{anchor}`", "a fact stands in one place and is named by its id")
        if tag and not self.allow_tags:
            self._report(
                "KB015", event, f"tag `{tag.replace(_YAML_TAG, '!!')}`", "write the plain value; quote it if it is text"
            )
        self.values[path] = self._place(event)
        if isinstance(event, ScalarEvent):
            return self._scalar(event)
        if isinstance(event, SequenceStartEvent):
            return self._sequence(events, path, depth)
        assert isinstance(event, MappingStartEvent)
        return self._mapping(events, path, depth)

    def _sequence(self, events: Iterator[Event], path: Path, depth: int) -> tuple[object, ...]:
        items: list[object] = []
        for event in events:
            if isinstance(event, SequenceEndEvent):
                break
            items.append(self._value(event, events, (*path, len(items)), depth + 1))
        return tuple(items)

    def _mapping(self, events: Iterator[Event], path: Path, depth: int) -> dict[str, object]:
        mapping: dict[str, object] = {}
        for event in events:
            if isinstance(event, MappingEndEvent):
                break
            if not isinstance(event, ScalarEvent):
                self._report("KB010", event, "a key must be a word", "a list or mapping cannot be a key")
                raise _GiveUpError
            key = event.value
            if key == "<<" and _is_plain(event):
                self._report("KB015", event, "merge key `<<`", "write the keys out")
            elif _is_plain(event):
                self._scalar(event)  # reports a key that YAML readers disagree about
            place = self._place(event)
            if key in mapping:
                earlier = self.keys[(*path, key)][0]
                self._report("KB011", event, f"key `{key}` is given twice", f"it was given on line {earlier}; keep one")
            self.keys[(*path, key)] = place
            mapping[key] = self._value(next(events), events, (*path, key), depth + 1)
        return mapping

    def _scalar(self, event: ScalarEvent) -> object:
        text = event.value
        if not _is_plain(event) or event.tag:
            return text
        if text in ("", "~", "null"):
            return None
        if text in ("true", "false"):
            return text == "true"
        if _INTEGER.fullmatch(text):
            return int(text)
        if _DATE.fullmatch(text):
            try:
                return datetime.date.fromisoformat(text)
            except ValueError:
                self._report("KB105", event, f"`{text}` is no date of the calendar", "write year-month-day")
                return text
        if text in _AMBIGUOUS:
            self._report(
                "KB013",
                event,
                f"plain `{text}` is read as a truth value or as nothing",
                f'write "{text}" in quotes, or true, false, null',
            )
        elif _FLOAT.fullmatch(text):
            self._report("KB012", event, f"plain `{text}` is read as a number", f'write "{text}" in quotes')
        elif _OTHER_NUMBER.fullmatch(text) or _TIME_STAMP.fullmatch(text):
            self._report("KB014", event, f"plain `{text}` is read as a number or a time", f'write "{text}" in quotes')
        return text
