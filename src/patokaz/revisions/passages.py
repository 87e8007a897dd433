"""Passages and sections: a text as it is compared – the blocks under each heading, a row of a table as one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from patokaz.model.blocks import FRONT, Block
from patokaz.revisions.words import CELL, word_list

KEYED = ("title", "summary", "label")
"""Kinds of passages that are known by what they are, not by what they say."""


@dataclass(frozen=True)
class Passage:
    """What is compared as one: a block, or a row of a table.

    ``kind`` is that of :class:`patokaz.model.blocks.Block`, or ``row``, or ``head`` for a table's first row, whose cells are
    joined by :data:`patokaz.revisions.words.CELL`.
    """

    kind: str
    container: tuple[str, ...]
    name: str
    words: str

    @property
    def form(self) -> tuple[str, tuple[str, ...], str]:
        """What it is, apart from what it says."""
        return self.kind, self.container, self.name


@dataclass(frozen=True)
class Section:
    """The passages under one heading, the heading first.

    ``key`` is the heading's id, empty before the first one, :data:`patokaz.model.blocks.FRONT` for the front matter; an id that a broken
    text uses twice is told apart by a number. ``parent`` is the key of the section around it, empty at the top; ``level`` is 0
    for what has no heading.
    """

    key: str
    parent: str
    level: int
    passages: tuple[Passage, ...]

    @property
    def title(self) -> str:
        """The words of its heading."""
        return next((p.words for p in self.passages if p.kind == "heading"), "")

    @property
    def size(self) -> int:
        """How many words it has."""
        return sum(len(word_list(passage.words)) for passage in self.passages)


def sections_of(blocks: Iterable[Block]) -> tuple[Section, ...]:
    """The sections of a text, in order; those without a passage are absent."""
    runs: list[tuple[str, list[Block]]] = []
    for block in blocks:
        opens = block.kind == "heading" and block.section not in ("", FRONT) and _is_first(block, runs)
        if not runs or opens or runs[-1][0] != block.section:
            runs.append((block.section, []))
        runs[-1][1].append(block)
    found: list[Section] = []
    seen: dict[str, int] = {}
    above: list[Section] = []
    for name, members in runs:
        seen[name] = seen.get(name, 0) + 1
        key = name if seen[name] == 1 else f"{name}\x1f{seen[name]}"
        level = int(members[0].container[0][5:]) if members[0].kind == "heading" and name not in ("", FRONT) else 0
        while above and (not level or above[-1].level >= level):
            above.pop()
        section = Section(key, above[-1].key if above else "", level, tuple(_passages(members)))
        found.append(section)
        if level:
            above.append(section)
    return tuple(found)


def _is_first(block: Block, runs: Sequence[tuple[str, list[Block]]]) -> bool:
    # A heading without an id belongs to the section that it stands in; one with the same id again opens another one.
    return not runs or runs[-1][0] != block.section


def _passages(blocks: Sequence[Block]) -> Iterator[Passage]:
    row: list[Block] = []
    for block in blocks:
        if row and (block.kind != "cell" or block.row != row[0].row or block.container != row[0].container):
            yield _row(row)
            row = []
        if block.kind == "cell":
            row.append(block)
        else:
            yield Passage(block.kind, block.container, block.name, block.words)
    if row:
        yield _row(row)


def _row(cells: Sequence[Block]) -> Passage:
    kind = "row" if cells[0].row else "head"
    return Passage(kind, cells[0].container, "", f" {CELL} ".join(cell.words for cell in cells))


def numbers(passages: Sequence[Passage]) -> list[str]:
    """The number that each passage has as an item of an ordered list: ``3``, nested ``3.1``; empty for all others."""
    counts: dict[tuple[str, ...], int] = {}
    found: list[str] = []
    for passage in passages:
        own = passage.container
        counts = {key: count for key, count in counts.items() if own[: len(key)] == key}
        if passage.kind == "item" and own and own[-1] == "ol":
            counts[own] = counts.get(own, 0) + 1
            found.append(".".join(str(counts[own[:end]]) for end in range(1, len(own) + 1) if own[:end] in counts))
        else:
            found.append("")
    return found
