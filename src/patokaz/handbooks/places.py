"""Places of page numbers: blanks as wide as three digits in a chapter, which the linker fills in. ``make_page_fonts.py`` makes their glyphs.

A place is three private characters, which name its target by a number: the first, the second … place of the part.
"""

from __future__ import annotations

from patokaz.findings import KbError

FIRST_BLANK = 0xE000
BASE = 64
ROOM = 3
"""How many digits a place is wide. Longer numbers are set narrower."""

PLACE = "at"
"""The class of the element round a place, which is set in the fonts of page numbers."""

SCHEME = "patokaz:"
"""How a link leads to a name that the linker resolves: ``patokaz:sops-sop-02--make-safe``."""


class Places:
    """The places of one part, in order; ``targets`` are the names whose pages they give."""

    def __init__(self) -> None:
        self._targets: list[str] = []

    @property
    def targets(self) -> tuple[str, ...]:
        """The name that each place stands for."""
        return tuple(self._targets)

    def keep(self, target: str) -> str:
        """The characters that keep a place for the page of ``target``. Raises :class:`KbError` beyond 262,144 places."""
        number = len(self._targets)
        if number >= BASE**ROOM:
            raise KbError(f"one part of a handbook refers to more than {BASE**ROOM} pages")
        self._targets.append(target)
        return "".join(chr(FIRST_BLANK + number // BASE**power % BASE) for power in range(ROOM - 1, -1, -1))


def number_of(blanks: list[int]) -> int:
    """The number of the place that ``blanks``, each 0 … 63, stand for."""
    number = 0
    for blank in blanks:
        number = number * BASE + blank
    return number
