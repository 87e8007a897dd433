"""Where spots stand: a grid with a column per lane (and beside it a side column where a lane branches), a row per step."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from patokaz.pathways.chart import Chart, Flow

MANY = 99
"""More answers than a decision has."""

Side = Literal["left", "right"]


@dataclass(frozen=True)
class Grid:
    """Spots on a grid. ``columns`` are the lanes of the columns from the start side; ``cells`` is spot → (column, row).

    A flow of up to ``beside`` answers may leave its box sideways, where its label needs space between columns.
    """

    columns: tuple[str, ...]
    rows: int
    cells: Mapping[str, tuple[int, int]]
    beside: int


@dataclass(frozen=True)
class Manner:
    """A way to place: on which side of its lane each side column lies; labels of how many answers may stand beside a box.

    A branch may begin in the row of its decision (``level``) if its label may stand there.
    """

    sides: Mapping[str, Side]
    beside: int
    level: bool = True


def placements(chart: Chart, *, narrow: bool) -> Iterator[Grid]:
    """Grids for a chart, the most promising first. Equal charts give equal grids in equal order.

    A ``narrow`` grid has one column a lane, and no label beside a box.
    """
    shape = _Shape(chart, narrow)
    usual: dict[str, Side] = dict.fromkeys(chart.lanes, "left")
    if len(chart.lanes) > 1:
        usual[chart.lanes[-1]] = "right"
    other: dict[str, Side] = {lane: "right" if side == "left" else "left" for lane, side in usual.items()}
    branching = [lane for lane in reversed(chart.lanes) if lane in shape.branching]
    turned: list[Mapping[str, Side]] = [usual, *(usual | {lane: other[lane]} for lane in branching), other]
    allowed = (0,) if narrow else (1, MANY)
    manners = [Manner(sides, beside) for sides in turned for beside in allowed]
    manners += [Manner(sides, allowed[0], level=False) for sides in turned]
    seen: set[tuple[int, tuple[str, ...], tuple[tuple[str, tuple[int, int]], ...]]] = set()
    for manner in manners:
        grid = shape.grid(manner)
        key = (grid.beside, grid.columns, tuple(grid.cells.items()))
        if key not in seen:
            seen.add(key)
            yield grid


class _Shape:
    """What placing needs to know of a chart: flows that lead on, an order, main lines, branches."""

    def __init__(self, chart: Chart, narrow: bool) -> None:
        self.chart = chart
        self.answers = {(flow.source, flow.target): len(flow.answers) for flow in chart.flows}
        self.spots = [spot.id for spot in chart.spots]
        self.index = {spot: k for k, spot in enumerate(self.spots)}
        self.lane = {spot.id: spot.lane for spot in chart.spots}
        self.type = {spot.id: spot.type for spot in chart.spots}
        onward = forward(chart)
        self.after: dict[str, list[str]] = {spot: [] for spot in self.spots}
        self.ahead: dict[str, list[str]] = {spot: [] for spot in self.spots}
        for flow in onward:
            self.after[flow.source].append(flow.target)
            self.ahead[flow.target].append(flow.source)
        self.order = self._order()
        self.reach: dict[str, int] = {}
        for spot in reversed(self.order):
            self.reach[spot] = 0
            for following in self.after[spot]:
                self.reach[spot] |= self.reach[following] | 1 << self.index[following]
        self.main = {spot: self._main(spot, onward) for spot in self.spots if self.after[spot]}
        self.aside = set() if narrow else self._aside()
        self.branching = {self.lane[spot] for spot in self.aside}

    def reaches(self, spot: str, other: str) -> bool:
        """Whether flows lead from one spot to another."""
        return bool(self.reach[spot] >> self.index[other] & 1)

    def _order(self) -> list[str]:
        """Spots so that every flow leads on, otherwise in reading order."""
        missing = {spot: len(self.ahead[spot]) for spot in self.spots}
        ready = [self.index[spot] for spot in self.spots if not missing[spot]]
        order: list[str] = []
        while ready:
            spot = self.spots[heapq.heappop(ready)]
            order.append(spot)
            for following in self.after[spot]:
                missing[following] -= 1
                if not missing[following]:
                    heapq.heappush(ready, self.index[following])
        return order

    def _main(self, spot: str, onward: tuple[Flow, ...]) -> str:
        """The spot with which the line continues straight: the author's choice, else where the branches meet again soon, else the longest way."""
        chosen = [flow.target for flow in onward if flow.source == spot and flow.main]
        if chosen:
            return chosen[0]
        targets = self.after[spot]
        for target in targets:
            detours = [other for other in targets if other != target]
            if all(self.reaches(other, target) and self._between(other, target) <= 2 for other in detours):
                return target
        return max(targets, key=lambda target: (self.reach[target].bit_count(), -self.index[target]))

    def _between(self, spot: str, target: str) -> int:
        """How many spots a detour has after ``spot`` that do not follow ``target`` as well."""
        return (self.reach[spot] & ~self.reach[target] & ~(1 << self.index[target])).bit_count()

    def _aside(self) -> set[str]:
        """Spots of side columns: branches that leave the main line within a lane, with what follows only from them."""
        aside: set[str] = set()
        for spot, main in self.main.items():
            for target in self.after[spot]:
                if target == main or self.reaches(main, target) or self.lane[target] != self.lane[spot]:
                    continue
                aside.add(target)
                own = self.reach[target] & ~self.reach[main] & ~(1 << self.index[main])
                aside |= {s for s in self.spots if own >> self.index[s] & 1 and self.lane[s] == self.lane[target]}
        for spot, pin in self.chart.pins.items():
            if spot in self.lane and pin.column:
                (aside.add if pin.column == "side" else aside.discard)(spot)
        # A lane whose spots all stand aside has no branch to show.
        for lane in self.chart.lanes:
            own_spots = [spot for spot in self.spots if self.lane[spot] == lane]
            if all(spot in aside for spot in own_spots):
                aside -= set(own_spots)
        return aside

    def grid(self, manner: Manner) -> Grid:
        """The grid in one manner."""
        columns: list[tuple[str, bool]] = []
        for lane in self.chart.lanes:
            if lane not in set(self.lane.values()):
                continue
            pair = [(lane, False)]
            if lane in self.branching:
                pair.insert(0 if manner.sides[lane] == "left" else 1, (lane, True))
            columns += pair
        column = {spot: columns.index((self.lane[spot], spot in self.aside)) for spot in self.spots}
        rows = _Rows(self, column, manner).run()
        used = sorted(set(rows.values()))
        cells = {spot: (column[spot], used.index(rows[spot])) for spot in self.spots}
        return Grid(tuple(lane for lane, _ in columns), len(used), cells, manner.beside)


class _Rows:
    """Gives every spot a row, in order: under what leads to it, or level with it where the way across is free."""

    def __init__(self, shape: _Shape, column: Mapping[str, int], manner: Manner) -> None:
        self.shape, self.column, self.manner = shape, column, manner
        self.row: dict[str, int] = {}
        self.taken: set[tuple[int, int]] = set()
        self.across: dict[int, list[tuple[int, int]]] = {}  # row → columns between which a line runs straight across

    def run(self) -> dict[str, int]:
        """Spot → row; rows may be left empty."""
        for spot in self.shape.order:
            pin = self.shape.chart.pins.get(spot)
            if pin and pin.beside in self.row and self.free(spot, self.row[pin.beside]):
                self.put(spot, self.row[pin.beside])
                continue
            ahead = self.shape.ahead[spot]
            least = max((self.row[other] + 1 for other in ahead), default=0)
            level = [other for other in ahead if self.level_with(spot, other, least)] if self.manner.level else []
            if level:
                self.put(spot, least - 1)
                self.across.setdefault(least - 1, []).append(self.span(spot, level[0]))
                continue
            while not self.free(spot, least):
                least += 1
            self.put(spot, least)
        self.lower_starts()
        return self.row

    def put(self, spot: str, row: int) -> None:
        """Place a spot."""
        self.row[spot] = row
        self.taken.add((self.column[spot], row))

    def free(self, spot: str, row: int) -> bool:
        """Whether the cell is free and no line runs across it."""
        column = self.column[spot]
        return (column, row) not in self.taken and not any(a < column < b for a, b in self.across.get(row, ()))

    def span(self, spot: str, other: str) -> tuple[int, int]:
        """The columns of two spots from the left."""
        a, b = self.column[spot], self.column[other]
        return min(a, b), max(a, b)

    def level_with(self, spot: str, other: str, least: int) -> bool:
        """Whether ``spot`` can stand in the row of ``other``, which leads to it, with a straight line between them."""
        shape = self.shape
        row = self.row[other]
        if row != least - 1 or self.column[spot] == self.column[other] or not self.free(spot, row):
            return False
        if any(self.row[third] >= row for third in shape.ahead[spot] if third != other):
            return False
        if shape.answers[other, spot] > self.manner.beside:
            return False
        if shape.main[other] == spot and shape.lane[other] == shape.lane[spot]:
            return False
        low, high = self.span(spot, other)
        if any((between, row) in self.taken for between in range(low + 1, high)):
            return False
        # Also not where another line already leaves on this side.
        return not any(a < high and b > low for a, b in self.across.get(row, ()))

    def lower_starts(self) -> None:
        """What begins later (a link from another chart) stands right above the spot to which it leads."""
        for spot in self.shape.order:
            if self.shape.ahead[spot] or not self.shape.after[spot]:
                continue
            for row in range(min(self.row[other] for other in self.shape.after[spot]) - 1, self.row[spot], -1):
                if self.free(spot, row):
                    self.taken.discard((self.column[spot], self.row[spot]))
                    self.put(spot, row)
                    break


def forward(chart: Chart) -> tuple[Flow, ...]:
    """Flows without loops; also without those that close a circle and are not marked, the later one in reading order."""
    index = {spot.id: k for k, spot in enumerate(chart.spots)}
    kept: list[Flow] = []
    following: dict[str, list[str]] = {spot: [] for spot in index}

    def leads(source: str, target: str) -> bool:
        open_spots, seen = [source], {source}
        while open_spots:
            spot = open_spots.pop()
            if spot == target:
                return True
            new = [other for other in following[spot] if other not in seen]
            seen.update(new)
            open_spots += new
        return False

    onward = [flow for flow in chart.flows if not flow.loop and flow.source != flow.target]
    for flow in sorted(onward, key=lambda flow: index[flow.source] >= index[flow.target]):
        if index[flow.source] < index[flow.target] or not leads(flow.target, flow.source):
            kept.append(flow)
            following[flow.source].append(flow.target)
    position = {id(flow): k for k, flow in enumerate(chart.flows)}
    return tuple(sorted(kept, key=lambda flow: position[id(flow)]))
