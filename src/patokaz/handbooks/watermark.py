"""The word across a page that is not to be acted on, as a drawing: outlines, so that it is neither read out nor found as text."""

from __future__ import annotations

from typing import Any

import uharfbuzz

from patokaz.handbooks.drawings import drawing_url
from patokaz.handbooks.fonts import face_of

GREY = "#eaeaea"
"""As dark as it shows on a poor printer: the lightest ink of print.css on it, #0b4f6c, keeps a contrast of 7:1 (WCAG 1.4.3 asks for 4.5:1)."""

_PAGE = (210, 297)
"""A4 in millimetres, upright. Drawings grow and shrink with the page: all sizes of ISO 216 have one shape."""

_ANGLE = 54.7
"""Degrees by which a word rises: along the diagonal of an upright page."""

_LONG, _HIGH = 250.0, 36.0
"""A word is at most this long, and its capitals at most this high, in millimetres."""

_CAPITALS = 0.714
"""The height of capitals of Noto Sans in parts of its size (OS/2 table of the shipped faces)."""


class _Pen:
    """Writes the outlines of glyphs as an SVG path; ``x`` moves from glyph to glyph."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.x = self.y = 0

    def _point(self, point: tuple[float, float]) -> str:
        return f"{round(point[0]) + self.x} {round(point[1]) + self.y}"

    def moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802 - named by fontTools' protocol of pens
        self.parts.append(f"M{self._point(point)}")

    def lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        self.parts.append(f"L{self._point(point)}")

    def qCurveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        self.parts.append("Q" + " ".join(map(self._point, points)))

    def curveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        self.parts.append("C" + " ".join(map(self._point, points)))

    def closePath(self) -> None:  # noqa: N802
        self.parts.append("z")


def watermark_url(word: str, direction: str, *, across: bool = False) -> str:
    """A page of A4 with ``word`` along its diagonal, in capitals, as the ``data:`` address of an SVG; ``across``: A4 landscape."""
    path, width, size = _outlines(word.upper(), "Vazirmatn-Bold" if direction == "rtl" else "NotoSans-Bold")
    scale = min(_LONG / width, _HIGH / (_CAPITALS * size))
    wide, high = reversed(_PAGE) if across else _PAGE
    angle = round(90 - _ANGLE, 1) if across else _ANGLE
    content = (
        f'<path fill="{GREY}" transform="translate({wide / 2:g} {high / 2:g}) rotate(-{angle}) '
        f'scale({scale:.6f} {-scale:.6f}) translate({-width / 2:g} {-_CAPITALS * size / 2:g})" d="{path}"/>'
    )
    return drawing_url(content, wide, high)


def _outlines(word: str, face: str) -> tuple[str, int, int]:
    """(path, width, size of the font), all in units of the font."""
    font: Any = uharfbuzz.Font(face_of(face))
    buffer: Any = uharfbuzz.Buffer()
    buffer.add_str(word)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    pen, start = _Pen(), 0
    for glyph, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        pen.x, pen.y = start + place.x_offset, place.y_offset
        font.draw_glyph_with_pen(glyph.codepoint, pen)
        start += place.x_advance
    return "".join(pen.parts), start, int(font.face.upem)
