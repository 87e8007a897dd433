"""Blocks: the passages of a text – title, heading, paragraph, list item, table cell – that are compared, translated and redlined one by one."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Literal

BlockKind = Literal["title", "summary", "ask", "label", "heading", "paragraph", "item", "cell", "code"]

FRONT = "front"
"""The section of what stands in the front matter."""


@dataclass(frozen=True)
class Span:
    """A piece of one line of a file: ``line`` from 1, ``start`` and ``end`` as offsets in the line."""

    line: int
    start: int
    end: int


@dataclass(frozen=True)
class Block:
    """One passage.

    ``section`` is the id of the heading that it stands under (its own for a heading), empty before the first one and
    :data:`FRONT` in the front matter. ``words`` is its Markdown with white space collapsed. ``container`` says what encloses
    it, from outside: ``ol``, ``ul``, ``quote``, ``table``, ``level2`` for a heading; ``name`` is the key of a label. ``row`` counts the rows of a
    table from 0, the head's. ``spans`` are the pieces of the file that hold it; none where they cannot be replaced one by one.
    """

    kind: BlockKind
    section: str
    words: str
    container: tuple[str, ...] = ()
    name: str = ""
    row: int = 0
    spans: tuple[Span, ...] = ()

    @property
    def fingerprint(self) -> str:
        """Eight hexadecimal digits over what it is and says. Place, line breaks and runs of white space do not count."""
        return short_hash(self.kind, "/".join(self.container), self.name, self.words)


def short_hash(*parts: str, digits: int = 8) -> str:
    """Hexadecimal digits of a SHA-256 over ``parts``."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:digits]
