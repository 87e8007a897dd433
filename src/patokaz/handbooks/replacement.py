"""Replacement sets: what of a printed handbook is to be taken out of its binder and what put in, from one edition to another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from patokaz.handbooks.chapters import Binder
from patokaz.handbooks.manifest import Entry
from patokaz.handbooks.parts import Part
from patokaz.handbooks.places import Places

_LISTING = ("front", "index")
"""Kinds of parts that are of use only with right page numbers: they change when a number in them does."""


@dataclass(frozen=True)
class Change:
    """A part that changed: ``old`` is to be removed, ``new`` to be inserted; one of them is None for a new part or one that is gone."""

    old: Entry | None
    new: Entry | None


def changes(old: Sequence[Entry], new: Sequence[Entry]) -> tuple[Change, ...]:
    """What changed, in the order of the new edition; a part that is gone stands where it stood.

    A page number that moved changes contents and index only: in a chapter the document and its own pages still lead right.
    """
    before = {entry.name: entry for entry in old}
    after = {entry.name for entry in new}
    found: list[tuple[tuple[int, int], Change]] = []
    positions: dict[str, int] = {}
    for place, entry in enumerate(new):
        positions[entry.name] = place
        was = before.get(entry.name)
        if was is None or _differs(was, entry):
            found.append(((place, 1), Change(was, entry)))
    place = -1
    for entry in old:
        if entry.name in after:
            place = positions[entry.name]
        else:
            found.append(((place, 2), Change(entry, None)))
    return tuple(change for _, change in sorted(found, key=lambda item: item[0]))


def _differs(was: Entry, now: Entry) -> bool:
    return was.says != now.says or (now.kind in _LISTING and (was.numbers, was.pages) != (now.numbers, now.pages))


def filing(found: Sequence[Change], title: str, edition: str, binder: Binder) -> Part:
    """The page that says which pages to remove and which to insert. ``edition`` is that of the binder."""
    words = binder.words
    rows = []
    for change in found:
        entry = change.new or change.old
        assert entry is not None, "a change has one side at least"
        name = words["filing_cover"] if entry.kind == "front" else entry.title
        rows.append((name, _named(change.old, binder), _named(change.new, binder)))
    settings = binder.compiled.library.settings
    return binder.part(
        "filing.html.j2",
        "filing",
        "filing",
        title,
        Places(),
        "",
        rows=rows,
        moves=words["filing_from"].format(old=edition, new=settings.edition.id),
    )


def _named(entry: Entry | None, binder: Binder) -> tuple[str, str]:
    """(pages of the handbook, which revision and how many pages), both in words; empty for None."""
    if entry is None:
        return "", ""
    key = "filing_page" if entry.pages == 1 else "filing_pages"
    pages = binder.words[key].format(first=entry.first, last=entry.last)
    whole = "filing_all" if entry.revision else "filing_whole"
    return pages, binder.words[whole].format(revision=entry.revision, count=entry.pages)
