"""The order of pages in a booklet: which page lies where on which side of which sheet, so that folding puts them in order."""

from __future__ import annotations

from dataclasses import dataclass

_SIDES = 4
"""Pages on a sheet: two on each side."""

MOST_SHEETS = 20
"""Sheets in a booklet that nobody asked to divide. Office staplers are made for about twenty sheets of 80 g/m², and the inner pages of a
thicker fold creep visibly out of the outer ones; a longer book becomes several booklets that can each be stapled."""

Side = tuple[int | None, int | None]
"""The pages on the left and on the right, counted from 1; None is blank."""


@dataclass(frozen=True)
class Sheet:
    """A sheet lying across. Behind the left half of the front is the right half of the back: the printer flips on the short edge."""

    front: Side
    back: Side


def signatures(pages: int, most: int | None = None) -> tuple[int, ...]:
    """How many sheets each booklet of a book has: as few booklets as ``most`` sheets allow, as equal as can be, the thicker first.

    ``most`` is at least 1; None takes :data:`MOST_SHEETS`.
    """
    sheets = -(-pages // _SIDES)
    parts = -(-sheets // (most or MOST_SHEETS))
    return tuple(sheets // parts + (number < sheets % parts) for number in range(parts))


def order(pages: int, most: int | None = None, *, right_to_left: bool = False) -> tuple[Sheet, ...]:
    """The sheets of a book of ``pages`` pages, booklet after booklet, the outermost sheet of each first.

    Blank pages at the end fill up to a multiple of four. A book that is read from right to left opens on the other side.
    """
    sizes = signatures(pages, most)
    blanks = sum(sizes) * _SIDES - pages
    leaves: list[int | None] = [*range(1, pages + 1), *[None] * blanks]
    sheets, start = [], 0
    for size in sizes:
        own = leaves[start : start + size * _SIDES]
        start += len(own)
        for outer in range(0, len(own) // 2, 2):
            front, back = (own[-1 - outer], own[outer]), (own[outer + 1], own[-2 - outer])
            if right_to_left:
                front, back = front[::-1], back[::-1]
            sheets.append(Sheet(front, back))
    return tuple(sheets)
