"""A drawing for the web: inline SVG with real text, a link a node, names and descriptions; colours come from ``pathway.css``.

Nothing in it depends on a renderer's idea of a text's width: every line of words was measured and is set in its middle.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from patokaz.pathways.chart import Box, Drawing, Lane, Line
from patokaz.pathways.shapes import bars, frame, head, line, number, outline


@dataclass(frozen=True)
class Address:
    """Where a node or lane leads (``href``, empty for nowhere) and its whole name for those who hear it."""

    href: str
    name: str


def to_svg(
    drawing: Drawing,
    *,
    prefix: str,
    title: str,
    description: str,
    addresses: Mapping[str, Address],
    lanes: Mapping[str, Address],
) -> str:
    """The drawing as an ``<svg>`` element.

    ``prefix`` starts every id; ``addresses`` are by box id, in whose order the keyboard walks; ``lanes`` by lane id. The pieces
    that only the eye needs are hidden from screen readers; the arrows are told by the outline.
    """
    width, height = number(drawing.width), number(drawing.height)
    direction = ' direction="rtl"' if drawing.rtl else ""
    parts = [
        f'<svg class="pw" viewBox="0 0 {width} {height}" width="{width}" height="{height}"{direction} role="group"'
        f' aria-labelledby="{prefix}-t" aria-describedby="{prefix}-d">'
        f'<title id="{prefix}-t">{escape(title)}</title><desc id="{prefix}-d">{escape(description)}</desc>'
    ]
    parts += [_lane(lane, index, lanes.get(lane.id)) for index, lane in enumerate(drawing.lanes)]
    parts.append('<g aria-hidden="true">')
    for arrow in drawing.arrows:
        loop = ' class="pw-loop"' if arrow.loop else ""
        parts.append(f'<path{loop} d="{line(arrow)}" fill="none"/><path class="pw-tip" d="{head(arrow)}"/>')
    for arrow in drawing.arrows:
        if arrow.label and arrow.plate:
            parts.append(f'<path class="pw-plate" d="{frame(arrow.plate)}"/>{_text(arrow.label)}')
    parts.append("</g>")
    parts += [_box(box, f"{prefix}-{box.id}", addresses[box.id]) for box in drawing.boxes]
    parts.append("</svg>")
    return "\n".join(parts)


def _lane(lane: Lane, index: int, address: Address | None) -> str:
    band = f'<path class="pw-lane{index % 2}" d="{frame(lane.rect)}"/>'
    words = "".join(_text(item) for item in lane.head)
    if words and address:
        words = _linked(address, f'class="pw-head" aria-label="{escape(address.name)}"', words)
    return f"<g>{band}{words}</g>"


@functools.lru_cache(maxsize=8192)
def _box(box: Box, name: str, address: Address) -> str:
    shape = f'<path class="pw-shape" d="{outline(box.type, box.rect)}"/>'
    extra = bars(box.type, box.rect)
    if extra:
        shape += f'<path d="{extra}" fill="none"/>'
    words = "".join(_text(item) for item in box.label) + "".join(_text(item, "pw-badge") for item in box.badges)
    if box.number and box.disc:
        disc = box.disc
        radius = number(disc.width / 2)
        center = f'cx="{number(disc.x + disc.width / 2)}" cy="{number(disc.y + disc.height / 2)}"'
        words += f'<circle class="pw-disc" {center} r="{radius}"/>{_text(box.number)}'
    attributes = f'id="{name}" class="pw-{box.type}" aria-label="{escape(address.name)}"'
    return _linked(address, attributes, f"<title>{escape(address.name)}</title>{shape}{words}")


def _linked(address: Address, attributes: str, inner: str) -> str:
    if not address.href:
        return f'<g role="img" {attributes}>{inner}</g>'
    return f'<a href="{escape(address.href)}" {attributes}>{inner}</a>'


def _text(item: Line, kind: str = "") -> str:
    classes = " ".join(filter(None, (kind, "pw-bold" if item.bold else "", f"pw-{number(item.size)}")))
    return f'<text class="{classes}" x="{number(item.center)}" y="{number(item.baseline)}">{escape(item.words)}</text>'
