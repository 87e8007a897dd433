"""Routes of flows: the cheapest way for each through the sketch of the others, again for those that cross."""

from __future__ import annotations

import heapq

from patokaz.pathways.sketch import DOWN, EMPTY, LEFT, RIGHT, SPOT, UP, Place, Sketch, alternate, number

# Costs in steps of the lattice. A crossing costs more than a way round half a chart of published size, a bend more than a step.
CROSSING = 14.0
BEND = 2.0
BESIDE = 0.35
THROUGH_CELL = 0.6
BACKWARDS_DOWN = 4.0
MAIN_SIDEWAYS = 9.0
OTHER_DOWN = 2.5
ANSWERS_SIDEWAYS = 1.5
SECOND_EXIT = 7.0
SECOND_ENTRY = 3.0
SIDE_ENTRY = 0.8
JOIN = 0.5
JOIN_LOOP = 2.0
TAIL = 0.7
"""A step of a line that another flow to the same spot draws already. Also the least cost of a step: what A* may estimate with."""

ROUNDS = 4


def route_all(sketch: Sketch) -> int:
    """Route every flow, then those that cross again, alone and in pairs; how many crossings remain."""
    order = sorted(range(len(sketch.flows)), key=lambda flow: _urgency(sketch, flow))
    for flow in order:
        route(sketch, flow)
    for flow in order:
        sketch.remove(flow)
        route(sketch, flow)
    left = sketch.crossings()
    for _ in range(ROUNDS):
        before = left
        if left:
            left = _again(sketch, order, left)
        if left:
            left = _pairs(sketch, order, left)
        if left == before:
            break
    return left


def _urgency(sketch: Sketch, flow: int) -> tuple[bool, bool, int, int]:
    """Main lines first, then the short ones, which have the least choice; loops last."""
    own = sketch.flows[flow]
    source, target = sketch.point[own.source], sketch.point[own.target]
    across = abs(source % sketch.width - target % sketch.width)
    along = abs(source // sketch.width - target // sketch.width)
    return own.loop, not own.main, across + along, flow


def _again(sketch: Sketch, order: list[int], left: int) -> int:
    for flow in order:
        if sketch.crossed(flow):
            sketch.remove(flow)
            route(sketch, flow)
    return min(left, sketch.crossings())


def _pairs(sketch: Sketch, order: list[int], left: int) -> int:
    """Take out two flows that cross and route them the other way round, one before the other."""
    for flow in order:
        for other in dict.fromkeys(sketch.crossed(flow)):
            if other not in sketch.crossed(flow):
                continue
            old = [sketch.remove(other), sketch.remove(flow)]
            route(sketch, flow)
            route(sketch, other)
            now = sketch.crossings()
            if now >= left:
                sketch.remove(other)
                sketch.remove(flow)
                for record in reversed(old):
                    sketch.insert(*record)
            else:
                left = now
    return left


def route(sketch: Sketch, flow: int) -> None:
    """Put a flow that is not in the sketch on its cheapest route."""
    _Search(sketch, flow).run()


class _Search:
    """A* for one flow. A state is a point, how it was reached (side and gap between strands), packed into a number."""

    def __init__(self, sketch: Sketch, flow: int) -> None:
        self.sketch, self.flow = sketch, flow
        self.own = sketch.flows[flow]
        self.source, self.target = sketch.point[self.own.source], sketch.point[self.own.target]
        self.goal_x, self.goal_y = self.target % sketch.width, self.target // sketch.width
        # (estimate, running number, cost, point, heading, gap, flow joined or -1, state before)
        self.heap: list[tuple[float, int, float, int, int, int, int, int]] = []
        self.pushed = 0
        self.before_of: dict[int, int] = {}
        self.same_target = {k for k, other in enumerate(sketch.flows) if other.target == self.own.target}

    def push(self, cost: float, point: int, heading: int, gap: int, joined: int, before: int) -> None:
        """Note a state, or with ``joined`` the end of the search."""
        width = self.sketch.width
        estimate = cost
        if joined < 0:
            estimate += TAIL * (abs(point % width - self.goal_x) + abs(point // width - self.goal_y))
        self.pushed += 1
        heapq.heappush(self.heap, (estimate, self.pushed, cost, point, heading, gap, joined, before))

    def run(self) -> None:
        """Find the cheapest route and put it into the sketch."""
        self.start()
        before_of = self.before_of
        while True:
            _, _, cost, point, heading, gap, joined, before = heapq.heappop(self.heap)
            if joined >= 0 or point == self.target:
                break
            state = (point << 7) | (heading << 5) | gap
            if state not in before_of:
                before_of[state] = before
                self.expand(cost, point, heading, gap, state)
        route, places = [point], [Place(gap, shared=joined >= 0)]
        while before >= 0:
            route.append(before >> 7)
            places.append(Place(before & 31, shared=False))
            before = before_of[before]
        route.append(self.source)
        route.reverse()
        places.reverse()
        if joined >= 0:
            tail = self.sketch.routes[joined]
            at = tail.index(point)
            route += tail[at + 1 :]
            places += [
                Place(self.sketch.place(link, joined), shared=True)
                for _, _, link in list(self.sketch.hops(joined))[at:]
            ]
        self.sketch.insert(self.flow, route, places)

    def start(self) -> None:
        """The sides by which the source can be left: all but the top."""
        sketch, own = self.sketch, self.own
        has_main = any(flow.main for flow in sketch.flows if flow.source == own.source)
        backwards = own.loop or self.goal_y < self.source // sketch.width
        for heading in (DOWN, RIGHT, LEFT):
            cost = 1.0
            if heading == DOWN:
                cost += BACKWARDS_DOWN * backwards + OTHER_DOWN * (has_main and not own.main)
            else:
                cost += MAIN_SIDEWAYS * own.main + ANSWERS_SIDEWAYS * (len(own.answers) > 1)
            strands = sketch.strands[sketch.link(self.source, heading)]
            cost += SECOND_EXIT * len(strands)
            for gap in range(len(strands) + 1):
                self.push(cost, self.source + sketch.step[heading], heading, gap, -1, -1)

    def expand(self, cost: float, point: int, heading: int, gap: int, state: int) -> None:
        """Note where a state can lead."""
        sketch = self.sketch
        x, y = point % sketch.width, point // sketch.width
        chords = sketch.chords(point)
        came = heading ^ 2
        first = number(came, 2 * gap)
        for side in range(4):
            if side == came or (x == 0 and side == LEFT) or (y == 0 and side == UP):
                continue
            if (x == sketch.width - 1 and side == RIGHT) or (y == sketch.height - 1 and side == DOWN):
                continue
            following = point + sketch.step[side]
            ends = following == self.target
            if (ends and side == UP) or (sketch.kind[following] == SPOT and not ends):
                continue
            strands = sketch.strands[sketch.link(point, side)]
            step = cost + 1.0 + (BEND if side != heading else 0.0)
            if ends:
                step += self.entry(side, strands)
            else:
                step += BESIDE * len(strands)
                if sketch.kind[following] == EMPTY:
                    step += THROUGH_CELL
            if not chords:
                self.push(step, following, side, 0, -1, state)
                continue
            if following in self.way_to(state):
                continue
            straight = side == heading
            for into in range(len(strands) + 1):
                last = number(side, 2 * into)
                crossed = [chord for chord in chords if alternate(first, last, chord)]
                # Two lines that run side by side through a point cannot change places in it.
                if straight and any({c.entered, c.left_by} == {came, side} for c in crossed):
                    continue
                self.push(step + CROSSING * len(crossed), following, side, into, -1, state)
            self.join(cost, point, heading, side, first, state)

    def way_to(self, state: int) -> set[int]:
        """The points on the way to a state. A second visit of one, beyond a line that ends there, would be a knot."""
        points = set()
        while state >= 0:
            points.add(state >> 7)
            state = self.before_of[state]
        return points

    def entry(self, side: int, strands: list[list[int]]) -> float:
        """What it costs to enter the target by ``side`` on a line of its own."""
        if not strands:
            return 0.0 if side == DOWN else SIDE_ENTRY
        entering = sum(strand[0] in self.same_target for strand in strands)
        return SECOND_ENTRY * entering + SECOND_EXIT * (len(strands) - entering)

    def join(self, cost: float, point: int, heading: int, side: int, first: int, state: int) -> None:
        """Note where the flow can go on together with another one that leads to the same spot."""
        sketch = self.sketch
        came = heading ^ 2
        following = point + sketch.step[side]
        link = sketch.link(point, side)
        chords = sketch.chords(point)
        for place, strand in enumerate(sketch.strands[link]):
            other = strand[0]
            if other not in self.same_target:
                continue
            inside = [chord for chord in chords if chord.flow in strand]
            if any(chord.left_by != side for chord in inside):
                continue
            # Two lines that come side by side and go straight on cannot become one here.
            if side == heading and any(chord.entered == came for chord in inside):
                continue
            last = number(side, 2 * place + 1)
            crossed = [chord for chord in chords if alternate(first, last, chord)]
            if side == heading and any({c.entered, c.left_by} == {came, side} for c in crossed):
                continue
            route = sketch.routes[other]
            tail = len(route) - route.index(following) - 1
            if not self.way_to(state).isdisjoint(route[-tail - 1 :]):
                continue
            price = cost + JOIN + TAIL * (tail + 1) + CROSSING * len(crossed) + (BEND if side != heading else 0.0)
            if sketch.flows[other].loop != self.own.loop:
                price += JOIN_LOOP
            self.push(price, following, side, place, other, state)
