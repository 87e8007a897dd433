"""Texts: the words of a document in one language, with the places a check needs."""

from __future__ import annotations

import datetime
import functools
from dataclasses import dataclass
from typing import Annotated

from pydantic import Field

from patokaz.findings import Location
from patokaz.model.base import Audience, Model, NonEmpty, Revision, Slug
from patokaz.model.blocks import Block, short_hash

Fingerprint = Annotated[str, Field(pattern=r"^[0-9a-f]{8}$")]
"""Of one block, see :class:`patokaz.model.blocks.Block`."""

Fingerprints = Annotated[str, Field(pattern=r"^[0-9a-f]{8}( [0-9a-f]{8})*$")]
"""Of the blocks of a section, in order, with spaces between: a line in a review."""


class Stamp(Model):
    """Which state of the original a translation follows."""

    revision: Revision
    fingerprint: Annotated[str, Field(pattern=r"^[0-9a-f]{8,64}$")]


class Follows(Model):
    """``<lang>.follows.yml``: the fingerprints of the passages of the original that a translation renders, by section, in order.

    ``labels`` are those of a pathway's node labels (``n-<id>``) and phase titles (``phase-<id>``).
    """

    revision: Revision
    sections: dict[str, Fingerprints] = Field(default_factory=dict)
    labels: dict[str, Fingerprint] = Field(default_factory=dict)


class TranslationNote(Model):
    """Who translated and who reviewed, and when that was done last; an unreviewed translation says so on its page."""

    by: NonEmpty
    reviewed_by: NonEmpty | None = None
    date: datetime.date | None = None


class FrontMatter(Model):
    """The opening of a text: words and the translation stamp only."""

    title: NonEmpty
    summary: NonEmpty
    asks: tuple[NonEmpty, ...] = ()
    labels: dict[Slug, NonEmpty] = Field(default_factory=dict)
    translates: Stamp | None = None
    translation: TranslationNote | None = None


class PageFrontMatter(FrontMatter):
    """The opening of a hand-written page, which has no record beside it."""

    audience: Audience = "professional"


@dataclass(frozen=True)
class Heading:
    """A Markdown heading."""

    level: int
    words: str
    anchor: str | None
    location: Location
    line_index: int


@dataclass(frozen=True)
class Question:
    """How an officer would ask for what a text says, for search.

    ``anchor`` is the id of the section that answers, as its page has it; None where the whole page does.
    """

    words: str
    anchor: str | None
    location: Location


@dataclass(frozen=True)
class Reference:
    """``[words](scheme:target)``."""

    scheme: str
    target: str
    words: str
    location: Location


@dataclass(frozen=True)
class Link:
    """Any other Markdown link, image or address in angle brackets. ``words`` of the latter are the address."""

    target: str
    words: str
    is_image: bool
    location: Location


@dataclass(frozen=True)
class Mark:
    """A place that a hygiene rule looks at.

    ``kind`` is ``html`` (``value`` the tag), ``tag`` (an allowed tag, ``value`` as written), ``underline`` (a heading
    written with a line under it) or ``unseen`` (Markdown that the scanner cannot follow).
    """

    kind: str
    value: str
    location: Location


@dataclass(frozen=True)
class Text:
    """The words of a document in one language.

    ``body`` is the Markdown after the front matter; ``body_line`` its first line's number in the file.
    """

    language: str
    front: FrontMatter
    body: str
    body_line: int
    path: str
    headings: tuple[Heading, ...]
    references: tuple[Reference, ...]
    links: tuple[Link, ...]
    marks: tuple[Mark, ...]
    blocks: tuple[Block, ...]
    questions: tuple[Question, ...] = ()
    follows: Follows | None = None

    @functools.cached_property
    def fingerprint(self) -> str:
        """Sixteen hexadecimal digits over what a translator translates: all blocks, in order, with their sections.

        White space, line breaks and Unicode composition do not count.
        """
        return short_hash(*(f"{block.section}:{block.fingerprint}" for block in self.blocks), digits=16)
