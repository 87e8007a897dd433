"""How large type comes out on paper: the size in points of every glyph that a page draws, forms on it included."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pikepdf

Matrix = tuple[float, float, float, float, float, float]
SAME: Matrix = (1, 0, 0, 1, 0, 0)


def sizes(page: pikepdf.Page) -> Counter[float]:
    """Points, to a tenth → how many glyphs are drawn in that size."""
    found: Counter[float] = Counter()
    for size, glyphs in _drawn(page, page.resources, SAME):
        found[round(size, 1)] += glyphs
    return found


def _drawn(stream: Any, resources: Any, matrix: Matrix) -> Iterator[tuple[float, int]]:
    """(points, glyphs) of each string that is shown; our fonts take two bytes a glyph."""
    text, size, saved = SAME, 0.0, []
    for operands, operator in pikepdf.parse_content_stream(stream):
        match str(operator):
            case "q":
                saved.append(matrix)
            case "Q":
                matrix = saved.pop()
            case "cm":
                matrix = _times(_numbers(operands), matrix)
            case "BT":
                text = SAME
            case "Tm":
                text = _numbers(operands)
            case "Tf":
                size = float(operands[1])
            case "Tj":
                yield size * _height(_times(text, matrix)), len(bytes(operands[0])) // 2
            case "TJ":
                strings = [bytes(item) for item in operands[0] if isinstance(item, pikepdf.String)]
                yield size * _height(_times(text, matrix)), sum(map(len, strings)) // 2
            case "Do":
                form = resources.XObject[str(operands[0])]
                if form.Subtype == pikepdf.Name.Form:
                    inner = _numbers(form.get("/Matrix", SAME))
                    yield from _drawn(form, form.Resources, _times(inner, matrix))


def _numbers(operands: Any) -> Matrix:
    a, b, c, d, e, f = (float(value) for value in operands)
    return a, b, c, d, e, f


def _times(one: Matrix, other: Matrix) -> Matrix:
    a, b, c, d, e, f = one
    k, m, n, o, p, q = other
    return (a * k + b * n, a * m + b * o, c * k + d * n, c * m + d * o, e * k + f * n + p, e * m + f * o + q)


def _height(matrix: Matrix) -> float:
    return float((matrix[2] ** 2 + matrix[3] ** 2) ** 0.5)
