"""What is rendered alone, whatever it is: a part of a book, a poster, a form, a leaflet, a set of cards."""

from __future__ import annotations

from collections.abc import Mapping

from patokaz.handbooks.card_sheet import CardSheet
from patokaz.handbooks.composed import Composed
from patokaz.handbooks.form_fields import print_form
from patokaz.handbooks.form_sheet import FormSheet
from patokaz.handbooks.leaflets import LeafletSheet
from patokaz.handbooks.parts import Part
from patokaz.handbooks.pdf import print_part, print_pdf
from patokaz.handbooks.store import key_of

Single = Composed | FormSheet | LeafletSheet | CardSheet
"""What is a PDF by itself; ``path`` is its place in the site."""

Sheet = Part | Single


def images_of(sheet: Sheet) -> Mapping[str, str]:
    """The images that a sheet shows: link in its HTML → source file."""
    if isinstance(sheet, LeafletSheet | CardSheet):
        return {}
    html = sheet.html
    return {link: source for link, source in sheet.images.items() if link in html}


def key_of_sheet(sheet: Sheet, images: Mapping[str, bytes], *, drawing: bytes | None = None) -> str:
    """The name of what a sheet renders to, for :class:`Store`; ``images`` are the bytes behind :func:`images_of`.

    ``drawing`` as in :func:`key_of`.
    """
    if isinstance(sheet, FormSheet):
        # The names of fields and what a screen reader says of them are no part of the page.
        return key_of(f"{sheet.form} {sheet.fields!r}\n{sheet.html}", images, drawing=drawing)
    type_size = sheet.type_size if isinstance(sheet, Part | Composed) else 1
    # The same page is printed without the programs of its fonts where it is a part.
    html = f"part\n{sheet.html}" if isinstance(sheet, Part) else sheet.html
    return key_of(html, images, type_size, drawing=drawing)


def print_sheet(sheet: Sheet, images: Mapping[str, bytes]) -> bytes:
    """The PDF of a sheet; of a part that of :func:`print_part`, for the linker.

    Raises :class:`SetupError` and :class:`KbError` as :func:`print_pdf`, and :class:`TooLongError` when a leaflet or a card is too long.
    """
    match sheet:
        case FormSheet():
            return print_form(sheet, images)
        case LeafletSheet() | CardSheet():
            return sheet.print()
        case Part():
            return print_part(sheet.html, images, sheet.type_size)
        case _:
            return print_pdf(sheet.html, images, sheet.type_size)
