"""A tall drawing cut into bands, one a page: between boxes, never through one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from patokaz.pathways.chart import Drawing

Band = tuple[float, float]
"""Upper and lower edge in pixels of the drawing."""

_UNDER = 3
"""An answer that begins within so many of its heights under its question is read with it."""

_STEPS = 20
"""How many heights are tried between that of equal bands and the highest."""


def bands(drawing: Drawing, height: float) -> list[Band]:
    """As few bands as hold the drawing from top to bottom, each at most ``height`` pixels high, of nearly equal height.

    Lines that lead on are cut and go on at the same place of the next band. Where boxes stand so close that there is no room
    between them a band is higher.
    """
    cuts = [*_cuts(drawing), drawing.height]
    fewest = _filled(cuts, height)
    least = drawing.height / len(fewest)
    tried = (_filled(cuts, least + (height - least) * step / _STEPS) for step in range(_STEPS))
    return next((found for found in tried if len(found) == len(fewest)), fewest)


def _filled(cuts: list[float], height: float) -> list[Band]:
    """Bands as high as ``height`` allows, from above."""
    found, start = [], 0.0
    for cut, following in pairwise([*cuts, float("inf")]):
        if following - start > height:
            found.append((start, cut))
            start = cut
    return found


def _cuts(drawing: Drawing) -> Iterator[float]:
    """Where the drawing can be cut, from above: once between any two boxes or words that do not stand side by side."""
    level = sorted({one[1] for arrow in drawing.arrows for one, other in pairwise(arrow.points) if one[1] == other[1]})
    held = _held(drawing)
    for (_, above), (below, _) in pairwise(held):
        # In the widest room between the lines that run across: on one of them it would be seen on both pages.
        edges = [above, *(y for y in level if above < y < below), below]
        upper, lower = max(pairwise(edges), key=lambda edge: edge[1] - edge[0])
        yield (upper + lower) / 2


def _held(drawing: Drawing) -> list[Band]:
    """What must stay in one piece: boxes with their discs, answers and the question over them; what overlaps in height is one."""
    spans = [(rect.y, rect.bottom) for box in drawing.boxes for rect in (box.rect, box.disc) if rect]
    questions = {box.id: box.rect for box in drawing.boxes}
    for arrow in drawing.arrows:
        if arrow.plate:
            asked = questions[arrow.source].bottom
            is_under = 0 <= arrow.plate.y - asked < _UNDER * arrow.plate.height
            spans.append((asked if is_under else arrow.plate.y, arrow.plate.bottom))
    found: list[Band] = []
    for top, bottom in sorted(spans):
        if found and top <= found[-1][1]:
            found[-1] = (found[-1][0], max(bottom, found[-1][1]))
        else:
            found.append((top, bottom))
    return found
