"""A text's body as leaves: headings, paragraphs, list items and table rows in a row, each with the lines that hold it.

Word processors know paragraphs and rows and no trees. What cannot be said so – code, nested quotes, a table in a list –
is a ``source`` leaf: its Markdown, line by line.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

from patokaz.parse.inline import Piece, UnmappableError, inline_pieces

LeafKind = Literal["heading", "paragraph", "row", "source"]

DEEPEST = 3
"""Lists in lists in a text: more is a ``source`` leaf, because word processors have three styles for what continues an item."""

_ANCHOR = re.compile(r"[ \t]*\{[ \t]*#([^\s{}]+)[ \t]*\}[ \t]*$")
_BLANK = re.compile(r"[\s>]*")
_MARKDOWN = MarkdownIt("commonmark").enable("table").disable("inline")


@dataclass(frozen=True)
class Listing:
    """A list that a leaf stands in. ``ident`` tells the lists of a body apart; ``start`` is the first number of an ordered one."""

    kind: Literal["ol", "ul"]
    ident: int = 0
    start: int = 1


@dataclass(frozen=True)
class Leaf:
    """One paragraph, heading, row or stretch of source.

    ``lists`` are the lists round it from outside; ``is_item``: it opens an item of the innermost one. ``cells`` are those of a row,
    ``header`` marks a table's first. ``first`` and ``last`` are its lines in the body, the last one excluded.
    """

    kind: LeafKind
    pieces: tuple[Piece, ...] = ()
    level: int = 0
    anchor: str = ""
    quoted: bool = False
    lists: tuple[Listing, ...] = ()
    is_item: bool = False
    cells: tuple[tuple[Piece, ...], ...] = ()
    header: bool = False
    source: str = ""
    first: int = 0
    last: int = 0

    @property
    def key(self) -> tuple[object, ...]:
        """What it is and says. Leaves with equal keys read the same."""
        kinds = tuple(listing.kind for listing in self.lists)
        return (
            *(self.kind, self.pieces, self.level, self.anchor, self.quoted, kinds, self.is_item),
            *(self.cells, self.header, self.source),
        )

    @property
    def words(self) -> str:
        """Its words without marks, for messages and to find the nearest one."""
        cells = self.cells or (self.pieces,)
        return self.source or " ".join("".join(piece.words or piece.target for piece in cell) for cell in cells)


def is_blank(line: str) -> bool:
    """Whether a line holds nothing, also inside a quote."""
    return _BLANK.fullmatch(line) is not None


def leaves(lines: Sequence[str]) -> tuple[Leaf, ...]:
    """The leaves of Markdown ``lines``, in order; every line that is not blank belongs to exactly one."""
    reader = _Reader()
    found: list[Leaf] = []
    for block in _blocks(_MARKDOWN.parse("\n".join(lines))):
        first, last = block[0].map or (0, 0)
        while last > first and is_blank(lines[last - 1]):
            last -= 1
        try:
            found += reader.read(block)
        except UnmappableError:
            found.append(Leaf("source", first=first, last=last))
    return tuple(_with_source(found, lines))


def _blocks(tokens: Sequence[Token]) -> list[list[Token]]:
    blocks: list[list[Token]] = []
    for token in tokens:
        if token.level == 0 and token.nesting >= 0 and token.type != "inline":
            blocks.append([])
        blocks[-1].append(token)
    return blocks


def _with_source(found: Sequence[Leaf], lines: Sequence[str]) -> list[Leaf]:
    """All leaves with the lines that no leaf holds as source; neighbours of that kind are one."""
    whole: list[Leaf] = []

    def add(leaf: Leaf) -> None:
        if leaf.kind == "source" and whole and whole[-1].kind == "source":
            leaf = replace(leaf, first=whole.pop().first)
        whole.append(leaf)

    line = 0
    for leaf in (*found, None):
        start = leaf.first if leaf else len(lines)
        rest = [number for number in range(line, start) if not is_blank(lines[number])]
        if rest:
            add(Leaf("source", first=rest[0], last=rest[-1] + 1))
        if leaf:
            add(leaf)
            line = max(line, leaf.last)
    return [
        replace(leaf, source="\n".join(line.rstrip() for line in lines[leaf.first : leaf.last]))
        if leaf.kind == "source"
        else leaf
        for leaf in whole
    ]


@dataclass
class _Reader:
    count: int = 0
    quoted: bool = False
    lists: list[Listing] = field(default_factory=list)
    fresh: bool = False
    leaves: list[Leaf] = field(default_factory=list)

    def read(self, block: Sequence[Token]) -> list[Leaf]:
        """The leaves of one outermost block. Raises :class:`UnmappableError`."""
        self.quoted, self.lists, self.fresh, self.leaves = False, [], False, []
        for token, inner in zip(block, (*block[1:], None), strict=True):
            self._token(token, inner)
        return self.leaves

    def _token(self, token: Token, inner: Token | None) -> None:
        first, last = token.map or (0, 0)
        match token.type:
            case "heading_open":
                if token.markup.strip("#") or token.tag == "h1" or self.lists or self.quoted or inner is None:
                    raise UnmappableError("a heading with a line under it, of the title's level, or in a list")
                anchor = _ANCHOR.search(inner.content)
                words = inner.content[: anchor.start()] if anchor else inner.content
                self._add("heading", words, first, last, level=int(token.tag[1:]), anchor=anchor[1] if anchor else "")
            case "paragraph_open":
                assert inner is not None
                self._paragraph(inner.content, first, last)
            case "ordered_list_open" | "bullet_list_open":
                self._list(token)
            case "ordered_list_close" | "bullet_list_close":
                self.lists.pop()
            case "list_item_open":
                if self.fresh:
                    raise UnmappableError("an item that opens with another one, or is empty")
                self.fresh = True
            case "list_item_close":
                if self.fresh:
                    raise UnmappableError("an empty item")
            case "blockquote_open":
                if self.quoted or self.lists:
                    raise UnmappableError("a quote in a quote or list")
                self.quoted = True
            case "blockquote_close":
                self.quoted = False
            case "table_open":
                if self.quoted or self.lists:
                    raise UnmappableError("a table in a quote or list")
            case "tr_open":
                header = not self.leaves
                # The line of dashes belongs to the head's row.
                self.leaves.append(Leaf("row", header=header, first=first, last=first + 1 + header))
            case "td_open" | "th_open":
                assert inner is not None
                row = self.leaves[-1]
                self.leaves[-1] = replace(row, cells=(*row.cells, inline_pieces(inner.content)))
            case "fence" | "code_block" | "html_block" | "hr":
                raise UnmappableError(token.type)
            case _:
                pass

    def _list(self, token: Token) -> None:
        if self.fresh or len(self.lists) == DEEPEST or (self.quoted and self.lists):
            raise UnmappableError("an item that opens with a list, or a list too deep")
        self.count += 1
        kind: Literal["ol", "ul"] = "ol" if token.type == "ordered_list_open" else "ul"
        self.lists.append(Listing(kind, self.count, int(token.attrs.get("start", 1))))

    def _paragraph(self, content: str, first: int, last: int) -> None:
        is_item, self.fresh = self.fresh, False
        if self.quoted and self.lists and not is_item:
            raise UnmappableError("a second paragraph of an item in a quote")
        self._add("paragraph", content, first, last, lists=tuple(self.lists), is_item=is_item)

    def _add(self, kind: LeafKind, content: str, first: int, last: int, **given: object) -> None:
        pieces = inline_pieces(content)
        if not pieces:
            raise UnmappableError("nothing to see")
        self.leaves.append(Leaf(kind, pieces, quoted=self.quoted, first=first, last=last, **given))  # type: ignore[arg-type]
