"""One leaf → Markdown that reads as that leaf, as near as possible to the Markdown that stood there before."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from patokaz.parse.inline import MARKS, Piece, normal
from patokaz.parse.leaves import Leaf, leaves

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
_SPECIAL = re.compile(r"([\\`*_\[\]<>&])")
_LINE_START = re.compile(r"^(#{1,6}(?=\s|$)|[-+=~]|\d{1,9}(?=[.)]))")
_NUMBER = re.compile(r"^(\d{1,9})([.)])")
_LIGHT = frozenset({"strong", "em"})
"""Marks that Markdown cannot begin or end everywhere, such as in the middle of a word after a quotation mark."""


@dataclass(frozen=True)
class Written:
    """Markdown of one leaf without its markers; ``complete`` is False where emphasis could not be written."""

    lines: tuple[str, ...]
    complete: bool = True


def write_leaf(leaf: Leaf, old: str = "") -> Written | None:
    """The Markdown of a heading, paragraph or item without its marker, or of a row; None where there is none.

    ``old`` is the Markdown of the leaf that it replaces: what did not change keeps its bytes.
    """
    if leaf.kind == "source":
        return Written(tuple(leaf.source.split("\n")))
    weaker = _without_emphasis(leaf)
    for wanted in (leaf, weaker) if weaker != leaf else (leaf,):
        for escaped in (False, True):
            new = _row(wanted, escaped) if leaf.kind == "row" else _inline(wanted, escaped)
            for content in (_merged(old, new), new) if old else (new,):
                lines = _placed(wanted, content)
                if _reads(lines, wanted):
                    return Written(lines, complete=wanted is leaf)
    return None


def delimiter(columns: int) -> str:
    """The line of dashes under the head of a table."""
    return "|" + " --- |" * columns


def _placed(leaf: Leaf, content: str) -> tuple[str, ...]:
    if leaf.kind == "heading":
        anchor = f" {{#{leaf.anchor}}}" if leaf.anchor else ""
        return (f"{'#' * leaf.level} {content}{anchor}",)
    return tuple(content.split("\n"))


def _reads(lines: Sequence[str], leaf: Leaf) -> bool:
    """Whether Markdown reads ``lines`` as this leaf, apart from the lists and quotes round it."""
    around = list(lines)
    if leaf.kind == "row":
        around = [*lines, delimiter(len(leaf.cells))]
    found = leaves(around)
    alone = replace(leaf, quoted=False, lists=(), is_item=False, header=leaf.kind == "row")
    return len(found) == 1 and found[0].key == alone.key


def _without_emphasis(leaf: Leaf) -> Leaf:
    def bare(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
        return normal(replace(piece, marks=piece.marks - _LIGHT) for piece in pieces)

    return replace(leaf, pieces=bare(leaf.pieces), cells=tuple(bare(cell) for cell in leaf.cells))


def _row(leaf: Leaf, escaped: bool) -> str:
    cells = (inline_markdown(cell, escaped=escaped, in_cell=True) for cell in leaf.cells)
    return "".join(f"| {cell} " if cell else "| " for cell in cells) + "|"


def _inline(leaf: Leaf, escaped: bool) -> str:
    content = inline_markdown(leaf.pieces, escaped=escaped, in_cell=leaf.kind == "heading")
    return "\n".join(_at_line_start(line) for line in content.split("\n")) if escaped else content


def _at_line_start(line: str) -> str:
    numbered = _NUMBER.match(line)
    if numbered:
        return f"{numbered[1]}\\{line[numbered.end(1) :]}"
    return _LINE_START.sub(lambda match: f"\\{match[1]}", line)


def inline_markdown(pieces: Sequence[Piece], *, escaped: bool, in_cell: bool = False) -> str:
    """Pieces as inline Markdown, with or without backslashes before signs; ``in_cell``: everything on one line."""
    return "".join(_rendered(pieces, frozenset(), escaped, in_cell))


def _rendered(pieces: Sequence[Piece], done: frozenset[str], escaped: bool, in_cell: bool) -> Iterator[str]:
    index = 0
    while index < len(pieces):
        piece = pieces[index]
        open_marks = [mark for mark in _marks(piece) if mark not in done]
        if not open_marks:
            yield _one(piece, escaped, in_cell)
            index += 1
            continue
        ends = {mark: _extent(pieces, index, mark, done) for mark in open_marks}
        mark = max((m for m in open_marks if ends[m] > index), key=lambda name: ends[name])
        inner = "".join(_rendered(pieces[index : ends[mark]], done | {mark}, escaped, in_cell))
        yield _wrapped(mark, inner)
        index = ends[mark]


def _marks(piece: Piece) -> list[str]:
    marks = [mark for mark in MARKS if mark in piece.marks and mark != "code"]
    if piece.kind == "words" and piece.target:
        marks.append(f"link:{piece.target}")
    return marks


def _extent(pieces: Sequence[Piece], start: int, mark: str, done: frozenset[str]) -> int:
    """Where the mark ends that is open at ``start``; before a link that would stick out of it."""
    end = start
    while end < len(pieces) and mark in _marks(pieces[end]):
        end += 1
    if mark.startswith("link:") or end == len(pieces):
        return end
    link = pieces[end].target
    if pieces[end].kind == "words" and link and f"link:{link}" not in done and pieces[end - 1].kind == "words":
        while end > start and pieces[end - 1].target == link and pieces[end - 1].kind == "words":
            end -= 1
    return end


def _wrapped(mark: str, inner: str) -> str:
    match mark:
        case "strong":
            return f"**{inner}**"
        case "em":
            return f"*{inner}*"
        case "sub" | "sup" | "kbd":
            return f"<{mark}>{inner}</{mark}>"
        case _:
            target = mark.removeprefix("link:")
            return f"<{target}>" if inner == target else f"[{inner}]({target})"


def _one(piece: Piece, escaped: bool, in_cell: bool) -> str:
    match piece.kind:
        case "break":
            return "<br>" if in_cell else "\\\n"
        case "own":
            return f"[]({piece.target})"
        case "image":
            return f"![{piece.words}]({piece.target})"
        case _:
            pass
    words = piece.words
    if "code" in piece.marks:
        fence = "`" * (1 + max((len(run) for run in re.findall("`+", words)), default=0))
        padded = f" {words} " if words.startswith("`") or words.endswith("`") else words
        words = f"{fence}{padded}{fence}"
    elif escaped:
        words = _SPECIAL.sub(r"\\\1", words)
    return words.replace("|", "\\|") if in_cell else words


def _merged(old: str, new: str) -> str:
    """``new`` with the bytes of ``old`` wherever both have the same signs, so that line breaks survive."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = difflib.SequenceMatcher(None, [_plain(t) for t in before], [_plain(t) for t in after], autojunk=False)
    parts: list[str] = []
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        parts += before[i1:i2] if kind == "equal" else after[j1:j2]
    return "".join(parts)


def _plain(token: str) -> str:
    return " " if token.isspace() else token
