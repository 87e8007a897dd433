"""A drawing for print: shapes and lines as SVG without text, all words as positioned HTML over it.

WeasyPrint draws SVG text letter by letter (Arabic comes out unjoined) and drops links in SVG; words in HTML are shaped by Pango,
linked, selectable and tagged (measured in the reference of this approach).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from math import isclose

from patokaz.model.pathway import NodeType
from patokaz.pathways.bands import Band
from patokaz.pathways.chart import Box, Drawing, Line, Point
from patokaz.pathways.shapes import SVG, bars, frame, head, line, number, outline
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
    heads = [block for lane in drawing.lanes for block in _blocks(lane.head)]
    answers = [[arrow.label] for arrow in drawing.arrows if arrow.label]
    parts += [_words(block, scale, (0, top)) for block in heads if top <= block[0].baseline < bottom]
    parts += [_box(box, scale, addresses[box.id], top) for box in boxes]
    parts += [_words(block, scale, (0, top)) for block in answers if top <= block[0].baseline < bottom]
    parts.append("</div>")
    return "\n".join(parts)


def _shapes(drawing: Drawing, band: Band, width: str, height: str, title: str) -> str:
    top, bottom = band
    view = f"0 {number(top)} {number(drawing.width)} {number(bottom - top)}"
    parts = [f'<svg xmlns="{SVG}" viewBox="{view}" width="{width}" height="{height}"><title>{escape(title)}</title>']
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
    words = " ".join(_words(block, scale, (rect.x, rect.y)) for block in _blocks(lines))
    if not address.href:
        return f'<span style="{place}">{words}</span>'
    return f'<a href="{escape(address.href)}" style="{place}">{words}</a>'


def _blocks(lines: Iterable[Line]) -> list[list[Line]]:
    """Lines of one kind that stand evenly under one another are set in one element: each one costs as much as a paragraph."""
    blocks: list[list[Line]] = []
    for item in lines:
        block = blocks[-1] if blocks else []
        if (
            block
            and (block[-1].size, block[-1].bold, block[-1].center) == (item.size, item.bold, item.center)
            and (len(block) == 1 or isclose(_step(block), item.baseline - block[-1].baseline))
            and item.baseline > block[-1].baseline
        ):
            block.append(item)
        else:
            blocks.append([item])
    return blocks


def _step(block: Sequence[Line]) -> float:
    """From one baseline of a block to the next; as high as its letters if there is but one."""
    return block[1].baseline - block[0].baseline if len(block) > 1 else (_ASCENT + _DESCENT) * block[0].size


def _words(block: Sequence[Line], scale: float, origin: Point = (0, 0)) -> str:
    first, wide = block[0], max(item.width for item in block)
    height = _step(block)
    # The letters stand in the middle of their line.
    above = _ASCENT * first.size + (height - (_ASCENT + _DESCENT) * first.size) / 2
    top = (first.baseline - origin[1] - above) * scale
    # A little air at both sides: the printer's own shaping may differ by a hair, and a line must never break.
    left, width = (first.center - wide / 2 - origin[0]) * scale - 2, wide * scale + 4
    style = (
        f"left:{left:.2f}mm;top:{top:.2f}mm;width:{width:.2f}mm;"
        f"font-size:{first.size * scale * _POINT:.2f}pt;line-height:{height * scale * _POINT:.2f}pt"
        + (";font-weight:bold" if first.bold else "")
    )
    # Ends of lines are kept (drawing.css): a break would be two boxes more, and no space between the words of a link's description.
    lines = "\n".join(escape(item.words) for item in block)
    return f'<span style="{style}">{lines}</span>'
