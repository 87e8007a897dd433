"""A Word file's body → the leaves of a text, with all that has no place in one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from docx.document import Document as WordDocument
from docx.oxml.ns import qn

from patokaz.parse.inline import Piece, normal
from patokaz.parse.leaves import Leaf, Listing
from patokaz.word.addresses import (
    CELL_HEAD,
    CONTROL,
    NOTICE,
    QUOTE_ITEM,
    RECORD,
    SOURCE,
    anchor_of,
    bookmark_of,
)
from patokaz.word.numbering import Item, Numbering, numbered
from patokaz.word.parts import comments_of, notes_of, part_of
from patokaz.word.runs import Change, RunReader, short

_HEADING = re.compile(r"^heading ([1-9])$", re.IGNORECASE)
_LIST_STYLE = re.compile(r"^List (Bullet|Number)(?: ([2-5]))?$")
_CONTINUES = re.compile(r"^List Continue(?: ([2-5]))?$")
_PLAIN = ("", "Normal", "Body Text", "List Paragraph", "No Spacing", "Plain Text", "Normal (Web)", "Default", CELL_HEAD)
_QUOTES = ("Quote", "Intense Quote", "Block Text", QUOTE_ITEM)


@dataclass(frozen=True)
class Unmapped:
    """Something that has no place in a text, at a paragraph of the Word file counted from 1."""

    paragraph: int
    what: str
    hint: str


@dataclass
class WordText:
    """What a Word file says: title, summary, leaves; and what was met on the way."""

    title: str = ""
    summary: str = ""
    leaves: list[Leaf] = field(default_factory=list)
    unmapped: list[Unmapped] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    dangers: list[str] = field(default_factory=list)


def read_word(word: WordDocument, anchors: Iterable[str]) -> WordText:
    """Read the body. ``anchors`` are the heading ids that bookmarks may stand for."""
    return _BodyReader(word, tuple(anchors)).read()


class _BodyReader:
    def __init__(self, word: WordDocument, anchors: tuple[str, ...]) -> None:
        self.body = word.element.body
        self.anchors = anchors
        self.text = WordText()
        self.number = 0
        self.styles = {str(style.get(qn("w:styleId"))): style for style in word.styles.element.findall(qn("w:style"))}
        self.names = {key: _style_name(style) for key, style in self.styles.items()}
        self.numbering = Numbering.of(part_of(word, "numbering"))
        self.runs = RunReader(
            self.names,
            {key: relation.target_ref for key, relation in word.part.rels.items() if relation.is_external},
            notes_of(word),
            comments_of(word),
            self._report,
        )
        self.stack: list[Listing] = []
        self.lists = 0
        self.used: set[str] = set()
        self.strange: set[str] = set()
        self.carried: list[Piece] = []
        self.source: list[str] = []

    def read(self) -> WordText:
        """Everything, in order."""
        for element in _content(self.body):
            if element.tag == qn("w:p"):
                self._paragraph(element)
            elif element.tag == qn("w:tbl"):
                self._end_source()
                self._table(element)
            elif element.tag in (qn("w:bookmarkStart"), qn("w:bookmarkEnd"), qn("w:commentRangeEnd")):
                self.runs.element(element)
        self._end_source()
        rest = normal(self.carried)
        if rest:
            self.text.leaves.append(Leaf("paragraph", rest))
        self.text.changes, self.text.dangers = self.runs.changes, self.runs.dangers
        return self.text

    def _report(self, what: str, hint: str) -> None:
        self.text.unmapped.append(Unmapped(max(1, self.number), what, hint))

    # Paragraphs

    def _paragraph(self, paragraph: Any) -> None:
        self.number += 1
        properties = paragraph.find(qn("w:pPr"))
        style = self._style(properties)
        pieces, bookmarks = self.runs.read(paragraph)
        if style in (RECORD, NOTICE) or style.lower().startswith(("toc ", "table of figures")):
            return
        if style == SOURCE:
            self.source.append("".join("\n" if piece.kind == "break" else piece.words for piece in pieces))
            return
        self._end_source()
        if _mark_deleted(properties):
            self.carried += pieces
            return
        found = normal([*self.carried, *pieces])
        self.carried = []
        if not found:
            return
        if style in ("Title", "Subtitle"):
            name = "title" if style == "Title" else "summary"
            words = "".join(piece.words or " " for piece in found)
            if getattr(self.text, name):
                self._report(f"a second {name}: “{short(words)}”", "use the style of a heading or of plain text")
            setattr(self.text, name, getattr(self.text, name) or words)
            return
        level = self._heading_level(properties, style)
        if level:
            self.stack.clear()
            anchor = self._anchor(bookmarks)
            self.text.leaves.append(Leaf("heading", found, level=min(6, level + 1), anchor=anchor))
            return
        self._body_leaf(properties, style, found)

    def _body_leaf(self, properties: Any, style: str, pieces: tuple[Piece, ...]) -> None:
        quoted = style in _QUOTES
        item = self._item(properties, style)
        if item is not None:
            self._open_lists(item, quoted=quoted)
            self.text.leaves.append(Leaf("paragraph", pieces, quoted=quoted, lists=tuple(self.stack), is_item=True))
            return
        continues = _CONTINUES.match(style)
        depth = int(continues[1] or 1) if continues else len(self.stack) if style == "List Paragraph" else 0
        del self.stack[depth:]
        if not (quoted or continues or style in _PLAIN) and style not in self.strange:
            self.strange.add(style)
            self._report(f"the style “{style}”", "its paragraphs are taken as plain text")
        self.text.leaves.append(Leaf("paragraph", pieces, quoted=quoted, lists=tuple(self.stack)))

    def _open_lists(self, item: Item, *, quoted: bool) -> None:
        last = self.text.leaves[-1] if self.text.leaves else None
        if last is None or last.quoted != quoted or last.kind != "paragraph" or not last.lists:
            self.stack.clear()
        level = min(item.level, len(self.stack))
        del self.stack[level + 1 :]
        if len(self.stack) > level and self.stack[level].kind == item.kind:
            return
        del self.stack[level:]
        self.lists += 1
        self.stack.append(Listing(item.kind, self.lists, item.number))

    def _item(self, properties: Any, style: str) -> Item | None:
        place = numbered(properties) or self._style_numbering(self._style_id(properties))
        if place and place[0] == "0":
            return None
        found = self.numbering.item(*place) if place else None
        named = _LIST_STYLE.match(style)
        if named is None:
            return found
        # `List Bullet 2` stands at level 2, though its own list has one level only.
        level = int(named[2] or 1) - 1
        if found is not None:
            return replace(found, level=max(level, found.level))
        return Item("ul" if named[1] == "Bullet" else "ol", level, 1)

    def _style_numbering(self, style: str) -> tuple[str, int] | None:
        places = (numbered(element.find(qn("w:pPr"))) for element in self._line_of(style))
        return next((place for place in places if place is not None), None)

    def _line_of(self, style: str) -> Iterator[Any]:
        """A style and those that it is based on."""
        seen: set[str] = set()
        while style in self.styles and style not in seen:
            seen.add(style)
            element = self.styles[style]
            yield element
            based = element.find(qn("w:basedOn"))
            style = str(based.get(qn("w:val"))) if based is not None else ""

    def _style_id(self, properties: Any) -> str:
        found = properties.find(qn("w:pStyle")) if properties is not None else None
        return "" if found is None else str(found.get(qn("w:val")))

    def _style(self, properties: Any) -> str:
        name = self._style_id(properties)
        return self.names.get(name, name)

    def _heading_level(self, properties: Any, style: str) -> int:
        outline = properties.find(qn("w:outlineLvl")) if properties is not None else None
        if outline is not None and str(outline.get(qn("w:val"))) in "012345678":
            return int(outline.get(qn("w:val"))) + 1
        for element in self._line_of(self._style_id(properties)):
            match = _HEADING.match(self.names[str(element.get(qn("w:styleId")))])
            if match:
                return int(match[1])
        match = _HEADING.match(style)
        return int(match[1]) if match else 0

    def _anchor(self, bookmarks: Iterable[str]) -> str:
        for name in bookmarks:
            anchor = anchor_of(name, self.anchors)
            if anchor and bookmark_of(anchor) not in self.used:
                self.used.add(bookmark_of(anchor))
                return anchor
        return ""

    def _end_source(self) -> None:
        lines, self.source = [line.rstrip() for line in "\n".join(self.source).split("\n")], []
        while lines and not lines[-1]:
            lines.pop()
        while lines and not lines[0]:
            lines.pop(0)
        if lines:
            self.stack.clear()
            self.text.leaves.append(Leaf("source", source="\n".join(lines)))

    # Tables

    def _table(self, table: Any) -> None:
        self.stack.clear()
        look = table.find(qn("w:tblPr"))
        style = look.find(qn("w:tblStyle")) if look is not None else None
        control = style is not None and self.names.get(str(style.get(qn("w:val")))) == CONTROL
        width = 0
        for row in _content(table):
            if row.tag != qn("w:tr"):
                continue
            struck = _struck_out(row)
            if struck is not None:
                self.runs.changed("deleted", struck, " ".join(t.text or "" for t in row.iter(qn("w:t"))))
                continue
            cells = [cell for cell in _content(row) if cell.tag == qn("w:tc")]
            found = [self._cell(cell) for cell in cells]
            if control or not any(found):
                continue
            header = not width
            width = width or len(found)
            if len(found) != width:
                self._report("a row with merged or missing cells", "its words stand in the first cells")
                found = [*found, *((),) * width][: max(width, len(found))]
                spare = [piece for cell in found[width:] for piece in (Piece(" "), *cell)]
                found = [*found[: width - 1], normal([*found[width - 1], *spare])]
            self.text.leaves.append(Leaf("row", cells=tuple(found), header=header))

    def _cell(self, cell: Any) -> tuple[Piece, ...]:
        pieces: list[Piece] = []
        for element in _content(cell):
            if element.tag == qn("w:tbl"):
                self._report("a table in a table", "its words stand in the cell")
                for paragraph in element.iter(qn("w:p")):
                    pieces += [*self._cell_paragraph(paragraph), Piece("", kind="break")]
            elif element.tag == qn("w:p"):
                pieces += [*self._cell_paragraph(element), Piece("", kind="break")]
        return normal(pieces)

    def _cell_paragraph(self, paragraph: Any) -> list[Piece]:
        self.number += 1
        return self.runs.read(paragraph)[0]


def _content(element: Any) -> Iterator[Any]:
    """The children, those of content controls and tracked insertions in their place."""
    for child in element:
        if child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:customXml"), qn("w:ins"), qn("w:moveTo")):
            yield from _content(child)
        else:
            yield child


def _mark_deleted(properties: Any) -> bool:
    run = properties.find(qn("w:rPr")) if properties is not None else None
    return run is not None and (run.find(qn("w:del")) is not None or run.find(qn("w:moveFrom")) is not None)


def _struck_out(row: Any) -> Any:
    """The tracked change that deletes a row, or None."""
    properties = row.find(qn("w:trPr"))
    return None if properties is None else properties.find(qn("w:del"))


def _style_name(style: Any) -> str:
    found = style.find(qn("w:name"))
    return "" if found is None else str(found.get(qn("w:val")))
