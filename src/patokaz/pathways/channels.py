"""How wide a channel between columns is: room for its lines, for labels beside and under boxes, for arrowheads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from patokaz.pathways.tracks import Run

ARROW_HEAD = 12.0
MARGIN = 10.0
EDGE = 4.0
"""CSS pixels. Lines keep EDGE from the edge of the drawing; boxes, whose discs reach out, MARGIN."""


@dataclass(frozen=True)
class Block:
    """What a label takes of a channel: ``reach`` from the side of the channel ``at_left`` or right, and ``tip`` for an arrowhead.

    Upright runs that touch the lattice points ``first`` to ``last`` of the channel pass it.
    """

    channel: int
    at_left: bool
    reach: float
    first: int
    last: int
    tip: float

    def meets(self, run: Run) -> bool:
        """Whether a run of the channel passes the label."""
        return run.start <= self.last and run.end >= self.first


def channel_room(
    runs: Sequence[tuple[Run, float]], blocks: Sequence[Block], *, first: bool, last: bool
) -> tuple[float, float]:
    """Where the middle of a channel is, from its left side, and how wide it is.

    ``runs`` are its upright runs with their offsets from that middle. No run comes nearer to a side than a label that it passes.
    """
    left = [block for block in blocks if block.at_left]
    right = [block for block in blocks if not block.at_left]
    room = max([MARGIN if first or last else 2 * ARROW_HEAD, *(block.reach + block.tip for block in blocks)])
    room = max([room, *(a.reach + b.reach for a in left for b in right if a.last == b.last)])
    if not runs:
        return room / 2, room
    origin = (EDGE if first else ARROW_HEAD) - min(offset for _, offset in runs)
    origin = max([origin, *(block.reach - offset for block in left for run, offset in runs if block.meets(run))])
    room = max(room, origin + max(offset for _, offset in runs) + (EDGE if last else ARROW_HEAD + 2))
    ends = [origin + offset + block.reach for block in right for run, offset in runs if block.meets(run)]
    return origin, max([room, *ends])
