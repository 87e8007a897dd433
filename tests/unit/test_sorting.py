"""The order of words: each language's alphabet, digits first, other scripts last, and always the same."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patokaz.model.languages import spoken
from patokaz.pages.sorting import Alphabet
from patokaz.pages.wording import wording

# In the order in which a dictionary of the language has them.
ORDERED = {
    "mk": [
        *(
            "2 деца",
            "10 деца",
            "азил",
            "Врска",
            "гранична полиција",
            "дете",
            "ѓердан",
            "етика",
            "жртва",
            "закон",
            "ѕвезда",
        ),
        *("идентификација", "јазик", "кој", "лице", "љубов", "мерка", "настан", "њива", "образец", "помош", "рок"),
        *("соба", "тим", "ќерка", "упатување", "форма", "храна", "центар", "член", "џеб", "шепот", "CETS 197", "SOP"),
    ],
    "sq": [
        *("18 vjet", "afat", "cak", "çështje", "dalje", "dorë", "dhomë", "edhe", "ëmbël", "fëmijë", "gusht", "gjak"),
        *("hap", "i parregullt", "interes", "ju", "ka", "lule", "llogari", "mjet", "nuk", "njeri", "orë", "pasaportë"),
        *("qetë", "rol", "rrugë", "skedar", "shkurt", "term", "thonjë", "udhë", "vepër", "Wikipedia", "xixë", "xham"),
        *("ydhull", "zyrë", "zhurmë", "жртва"),
    ],
    "en": ["1 day", "agreement", "Border police", "child", "child track", "children", "zone", "жртва"],
}


@pytest.mark.parametrize("language", ORDERED)
def test_words_stand_as_in_a_dictionary(language: str) -> None:
    alphabet = wording(language).alphabet
    keys = [alphabet.key(words) for words in ORDERED[language]]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(("language", "number"), [("mk", 31), ("sq", 37), ("en", 26)])
def test_alphabets_are_complete(language: str, number: int) -> None:
    """Albanian has 36 letters; the 37th is the w of foreign names."""
    letters = wording(language).alphabet.letters
    assert len(letters) == len(set(letters)) == number
    assert [letter.casefold() for letter in letters] == list(letters)


@pytest.mark.parametrize(
    ("language", "words", "heading"),
    [
        ("sq", "Xhami", "xh"), ("sq", "xixë", "x"), ("sq", "GJYKATË", "gj"), ("sq", "Ëndërr", "ë"), ("sq", "éclair", "e"),
        ("mk", "„Отворена порта“", "о"), ("mk", "Ѓорѓи", "ѓ"), ("mk", "ѐ", "е"), ("mk", "— Џеб", "џ"), ("en", "Štip", "s"),
    ],
)  # fmt: skip
def test_heading_of_a_word(language: str, words: str, heading: str) -> None:
    alphabet = wording(language).alphabet
    assert alphabet.letters[alphabet.group(words) - 1] == heading
    assert alphabet.group(unicodedata.normalize("NFD", words)) == alphabet.group(words)


@pytest.mark.parametrize("words", ["SOP-01", "مساعدة", "", "…", "– –"])
def test_everything_else_stands_last(words: str) -> None:
    alphabet = wording("mk").alphabet
    assert alphabet.group(words) == len(alphabet.letters) + 1


def test_what_does_not_count() -> None:
    key = wording("en").alphabet.key
    assert key("“Open Gate” – La Strada!") == key("open gate la strada") == key(" Open  gate, la strada ")
    assert key("co-operation") == key("cooperation")
    assert key("007 days") == key("7 days")


def test_numbers_count_by_value() -> None:
    key = wording("en").alphabet.key
    words = ["Article 4", "Article 10", "Article 10 a", "Article 100", "Articles", "Article " + "9" * 5000]
    assert sorted(words, key=key) == [*words[:4], words[5], words[4]]


WORDS = st.text(
    st.characters(codec="utf-8") | st.sampled_from("абѓќѐџ dhgjllxhëçAZ019-–„“ \u0301\u0300²ßİǆ"), max_size=12
)


@pytest.mark.parametrize("language", sorted(spoken()))
@given(words=st.lists(WORDS, max_size=8), seed=st.randoms(use_true_random=False))
def test_order_is_total_and_headings_follow_it(language: str, words: list[str], seed: object) -> None:
    alphabet = wording(language).alphabet
    ordered = sorted(words, key=lambda item: (alphabet.key(item), item))
    seed.shuffle(words)  # type: ignore[attr-defined]
    assert sorted(words, key=lambda item: (alphabet.key(item), item)) == ordered
    # No heading comes back once another has begun; words without any sign that counts sort before all, under the last.
    groups = [alphabet.group(item) for item in ordered if alphabet.key(item)]
    assert groups == sorted(groups)
    assert all(0 <= group <= len(alphabet.letters) + 1 for group in groups)


@given(st.lists(st.text("abcdz", min_size=1, max_size=3), min_size=3, max_size=6, unique=True))
def test_an_alphabet_is_its_table(letters: list[str]) -> None:
    """Whatever signs a letter has, alone it stands at its place in the table."""
    alphabet = Alphabet(tuple(letters))
    assert [alphabet.group(letter) for letter in letters] == list(range(1, len(letters) + 1))
