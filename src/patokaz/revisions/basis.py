"""Who leans on which revision, and what moved on since."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from patokaz.findings import Location
from patokaz.model.library import Document, Library
from patokaz.model.records import HistoryEntry
from patokaz.model.revisions import RevisionRef, revision_number, standing_on


@dataclass(frozen=True)
class Behind:
    """A basis that its document has moved on from: ``since`` are the minor and major revisions that came after it."""

    where: Location
    dependant: str
    basis: str
    current: str
    since: tuple[HistoryEntry, ...]


def behind(library: Library, today: datetime.date) -> Iterator[Behind]:
    """Every basis that is behind on ``today``: the document's revision in force, or else the working one, is newer by more than editing."""
    for dependant, where, basis in bases(library):
        ref = RevisionRef.parse(basis)
        document = library.documents.get(ref.document)
        if document is None:
            continue
        current = current_revision(document, today)
        since = tuple(
            entry
            for entry in document.record.history
            if revision_number(ref.revision) < revision_number(entry.revision) <= revision_number(current)
            and entry.kind != "editorial"
        )
        if since:
            yield Behind(where, dependant, basis, current, since)


def bases(library: Library) -> Iterator[tuple[str, Location, str]]:
    """(who leans, where it says so, on what)."""
    for document in library.documents.values():
        for index, basis in enumerate(document.record.basis):
            yield document.id, document.places.at("basis", index), basis
    for handbook in library.handbooks.values():
        for index, basis in enumerate(handbook.basis):
            yield handbook.id, library.places[f"docs/handbooks/{handbook.id}.yml"].at("basis", index), basis


def current_revision(document: Document, today: datetime.date) -> str:
    """The revision in force on ``today``, else the working one."""
    standing = standing_on(document.seals, today, document.record.revision, document.record.status)
    return standing.in_force.revision if standing.in_force else standing.working
