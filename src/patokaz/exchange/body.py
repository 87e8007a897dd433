"""Delivered words put into the Markdown of a translation.

A section that is built as its original is keeps every byte but those of the passages that change. One that is not – passages are new,
gone or have moved – is built anew from the original's lines with the translation's words in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
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
    a passage that is new and has no words yet stays built as it is. Raises :class:`CannotBuildError`.
    """
    listed = tuple(listed)
    own_of = {id(p.source): p.target for p in listed if p.source is not None}
    render = {id(p.target): p.source for p in listed if p.target is not None and p.source is not None}
    end = "\r" if own_lines and own_lines[0].endswith("\r") else ""
    source_lines = [line + end for line in source.body.split("\n")]
    ours = sections(source, source_lines)
    theirs = sections(target, own_lines) if target else ()
    if len({s.name for s in ours}) < len(ours) or len({s.name for s in theirs}) < len(theirs):
        raise CannotBuildError(None, "two headings have the same id")
    former = {section.name: section for section in theirs}
    rendered = _former_names(ours, own_of)
    chunks: list[tuple[list[str], list[str] | None]] = []
    built: list[Built] = []
    for section in ours:
        old = former.get(section.name) or former.get(rendered.get(section.name, ""))
        complete = all(block.kind == "code" or id(block) in words or own_of.get(id(block)) for block in section.blocks)
        if target is not None and old is not None and (not complete or _same_shape(section, old, own_of)):
            new = {
                id(own): words[id(block)] for own in old.blocks if (block := render.get(id(own))) and id(block) in words
            }
            edited = _edited(own_lines, old, new, target)
            chunks.append((_trimmed(edited), _trailing(edited)))
            built += [
                Built(render.get(id(own)), plain(new[id(own)], own.kind) if id(own) in new else own.words, own)
                for own in old.blocks
            ]
        elif complete:
            new = dict(_words_anew(section, own_of, words, target, own_lines))
            edited = _edited(source_lines, section, new, source)
            chunks.append((_trimmed(edited), _trailing(own_lines[old.first : old.last]) if old else None))
            built += [
                Built(block, plain(new[id(block)], block.kind) if id(block) in new else block.words, block)
                for block in section.blocks
            ]
    return _joined(chunks, theirs, own_lines, source_lines), built


def _former_names(ours: Sequence[Section], own_of: Mapping[int, Block | None]) -> dict[str, str]:
    """Under which id a section's heading stands in the translation, where that is another one."""
    names: dict[str, str] = {}
    for section in ours:
        own = own_of.get(id(section.blocks[0]))
        if own is not None and own.section != section.name:
            names[section.name] = own.section
    return names


def _same_shape(section: Section, old: Section, own_of: Mapping[int, Block | None]) -> bool:
    if section.name != old.name or len(section.blocks) != len(old.blocks):
        return False
    return all(
        own_of.get(id(block)) is own and (block.kind, block.container, block.row) == (own.kind, own.container, own.row)
        for block, own in zip(section.blocks, old.blocks, strict=True)
    )


def _words_anew(
    section: Section,
    own_of: Mapping[int, Block | None],
    words: Mapping[int, str],
    target: Text | None,
    own_lines: Sequence[str],
) -> Iterator[tuple[int, str]]:
    """The words of every passage of a section that is built anew, by the identity of the source's block. Code stays that of the original."""
    for block in section.blocks:
        own = own_of.get(id(block))
        if block.kind == "code":
            if own is not None and own.words != block.words:
                raise CannotBuildError(block, "a section whose code was translated has to be edited by hand")
        elif id(block) in words:
            yield id(block), words[id(block)]
        elif own is not None and target is not None:
            yield id(block), written(own, own_lines, target.body_line)


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


def _joined(
    chunks: Sequence[tuple[list[str], list[str] | None]],
    theirs: Sequence[Section],
    own_lines: Sequence[str],
    source_lines: Sequence[str],
) -> list[str]:
    """Sections one after the other with the blank lines that stood behind each; a new one has one, and the last those of the old last one."""
    end = _trailing(own_lines[theirs[-1].first :]) if theirs else _trailing(source_lines)
    result: list[str] = []
    for number, (lines, blank) in enumerate(chunks, 1):
        last = number == len(chunks)
        result += [*lines, *(end if last else blank or [""])]
    return result
