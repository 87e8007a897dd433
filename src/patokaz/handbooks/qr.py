"""QR codes (ISO/IEC 18004) for print: one outline, black on white, with the quiet zone round it."""

from __future__ import annotations

from markupsafe import Markup

from patokaz.pathways.shapes import SVG

QUIET = 4
"""Modules that stay white on each side (ISO/IEC 18004: four)."""

_LEAST = 20.0
_MODULE = 0.5
"""The least width in millimetres of a code without its quiet zone, and of one module: phones read 0.4 mm at arm's length
of a hand, and an office printer blurs a tenth of that."""

Point = tuple[int, int]


def modules_of(address: str) -> tuple[tuple[bool, ...], ...]:
    """The rows of the code of an address, without its quiet zone; True is black.

    Error correction M: a seventh of it may be dirt or a fold. More of it would make the modules smaller.
    """
    # Loaded where a code is drawn: it brings half of the standard library's network with it.
    import segno

    code = segno.make_qr(address, error="m", boost_error=False)
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)


def code_of(address: str, title: str) -> tuple[Markup, float]:
    """(the code as inline SVG, its width in millimetres); ``title`` is what a screen reader says of it."""
    rows = modules_of(address)
    side = len(rows) + 2 * QUIET
    width = round(max(_MODULE, _LEAST / len(rows)) * side, 2)
    drawing = Markup(
        '<svg xmlns="{svg}" viewBox="0 0 {side} {side}" width="{width}mm" height="{width}mm"><title>{title}</title>'
        '<path d="M0 0H{side}V{side}H0z" fill="#ffffff"/>'
        '<path d="{path}" fill="#000000" fill-rule="evenodd" transform="translate({quiet} {quiet})"/></svg>'
    ).format(svg=SVG, side=side, width=width, title=title, path=outline_of(rows), quiet=QUIET)
    return drawing, width


def outline_of(rows: tuple[tuple[bool, ...], ...]) -> str:
    """The edges between black and white as closed lines, in modules. Squares of their own would show seams on screen."""
    edges: dict[Point, list[Point]] = {}
    for start, end in _edges(rows):
        edges.setdefault(start, []).append(end)
    lines = []
    while edges:
        start = at = min(edges)
        corners: list[Point] = []
        while at in edges:
            to = edges[at].pop()
            if not edges[at]:
                del edges[at]
            if len(corners) > 1 and _in_line(corners[-2], corners[-1], to):
                corners.pop()
            corners.append(to)
            at = to
        lines.append("M" + "L".join(f"{x} {y}" for x, y in corners) + "z")
        assert at == start, "every corner has as many edges that come as go"
    return "".join(lines)


def _edges(rows: tuple[tuple[bool, ...], ...]) -> list[tuple[Point, Point]]:
    """The sides of black modules that border on white, clockwise."""

    def black(x: int, y: int) -> bool:
        return 0 <= y < len(rows) and 0 <= x < len(rows[y]) and rows[y][x]

    found = []
    for y, row in enumerate(rows):
        for x in (x for x, is_black in enumerate(row) if is_black):
            sides = (
                ((0, -1), (x, y), (x + 1, y)),
                ((1, 0), (x + 1, y), (x + 1, y + 1)),
                ((0, 1), (x + 1, y + 1), (x, y + 1)),
                ((-1, 0), (x, y + 1), (x, y)),
            )
            found += [(start, end) for (dx, dy), start, end in sides if not black(x + dx, y + dy)]
    return found


def _in_line(first: Point, second: Point, third: Point) -> bool:
    return first[0] == second[0] == third[0] or first[1] == second[1] == third[1]
