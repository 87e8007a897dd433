"""The compiled library: all pages of an edition, by language and path, and where images go."""

from __future__ import annotations

import bisect
import functools
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from patokaz.model.base import Audience
from patokaz.model.library import Library
from patokaz.pages.alphabet import alphabet_page
from patokaz.pages.as_of import as_of_page
from patokaz.pages.body import asset_folder_of
from patokaz.pages.changes import change_pages
from patokaz.pages.coverage import coverage_pages
from patokaz.pages.documents import document_pages
from patokaz.pages.exchange import bpmn_file
from patokaz.pages.feeds import feed_files
from patokaz.pages.finding import search_scripts
from patokaz.pages.generated import generated
from patokaz.pages.guide import guide_pages
from patokaz.pages.matrix import matrix_pages
from patokaz.pages.overview import Overview
from patokaz.pages.page import Page
from patokaz.pages.pathways import pathway_pages
from patokaz.pages.prints import PATH as PRINT
from patokaz.pages.prints import Print, print_line, print_page
from patokaz.pages.registers import (
    REGISTERS,
    hand_written,
    index_pages,
    register_pages,
    role_pages,
)
from patokaz.pages.revisions import revision_pages
from patokaz.pages.status import status_page
from patokaz.pages.view import View

_SIBLINGS = 5
"""How many neighbours a page lists beside it: a constant, so that the site grows linearly with the library."""

_ONLY_IN_VAZIRMATN = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufeff∂∆∎∏∑∕√∞∫≈≠≤≥◊]")
"""The Arabic script and the signs that Noto Sans lacks and Vazirmatn lends."""

SECTION_ORDER = (
    "home",
    "sops",
    "pathways",
    "roles",
    "matrix",
    "forms",
    "law",
    "training",
    "leaflets",
    "terms",
    "institutions",
    "limits",
    "indicators",
    "sources",
    "status",
    "changes",
    "as_of",
    "find",
    "handbooks",
)

_UNDER_STATUS = ("changes", "as_of")


@dataclass(frozen=True)
class Entry:
    """A line of the navigation."""

    title: str
    path: str


@dataclass(frozen=True)
class Compiled:
    """An edition for one audience, ready to render.

    ``pages`` by (language, path), of the languages that were compiled; ``assets`` maps a path inside every language folder to a
    source file; ``sections`` and ``siblings`` are the navigation; ``overview`` is that of the working library, if there is one.
    """

    library: Library
    audience: Audience
    pages: Mapping[tuple[str, str], Page]
    assets: Mapping[str, str]
    sections: Mapping[str, tuple[tuple[str, Entry], ...]]
    siblings: Mapping[tuple[str, str], tuple[Entry, ...]]
    overview: Overview | None

    @property
    def languages(self) -> tuple[str, ...]:
        """Working languages, the default one first."""
        return self.library.settings.languages

    @functools.cached_property
    def downloads(self) -> Mapping[tuple[str, str], str]:
        """Made files by (language, path), without those of the search; made when they are first asked for: no print does."""
        files = {}
        for language in self.languages:
            view = View(self.library, self.audience, language)
            for name in view.pathways:
                files[language, f"{view.pathway_path(name)}.bpmn"] = bpmn_file(view.documents[name], view)
            if self.overview is not None:
                files |= feed_files(view, self.overview)
        return files

    @functools.cached_property
    def search_scripts(self) -> Mapping[tuple[str, str], str]:
        """The scripts of the search by (language, path), made when they are first asked for: a preview seldom does."""
        return search_scripts([View(self.library, self.audience, name) for name in self.languages], self.pages)

    @functools.cached_property
    def needs_arabic_font(self) -> bool:
        """Whether any page has a character that only the font for Arabic has."""
        parts = (part for p in self.pages.values() for part in (p.title, p.head, p.panel, p.body, p.tail))
        names = (*self.library.settings.language_names.values(), *self.library.settings.names.values())
        return any(map(_ONLY_IN_VAZIRMATN.search, (*names, *parts)))

    def with_prints(self, prints: Sequence[Print]) -> Compiled:
        """The same edition with the PDFs of a build: listed on their page, and linked from the pages that they print."""
        pages = dict(self.pages)
        for language in self.languages:
            view = View(self.library, self.audience, language)
            own: dict[str, list[Print]] = {}
            for item in prints:
                if item.what.page and item.what.language == language:
                    own.setdefault(item.what.page, []).append(item)
            for path, items in own.items():
                page = pages[language, path]
                pages[language, path] = replace(page, panel=page.panel + str(print_line(page, items, view)))
            pages |= {(language, page.path): page for page in print_page(view, prints)}
        return replace(self, pages=pages)

    def in_language(self, language: str) -> Iterator[Page]:
        """Pages of one language, by path."""
        return (page for (lang, _), page in self.pages.items() if lang == language)


def compile_library(library: Library, audience: Audience, *, overview: Overview | None = None) -> Compiled:
    """Compile every page that an edition for ``audience`` shows.

    ``overview`` is that of the working library; without it there is no page of the documents' state, nor of a day, and no feeds.
    """
    views = [View(library, audience, language) for language in library.settings.languages]
    return _compiled(views, lambda view: _pages(view, overview), overview)


def compile_for_print(
    library: Library,
    audience: Audience,
    *,
    paper: tuple[float, float] | None = None,
    languages: Collection[str] | None = None,
) -> Compiled:
    """Compile the pages that books and sheets are made of, as :func:`compile_library` does but without drawings for screens.

    ``languages``: the only ones to compile; a page is the same whichever others are compiled.
    ``paper``: the room of a printed drawing in millimetres where it is not that of A4.
    """
    views = [
        View(library, audience, language, paper=paper, for_print=True)
        for language in library.settings.languages
        if languages is None or language in languages
    ]
    return _compiled(views, _printed_pages, None)


def _compiled(views: Sequence[View], pages_of: Callable[[View], Iterator[Page]], overview: Overview | None) -> Compiled:
    pages: dict[tuple[str, str], Page] = {}
    sections: dict[str, tuple[tuple[str, Entry], ...]] = {}
    siblings: dict[tuple[str, str], tuple[Entry, ...]] = {}
    for view in views:
        own = {page.path: page for page in sorted(pages_of(view), key=lambda page: page.path)}
        pages |= {(view.language, path): page for path, page in own.items()}
        sections[view.language] = tuple(_sections(view, own))
        siblings |= {(view.language, path): entries for path, entries in _siblings(own)}
    library = views[0].library
    assets = {
        f"{asset_folder_of(document)}/{image.rpartition('/')[2]}": image
        for document in views[0].documents.values()
        for image in document.images
    }
    assets |= {
        f"{asset_folder_of(item.document, revision=item.revision)}/{image.rpartition('/')[2]}": image
        for item in library.archive
        for image in item.document.images
        if item.revision in views[0].addresses(item.document)
    }
    return Compiled(library, views[0].audience, pages, assets, sections, siblings, overview)


def _printed_pages(view: View) -> Iterator[Page]:
    for document in view.documents.values():
        yield from document_pages(document, view)
    yield from pathway_pages(view)
    yield from register_pages(view)
    yield from revision_pages(view)


def _pages(view: View, overview: Overview | None) -> Iterator[Page]:
    yield from _printed_pages(view)
    yield from guide_pages(view)
    yield from index_pages(view)
    yield from matrix_pages(view)
    yield from role_pages(view)
    yield alphabet_page(view)
    yield from coverage_pages(view)
    yield from print_page(view)
    for page in view.hand_pages.values():
        yield hand_written(page, view)
    yield from change_pages(view)
    if overview is not None:
        yield from status_page(view, overview)
        yield from as_of_page(view, overview.day)
    if "index" not in view.hand_pages:
        # A site needs a home page; without a hand-written one it leads to the sections.
        yield generated(view, "index", "home", view.plain(view.library.settings.names), "", kind="home")


def _sections(view: View, own: Mapping[str, Page]) -> Iterator[tuple[str, Entry]]:
    paths = {key: f"{key}/index" for key in SECTION_ORDER} | REGISTERS
    paths |= {"home": "index", "find": "find", "handbooks": PRINT, "status": "status", "as_of": "as-of"}
    for key in SECTION_ORDER:
        # The dashboard leads to the other pages of document control: officers have no use for a menu full of them.
        if paths[key] in own and not (key in _UNDER_STATUS and "status" in own):
            yield key, Entry(view.words.section(key), paths[key])
    for path, page in own.items():
        if page.kind == "page":
            yield page.section, Entry(page.title, path)


def _siblings(own: Mapping[str, Page]) -> Iterator[tuple[str, tuple[Entry, ...]]]:
    """For each page its neighbours in the same section; of many, those around it."""
    members: dict[str, list[Entry]] = {}
    for path, page in own.items():
        if page.kind not in (
            "index",
            "home",
            "register",
            "page",
            "guide",
            "find",
            "revision",
            "translation",
            "other-language",
        ):
            members.setdefault(page.section, []).append(Entry(page.title, path))
    for path, page in own.items():
        same = (
            members.get(page.section, [])
            if page.kind not in ("home", "register", "page", "guide", "find", "translation")
            else []
        )
        if len(same) > _SIBLINGS:
            position = bisect.bisect_left([entry.path for entry in same], path)
            start = max(0, min(position - _SIBLINGS // 2, len(same) - _SIBLINGS))
            same = same[start : start + _SIBLINGS]
        yield path, tuple(same)
