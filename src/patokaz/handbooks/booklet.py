"""A linked book as sheets for a printer that prints on both sides: folded once and stapled, they are a booklet.

A sheet is for paper: links, bookmarks and the structure tree are left out, and so are the marks in the content that lead to it.
Who reads on a screen takes the handbook itself.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace

import pikepdf
from pikepdf import Dictionary, Name, Object, String

from patokaz.handbooks.imposition import Sheet, Side, order
from patokaz.handbooks.link import Linked
from patokaz.handbooks.metadata import inform
from patokaz.handbooks.parts import Book
from patokaz.pages.wording import wording

SHEET = (841.89, 595.276)
"""A4 across, in points."""

_MARKS = frozenset(("BDC", "BMC", "EMC", "DP", "MP"))
"""Operators that mark content (ISO 32000-1, 14.6)."""


def impose(linked: Linked, book: Book, most: int | None = None) -> Linked:
    """A linked book with its pages two on each side of sheets of A4; front and back follow each other. Equal input gives equal bytes.

    A page is as large as fits into its half, in the middle of it. Fonts and images are shared by all sheets as by all pages.
    ``most``: sheets in one booklet, as in :func:`order`.
    """
    is_rtl = wording(book.language).direction == "rtl"
    sheets = order(sum(item.pages for item in linked.bound), most, right_to_left=is_rtl)
    return replace(linked, pdf=_imposed(linked.pdf, book, sheets))


def _imposed(pdf: bytes, book: Book, sheets: Sequence[Sheet]) -> bytes:
    with pikepdf.open(io.BytesIO(pdf)) as source, pikepdf.new() as out:
        forms = [_form(page, source, out) for page in source.pages]
        for sheet in sheets:
            for side in (sheet.front, sheet.back):
                _place(out, side, forms)
        inform(out, book)
        out.Root.Lang = String(book.language)
        # What most print dialogs start from: both sides, turned as a page is turned, and not scaled.
        out.Root.ViewerPreferences = Dictionary(
            DisplayDocTitle=True, Duplex=Name.DuplexFlipShortEdge, PrintScaling=Name("/None")
        )
        result = io.BytesIO()
        out.save(
            result,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            force_version="1.7",
        )
    return result.getvalue()


def _form(page: pikepdf.Page, source: pikepdf.Pdf, out: pikepdf.Pdf) -> Object:
    """A page as a form that sheets can show, without marks of content."""
    drawn = [item for item in pikepdf.parse_content_stream(page) if str(item.operator) not in _MARKS]
    form = source.make_stream(
        pikepdf.unparse_content_stream(drawn),
        Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=page.mediabox, Resources=page.resources),
    )
    return out.copy_foreign(form)


def _place(out: pikepdf.Pdf, side: Side, forms: Sequence[Object]) -> None:
    width, height = SHEET
    shown, content = Dictionary(), []
    for half, number in enumerate(side):
        if number is None:
            continue
        form = forms[number - 1]
        left, bottom, right, top = (float(value) for value in form.BBox)
        scale = min(width / 2 / (right - left), height / (top - bottom))
        x = width / 2 * (half + 0.5) - scale * (left + right) / 2
        y = height / 2 - scale * (bottom + top) / 2
        shown[f"/P{number}"] = form
        content.append(f"q {scale:.5f} 0 0 {scale:.5f} {x:.3f} {y:.3f} cm /P{number} Do Q")
    sheet = out.add_blank_page(page_size=SHEET)
    sheet.obj.Resources = Dictionary(XObject=shown)
    sheet.obj.Contents = out.make_stream("\n".join(content).encode())
