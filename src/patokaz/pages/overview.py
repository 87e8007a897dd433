"""The state of every document on a day: what is in force, what is being written, what is behind. For the command, the page and JSON.

Made from the working library, because an edition shows what is in force and not what still has to be done.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from patokaz.findings import Finding, Severity
from patokaz.model.library import Document, Library
from patokaz.model.records import Status
from patokaz.model.revisions import Standing, standing_on
from patokaz.revisions.basis import Behind, behind
from patokaz.translations import Freshness, freshness, label_freshness

_CLOSED = ("superseded", "withdrawn")
_LATE = (Freshness.BEHIND, Freshness.UNSTAMPED)
"""States of a translation that somebody has to look at."""


@dataclass(frozen=True)
class Translated:
    """A document in one language: how the text and the labels of the pathway follow their original, the worse of both.

    ``reviewed``: a native speaker reviewed them, or they are the original.
    """

    state: Freshness
    reviewed: bool

    @property
    def is_behind(self) -> bool:
        """Whether the passages have to be compared with the original."""
        return self.state in _LATE


@dataclass(frozen=True)
class Row:
    """One document. ``titles`` and ``languages`` are by language; ``leans`` are bases of its own that moved on, ``dependants`` those of others that lean on it.

    ``review_due`` is None for a document that nobody has to review any more: superseded or withdrawn.
    """

    id: str
    kind: str
    audience: str
    owner: str
    folder: str
    titles: Mapping[str, str]
    standing: Standing
    is_draft: bool
    review_due: datetime.date | None
    languages: Mapping[str, Translated]
    leans: tuple[Behind, ...]
    dependants: tuple[Behind, ...]
    errors: int
    warnings: int

    @property
    def revision(self) -> str:
        """The number of the working text."""
        return self.standing.working

    @property
    def status(self) -> Status:
        """The status of the working text."""
        return self.standing.working_status

    @property
    def overdue(self) -> bool:
        """Whether the day of its review has passed."""
        return self.review_due is not None and self.review_due < self.standing.day

    @property
    def late(self) -> tuple[str, ...]:
        """Languages whose translation is behind, or of which nobody recorded what it follows."""
        return tuple(language for language, item in self.languages.items() if item.is_behind)


@dataclass(frozen=True)
class Counts:
    """What a team asks first. ``translations_behind`` counts texts, ``dependants_behind`` whoever leans on an older revision."""

    in_force: int
    drafts: int
    reviews_overdue: int
    translations_behind: int
    dependants_behind: int


@dataclass(frozen=True)
class Overview:
    """The rows by id, what leans on documents that moved on, and how many findings there are over all, also outside documents."""

    day: datetime.date
    rows: tuple[Row, ...]
    behind: tuple[Behind, ...]
    errors: int
    warnings: int

    @property
    def counts(self) -> Counts:
        """See :class:`Counts`."""
        return Counts(
            in_force=sum(row.standing.in_force is not None for row in self.rows),
            drafts=sum(row.is_draft for row in self.rows),
            reviews_overdue=sum(row.overdue for row in self.rows),
            translations_behind=sum(len(row.late) for row in self.rows),
            dependants_behind=len({item.dependant for item in self.behind}),
        )


def overview(library: Library, findings: Iterable[Finding], day: datetime.date) -> Overview:
    """The state of the working ``library`` on ``day``. ``findings`` are counted for the document in whose folder they lie."""
    found = tuple(findings)
    late = tuple(sorted(behind(library, day), key=lambda item: (item.dependant, item.basis)))
    folders = {document.folder: name for name, document in library.documents.items()}
    counted = Counter((_document_of(item, folders), item.severity) for item in found)
    totals = Counter(item.severity for item in found)
    rows = tuple(_row(document, library, day, late, counted) for _, document in sorted(library.documents.items()))
    return Overview(day, rows, late, totals[Severity.ERROR], totals[Severity.WARNING])


def _document_of(item: Finding, folders: Mapping[str, str]) -> str | None:
    """The id of the document in whose folder, sealed revisions included, a finding lies."""
    path = item.location.path
    while path:
        path = path.rpartition("/")[0]
        if path in folders:
            return folders[path]
    return None


def _row(
    document: Document,
    library: Library,
    day: datetime.date,
    late: tuple[Behind, ...],
    counted: Mapping[tuple[str | None, Severity], int],
) -> Row:
    record = document.record
    standing = standing_on(document.seals, day, record.revision, record.status)
    others = sorted(set(document.texts) - set(library.settings.languages))
    return Row(
        id=document.id,
        kind=record.kind,
        audience=record.audience,
        owner=record.owner,
        folder=document.folder,
        titles={language: text.front.title for language, text in sorted(document.texts.items())},
        standing=standing,
        is_draft=record.status not in _CLOSED and not library.settings.is_adopted(record.status),
        review_due=_review_due(document, standing),
        languages={language: _translated(document, language) for language in (*library.settings.languages, *others)},
        leans=tuple(item for item in late if item.dependant == document.id),
        dependants=tuple(item for item in late if item.basis.partition("@")[0] == document.id),
        errors=counted[document.id, Severity.ERROR],
        warnings=counted[document.id, Severity.WARNING],
    )


def _review_due(document: Document, standing: Standing) -> datetime.date | None:
    """From the day since which a revision is in force, by the interval of the working record; else as the record says."""
    if standing.withdrawn is not None or (standing.in_force is None and document.record.status in _CLOSED):
        return None
    if standing.in_force is not None and standing.in_force.effective is not None:
        return document.record.review_every.after(standing.in_force.effective)
    return document.record.review_due


def _translated(document: Document, language: str) -> Translated:
    text, original = document.texts.get(language), document.source_text
    if text is None:
        return Translated(Freshness.MISSING, reviewed=False)
    state = freshness(text, original)
    if state is Freshness.ORIGINAL:
        return Translated(state, reviewed=True)
    reviewed = bool(text.front.translation and text.front.translation.reviewed_by)
    if document.pathway is not None:
        labels = label_freshness(document.pathway, original.language, language)
        stamp = document.pathway.translations.get(language)
        if labels is Freshness.MISSING or (labels in _LATE and state is Freshness.CURRENT):
            state = Freshness.BEHIND
        reviewed = reviewed and (stamp is None or bool(stamp.reviewed_by))
    return Translated(state, reviewed)


# As JSON


def as_json(shown: Overview, rules: str) -> dict[str, Any]:
    """The overview as plain values with the keys of docs/contributing/overview.md. ``rules`` says which rules gave the findings."""
    counts = shown.counts
    return {
        "day": shown.day.isoformat(),
        "rules": rules,
        "counts": {
            "documents": len(shown.rows),
            "in_force": counts.in_force,
            "drafts": counts.drafts,
            "reviews_overdue": counts.reviews_overdue,
            "translations_behind": counts.translations_behind,
            "dependants_behind": counts.dependants_behind,
        },
        "findings": {"errors": shown.errors, "warnings": shown.warnings},
        "documents": [_row_as_json(row) for row in shown.rows],
    }


def _row_as_json(row: Row) -> dict[str, Any]:
    standing = row.standing
    return {
        "id": row.id,
        "kind": row.kind,
        "audience": row.audience,
        "owner": row.owner,
        "folder": row.folder,
        "title": dict(row.titles),
        "working": {"revision": row.revision, "status": row.status},
        "in_force": _seal_as_json(standing.in_force),
        "upcoming": _seal_as_json(standing.upcoming),
        "withdrawn": _seal_as_json(standing.withdrawn),
        "review": {"due": row.review_due.isoformat(), "overdue": row.overdue} if row.review_due else None,
        "languages": {
            language: {"state": item.state.value, "reviewed": item.reviewed} for language, item in row.languages.items()
        },
        "leans_on": [_behind_as_json(item) for item in row.leans],
        "dependants": [_behind_as_json(item) for item in row.dependants],
        "findings": {"errors": row.errors, "warnings": row.warnings},
    }


def _seal_as_json(seal: Any) -> dict[str, str] | None:
    return {"revision": seal.revision, "effective": seal.effective.isoformat()} if seal else None


def _behind_as_json(item: Behind) -> dict[str, Any]:
    return {
        "dependant": item.dependant,
        "basis": item.basis,
        "current": item.current,
        "changes": [
            {
                "revision": entry.revision,
                "date": entry.date.isoformat(),
                "kind": entry.kind,
                "summary": dict(entry.summary),
            }
            for entry in item.since
        ],
    }
