"""The kinds of changes between two states of a document. Values only: words for readers are made in ``pages.redline``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from patokaz.model.glossary import Limit
from patokaz.revisions.alignment import Spot
from patokaz.revisions.passages import Passage
from patokaz.revisions.words import Piece

PlaceKind = Literal["document", "intro", "measure", "step", "article", "section", "field", "phase", "node"]

SECTIONS = ("measure", "step", "article", "section")
"""Kinds of places that are a heading with what stands under it."""


@dataclass(frozen=True)
class Place:
    """What a change is about. ``document`` has facts and front matter, ``intro`` is the text before the first heading.

    ``id`` is that of a heading, field, phase or node; ``number`` what readers see before ``title``, which is Markdown.
    """

    kind: PlaceKind
    id: str = ""
    number: str = ""
    title: str = ""


@dataclass(frozen=True)
class Value:
    """An entry of a fact: what kind of name it is, and the name.

    ``kind`` is ``role``, ``doc``, ``law``, ``limit``, ``person``, ``contact``, ``source``, ``term``, ``indicators``, ``family``, ``step``,
    ``node``, ``duration``, ``date``, ``event``, ``revision`` or ``plain``. ``limit`` is the entry that a limit's key stood for.
    """

    kind: str
    name: str
    limit: Limit | None = None


@dataclass(frozen=True)
class Change:
    """A change at a place. ``roles`` are all whom it concerns, in the old or the new state, those who act first."""

    place: Place
    roles: tuple[str, ...]


@dataclass(frozen=True)
class FactChanged(Change):
    """A fact of the record or of a node: ``fact`` is its key, an empty tuple that nothing was or is said.

    ``name`` tells apart facts of one key: the limit whose start changed.
    """

    fact: str
    old: tuple[Value, ...]
    new: tuple[Value, ...]
    name: str = ""


@dataclass(frozen=True)
class PartAdded(Change):
    """A section, field, phase or node is new. ``at`` is (key of the section around it, index there) for a section."""

    at: Spot | None = None


@dataclass(frozen=True)
class PartRemoved(Change):
    """A section, field, phase or node is gone."""


@dataclass(frozen=True)
class PartMoved(Change):
    """A section with what it holds, a field, phase or node stands elsewhere. ``was`` is the place with its old number.

    ``old_parent`` and ``new_parent`` are the places around it where these differ.
    """

    was: Place
    old_parent: Place | None = None
    new_parent: Place | None = None
    at: Spot | None = None


@dataclass(frozen=True)
class PartRenamed(Change):
    """A heading has another id: citations of ``was`` lead here (``redirects`` of the record)."""

    was: str


@dataclass(frozen=True)
class PassageAdded(Change):
    """A passage is new."""

    at: Spot
    passage: Passage
    number: str = ""


@dataclass(frozen=True)
class PassageRemoved(Change):
    """A passage is gone."""

    was: Spot
    passage: Passage
    number: str = ""


@dataclass(frozen=True)
class PassageMoved(Change):
    """A passage stands, word for word, at another place. ``origin`` is where it stood."""

    was: Spot
    at: Spot
    passage: Passage
    origin: Place
    number: str = ""


@dataclass(frozen=True)
class PassageLeft(Change):
    """The other end of a move to another section: the passage stood here and now stands in ``to``."""

    passage: Passage
    to: Place


@dataclass(frozen=True)
class Reworded(Change):
    """A passage says something else, or is something else: ``form`` is that of the new, ``old_form`` that of the old one."""

    was: Spot
    at: Spot
    pieces: tuple[Piece, ...]
    old_form: tuple[str, tuple[str, ...], str]
    form: tuple[str, tuple[str, ...], str]
    number: str = ""


@dataclass(frozen=True)
class Renumbered(Change):
    """Items of an ordered list that have another number than before: first and last, old and new."""

    old: tuple[str, str]
    new: tuple[str, str]


@dataclass(frozen=True)
class LabelReworded(Change):
    """The label of a node or the title of a phase."""

    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Rewired(Change):
    """A way out of a node leads elsewhere. ``answer`` is the term of a decision's answer, empty for the plain next node.

    ``old`` and ``new`` are nodes; None where the way is new or gone.
    """

    answer: str
    old: Place | None
    new: Place | None
