"""Inside a Word paragraph: runs, links, tracked changes, comments and what has no place in a text → pieces."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

from patokaz.parse.inline import Piece
from patokaz.word.addresses import CODE, GUARD, IMAGE, KEYBOARD, MARK, shown_fingerprint, target_of

Report = Callable[[str, str], None]
"""(what could not be mapped, hint)."""

_SAFE = re.compile(r"^(https?://|mailto:|patokaz:)", re.IGNORECASE)
_HYPERLINK = re.compile(r'HYPERLINK\s+(?:\\l\s+)?"([^"]*)"(?:\s+\\l\s+"([^"]*)")?')
_FETCHING = re.compile(r"^\s*(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|LINK|IMPORT|MACROBUTTON)\b", re.IGNORECASE)
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_TRANSPARENT = frozenset(map(qn, ("w:smartTag", "w:sdt", "w:sdtContent", "w:customXml", "w:dir", "w:bdo")))
_DRAWN = frozenset(map(qn, ("w:drawing", "w:pict", "w:object")))
_NOTES = {qn("w:footnoteReference"): "footnote", qn("w:endnoteReference"): "endnote"}
_TEXT_BOX, _MATH = qn("w:txbxContent"), "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath"
_ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"


@dataclass(frozen=True)
class Change:
    """A tracked change, already carried out: ``kind`` is ``inserted`` or ``deleted``."""

    kind: str
    author: str
    words: str


@dataclass
class Link:
    """The link that is open while its runs are read."""

    target: str
    own: str = ""
    pieces: list[Piece] = field(default_factory=list)


@dataclass
class RunReader:
    """Reads the inside of paragraphs, one after the other. ``pieces`` and ``bookmarks`` are those of the present one.

    ``names`` gives the name of a character style by its id, ``relations`` the address of a link by its, ``notes`` the words of
    foot- and endnotes, ``comments`` (author, words) of comments.
    """

    names: Mapping[str, str]
    relations: Mapping[str, str]
    notes: Mapping[tuple[str, str], str]
    comments: Mapping[str, tuple[str, str]]
    report: Report
    pieces: list[Piece] = field(default_factory=list)
    bookmarks: list[str] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    commented: dict[str, list[str]] = field(default_factory=dict)
    dangers: list[str] = field(default_factory=list)
    guards: dict[str, str] = field(default_factory=dict)
    guarded: dict[str, list[str]] = field(default_factory=dict)
    _open_comments: list[str] = field(default_factory=list)
    _link: Link | None = None
    _field: list[str] = field(default_factory=list)

    def read(self, paragraph: Any) -> tuple[list[Piece], list[str]]:
        """The pieces and bookmarks of one paragraph, not yet in normal form."""
        self.pieces, self.bookmarks = [], []
        for child in paragraph:
            self.element(child)
        self._close_link()
        return self.pieces, self.bookmarks

    def element(self, element: Any) -> None:
        """Read one element of a paragraph, or of the body where it marks a place."""
        tag = element.tag
        if tag == qn("w:r"):
            self._run(element)
        elif tag == qn("w:hyperlink"):
            self._hyperlink(element)
        elif tag in (qn("w:ins"), qn("w:moveTo")):
            self._inserted(element)
        elif tag in (qn("w:del"), qn("w:moveFrom")):
            self._deleted(element)
        elif tag == qn("w:fldSimple"):
            self._simple_field(element)
        elif tag in _TRANSPARENT:
            for child in element:
                self.element(child)
        elif tag == qn("w:bookmarkStart"):
            self._bookmark(element)
        elif tag == qn("w:bookmarkEnd"):
            self._unguard(self.guards.pop(str(element.get(qn("w:id"))), ""))
        elif tag == qn("w:commentRangeStart"):
            self._open_comments.append(str(element.get(qn("w:id"))))
        elif tag == qn("w:commentRangeEnd"):
            number = str(element.get(qn("w:id")))
            self._open_comments = [name for name in self._open_comments if name != number]
        elif tag.startswith(_MATH):
            self.report("a formula", "write it in words")

    def _unguard(self, name: str) -> None:
        """Facts of the record end here: whether they are still what was written."""
        words = "".join(self.guarded.pop(name, ()))
        if words and shown_fingerprint(words) != name.removeprefix(GUARD).partition("_")[0]:
            self.report(f"a changed fact of the record: “{short(words)}”", "change it in record.yml")

    def _remark(self, number: str) -> None:
        author, remark = self.comments.get(number, ("?", ""))
        on = "".join(self.commented.get(number, ()))
        place = f" on “{short(on)}”" if on.strip() else ""
        self.report(f"a comment by {author}{place}: “{short(remark)}”", "answer it in the text or in Word")

    def _bookmark(self, element: Any) -> None:
        name = str(element.get(qn("w:name")))
        if name.startswith(GUARD):
            self.guards[str(element.get(qn("w:id")))] = name
            self.guarded.setdefault(name, [])
        else:
            self.bookmarks.append(name)

    def _inserted(self, element: Any) -> None:
        before = len(self.pieces)
        inside = len(self._link.pieces) if self._link else 0
        for child in element:
            self.element(child)
        new = self._link.pieces[inside:] if self._link else self.pieces[before:]
        self.changed("inserted", element, "".join(piece.words for piece in new))

    def _deleted(self, element: Any) -> None:
        self.changed("deleted", element, "".join(t.text or "" for t in element.iter(qn("w:delText"), qn("w:t"))))

    def changed(self, kind: str, element: Any, words: str) -> None:
        """Note a tracked change; what follows one of the same kind and author belongs to it."""
        author = str(element.get(qn("w:author")) or "?")
        last = self.changes[-1] if self.changes else None
        if last and (last.kind, last.author) == (kind, author) and element.getprevious() is not None:
            previous = element.getprevious()
            if previous.tag == element.tag:
                self.changes[-1] = Change(kind, author, last.words + words)
                return
        if words:
            self.changes.append(Change(kind, author, words))

    def _hyperlink(self, element: Any) -> None:
        address = self.relations.get(str(element.get(qn("r:id"))), "")
        anchor = element.get(qn("w:anchor"))
        if anchor and "#" not in address and address:
            address += f"#{anchor}"
        self._close_link()
        self._open_link(address)
        for child in element:
            self.element(child)
        self._close_link()

    def _open_link(self, address: str) -> None:
        if address and not _SAFE.match(address):
            self.report(f"a link to `{address[:80]}`", "only addresses of the web, of e-mail and of the library stay")
            address = ""
        target, own = target_of(address)
        self._link = Link(target, own)

    def _close_link(self) -> None:
        link, self._link = self._link, None
        if link is None:
            return
        words = "".join(piece.words for piece in link.pieces)
        if link.own and shown_fingerprint(words) == link.own:
            marks = link.pieces[0].marks
            self.pieces.append(Piece("", marks, link.target, "own"))
        elif link.target.startswith(f"{IMAGE}:"):
            if words.strip():
                alternative = words.strip().removeprefix("[").removesuffix("]")
                self.pieces.append(
                    Piece(alternative, link.pieces[0].marks, link.target.removeprefix(f"{IMAGE}:"), "image")
                )
        else:
            self.pieces += [
                Piece(piece.words, piece.marks, "" if piece.kind == "break" else link.target, piece.kind)
                for piece in link.pieces
            ]

    def _simple_field(self, element: Any) -> None:
        self._instruction(str(element.get(qn("w:instr")) or ""))
        for child in element:
            self.element(child)
        self._close_link()

    def _instruction(self, instruction: str) -> None:
        if _FETCHING.match(instruction):
            self.dangers.append(instruction.strip()[:60])
        match = _HYPERLINK.search(instruction)
        if match and match[1]:
            self._close_link()
            self._open_link(match[1] + (f"#{match[2]}" if match[2] else ""))

    def _run(self, run: Any) -> None:
        properties = run.find(qn("w:rPr"))
        style = self.names.get(_value(properties, "w:rStyle"), "")
        hidden = _is_on(properties, "w:vanish")
        marks = self._marks(properties, style)
        for child in run:
            tag = child.tag
            if tag == qn("w:t"):
                self._words(child.text or "", marks, style, hidden=hidden)
            elif tag == qn("w:tab"):
                self._words("\t", marks, style, hidden=hidden)
            elif tag == qn("w:noBreakHyphen"):
                self._words("-", marks, style, hidden=hidden)
            elif tag == qn("w:cr") or (tag == qn("w:br") and child.get(qn("w:type")) in (None, "textWrapping")):
                self._add(Piece("", marks, kind="break"))
            elif tag == qn("w:sym"):
                self.report("a sign of a symbol font", "type it as a character")
            elif tag in _NOTES:
                words = self.notes.get((_NOTES[tag], str(child.get(qn("w:id")))), "")
                self.report(f"a {_NOTES[tag]}: “{short(words)}”", "write it into the text")
            elif tag in _DRAWN or tag == _ALTERNATE:
                self._drawn(child)
            elif tag == qn("w:commentReference"):
                self._remark(str(child.get(qn("w:id"))))
            elif tag == qn("w:fldChar"):
                self._field_sign(str(child.get(qn("w:fldCharType"))))
            elif tag == qn("w:instrText"):
                self._field.append(child.text or "")

    def _field_sign(self, kind: str) -> None:
        if kind == "begin":
            self._field = []
        elif kind == "separate":
            self._instruction("".join(self._field))
        elif kind == "end":
            if _FETCHING.match("".join(self._field)):
                self._instruction("".join(self._field))
            self._close_link()
            self._field = []

    def _drawn(self, element: Any) -> None:
        box = next(element.iter(_TEXT_BOX), None)
        if box is not None:
            words = "".join(t.text or "" for t in box.iter(qn("w:t")))
            self.report(f"a text box: “{short(words)}”", "write its words into the text")
        else:
            self.report("a picture or drawing", "put the picture's file beside the text and name it there")

    def _marks(self, properties: Any, style: str) -> frozenset[str]:
        marks = {"Strong": {"strong"}, "Emphasis": {"em"}, CODE: {"code"}, KEYBOARD: {"kbd"}}.get(style, set()).copy()
        if style in ("HTML Code", "HTML Keyboard"):
            marks.add("code" if style == "HTML Code" else "kbd")
        if properties is None:
            return frozenset(marks)
        for tag, mark in (("w:b", "strong"), ("w:i", "em")):
            if properties.find(qn(tag)) is not None:
                marks = marks | {mark} if _is_on(properties, tag) else marks - {mark}
        raised = _value(properties, "w:vertAlign")
        marks |= {"superscript": {"sup"}, "subscript": {"sub"}}.get(raised, set())
        return frozenset(marks)

    def _words(self, words: str, marks: frozenset[str], style: str, *, hidden: bool) -> None:
        for name in self.guards.values():
            self.guarded[name].append(words)
        if style == MARK:
            return
        if hidden:
            self.report(f"hidden words: “{short(words)}”", "show them or delete them in Word")
            return
        if _PRIVATE.search(words):
            self.report("a sign of a symbol font", "type it as a character")
            words = _PRIVATE.sub("", words)
        self._add(Piece(words, marks))

    def _add(self, piece: Piece) -> None:
        for number in self._open_comments:
            self.commented.setdefault(number, []).append(piece.words or " ")
        (self._link.pieces if self._link else self.pieces).append(piece)


def short(words: str) -> str:
    """Words as a message quotes them: on one line, at most 80 characters."""
    words = " ".join(words.split())
    return words if len(words) <= 80 else f"{words[:79]}…"


def _value(properties: Any, tag: str) -> str:
    found = properties.find(qn(tag)) if properties is not None else None
    return "" if found is None else str(found.get(qn("w:val")) or "")


def _is_on(properties: Any, tag: str) -> bool:
    found = properties.find(qn(tag)) if properties is not None else None
    return found is not None and found.get(qn("w:val")) not in ("0", "false", "off")
