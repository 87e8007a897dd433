"""Opening the next revision of a document."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from pathlib import Path

from patokaz.control.editing import add_entry, flow, set_key, write_all
from patokaz.findings import KbError
from patokaz.model.base import Severity
from patokaz.model.library import Document
from patokaz.model.revisions import revision_number


def next_number(revision: str, kind: Severity) -> str:
    """``1.4`` → ``2.0`` for a major revision, ``1.5`` for a minor or an editorial one."""
    major, minor = revision_number(revision)
    return f"{major + 1}.0" if kind == "major" else f"{major}.{minor + 1}"


def revise(root: Path, document: Document, kind: Severity, summary: Mapping[str, str], today: datetime.date) -> str:
    """Open the next revision and return its number.

    The record gets the number, a history entry of ``today`` and the status ``draft``, without approvals and effective date, which are those of
    the old revision. Nothing else is touched. Raises :class:`KbError` when the present revision is not sealed: it would be lost.
    """
    record = document.record
    if record.revision not in document.seals:
        how = f"patokaz seal {document.id}" + (
            "" if record.status == "in-force" else " (with --draft if it is not adopted)"
        )
        raise KbError(f"{document.id}@{record.revision} is not sealed, so it would be lost: run {how} first")
    newest = record.history[-1]
    if today < newest.date:
        raise KbError(f"{today} lies before the newest revision, {newest.revision} of {newest.date}")
    number = next_number(record.revision, kind)
    path = root / document.places.path
    content = path.read_text(encoding="utf-8")
    content = set_key(content, "revision", f'"{number}"')
    content = set_key(content, "status", "draft")
    content = set_key(content, "approvals", "[]")
    content = set_key(content, "effective", "null")
    entry = {"revision": number, "date": today, "kind": kind, "summary": dict(summary)}
    write_all({path: add_entry(content, "history", flow(entry))})
    return number
