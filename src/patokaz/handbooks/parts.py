"""What is printed and bound: parts, each rendered alone, and books, which are parts in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from patokaz.handbooks.formats import PAGES, Format
from patokaz.model.blocks import short_hash

PartKind = Literal["front", "filing", "document", "register", "index"]


@dataclass(frozen=True)
class Part:
    """One HTML document that becomes one PDF of its own.

    ``name`` is unique in a book; the names of its sections begin with it. ``images`` maps a link in the HTML to a source
    file. ``places`` are the names whose pages its blanks stand for, in order (:mod:`patokaz.handbooks.places`).
    ``says`` is a fingerprint of what it says, whatever the edition. The first ``unnumbered`` pages show no page number of the book.
    ``type_size``: how many times as large it is printed as it is laid out (:class:`Format`).
    """

    name: str
    kind: PartKind
    title: str
    html: str
    says: str
    images: Mapping[str, str] = field(default_factory=dict)
    places: tuple[str, ...] = ()
    document: str = ""
    revision: str = ""
    unnumbered: int = 0
    type_size: float = 1


@dataclass(frozen=True)
class Book:
    """Parts that are linked to one PDF. ``folder`` is where it goes in the site; ``numbered``: its pages are counted through.

    ``format`` is that of all its parts.
    """

    folder: str
    id: str
    language: str
    title: str
    author: str
    date: str
    parts: tuple[Part, ...]
    numbered: bool = True
    format: Format = PAGES

    @property
    def file_name(self) -> str:
        """``border-police-mk.pdf``; in another format than that of handbooks ``border-police-mk-large-print.pdf``."""
        suffix = "" if self.format == PAGES else f"-{self.format.name}"
        return f"{self.id}-{self.language}{suffix}.pdf"

    @property
    def path(self) -> str:
        """``handbooks/border-police-mk.pdf``, from the site's root."""
        return f"{self.folder}/{self.file_name}"


def fingerprint(*parts: str) -> str:
    """Sixteen hexadecimal digits over what a part says."""
    return short_hash(*parts, digits=16)
