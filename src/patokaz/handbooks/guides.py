"""Marks for scissors and folds, as a background: neither read out nor found as text."""

from __future__ import annotations

from patokaz.handbooks.drawings import drawing_url


def lines_url(path: str, width: float, height: float, dashes: str = "none") -> str:
    """The address of a drawing with thin lines along ``path`` on a sheet of ``width`` by ``height`` millimetres."""
    line = f'<path d="{path}" fill="none" stroke="#333333" stroke-width=".2" stroke-dasharray="{dashes}"/>'
    return drawing_url(line, width, height)


def cut_marks(columns: int, rows: int, width: float, height: float) -> str:
    """The address of a drawing for a sheet of cards of ``width`` by ``height`` millimetres: crosses where four meet, ticks at the edge."""
    across, down, arm = columns * width, rows * height, 4
    inner_x, inner_y = [x * width for x in range(1, columns)], [y * height for y in range(1, rows)]
    path = "".join(f"M{x:g} 0v{arm}M{x:g} {down:g}v-{arm}" for x in inner_x)
    path += "".join(f"M0 {y:g}h{arm}M{across:g} {y:g}h-{arm}" for y in inner_y)
    path += "".join(f"M{x:g} {y - arm:g}v{2 * arm}M{x - arm:g} {y:g}h{2 * arm}" for x in inner_x for y in inner_y)
    return lines_url(path, across, down)
