"""Lengths for one language: widths of columns and channels, heights of rows, and from them every coordinate.

What must not happen (a line through a box, a label on something else) cannot: every line and every label has space of its own.
"""

from __future__ import annotations

from patokaz.pathways.answers import SPACE, Under, labels_under, missing_under
from patokaz.pathways.boxes import ANSWER_SIZE, LABEL_SIZE, Sized, box, line, sized
from patokaz.pathways.channels import ARROW_HEAD, MARGIN, Block, channel_room
from patokaz.pathways.chart import Arrow, Box, Captions, Drawing, Lane, Line, Point, Rect
from patokaz.pathways.measure import width, wrap
from patokaz.pathways.sketch import DOWN, LEFT, RIGHT
from patokaz.pathways.spacing import offsets
from patokaz.pathways.topology import Topology

GAP = 10.0
PORT_GAP = 14.0
ROW_GAP = 12.0
PLATE_HEIGHT = 15.0
PLATE_PAD = 3.0
HEAD_STEP = 15.0

CORNER = 18.0
"""Lines keep this far from the corners of a box: room for the disc and for slanted ends."""


class Draft:
    """Lengths of everything at one width of boxes."""

    def __init__(self, topology: Topology, captions: Captions, box_width: float) -> None:
        self.topology, self.captions, self.box_width = topology, captions, box_width
        self.chart, self.grid, self.runs = topology.chart, topology.grid, topology.tracks.runs
        self.spots = {spot.id: spot for spot in self.chart.spots}
        self.words: dict[str, Sized] = {
            id_: sized(spot, captions.spots[id_], box_width) for id_, spot in self.spots.items()
        }
        self.labels = [" / ".join(captions.answers[answer] for answer in flow.answers) for flow in self.chart.flows]
        self.label_width = [width(words, ANSWER_SIZE, True) + 2 * PLATE_PAD if words else 0.0 for words in self.labels]
        self._ports()
        self._offsets()
        self._answers()
        self._columns()
        self._rows()

    # Ports

    def _ports(self) -> None:
        """Which flows leave a box at which side, from the left or the top."""
        self.exits: dict[tuple[str, int], list[int]] = {}
        self.exit_of: dict[int, list[int]] = {}  # run → flows that begin with it
        order = {run: k for k, run in enumerate(self._run_order())}
        for k, flow in enumerate(self.chart.flows):
            self.exits.setdefault((flow.source, self.topology.leaves[k]), []).append(k)
            self.exit_of.setdefault(self.topology.tracks.flows[k][0], []).append(k)
        for flows in self.exits.values():
            flows.sort(key=lambda k: order[self.topology.tracks.flows[k][0]])

    def _run_order(self) -> list[int]:
        """Runs so that each comes after what lies before it."""
        count = len(self.runs)
        waiting = [0] * count
        following: list[list[int]] = [[] for _ in range(count)]
        for a, b in self.topology.tracks.before:
            following[a].append(b)
            waiting[b] += 1
        order = [run for run in range(count) if not waiting[run]]
        for run in order:
            for other in following[run]:
                waiting[other] -= 1
                if not waiting[other]:
                    order.append(other)
        return order

    def _gap(self, a: int, b: int) -> float:
        run = self.runs[a]
        if run.line % 2 == 0:
            return GAP
        first, last = self.exit_of.get(a, []), self.exit_of.get(b, [])
        together = [(k, m) for k in first for m in last if self.chart.flows[k].source == self.chart.flows[m].source]
        together = [(k, m) for k, m in together if self.topology.leaves[k] == self.topology.leaves[m]]
        if not run.vertical:
            labelled = [any(self.labels[k] for k in flows) for flows in (first, last)]
            return PLATE_HEIGHT + 2 if all(labelled) else ROW_GAP
        if not together:
            return PORT_GAP
        k, m = together[0]
        beside = max(PORT_GAP, (self.label_width[k] + self.label_width[m]) / 2 + SPACE)
        return min(beside, self._widest_gap(self.chart.flows[k].source))

    def _widest_gap(self, source: str) -> float:
        """How far apart the flows under a box can lie without leaving it."""
        flows = self.exits[source, DOWN]
        straight = [n for n, k in enumerate(flows) if self.runs[self.topology.tracks.flows[k][0]].anchored]
        most = max(straight[0], len(flows) - 1 - straight[0]) if straight else (len(flows) - 1) / 2
        return (self.box_width / 2 - CORNER) / most

    def _offsets(self) -> None:
        """Offsets of all runs."""
        most = self.box_width / 2 - CORNER
        self.offset = offsets(self.topology.tracks, self._gap)
        # Ports that would lie beside their box come back to it, in order.
        far: dict[int, float] = {}
        for k, run in enumerate(self.runs):
            if run.vertical and run.line % 2:
                far[run.line] = max(far.get(run.line, 0.0), abs(self.offset[k]))
        for k, run in enumerate(self.runs):
            if run.vertical and far.get(run.line, 0.0) > most:
                self.offset[k] *= most / far[run.line]

    def _answers(self) -> None:
        """Labels of flows that leave downwards; by how much boxes are too narrow for them."""
        self.under: dict[int, Under] = {}
        self.missing = 0.0
        for (_, side), flows in self.exits.items():
            if side == DOWN:
                ports = [self._port(k) for k in flows]
                widths = [self.label_width[k] for k in flows]
                self.under.update(zip(flows, labels_under(ports, widths, self.box_width / 2), strict=True))
                self.missing = max(self.missing, missing_under(ports, widths) * (len(flows) - 1) / 2)

    def _port(self, k: int) -> float:
        """Where a flow leaves its box, from the middle of that side."""
        return self.offset[self.topology.tracks.flows[k][0]]

    # Columns

    def _extent(self, vertical: bool, line_: int) -> tuple[float, float] | None:
        """The least and greatest offset of the runs of a line, if there are runs."""
        found = [self.offset[k] for k, run in enumerate(self.runs) if run.vertical == vertical and run.line == line_]
        return (min(found), max(found)) if found else None

    def _columns(self) -> None:
        """X of every column and of the middle of every channel."""
        count = len(self.grid.columns)
        blocks = self._blocks()
        self.x: list[float] = []
        at = 0.0
        for k in range(2 * count + 1):
            if k % 2:
                self.x.append(at + self.box_width / 2)
                at += self.box_width
            else:
                own = [(run, self.offset[n]) for n, run in enumerate(self.runs) if run.vertical and run.line == k]
                beside = [block for block in blocks if block.channel == k]
                origin, room = channel_room(own, beside, first=k == 0, last=k == 2 * count)
                self.x.append(at + origin)
                at += room
        self.width = at

    def _blocks(self) -> list[Block]:
        """What labels take of the channels beside their boxes."""
        blocks: list[Block] = []
        for k, flow in enumerate(self.chart.flows):
            if not self.labels[k]:
                continue
            column, row = self.grid.cells[flow.source]
            before, after, row = 2 * column, 2 * column + 2, 2 * row + 1
            side = self.topology.leaves[k]
            if side == DOWN:
                low = self.under[k].low
                high = low + self.label_width[k]
                # A line that only begins under the labels does not meet them.
                blocks.append(Block(before, False, -low - self.box_width / 2 + SPACE, row + 1, row, 0.0))
                blocks.append(Block(after, True, high - self.box_width / 2 + SPACE, row + 1, row, 0.0))
            else:
                channel = after if side == RIGHT else before
                blocks.append(Block(channel, side == RIGHT, self.label_width[k] + 2 * SPACE, row, row, ARROW_HEAD))
        return [block for block in blocks if block.reach > 0]

    # Rows

    def _rows(self) -> None:
        """Y of every row and of the middle of every channel; heights of boxes, lane heads and channels."""
        half_ports: dict[str, float] = {}
        for k, flow in enumerate(self.chart.flows):
            own = self.topology.tracks.flows[k]
            for spot, side, run in (
                (flow.source, self.topology.leaves[k], own[0]),
                (flow.target, self.topology.arrives[k], own[-1]),
            ):
                if side in (LEFT, RIGHT):
                    half_ports[spot] = max(half_ports.get(spot, 0.0), abs(self.offset[run]))
        self.height_of = {
            spot: max(words.height, 2 * (half_ports[spot] + CORNER) if half_ports.get(spot) else 0.0)
            for spot, words in self.words.items()
        }
        rows: list[float] = [0.0] * self.grid.rows
        for spot, (_, row) in self.grid.cells.items():
            rows[row] = max(rows[row], self.height_of[spot])
        for row in range(self.grid.rows):
            extent = self._extent(False, 2 * row + 1)
            if extent:
                rows[row] = max(rows[row], 2 * max(-extent[0], extent[1]) + ROW_GAP)
        under = [0.0] * (self.grid.rows + 1)  # how far labels reach under a row, by the channel under it
        for k, flow in enumerate(self.chart.flows):
            if self.labels[k] and self.topology.leaves[k] == DOWN:
                row = self.grid.cells[flow.source][1]
                reach = (self.height_of[flow.source] - rows[row]) / 2 + 2 + PLATE_HEIGHT * (self.under[k].level + 1)
                under[row + 1] = max(under[row + 1], reach)
        self._heads()
        at = self.head
        self.y: list[float] = []
        last = 2 * self.grid.rows
        for k in range(last + 1):
            if k % 2:
                self.y.append(at + rows[k // 2] / 2)
                at += rows[k // 2]
                continue
            extent = self._extent(False, k)
            if extent is None:
                room = max(under[k // 2] + ARROW_HEAD, MARGIN + 2 if k in (0, last) else 22.0)
                self.y.append(at + room / 2)
            else:
                before = max(under[k // 2] + 4, MARGIN)
                room = before + extent[1] - extent[0] + (MARGIN if k == last else ARROW_HEAD + 2)
                self.y.append(at + before - extent[0])
            at += room
        self.height = at

    def _heads(self) -> None:
        """Lanes from channel to channel and the lines of their heads."""
        columns = self.grid.columns
        last = 2 * len(columns)
        self.lane_span: dict[str, tuple[float, float]] = {}
        for lane in self.chart.lanes:
            own = [k for k, other in enumerate(columns) if other == lane]
            if own and self.captions.lanes:
                low, high = 2 * own[0], 2 * own[-1] + 2
                self.lane_span[lane] = (self.x[low] if low else 0.0, self.x[high] if high < last else self.width)
        self.head_lines = {
            lane: wrap(self.captions.lanes[lane], high - low - MARGIN, LABEL_SIZE, True)
            for lane, (low, high) in self.lane_span.items()
        }
        most = max((len(lines) for lines in self.head_lines.values()), default=0)
        self.head = HEAD_STEP * most + 8 if most else 0.0

    # Drawing

    def drawing(self) -> Drawing:
        """Everything at its place, left to right."""
        boxes: list[Box] = []
        self.rect: dict[str, Rect] = {}
        for spot in self.chart.spots:
            column, row = self.grid.cells[spot.id]
            height = self.height_of[spot.id]
            rect = Rect(
                self.x[2 * column + 1] - self.box_width / 2, self.y[2 * row + 1] - height / 2, self.box_width, height
            )
            self.rect[spot.id] = rect
            boxes.append(box(spot, self.captions.spots[spot.id], self.words[spot.id], rect))
        lanes = []
        for lane, (low, high) in self.lane_span.items():
            lines = self.head_lines[lane]
            top = (self.head - HEAD_STEP * len(lines)) / 2
            head = tuple(
                line(t, (low + high) / 2, top + (k + 0.5) * HEAD_STEP, LABEL_SIZE, True) for k, t in enumerate(lines)
            )
            lanes.append(Lane(lane, Rect(low, 0.0, high - low, self.height), head))
        arrows = tuple(self._arrow(k) for k in range(len(self.chart.flows)))
        return Drawing(self.width, self.height, tuple(lanes), tuple(boxes), arrows, rtl=False)

    def _arrow(self, k: int) -> Arrow:
        flow = self.chart.flows[k]
        own = self.topology.tracks.flows[k]
        runs = [self.runs[run] for run in own]
        at = [
            (self.x if run.vertical else self.y)[run.line] + self.offset[index]
            for run, index in zip(runs, own, strict=True)
        ]
        source, target = self.rect[flow.source], self.rect[flow.target]
        points: list[Point] = [_border(source, self.topology.leaves[k], at[0])]
        corners = zip(at, at[1:], runs[1:], strict=False)
        points += [(here, before) if run.vertical else (before, here) for before, here, run in corners]
        points.append(_border(target, self.topology.arrives[k] ^ 2, at[-1]))
        label, plate = self._label(k, source, points[0])
        return Arrow(flow.source, flow.target, tuple(points), flow.loop, label, plate)

    def _label(self, k: int, source: Rect, start: Point) -> tuple[Line | None, Rect | None]:
        if not self.labels[k]:
            return None, None
        wide = self.label_width[k]
        side = self.topology.leaves[k]
        if side == DOWN:
            x = self.x[2 * self.grid.cells[self.chart.flows[k].source][0] + 1] + self.under[k].low
            y = source.bottom + 2 + PLATE_HEIGHT * self.under[k].level
            plate = Rect(x, y, wide, PLATE_HEIGHT)
        else:
            x = start[0] + 3 if side == RIGHT else start[0] - 3 - wide
            plate = Rect(x, start[1] - PLATE_HEIGHT / 2, wide, PLATE_HEIGHT)
        return line(self.labels[k], plate.x + wide / 2, plate.y + PLATE_HEIGHT / 2, ANSWER_SIZE, True), plate


def _border(rect: Rect, side: int, at: float) -> Point:
    """Where a line at coordinate ``at`` meets a side of a box."""
    if side == LEFT:
        return rect.x, at
    if side == RIGHT:
        return rect.right, at
    return at, rect.bottom if side == DOWN else rect.y
