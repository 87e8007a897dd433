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


def cut_marks(columns: int, rows: int, width: float, height: float) -> str:
    """The address of a drawing for a sheet of cards of ``width`` by ``height`` millimetres: crosses where four meet, ticks at the edge."""
    across, down, arm = columns * width, rows * height, 4
    inner_x, inner_y = [x * width for x in range(1, columns)], [y * height for y in range(1, rows)]
    path = "".join(f"M{x:g} 0v{arm}M{x:g} {down:g}v-{arm}" for x in inner_x)
    path += "".join(f"M0 {y:g}h{arm}M{across:g} {y:g}h-{arm}" for y in inner_y)
    path += "".join(f"M{x:g} {y - arm:g}v{2 * arm}M{x - arm:g} {y:g}h{2 * arm}" for x in inner_x for y in inner_y)
    return drawing_url(path, across, down)
