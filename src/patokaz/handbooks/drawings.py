"""Drawings for the background of pages, which an address holds whole."""

from __future__ import annotations

import base64

from patokaz.pathways.shapes import SVG

DRAWING = "data:image/svg+xml;base64,"
"""How the address of a drawing begins that holds the drawing itself."""


def drawing_url(content: str, width: float, height: float) -> str:
    """The address of an SVG of ``width`` by ``height`` millimetres, in which ``content`` is drawn in millimetres."""
    svg = (
        f'<svg xmlns="{SVG}" viewBox="0 0 {width:g} {height:g}" width="{width:g}mm" height="{height:g}mm">'
        f"{content}</svg>"
    )
    return f"{DRAWING}{base64.b64encode(svg.encode()).decode()}"
