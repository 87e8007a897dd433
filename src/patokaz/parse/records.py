"""YAML values → typed entries, with findings that name the line and column of what does not fit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from patokaz.findings import Finding, did_you_mean, finding
from patokaz.model.base import Model, Path, Problem, read
from patokaz.model.library import Places
from patokaz.model.records import RECORD_TYPES, Record

M = TypeVar("M", bound=Model)

_CODES = {
    "unknown-key": "KB101",
    "missing-key": "KB102",
    "wrong-type": "KB103",
    "not-allowed": "KB104",
    "badly-formed": "KB105",
}


def to_model(model: type[M], value: object, places: Places, prefix: Path = ()) -> tuple[M | None, tuple[Finding, ...]]:
    """Read ``value`` (which stands at ``prefix`` in its file) as ``model``; None with findings if it does not fit."""
    result = read(model, value)
    if isinstance(result, tuple):
        return None, tuple(_finding(problem, places, prefix) for problem in result)
    return result, ()


@dataclass(frozen=True)
class Entries(Generic[M]):
    """A list file: entries by id with their places, findings, and the ids of entries that could not be read."""

    by_id: dict[str, M]
    places: Places
    findings: tuple[Finding, ...]
    broken: frozenset[str]


def to_list(model: type[M], value: object, places: Places, id_of: Callable[[M], str]) -> Entries[M]:
    """Read a list file."""
    if not isinstance(value, tuple):
        problem = finding("KB017", places.at(), "the file must be a list of entries", "start each entry with `- id: …`")
        return Entries({}, places, (problem,), frozenset())
    entries: dict[str, M] = {}
    findings: list[Finding] = []
    broken: set[str] = set()
    kept: list[int] = []
    for index, item in enumerate(value):
        entry, problems = to_model(model, item, places, (index,))
        findings += problems
        if entry is None:
            if isinstance(item, dict) and isinstance(item.get("id"), str):
                broken.add(item["id"])
            continue
        key = id_of(entry)
        if key in entries:
            message = f"id `{key}` is used twice in this file"
            findings.append(finding("KB106", places.at(index, "id"), message, "give one of them another id"))
            continue
        entries[key] = entry
        kept.append(index)
    return Entries(entries, places.of_entries(kept), tuple(findings), frozenset(broken))


def to_record(value: object, places: Places) -> tuple[Record | None, tuple[Finding, ...]]:
    """Read the value of a ``record.yml``; its ``kind`` decides the type."""
    if not isinstance(value, dict):
        return None, (finding("KB017", places.at(), "a record must be a mapping", "start with `id: …` and `kind: …`"),)
    kind = value.get("kind")
    if not isinstance(kind, str) or kind not in RECORD_TYPES:
        known = ", ".join(f"`{name}`" for name in RECORD_TYPES)
        if kind is None:
            return None, (finding("KB102", places.at(), "`kind` is missing", f"known kinds: {known}"),)
        near = did_you_mean(str(kind), RECORD_TYPES)
        shown = f"`{kind}`" if isinstance(kind, str) else "a list or another value that is no word"
        return None, (
            finding("KB104", places.at("kind"), f"`kind` cannot be {shown}", near or f"known kinds: {known}"),
        )
    return to_model(RECORD_TYPES[kind], value, places)


def _finding(problem: Problem, places: Places, prefix: Path) -> Finding:
    path = (*prefix, *problem.path)
    name = str(path[-1]) if path else ""
    if problem.kind == "unknown-key":
        hint = did_you_mean(name, problem.allowed)
        if not hint and problem.allowed:
            hint = "known keys here: " + ", ".join(f"`{key}`" for key in problem.allowed)
        return finding("KB101", places.key(*path), problem.message, hint or "remove it")
    if problem.kind == "missing-key":
        where = places.at(*path[:-1])
        return finding("KB102", where, problem.message, f"add `{name}:` here")
    hint = "see docs/contributing/source-formats.md for what belongs here"
    if problem.kind == "wrong-type" and "not the text" in problem.message:
        hint = "remove the quotation marks, if there are any; " + hint
    elif problem.kind == "wrong-type" and "must be text" in problem.message:
        hint = "put it in quotation marks; " + hint
    if problem.kind == "not-allowed":
        hint = "allowed: " + ", ".join(f"`{value}`" for value in problem.allowed)
    return finding(_CODES[problem.kind], places.at(*path), problem.message, hint)
