"""Permanent citations: ``SOP-02@1.0/first-contact.make-safe`` → the page and section that it names, for ever."""

from __future__ import annotations

import re
from dataclasses import dataclass

from patokaz.findings import KbError, did_you_mean
from patokaz.model.library import Document, Library
from patokaz.model.records import SopRecord
from patokaz.model.revisions import state_of
from patokaz.pages.addresses import revision_path

_CITATION = re.compile(r"([A-Za-z0-9-]+)@([0-9]{1,3}\.[0-9]{1,3})(?:/(?:([a-z0-9-]+)\.)?([a-z0-9-]+))?")


@dataclass(frozen=True)
class Cited:
    """What a citation names: the address below a language folder, how that revision stands, and where the section is today.

    ``now`` is the address in what is in force; None where the section is gone.
    """

    address: str
    standing: str
    now: str | None


def resolve_citation(text: str, edition: Library, path_of: dict[str, str]) -> Cited:
    """Find what ``text`` names in an edition. ``path_of`` gives the pages of documents.

    Raises :class:`KbError` for what is no citation, and for a document, revision or section that never was.
    """
    match = _CITATION.fullmatch(text.strip())
    if match is None:
        raise KbError(f"`{text}` is no citation such as SOP-02@1.0/first-contact.make-safe")
    name, revision, measure, anchor = match.groups()
    if name not in edition.documents:
        raise KbError(f"there is no document `{name}`. {did_you_mean(name, edition.documents)}".strip())
    shown = edition.documents[name]
    then = {item.revision: item.document for item in edition.archive if item.document.id == name}
    if revision not in then:
        if revision != shown.record.revision:
            raise KbError(f"{name} has no revision {revision} that is sealed; there are: {', '.join(then) or 'none'}")
        then[revision] = shown
    document = then[revision]
    if anchor is not None and not _has(document, measure, anchor):
        raise KbError(
            f"{name}@{revision} has no section `{anchor}`. {did_you_mean(anchor, document.anchors())}".strip()
        )
    page = revision_path(name, revision) if document is not shown else path_of[name]
    now = shown.anchor_now(anchor) if anchor else ""
    here = None if now is None or (now and now not in shown.anchors()) else _address(path_of[name], now)
    return Cited(_address(page, anchor or ""), _standing(shown, revision), here)


def _has(document: Document, measure: str | None, anchor: str) -> bool:
    record = document.record
    if isinstance(record, SopRecord) and measure is not None:
        return any(m.id == measure and any(step.id == anchor for step in m.steps) for m in record.measures)
    return measure is None and anchor in document.anchors()


def _address(page: str, anchor: str) -> str:
    return f"{page}.html" + (f"#{anchor}" if anchor else "")


def _standing(shown: Document, revision: str) -> str:
    standing = shown.standing
    if standing is None:
        return "never in force"
    now, seal = standing.in_force, shown.seals.get(revision)
    match state_of(revision, shown.seals, standing):
        case "in-force" if now is not None:
            return f"in force since {now.effective}"
        case "to-come" if seal is not None:
            return f"adopted, in force from {seal.effective}"
        case "superseded" if now is not None:
            return f"superseded by {now.revision}"
        case "withdrawn":
            return "withdrawn"
    return "a draft" if now is not None else "never in force"
