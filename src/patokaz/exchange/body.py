"""Delivered words put into the Markdown of a translation.

A section that is built as its original is keeps every byte but those of the passages that change. One that is not – passages are new,
gone or have moved – is built anew from the original's lines with the translation's words in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from patokaz.exchange.units import plain, spans_hold, written
from patokaz.model.blocks import Block
from patokaz.model.texts import Text
from patokaz.translations import Passage


@dataclass(frozen=True)
class Section:
    """The lines ``[first, last)`` of a body that belong to a section, and its passages in order."""

    name: str
    first: int
    last: int
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Built:
    """A passage of the new body: what it renders (None where nothing is known), its words, and a passage that is built and placed like it."""

    source: Block | None
    words: str
    like: Block


class CannotBuildError(Exception):
    """A passage cannot be written by exchange; ``source`` is the one of the original."""

    def __init__(self, source: Block | None, message: str) -> None:
        super().__init__(message)
        self.source = source


def sections(text: Text, lines: Sequence[str]) -> tuple[Section, ...]:
    """The body of a text cut before each heading that has an id. ``lines`` are those of the body."""
    runs = [(name, tuple(run)) for name, run in groupby(_body(text), key=lambda block: block.section)]
    starts = [_line(run[0], text) if number else 0 for number, (_, run) in enumerate(runs)]
    ends = [*starts[1:], len(lines)]
    return tuple(Section(name, first, last, run) for (name, run), first, last in zip(runs, starts, ends, strict=True))


def _body(text: Text) -> Iterator[Block]:
    # Front matter comes first, so that a heading may have its section's name.
    front = sum(1 for block in text.blocks if block.kind in ("title", "summary", "ask", "label"))
    yield from text.blocks[front:]


def _line(block: Block, text: Text) -> int:
    if not block.spans:
        raise CannotBuildError(block, "a heading is not written with `#`")
    return block.spans[0].line - text.body_line


def body(
    source: Text, target: Text | None, own_lines: Sequence[str], listed: Iterable[Passage], words: Mapping[int, str]
) -> tuple[list[str], list[Built]]:
    """The lines of the new body and its passages in order.

    ``own_lines`` are those of the translation's body, which may end with a carriage return: so do the new ones then. ``listed`` are the
    passages of original and translation, ``words`` the new words of some by the identity of the source's block. A section with
    a passage that is new and has no words yet stays built as it is; where a passage moves from or into it, all sections do, so that none is
    lost on the way or stands twice. Raises :class:`CannotBuildError`.
    """
    end = "\r" if own_lines and own_lines[0].endswith("\r") else ""
    source_lines = [line + end for line in source.body.split("\n")]
    ours = sections(source, source_lines)
    theirs = sections(target, own_lines) if target else ()
    if any(len({section.name for section in cut}) < len(cut) for cut in (ours, theirs)):
        raise CannotBuildError(None, "two headings have the same id")
    return _Builder(source, target, source_lines, own_lines, ours, theirs, tuple(listed), words).run()


@dataclass
class _Builder:
    source: Text
    target: Text | None
    source_lines: Sequence[str]
    own_lines: Sequence[str]
    ours: Sequence[Section]
    theirs: Sequence[Section]
    listed: Sequence[Passage]
    words: Mapping[int, str]
    own_of: dict[int, Block | None] = field(init=False)
    render: dict[int, Block] = field(init=False)
    chunks: list[tuple[list[str], list[str] | None]] = field(default_factory=list)
    built: list[Built] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.own_of = {id(p.source): p.target for p in self.listed if p.source is not None}
        self.render = {id(p.target): p.source for p in self.listed if p.target is not None and p.source is not None}

    def run(self) -> tuple[list[str], list[Built]]:
        former = dict(self._former())
        complete = {section.name for section in self.ours if self._complete(section)}
        if self.target is not None and self._must_wait(former, complete):
            for old in self.theirs:
                self._keep(old, self.target)
        else:
            for section in self.ours:
                was = former.get(section.name)
                ready = section.name in complete
                if self.target is not None and was is not None and (not ready or self._same_shape(section, was)):
                    self._keep(was, self.target)
                elif ready:
                    self._build_anew(section, was)
        end = _trailing(self.own_lines[self.theirs[-1].first :] if self.theirs else self.source_lines)
        return _joined(self.chunks, end), self.built

    def _former(self) -> Iterator[tuple[str, Section]]:
        """By the name of a section of the original, the one of the translation: of the same id, or of the one that its heading has had."""
        theirs = {section.name: section for section in self.theirs}
        kept = {section.name for section in self.ours}
        taken: set[str] = set()
        for section in self.ours:
            own = self.own_of.get(id(section.blocks[0]))
            if section.name in theirs:
                yield section.name, theirs[section.name]
            elif own is not None and own.section in theirs.keys() - kept - taken:
                taken.add(own.section)
                yield section.name, theirs[own.section]

    def _complete(self, section: Section) -> bool:
        return all(b.kind == "code" or id(b) in self.words or self.own_of.get(id(b)) for b in section.blocks)

    def _must_wait(self, former: Mapping[str, Section], complete: set[str]) -> bool:
        """Whether a passage moves between two sections of which one cannot be built yet."""
        now = {was.name: name for name, was in former.items()}
        for section in self.ours:
            for block in section.blocks:
                own = self.own_of.get(id(block))
                left = now.get(own.section, section.name) if own is not None else section.name
                if left != section.name and not {left, section.name} <= complete:
                    return True
                if own is not None and own.section not in now and section.name not in complete:
                    return True
        return False

    def _same_shape(self, section: Section, old: Section) -> bool:
        if section.name != old.name or len(section.blocks) != len(old.blocks):
            return False
        return all(
            self.own_of.get(id(block)) is own
            and (block.kind, block.container, block.row) == (own.kind, own.container, own.row)
            for block, own in zip(section.blocks, old.blocks, strict=True)
        )

    def _keep(self, old: Section, target: Text) -> None:
        """A section as the translation has it, with new words in their places."""
        new = {
            id(own): self.words[id(block)]
            for own in old.blocks
            if (block := self.render.get(id(own))) is not None and id(block) in self.words
        }
        lines = _edited(self.own_lines, old, new, target)
        self.chunks.append((_trimmed(lines), _trailing(lines)))
        self.built += [
            Built(self.render.get(id(own)), plain(new[id(own)], own.kind) if id(own) in new else own.words, own)
            for own in old.blocks
        ]

    def _build_anew(self, section: Section, old: Section | None) -> None:
        """A section as the original has it, with the translation's words, new and old."""
        new = dict(self._words_of(section))
        lines = _edited(self.source_lines, section, new, self.source)
        blank = _trailing(self.own_lines[old.first : old.last]) if old else None
        self.chunks.append((_trimmed(lines), blank))
        self.built += [
            Built(block, plain(new[id(block)], block.kind) if id(block) in new else block.words, block)
            for block in section.blocks
        ]

    def _words_of(self, section: Section) -> Iterator[tuple[int, str]]:
        for block in section.blocks:
            own = self.own_of.get(id(block))
            if block.kind == "code":
                if own is not None and own.words != block.words:
                    raise CannotBuildError(block, "a section whose code was translated has to be edited by hand")
            elif id(block) in self.words:
                yield id(block), self.words[id(block)]
            elif own is not None and self.target is not None:
                yield id(block), written(own, self.own_lines, self.target.body_line)


def _edited(lines: Sequence[str], section: Section, new: Mapping[int, str], text: Text) -> list[str]:
    """The lines of a section with new words, by the identity of its blocks, where their old ones stand."""
    result: list[str] = list(lines[section.first : section.last])
    for block in sorted(
        section.blocks, key=lambda b: (b.spans[0].line, b.spans[0].start) if b.spans else (0, 0), reverse=True
    ):
        if id(block) not in new:
            continue
        if not spans_hold(block, list(lines), text.body_line):
            raise CannotBuildError(block, "the passage cannot be replaced where it stands")
        first = block.spans[0].line - text.body_line - section.first
        last = block.spans[-1].line - text.body_line - section.first
        before, after = result[first][: block.spans[0].start], result[last][block.spans[-1].end :]
        further = result[first + 1][: block.spans[1].start] if len(block.spans) > 1 else _continued(before)
        pieces = new[id(block)].split("\n")
        rows = [f"{before if number == 0 else further}{piece}" for number, piece in enumerate(pieces)]
        rows = [*(row + _carriage(after) for row in rows[:-1]), rows[-1] + after]
        result[first : last + 1] = rows
    return result


def _carriage(after: str) -> str:
    return "\r" if after.endswith("\r") else ""


def _continued(before: str) -> str:
    """What stands before the second line of a passage whose first line has ``before``: markers of lists give way to spaces, those of quotes stay."""
    return "".join(sign if sign in ">\t" else " " for sign in before)


def _trimmed(lines: Sequence[str]) -> list[str]:
    return list(lines[: len(lines) - len(_trailing(lines))])


def _trailing(lines: Sequence[str]) -> list[str]:
    count = 0
    while count < len(lines) and not lines[len(lines) - 1 - count].strip():
        count += 1
    return list(lines[len(lines) - count :])


def _joined(chunks: Sequence[tuple[list[str], list[str] | None]], end: list[str]) -> list[str]:
    """Sections one after the other with the blank lines that stood behind each; a new one has one, and the last has ``end``."""
    result: list[str] = []
    for number, (lines, blank) in enumerate(chunks, 1):
        result += [*lines, *(end if number == len(chunks) else blank or [""])]
    return result
