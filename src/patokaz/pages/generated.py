"""Pages whose words come from registers and records: they need no language notice of their own."""

from __future__ import annotations

from patokaz.model.library import Document
from patokaz.pages.page import Page
from patokaz.pages.render import render
from patokaz.pages.view import View


def document_row(document: Document, view: View, here: str, path: str, guide: str = "") -> dict[str, str]:
    """A line of a list of documents (``index.html.j2``), leading to ``path``; ``guide`` is the path of a guide beside it."""
    record = document.record
    front = document.text_for(view.language, view.order).front
    return {
        "id": document.id if record.kind in ("sop", "form") else "",
        "title": front.title,
        "summary": front.summary,
        "href": view.href(here, path),
        "guide": view.href(here, guide) if guide else "",
        "revision": record.revision,
        "status": view.words[f"status_{document.status}"],
    }


def generated(
    view: View,
    path: str,
    section: str,
    title: str,
    body: str,
    *,
    kind: str = "register",
    summary: str = "",
    files: tuple[str, ...] = (),
    assets: tuple[str, ...] = (),
) -> Page:
    """A page made of a body, with title and summary in the view's language."""
    head = render(
        "head.html.j2",
        view,
        path,
        document=None,
        title=title,
        summary=summary,
        content_language=view.language,
        notices=[],
    )
    return Page(
        language=view.language,
        path=path,
        kind=kind,
        section=section,
        title=title,
        summary=summary,
        head=str(head),
        body=body,
        content_language=view.language,
        content_direction=view.words.direction,
        files=files,
        assets=assets,
    )
