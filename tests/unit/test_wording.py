"""The engine's own words: the same keys in every language, and right plurals."""

from __future__ import annotations

import datetime
import string
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patokaz.findings import SetupError
from patokaz.model.base import Duration
from patokaz.model.languages import spoken, spoken_in_leaflets
from patokaz.pages.direction import direction_of
from patokaz.pages.wording import WordFile, best, wording

WORKING = ("mk", "sq", "en")

DURATIONS = {
    "mk": {
        "P1D": "1 ден", "P2D": "2 дена", "P11D": "11 дена", "P21D": "21 ден", "P111D": "111 дена", "P101D": "101 ден",
        "P1M": "1 месец", "P12M": "12 месеци", "P21Y": "21 година", "P2Y": "2 години",
        "PT1H": "1 час", "PT72H": "72 часа", "PT31M": "31 минута", "PT11M": "11 минути",
    },
    "sq": {"P1D": "1 ditë", "P2D": "2 ditë", "P11D": "11 ditë", "P21D": "21 ditë", "P1M": "1 muaj", "P1Y": "1 vit", "P21Y": "21 vjet", "PT1H": "1 orë"},
    "en": {"P1D": "1 day", "P2D": "2 days", "P11D": "11 days", "P21D": "21 days", "P1M": "1 month", "P12M": "12 months", "PT1H": "1 hour"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("language", "duration", "words"),
    [(lang, d, words) for lang, table in DURATIONS.items() for d, words in table.items()],
)
def test_duration(language: str, duration: str, words: str) -> None:
    assert wording(language).duration(Duration.parse(duration)) == words


def test_units_are_joined() -> None:
    assert wording("en").duration(Duration(days=1, hours=2)) == "1 day 2 hours"


@pytest.mark.parametrize(("language", "words"), [("mk", "23.11.2026 г."), ("sq", None), ("en", "23 November 2026")])
def test_date(language: str, words: str | None) -> None:
    said = wording(language).date(datetime.date(2026, 11, 23))
    assert "23" in said
    assert "2026" in said
    if words:
        assert said == words


@pytest.mark.parametrize("language", WORKING)
def test_partial_dates(language: str) -> None:
    file = wording(language)
    assert file.partial_date("2026") == "2026"
    assert file.partial_date("2026-05") == f"{file.file.months[4]} 2026"
    assert file.partial_date("2026-05-16") == file.date(datetime.date(2026, 5, 16))


def keys(file: WordFile) -> dict[str, set[str]]:
    return {
        "units": set(file.units),
        "bounds": set(file.bounds),
        "sections": set(file.sections),
        "words": set(file.words),
    }


@pytest.mark.parametrize("language", sorted(spoken()))
def test_word_files_have_equal_keys(language: str) -> None:
    assert keys(wording(language).file) == keys(wording("en").file)
    assert len(wording(language).file.months) == 12


def slots(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", sorted(spoken()))
def test_word_files_have_equal_slots(language: str) -> None:
    """A slot that a translation forgot would lose a number or a name."""
    for part in ("bounds", "words"):
        english: dict[str, str] = getattr(wording("en").file, part)
        for key, text in getattr(wording(language).file, part).items():
            assert slots(text) == slots(english[key]), key
            assert text.strip() == text, key
            assert text, key


def test_working_languages_are_there() -> None:
    assert set(WORKING) <= spoken()


def test_unknown_language_says_what_to_do() -> None:
    with pytest.raises(SetupError, match=r"words/xx\.yml.*speaks.*mk"):
        wording("xx")


def test_best_language_falls_back_in_order() -> None:
    assert best({"mk": "а", "en": "b"}, "en", WORKING) == ("b", "en")
    assert best({"mk": "а", "en": "b"}, "sq", WORKING) == ("а", "mk")
    assert best({"ar": "x"}, "sq", WORKING) == ("x", "ar")
    assert best({}, "sq", WORKING) == ("", "sq")


@pytest.mark.parametrize("language", sorted(spoken_in_leaflets()))
def test_words_of_leaflets_are_some_of_the_others(language: str) -> None:
    """A language of leaflets has the same words as every other one, each also a word of the interface, and its own name."""
    words, english = wording(language).file.words, wording("en").file.words
    for other in spoken_in_leaflets():
        assert set(words) == set(wording(other).file.words)
    assert set(words) - set(english) == {"language_name"}
    for key in set(words) & set(english):
        assert slots(words[key]) == slots(english[key]), key
        assert words[key].strip() == words[key] != "", key
    assert set(wording(language).file.units) == set(wording("en").file.units)
    assert not spoken() & spoken_in_leaflets()


@given(st.text(), st.sampled_from(["x", "ж", "ا", "ש"]), st.text())
def test_words_go_as_their_first_letter_goes(before: str, letter: str, after: str) -> None:
    before = "".join(sign for sign in before if unicodedata.bidirectional(sign) not in ("L", "R", "AL"))
    assert direction_of(before + letter + after) == ("ltr" if letter in "xж" else "rtl")
    assert direction_of(before) == "ltr"
