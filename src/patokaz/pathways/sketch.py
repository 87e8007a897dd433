"""Lines on a lattice of channels, and the order in which they lie side by side.

The lattice has a point for every cell of the grid (odd, odd), for every channel between columns (even x) and for every channel
between rows (even y). Flows run over links between neighbouring points, never over the point of a cell that holds a spot: so no line
passes through a box.

Every link keeps its strands in order (left to right, top to bottom). A new flow is put between two of them, so what it crosses is known while it is
routed, exactly and before any track has a coordinate: two lines through a point cross if their ends alternate round it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import NamedTuple

from patokaz.pathways.chart import Flow
from patokaz.pathways.place import Grid

UP, RIGHT, DOWN, LEFT = range(4)

CHANNEL, EMPTY, SPOT = range(3)
"""Kinds of lattice points: between cells, an empty cell, a cell with a spot."""

SECTOR = 1_000
"""Ends round a point are numbered clockwise: the side times this, plus twice the place on that side."""


class Chord(NamedTuple):
    """A flow inside a lattice point: the numbers of its two ends round the point, and their sides."""

    first: int
    last: int
    entered: int
    left_by: int
    flow: int


class Place(NamedTuple):
    """Where a flow lies on a link: in the strand of this index (``shared``), or as a new strand before it."""

    at: int
    shared: bool


class Sketch:
    """Routes of all flows of a grid, and the strands of every link in order.

    ``routes[i]`` is the list of lattice points of flow ``i`` from its source's cell to its target's; ``strands[link]`` are lists of flows that share
    one line there (all of them lead to one spot).
    """

    def __init__(self, grid: Grid, flows: tuple[Flow, ...]) -> None:
        self.grid, self.flows = grid, flows
        self.width, self.height = 2 * len(grid.columns) + 1, 2 * grid.rows + 1
        self.step = (-self.width, 1, self.width, -1)
        self.point = {spot: (2 * row + 1) * self.width + 2 * column + 1 for spot, (column, row) in grid.cells.items()}
        self.kind = bytearray((x & y & 1) * EMPTY for y in range(self.height) for x in range(self.width))
        for point in self.point.values():
            self.kind[point] = SPOT
        self.routes: list[list[int]] = [[] for _ in flows]
        self.strands: list[list[list[int]]] = [[] for _ in range(2 * self.width * self.height)]
        self._exits: dict[int, tuple[tuple[int, int, int], ...]] = {}
        self._passing: dict[int, list[int]] = {}
        self._chords: dict[int, list[Chord]] = {}

    # Lattice

    def link(self, point: int, side: int) -> int:
        """The number of the link that leaves ``point`` at ``side``."""
        if side == RIGHT:
            return 2 * point
        if side == DOWN:
            return 2 * point + 1
        return 2 * (point - 1) if side == LEFT else 2 * (point - self.width) + 1

    def exits(self, point: int) -> tuple[tuple[int, int, int], ...]:
        """(side, neighbour, link) of every way on from ``point`` that does not lead into a box."""
        known = self._exits.get(point)
        if known is None:
            x, y = point % self.width, point // self.width
            inside = (y > 0, x < self.width - 1, y < self.height - 1, x > 0)
            sides = [s for s in range(4) if inside[s] and self.kind[point + self.step[s]] != SPOT]
            known = tuple((s, point + self.step[s], self.link(point, s)) for s in sides)
            self._exits[point] = known
        return known

    def side(self, point: int, other: int) -> int:
        """At which side of ``point`` its neighbour ``other`` lies."""
        return self.step.index(other - point)

    def hops(self, flow: int) -> Iterator[tuple[int, int, int]]:
        """(point, side, link) for every step of a route."""
        route = self.routes[flow]
        for point, following in itertools.pairwise(route):
            side = self.side(point, following)
            yield point, side, self.link(point, side)

    def bends(self, flow: int) -> int:
        """How often a route turns."""
        steps = [after - before for before, after in itertools.pairwise(self.routes[flow])]
        return sum(a != b for a, b in itertools.pairwise(steps))

    def place(self, link: int, flow: int) -> int:
        """Which strand of ``link`` a flow is, counted from the left or the top."""
        return next(k for k, strand in enumerate(self.strands[link]) if flow in strand)

    # Crossings

    def chords(self, point: int) -> list[Chord]:
        """The strands through a point that holds no spot."""
        known = self._chords.get(point)
        if known is None:
            known = self._chords[point] = [self._chord(point, flow) for flow in self._passing.get(point, ())]
        return known

    def _chord(self, point: int, flow: int) -> Chord:
        route = self.routes[flow]
        at = route.index(point)
        entered, left_by = self.side(point, route[at - 1]), self.side(point, route[at + 1])
        ends = [number(s, 2 * self.place(self.link(point, s), flow) + 1) for s in (entered, left_by)]
        return Chord(ends[0], ends[1], entered, left_by, flow)

    def crossed(self, flow: int) -> list[int]:
        """The flows that a flow crosses, one entry per crossing."""
        found: list[int] = []
        for point in self.routes[flow][1:-1]:
            chords = self.chords(point)
            if len(chords) > 1:
                mine = next(chord for chord in chords if chord.flow == flow)
                found += [chord.flow for chord in chords if alternate(mine.first, mine.last, chord)]
        return found

    def crossings(self) -> int:
        """How often two flows cross."""
        return sum(len(self.crossed(flow)) for flow in range(len(self.flows))) // 2

    # Changing routes

    def insert(self, flow: int, route: list[int], strands: list[Place]) -> None:
        """Put a flow along ``route``. ``strands`` has a place for every link: a strand to share there, or a gap to lie in."""
        self.routes[flow] = route
        for (_, _, link), (place, shared) in zip(self.hops(flow), strands, strict=True):
            if shared:
                self.strands[link][place].append(flow)
            else:
                self.strands[link].insert(place, [flow])
        for point in route[1:-1]:
            self._passing.setdefault(point, []).append(flow)
            self._chords.pop(point, None)

    def remove(self, flow: int) -> tuple[int, list[int], list[Place]]:
        """Take a flow out; the arguments of :meth:`insert` that put it back, as long as nothing else has changed."""
        places: list[Place] = []
        for _, _, link in self.hops(flow):
            strands = self.strands[link]
            place = self.place(link, flow)
            strands[place].remove(flow)
            places.append(Place(place, bool(strands[place])))
            if not strands[place]:
                del strands[place]
        route = self.routes[flow]
        for point in route[1:-1]:
            self._passing[point].remove(flow)
            self._chords.pop(point, None)
        self.routes[flow] = []
        return flow, route, places


def number(side: int, place: int) -> int:
    """The number of an end round a point: clockwise, ``place`` counted from the left or the top."""
    return side * SECTOR + (place if side in (UP, RIGHT) else SECTOR - 1 - place)


def alternate(first: int, last: int, chord: Chord) -> bool:
    """Whether a chord with these ends crosses ``chord``. Chords that meet in one end do not cross."""
    if chord.first in (first, last) or chord.last in (first, last):
        return False
    if first > last:
        first, last = last, first
    return (first < chord.first < last) != (first < chord.last < last)
