"""What a single revision is now, and what it was before: across its page, in its foot and in its panel."""

from __future__ import annotations

from typing import NamedTuple

from patokaz.model.library import Document
from patokaz.model.revisions import spans, state_of
from patokaz.pages.view import View


class Now(NamedTuple):
    """What the panel of a single revision says in place of its record, which tells what held when it was sealed.

    ``takes_effect``, the day from which it will count, and ``before``, what it was, are empty where there is nothing to say.
    """

    status: str
    takes_effect: str = ""
    before: str = ""


def watermark(document: Document, view: View) -> str:
    """What is written across the page of a single revision; nothing on what is in force."""
    standing, words = document.standing, view.words
    assert standing is not None, "only an edition has pages of revisions"
    match state_of(document.record.revision, document.seals, standing):
        case "in-force":
            return ""
        case "superseded" if standing.in_force is not None:
            return words["watermark_superseded"].format(revision=standing.in_force.revision)
        case "withdrawn":
            return words["watermark_withdrawn"]
        case _:
            return words["watermark_not_in_force"]


def now(document: Document, view: View) -> Now | None:
    """See :class:`Now`; None where the record still holds: on the document's own page, of what is in force and of a draft."""
    standing, words = document.standing, view.words
    if document.id not in view.at or standing is None:
        return None
    said, before = watermark(document, view), _before(document, view)
    match state_of(document.record.revision, document.seals, standing):
        case "superseded" if standing.in_force is not None and standing.in_force.effective is not None:
            since = f"{words['effective'].lower()} {words.date(standing.in_force.effective)}"
            return Now(f"{said} ({since})", before=before)
        case "withdrawn" if standing.withdrawn is not None and standing.withdrawn.effective is not None:
            return Now(words["as_of_withdrawn"].format(start=words.date(standing.withdrawn.effective)), before=before)
        case "to-come":
            effective = document.seals[document.record.revision].effective
            return Now(words["status_to-come"], takes_effect=words.date(effective) if effective else "")
        case _:
            return None


def _before(document: Document, view: View) -> str:
    """On which days a revision was in force; else the status that it had, less one that says what it is now."""
    record, words = document.record, view.words
    # Of a law only our summary is kept: its days would be read as those of the law.
    for span in spans(document.seals.values()) if record.kind != "law" else ():
        if span.seal is not None and span.seal.revision == record.revision and span.last is not None:
            return words["as_of_from_to"].format(start=words.date(span.start), end=words.date(span.last))
    if record.status in ("superseded", "withdrawn"):
        return ""
    seal = document.seals.get(record.revision)
    never = record.kind != "law" and seal is not None and seal.adopted
    return words["watermark_not_in_force" if never else f"status_{record.status}"]
