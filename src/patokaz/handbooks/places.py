"""Places of page numbers: blanks as wide as three digits in a chapter, which the linker fills in. ``make_page_fonts.py`` makes their glyphs.

A place is three private characters, which name its target by a number: the first, the second … place of the part. What stands round
a number, ``(p. `` and ``)``, is private characters too: no other font has them, so that all of it is set in that of page numbers without
an element of its own. To lay out and tag those cost a tenth of a handbook.
"""

from __future__ import annotations

import re

from patokaz.findings import KbError

FIRST_BLANK = 0xE000
BASE = 64
ROOM = 3
"""How many digits a place is wide. Longer numbers are set narrower."""

SIGNS = "0123456789()[].,:;-– \u00a0abcdefghijklmnopqrstuvwxyzçëабвгдѓежзѕијјклљмнњопрстќуфхцчџш"
"""What the fonts of page numbers can show round a number."""

FIRST_SIGN = 0xE100
"""The private character of the first of the signs; the others follow in their order."""

_TWINS = {ord(sign): FIRST_SIGN + index for index, sign in enumerate(SIGNS)}
_PRIVATE = re.compile("[\ue000-\ue1ff]")

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

    def refer(self, before: str, target: str, after: str) -> str:
        """A place with ``before`` and ``after`` round it, broken only in a line that is narrower than all of it.

        Raises :class:`KbError` as :meth:`keep`, and for a letter that the fonts of page numbers lack.
        """
        for letter in f"{before}{after}":
            if letter not in SIGNS:
                raise KbError(f"the fonts of page numbers have no {letter!r} (make_page_fonts.py)")
        return f"{before.translate(_TWINS)}{self.keep(target)}{after.translate(_TWINS)}"


def without_places(text: str) -> str:
    """The words of a text with places in it."""
    return _PRIVATE.sub("", text)


def number_of(blanks: list[int]) -> int:
    """The number of the place that ``blanks``, each 0 … 63, stand for."""
    number = 0
    for blank in blanks:
        number = number * BASE + blank
    return number
