"""What ``packing.py`` writes ``finder.js`` reads back equal."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from javascript import javascript
from patokaz.search import packing
from patokaz.search.index import LEVELS

READ = """
inside('base = ' + given.signs.length / 2);
[...given.signs].forEach((sign, n) => inside(`digits[${sign.charCodeAt()}] = ${n}`));
const [numbers, words, stems, pairs, replaced] = ["numbers", "unpackWords", "unpackStems", "pairs", "replaced"].map((name) => inside(name));
const read = {
  numbers: (text) => numbers(text),
  words: (text) => words(text),
  stems: ([listed, text]) => stems(listed, text),
  shown: ([text, exchange]) => {
    const exchanged = pairs(exchange);
    [...exchanged].forEach((pair) => exchanged.set(pair[1], pair[0]));
    return replaced(text, exchanged);
  },
};
return given.inputs.map((input) => read[given.reads](input));
"""

# Words are skeletons: small letters of any script and digits. Every sign of the packing's own digits may stand in a text.
LETTERS = st.characters(categories=("Ll", "Lo", "Nd"), max_codepoint=0xFFFF)
WORD = st.text(LETTERS, min_size=1, max_size=50)
NEAR_WORDS = st.text("abc1", min_size=1, max_size=45)
VALUE = st.integers(0, 10**9)
TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=60) | st.text("жшќ ab🙂\ufeff=~\u200c", max_size=40)
LISTS = settings(max_examples=12)  # each example holds up to a hundred lists and starts one Node


def read(reads: str, inputs: list[Any]) -> list[Any]:
    found = javascript(READ, {"signs": packing.SIGNS, "reads": reads, "inputs": inputs})
    assert isinstance(found, list)
    return found


def many(one: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(one, min_size=20, max_size=100)


def test_signs_have_no_meaning_in_a_script() -> None:
    assert len(set(packing.SIGNS)) == len(packing.SIGNS) == 2 * packing.BASE
    assert not set(packing.SIGNS) & set('"\\~ \n')


@LISTS
@given(many(st.lists(VALUE, max_size=20)))
def test_numbers(listed: list[list[int]]) -> None:
    assert read("numbers", ["".join(map(packing.number, values)) for values in listed]) == listed


@LISTS
@given(many(st.sets(st.integers(0, 10**6), max_size=20)))
def test_rising_numbers_are_gaps(listed: list[set[int]]) -> None:
    for values, gaps in zip(listed, read("numbers", [packing.numbers(sorted(v)) for v in listed]), strict=True):
        found, before = [], -1
        for gap in gaps:
            before += gap + 1
            found.append(before)
        assert found == sorted(values)


@LISTS
@given(many(st.dictionaries(st.integers(0, 10**5), st.tuples(st.integers(0, LEVELS - 1), st.booleans()), max_size=20)))
def test_postings(listed: list[dict[int, tuple[int, bool]]]) -> None:
    """As ``each`` in the engine takes them apart."""
    posted = [tuple((entry, *values[entry]) for entry in sorted(values)) for values in listed]
    for wanted, numbers in zip(posted, read("numbers", list(map(packing.postings, posted))), strict=True):
        found, entry = [], -1
        for value in numbers:
            entry += value // (2 * LEVELS) + 1
            rest = value % (2 * LEVELS)
            found.append((entry, rest >> 1, bool(rest & 1)))
        assert tuple(found) == wanted


@LISTS
@given(many(st.sets(WORD | NEAR_WORDS, max_size=20)))
def test_words(listed: list[set[str]]) -> None:
    inputs = [sorted(words) for words in listed]
    assert read("words", list(map(packing.words, inputs))) == inputs


@LISTS
@given(many(st.lists(st.tuples(WORD, WORD) | st.tuples(NEAR_WORDS, NEAR_WORDS), max_size=20)))
def test_stems(listed: list[list[tuple[str, str]]]) -> None:
    inputs = [([word for word, _ in pairs], packing.stems(pairs)) for pairs in listed]
    assert read("stems", inputs) == [[stem for _, stem in pairs] for pairs in listed]


@LISTS
@given(many(TEXT))
def test_exchange(texts: list[str]) -> None:
    shown = [" ".join(text.split()) for text in texts]
    inputs = []
    for text in shown:
        pairs = packing.exchange(text)
        packed = packing.exchanged(text, pairs)
        assert packing.exchanged(packed, pairs) == text
        assert len(packed.encode()) <= len(text.encode())
        inputs.append(
            (packed, " ".join(f"{sign}={letter}" for sign, letter in zip(pairs[::2], pairs[1::2], strict=True)))
        )
    assert read("shown", inputs) == shown


def test_exchange_shortens_cyrillic() -> None:
    text = "Пријавување на жртва, SOP-02"
    assert len(packing.exchanged(text, packing.exchange(text)).encode()) < len(text.encode()) - 15
