"""What was in force on a day: for every document its revisions, each with the days on which it counted."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from patokaz.model.library import Document
from patokaz.model.revisions import Seal, Span, in_force_on, spans
from patokaz.pages.addresses import revision_path
from patokaz.pages.feeds import LINKS, is_shown
from patokaz.pages.generated import generated
from patokaz.pages.outline import title_of
from patokaz.pages.page import Page
from patokaz.pages.render import render
from patokaz.pages.view import View

PATH = "as-of"
"""The page, in each language's folder."""

ASSETS = ("overview.css", "as-of.js")


@dataclass(frozen=True)
class Line:
    """A document of the page. ``spans`` with the link to each revision: empty where there is no page, None for what the edition does not show."""

    document: Document
    spans: tuple[tuple[Span, str | None], ...]


def as_of_page(view: View, day: datetime.date) -> Iterator[Page]:
    """The page of an edition made on ``day``: a table that needs no script, and a field for a day where one runs."""
    documents = adoptable(view)
    if documents:
        lines = [Line(document, tuple(_linked(document, view))) for document in documents]
        title = view.words.section("as_of")
        body = render("as-of.html.j2", view, PATH, lines=lines, feeds=LINKS, title_of=title_of)
        summary = view.words["as_of_summary"].format(date=view.words.date(day))
        yield generated(view, PATH, "as_of", title, str(body), summary=summary, assets=ASSETS)


def _linked(document: Document, view: View) -> Iterator[tuple[Span, str | None]]:
    addresses = view.addresses(document)
    for span in spans(document.seals.values()):
        if span.seal is None:
            yield span, ""
        elif not is_shown(document, span.seal, view):
            yield span, None
        else:
            path = addresses.get(span.seal.revision)
            yield span, view.href(PATH, path) if path else ""


def adoptable(view: View) -> tuple[Document, ...]:
    """Documents that can be in force. A legal text is our summary: that of it nothing is in force would be read as a word on the law."""
    return tuple(document for document in view.documents.values() if document.record.kind != "law")


# For the command


def as_json(documents: Iterable[Document], day: datetime.date) -> dict[str, Any]:
    """What was in force on ``day`` as plain values: keys in docs/contributing/overview.md."""
    return {"day": day.isoformat(), "documents": [_on(document, day) for document in documents]}


def _on(document: Document, day: datetime.date) -> dict[str, Any]:
    seal = in_force_on(document.seals.values(), day)
    return {
        "id": document.id,
        "kind": document.record.kind,
        "title": {language: text.front.title for language, text in sorted(document.texts.items())},
        "in_force": {
            "revision": seal.revision,
            "effective": str(seal.effective),
            "languages": list(seal.languages),
            "address": address(document, seal),
            "folder": f"{document.folder}/revisions/{seal.revision}",
        }
        if seal
        else None,
    }


def address(document: Document, seal: Seal) -> str:
    """The page of a sealed revision in every language's folder of a site."""
    return f"{revision_path(document.id, seal.revision)}.html"
