"""How items open in Markdown: their signs and numbers, and the columns in which their words begin."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARKER = re.compile(r"^( *)(?:([-*+])|(\d{1,9})([.)]))( +|$)")
QUOTE = re.compile(r"^ {0,3}> ?")
"""What opens a line of a quote."""


@dataclass(frozen=True)
class Marker:
    """How an item opens: spaces before, sign or number with its point, spaces after."""

    indent: int
    sign: str
    number: int | None
    after: int

    @property
    def text(self) -> str:
        """The sign as written, with its number."""
        return f"{'' if self.number is None else self.number}{self.sign}"

    @property
    def content(self) -> int:
        """The column where the words begin."""
        return self.indent + len(self.text) + self.after


def moved(line: str, columns: int) -> str:
    """A line with that many more or fewer spaces before its words."""
    if not line.strip():
        return line
    room = len(line) - len(line.lstrip(" "))
    return " " * max(0, room + columns) + line.lstrip(" ")


def marker_of(line: str, quoted: bool) -> Marker:
    """The marker of an item's first line."""
    match = _MARKER.match(QUOTE.sub("", line) if quoted else line)
    assert match is not None, line
    number = int(match[3]) if match[3] else None
    return Marker(len(match[1]), match[2] or match[4], number, len(match[5]))
