"""The development sets are well formed, broad enough, and name places that the real library has.

``relevant`` and ``right`` hold paths relative to the language's folder, without suffix. ``path#anchor`` is one section or
entry; a bare ``path`` is the whole page with each of its sections.
"""

from __future__ import annotations

import functools
import json
import re
from collections import Counter
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from patokaz.load import DiskTree, load
from patokaz.pages.compiled import Compiled, compile_library

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
LANGUAGES = ("mk", "sq", "en")
AT_LEAST = {
    "exact": 15,
    "inflected": 18,
    "script": 15,
    "diacritics": 12,
    "typo": 20,
    "synonym": 18,
    "question": 20,
    "cross": 15,
}
"""Queries of each category in each language; 133 a language."""
MOST_FOR_ONE_PLACE = 3
"""How many queries of one category and language may ask for the same place, so that the sets spread over the library."""
SITUATIONS = 30

_TAGS = re.compile(r"<[^>]+>")
_WORDS = re.compile(r"[^\W\d_]+")
_IDS = re.compile(r'\bid="([^"]+)"')
_CYRILLIC = re.compile("[\u0400-\u04ff]")


@functools.cache
def compiled() -> Compiled:
    """The repository's own library with all that professionals see."""
    library = load(DiskTree(ROOT)).library
    assert library is not None
    return compile_library(library, "professional")


@functools.cache
def anchors(language: str, path: str) -> frozenset[str]:
    """The ids on a page."""
    page = compiled().pages[language, path]
    return frozenset(_IDS.findall("".join((page.head, page.panel, page.body, page.tail))))


@functools.cache
def vocabulary(language: str) -> frozenset[str]:
    """Every word that pages in a language show."""
    shown = " ".join(f"{page.title} {_TAGS.sub(' ', page.body)}" for page in compiled().in_language(language))
    return frozenset(_WORDS.findall(unescape(shown).casefold()))


def rows(name: str) -> list[dict[str, Any]]:
    value = json.loads((HERE / name).read_text(encoding="utf-8"))
    assert isinstance(value, list)
    return value


QUERIES = rows("queries.json")
ALL_SITUATIONS = rows("situations.json")


def missing(language: str, targets: list[str]) -> list[str]:
    """The targets that the site does not have."""
    absent = []
    for target in targets:
        path, _, anchor = target.partition("#")
        known = (language, path) in compiled().pages
        if not known or (anchor and anchor not in anchors(language, path)):
            absent.append(target)
    return absent


@pytest.mark.parametrize("name", ["queries.json", "situations.json"])
def test_one_object_a_line_sorted_by_id(name: str) -> None:
    """So that a change shows as one line."""
    found = rows(name)
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in found)
    assert (HERE / name).read_text(encoding="utf-8") == f"[\n{lines}\n]\n"
    ids = [row["id"] for row in found]
    assert ids == sorted(set(ids))


def test_queries_have_the_format() -> None:
    for row in QUERIES:
        assert list(row) == ["id", "lang", "category", "query", "relevant"]
        assert row["lang"] in LANGUAGES
        assert row["category"] in AT_LEAST
        assert re.fullmatch(rf"{row['lang']}-{row['category']}-\d\d", row["id"]), row
        assert row["query"] == " ".join(row["query"].split()) != "", row


def test_enough_queries_of_each_category() -> None:
    count = Counter((row["lang"], row["category"]) for row in QUERIES)
    assert all(count[lang, category] >= number for lang in LANGUAGES for category, number in AT_LEAST.items()), count


def test_no_query_twice_in_a_language() -> None:
    count = Counter((row["lang"], row["query"].casefold()) for row in QUERIES)
    assert [key for key, times in count.items() if times > 1] == []


def test_queries_spread_over_the_library() -> None:
    count = Counter((row["lang"], row["category"], target) for row in QUERIES for target in row["relevant"])
    assert {key: times for key, times in count.items() if times > MOST_FOR_ONE_PLACE} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_relevant_place_exists(language: str) -> None:
    for row in (row for row in QUERIES if row["lang"] == language):
        assert row["relevant"] and len(set(row["relevant"])) == len(row["relevant"]), row
        assert missing(language, row["relevant"]) == [], row


def test_categories_are_what_they_say() -> None:
    for row in QUERIES:
        language, query = row["lang"], row["query"]
        known = [word in vocabulary(language) for word in _WORDS.findall(query.casefold())]
        match row["category"]:
            case "exact":
                assert all(known), row
            case "typo":
                assert not all(known), row
            case "question":
                assert 4 <= len(query.split()) <= 10, row
            case "script":
                # A semicolon stands where the wrong keyboard has another letter.
                foreign = not _CYRILLIC.search(query) if language == "mk" else _CYRILLIC.search(query) or ";" in query
                assert foreign, row
            case "diacritics" if language != "en":
                assert not re.search("[ëçѓќѝѐ]", query.casefold()), row


def test_situations_have_the_format() -> None:
    for row in ALL_SITUATIONS:
        assert list(row) == ["id", "lang", "situation", "typed", "right"]
        assert row["lang"] in LANGUAGES
        assert row["situation"].endswith("."), row
        assert 1 <= len(row["typed"].split()) <= 6, row
    expected = {f"{lang}-{number:02}" for lang in LANGUAGES for number in range(1, SITUATIONS + 1)}
    assert {row["id"] for row in ALL_SITUATIONS} == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_right_place_exists(language: str) -> None:
    for row in (row for row in ALL_SITUATIONS if row["lang"] == language):
        assert row["id"].startswith(f"{language}-"), row
        assert row["right"] and len(set(row["right"])) == len(row["right"]), row
        assert missing(language, row["right"]) == [], row
