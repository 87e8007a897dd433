"""Whether a translation is built as its original is: the same passages of the same shape, section by section."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from patokaz.findings import Location
from patokaz.model.blocks import Block
from patokaz.model.texts import Text
from patokaz.translations.alignment import paired, shape
from patokaz.translations.passages import by_section


@dataclass(frozen=True)
class Difference:
    """Where a section of a translation first differs: the passage that the original has there, and the one that the translation has.

    None on one side: nothing stands there. ``near`` is the passage of the translation to point at: that one, or the one before it.
    """

    section: str
    source: Block | None
    target: Block | None
    near: Block | None

    def __str__(self) -> str:
        where = f"section `{self.section}`" if self.section else "the text before the first section"
        if self.source is None and self.target is not None:
            return f"{where} has a {_name(self.target)} that the original does not have"
        if self.target is None and self.source is not None:
            return f"{where} lacks a {_name(self.source)} of the original: “{_start(self.source)}”"
        assert self.source is not None
        assert self.target is not None
        return (
            f"{where} has a {_name(self.target)} where the original has a {_name(self.source)}: “{_start(self.source)}”"
        )


_KINDS = {"item": "point", "code": "code block"}
_NAMES = {"ol": "numbered list", "ul": "list", "quote": "quotation", "table": "table"}


def _name(block: Block) -> str:
    """A passage in words: what it is, and in what it stands."""
    if block.kind == "heading":
        return f"heading of level {block.container[0].removeprefix('level')}"
    kind = f"label `{block.name}`" if block.name else _KINDS.get(block.kind, block.kind)
    return " in a ".join([kind, *(_NAMES[name] for name in reversed(block.container))])


def _start(block: Block) -> str:
    return block.words if len(block.words) <= 40 else f"{block.words[:40]}…"


def differences(source: Text, translation: Text) -> Iterator[Difference]:
    """The first difference of every section. Questions do not count: each language has its own."""
    ours, theirs = by_section(_counted(source)), by_section(_counted(translation))
    for section in [*ours, *(name for name in theirs if name not in ours)]:
        one, other = ours.get(section, []), theirs.get(section, [])
        if [_built(block) for block in one] == [_built(block) for block in other]:
            continue
        yield _first(section, one, other)


def _first(section: str, ours: Sequence[Block], theirs: Sequence[Block]) -> Difference:
    pairs = list(paired([_built(block) for block in ours], [_built(block) for block in theirs]))
    start = next(index for index, pair in enumerate(pairs) if None in pair)
    run = list(itertools.takewhile(lambda pair: None in pair, pairs[start:]))
    # In a run that differs the passages of the original come first; beside the first of them stands the first of the translation.
    source = next((ours[i] for i, _ in run if i is not None), None)
    target = next((theirs[j] for _, j in run if j is not None), None)
    before = next((theirs[j] for _, j in reversed(pairs[:start]) if j is not None), None)
    return Difference(section, source, target, target or before)


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
