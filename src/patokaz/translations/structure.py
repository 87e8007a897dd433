"""Whether a translation is built as its original is: the same passages of the same shape, section by section."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from patokaz.findings import Location
from patokaz.model.blocks import Block
from patokaz.model.texts import Text
from patokaz.translations.alignment import paired, shape
from patokaz.translations.passages import by_section


@dataclass(frozen=True)
class Difference:
    """Where a section of a translation first differs: the passage that the original has there, and the one that the translation has.

    None on one side: its section ends there. ``ours`` and ``theirs`` count the passages of the section in the original and in the translation.
    """

    section: str
    source: Block | None
    target: Block | None
    ours: int
    theirs: int


def differences(source: Text, translation: Text) -> Iterator[Difference]:
    """The first difference of every section. Questions do not count: each language has its own."""
    ours, theirs = by_section(_counted(source)), by_section(_counted(translation))
    for section in [*ours, *(name for name in theirs if name not in ours)]:
        one, other = ours.get(section, []), theirs.get(section, [])
        if [_built(block) for block in one] == [_built(block) for block in other]:
            continue
        pairs = list(paired([_built(block) for block in one], [_built(block) for block in other]))
        i, j = next((i, j) for i, j in pairs if i is None or j is None)
        # In a run that differs the passages of the original come first: beside the first of them stands the first of the translation.
        if j is None:
            j = next((k for position, k in pairs[pairs.index((i, j)) :] if k is not None), None)
        elif i is None:
            i = next((k for k, position in pairs[pairs.index((i, j)) :] if k is not None), None)
        yield Difference(
            section,
            one[i] if i is not None else None,
            other[j] if j is not None else None,
            len(one),
            len(other),
        )


def _counted(text: Text) -> list[Block]:
    return [block for block in text.blocks if block.kind != "ask"]


def _built(block: Block) -> tuple[str, ...]:
    return (*shape(block), str(block.row))


def place_of(text: Text, block: Block | None) -> Location:
    """Where a passage stands in its file; the beginning of the file where its words cannot be pointed at."""
    if block is None or not block.spans:
        return Location(text.path, 1, 1)
    first = block.spans[0]
    return Location(text.path, first.line, first.start + 1, max(1, first.end - first.start))
