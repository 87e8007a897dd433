"""Mends the tags of a PDF that WeasyPrint made, so that a screen reader gets what the page shows (PDF/UA-1, ISO 14289-1).

Running heads and feet become artifacts; links lie no more in one another and have one area each; header cells say what they
head; drawings have their box in the page's own units; passages in another language name it; empty elements go.
All this happens before the PDF is written: then its objects are dictionaries of Python, and what goes costs nothing to write.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Object, String

from patokaz.handbooks.elements import Element, Kid, is_annotation, is_element, kids_in, object_at
from patokaz.handbooks.joining import join_continued
from patokaz.handbooks.sparing import spare
from patokaz.handbooks.tagging import Notes

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


def mend(pdf: Any, notes: Notes, prefix: str, type_size: float = 1) -> None:
    """Mend a PDF of pydyf that is about to be written, ``type_size`` times as large as laid out. ``notes`` were taken while it was tagged.

    Ids of header cells begin with ``prefix``, so that they are unique in a book of several.
    """
    if "StructTreeRoot" in pdf.catalog:
        _Mending(pdf, notes, prefix, _PIXEL * type_size).run()
        spare(pdf)
    _name_fonts(pdf)


def leave_out_programs(pdf: Any) -> None:
    """Take the programs of its fonts out of a PDF of pydyf that is about to be written."""
    for item in pdf.objects:
        if isinstance(item, dict) and "FontFile2" in item:
            object_at(pdf, item.pop("FontFile2")).free = "f"


def kids_of(element: Object) -> list[Object]:
    """The children of an element of a written PDF: elements, object references, and numbers of marked content."""
    kids = element.get("/K", Array())
    return list(kids) if isinstance(kids, Array) else [kids]


def kind_of(element: Object) -> str:
    """What an element of a written PDF is, such as ``/P`` or ``/Link``."""
    return str(element.S)


def name_tree(document: pikepdf.Pdf, values: Mapping[str, Object]) -> Object:
    """A name tree of one leaf (ISO 32000-1, 7.9.6): names in the order of their bytes."""
    pairs = sorted(values.items(), key=lambda item: item[0].encode())
    names = Array([part for name, value in pairs for part in (String(name), value)])
    leaf = Dictionary(Names=names, Limits=Array([String(pairs[0][0]), String(pairs[-1][0])]))
    return Dictionary(Kids=Array([document.make_indirect(leaf)]))


@dataclass
class _Mending:
    pdf: Any
    notes: Notes
    prefix: str
    pixel: float
    """Points in a CSS pixel of the layout."""
    ids: dict[str, Element] = field(default_factory=dict)
    main: str = ""
    """The language of the document."""
    pages: list[Any] = field(default_factory=list)
    numbers: dict[bytes, int] = field(default_factory=dict)
    """Reference of a page → its number from 0."""
    moved: dict[int, Element] = field(default_factory=dict)
    """Numbers of elements that were dissolved → the element that holds their content now."""
    dropped: set[bytes] = field(default_factory=set)
    """References of annotations that lie in another one's area."""

    def run(self) -> None:
        self.pages = [self.pdf.objects[number] for number in self.pdf.pages["Kids"][::3]]
        self.numbers = {page.reference: number for number, page in enumerate(self.pages)}
        self.main = self.pdf.catalog["Lang"].string
        self.moved |= join_continued(self.pdf, self.notes)
        self._margins()
        tree = object_at(self.pdf, self.pdf.catalog["StructTreeRoot"])
        (root,) = kids_in(self.pdf, tree)
        language = self._element(root, None)
        self._name_language(root, language)
        self._parents(object_at(self.pdf, tree["ParentTree"])["Nums"])
        if self.ids:
            tree["IDTree"] = self._id_tree().reference
        for number in self.moved:
            self.pdf.objects[number].clear()
        for page in self.pages:
            if "Annots" in page:
                page["Annots"][:] = [item for item in page["Annots"] if item not in self.dropped]
                for item in page["Annots"]:
                    object_at(self.pdf, item)["F"] = _PRINTED

    def _hold(self, element: Element, kids: Sequence[Kid]) -> None:
        """Make ``kids`` the children of ``element``."""
        element["K"][:] = [kid if isinstance(kid, int) else kid.reference for kid in kids]

    def _margins(self) -> None:
        """Marked content in margins becomes artifacts of the page."""
        for number, page in enumerate(self.pages):
            numbers = {mcid for at, mcid in self.notes.margins if at == number}
            content = object_at(self.pdf, page["Contents"]).stream
            for index, item in enumerate(content):
                if isinstance(item, dict) and item.get("MCID") in numbers:
                    content[index - 1] = "/Artifact"
                    content[index] = b"<</Type /Pagination>>"

    def _element(self, element: Element, outer: Element | None) -> str | None:
        """Mend an element and all below it; returns the language that all of it is in, None if there are several.

        ``outer`` is the link that it lies in.
        """
        kind = element["S"]
        if kind == "/Link":
            outer = outer or element
        languages: list[tuple[Element | None, str | None]] = []
        kids: list[Kid] = []
        page = self.numbers.get(element.get("Pg"))
        for kid in self._flattened(element, outer):
            if isinstance(kid, int):
                if page is not None:
                    languages.append((None, self.notes.languages.get((page, kid))))
            elif "S" in kid:
                kid["P"] = element.reference
                language = self._element(kid, outer)
                if not kid["K"] and kid["S"] not in _KEPT_EMPTY:
                    continue
                if self._means_nothing(kid, element, language):
                    self.moved[kid.number] = element
                    languages.append((None, language))
                    inner = kids_in(self.pdf, kid)
                    for item in inner:
                        if is_element(item):
                            item["P"] = element.reference
                    kids += inner
                    continue
                languages.append((kid, language))
            kids.append(kid)
        self._hold(element, kids)
        self._describe(element, kind, kids, page)
        return self._language(languages)

    def _means_nothing(self, kid: Element, element: Element, language: str | None) -> bool:
        """Whether a wrapper can go, so that its content stands in ``element``: it marks neither a language nor anything else."""
        return (
            kid["S"] in ("/Span", "/NonStruct")
            and element["S"] in _HOLDS_TEXT
            and language in (None, self.main)
            and kid.get("Pg") == element.get("Pg")
            and not any(map(is_annotation, kids_in(self.pdf, kid)))
        )

    def _flattened(self, element: Element, outer: Element | None) -> Iterator[Kid]:
        """The children, with those of links in links and of meaningless wrappers in their place."""
        for kid in kids_in(self.pdf, element):
            dissolves = is_element(kid) and (
                (outer is not None and kid["S"] == "/Link")
                or (kid["S"] in ("/NonStruct", "/Div") and element["S"] in _TRANSPARENT_IN)
            )
            if dissolves:
                self.moved[kid.number] = element
                yield from self._flattened(kid, outer)
            elif is_annotation(kid) and outer is not None and element["S"] != "/Link":
                self.dropped.add(kid["Obj"])
            else:
                yield kid

    def _describe(self, element: Element, kind: str, kids: list[Kid], page: int | None) -> None:
        attributes = element.get("A", {})
        if kind == "/Link":
            areas = [kid for kid in kids if is_annotation(kid)]
            if not areas:
                element["S"] = "/Span"
            self.dropped |= {inner["Obj"] for inner in areas[1:]}
            if len(areas) > 1:
                self._hold(element, [kid for kid in kids if not is_annotation(kid) or kid is areas[0]])
        elif kind == "/Figure" and page is not None and "BBox" in attributes:
            left, top, right, bottom = (value * self.pixel for value in attributes["BBox"])
            height = self.pages[page]["MediaBox"][3]
            attributes["BBox"][:] = [round(value, 3) for value in (left, height - bottom, right, height - top)]
        elif kind == "/TR":
            _scope(kids)
        if "ID" in element:
            # The cells that it heads hold the same string.
            element["ID"].string = name = f"{self.prefix}-{element['ID'].string}"
            self.ids[name] = element

    def _language(self, found: list[tuple[Element | None, str | None]]) -> str | None:
        """One language for all, or each child element is told its own."""
        names = {name for _, name in found}
        if len(names) == 1:
            return names.pop()
        for kid, name in found:
            if kid is not None:
                self._name_language(kid, name)
        return None if not names else self.main

    def _name_language(self, element: Element, name: str | None) -> None:
        if name and name != self.main:
            element["Lang"] = _string(name)

    def _parents(self, numbers: list[Any]) -> None:
        """The way back from content to elements, without what was dissolved, dropped or made an artifact."""
        kept: list[Any] = []
        for key, value in zip(numbers[::2], numbers[1::2], strict=True):
            if isinstance(value, list):
                items = [
                    b"null" if (key, mcid) in self.notes.margins else self._holder(item).reference
                    for mcid, item in enumerate(value)
                ]
                while items and items[-1] == b"null":
                    items.pop()
                value[:] = items
                kept += [key, value]
            elif self._annotated(value):
                kept += [key, value]
        numbers[:] = kept

    def _holder(self, reference: bytes) -> Element:
        element = object_at(self.pdf, reference)
        while element.number in self.moved:
            element = self.moved[element.number]
        return element

    def _annotated(self, reference: bytes) -> bool:
        element = self._holder(reference)
        return element.reference == reference and any(map(is_annotation, kids_in(self.pdf, element)))

    def _id_tree(self) -> Any:
        """A name tree of one leaf (ISO 32000-1, 7.9.6): names in the order of their bytes."""
        import pydyf

        names = [item for name in sorted(self.ids) for item in (_string(name), self.ids[name].reference)]
        leaf = pydyf.Dictionary({"Names": pydyf.Array(names), "Limits": pydyf.Array([names[0], names[-2]])})
        self.pdf.add_object(leaf)
        tree = pydyf.Dictionary({"Kids": pydyf.Array([leaf.reference])})
        self.pdf.add_object(tree)
        return tree


def _string(text: str) -> Any:
    import pydyf

    return pydyf.String(text)


def _scope(row: list[Kid]) -> None:
    """Header cells of a row: with data cells they head the row, without they head columns."""
    cells = [kid for kid in row if is_element(kid)]
    scope = "/Row" if any(cell["S"] == "/TD" for cell in cells) else "/Column"
    for cell in cells:
        if cell["S"] == "/TH":
            cell["A"]["Scope"] = scope


def _name_fonts(pdf: Any) -> None:
    """Fonts are called as their files call them: ``ABCDEF+NotoSans-Bold``; WeasyPrint takes the words of the style sheet."""
    from fontTools.ttLib import TTFont

    for item in pdf.objects:
        if isinstance(item, dict) and item.get("Type") == "/Font" and item.get("Subtype") == "/Type0":
            inner = object_at(pdf, item["DescendantFonts"][0])
            descriptor = object_at(pdf, inner["FontDescriptor"])
            program = TTFont(io.BytesIO(object_at(pdf, descriptor["FontFile2"]).stream[0]), lazy=True)
            full = item["BaseFont"].partition(b"+")[0] + f"+{program['name'].getDebugName(6)}".encode()
            item["BaseFont"] = inner["BaseFont"] = descriptor["FontName"] = full
