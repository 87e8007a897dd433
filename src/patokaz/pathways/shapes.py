"""The shapes of a drawing as SVG path data, and the colours of print. Shared by the web's and the print's writer."""

from __future__ import annotations

from patokaz.model.pathway import NodeType
from patokaz.pathways.chart import Arrow, Point, Rect

INSET = 10.0
"""How far the points of a decision's hexagon reach in from its box, in pixels."""

_ROUND: dict[NodeType, float] = {"start": 18, "outcome": 14, "link": 14, "task": 4, "call": 4, "split": 4, "join": 4}
_BAR = 4.0


SVG = "http://www.w3.org/2000/svg"
"""The namespace of drawings, which an address or a composed page must name."""


def number(value: float) -> str:
    """A coordinate with at most one decimal, without a trailing zero: the same bytes everywhere."""
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text


def outline(kind: NodeType, rect: Rect) -> str:
    """The outline of a box."""
    x, y, w, h = rect.x, rect.y, rect.width, rect.height
    n = number
    if kind == "decision":
        return f"M{n(x + INSET)} {n(y)}H{n(x + w - INSET)}L{n(x + w)} {n(y + h / 2)}L{n(x + w - INSET)} {n(y + h)}H{n(x + INSET)}L{n(x)} {n(y + h / 2)}Z"
    r = min(_ROUND[kind], h / 2)
    corner = f"a{n(r)} {n(r)} 0 0 1"
    return (
        f"M{n(x + r)} {n(y)}H{n(x + w - r)}{corner} {n(r)} {n(r)}V{n(y + h - r)}{corner} {n(-r)} {n(r)}"
        f"H{n(x + r)}{corner} {n(-r)} {n(-r)}V{n(y + r)}{corner} {n(r)} {n(-r)}Z"
    )


def bars(kind: NodeType, rect: Rect) -> str:
    """What tells a kind apart beside its outline and not by colour alone: a call's side bars, a split's and a join's double edge."""
    n, top, bottom = number, rect.y, rect.bottom
    if kind == "call":
        height = number(rect.height)
        return f"M{n(rect.x + _BAR)} {n(top)}v{height}M{n(rect.right - _BAR)} {n(top)}v{height}"
    if kind == "split":
        return f"M{n(rect.x)} {n(bottom - _BAR)}h{n(rect.width)}"
    if kind == "join":
        return f"M{n(rect.x)} {n(top + _BAR)}h{n(rect.width)}"
    return ""


def line(arrow: Arrow, radius: float = 5) -> str:
    """The line of a flow, its corners rounded."""
    points = arrow.points
    parts = [f"M{number(points[0][0])} {number(points[0][1])}"]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        r = min(radius, _distance(before, corner) / 2, _distance(corner, after) / 2)
        near, far = _towards(corner, before, r), _towards(corner, after, r)
        parts.append(
            f"L{number(near[0])} {number(near[1])}Q{number(corner[0])} {number(corner[1])} {number(far[0])} {number(far[1])}"
        )
    parts.append(f"L{number(points[-1][0])} {number(points[-1][1])}")
    return "".join(parts)


def head(arrow: Arrow, length: float = 8, half: float = 3.6) -> str:
    """The arrowhead, a triangle with its tip at the last point."""
    before, tip = arrow.points[-2], arrow.points[-1]
    back = _towards(tip, before, length)
    dx, dy = (tip[0] - back[0]) / length, (tip[1] - back[1]) / length
    left, right = (back[0] - dy * half, back[1] + dx * half), (back[0] + dy * half, back[1] - dx * half)
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in (tip, left, right)) + "Z"


def frame(rect: Rect) -> str:
    """A rectangle as path data."""
    return f"M{number(rect.x)} {number(rect.y)}h{number(rect.width)}v{number(rect.height)}h{number(-rect.width)}z"


def _distance(a: Point, b: Point) -> float:
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def _towards(start: Point, goal: Point, by: float) -> Point:
    whole = _distance(start, goal) or 1.0
    return start[0] + (goal[0] - start[0]) * by / whole, start[1] + (goal[1] - start[1]) * by / whole
