"""Mends the tags of a PDF that WeasyPrint wrote, so that a screen reader gets what the page shows (PDF/UA-1, ISO 14289-1).

Running heads and feet become artifacts; links lie no more in one another and have one area each; header cells say what they
head; drawings have their box in the page's own units; passages in another language name it; empty elements go.
"""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

from patokaz.handbooks.tagging import Notes

_MARKED = re.compile(rb"/\w+\s+<</MCID (\d+)>>\s+BDC")
_PIXEL = 0.75
"""Points in a CSS pixel that is not enlarged."""

_PRINTED = 4
"""The flag of an annotation that is there on paper too."""

_HOLDS_TEXT = frozenset(
    ("/P", "/H1", "/H2", "/H3", "/H4", "/LBody", "/Lbl", "/TD", "/TH", "/Link", "/Span", "/NonStruct", "/Caption")
)
"""Elements in which text may stand without an element of its own."""

_KEPT_EMPTY = frozenset({"/TD", "/TH", "/TR", "/LBody"})
_TRANSPARENT_IN = frozenset({"/L", "/Table", "/TR", "/THead", "/TBody", "/TFoot"})
"""What may hold nothing but its own kind: wrappers without meaning are taken out of them."""


def mend(pdf: bytes, notes: Notes, type_size: float = 1) -> bytes:
    """The mended PDF, byte-identical for equal input. ``notes`` were taken while it was written, ``type_size`` times as large as laid out.

    Ids of header cells begin with a digest of the PDF, so that they are unique in a book of several.
    """
    prefix = hashlib.sha256(pdf).hexdigest()[:12]
    with pikepdf.open(io.BytesIO(pdf)) as document:
        if "/StructTreeRoot" in document.Root:
            _Mending(document, notes, prefix, _PIXEL * type_size).run()
        _name_fonts(document)
        out = io.BytesIO()
        document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def kids_of(element: Object) -> list[Object]:
    """The children of an element of the structure tree: elements, object references, and numbers of marked content."""
    kids = element.get("/K", Array())
    return list(kids) if isinstance(kids, Array) else [kids]


def name_tree(document: pikepdf.Pdf, values: Mapping[str, Object]) -> Object:
    """A name tree of one leaf (ISO 32000-1, 7.9.6): names in the order of their bytes."""
    names = Array()
    for name, value in sorted(values.items(), key=lambda item: item[0].encode()):
        names.extend([String(name), value])
    leaf = Dictionary(Names=names, Limits=Array([names[0], names[len(names) - 2]]))
    return Dictionary(Kids=Array([document.make_indirect(leaf)]))


def kind_of(element: Object) -> str:
    """What an element is, such as ``/P`` or ``/Link``."""
    return str(element.S)


def _is_element(kid: object) -> bool:
    return isinstance(kid, Dictionary) and "/S" in kid


def _is_annotation(kid: object) -> bool:
    return isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR


@dataclass
class _Mending:
    document: pikepdf.Pdf
    notes: Notes
    prefix: str
    pixel: float
    """Points in a CSS pixel of the layout."""
    ids: dict[str, Object] = field(default_factory=dict)
    pages: dict[tuple[int, int], int] = field(default_factory=dict)
    moved: dict[tuple[int, int], Object] = field(default_factory=dict)
    """Elements that were dissolved → the element that holds their content now."""
    dropped: set[tuple[int, int]] = field(default_factory=set)
    """Annotations that lie in another one's area."""

    def run(self) -> None:
        self.pages = {page.obj.objgen: number for number, page in enumerate(self.document.pages)}
        self._margins()
        (root,) = kids_of(self.document.Root.StructTreeRoot)
        main = str(self.document.Root.Lang)
        language = self._element(root, None)
        self._join_sections(root)
        _name_language(root, language, main)
        self._parents()
        if self.ids:
            self.document.Root.StructTreeRoot.IDTree = name_tree(self.document, self.ids)
        for page in self.document.pages:
            if "/Annots" in page:
                page.Annots = Array([item for item in page.Annots if item.objgen not in self.dropped])
                for item in page.Annots:
                    item.F = _PRINTED

    def _margins(self) -> None:
        """Marked content in margins becomes artifacts of the page."""
        for number, page in enumerate(self.document.pages):
            numbers = {mcid for at, mcid in self.notes.margins if at == number}
            if not numbers:
                continue

            def artifact(match: re.Match[bytes], numbers: set[int] = numbers) -> bytes:
                return b"/Artifact\n<</Type /Pagination>>\nBDC" if int(match[1]) in numbers else match[0]

            page.Contents = self.document.make_stream(_MARKED.sub(artifact, page.Contents.read_bytes()))

    def _element(self, element: Object, outer: Object | None) -> str | None:
        """Mend an element and all below it; returns the language that all of it is in, None if there are several.

        ``outer`` is the link that it lies in.
        """
        kind = kind_of(element)
        if kind == "/Link":
            outer = outer or element
        languages: list[tuple[Object | None, str | None]] = []
        kids: list[Object] = []
        page = self.pages.get(element.Pg.objgen) if "/Pg" in element else None
        for kid in self._flattened(element, outer):
            if _is_element(kid):
                kid.P = element
                language = self._element(kid, outer)
                inner = kids_of(kid)
                if not inner and kind_of(kid) not in _KEPT_EMPTY:
                    continue
                if self._means_nothing(kid, element, language):
                    self.moved[kid.objgen] = element
                    languages.append((None, language))
                    for item in inner:
                        if _is_element(item):
                            item.P = element
                    kids += inner
                    continue
                languages.append((kid, language))
            elif page is not None and not isinstance(kid, Dictionary):
                languages.append((None, self.notes.languages.get((page, int(kid)))))
            kids.append(kid)
        element.K = Array(kids)
        self._describe(element, kind, kids, page)
        return self._language(languages)

    def _means_nothing(self, kid: Object, element: Object, language: str | None) -> bool:
        """Whether a wrapper can go, so that its content stands in ``element``: it marks neither a language nor anything else."""
        return (
            kind_of(kid) in ("/Span", "/NonStruct")
            and kind_of(element) in _HOLDS_TEXT
            and language in (None, str(self.document.Root.Lang))
            and not any(_is_annotation(item) for item in kids_of(kid))
            and kid.get("/Pg") == element.get("/Pg")
        )

    def _flattened(self, element: Object, outer: Object | None) -> Iterator[Object]:
        """The children, with those of links in links and of meaningless wrappers in their place."""
        for kid in kids_of(element):
            dissolves = _is_element(kid) and (
                (outer is not None and kind_of(kid) == "/Link")
                or (kind_of(kid) in ("/NonStruct", "/Div") and kind_of(element) in _TRANSPARENT_IN)
            )
            if dissolves:
                self.moved[kid.objgen] = element
                yield from self._flattened(kid, outer)
            elif _is_annotation(kid) and outer is not None and kind_of(element) != "/Link":
                self.dropped.add(kid.Obj.objgen)
            else:
                yield kid

    def _describe(self, element: Object, kind: str, kids: list[Object], page: int | None) -> None:
        if kind == "/Link":
            areas = [kid for kid in kids if _is_annotation(kid)]
            if not areas:
                element.S = Name.Span
            for inner in areas[1:]:
                self.dropped.add(inner.Obj.objgen)
            if len(areas) > 1:
                element.K = Array(
                    [kid for kid in kids if not _is_annotation(kid) or kid.Obj.objgen not in self.dropped]
                )
        elif kind == "/Figure" and page is not None and "/A" in element and "/BBox" in element.A:
            left, top, right, bottom = (float(value) * self.pixel for value in element.A.BBox)
            height = float(self.document.pages[page].MediaBox[3])
            element.A.BBox = Array([round(value, 3) for value in (left, height - bottom, right, height - top)])
        elif kind == "/TR":
            _scope(kids)
        if "/ID" in element:
            name = f"{self.prefix}-{bytes(element.ID).decode()}"
            element.ID = String(name)
            self.ids[name] = element
        if "/A" in element and "/Headers" in element.A:
            element.A.Headers = Array([String(f"{self.prefix}-{bytes(item).decode()}") for item in element.A.Headers])

    def _language(self, found: list[tuple[Object | None, str | None]]) -> str | None:
        """One language for all, or each child element is told its own."""
        names = {name for _, name in found}
        if len(names) == 1:
            return names.pop()
        main = str(self.document.Root.Lang)
        for kid, name in found:
            if kid is not None:
                _name_language(kid, name, main)
        return None if not names else main

    def _join_sections(self, root: Object) -> None:
        """A section that runs over several pages is one element."""
        joined: list[Object] = []
        for kid in kids_of(root):
            if joined and kind_of(kid) == kind_of(joined[-1]) == "/Sect" and self._continues(kid):
                for inner in kids_of(kid):
                    inner.P = joined[-1]
                joined[-1].K = Array([*kids_of(joined[-1]), *kids_of(kid)])
            else:
                joined.append(kid)
        root.K = Array(joined)

    def _continues(self, section: Object) -> bool:
        """Whether a section has no heading of the first level, with which all of ours begin."""
        return not any(_is_element(kid) and kind_of(kid) == "/H1" for kid in kids_of(section))

    def _parents(self) -> None:
        """The way back from content to elements, without what was dissolved, dropped or made an artifact."""
        numbers = self.document.Root.StructTreeRoot.ParentTree.Nums
        kept = Array()
        gone = {(at, mcid) for at, mcid in self.notes.margins}
        for index in range(0, len(numbers), 2):
            key, value = int(numbers[index]), numbers[index + 1]
            if isinstance(value, Array):
                items = [None if (key, mcid) in gone else self._holder(item) for mcid, item in enumerate(value)]
                while items and items[-1] is None:
                    items.pop()
                kept.extend(Array([key, Array(items)]))
            elif self._annotated(value):
                kept.extend(Array([key, self._holder(value)]))
        self.document.Root.StructTreeRoot.ParentTree.Nums = kept

    def _holder(self, element: Object) -> Object:
        while element.objgen in self.moved:
            element = self.moved[element.objgen]
        return element

    def _annotated(self, element: Object) -> bool:
        holder = self._holder(element)
        return holder.objgen == element.objgen and any(_is_annotation(kid) for kid in kids_of(element))


def _name_language(element: Object, name: str | None, main: str) -> None:
    if name and name != main:
        element.Lang = String(name)


def _scope(row: list[Object]) -> None:
    """Header cells of a row: with data cells they head the row, without they head columns."""
    cells = [kid for kid in row if _is_element(kid)]
    scope = Name.Row if any(kind_of(cell) == "/TD" for cell in cells) else Name.Column
    for cell in cells:
        if kind_of(cell) == "/TH":
            if "/A" not in cell:
                cell.A = Dictionary(O=Name.Table)
            cell.A.Scope = scope


def _name_fonts(document: pikepdf.Pdf) -> None:
    """Fonts are called as their files call them: ``ABCDEF+NotoSans-Bold``; WeasyPrint takes the words of the style sheet."""
    from fontTools.ttLib import TTFont

    for item in document.objects:
        if isinstance(item, Dictionary) and item.get("/Type") == Name.Font and item.get("/Subtype") == Name.Type0:
            inner = item.DescendantFonts[0]
            program = TTFont(io.BytesIO(inner.FontDescriptor.FontFile2.read_bytes()), lazy=True)
            full = str(item.BaseFont).partition("+")[0] + "+" + str(program["name"].getDebugName(6))
            for holder, key in ((item, "/BaseFont"), (inner, "/BaseFont"), (inner.FontDescriptor, "/FontName")):
                holder[key] = Name(full)
