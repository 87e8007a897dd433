"""Boxes round words: broken lines, heights, the place of every line and of the disc with the number."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from patokaz.pathways.chart import Box, Caption, Line, Rect, Spot
from patokaz.pathways.measure import width, wrap

LABEL_SIZE, BADGE_SIZE, NUMBER_SIZE, ANSWER_SIZE = 12.0, 11.0, 11.0, 11.0
"""CSS pixels. In print the smallest is at least 7 points on A4 for a chart of published size, so they stay near each other."""

LABEL_STEP, BADGE_STEP = 15.0, 14.0
PAD_X, PAD_Y = 9.0, 8.0
CUT = 11.0
"""How far the slanted ends of a decision reach into its box."""

DISC = 19.0
BASELINE = 0.36
"""A baseline lies this part of the size under the middle of its line: half the height of capitals in Noto Sans (0.714)."""


_PARTS = re.compile(r"\s+|(?<=[-/])")


@dataclass(frozen=True)
class Sized:
    """The words of a spot in lines, and the least height of its box."""

    label: tuple[str, ...]
    badges: tuple[str, ...]
    height: float


def sized(spot: Spot, caption: Caption, box_width: float) -> Sized:
    """A caption broken to fit a box ``box_width`` wide."""
    inside = box_width - 2 * PAD_X - (CUT if spot.type == "decision" else 0)
    label = wrap(caption.label, inside, LABEL_SIZE)
    badges = tuple(line for badge in caption.badges for line in wrap(badge, inside, BADGE_SIZE, True))
    return Sized(label, badges, 2 * PAD_Y + LABEL_STEP * len(label) + BADGE_STEP * len(badges))


def unbroken_width(spot: Spot, caption: Caption) -> float:
    """The least width of a box in which no word of the caption has to be broken, other than at its own hyphens and slashes."""
    words = [(part, LABEL_SIZE, False) for part in _PARTS.split(caption.label)]
    words += [(part, BADGE_SIZE, True) for badge in caption.badges for part in _PARTS.split(badge)]
    widest = max(width(*word) for word in words)
    return math.ceil(widest + 2 * PAD_X + (CUT if spot.type == "decision" else 0))


def line(words: str, center: float, middle: float, size: float, bold: bool) -> Line:
    """A line of words about a point."""
    return Line(words, center, middle + BASELINE * size, size, bold, width(words, size, bold))


def box(spot: Spot, caption: Caption, words: Sized, rect: Rect) -> Box:
    """A box at its place, its words in the middle of it."""
    center = rect.x + rect.width / 2
    y = rect.y + (rect.height - words.height) / 2 + PAD_Y
    label = tuple(line(t, center, y + (k + 0.5) * LABEL_STEP, LABEL_SIZE, False) for k, t in enumerate(words.label))
    y += len(label) * LABEL_STEP
    badges = tuple(line(t, center, y + (k + 0.5) * BADGE_STEP, BADGE_SIZE, True) for k, t in enumerate(words.badges))
    number, disc = None, None
    if caption.number:
        across = max(DISC, width(caption.number, NUMBER_SIZE, True) + 6)
        # At the corner that is drawn, which a decision has further in.
        x = rect.x + (CUT - 1 if spot.type == "decision" else 2)
        disc = Rect(x - across / 2, rect.y - across / 2, across, across)
        number = line(caption.number, x, rect.y, NUMBER_SIZE, True)
    return Box(spot.id, spot.type, spot.lane, rect, label, badges, number, disc)
