"""The BPMN-DI of a pathway: our own drawing, given the room that BPMN's shapes need.

BPMN draws events and gateways small, with their words beside them, and needs places for what :mod:`bpmn` puts in. So the drawing
is pulled apart: both axes get more length at chosen coordinates. Lines stay axis-parallel and nothing can come to overlap that did not
before. Everything new stands inside the rectangle of the node that it belongs to, so that no line between nodes is touched.
"""

from __future__ import annotations

import itertools
import math
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from xml.etree import ElementTree as ET

from patokaz.pathways.chart import Arrow, Box, Drawing, Point, Rect

EVENT, GATEWAY = 36.0, 50.0
"""The sizes of events and gateways in bpmn.io's tools, in pixels."""

LABEL_WIDTH, LABEL_LETTERS, LABEL_LINE = 90.0, 15, 14.0
"""Words beside a shape: bpmn.io breaks them at 90 px. The viewer's font is unknown, so lines are counted by letters."""

_GAP = 4.0
_INSET = 14.0
_POOL_HEAD = 30.0
_MIDDLE = ("entry", "main")


@dataclass(frozen=True)
class Part:
    """A flow node of the file, made for the node ``node`` of the pathway.

    It is drawn in that node's box: at its top (``merge``), in its middle (``main``), at its foot (``after``); or in the box of the
    spot that says from where one comes to it (``entry``). ``aside`` is a converging gateway beside the middle, which other flows need.
    """

    id: str
    tag: str
    name: str
    lane: str
    node: str
    place: Literal["entry", "merge", "main", "after"]
    aside: bool = False

    @property
    def size(self) -> float | None:
        """The width and height of an event or a gateway; None for an activity, which fills its box."""
        if self.tag.endswith("Event"):
            return EVENT
        return GATEWAY if self.tag.endswith("Gateway") else None

    @property
    def label_height(self) -> float:
        """The height of the words beside an event or a gateway."""
        return LABEL_LINE * len(textwrap.wrap(self.name, LABEL_LETTERS)) if self.size else 0.0


@dataclass(frozen=True)
class SequenceFlow:
    """A sequence flow between two parts. ``arrow`` names the nodes whose arrow it follows, the first is empty for an entry.

    It is None for a flow inside one box.
    """

    id: str
    source: str
    target: str
    name: str
    arrow: tuple[str, str] | None


class _Stretch:
    """More length at some coordinates of one axis: a map that keeps the order."""

    def __init__(self) -> None:
        self._cuts: dict[float, float] = {}

    def cut(self, at: float, more: float) -> None:
        """Put ``more`` length in at ``at``; of several demands at one place the largest counts."""
        if more > 0:
            self._cuts[at] = max(self._cuts.get(at, 0.0), more)

    def __call__(self, value: float) -> float:
        return value + sum(more for at, more in self._cuts.items() if at < value)


def diagram(drawing: Drawing, parts: Sequence[Part], flows: Sequence[SequenceFlow]) -> ET.Element:
    """The ``BPMNDiagram`` of a file. Raises ``KeyError`` where the drawing lacks a node, a flow or a lane."""
    boxes = {box.id: box for box in drawing.boxes}
    nodes = {part.node for part in parts}
    entries = {arrow.target: arrow.source for arrow in drawing.arrows if arrow.source not in nodes}
    owners = {part.id: entries[part.node] if part.place == "entry" else part.node for part in parts}
    arrows = {(arrow.source, arrow.target): arrow for arrow in drawing.arrows}
    by_box: dict[str, list[Part]] = {}
    for part in parts:
        by_box.setdefault(owners[part.id], []).append(part)
    across, down = _Stretch(), _Stretch()
    for name, own in by_box.items():
        _make_room(boxes[name].rect, own, across, down)
    frames = {name: _Frame(boxes[name], own, across, down, drawing.arrows) for name, own in by_box.items()}

    root = ET.Element("bpmndi:BPMNDiagram", {"id": "diagram"})
    plane = ET.SubElement(root, "bpmndi:BPMNPlane", {"id": "plane", "bpmnElement": "collaboration"})
    _pool(plane, drawing, across, down)
    for part in parts:
        frame = frames[owners[part.id]]
        marker = {"isMarkerVisible": "true"} if part.tag == "exclusiveGateway" else {}
        _shape(plane, part.id, frame.shapes[part.id], frame.labels.get(part.id), marker)
    for flow in flows:
        arrow = arrows[flow.arrow[0] or entries[flow.arrow[1]], flow.arrow[1]] if flow.arrow else None
        points = [(across(x), down(y)) for x, y in arrow.points] if arrow else []
        if arrow:
            start = frames[owners[flow.source]].connect(points[0], flow.source)
            points = [*reversed(start), *points, *frames[owners[flow.target]].connect(points[-1], flow.target)]
        else:
            points = frames[owners[flow.source]].down(flow.source, flow.target)
        label = _beside(arrow, across, down) if arrow and flow.name else None
        _edge(plane, flow.id, points, label)
    return root


def _make_room(rect: Rect, own: Sequence[Part], across: _Stretch, down: _Stretch) -> None:
    center, middle = rect.x + rect.width / 2, rect.y + rect.height / 2
    down.cut(rect.y + 0.25, _above(own))
    down.cut(rect.bottom - 0.25, _below(own))
    aside = sum(part.aside for part in own)
    across.cut(center - GATEWAY / 2, aside * (GATEWAY + _GAP) + GATEWAY / 2 + _GAP - (center - rect.x) if aside else 0)
    for part in own:
        if part.size is None or part.place == "merge":
            continue
        half = part.size / 2
        across.cut(center + half - 1, half + LABEL_WIDTH + 2 * _GAP - (rect.right - center))
        across.cut(center - half + 1, half + _GAP - (center - rect.x))
        if part.place in _MIDDLE:
            down.cut(middle - 0.5, max(half, part.label_height + _GAP) - (middle - rect.y))
            down.cut(middle + 0.5, half - (rect.bottom - middle))


def _above(own: Sequence[Part]) -> float:
    return GATEWAY + 3 * _GAP if any(part.place == "merge" for part in own) else 0.0


def _below(own: Sequence[Part]) -> float:
    return sum(max(EVENT, part.label_height) + 3 * _GAP for part in own if part.place == "after")


class _Frame:
    """The rectangle of one node in the diagram, with the shapes and labels of its parts inside."""

    def __init__(
        self, box: Box, own: Sequence[Part], across: _Stretch, down: _Stretch, arrows: Iterable[Arrow]
    ) -> None:
        rect = box.rect
        left, top, right, bottom = across(rect.x), down(rect.y), across(rect.right), down(rect.bottom)
        self.rect = Rect(left, top, right - left, bottom - top)
        center, middle = across(rect.x + rect.width / 2), down(rect.y + rect.height / 2)
        floor = bottom - _below(own)
        self.parts = {part.id: part for part in own}
        self.shapes: dict[str, Rect] = {}
        self.labels: dict[str, Rect] = {}
        merges = [part for part in own if part.place == "merge"]
        for number, part in enumerate(merges):
            shift = (number + 1) * (GATEWAY + _GAP) if part.aside else 0.0
            self.shapes[part.id] = Rect(center - GATEWAY / 2 - shift, top + _GAP, GATEWAY, GATEWAY)
        for part in own:
            if part.place in _MIDDLE and part.size is None:
                before, behind = self._insets(rect, box.id, arrows) if merges else (0.0, 0.0)
                ceiling = top + _above(own)
                self.shapes[part.id] = Rect(
                    left + before, ceiling, right - left - before - behind, floor - ceiling - _GAP * (floor < bottom)
                )
            elif part.place in _MIDDLE:
                self._event_or_gateway(part, center, middle, middle - _GAP - part.label_height)
            elif part.place == "after":
                here = floor + 2 * _GAP + EVENT / 2
                self._event_or_gateway(part, center, here, here - EVENT / 2)

    def _event_or_gateway(self, part: Part, center: float, middle: float, label_top: float) -> None:
        size = part.size or 0.0
        self.shapes[part.id] = Rect(center - size / 2, middle - size / 2, size, size)
        if part.name:
            self.labels[part.id] = Rect(center + size / 2 + _GAP, label_top, LABEL_WIDTH, part.label_height)

    @staticmethod
    def _insets(rect: Rect, name: str, arrows: Iterable[Arrow]) -> tuple[float, float]:
        """Room at the left and right of an activity for flows that enter there and go up to its gateway."""
        ends = [arrow.points[-1][0] for arrow in arrows if arrow.target == name]
        return (
            _INSET if any(abs(x - rect.x) < 1 for x in ends) else 0.0,
            _INSET if any(abs(x - rect.right) < 1 for x in ends) else 0.0,
        )

    def connect(self, port: Point, name: str) -> list[Point]:
        """The rest of a line from its ``port`` on the frame's border to the part ``name``, the port left out."""
        x, y = port
        shape = self.shapes[name]
        center, middle = shape.x + shape.width / 2, shape.y + shape.height / 2
        if abs(x - center) < shape.width / 2 - 1:
            reach = self._reach(name, x - center, shape.height / 2)
            return [(x, middle - reach if y < middle else middle + reach)]
        left = x < center
        side = shape.x if left else shape.right
        if abs(y - middle) < shape.height / 2 - 1:
            reach = self._reach(name, y - middle, shape.width / 2)
            return [(center - reach if left else center + reach, y)]
        on_side = min(abs(x - self.rect.x), abs(x - self.rect.right)) < 1
        rise = x + (_INSET / 2 if left else -_INSET / 2) if on_side else x
        return [(rise, y), (rise, middle), (side, middle)]

    def down(self, source: str, target: str) -> list[Point]:
        """A line from a part down to the next one in this frame: straight where the next one lies under it."""
        above, below = self.shapes[source], self.shapes[target]
        middle = below if self.parts[source].size is None else above
        x = middle.x + middle.width / 2
        return [(x, above.bottom), *self.connect((x, above.bottom), target)]

    def _reach(self, name: str, offset: float, half: float) -> float:
        """How far the outline of a part lies from its middle, seen ``offset`` beside the other middle."""
        if self.parts[name].tag.endswith("Gateway"):
            return half - abs(offset)
        return math.sqrt(half**2 - offset**2) if self.parts[name].size else half


def _beside(arrow: Arrow, across: _Stretch, down: _Stretch) -> Rect | None:
    """Where the words of a flow stand: beside its line, since BPMN's words have no plate that would cover it."""
    plate = arrow.plate
    if plate is None:
        return None
    x, y = plate.x + plate.width / 2, plate.y + plate.height / 2

    def distance(piece: tuple[Point, Point]) -> float:
        (x0, y0), (x1, y1) = piece
        return max(min(x0, x1) - x, x - max(x0, x1), 0) + max(min(y0, y1) - y, y - max(y0, y1), 0)

    (x0, y0), (x1, _) = min(itertools.pairwise(arrow.points), key=distance)
    if x0 == x1:
        return Rect(across(x0) + _GAP, down(plate.y), plate.width, plate.height)
    return Rect(across(plate.x), down(y0) - plate.height - 1, plate.width, plate.height)


def _pool(plane: ET.Element, drawing: Drawing, across: _Stretch, down: _Stretch) -> None:
    """The pool around all lanes. BPMN has no room between lanes: they meet halfway."""
    top, height = down(0), down(drawing.height) - down(0)
    left, right = across(0), across(drawing.width)
    pool = Rect(left, top - _POOL_HEAD, right - left, height + _POOL_HEAD)
    _shape(plane, "pool", pool, None, {"isHorizontal": "false"})
    lanes = sorted(drawing.lanes, key=lambda lane: lane.rect.x)
    edges = [left, *(across((a.rect.right + b.rect.x) / 2) for a, b in itertools.pairwise(lanes)), right]
    for lane, start, end in zip(lanes, edges[:-1], edges[1:], strict=True):
        _shape(plane, f"lane_{lane.id}", Rect(start, top, end - start, height), None, {"isHorizontal": "false"})


def _shape(plane: ET.Element, name: str, rect: Rect, label: Rect | None, extra: Mapping[str, str]) -> None:
    shape = ET.SubElement(plane, "bpmndi:BPMNShape", {"id": f"{name}_di", "bpmnElement": name, **extra})
    ET.SubElement(shape, "dc:Bounds", _bounds(rect))
    _label(shape, label)


def _edge(plane: ET.Element, name: str, points: Sequence[Point], label: Rect | None) -> None:
    edge = ET.SubElement(plane, "bpmndi:BPMNEdge", {"id": f"{name}_di", "bpmnElement": name})
    for x, y in _bends(points):
        ET.SubElement(edge, "di:waypoint", {"x": str(x), "y": str(y)})
    _label(edge, label)


def _label(owner: ET.Element, rect: Rect | None) -> None:
    if rect is not None:
        ET.SubElement(ET.SubElement(owner, "bpmndi:BPMNLabel"), "dc:Bounds", _bounds(rect))


def _bounds(rect: Rect) -> dict[str, str]:
    x, y = round(rect.x), round(rect.y)
    return {"x": str(x), "y": str(y), "width": str(round(rect.right) - x), "height": str(round(rect.bottom) - y)}


def _bends(points: Sequence[Point]) -> list[tuple[int, int]]:
    """The points of a line in whole pixels, without those in the middle of a straight piece."""
    found: list[tuple[int, int]] = []
    for x, y in points:
        point = (round(x), round(y))
        if found and found[-1] == point:
            continue
        if len(found) > 1 and (found[-2][0] == found[-1][0] == point[0] or found[-2][1] == found[-1][1] == point[1]):
            found.pop()
        found.append(point)
    return found
