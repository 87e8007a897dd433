"""Page numbers in content streams: the places that chapters keep are filled in, and each page gets its running number."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping

from patokaz.findings import KbError
from patokaz.handbooks.fonts import blank_of, glyph_of, width_of
from patokaz.handbooks.formats import Format
from patokaz.handbooks.places import ROOM, number_of

_RUN = re.compile(rb"<([0-9a-f]+)>")

ABSENT = "–"
"""Printed for the page of something that is not in the book, drawn as wide as its place: a short one would leave a gap in the line."""

RUNNING = "PatokazPages-Bold"
_RUNNING_SIZE = 9


def fill_in(content: bytes, fonts: Mapping[str, str], page_of: Callable[[int], int | None]) -> bytes:
    """A content stream with the numbers in their places.

    ``fonts`` gives the name of the face behind each resource that is a font of page numbers; ``page_of`` the page from 1 of a place, or
    None. What stands with a number in its font (``(p. `` and ``)``) moves with it: the rest of the room lies before it.
    """

    def filled(match: re.Match[bytes]) -> bytes:
        name = fonts[match[1].decode()]
        codes = b"".join(_RUN.findall(match[3]))
        glyphs = [int(codes[at : at + 4], 16) for at in range(0, len(codes), 4)]
        blanks = [blank_of(name, glyph) for glyph in glyphs]
        here = [at for at, blank in enumerate(blanks) if blank is not None]
        if not here:
            return match[0]
        if len(here) != ROOM:
            raise KbError("the place of a page number was broken in two by the layout")
        number = page_of(number_of([blank for blank in blanks if blank is not None]))
        shown = _set(name, ABSENT if number is None else str(number), glyphs[: here[0]], glyphs[here[-1] + 1 :])
        return b"/%s %s Tf\n%s" % (match[1], match[2], shown)

    return _shown(tuple(sorted(fonts))).sub(filled, content)


@functools.cache
def _shown(resources: tuple[str, ...]) -> re.Pattern[bytes]:
    """Text that WeasyPrint shows in one of these fonts."""
    names = "|".join(map(re.escape, resources)).encode()
    return re.compile(rb"/(%s) ([\d.]+) Tf\n\[((?:<[0-9a-f]+>-?[\d.]*)+)\] TJ" % names)


def _set(name: str, text: str, before: list[int], after: list[int]) -> bytes:
    """Operators that show ``before``, ``text`` and ``after`` in the room of their blanks: a number at its end, a dash through all of it."""
    digits = [glyph_of(name, character) for character in text]
    room = ROOM * width_of(name, glyph_of(name, "0"))
    wide = sum(width_of(name, glyph) for glyph in digits)
    if wide <= room and text != ABSENT:
        return b"[%d %s] TJ" % (wide - room, _hex([*before, *digits, *after]))
    # Four digits and more are set narrower, the dash wider.
    return b"[%s] TJ %.2f Tz [%s] TJ 100 Tz [%s] TJ" % (
        _hex(before), 100 * room / wide, _hex(digits), _hex(after),
    )  # fmt: skip


def _hex(glyphs: list[int]) -> bytes:
    return b"<%s>" % "".join(f"{glyph:04x}" for glyph in glyphs).encode()


def running_number(number: int, width: float, font: str, form: Format) -> bytes:
    """A content stream that shows a page's number at its foot; no reader mistakes it for text (an artifact of pagination).

    ``width`` is that of the page in points; ``font`` the resource of :data:`RUNNING`; ``form`` the book's format.
    """
    glyphs = [glyph_of(RUNNING, digit) for digit in str(number)]
    size = _RUNNING_SIZE * form.type_size
    wide = sum(width_of(RUNNING, glyph) for glyph in glyphs) * size / 1000
    from_right, from_below = form.number_at
    return (
        b"q /Artifact <</Type /Pagination /Subtype /Footer>> BDC BT 0 g /%s %g Tf %.3f %.3f Td %s Tj ET EMC Q\n"
        % (font.encode(), size, width - from_right - wide, from_below, _hex(glyphs))
    )  # fmt: skip
