"""Pages of single revisions: every sealed one at an address that stays, and the draft beside what is in force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from patokaz.model.library import Library
from patokaz.model.records import SopRecord
from patokaz.model.revisions import Archived
from patokaz.pages.documents import document_pages
from patokaz.pages.page import Page
from patokaz.pages.pathways import page_beside_sop
from patokaz.pages.standing import now, watermark
from patokaz.pages.view import View

T = TypeVar("T")


def revision_pages(view: View) -> Iterator[Page]:
    """A page for each archived revision that the edition may show. A draft is shown to professionals only."""
    for archived in view.library.archive:
        path = view.addresses(archived.document).get(archived.revision)
        if path is not None:
            yield from _pages(archived, view, path)


def _pages(archived: Archived, view: View, path: str) -> Iterator[Page]:
    then = _then(archived, view, path)
    for page in document_pages(archived.document, then):
        yield _of_revision(page, archived, then)


def pathway_then(archived: Archived, view: View) -> Page | None:
    """The page of the pathway that an SOP kept beside it in a revision; None without one.

    It is for paper: in the site a revision has one page, which shows the pathway too.
    """
    document, then = archived.document, _then(archived, view, view.addresses(archived.document)[archived.revision])
    if document.pathway is None or not isinstance(document.record, SopRecord):
        return None
    return _of_revision(page_beside_sop(document, then), archived, then)


def _then(archived: Archived, view: View, path: str) -> View:
    """What an edition showed of the document then, which stands at ``path``."""
    return View(
        _library_then(archived, view.library),
        view.audience,
        view.language,
        {archived.document.id: path},
        for_print=view.for_print,
    )


def _of_revision(page: Page, archived: Archived, then: View) -> Page:
    document = archived.document
    return replace(
        page,
        kind="revision",
        title=f"{page.title} · {archived.revision}",
        watermark=watermark(document, then),
        # That its review is overdue is nothing to ask of a text that nobody reviews any more.
        review_due=None if now(document, then) else page.review_due,
    )


def _library_then(archived: Archived, library: Library) -> Library:
    """The library with the document as it was, and with the limits, roles and terms that it named as they were."""
    cited = archived.cited
    return replace(
        library,
        documents={**library.documents, archived.document.id: archived.document},
        limits=_with(library.limits, cited.limits),
        roles=_with(library.roles, cited.roles),
        terms=_with(library.terms, cited.terms),
    )


def _with(entries: Mapping[str, T], then: tuple[T, ...]) -> dict[str, T]:
    return {**entries, **{entry.id: entry for entry in then}}  # type: ignore[attr-defined]
