"""One topology for all languages: spots placed on a grid, flows routed over the channels between cells, without lengths."""

from __future__ import annotations

from dataclasses import dataclass

from patokaz.pathways.chart import Chart
from patokaz.pathways.place import Grid, placements
from patokaz.pathways.route import route_all
from patokaz.pathways.sketch import DOWN, RIGHT, Sketch
from patokaz.pathways.tracks import Tracks, tracks

PHONE_LANE = "phone"
"""The only lane of a chart for a narrow screen."""

TRIES = {16: 4, 1_000: 1}
"""Number of spots → how many placements are tried and compared."""

MORE_TRIES = {16: 6, 1_000: 1}
"""The same while lines cross."""

COLUMN, ROW, CHANNEL, TRACK, UNDER, BESIDE, BESIDE_MANY = 150.0, 70.0, 22.0, 10.0, 16.0, 26.0, 90.0
"""Usual lengths in CSS pixels: what no language is needed for to say which of two placements fits paper better."""

PAPER = (730.0, 970.0)
"""A4 portrait at the scale at which the smallest words have 7 points."""


@dataclass(frozen=True)
class Topology:
    """Where everything of a chart stands, without lengths: cells, runs of lines in order, the sides where flows leave and arrive."""

    chart: Chart
    grid: Grid
    tracks: Tracks
    leaves: tuple[int, ...]
    arrives: tuple[int, ...]
    crossings: int


def topology(chart: Chart) -> Topology:
    """Place and route a chart. Equal charts give equal topologies, whatever the hash seed."""
    few, many = (
        next(tries for size, tries in table.items() if len(chart.spots) <= size) for table in (TRIES, MORE_TRIES)
    )
    best: tuple[int, float, Sketch] | None = None
    for count, grid in enumerate(placements(chart, narrow=chart.lanes == (PHONE_LANE,))):
        if count >= (few if best and not best[0] else many):
            break
        sketch = Sketch(grid, chart.flows)
        found = (route_all(sketch), _badness(sketch), sketch)
        if best is None or found[:2] < best[:2]:
            best = found
    assert best is not None
    crossings, _, sketch = best
    hops = [list(sketch.hops(flow)) for flow in range(len(chart.flows))]
    leaves, arrives = tuple(h[0][1] for h in hops), tuple(h[-1][1] for h in hops)
    return Topology(chart, sketch.grid, tracks(sketch), leaves, arrives, crossings)


def _badness(sketch: Sketch) -> float:
    """How much smaller than wanted a sketch will come out on paper, and how crooked its lines are."""
    wide, high = [CHANNEL] * sketch.width, [CHANNEL] * sketch.height
    most_upright, most_level = [0] * sketch.width, [0] * sketch.height
    for y in range(sketch.height):
        for x in range(sketch.width):
            point = y * sketch.width + x
            most_upright[x] = max(most_upright[x], len(sketch.strands[2 * point + 1]))
            most_level[y] = max(most_level[y], len(sketch.strands[2 * point]))
    bends = 0
    under, beside = set(), dict[int, float]()
    for k, flow in enumerate(sketch.flows):
        bends += sketch.bends(k)
        point, side, _ = next(sketch.hops(k))
        if flow.answers and side == DOWN:
            under.add(point // sketch.width + 1)
        elif flow.answers:
            x = point % sketch.width + (1 if side == RIGHT else -1)
            beside[x] = max(beside.get(x, 0.0), BESIDE if len(flow.answers) == 1 else BESIDE_MANY)
    for x in range(sketch.width):
        wide[x] = COLUMN if x % 2 else CHANNEL + TRACK * max(most_upright[x] - 1, 0) + beside.get(x, 0.0)
    for y in range(sketch.height):
        high[y] = ROW if y % 2 else CHANNEL + TRACK * most_level[y] + (UNDER if y in under else 0.0)
    width, height = sum(wide), sum(high)
    return max(width / PAPER[0], height / PAPER[1], 0.8) + 0.02 * bends
