"""What is wrong with a drawing, counted from its geometry alone: by tests, and in the benchmark for any tool's output."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, fields

from patokaz.pathways.chart import Drawing, Line, Point, Rect

TOLERANCE = 0.5
"""CSS pixels that do not count: half the thickness of a line."""

ASCENT, DESCENT = 0.76, 0.24
"""Parts of the size above and under the baseline that letters take: Noto Sans reaches 0.714 with capitals."""

Piece = tuple[Point, Point]


@dataclass(frozen=True)
class Verdict:
    """Numbers of faults. ``crossings`` counts pairs of flows that cross, once for every crossing; all others must be 0."""

    box_overlaps: int
    lines_through_boxes: int
    lines_on_lines: int
    crossings: int
    label_collisions: int
    clipped_texts: int
    covered_texts: int
    outside: int

    @property
    def faults(self) -> int:
        """Everything but crossings."""
        return sum(int(getattr(self, field.name)) for field in fields(self)) - self.crossings


def judge(drawing: Drawing) -> Verdict:
    """Count the faults of a drawing."""
    rects = {box.id: box.rect for box in drawing.boxes}
    pieces = [_pieces(arrow.points) for arrow in drawing.arrows]
    through = 0
    for arrow, own in zip(drawing.arrows, pieces, strict=True):
        hull = _hull(arrow.points)
        near = [rect for rect in rects.values() if _meet(hull, rect, -1)]
        through += sum(any(_hits(piece, rect) for piece in own) for rect in near)
    crossings = on_lines = 0
    hulls = [_hull(arrow.points) for arrow in drawing.arrows]
    for k, m in itertools.combinations(range(len(pieces)), 2):
        if not _meet(hulls[k], hulls[m], -1):
            continue
        one, other = drawing.arrows[k], drawing.arrows[m]
        related = one.source == other.source or one.target == other.target
        crossings += sum(_cross(a, b) for a in pieces[k] for b in pieces[m])
        on_lines += 0 if related else any(_lie_on(a, b) for a in pieces[k] for b in pieces[m])
    return Verdict(
        box_overlaps=sum(_meet(a, b) for a, b in itertools.combinations(rects.values(), 2)),
        lines_through_boxes=through,
        lines_on_lines=on_lines,
        crossings=crossings,
        label_collisions=_label_collisions(drawing, pieces),
        clipped_texts=_clipped(drawing),
        covered_texts=_covered(drawing),
        outside=_outside(drawing),
    )


def _label_collisions(drawing: Drawing, pieces: list[list[Piece]]) -> int:
    plates = [(k, arrow.plate) for k, arrow in enumerate(drawing.arrows) if arrow.plate]
    count = sum(_meet(a, b) for (_, a), (_, b) in itertools.combinations(plates, 2))
    count += sum(_meet(plate, box.rect) for _, plate in plates for box in drawing.boxes)
    for k, plate in plates:
        count += sum(any(_hits(piece, plate) for piece in own) for m, own in enumerate(pieces) if m != k)
        label = drawing.arrows[k].label
        count += label is None or not _inside(text_rect(label), plate)
    return count


def _clipped(drawing: Drawing) -> int:
    """Lines wider than what they stand in, or higher; lines of one box that lie on each other."""
    count = 0
    for box in drawing.boxes:
        texts = [text_rect(line) for line in (*box.label, *box.badges)]
        count += sum(not _inside(text, box.rect) for text in texts)
        count += sum(_meet(a, b) for a, b in itertools.pairwise(texts))
        if box.number:
            count += box.disc is None or not _inside(text_rect(box.number), box.disc)
    for lane in drawing.lanes:
        count += sum(not _inside(text_rect(line), lane.rect) for line in lane.head)
    return count


def _covered(drawing: Drawing) -> int:
    """Discs over words, other boxes or each other; boxes and lines over the heads of lanes."""
    discs = [(box.id, box.disc) for box in drawing.boxes if box.disc]
    count = sum(_meet(a, b) for (_, a), (_, b) in itertools.combinations(discs, 2))
    for box in drawing.boxes:
        texts = [text_rect(line) for line in (*box.label, *box.badges)]
        count += sum(_meet(disc, box.rect) for id_, disc in discs if id_ != box.id)
        count += sum(_round_meets(disc, text) for _, disc in discs for text in texts)
    count += sum(_meet(disc, arrow.plate) for _, disc in discs for arrow in drawing.arrows if arrow.plate)
    heads = [text_rect(line) for lane in drawing.lanes for line in lane.head]
    count += sum(_meet(head, box.rect) for head in heads for box in drawing.boxes)
    count += sum(_meet(head, disc) for head in heads for _, disc in discs)
    count += sum(
        any(_hits(piece, head) for piece in _pieces(arrow.points)) for head in heads for arrow in drawing.arrows
    )
    return count


def _outside(drawing: Drawing) -> int:
    whole = Rect(0.0, 0.0, drawing.width, drawing.height)
    rects = [box.rect for box in drawing.boxes]
    rects += [box.disc for box in drawing.boxes if box.disc]
    rects += [arrow.plate for arrow in drawing.arrows if arrow.plate]
    rects += [_hull(arrow.points) for arrow in drawing.arrows]
    rects += [lane.rect for lane in drawing.lanes]
    return sum(not _inside(rect, whole) for rect in rects)


def text_rect(line: Line) -> Rect:
    """The space that a line of words takes."""
    return Rect(
        line.center - line.width / 2, line.baseline - ASCENT * line.size, line.width, (ASCENT + DESCENT) * line.size
    )


def _hull(points: Iterable[Point]) -> Rect:
    xs, ys = zip(*points, strict=True)
    return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def _pieces(points: tuple[Point, ...]) -> list[Piece]:
    return [(a, b) for a, b in itertools.pairwise(points) if a != b]


def _meet(a: Rect, b: Rect, tolerance: float = TOLERANCE) -> bool:
    return (
        a.x + tolerance < b.right
        and b.x + tolerance < a.right
        and a.y + tolerance < b.bottom
        and b.y + tolerance < a.bottom
    )


def _inside(a: Rect, b: Rect) -> bool:
    return (
        a.x >= b.x - TOLERANCE
        and a.right <= b.right + TOLERANCE
        and a.y >= b.y - TOLERANCE
        and a.bottom <= b.bottom + TOLERANCE
    )


def _round_meets(disc: Rect, rect: Rect) -> bool:
    """Whether a disc (given by its square) and a rectangle share area."""
    x, y, radius = disc.x + disc.width / 2, disc.y + disc.height / 2, disc.width / 2 - TOLERANCE
    dx = max(rect.x - x, 0.0, x - rect.right)
    dy = max(rect.y - y, 0.0, y - rect.bottom)
    return dx * dx + dy * dy < radius * radius


def _hits(piece: Piece, rect: Rect) -> bool:
    """Whether a straight piece, of any direction, passes through the inside of a rectangle (after Liang and Barsky)."""
    (x1, y1), (x2, y2) = piece
    left, top = rect.x + TOLERANCE, rect.y + TOLERANCE
    right, bottom = rect.right - TOLERANCE, rect.bottom - TOLERANCE
    begin, end = 0.0, 1.0
    for step, room in ((x1 - x2, x1 - left), (x2 - x1, right - x1), (y1 - y2, y1 - top), (y2 - y1, bottom - y1)):
        if step == 0:
            if room < 0:
                return False
        elif step < 0:
            begin = max(begin, room / step)
        else:
            end = min(end, room / step)
    return begin < end


def _turn(p: Point, q: Point, r: Point) -> float:
    return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])


def _cross(a: Piece, b: Piece) -> bool:
    """Whether two straight pieces cross properly: each has its ends on both sides of the other."""
    (p, q), (r, s) = a, b
    for k in (0, 1):
        if max(p[k], q[k]) < min(r[k], s[k]) or max(r[k], s[k]) < min(p[k], q[k]):
            return False
    return _turn(r, s, p) * _turn(r, s, q) < -1e-9 and _turn(p, q, r) * _turn(p, q, s) < -1e-9


def _lie_on(a: Piece, b: Piece) -> bool:
    """Whether two axis-parallel pieces run along one another for more than a pixel, nearer than a pixel and a half."""
    for along, across in ((0, 1), (1, 0)):
        if a[0][across] != a[1][across] or b[0][across] != b[1][across] or abs(a[0][across] - b[0][across]) >= 1.5:
            continue
        low = max(min(a[0][along], a[1][along]), min(b[0][along], b[1][along]))
        high = min(max(a[0][along], a[1][along]), max(b[0][along], b[1][along]))
        if high - low > 1:
            return True
    return False
