"""The index at the end of a handbook: what of the edition's alphabetical index the book itself holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from patokaz.handbooks.rewrite import chapter_id
from patokaz.pages.alphabet import Entry, Letter


def index_of(letters: tuple[Letter, ...], ids: Mapping[str, set[str]]) -> tuple[Letter, ...]:
    """The entries whose places are in the book, with ``target`` as the id inside it; letters without entries are left out.

    ``ids`` gives the ids of every page in the book.
    """
    found = []
    for letter in letters:
        entries = tuple(entry for entry in (_inside(entry, ids) for entry in letter.entries) if entry.places)
        if entries:
            found.append(replace(letter, entries=entries))
    return tuple(found)


def _inside(entry: Entry, ids: Mapping[str, set[str]]) -> Entry:
    places = []
    for place in entry.places:
        path, _, anchor = place.target.partition("#")
        if path in ids and (not anchor or anchor in ids[path]):
            places.append(replace(place, target=chapter_id(path, anchor)))
    return replace(entry, places=tuple(places))
