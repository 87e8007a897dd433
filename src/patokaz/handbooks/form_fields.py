"""Sheets of forms as PDF: real fields for the screen, lines for a pen.

WeasyPrint places the fields and tags them. What it writes of them is made again here, because it is not what a form for many
languages and for screen readers needs (ISO 32000-1, 12.7; PDF/UA-1, ISO 14289-1, 7.18):

- Names are ``FORM-01.place``, for boxes to tick ``FORM-01.needs.food``: a tree, for a name of its own may hold no full stop. The
  states of a choice are the ids of its options, so that what is read out of a form means the same in every language.
- Each field has its label as tooltip (``/TU``), which is what a screen reader says; with it the pattern of a date.
- No field has a value, nor one that it falls back to. A choice can be taken back: a second click clears it.
- There is no JavaScript, not even to check dates: viewers that guard their users run none, mail filters stop files that have
  some, and a check in one viewer only is no check. The pattern stands beside the field and in its tooltip.
- What does not fit into a field cannot be typed: text that scrolls out of sight would be missing on paper. Text is not given to
  spelling checkers, some of which send it away.
- A whole face of ours is embedded for typing: a subset would have only the letters that happen to be printed.
- A signature is a place for a pen, a service number or a code, not a digital signature: that would name its owner.
"""

from __future__ import annotations

import functools
import io
from collections.abc import Mapping
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

from patokaz.handbooks.fonts import PAGES, face_of, glyph_of, to_unicode, width_of
from patokaz.handbooks.form_sheet import FormSheet, SheetField
from patokaz.handbooks.pdf import print_pdf

FACE = "NotoSans-Regular"
"""The face of what is typed: Latin with all its accents, Cyrillic, Greek."""

RESOURCE = "Wingdings"
"""What the fields call the face. PDFium (Chrome, Edge, Android) types with an embedded font only what Western Europe writes, and the rest
with a font of the machine, which may lack ѐ and ѝ; under the names of symbol fonts it types everything with the font that it is given
(its ``cpdf_bafontmap.cpp``). For other viewers the name means nothing: they go by the font behind it."""

SIZE = 10
"""The size of what is typed, in points."""

_PRINTED = 1 << 2
"""The flag of an annotation that is there on paper too (ISO 32000-1, table 165)."""

_MULTILINE, _RADIO, _NO_SPELLING, _NO_SCROLLING = 1 << 12, 1 << 15, 1 << 22, 1 << 23
"""Flags of fields (ISO 32000-1, tables 226 and 228)."""

_BEZIER = 0.5523
"""How far the handles of a quarter of a circle stand out, in radii."""


def print_form(sheet: FormSheet, images: Mapping[str, bytes] | None = None) -> bytes:
    """The PDF of a sheet, byte-identical for equal input. Raises as :func:`print_pdf`."""
    pdf = print_pdf(sheet.html, images, fields=sheet.fillable)
    return _filled(pdf, sheet) if sheet.fillable else pdf


def _filled(pdf: bytes, sheet: FormSheet) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        _Fields(document, sheet).run()
        out = io.BytesIO()
        document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


class _Fields:
    """Makes the tree of fields over the widgets that WeasyPrint placed."""

    def __init__(self, pdf: pikepdf.Pdf, sheet: FormSheet) -> None:
        self._pdf, self._sheet = pdf, sheet
        self._look = f"/{RESOURCE} {SIZE} Tf 0 g".encode()
        self._widgets: dict[str, Object] = {}
        """By the name in the HTML: ``field``, or ``field/option``."""

    def run(self) -> None:
        """Replace the form that WeasyPrint wrote."""
        for page in self._pdf.pages:
            for item in page.get("/Annots", Array()):
                if item.Subtype == Name.Widget:
                    self._widgets[str(item["/T"])] = item
            page.Tabs = Name.S
            self._drop_place_font(page)
        root = self._node(None, self._sheet.form, self._sheet.title)
        root.Kids = Array([self._field(root, item) for item in self._sheet.fields])
        assert not self._widgets, "every widget belongs to a field of the record"
        fonts = Dictionary({f"/{RESOURCE}": _typing_font(self._pdf)})
        self._pdf.Root.AcroForm = self._pdf.make_indirect(
            Dictionary(Fields=Array([root]), DR=Dictionary(Font=fonts), DA=String(self._look))
        )
        if self._sheet.text_language != self._sheet.language:
            self._name_language()

    def _drop_place_font(self, page: pikepdf.Page) -> None:
        """Take out the font with which the empty fields were laid out."""
        fonts = page.Resources.get("/Font", Dictionary())
        for key in sorted(fonts.keys()):
            if PAGES in str(fonts[key].BaseFont):
                del fonts[key]

    def _node(self, parent: Object | None, name: str, tooltip: str, **more: Any) -> Object:
        node = self._pdf.make_indirect(Dictionary(T=String(name), TU=String(tooltip), **more))
        if parent is not None:
            node.Parent = parent
        return node

    def _field(self, root: Object, item: SheetField) -> Object:
        if item.type == "choice":
            group = self._node(root, item.id, item.label, FT=Name.Btn, Ff=_RADIO)
            group.Kids = Array([self._box(group, item, option, dot=True) for option in item.options])
        elif item.type in ("checks", "indicators"):
            group = self._node(root, item.id, item.label)
            group.Kids = Array([self._box(group, item, option, dot=False) for option in item.options])
        else:
            return self._text(root, item)
        return group

    def _box(self, parent: Object, item: SheetField, option: tuple[str, str], *, dot: bool) -> Object:
        """A box to tick; ``dot``: one of a choice."""
        name, words = option
        widget = self._bare(parent, f"{item.id}/{name}")
        widget.TU = String(f"{item.label}: {words}")
        if not dot:
            widget.T, widget.FT = String(name), Name.Btn
        left, bottom, right, top = _rectangle(widget)
        width, height = right - left, top - bottom
        drawn = _dot(width, height) if dot else _cross(width, height)
        state = f"/{name}" if dot else "/Yes"
        states = {state: self._appearance(width, height, drawn), "/Off": self._appearance(width, height, b"q Q")}
        widget.AP = Dictionary(N=Dictionary(states))
        widget.AS = Name.Off
        return widget

    def _text(self, parent: Object, item: SheetField) -> Object:
        widget = self._bare(parent, item.id)
        widget.T, widget.TU, widget.FT = String(item.id), String(item.label), Name.Tx
        widget.Ff = _NO_SPELLING | _NO_SCROLLING | (_MULTILINE if item.type == "area" else 0)
        widget.DA = String(self._look)
        left, bottom, right, top = _rectangle(widget)
        widget.AP = Dictionary(N=self._appearance(right - left, top - bottom, b"/Tx BMC EMC"))
        return widget

    def _bare(self, parent: Object, name: str) -> Object:
        """A widget with nothing but its place, its page and its way to the structure tree."""
        widget = self._widgets.pop(name)
        for key in sorted(widget.keys()):
            if key not in ("/Type", "/Subtype", "/Rect", "/P", "/StructParent"):
                del widget[key]
        widget.Rect = Array([round(value, 3) for value in _rectangle(widget)])
        widget.F = _PRINTED
        widget.Parent = parent
        return widget

    def _appearance(self, width: float, height: float, content: bytes) -> Object:
        box = Array([0, 0, round(width, 3), round(height, 3)])
        return self._pdf.make_stream(content, Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=box))

    def _name_language(self) -> None:
        """The elements of the fields speak the language of the labels; they hold no text that would tell it."""
        numbers = self._pdf.Root.StructTreeRoot.ParentTree.Nums
        for index in range(1, len(numbers), 2):
            if isinstance(numbers[index], Dictionary) and numbers[index].get("/S") == Name.Form:
                numbers[index].Lang = String(self._sheet.text_language)


def _rectangle(widget: Object) -> tuple[float, float, float, float]:
    """(left, bottom, right, top): WeasyPrint gives the upper edge first."""
    one, two, three, four = (float(value) for value in widget.Rect)
    return min(one, three), min(two, four), max(one, three), max(two, four)


def _cross(width: float, height: float) -> bytes:
    lines = ((0.18, 0.18, 0.82, 0.82), (0.18, 0.82, 0.82, 0.18))
    drawn = " ".join(f"{a * width:.2f} {b * height:.2f} m {c * width:.2f} {d * height:.2f} l S" for a, b, c, d in lines)
    return f"q 0 G 1.4 w 1 J {drawn} Q".encode()


def _dot(width: float, height: float) -> bytes:
    x, y, r = width / 2, height / 2, min(width, height) * 0.32
    k = r * _BEZIER
    curves = (
        (x + r, y + k, x + k, y + r, x, y + r),
        (x - k, y + r, x - r, y + k, x - r, y),
        (x - r, y - k, x - k, y - r, x, y - r),
        (x + k, y - r, x + r, y - k, x + r, y),
    )
    drawn = " ".join(" ".join(f"{value:.2f}" for value in curve) + " c" for curve in curves)
    return f"q 0 g {x + r:.2f} {y:.2f} m {drawn} f Q".encode()


@functools.cache
def _characters() -> dict[int, str]:
    """Every glyph of the face that has a character, and the character."""
    return {glyph_of(FACE, chr(code)): chr(code) for code in sorted(face_of(FACE).unicodes)}


def _typing_font(pdf: pikepdf.Pdf) -> Object:
    """The whole face, its glyphs by number. Viewers find a letter's glyph by what the glyphs mean, read backwards."""
    face = face_of(FACE)
    program = pdf.make_stream(face.blob.data)
    program.Length1 = len(face.blob.data)
    widths = Array([0, Array([width_of(FACE, glyph) for glyph in range(face.glyph_count)])])
    mapped = {b"%04x" % glyph: text.encode("utf-16-be").hex().encode() for glyph, text in _characters().items()}
    # Measures of Noto Sans, in thousandths of its size.
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=Name(f"/{FACE}"), Flags=4, ItalicAngle=0, FontFile2=program,
        FontBBox=Array([-621, -389, 2800, 1067]), Ascent=1069, Descent=-293, CapHeight=714, StemV=80,
    )  # fmt: skip
    inner = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name(f"/{FACE}"), CIDToGIDMap=Name.Identity, W=widths,
        CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
    )  # fmt: skip
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type0, BaseFont=Name(f"/{FACE}"), Encoding=Name("/Identity-H"),
        DescendantFonts=Array([pdf.make_indirect(inner)]), ToUnicode=pdf.make_stream(to_unicode(mapped)),
    )  # fmt: skip
    return pdf.make_indirect(font)
