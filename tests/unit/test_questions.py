"""What officers ask, as it is read from the front matter of a text."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patokaz.load import DiskTree, load
from patokaz.model.library import Library
from patokaz.model.records import LawRecord, SopRecord
from patokaz.model.texts import FrontMatter, Question, Text
from patokaz.parse.texts import parse_text
from sample import TESTS


def text(front: str) -> Text:
    parsed, findings = parse_text(f"---\ntitle: A\nsummary: B\n{front}---\n", "en.md", "en", FrontMatter)
    assert parsed is not None, findings
    return parsed


def test_line_ends_with_the_section_that_answers() -> None:
    asked = text("asks:\n  - whom do I call {#call-team}\n  - 'what first'\n").questions
    assert [(question.words, question.anchor) for question in asked] == [
        ("whom do I call", "call-team"),
        ("what first", None),
    ]


def test_question_stands_where_its_line_stands() -> None:
    places = [question.location for question in text("asks:\n  - one {#a}\n  - two\n").questions]
    assert [(place.path, place.line, place.column) for place in places] == [("en.md", 5, 5), ("en.md", 6, 5)]


def test_text_without_questions() -> None:
    assert text("").questions == ()


def test_braces_elsewhere_are_words() -> None:
    (asked,) = text('asks: ["is {#a} a section"]\n').questions
    assert (asked.words, asked.anchor) == ("is {#a} a section", None)


def test_section_counts_for_the_translator_too() -> None:
    """Where a question leads is part of what a translation follows."""
    assert text("asks: ['a {#b}']\n").fingerprint != text("asks: ['a {#c}']\n").fingerprint


_WORDS = st.text(st.characters(categories=["L", "N", "P", "Zs"], exclude_characters="{}"), min_size=1).map(str.strip)


@given(st.lists(st.tuples(_WORDS.filter(bool), st.none() | st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True))))
def test_what_is_written_is_read(asked: list[tuple[str, str | None]]) -> None:
    lines = [json.dumps(words + (f" {{#{anchor}}}" if anchor else ""), ensure_ascii=False) for words, anchor in asked]
    read = text(f"asks: [{', '.join(lines)}]\n").questions
    assert [(question.words, question.anchor) for question in read] == asked


# The library that comes with the engine


@pytest.fixture(scope="module")
def real() -> Library:
    found = load(DiskTree(TESTS.parent)).library
    assert found is not None
    return found


def questions(library: Library, language: str) -> Iterator[tuple[str, Question]]:
    for text in library.texts():
        if text.language == language:
            yield from ((text.path, question) for question in text.questions)


@pytest.mark.parametrize("language", ["mk", "sq", "en"])
def test_every_step_and_article_is_asked_for(real: Library, language: str) -> None:
    """A section that nobody asks for in everyday words is found only by who knows its official name."""
    for document in real.documents.values():
        record = document.record
        wanted: set[str] = set()
        if isinstance(record, SopRecord):
            wanted = {step.id for measure in record.measures for step in measure.steps}
        elif isinstance(record, LawRecord):
            wanted = set(document.anchors())
        asked = {question.anchor for question in document.texts[language].questions}
        assert asked, document.id
        assert wanted <= asked, document.id


@pytest.mark.parametrize("language", ["mk", "sq", "en"])
def test_no_question_leads_to_two_places(real: Library, language: str) -> None:
    places: dict[str, tuple[str, str | None]] = {}
    for path, question in questions(real, language):
        place = (path, question.anchor)
        assert places.setdefault(question.words.casefold(), place) == place, question.words
    assert len(places) > 250


@pytest.mark.parametrize("language", ["mk", "sq", "en"])
def test_questions_are_as_short_as_officers_type(real: Library, language: str) -> None:
    too_long = [question.words for _, question in questions(real, language) if len(question.words.split()) > 8]
    assert too_long == []
