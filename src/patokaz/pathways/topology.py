"""One topology for all languages: spots placed on a grid, flows routed over the channels between cells, without lengths."""

from __future__ import annotations

from dataclasses import dataclass

from patokaz.pathways.chart import Chart
from patokaz.pathways.place import Grid, placements
from patokaz.pathways.route import route_all
from patokaz.pathways.sketch import Sketch
from patokaz.pathways.tracks import Tracks, tracks

TRIES = {16: 6, 30: 3, 1_000: 2}
"""Number of spots → how many placements are tried when lines cross."""


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
    best: tuple[int, Grid, Sketch] | None = None
    tries = next(tries for size, tries in TRIES.items() if len(chart.spots) <= size)
    for _, grid in zip(range(tries), placements(chart), strict=False):
        sketch = Sketch(len(grid.columns), grid.rows, grid.cells, chart.flows)
        left = route_all(sketch)
        if best is None or left < best[0]:
            best = (left, grid, sketch)
        if not left:
            break
    assert best is not None
    crossings, grid, sketch = best
    hops = [list(sketch.hops(flow)) for flow in range(len(chart.flows))]
    return Topology(chart, grid, tracks(sketch), tuple(h[0][1] for h in hops), tuple(h[-1][1] for h in hops), crossings)
