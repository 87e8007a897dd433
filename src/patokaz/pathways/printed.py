"""A drawing for print: shapes and lines as SVG without text, all words as positioned HTML over it.

WeasyPrint draws SVG text letter by letter (Arabic comes out unjoined) and drops links in SVG; words in HTML are shaped by Pango,
linked, selectable and tagged (measured in the reference of this approach).
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from patokaz.model.pathway import NodeType
from patokaz.pathways.bands import Band
from patokaz.pathways.chart import Box, Drawing, Line, Point
from patokaz.pathways.shapes import bars, frame, head, line, number, outline
from patokaz.pathways.svg import Address

_FILL: dict[NodeType, str] = {
    "start": "#efe9f8",
    "task": "#eef4fb",
    "decision": "#fff4d6",
    "outcome": "#e6f4ea",
    "link": "#ffffff",
    "call": "#f3f3f3",
    "split": "#f3f3f3",
    "join": "#f3f3f3",
}
_INK, _LINE = "#16222b", "#4a5560"
_BANDS = (0.04, 0.075)
"""How opaque the ink of lanes is: what is written across the page shows through."""
_STROKE: dict[NodeType, float] = {"outcome": 3, "decision": 1.8}

_POINT = 72 / 25.4
# Noto Sans: how far letters reach above and below the baseline, in parts of the size (hhea table of the shipped faces).
_ASCENT, _DESCENT = 1.069, 0.293


def to_print(
    drawing: Drawing, scale: float, addresses: Mapping[str, Address], title: str, band: Band | None = None
) -> str:
    """The drawing, or a band of it, as a ``<div>`` of fixed size. ``scale`` is millimetres per pixel; links are the boxes' addresses.

    ``title`` is what a screen reader says of the shapes; their words stand beside them as text.
    """
    top, bottom = band or (0.0, drawing.height)
    width, height = f"{drawing.width * scale:.2f}mm", f"{(bottom - top) * scale:.2f}mm"
    direction = ' dir="rtl"' if drawing.rtl else ""
    parts = [
        f'<div class="pk-drawing"{direction} style="width:{width};height:{height}">',
        _shapes(drawing, (top, bottom), width, height, title),
    ]
    boxes = [box for box in drawing.boxes if top <= box.rect.y < bottom]
    lines = [item for lane in drawing.lanes for item in lane.head]
    answers = [arrow.label for arrow in drawing.arrows if arrow.label]
    parts += [_words(item, scale, (0, top)) for item in lines if top <= item.baseline < bottom]
    parts += [_box(box, scale, addresses[box.id], top) for box in boxes]
    parts += [_words(item, scale, (0, top)) for item in answers if top <= item.baseline < bottom]
    parts.append("</div>")
    return "\n".join(parts)


def _shapes(drawing: Drawing, band: Band, width: str, height: str, title: str) -> str:
    top, bottom = band
    view = f"0 {number(top)} {number(drawing.width)} {number(bottom - top)}"
    parts = [f'<svg viewBox="{view}" width="{width}" height="{height}"><title>{escape(title)}</title>']
    for index, lane in enumerate(drawing.lanes):
        parts.append(f'<path d="{frame(lane.rect)}" fill="{_INK}" fill-opacity="{_BANDS[index % 2]}"/>')
    for arrow in drawing.arrows:
        dashes = ' stroke-dasharray="5 3"' if arrow.loop else ""
        parts.append(f'<path d="{line(arrow)}" fill="none" stroke="{_LINE}" stroke-width="1.6"{dashes}/>')
        parts.append(f'<path d="{head(arrow)}" fill="{_LINE}"/>')
    parts += [f'<path d="{frame(arrow.plate)}" fill="#ffffff"/>' for arrow in drawing.arrows if arrow.plate]
    for box in drawing.boxes:
        dashes = ' stroke-dasharray="3 2"' if box.type == "link" else ""
        stroke = f'stroke="{_LINE}" stroke-width="{_STROKE.get(box.type, 1.4)}"'
        parts.append(f'<path d="{outline(box.type, box.rect)}" fill="{_FILL[box.type]}" {stroke}{dashes}/>')
        extra = bars(box.type, box.rect)
        if extra:
            parts.append(f'<path d="{extra}" fill="none" {stroke}/>')
        if box.disc:
            x, y = number(box.disc.x + box.disc.width / 2), number(box.disc.y + box.disc.height / 2)
            parts.append(f'<circle cx="{x}" cy="{y}" r="{number(box.disc.width / 2)}" fill="#ffffff" {stroke}/>')
    parts.append("</svg>")
    return "".join(parts)


def _box(box: Box, scale: float, address: Address, above: float = 0) -> str:
    # One link over the whole box, its lines inside it: one thing to click, and one sentence to hear.
    rect = box.rect
    place = f"left:{rect.x * scale:.2f}mm;top:{(rect.y - above) * scale:.2f}mm;width:{rect.width * scale:.2f}mm;height:{rect.height * scale:.2f}mm"
    lines = [*([box.number] if box.number else []), *box.label, *box.badges]
    words = " ".join(_words(item, scale, (rect.x, rect.y)) for item in lines)
    if not address.href:
        return f'<span style="{place}">{words}</span>'
    return f'<a href="{escape(address.href)}" style="{place}">{words}</a>'


def _words(item: Line, scale: float, origin: Point = (0, 0)) -> str:
    size = item.size * scale
    top = (item.baseline - origin[1]) * scale - _ASCENT * size
    # A little air at both sides: the printer's own shaping may differ by a hair, and a line must never break.
    left, width = (item.center - item.width / 2 - origin[0]) * scale - 2, item.width * scale + 4
    style = (
        f"left:{left:.2f}mm;top:{top:.2f}mm;width:{width:.2f}mm;"
        f"font-size:{size * _POINT:.2f}pt;line-height:{(_ASCENT + _DESCENT) * size * _POINT:.2f}pt"
        + (";font-weight:bold" if item.bold else "")
    )
    return f'<span style="{style}">{escape(item.words)}</span>'
