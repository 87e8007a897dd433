"""What search finds: an entry for each page and for each of its sections, from the compiled pages.

Facts that an entry shows (who acts, by when, with which form) come from the records, words from the page as readers see it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from html import unescape

from patokaz.model.base import Person
from patokaz.model.library import Document
from patokaz.model.records import LawRecord, PathwayRecord, SopRecord
from patokaz.model.texts import Text
from patokaz.pages.findable_registers import register_entries
from patokaz.pages.page import Page
from patokaz.pages.view import Rooted, View
from patokaz.search.entries import KINDS, Entry

_SKIPPED = ("guide", "home", "find", "revision", "translation", "other-language")
"""Kinds of pages that only lead on to what has an entry of its own, to which its page leads, or that are for translators alone."""

_BARE = ("index", "matrix", "register", "trainer")
"""Kinds of pages of which only the title is looked up: lists of what has entries of its own, and a module once more."""

_OF_EVERY_PATHWAY = ("outline", "timeline")
"""Headings that every pathway's page has: what stands under them is found under its phase and its steps."""

_HEADING = re.compile(r'<h[23] id="([^"]+)">(.*?)</h[23]>')
_UNSPOKEN = re.compile(
    r'<svg.*?</svg>|<dl class="pk-card".*?</dl>|<details class="pk-check".*?</details>|<a class="pk-source".*?</a>|<span class="pk-mark[^>]*>.*?</span>|<[^>]+>',
    re.DOTALL,
)
_NUMBER = re.compile(r"^\d+\.(?:\d+)? ")


def findable(view: View, pages: Iterable[Page]) -> list[Entry]:
    """The entries of one language, those of a page together and the page's own first. ``pages`` are all of the language."""
    asked = _Asked(view)
    found: list[Entry] = []
    for page in sorted(pages, key=lambda page: page.path):
        if page.kind == "revision" and page.document:
            found.append(_revision(page, view))
        elif page.kind not in _SKIPPED:
            found += _entries(page, view, asked)
    return found


def with_other_titles(entries: Mapping[str, list[Entry]]) -> dict[str, list[Entry]]:
    """Entries by language, each with the titles of the same place in the other languages."""
    titles = {language: {entry.href: entry.title for entry in listed} for language, listed in entries.items()}
    return {
        language: [
            replace(
                entry,
                titles={
                    name: known[entry.href]
                    for name, known in titles.items()
                    if name != language and entry.href in known
                },
            )
            for entry in listed
        ]
        for language, listed in entries.items()
    }


@dataclass
class _Asked:
    """What officers ask, by page and section."""

    view: View

    def __post_init__(self) -> None:
        self.questions: dict[str, list[str]] = {}
        for document in self.view.documents.values():
            self._add(self.view.path_of(document.id), document.text_for(self.view.language, self.view.order))
        for page in self.view.hand_pages.values():
            self._add(page.id, page.texts.get(self.view.language, page.texts[page.source_language]))

    def _add(self, path: str, text: Text) -> None:
        for question in text.questions:
            self.questions.setdefault(f"{path}#{question.anchor or ''}", []).append(question.words)

    def of(self, path: str, anchor: str = "") -> tuple[str, ...]:
        """The questions that lead to a page or a section."""
        return tuple(self.questions.get(f"{path}#{anchor}", ()))


def _revision(page: Page, view: View) -> Entry:
    """A revision that is kept: whoever asks for its number finds it, and nobody else, for it may no longer hold."""
    revision = page.path.rpartition("/")[2]
    document = view.documents[page.document or ""]
    return Entry(
        href=f"{page.path}.html",
        kind=document.record.kind if document.record.kind in KINDS else "page",
        title=page.title,
        codes=(f"{document.id}@{revision}", f"{document.id} {view.words['revision']} {revision}"),
        direct=True,
        document=document.id,
        revision=revision,
        datum=page.watermark,
    )


def _entries(page: Page, view: View, asked: _Asked) -> Iterator[Entry]:
    document = view.documents.get(page.document or "")
    own = page.path == (view.path_of(document.id) if document else page.path)
    top = Entry(
        href=f"{page.path}.html",
        kind=page.kind if page.kind in KINDS else "page",
        title=page.title,
        asks=asked.of(page.path),
        body=page.summary,
        document=document.id if document and document.record.kind in ("sop", "form") else "",
        revision=document.record.revision if document else "",
        status=document.status if document else "",
        codes=_codes(document, view) if document and own else (),
        roles=_roles(document),
        persons=_persons(document),
    )
    if page.kind in _BARE:
        yield top
        yield from register_entries(page.path, view)
        return
    opening, sections = _sections(page.body)
    yield replace(top, body=f"{page.summary} {opening}")
    if page.kind == "role":
        # Its sections list steps, which have entries of their own.
        return
    steps = {step.anchor: step for step in view.steps_by_document.get(page.document or "", ())} if own else {}
    nodes = page.kind == "pathway" and document is not None
    for anchor, words, body in sections:
        if nodes and anchor in _OF_EVERY_PATHWAY:
            continue
        if page.kind == "module":
            # A module tells cases at length: an officer shall find the step, not the exercise about it.
            if not asked.of(page.path, anchor):
                continue
            body = ""
        entry = replace(
            top,
            href=f"{page.path}.html#{anchor}",
            title=_NUMBER.sub("", words),
            top=False,
            asks=asked.of(page.path, anchor),
            body=body,
            codes=(),
        )
        if anchor in steps:
            entry = _step(entry, steps[anchor], view)
        elif document and isinstance(document.record, LawRecord):
            entry = replace(entry, codes=_article_codes(document, document.record, anchor, view))
        yield entry
    if nodes and document:
        yield from _nodes(document, replace(top, top=False, codes=(), body=""), view, asked)


@functools.lru_cache(maxsize=8192)
def _sections(html: str) -> tuple[str, tuple[tuple[str, str, str], ...]]:
    """The words of a body before its first heading, and for each heading its id, its words and those under it.

    Kept, so that a live preview takes only edited pages apart.
    """
    starts = list(_HEADING.finditer(html))
    ends = [*(start.start() for start in starts), len(html)]
    sections = tuple(
        (start[1], _spoken(start[2]), _spoken(html[start.end() : end]))
        for start, end in zip(starts, ends[1:], strict=True)
    )
    return _spoken(html[: ends[0]]), sections


def _spoken(html: str) -> str:
    """The words of a piece of HTML, without drawings, cards, and marks of sources."""
    return " ".join(unescape(_UNSPOKEN.sub(" ", html)).split())


def _step(entry: Entry, rooted: Rooted, view: View) -> Entry:
    step = rooted.step
    concerned = (*step.responsible, step.accountable, *step.consulted, *step.informed)
    names = [view.plain(view.roles[name].name) for name in dict.fromkeys(concerned) if name in view.roles]
    forms = [f"{name} {view.title(name)}" for name in step.forms if name in view.documents]
    limit = view.limit_words(step.limit) if step.limit else ""
    if step.limit in view.limits and view.limits[step.limit].unverified:
        limit += f" ({view.words['unverified']})"
    return replace(
        entry,
        kind="step",
        body=" . ".join([entry.body, *names, limit, *forms]),
        codes=(f"{rooted.document.id} {rooted.number}",),
        who=tuple(name for name in step.responsible if name in view.roles),
        roles=frozenset(concerned) & view.roles.keys(),
        persons=step.persons,
        when=limit,
        form=", ".join(forms),
    )


def _nodes(document: Document, entry: Entry, view: View, asked: _Asked) -> Iterator[Entry]:
    """Nodes of a pathway that officers ask for; the others are found as the steps that they name, or with their phase."""
    path = view.pathway_path(document.id)
    for node in view.pathways[document.id]:
        questions = asked.of(path, f"n-{node.id}")
        if questions:
            yield replace(
                entry,
                href=f"{path}.html#n-{node.id}",
                title=view.plain(node.words),
                asks=questions,
                who=(node.actor,) if node.actor in view.roles else (),
            )


def _codes(document: Document, view: View) -> tuple[str, ...]:
    if isinstance(document.record, LawRecord):
        return _variants(view.designation(document))
    return (document.id,)


def _article_codes(law: Document, record: LawRecord, anchor: str, view: View) -> tuple[str, ...]:
    """``CETS 197 13``, ``197 13`` and ``13``: also of the other numbers by which the article goes."""
    article = next((article for article in record.articles if article.anchor == anchor), None)
    if article is None:
        return ()
    numbers = [number for number in (article.number, *article.aliases) if number and any(map(str.isdigit, number))]
    return tuple(
        f"{law_name} {number}".strip() for number in numbers for law_name in ("", *_variants(view.designation(law)))
    )


def _variants(designation: str) -> tuple[str, ...]:
    """A designation as lawyers write it, and from its first number on, as officers do: ``2011/36/EU``, ``2011/36``."""
    digits = re.search(r"\d[\d/]*\d", designation)
    return (designation, designation[digits.start() :], digits[0]) if digits else (designation,)


def _roles(document: Document | None) -> frozenset[str]:
    return frozenset(document.record.applies_to) if document and isinstance(document.record, SopRecord) else frozenset()


def _persons(document: Document | None) -> tuple[Person, ...]:
    """For whom alone a document is; nothing where it is for adults and children."""
    if document and isinstance(document.record, SopRecord | PathwayRecord):
        persons = document.record.persons
        return () if {"adult", "child"} <= set(persons) else persons
    return ()
