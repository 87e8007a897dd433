"""The library's names for search: letters of their language, short, and nothing that search would read as a common word."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

import pytest

from patokaz.load import DiskTree, load
from patokaz.model.library import Library
from patokaz.search.rules import rules
from sample import TESTS

LANGUAGES = ("mk", "sq", "en")
LATIN = {"sq": "a-zçë", "en": "a-z"}
"""A Macedonian name may hold foreign names and acronyms, but no word may mix the scripts: а and a look alike."""


@functools.cache
def library() -> Library:
    loaded = load(DiskTree(TESTS.parent)).library
    assert loaded is not None
    return loaded


def names(language: str) -> Iterator[tuple[str, str]]:
    """(entry, name) for everything that only search knows."""
    for concept in library().thesaurus.values():
        yield from ((concept.id, form) for form in concept.forms.get(language, ()))
    for term in library().terms.values():
        if language in term.forms:
            yield from ((term.id, form) for form in term.forms[language].heard)
    for entry in (*library().roles.values(), *library().institutions.values()):
        yield from ((entry.id, form) for form in entry.heard.get(language, ()))


def test_every_concept_has_names_in_every_language() -> None:
    assert [
        c.id for c in library().thesaurus.values() if any(len(c.forms.get(name, ())) < 3 for name in LANGUAGES)
    ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_are_short(language: str) -> None:
    assert [item for item in names(language) if len(item[1].split()) > 4] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_mixes_scripts(language: str) -> None:
    word = re.compile(rf"[{LATIN[language]}]+" if language in LATIN else r"[а-шѓѕјљњќџѐѝ]+|[a-z]+")
    mixed = [
        (entry, form)
        for entry, form in names(language)
        if not all(word.fullmatch(part) for part in re.findall(r"[^\W\d_]+", form.lower()))
    ]
    assert mixed == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_single_word_reads_like_one_that_says_little(language: str) -> None:
    """Albanian „para“, money, is „para“, before: as a name it would lead everywhere."""
    own = rules(language)
    little = {own.stem(word) for word in own.stop}
    stems = {(entry, form): [own.stem(word) for word in own.words(form)] for entry, form in names(language)}
    assert [item for item, found in stems.items() if len(found) == 1 and found[0] in little] == []
    assert [item for item, found in stems.items() if not found] == []
