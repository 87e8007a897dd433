"""Charts → drawings for a screen, a phone and paper, each made once for equal content.

A live preview redraws only the chart whose words changed.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, field

from patokaz.pathways.boxes import unbroken_width
from patokaz.pathways.chart import Captions, Chart, Drawing
from patokaz.pathways.layout import (
    BOX_WIDTH,
    LEAST_BOX_WIDTH,
    PHONE_WIDTH,
    layout,
    phone_chart,
    print_scale,
    smallest_text_pt,
)
from patokaz.pathways.topology import Topology, topology

_PARTS = (0, 0.25, 0.5, 0.75, 1)
"""Where between the least and the ordinary width of boxes those lie that are tried for paper."""


@dataclass(frozen=True)
class _Content:
    """Two charts with equal text are one: mappings cannot be hashed, their text can."""

    text: str
    chart: Chart = field(compare=False)


@dataclass(frozen=True)
class _Words:
    """The words of a drawing; compared by their text, as :class:`_Content`."""

    text: str
    captions: Captions = field(compare=False)


def draw(chart: Chart, captions: Captions) -> Drawing:
    """The wide drawing, one column a lane."""
    return _drawn(_Content(repr(chart), chart), _Words(repr(captions), captions))


def draw_for_phone(chart: Chart, captions: Captions) -> Drawing:
    """The drawing for a screen of 360 pixels, without lane heads: who acts stands in ``captions``."""
    narrow = phone_chart(chart)
    return _drawn(_Content(repr(narrow), narrow), _Words(repr(captions), captions), max_width=PHONE_WIDTH)


def draw_for_paper(chart: Chart, captions: Captions, width: float, height: float) -> tuple[Drawing, float]:
    """The drawing whose words come out largest on ``width`` × ``height`` millimetres, and its scale in millimetres a pixel.

    Narrow boxes make a wide chart fit, wide ones a tall one; none is so narrow that a word would have to be broken.
    """
    best = max(_tried(chart, captions), key=lambda drawing: print_scale(drawing, width, height))
    return best, print_scale(best, width, height)


def readable_on_paper(chart: Chart, captions: Captions, width: float, height: float, points: float) -> bool:
    """Whether the smallest words of :func:`draw_for_paper` have at least ``points``. Mostly the first try tells, and the rest is not drawn."""
    return any(
        smallest_text_pt(drawing, print_scale(drawing, width, height)) >= points for drawing in _tried(chart, captions)
    )


def _tried(chart: Chart, captions: Captions) -> Iterator[Drawing]:
    """The drawings that are tried for paper, those with the narrowest boxes first."""
    content, words = _Content(repr(chart), chart), _Words(repr(captions), captions)
    least = max(unbroken_width(spot, captions.spots[spot.id]) for spot in chart.spots)
    widths = {min(BOX_WIDTH, max(least, LEAST_BOX_WIDTH + part * (BOX_WIDTH - LEAST_BOX_WIDTH))) for part in _PARTS}
    return (_drawn(content, words, box_width=box_width) for box_width in sorted(widths))


@functools.lru_cache(maxsize=2048)
def _drawn(content: _Content, words: _Words, box_width: float = BOX_WIDTH, max_width: float | None = None) -> Drawing:
    return layout(_topology(content), words.captions, box_width=box_width, max_width=max_width)


@functools.lru_cache(maxsize=512)
def _topology(content: _Content) -> Topology:
    return topology(content.chart)
