"""Sealed revisions: what a document was, frozen beside it, and how its revisions stand on a given day."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from patokaz.model.base import DocumentId, Model, Revision
from patokaz.model.glossary import Limit, Role, Term
from patokaz.model.records import Status

if TYPE_CHECKING:
    from patokaz.model.library import Document

REVISIONS_FOLDER = "revisions"
SEAL_FILE = "seal.json"
CITED_FILE = "cited.yml"

Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Seal(Model):
    """``seal.json``: what a sealed revision is, so that lists need not open its files, and the SHA-256 of each of them.

    ``adopted`` says that its status had reached the last required step of the chain when it was sealed. ``anchors`` are the
    heading ids that citations may name.
    """

    id: DocumentId
    revision: Revision
    sealed: datetime.date
    status: Status
    adopted: bool
    effective: datetime.date | None
    languages: tuple[str, ...]
    anchors: tuple[str, ...]
    files: dict[str, Digest]

    @property
    def number(self) -> tuple[int, int]:
        """The revision as numbers, for sorting."""
        return revision_number(self.revision)


class Cited(Model):
    """``cited.yml``: the entries of registers that a sealed revision named, as they stood."""

    limits: tuple[Limit, ...] = ()
    roles: tuple[Role, ...] = ()
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True)
class Sealed:
    """A sealed revision, read whole."""

    seal: Seal
    document: Document
    cited: Cited


@dataclass(frozen=True)
class Archived:
    """A revision that has a page of its own: sealed, or (without ``seal``) the working text beside the revision in force."""

    document: Document
    cited: Cited
    seal: Seal | None

    @property
    def revision(self) -> str:
        """Its number."""
        return self.document.record.revision


def revision_number(revision: str) -> tuple[int, int]:
    """``"1.10"`` → ``(1, 10)``."""
    major, minor = revision.split(".")
    return int(major), int(minor)


def in_force_on(seals: Iterable[Seal], day: datetime.date) -> Seal | None:
    """The revision in force on ``day``: of the adopted ones whose ``effective`` has come the last, unless it withdraws."""
    newest = _newest(seals, day)
    return None if newest is None or newest.status == "withdrawn" else newest


def _newest(seals: Iterable[Seal], day: datetime.date) -> Seal | None:
    come = [seal for seal in seals if seal.adopted and seal.effective is not None and seal.effective <= day]
    return max(come, key=lambda seal: (seal.effective, seal.number), default=None)


@dataclass(frozen=True)
class Span:
    """Days on which one revision was in force: from ``start`` up to and without ``end``, None where no end is known.

    ``seal`` is None for the days after a withdrawal.
    """

    seal: Seal | None
    start: datetime.date
    end: datetime.date | None

    @property
    def last(self) -> datetime.date | None:
        """The last of its days."""
        return self.end - datetime.timedelta(days=1) if self.end else None


def spans(seals: Iterable[Seal]) -> tuple[Span, ...]:
    """The days of a document from the first on which a revision of it was in force, oldest first, without gaps."""
    known = tuple(seals)
    days = sorted({seal.effective for seal in known if seal.adopted and seal.effective is not None})
    changes = [(day, in_force_on(known, day)) for day in days]
    kept = [next(group) for _, group in itertools.groupby(changes, key=lambda change: change[1])]
    ends = (day for day, _ in kept[1:])
    found = [Span(seal, day, end) for (day, seal), end in itertools.zip_longest(kept, ends)]
    return tuple(itertools.dropwhile(lambda span: span.seal is None, found))


def upcoming_after(seals: Iterable[Seal], day: datetime.date) -> Seal | None:
    """The adopted revision that comes into force next after ``day``."""
    coming = [seal for seal in seals if seal.adopted and seal.effective is not None and seal.effective > day]
    return min(coming, key=lambda seal: (seal.effective, seal.number), default=None)


@dataclass(frozen=True)
class Standing:
    """How the revisions of a document stand on ``day``.

    ``in_force`` and ``upcoming`` are None where there is none. ``withdrawn`` is the seal that ended the document. ``working`` is the
    revision in the document's folder, ``working_status`` its status.
    """

    day: datetime.date
    in_force: Seal | None
    upcoming: Seal | None
    withdrawn: Seal | None
    working: str
    working_status: Status

    @property
    def is_open(self) -> bool:
        """Whether a newer working text than the one in force is being written."""
        return self.in_force is not None and revision_number(self.working) > self.in_force.number


def standing_on(seals: Mapping[str, Seal], day: datetime.date, working: str, status: Status) -> Standing:
    """See :class:`Standing`."""
    newest = _newest(seals.values(), day)
    gone = newest if newest is not None and newest.status == "withdrawn" else None
    force = None if gone else newest
    return Standing(day, force, upcoming_after(seals.values(), day), gone, working, status)


State = Literal["in-force", "to-come", "superseded", "withdrawn", "draft"]


def state_of(revision: str, seals: Mapping[str, Seal], standing: Standing) -> State:
    """What a revision of a document is on the day of its ``standing``; ``draft`` is also what was adopted and never counted."""
    seal, now = seals.get(revision), standing.in_force
    if now is not None and now.revision == revision:
        return "in-force"
    if seal is not None and seal.adopted and seal.effective is not None and seal.effective > standing.day:
        return "to-come"
    if now is not None and seal is not None and seal.number < now.number:
        return "superseded"
    return "withdrawn" if standing.withdrawn is not None else "draft"


@dataclass(frozen=True)
class RevisionRef:
    """``SOP-02@1.0``, split."""

    document: str
    revision: str

    @classmethod
    def parse(cls, text: str) -> RevisionRef:
        """Split a name that the model has already checked."""
        document, _, revision = text.partition("@")
        return cls(document, revision)
