"""What two records say differently: facts of the document, of its steps, articles and form fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from patokaz.model.base import Duration
from patokaz.model.glossary import Limit
from patokaz.model.records import AT_ONCE, FormRecord, Instrument, LawRecord
from patokaz.revisions.kinds import Change, FactChanged, PartAdded, PartMoved, PartRemoved, Place, Value
from patokaz.revisions.matching import increasing
from patokaz.revisions.places import DOCUMENT, State, joined

Limits = Mapping[str, Limit]

STEP_FACTS = {
    "responsible": "role",
    "accountable": "role",
    "consulted": "role",
    "informed": "role",
    "limit": "limit",
    "forms": "doc",
    "basis": "law",
    "persons": "person",
    "contacts": "contact",
    "sources": "source",
    "does": "event",
}
"""Keys of a step, in the order in which a card shows them, and what kind of name each holds."""

_DOCUMENT_FACTS = {
    "owner": "role",
    "applies_to": "role",
    "persons": "person",
    "audience": "audience",
    "family": "family",
    "shown_with": "doc",
    "paper": "plain",
    "source_language": "plain",
    "review_every": "duration",
    "basis": "revision",
    "sources": "source",
}
"""Facts of a document that do not tell of its life: status, approvals and dates stand at the head of a redline."""

_FIELD_FACTS = {"type": "field-type", "options": "plain", "groups": "indicators", "lines": "plain"}
_ARTICLE_FACTS = {"number": "plain", "aliases": "plain", "sources": "source", "unverified": "truth"}
_INSTRUMENT_FACTS = ("issuer", "designation", "date", "in_force", "standing", "superseded_by")


def values(kind: str, content: Any, limits: Limits | None = None) -> tuple[Value, ...]:
    """The entries of a fact; nothing for null, false and empty lists."""
    entries = content if isinstance(content, tuple) else (content,)
    shown = [entry for entry in entries if entry is not None and entry is not False and entry != ""]
    return tuple(
        Value(kind, str(entry), (limits or {}).get(str(entry)) if kind == "limit" else None) for entry in shown
    )


def document_facts(old: State, new: State) -> Iterator[Change]:
    """Facts of the whole document. A changed owner or list of users concerns the roles named, all others everybody."""
    before, after = old.document.record, new.document.record
    for key, kind in _DOCUMENT_FACTS.items():
        a, b = (values(kind, _plain(getattr(record, key, None))) for record in (before, after))
        if a != b:
            concerned = tuple(v.name for v in (*a, *b) if (v in a) != (v in b)) if kind == "role" else ()
            yield FactChanged(DOCUMENT, concerned, key, a, b)
    if isinstance(before, LawRecord) and isinstance(after, LawRecord):
        yield from _instrument(before.instrument, after.instrument, new)


def _plain(content: Any) -> Any:
    if not isinstance(content, Duration):
        return content
    date = "".join(f"{n}{unit}" for n, unit in ((content.years, "Y"), (content.months, "M"), (content.days, "D")) if n)
    time = "".join(f"{n}{unit}" for n, unit in ((content.hours, "H"), (content.minutes, "M")) if n)
    return f"P{date}{'T' if time else ''}{time}"


def _instrument(old: Instrument, new: Instrument, state: State) -> Iterator[Change]:
    def said(content: Any) -> tuple[Value, ...]:
        if isinstance(content, Mapping):
            content = content.get(state.language) or next(iter(content.values()), None)
        return values("plain", content)

    for key in _INSTRUMENT_FACTS:
        a, b = said(getattr(old, key)), said(getattr(new, key))
        if key in ("standing", "superseded_by"):
            kind = "standing" if key == "standing" else "doc"
            a, b = (tuple(Value(kind, value.name) for value in side) for side in (a, b))
        if a != b:
            yield FactChanged(DOCUMENT, (), key, a, b)


def step_facts(
    old: State, new: State, old_limits: Limits, new_limits: Limits, renamed: Mapping[str, str]
) -> Iterator[Change]:
    """Facts of steps. A new step says all its facts; of a step that is gone nothing is said."""
    for key, step in new.steps.items():
        before = old.steps.get(renamed.get(key, key))
        roles = joined(new.roles_at(key), old.roles_at(before.id) if before else ())
        for fact, kind in STEP_FACTS.items():
            a = values(kind, getattr(before, fact), old_limits) if before else ()
            b = values(kind, getattr(step, fact), new_limits)
            if not _alike(a, b):
                yield FactChanged(new.places[key], roles, fact, a, b)


def _alike(a: Sequence[Value], b: Sequence[Value]) -> bool:
    return [_shown(value) for value in a] == [_shown(value) for value in b]


def _shown(value: Value) -> object:
    limit = value.limit
    return (value.name, (limit.duration, limit.bound, limit.unverified) if limit else None)


def limit_facts(new: State, old_limits: Limits, new_limits: Limits) -> Iterator[Change]:
    """Limits that a text names, and from when a limit runs, where the register changed them under the same key."""
    moved_on = {
        name: (old_limits[name], limit)
        for name, limit in new_limits.items()
        if name in old_limits and old_limits[name] != limit
    }
    if not moved_on:
        return
    for key, place in new.places.items():
        step = new.steps.get(key)
        for name in dict.fromkeys((*([step.limit] if step and step.limit else ()), *_named_in(new, key))):
            if name not in moved_on:
                continue
            before, after = moved_on[name]
            a, b = Value("limit", name, before), Value("limit", name, after)
            if _shown(a) != _shown(b) and not (step and step.limit == name):
                yield FactChanged(place, new.roles_at(key), "limit", (a,), (b,), name)
            starts = [limit.start.get(new.language, "") for limit in (before, after)]
            if starts[0] != starts[1]:
                yield FactChanged(
                    place, new.roles_at(key), "starts", values("plain", starts[0]), values("plain", starts[1]), name
                )


def _named_in(state: State, key: str) -> Iterator[str]:
    section = state.sections.get(key)
    for passage in section.passages if section else ():
        for part in passage.words.split("](limit:")[1:]:
            name = part.partition(")")[0]
            if name != AT_ONCE:
                yield name


def article_facts(old: State, new: State) -> Iterator[Change]:
    """Facts of the articles of a legal text."""
    before, after = old.document.record, new.document.record
    if not (isinstance(before, LawRecord) and isinstance(after, LawRecord)):
        return
    known = {article.anchor: article for article in before.articles}
    for article in after.articles:
        other = known.get(article.anchor)
        for fact, kind in _ARTICLE_FACTS.items():
            a = values(kind, getattr(other, fact)) if other else ()
            b = values(kind, getattr(article, fact))
            if a != b:
                yield FactChanged(new.places[article.anchor], (), fact, a, b)


def field_changes(old: State, new: State) -> Iterator[Change]:
    """Fields of a form: new, gone, elsewhere or of another kind. Their labels are front matter."""
    before, after = old.document.record, new.document.record
    if not (isinstance(before, FormRecord) and isinstance(after, FormRecord)):
        return
    a = {field.id: (section.id, field) for section in before.sections for field in section.fields}
    b = {field.id: (section.id, field) for section in after.sections for field in section.fields}
    common = [name for name in b if name in a]
    order = list(a)
    stayed = [name for name in common if a[name][0] == b[name][0]]
    kept = {stayed[position] for position in increasing([order.index(name) for name in stayed])}
    for name, (section, field) in b.items():
        place = _field(new, name)
        if name not in a:
            yield PartAdded(place, ())
        elif name not in kept:
            elsewhere = a[name][0] != section
            places = (old.places.get(a[name][0]), new.places.get(section)) if elsewhere else (None, None)
            yield PartMoved(place, (), _field(old, name), *places)
        for fact, kind in _FIELD_FACTS.items():
            x = _labelled(old, fact, values(kind, getattr(a[name][1], fact))) if name in a else ()
            y = _labelled(new, fact, values(kind, getattr(field, fact)))
            if x != y:
                yield FactChanged(place, (), fact, x, y)
    for name in a:
        if name not in b:
            yield PartRemoved(_field(old, name), ())


def _labelled(state: State, fact: str, entries: tuple[Value, ...]) -> tuple[Value, ...]:
    """Options by their labels."""
    return tuple(Value("plain", _label(state, value.name)) for value in entries) if fact == "options" else entries


def _field(state: State, name: str) -> Place:
    return Place("field", name, "", _label(state, name))


def _label(state: State, name: str) -> str:
    text = state.document.texts.get(state.language)
    return text.front.labels.get(name, name) if text else name
