"""Charts → drawings, each made once for equal content: a live preview redraws only the chart whose words changed."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field

from patokaz.pathways.chart import Captions, Chart, Drawing
from patokaz.pathways.layout import layout, phone_chart
from patokaz.pathways.topology import Topology, topology


@dataclass(frozen=True)
class _Content:
    """Two charts with equal text are one: mappings cannot be hashed, their text can."""

    text: str
    chart: Chart = field(compare=False)
    captions: Captions = field(compare=False)


def draw(chart: Chart, captions: Captions) -> Drawing:
    """The wide drawing, one column a lane."""
    return _drawn(_Content(repr((chart, captions)), chart, captions))


def draw_for_phone(chart: Chart, captions: Captions) -> Drawing:
    """The drawing for a screen of 360 pixels: at most two columns, without lane heads."""
    return draw(phone_chart(chart), captions)


@functools.lru_cache(maxsize=1024)
def _drawn(content: _Content) -> Drawing:
    return layout(_topology(repr(content.chart), _Bare(content.chart)), content.captions)


class _Bare:
    """A chart that counts as equal to any other: the text beside it is the key."""

    def __init__(self, chart: Chart) -> None:
        self.chart = chart

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Bare)

    def __hash__(self) -> int:
        return 0


@functools.lru_cache(maxsize=256)
def _topology(text: str, bare: _Bare) -> Topology:  # noqa: ARG001 - the text is the key
    return topology(bare.chart)
