"""Marks for scissors and folds, as a background: neither read out nor found as text."""

from __future__ import annotations

import base64


def drawing_url(path: str, width: float, height: float, dashes: str = "none") -> str:
    """The ``data:`` address of an SVG with thin lines along ``path`` on a sheet of ``width`` by ``height`` millimetres."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}mm" height="{height:g}mm">'
        f'<path d="{path}" fill="none" stroke="#333333" stroke-width=".2" stroke-dasharray="{dashes}"/></svg>'
    )
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"
