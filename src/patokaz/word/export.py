"""A text → a Word file for consultation: the control panel, then the text with its ids, references and lists."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import docx
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from patokaz.model.records import SopRecord
from patokaz.pages.view import View
from patokaz.parse.inline import Piece
from patokaz.parse.leaves import Leaf, leaves
from patokaz.word.addresses import (
    CELL_HEAD,
    CODE,
    CONTROL,
    GUARD,
    IMAGE,
    KEYBOARD,
    MARK,
    NOTICE,
    QUOTE_ITEM,
    RECORD,
    SOURCE,
    address_of,
    bookmark_of,
    shown_fingerprint,
)
from patokaz.word.origin import Origin
from patokaz.word.packing import packed
from patokaz.word.shown import control_rows, mark_after, mark_before, notices, own_words, record_lines
from patokaz.word.styles import LINK, number_of, prepare

TEXT_ID, TEXT_LANGUAGE, TEXT_STATE = "PatokazId", "PatokazLanguage", "PatokazFingerprint"
"""Properties of the file that say which state of which text it holds."""

_CHARACTER_STYLES = {"code": CODE, "kbd": KEYBOARD}
_RAISED = {"sub": "subscript", "sup": "superscript"}


def export(origin: Origin, view: View) -> bytes:
    """The Word file of one text; ``view`` gives names in the text's language. Equal sources give equal bytes."""
    word = docx.Document()
    prepare(word, origin.text.language, numbered_headings=isinstance(origin.record, SopRecord))
    writer = _Writer(word, origin, view)
    writer.opening()
    for leaf in leaves(origin.body):
        writer.leaf(leaf)
    if writer.table is not None:
        # Word wants a paragraph at the end.
        word.add_paragraph()
    _footer(word, origin, view)
    record, front = origin.record, origin.text.front
    day = record.history[-1].date if record else view.library.settings.edition.date
    owner = next((value for label, value in control_rows(origin, view) if label == view.words["owner"]), "Patokaz")
    properties = {
        "title": front.title,
        "subject": front.summary,
        "author": owner,
        "last_modified_by": owner,
        "keywords": origin.id,
        "language": origin.text.language,
        "comments": view.words["word_consultation"],
        "version": record.revision if record else "",
        "category": view.words[f"status_{record.status}"] if record else "",
    }
    custom = {TEXT_ID: origin.id, TEXT_LANGUAGE: origin.text.language, TEXT_STATE: origin.fingerprint}
    return packed(word, {name: value[:255] for name, value in properties.items()}, custom, day)


@dataclass
class _Writer:
    word: WordDocument
    origin: Origin
    view: View
    bookmarks: int = 0
    numbers: dict[int, int] = field(default_factory=dict)
    table: Table | None = None

    @functools.cached_property
    def ids(self) -> dict[str, str]:
        """The id of each style by its name."""
        return {str(style.name): style.style_id for style in self.word.styles}

    def _paragraph(self, style: str, words: str = "") -> Paragraph:
        paragraph = self.word.add_paragraph(words)
        paragraph._p.style = self.ids[style]
        return paragraph

    def opening(self) -> None:
        """Title, summary, the panel and what the file is for."""
        front = self.origin.text.front
        self._paragraph("Title", front.title)
        self._paragraph("Subtitle", front.summary)
        rows = control_rows(self.origin, self.view)
        table = self.word.add_table(0, 2)
        table.style = CONTROL
        for label, value in rows:
            cells = table.add_row().cells
            cells[0].paragraphs[0].add_run(label)
            cells[0].paragraphs[0]._p.style = self.ids[CELL_HEAD]
            cells[1].paragraphs[0].add_run(value)
        first, last = table.rows[0].cells[0].paragraphs[0], table.rows[-1].cells[1].paragraphs[0]
        self._guard(first, last, "".join(words for row in rows for words in row))
        for notice in (self.view.words["word_consultation"], *notices(self.origin, self.view)):
            self._paragraph(NOTICE, notice)

    def leaf(self, leaf: Leaf) -> None:
        """Write one leaf, and after a heading what the record says of its section."""
        if leaf.kind == "row":
            self._row(leaf)
            return
        self.table = None
        if leaf.kind == "source":
            for line in leaf.source.split("\n"):
                self._paragraph(SOURCE, line)
            return
        paragraph = self._paragraph(_style(leaf))
        if leaf.is_item:
            self._number(paragraph, leaf)
        if leaf.kind == "heading":
            self._marked(paragraph, mark_before(self.origin, leaf.anchor, self.view))
        self._pieces(paragraph, leaf.pieces)
        if leaf.anchor:
            self._bookmark(bookmark_of(leaf.anchor), paragraph, paragraph)
            for line in record_lines(self.origin, leaf.anchor, self.view):
                said = self._paragraph(RECORD, line)
                self._guard(said, said, line)

    def _number(self, paragraph: Paragraph, leaf: Leaf) -> None:
        listing, level = leaf.lists[-1], len(leaf.lists) - 1
        if listing.ident not in self.numbers:
            self.numbers[listing.ident] = number_of(self.word, listing, level)
        properties = paragraph._p.get_or_add_pPr()
        number = properties.get_or_add_numPr()
        number.get_or_add_ilvl().val = level
        number.get_or_add_numId().val = self.numbers[listing.ident]

    def _row(self, leaf: Leaf) -> None:
        if self.table is None or leaf.header:
            if self.table is not None:
                # Word makes one table of two that touch.
                self.word.add_paragraph()
            self.table = self.word.add_table(0, len(leaf.cells))
            self.table.style = "Table Grid"
        row = self.table.add_row()
        if leaf.header:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
        for cell, pieces in zip(row.cells, leaf.cells, strict=True):
            self._cell(cell, pieces, leaf.header)

    def _cell(self, cell: _Cell, pieces: Sequence[Piece], header: bool) -> None:
        paragraph = cell.paragraphs[0]
        if header:
            paragraph._p.style = self.ids[CELL_HEAD]
        self._pieces(paragraph, pieces)

    def _pieces(self, paragraph: Paragraph, pieces: Iterable[Piece]) -> None:
        link, linked_to = None, ""
        for piece in pieces:
            if link is not None and (piece.kind != "words" or piece.target != linked_to):
                self._marked_in(link, mark_after(linked_to, self.view))
                link = None
            if piece.kind == "own":
                words = own_words(piece.target, self.view)
                self._run(self._link(paragraph, address_of(piece.target, words)), words, piece.marks, LINK)
            elif piece.kind == "image":
                address = address_of(f"{IMAGE}:{piece.target}")
                self._run(self._link(paragraph, address), f"[{piece.words or piece.target}]", piece.marks, LINK)
            elif piece.kind == "break":
                self._run(paragraph._p, "\n", piece.marks)
            elif piece.target:
                if link is None:
                    link, linked_to = self._link(paragraph, address_of(piece.target)), piece.target
                self._run(link, piece.words, piece.marks, LINK)
            else:
                self._run(paragraph._p, piece.words, piece.marks)
        if link is not None:
            self._marked_in(link, mark_after(linked_to, self.view))

    def _link(self, paragraph: Paragraph, address: str) -> object:
        relation = self.word.part.relate_to(address, RT.HYPERLINK, is_external=True)
        link = parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="{relation}" w:history="1"/>')
        paragraph._p.append(link)
        return link

    def _run(self, parent: object, words: str, marks: frozenset[str], style: str = "") -> None:
        """Append a run. Code keeps its own style inside a link: the address says that it is one."""
        style = next((_CHARACTER_STYLES[mark] for mark in ("code", "kbd") if mark in marks), style)
        raised = next((f'<w:vertAlign w:val="{_RAISED[mark]}"/>' for mark in _RAISED if mark in marks), "")
        properties = (
            (f'<w:rStyle w:val="{self.ids[style]}"/>' if style else "")
            + ("<w:b/>" if "strong" in marks else "")
            + ("<w:i/>" if "em" in marks else "")
            + raised
        )
        looks = f"<w:rPr>{properties}</w:rPr>" if properties else ""
        element = parse_xml(f"<w:r {nsdecls('w')}>{looks}</w:r>")
        parent.append(element)  # type: ignore[attr-defined]
        Run(element, self.word._body).text = words

    def _marked(self, paragraph: Paragraph, words: str) -> None:
        self._marked_in(paragraph._p, words)

    def _marked_in(self, parent: object, words: str) -> None:
        if words:
            self._run(parent, words, frozenset(), MARK)

    def _guard(self, first: Paragraph, last: Paragraph, words: str) -> None:
        self._bookmark(f"{GUARD}{shown_fingerprint(words)}_{self.bookmarks}", first, last)

    def _bookmark(self, name: str, first: Paragraph, last: Paragraph) -> None:
        self.bookmarks += 1
        start = parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="{self.bookmarks}" w:name="{name}"/>')
        end = parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="{self.bookmarks}"/>')
        opening = first._p.find(qn("w:pPr"))
        if opening is None:
            first._p.insert(0, start)
        else:
            opening.addnext(start)
        last._p.append(end)


def _style(leaf: Leaf) -> str:
    if leaf.kind == "heading":
        # `##` is the highest heading of a text; the title stands above it.
        return f"Heading {max(1, leaf.level - 1)}"
    if leaf.quoted:
        return QUOTE_ITEM if leaf.is_item else "Quote"
    if leaf.is_item:
        return "List Number" if leaf.lists[-1].kind == "ol" else "List Bullet"
    depth = len(leaf.lists)
    return "Normal" if not depth else "List Continue" if depth == 1 else f"List Continue {depth}"


def _footer(word: WordDocument, origin: Origin, view: View) -> None:
    """``SOP-02 · Revision 1.0 · draft · page 3``."""
    paragraph = word.sections[0].footer.paragraphs[0]
    parts = [origin.id]
    if origin.record:
        words = view.words
        parts += [f"{words['revision']} {origin.record.revision}", words[f"status_{origin.record.status}"]]
    paragraph.add_run(f"{' · '.join(parts)} · {view.words['page_word']} ")
    paragraph._p.append(
        parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>')
    )
