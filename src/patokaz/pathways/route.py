"""Routes of flows: the cheapest way for each through the sketch of the others, again for those that cross."""

from __future__ import annotations

import heapq
import itertools

from patokaz.pathways.sketch import DOWN, EMPTY, LEFT, RIGHT, Chord, Place, Sketch, alternate, number

# Costs in steps of the lattice. A crossing costs more than a way round half a chart of published size, a bend more than a step.
CROSSING = 14.0
BEND = 2.0
BESIDE = 0.35
THROUGH_CELL = 0.6
BACKWARDS_DOWN = 4.0
MAIN_SIDEWAYS = 9.0
OTHER_DOWN = 2.5
LABEL_BESIDE = 20.0
"""Labels beside a box make the whole channel wider, labels under it do not: which ones may is for the grid to say."""

SECOND_EXIT = 7.0
SECOND_UNDER = 4.0
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
        # Straight lines found their way at once; the others now see what was routed after them.
        if sketch.bends(flow):
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
    """A* for one flow. A state is a point and how it was reached (heading, gap between strands), packed into a number."""

    def __init__(self, sketch: Sketch, flow: int) -> None:
        self.sketch, self.flow = sketch, flow
        self.own = sketch.flows[flow]
        self.source, self.target = sketch.point[self.own.source], sketch.point[self.own.target]
        self.goal_x, self.goal_y = self.target % sketch.width, self.target // sketch.width
        # (estimate, running number downwards, cost, state, flow joined or -1, state before)
        self.heap: list[tuple[float, int, float, int, int, int]] = []
        self.pushed = 0
        self.cheapest: dict[int, float] = {}
        self.before_of: dict[int, int] = {}
        self.same_target = {k for k, other in enumerate(sketch.flows) if other.target == self.own.target}
        # From where the target can be entered: every side but the lower one.
        self.doors = {self.target - sketch.step[side]: side for side in (DOWN, RIGHT, LEFT)}

    def push(self, cost: float, point: int, heading: int, gap: int, before: int) -> None:
        """Note a state if it is not known to be reached as cheaply."""
        state = (point << 7) | (heading << 5) | gap
        known = self.cheapest.get(state)
        if known is not None and known <= cost:
            return
        self.cheapest[state] = cost
        dx, dy = self.goal_x - point % self.sketch.width, self.goal_y - point // self.sketch.width
        straight = (dy > 0 and not dx) if heading == DOWN else (not dy and (dx > 0 if heading == RIGHT else dx < 0))
        estimate = cost + TAIL * (abs(dx) + abs(dy)) + (0.0 if straight or point == self.target else BEND)
        # Of equal estimates the newest first: that goes on with one way instead of widening all.
        self.pushed -= 1
        heapq.heappush(self.heap, (estimate, self.pushed, cost, state, -1, before))

    def run(self) -> None:
        """Find the cheapest route and put it into the sketch."""
        self.start()
        before_of = self.before_of
        while True:
            _, _, cost, state, joined, before = heapq.heappop(self.heap)
            if joined >= 0 or state >> 7 == self.target:
                break
            if state not in before_of:
                before_of[state] = before
                self.expand(cost, state)
        point = state >> 7
        route, places = [point], [Place(state & 31, shared=joined >= 0)]
        while before >= 0:
            route.append(before >> 7)
            places.append(Place(before & 31, shared=False))
            before = before_of[before]
        route.append(self.source)
        route.reverse()
        places.reverse()
        if joined >= 0:
            sketch = self.sketch
            tail = sketch.routes[joined]
            at = tail.index(point)
            route += tail[at + 1 :]
            links = [link for _, _, link in sketch.hops(joined)][at:]
            places += [Place(sketch.place(link, joined), shared=True) for link in links]
        self.sketch.insert(self.flow, route, places)

    def start(self) -> None:
        """The sides by which the source can be left: all but the top."""
        sketch, own = self.sketch, self.own
        width = sketch.width
        below = [flow for flow in sketch.flows if flow.source == own.source and flow.main]
        below = [flow for flow in below if (sketch.point[flow.target] - self.source) % width == 0]
        under = len(own.answers) > sketch.grid.beside
        backwards = own.loop or self.goal_y < self.source // width
        for heading in (LEFT, RIGHT, DOWN):
            cost = 1.0
            if heading == DOWN:
                cost += BACKWARDS_DOWN * (backwards and not under) + OTHER_DOWN * (bool(below) and not own.main)
            else:
                cost += MAIN_SIDEWAYS * (own in below) + LABEL_BESIDE * under
            strands = sketch.strands[sketch.link(self.source, heading)]
            cost += (SECOND_UNDER if heading == DOWN else SECOND_EXIT) * len(strands)
            for gap in range(len(strands) + 1):
                self.push(cost, self.source + sketch.step[heading], heading, gap, -1)

    def expand(self, cost: float, state: int) -> None:
        """Note where a state can lead."""
        sketch = self.sketch
        point, heading, gap = state >> 7, state >> 5 & 3, state & 31
        chords = sketch.chords(point)
        came = heading ^ 2
        first = number(came, 2 * gap)
        exits = [exit_ for exit_ in sketch.exits(point) if exit_[0] != came]
        door = self.doors.get(point, came)
        if door != came:
            exits.append((door, self.target, sketch.link(point, door)))
        way = self.way_to(state) if chords else set()
        for side, following, link in exits:
            strands = sketch.strands[link]
            step = cost + 1.0 + (BEND if side != heading else 0.0)
            if following == self.target:
                step += self.entry(side, strands)
            else:
                step += BESIDE * len(strands) + THROUGH_CELL * (sketch.kind[following] == EMPTY)
            if not chords:
                self.push(step, following, side, 0, state)
                continue
            if following in way:
                continue
            for into in range(len(strands) + 1):
                crossed = self.crossed(chords, first, number(side, 2 * into), came, side)
                if crossed is not None:
                    self.push(step + CROSSING * crossed, following, side, into, state)
            for place, strand in enumerate(strands):
                if strand[0] in self.same_target and following not in way:
                    self.join(cost, state, side, following, place, strand, way)

    @staticmethod
    def crossed(chords: list[Chord], first: int, last: int, came: int, side: int) -> int | None:
        """How many chords one with these ends crosses; None where that cannot be drawn."""
        found = 0
        for chord in chords:
            if alternate(first, last, chord):
                # Two lines that run straight on side by side cannot change places.
                if came ^ 2 == side and {chord.entered, chord.left_by} == {came, side}:
                    return None
                found += 1
        return found

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

    def join(
        self, cost: float, state: int, side: int, following: int, place: int, strand: list[int], way: set[int]
    ) -> None:
        """Note that the flow can go on together with ``strand``, which leads to the same spot, unless that cannot be drawn."""
        sketch = self.sketch
        point, heading, gap = state >> 7, state >> 5 & 3, state & 31
        came = heading ^ 2
        chords = sketch.chords(point)
        inside = [chord for chord in chords if chord.flow in strand]
        # Two lines that come side by side and go straight on cannot become one here.
        if any(chord.left_by != side or (side == heading and chord.entered == came) for chord in inside):
            return
        crossed = self.crossed(chords, number(came, 2 * gap), number(side, 2 * place + 1), came, side)
        route = sketch.routes[strand[0]]
        tail = route[route.index(following) :]
        if crossed is None or not way.isdisjoint(tail):
            return
        steps = [after - before for before, after in itertools.pairwise([point, *tail])]
        bends = (side != heading) + sum(a != b for a, b in itertools.pairwise(steps))
        price = cost + JOIN + TAIL * len(steps) + CROSSING * crossed + BEND * bends
        if sketch.flows[strand[0]].loop != self.own.loop:
            price += JOIN_LOOP
        self.pushed -= 1
        joined = (following << 7) | (side << 5) | place
        heapq.heappush(self.heap, (price, self.pushed, price, joined, strand[0], state))
