"""What a drawing is made of: topology (:class:`Chart`), words (:class:`Captions`), coordinates (:class:`Drawing`).

The topology is shared by all languages; words and coordinates belong to one. Lengths are CSS pixels at the size in which the web shows a drawing; y grows downwards. A drawing is laid out left to right and
mirrored for right-to-left languages as a whole, never its words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from patokaz.model.pathway import NodeType, Pin

Point = tuple[float, float]


@dataclass(frozen=True)
class Spot:
    """A node as the layout sees it: an id, a lane, a kind."""

    id: str
    lane: str
    type: NodeType


@dataclass(frozen=True)
class Flow:
    """All answers that lead from one node to another, as one line. ``answers`` are term ids, empty for a plain flow."""

    source: str
    target: str
    answers: tuple[str, ...] = ()
    loop: bool = False
    main: bool = False


@dataclass(frozen=True)
class Chart:
    """One drawing without words: spots in reading order, lanes in order, flows without a second one between the same two spots."""

    spots: tuple[Spot, ...]
    flows: tuple[Flow, ...]
    lanes: tuple[str, ...]
    pins: Mapping[str, Pin] = field(default_factory=dict)


@dataclass(frozen=True)
class Caption:
    """The words of a spot: label, badges under it in bold (who acts, by when), number at its corner (may be empty)."""

    label: str
    badges: tuple[str, ...] = ()
    number: str = ""


@dataclass(frozen=True)
class Captions:
    """All words of a drawing in one language. ``lanes`` is empty where the drawing shows no lane heads (phone)."""

    spots: Mapping[str, Caption]
    lanes: Mapping[str, str]
    answers: Mapping[str, str]
    rtl: bool = False


@dataclass(frozen=True)
class Rect:
    """A rectangle: left, top, width, height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height

    def mirrored(self, width: float) -> Rect:
        """The same seen in a mirror of a drawing ``width`` wide."""
        return Rect(width - self.right, self.y, self.width, self.height)


@dataclass(frozen=True)
class Line:
    """One line of words, its middle at ``center``, its ``baseline`` a y. ``width`` is what was measured."""

    words: str
    center: float
    baseline: float
    size: float
    bold: bool
    width: float


@dataclass(frozen=True)
class Box:
    """A drawn node. ``label`` and ``badges`` are broken into lines; ``number`` stands in a disc of ``disc``, or is None."""

    id: str
    type: NodeType
    lane: str
    rect: Rect
    label: tuple[Line, ...]
    badges: tuple[Line, ...]
    number: Line | None
    disc: Rect | None


@dataclass(frozen=True)
class Arrow:
    """A drawn flow: at least two points, axis-parallel pieces, the head at the last. ``label`` has ``plate`` under it."""

    source: str
    target: str
    points: tuple[Point, ...]
    loop: bool
    label: Line | None
    plate: Rect | None


@dataclass(frozen=True)
class Lane:
    """A drawn lane with the lines of its head."""

    id: str
    rect: Rect
    head: tuple[Line, ...]


@dataclass(frozen=True)
class Drawing:
    """A finished layout in one language; the origin is its top left corner. Boxes stand in reading order."""

    width: float
    height: float
    lanes: tuple[Lane, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    rtl: bool
