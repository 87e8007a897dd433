"""Documents, queries and glossaries: from files in the format of the benchmark, or from the library itself."""

from __future__ import annotations

import datetime
import functools
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from words import WORDS

from patokaz.checking import checked
from patokaz.load import DiskTree
from patokaz.model.library import Library
from patokaz.pages import compile_library
from patokaz.pages.findable import findable, with_other_titles
from patokaz.pages.finding import concepts
from patokaz.pages.view import View
from patokaz.search.entries import Concept, Entry

_DAY = datetime.date(2026, 11, 24)


@dataclass(frozen=True)
class Query:
    """A query and the ids of what it should find: documents, or places ``document#section``."""

    id: str
    language: str
    category: str
    query: str
    relevant: tuple[str, ...]


@dataclass(frozen=True)
class Judged:
    """How a query fared: ``found`` among the first five, the reciprocal rank, ``empty`` without any result."""

    found: bool
    reciprocal: float
    empty: bool


@dataclass(frozen=True)
class Corpus:
    """Entries by language in the form that the index takes, and queries. ``documents`` are (language, id of the page)."""

    entries: dict[str, list[Entry]]
    queries: tuple[Query, ...]
    by_place: bool
    """Whether results are places (the library), or documents (files)."""

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages that have documents."""
        return tuple(self.entries)

    @property
    def documents(self) -> list[tuple[str, str]]:
        """(language, address) of every page."""
        return [(language, entry.href) for language, listed in self.entries.items() for entry in listed if entry.top]

    def place(self, href: str) -> str:
        """The id of a result: ``sops/sop-02#open-talk``, or the document's id."""
        path, hash_sign, anchor = href.partition("#")
        path = path.removesuffix(".html")
        return path + hash_sign + anchor if self.by_place else path

    def judge(self, query: Query, results: Sequence[str], depth: int) -> Judged:
        """A wanted page is found by any of its sections, a wanted section only by itself."""
        rank = next((n for n, place in enumerate(results[:depth], 1) if _answers(place, query.relevant)), None)
        return Judged(rank is not None and rank <= 5, 1 / rank if rank else 0.0, not results)

    def among(self, number: int) -> Corpus:
        """The corpus with ``number`` made-up documents per language."""
        if not number:
            return self
        made = {language: [*listed, *_distractors(language, number)] for language, listed in self.entries.items()}
        return replace(self, entries=made)


def _answers(place: str, relevant: tuple[str, ...]) -> bool:
    return place in relevant or place.partition("#")[0] in relevant


def from_files(docs: Path, queries: Path) -> Corpus:
    """A set of documents ``{id, lang, title, body}`` whose sections start with lines ``## title``."""
    listed = json.loads(docs.read_text(encoding="utf-8"))
    languages = sorted({doc["lang"] for doc in listed}, key=lambda name: (name not in ("mk", "sq", "en"), name))
    entries = {
        language: [e for doc in listed if doc["lang"] == language for e in _entries(doc)] for language in languages
    }
    return Corpus(_translated(entries), tuple(_queries(queries)), by_place=False)


def _entries(doc: dict[str, str]) -> Iterator[Entry]:
    opening, *sections = re.split(r"^##+ +", doc.get("body", ""), flags=re.MULTILINE)
    yield Entry(href=f"{doc['id']}.html", kind="sop", title=doc["title"], body=opening)
    for number, section in enumerate(sections, 1):
        title, _, body = section.partition("\n")
        yield Entry(href=f"{doc['id']}.html#s{number}", kind="step", title=title.strip(), top=False, body=body)


def _translated(entries: dict[str, list[Entry]]) -> dict[str, list[Entry]]:
    """Titles in the other languages: of the same id, without a part that names the language, where the sections are as many."""
    shared = {
        language: {_without_language(page[0].href, language): page for page in _pages(listed)}
        for language, listed in entries.items()
    }
    result: dict[str, list[Entry]] = {}
    for language, pages in shared.items():
        result[language] = []
        for key, page in pages.items():
            others = {name: known[key] for name, known in shared.items() if name != language and key in known}
            for number, entry in enumerate(page):
                titles = {
                    name: other[number].title
                    for name, other in others.items()
                    if number == 0 or len(other) == len(page)
                }
                result[language].append(replace(entry, titles=titles))
    return result


def _pages(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    page: list[Entry] = []
    for entry in entries:
        if entry.top and page:
            yield page
            page = []
        page.append(entry)
    if page:
        yield page


def _without_language(href: str, language: str) -> str:
    return re.sub(rf"(?:^|[-_./:]){language}(?=$|[-_./:])", "", href)


def _queries(path: Path) -> Iterator[Query]:
    for item in json.loads(path.read_text(encoding="utf-8")):
        yield Query(str(item["id"]), item["lang"], item["category"], item["query"], tuple(item["relevant"]))


def from_library(root: Path, queries: Path | None = None) -> Corpus:
    """The pages of the library with the development set."""
    compiled = compile_library(_library(root), "professional")
    entries = with_other_titles(
        {
            language: findable(View(compiled.library, "professional", language), compiled.in_language(language))
            for language in compiled.languages
        }
    )
    listed = tuple(_queries(queries or root / "tests" / "search" / "queries.json"))
    return Corpus(entries, listed, by_place=True)


def as_pages(found: Corpus) -> Corpus:
    """The library as a set of documents, one a page, in the form that :func:`from_files` takes: without what officers ask, codes and kinds."""
    entries = {
        language: [
            entry for page in _pages([e for e in listed if not e.direct]) for entry in _entries(_document(page, found))
        ]
        for language, listed in found.entries.items()
    }
    queries = (
        replace(query, relevant=tuple(dict.fromkeys(place.partition("#")[0] for place in query.relevant)))
        for query in found.queries
    )
    return Corpus(_translated(entries), tuple(queries), by_place=False)


def _document(page: Sequence[Entry], found: Corpus) -> dict[str, str]:
    top, *sections = page
    parts = [top.body, *(f"## {section.title}\n{section.body} {section.datum}" for section in sections)]
    return {"id": found.place(top.href), "title": top.title, "body": "\n".join(parts)}


def library_glossary(root: Path) -> tuple[Concept, ...]:
    """The concepts of the library's term base and thesaurus."""
    return tuple(replace(concept, href="") for concept in concepts(View(_library(root), "professional", "en")))


def glossary_of(path: Path) -> tuple[Concept, ...]:
    """Concepts from a file ``[{"mk": [forms], "sq": […], …}, …]``."""
    return tuple(
        Concept({language: tuple(forms) for language, forms in item.items() if isinstance(forms, list)})
        for item in json.loads(path.read_text(encoding="utf-8"))
    )


@functools.cache
def _library(root: Path) -> Library:
    library, findings = checked(DiskTree(root), _DAY)
    assert library is not None, "\n".join(map(str, findings))
    return library


def _distractors(language: str, number: int) -> Iterator[Entry]:
    """Documents that look like procedures and mean nothing; the same ones in every run."""
    words = WORDS.get(language, WORDS["en"])
    chance = random.Random(f"{language} {number}")

    def sentence() -> str:
        parts = (words.conditions, list(words.roles.values()), words.actions, words.places, words.purposes)
        return " ".join(chance.choice(part) for part in parts)

    for n in range(number):
        href = f"made-{language}-{n}.html"
        yield Entry(
            href=href,
            kind="sop",
            title=f"{chance.choice(words.nouns)} – {chance.choice(words.actions)}",
            body=sentence(),
        )
        for section in range(1, 5):
            title = f"{chance.choice(words.actions)} {chance.choice(words.places)}"
            yield Entry(
                href=f"{href}#s{section}",
                kind="step",
                title=title,
                top=False,
                body=". ".join(sentence() for _ in range(5)),
            )
