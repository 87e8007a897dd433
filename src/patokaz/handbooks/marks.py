"""What a printed page says of itself: where its present text is, until when the copy counts, and that it is not to be acted on."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from patokaz.handbooks.qr import code_of
from patokaz.handbooks.watermark import watermark_url
from patokaz.model.library import Document
from patokaz.pages import Compiled, Page
from patokaz.pages.addresses import TRAINER, file_of
from patokaz.pages.notices import Notice, label_notices, translation_notices
from patokaz.pages.view import View
from patokaz.pages.wording import Wording


@dataclass(frozen=True)
class Code:
    """A QR code: the address that it holds, the same as it is printed, the drawing and its width in millimetres."""

    address: str
    words: str
    drawing: Markup
    width: float


def designation(document: Document, words: Wording, now: str = "") -> list[str]:
    """Which text it is: id, revision and status, as every foot says them; ``now`` in place of the status that a revision had."""
    record = document.record
    return [document.id, f"{words['revision']} {record.revision}", now or words[f"status_{document.status}"]]


def until(documents: Iterable[Document], view: View) -> str:
    """Until which day a printed copy of these documents counts: that of the first review; empty without documents."""
    days: list[datetime.date] = [document.record.review_due for document in documents]
    return view.words["printed_until"].format(date=view.words.date(min(days))) if days else ""


def code(page: Page, compiled: Compiled, view: View, document: Document | None = None) -> Code | None:
    """The code that leads to this very revision, where the site keeps a page of it, else to the page; None without ``site_url``.

    From a page for trainers it leads to one for trainers.
    ``document``: the one of the page where that is not the one that the edition has.
    """
    document = document or compiled.library.documents.get(page.document or "")
    sealed = view.addresses(document).get(document.record.revision) if document else None
    if document and sealed is not None and page.path == view.trainer_path(document):
        sealed += TRAINER
    kept = sealed is not None and (view.language, sealed) in compiled.pages
    return code_to(sealed if sealed is not None and kept else page.path, view)


def code_to(path: str, view: View) -> Code | None:
    """The code that leads to a page of this language; None without ``site_url``, for then no page has an address."""
    settings = view.library.settings
    if not settings.site_url:
        return None
    address = f"{settings.site_url.rstrip('/')}/{file_of(path, view.folder, default=settings.languages[0])}"
    # Browsers add the scheme by themselves; who types it from paper is spared it.
    words = re.sub("^https?://", "", address)
    return Code(address, words, *code_of(address, view.words["qr_code"]))


def code_of_document(document: Document, view: View) -> Code | None:
    """The code that leads to a document as :func:`code` does, for what is printed without compiled pages."""
    path = view.addresses(document).get(document.record.revision, view.path_of(document.id))
    return code_to(path, view)


def watermark(word: str, view: View, *, across: bool = False) -> str:
    """The address of the drawing of a word for the page's background, ``across`` for one in landscape; empty for no word."""
    return watermark_url(word, view.words.direction, across=across) if word else ""


def mark(page: Page, view: View) -> str:
    """The one word that is written across each page: that it is superseded, else not in force, else an unreviewed translation.

    Follows the notices of the page. Empty where none of them holds, and for what is no document.
    """
    document = view.documents.get(page.document or "")
    if page.watermark or document is None:
        return page.watermark
    notices = translation_notices(document.text_for(view.language, view.order), document.source_text, view, page.path)
    if page.kind == "pathway":
        notices += label_notices(document, view, page.path)
    return mark_of_document(document, notices, view)


def mark_of_document(document: Document, notices: Iterable[Notice], view: View) -> str:
    """The word of :func:`mark` for a document of which ``notices`` are told."""
    words, status, standing = view.words, document.status, document.standing
    if status in ("superseded", "withdrawn"):
        return words[f"status_{status}"]
    if standing is not None and standing.withdrawn is not None:
        return words["status_withdrawn"]
    if status == "draft":
        return words["status_draft"]
    if status == "to-come" or not view.library.settings.is_adopted(document.record.status):
        return words["watermark_not_in_force"]
    return words["guide_unreviewed"] if any(notice.kind == "unreviewed" for notice in notices) else ""
