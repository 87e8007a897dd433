"""Straight runs of lines and which of them lies before which: left of it, or above it. Without lengths, so for every language."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from patokaz.pathways.sketch import DOWN, LEFT, RIGHT, UP, Chord, Sketch


@dataclass(frozen=True)
class Run:
    """A straight piece of one or several flows on a line of the lattice, from ``start`` to ``end`` (points along the line).

    Pieces of several flows are one run where the flows share a line. ``anchored`` runs lead from box to box.
    """

    vertical: bool
    line: int
    start: int
    end: int
    anchored: bool


@dataclass(frozen=True)
class Tracks:
    """``runs``; for every flow the indexes of its runs in order; pairs (a, b) of runs on one line, a left of b or above it."""

    runs: tuple[Run, ...]
    flows: tuple[tuple[int, ...], ...]
    before: tuple[tuple[int, int], ...]


def tracks(sketch: Sketch) -> Tracks:
    """The runs of a sketch in which every flow has a route."""
    return _Tracks(sketch).result()


@dataclass
class _Order:
    """An acyclic order of runs that grows by one pair at a time."""

    following: dict[int, set[int]] = field(default_factory=dict)

    def add(self, first: int, last: int) -> bool:
        """Put ``first`` before ``last``; False if that contradicts what is known."""
        if self.leads(last, first):
            return False
        self.following.setdefault(first, set()).add(last)
        return True

    def leads(self, first: int, last: int) -> bool:
        """Whether ``first`` is before ``last`` or is the same."""
        open_runs, seen = [first], {first}
        while open_runs:
            run = open_runs.pop()
            if run == last:
                return True
            new = self.following.get(run, set()) - seen
            seen |= new
            open_runs += new
        return False


class _Tracks:
    def __init__(self, sketch: Sketch) -> None:
        self.sketch = sketch
        self.parent: list[int] = []
        self.piece_at: dict[tuple[int, int], int] = {}  # (flow, link) → piece
        self.pieces: list[list[int]] = []  # of each flow, in order
        self.span: list[tuple[bool, int, int, int]] = []  # of each piece: vertical, line, start, end
        for flow in range(len(sketch.flows)):
            self._cut(flow)
        for link, strands in enumerate(sketch.strands):
            for strand in strands:
                for flow in strand[1:]:
                    self._unite(self.piece_at[strand[0], link], self.piece_at[flow, link])
        self.order = _Order()

    def _cut(self, flow: int) -> None:
        """A flow's route in straight pieces."""
        own: list[int] = []
        width = self.sketch.width
        vertical_before: bool | None = None
        for point, side, link in self.sketch.hops(flow):
            vertical = side in (UP, DOWN)
            x, y = point % width, point // width
            line, here = (x, y) if vertical else (y, x)
            there = here + (1 if side in (RIGHT, DOWN) else -1)
            if vertical != vertical_before:
                own.append(len(self.parent))
                self.parent.append(len(self.parent))
                self.span.append((vertical, line, here, here))
                vertical_before = vertical
            piece = own[-1]
            _, _, start, end = self.span[piece]
            self.span[piece] = (vertical, line, min(start, there), max(end, there))
            self.piece_at[flow, link] = piece
        self.pieces.append(own)

    def _find(self, piece: int) -> int:
        while self.parent[piece] != piece:
            self.parent[piece] = self.parent[self.parent[piece]]
            piece = self.parent[piece]
        return piece

    def _unite(self, piece: int, other: int) -> None:
        a, b = self._find(piece), self._find(other)
        self.parent[max(a, b)] = min(a, b)

    def result(self) -> Tracks:
        """Number the runs, put them in order."""
        roots = sorted({self._find(piece) for piece in range(len(self.parent))})
        self.run_of = {root: k for k, root in enumerate(roots)}
        spans: dict[int, tuple[bool, int, int, int]] = {}
        for piece, (vertical, line, start, end) in enumerate(self.span):
            root = self._find(piece)
            _, _, low, high = spans.get(root, (vertical, line, start, end))
            spans[root] = (vertical, line, min(low, start), max(high, end))
        boxes = set(self.sketch.point.values())
        width = self.sketch.width

        def is_box(vertical: bool, line: int, at: int) -> bool:
            return (at * width + line if vertical else line * width + at) in boxes

        runs = tuple(
            Run(vertical, line, start, end, is_box(vertical, line, start) and is_box(vertical, line, end))
            for vertical, line, start, end in (spans[root] for root in roots)
        )
        for link, strands in enumerate(self.sketch.strands):
            for strand, following in itertools.pairwise(strands):
                self.order.add(self._run(strand[0], link), self._run(following[0], link))
        self._part_touching()
        flows = tuple(tuple(self.run_of[self._find(piece)] for piece in own) for own in self.pieces)
        before = tuple((a, b) for a, bs in sorted(self.order.following.items()) for b in sorted(bs))
        return Tracks(runs, flows, before)

    def _run(self, flow: int, link: int) -> int:
        return self.run_of[self._find(self.piece_at[flow, link])]

    def _part_touching(self) -> None:
        """Order runs that end at one point from opposite sides: they share no link, but would lie on each other or cross twice if one reached past the other."""
        points = sorted({point for route in self.sketch.routes for point in route[1:-1]})
        for point in points:
            corners = [c for c in self.sketch.chords(point) if c.entered ^ 2 != c.left_by]
            for one, other in itertools.combinations(corners, 2):
                for options in self._wishes(point, one, other):
                    # Whatever is chosen, the two are apart; if all contradict the order, it parts them already.
                    any(self.order.add(first, last) for first, last in options if first != last)

    def _wishes(self, point: int, one: Chord, other: Chord) -> Iterable[list[tuple[int, int]]]:
        """For two corners at a point: alternatives of which run is to lie before which, the better first."""
        a, b = self._sides(point, one), self._sides(point, other)
        if not a.keys() & b.keys():
            # Opposite corners: either their vertical runs or their horizontal ones must be in order.
            if DOWN in a:
                a, b = b, a
            upright = (a[UP], b[DOWN]) if LEFT in a else (b[DOWN], a[UP])
            level = (a[LEFT], b[RIGHT]) if LEFT in a else (a[RIGHT], b[LEFT])
            # Under and above boxes ports stay in the middle rather than lines at one height.
            under_box = point % self.sketch.width % 2 == 1
            yield [level, upright] if under_box else [upright, level]
            return
        for shared, low, high in ((LEFT, UP, DOWN), (RIGHT, UP, DOWN), (UP, LEFT, RIGHT), (DOWN, LEFT, RIGHT)):
            if shared in a and shared in b:
                first, last = (a, b) if low in a else (b, a)
                if (
                    low in first
                    and high in last
                    and self.order.leads(last[shared], first[shared])
                    and first[shared] != last[shared]
                ):
                    yield [(first[low], last[high]), (last[high], first[low])]

    def _sides(self, point: int, chord: Chord) -> Mapping[int, int]:
        """The runs of a corner by the side at which they leave the point."""
        return {side: self._run(chord.flow, self.sketch.link(point, side)) for side in (chord.entered, chord.left_by)}
