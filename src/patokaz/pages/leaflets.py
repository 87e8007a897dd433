"""Leaflets: lean pages for a person on a phone that somebody may watch, one in each language of the leaflet.

A page in a working language stands where any document's does. A page in another language stands beside it, once among the
pages of each working language, and speaks its own language from the quick exit to the sources.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass

from patokaz.model.library import Document
from patokaz.model.records import LeafletRecord
from patokaz.pages.addresses import in_language
from patokaz.pages.behind import marks
from patokaz.pages.body import asset_folder_of, body_html
from patokaz.pages.notices import document_notices
from patokaz.pages.page import Page
from patokaz.pages.references import definitions
from patokaz.pages.render import render
from patokaz.pages.view import View
from patokaz.pages.wording import wording

ASSETS = ("leaflet.css", "leaflet.js")
"""The theme's style and script for leaflets; the script only makes the quick exit leave no way back."""


@dataclass(frozen=True)
class Version:
    """A leaflet in one language; ``name`` is the language's own."""

    language: str
    direction: str
    name: str
    href: str
    current: bool = False


def leaflet_pages(document: Document, view: View) -> Iterator[Page]:
    """The page in the view's language, then those in the languages that are no working ones."""
    yield _page(document, view, view.path_of(document.id))
    for language in _others(document):
        yield _page(document, _beside(view, language), _path(document, view, language))


def versions(document: Document, view: View, here: str) -> list[Version]:
    """A leaflet in each of its languages, as linked from page ``here``; nothing for another document."""
    record, settings = document.record, view.library.settings
    if not isinstance(record, LeafletRecord):
        return []
    found = []
    for language in settings.languages:
        if language in document.texts:
            path = view.path_of(document.id)
            href = view.href(here, path)
            if language != view.folder:
                href = in_language(path, view.folder, language, default=settings.languages[0])
            found.append((language, settings.language_names[language], href))
    for language in _others(document):
        name = wording(language)["language_name"]
        found.append((language, name, view.href(here, _path(document, view, language))))
    return [Version(code, wording(code).direction, name, href, code == view.language) for code, name, href in found]


def _others(document: Document) -> tuple[str, ...]:
    """The languages beyond the working ones in which a page can be made; the checks report others."""
    assert isinstance(document.record, LeafletRecord)
    return tuple(name for name in document.record.languages if name in document.texts)


def _path(document: Document, view: View, language: str) -> str:
    return f"{view.path_of(document.id)}-{language}"


@functools.lru_cache(maxsize=64)
def _beside(view: View, language: str) -> View:
    """The view in another language, whose pages stand among those of ``view``."""
    return View(view.library, view.audience, language, view.at, within=view.language)


def _page(document: Document, view: View, here: str) -> Page:
    text = document.text_for(view.language, view.order)
    main = view.path_of(document.id)
    record = document.record
    is_other = view.within != ""
    behind = marks(text, document.source_text, view)
    # The notices lead from a page to the same one in another language: the other languages have the main page only.
    notices = document_notices(document, text, view, main, behind.ids)
    if is_other:
        # Translators work from the pages of the working languages.
        notices = [notice._replace(translators=None) for notice in notices]
    head = render(
        "leaflet-head.html.j2",
        view,
        here,
        document=document,
        title=text.front.title,
        summary=text.front.summary,
        content_language=text.language,
        notices=notices,
        behind=behind,
        versions=versions(document, view, here),
        is_other=is_other,
    )
    names = {*record.sources, *(r.target for r in text.references if r.scheme in ("source", "unverified"))}
    cited = [entry for name, entry in view.cited.items() if name in names]
    tail = render("leaflet-tail.html.j2", view, here, document=document, cited=cited, is_other=is_other)
    return Page(
        language=view.folder,
        path=here,
        kind="other-language" if is_other else "leaflet",
        section="leaflets",
        title=text.front.title,
        summary=text.front.summary,
        head=str(head),
        body=body_html(text, view, here, asset_folder_of(document), behind=behind),
        tail=str(tail + definitions(text, view)),
        content_language=text.language,
        content_direction=wording(text.language).direction,
        document=document.id,
        # In another language the head says itself that a review is overdue.
        review_due=None if is_other else record.review_due.isoformat(),
        files=(document.places.path, text.path),
        assets=ASSETS,
    )
