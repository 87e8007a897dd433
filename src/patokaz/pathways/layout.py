"""Drawings of pathways, for the screen, the phone and paper.

:func:`patokaz.pathways.topology.topology` places and routes a chart once; :func:`layout` gives it lengths for the words of one language.
"""

from __future__ import annotations

from dataclasses import replace

from patokaz.pathways.chart import Arrow, Box, Captions, Chart, Drawing, Lane, Line, Spot
from patokaz.pathways.draft import Draft
from patokaz.pathways.topology import PHONE_LANE, Topology, topology

__all__ = [
    "BOX_WIDTH",
    "PHONE_WIDTH",
    "layout",
    "mirrored",
    "phone_chart",
    "print_scale",
    "smallest_text_pt",
    "topology",
]

BOX_WIDTH = 150.0
LEAST_BOX_WIDTH = 84.0
PHONE_WIDTH = 344.0
"""CSS pixels: a screen of 360 with 8 at each side."""

ROUNDS = 12
"""How often the width of boxes is corrected: what labels need beside them changes with it."""

NEGLIGIBLE = 0.001
"""CSS pixels about which nothing is done: what rounding leaves."""

POINTS_PER_MM = 72 / 25.4


def layout(
    topology: Topology, captions: Captions, *, box_width: float = BOX_WIDTH, max_width: float | None = None
) -> Drawing:
    """The drawing in one language. Boxes are narrower than ``box_width`` where the drawing would be wider than ``max_width``.

    The chart of :func:`phone_chart` is laid out for :data:`PHONE_WIDTH` without being told.
    """
    if topology.chart.lanes == (PHONE_LANE,):
        box_width, max_width = PHONE_WIDTH, max_width or PHONE_WIDTH
    draft = Draft(topology, captions, box_width)
    least = LEAST_BOX_WIDTH
    per_pixel = float(len(topology.grid.columns))
    for _ in range(ROUNDS):
        before = draft
        if draft.missing > NEGLIGIBLE:
            least = box_width = box_width + draft.missing
        elif max_width is not None and min(draft.width - max_width, box_width - least) > NEGLIGIBLE:
            box_width = max(least, box_width - (draft.width - max_width) / per_pixel)
        else:
            break
        draft = Draft(topology, captions, box_width)
        # Labels reach further beyond narrower boxes, so a pixel less of each box may be less than a pixel less of all.
        per_pixel = max((draft.width - before.width) / (box_width - before.box_width), 0.25)
    drawing = draft.drawing()
    return mirrored(drawing) if captions.rtl else drawing


def phone_chart(chart: Chart) -> Chart:
    """The same for a narrow screen: one virtual lane, a single column of wide boxes with the lines beside it.

    Lay it out with captions without lanes; who acts must stand in the badges. Pins are wishes for the wide drawing and left out.
    Two columns were tried: boxes of 85 to 130 pixels broke long words, and answers beside boxes did not fit.
    """
    spots = tuple(Spot(spot.id, PHONE_LANE, spot.type) for spot in chart.spots)
    return Chart(spots, chart.flows, (PHONE_LANE,))


def mirrored(drawing: Drawing) -> Drawing:
    """The drawing as in a mirror, for languages written from right to left; words stay as they are."""
    wide = drawing.width

    def flip(line: Line) -> Line:
        return replace(line, center=wide - line.center)

    def flip_box(box: Box) -> Box:
        return replace(
            box,
            rect=box.rect.mirrored(wide),
            label=tuple(map(flip, box.label)),
            badges=tuple(map(flip, box.badges)),
            number=flip(box.number) if box.number else None,
            disc=box.disc.mirrored(wide) if box.disc else None,
        )

    def flip_arrow(arrow: Arrow) -> Arrow:
        return replace(
            arrow,
            points=tuple((wide - x, y) for x, y in arrow.points),
            label=flip(arrow.label) if arrow.label else None,
            plate=arrow.plate.mirrored(wide) if arrow.plate else None,
        )

    def flip_lane(lane: Lane) -> Lane:
        return replace(lane, rect=lane.rect.mirrored(wide), head=tuple(map(flip, lane.head)))

    return replace(
        drawing,
        lanes=tuple(map(flip_lane, drawing.lanes)),
        boxes=tuple(map(flip_box, drawing.boxes)),
        arrows=tuple(map(flip_arrow, drawing.arrows)),
        rtl=not drawing.rtl,
    )


def print_scale(drawing: Drawing, width_mm: float, height_mm: float) -> float:
    """Millimetres per CSS pixel at which a drawing just fits into an area of paper."""
    return min(width_mm / drawing.width, height_mm / drawing.height)


def smallest_text_pt(drawing: Drawing, scale: float) -> float:
    """The size in points of the smallest words of a drawing (labels, badges, numbers, answers, lane heads) at ``scale`` mm per pixel."""
    lines: list[Line] = [line for lane in drawing.lanes for line in lane.head]
    for box in drawing.boxes:
        lines += [*box.label, *box.badges, *([box.number] if box.number else [])]
    lines += [arrow.label for arrow in drawing.arrows if arrow.label]
    return min(line.size for line in lines) * scale * POINTS_PER_MM
