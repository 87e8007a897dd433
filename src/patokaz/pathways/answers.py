"""Answers under a box: where their labels lie when several flows leave a decision downwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SPACE = 4.0
"""CSS pixels between a label and the label or line beside it."""


@dataclass(frozen=True)
class Under:
    """A label under a box: its left end, from the middle of the box, and on which step under the box it stands."""

    low: float
    level: int


def labels_under(ports: Sequence[float], widths: Sequence[float], half: float) -> tuple[Under, ...]:
    """Labels of the flows that leave at ``ports`` (from the middle of a box ``2 * half`` wide, in order); width 0 is no label.

    Side by side where that reaches beyond the box hardly further than on two steps. On steps every label lies between the lines before
    and after its own, so that none stands on another line; two labels of a step are two lines apart.
    """
    flat = _flat(ports, widths)
    stepped = tuple(Under(low, k % 2) for k, low in enumerate(_between(ports, widths, half)))
    if flat and _beyond(flat, widths, half) <= max(SPACE, _beyond(stepped, widths, half)):
        return flat
    return stepped


def missing_under(ports: Sequence[float], widths: Sequence[float]) -> float:
    """By how much the widest label is too wide for the space between the lines beside it."""
    spaces = zip(ports, widths[1:], ports[2:], strict=False)
    return max((wide + 2 * SPACE - (after - before) for before, wide, after in spaces), default=0.0)


def _beyond(labels: Sequence[Under], widths: Sequence[float], half: float) -> float:
    """How far labels reach beyond the box."""
    return max(max(-half - label.low, label.low + wide - half) for label, wide in zip(labels, widths, strict=True))


def _flat(ports: Sequence[float], widths: Sequence[float]) -> tuple[Under, ...]:
    """Labels side by side, the outer ones pushed outwards by those nearer the middle; empty where one leaves its line."""
    lows = [port - wide / 2 for port, wide in zip(ports, widths, strict=True)]
    middle = min(range(len(ports)), key=lambda k: abs(ports[k]))
    for k in range(middle - 1, -1, -1):
        lows[k] = min(lows[k], lows[k + 1] - SPACE - widths[k])
    for k in range(middle + 1, len(ports)):
        lows[k] = max(lows[k], lows[k - 1] + widths[k - 1] + SPACE)
    for low, wide, port in zip(lows, widths, ports, strict=True):
        if wide and not low + SPACE <= port <= low + wide - SPACE:
            return ()
    return tuple(Under(low, 0) for low in lows)


def _between(ports: Sequence[float], widths: Sequence[float], half: float) -> list[float]:
    """The left end of each label, over its line as far as the lines beside it and the box allow."""
    lows: list[float] = []
    for k, (port, wide) in enumerate(zip(ports, widths, strict=True)):
        low = min(max(port - wide / 2, -half), half - wide)
        if k:
            low = max(low, ports[k - 1] + SPACE)
        if k + 1 < len(ports):
            low = min(low, ports[k + 1] - SPACE - wide)
        lows.append(low)
    return lows
