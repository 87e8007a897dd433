"""The generator of queries: equal seeds, equal queries; each kind changes what it says and nothing else."""

from __future__ import annotations

import itertools
import random
import re
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import ROOT, Entry, dictionary_forms, library_entries, made, places, plain, turned, with_typos, worth_asking
from spellings import NEIGHBOURS, OTHER_SCRIPT, respell, without_marks
from test_sets import missing

KINDS = ("made-script", "made-diacritics", "made-typo", "made-inflected")
_FORMS = {"жртви": ["жртва", "жртвата"], "помош": ["помошта"], "viktimat": ["viktima"], "victims": ["victim"]}
TITLES = {
    "mk": ("Помош за жртви", "Враќање жртви меѓу граници", "Најдете безбедно место", "Кој упатува луѓе"),
    "sq": ("Ndihma për viktimat", "Thirrni përkthyes gojor", "Çfarë është thënë tashmë", "Shënoni dëshirën për azil"),
    "en": ("Help for victims", "Call an interpreter", "Tell the result", "Check the child’s needs"),
}
ENTRIES = [Entry(f"{lang}/{n}", lang, title) for lang, titles in TITLES.items() for n, title in enumerate(titles)]
TITLE_OF = {entry.id: plain(entry.title) for entry in ENTRIES}
LETTERS = st.sampled_from(["mk", "sq", "en"]).flatmap(
    lambda lang: st.tuples(st.just(lang), st.text(st.sampled_from(sorted(NEIGHBOURS[lang])), min_size=1, max_size=12))
)


def forms(lang: str, word: str) -> Sequence[str]:
    return _FORMS.get(word, [])


def queries(kind: str, seed: int = 1, number: int = 40) -> list[tuple[str, str, str]]:
    """(language, query, title in plain words) of one kind."""
    found = made(ENTRIES, seed, number, forms)
    return [
        (str(row["lang"]), str(row["query"]), TITLE_OF[row["relevant"][0]])  # type: ignore[index]
        for row in found
        if row["category"] == kind
    ]


def slips(one: str, other: str) -> int:
    """How many letters were changed, left out, put in or exchanged with the next: optimal string alignment."""
    table = [[i + j if not i * j else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            cost = one[i - 1] != other[j - 1]
            table[i][j] = min(table[i - 1][j] + 1, table[i][j - 1] + 1, table[i - 1][j - 1] + cost)
            if i > 1 and j > 1 and one[i - 2 : i] == other[j - 2 : j][::-1]:
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    return table[-1][-1]


def test_equal_seeds_give_equal_queries() -> None:
    assert made(ENTRIES, 7, 40, forms) == made(list(reversed(ENTRIES)), 7, 40, forms)
    assert made(ENTRIES, 7, 40, forms) != made(ENTRIES, 8, 40, forms)


def test_equal_shares_and_own_ids() -> None:
    found = made(ENTRIES, 1, 18, forms)
    assert Counter(row["category"] for row in found) == dict(zip(KINDS, (5, 5, 4, 4), strict=True))
    ids = [row["id"] for row in found]
    assert ids == sorted(set(map(str, ids)))
    assert list(found[0]) == ["id", "lang", "category", "query", "relevant"]


@pytest.mark.parametrize("kind", KINDS)
def test_no_query_repeats_or_equals_a_title(kind: str) -> None:
    found = [(lang, query) for lang, query, _ in queries(kind, number=400)]
    assert found
    assert len(found) == len(set(found))
    assert not {query for _, query in found} & set(TITLE_OF.values())


def test_script_leaves_no_letter_of_the_language() -> None:
    found = queries("made-script")
    assert {lang for lang, _, _ in found} == set(TITLES)
    for lang, query, title in found:
        assert not re.search("[\u0400-\u04ff]" if lang == "mk" else "[a-zçë]", query), query
        assert len(query.split()) == len(title.split())


@pytest.mark.parametrize("lang", sorted(OTHER_SCRIPT))
def test_every_spelling_knows_every_letter(lang: str) -> None:
    for spelling in OTHER_SCRIPT[lang].values():
        given = dict(spelling)
        assert set(NEIGHBOURS[lang]) <= set(given)
        assert all(len(one) >= len(other) for (one, _), (other, _) in itertools.pairwise(spelling))


def test_digraphs_are_one_letter() -> None:
    assert respell("njeriu shkon", OTHER_SCRIPT["sq"]["sounds"]) == "њериу шкон"
    assert respell("checklist centre", OTHER_SCRIPT["en"]["sounds"]) == "чеклист сентре"
    assert respell("луѓе жртва", OTHER_SCRIPT["mk"]["passport"]) == "lugje zhrtva"


def test_diacritics_only_lose_marks() -> None:
    found = queries("made-diacritics")
    assert {lang for lang, _, _ in found} == {"mk", "sq"}, "English titles have no marks"
    assert any(query == without_marks(title) for _, query, title in found)
    for _, query, title in found:
        assert query != title
        assert without_marks(query) == without_marks(title)
        assert all(word in (old, without_marks(old)) for word, old in zip(query.split(), title.split(), strict=True))


def test_typos_are_one_slip_in_each_long_word() -> None:
    for _, query, title in queries("made-typo", number=400):
        for word, old in zip(query.split(), title.split(), strict=True):
            longer = max(map(len, re.findall(r"[^\W\d_]+", old))) >= 4
            assert slips(old, word) == longer, (query, title)


@given(LETTERS, st.integers())
def test_a_slip_is_always_one(given: tuple[str, str], seed: int) -> None:
    lang, word = given
    assert slips(word, with_typos(lang, word, random.Random(seed))) == (len(word) >= 4)


def test_a_neighbour_touches() -> None:
    assert set(NEIGHBOURS["en"]["g"]) == set("fhtyvb")
    assert set(NEIGHBOURS["mk"]["љ"]) == set("ња")
    for near in NEIGHBOURS.values():
        assert all(key in near[other] for key, others in near.items() for other in others)


def test_inflected_words_come_from_the_dictionary() -> None:
    found = queries("made-inflected")
    assert found
    for lang, query, title in found:
        pairs = list(zip(query.split(), title.split(), strict=True))
        assert all(word in forms(lang, old) or (word == old and not forms(lang, old)) for word, old in pairs)


def test_a_dictionary_turned_round() -> None:
    others = turned({"victims": "victim", "victim": "victim", "Victim": "Victim", "vïctims": "victim"}, "vcitms")
    assert others("victims") == ["victim"]
    assert others("victim") == ["victims"]
    assert others("unknown") == []


def test_which_titles_are_asked_for() -> None:
    assert worth_asking("en", "call the team")
    assert not worth_asking("en", "the team")
    assert not worth_asking("en", " ".join(["word"] * 13))
    assert worth_asking("en", " ".join(["word"] * 12))
    assert plain("Humanitarian permit (law of 2006, superseded)") == "humanitarian permit law of 2006 superseded"
    assert plain("Член 418-а – t’i") == "член 418-а t’i"


def test_a_title_in_two_places_has_both() -> None:
    twice = [Entry("b", "en", "Legal aid"), Entry("a", "en", "legal aid"), Entry("c", "sq", "Legal aid")]
    assert places(twice) == {("en", "legal aid"): ["a", "b"], ("sq", "legal aid"): ["c"]}


def test_places_of_the_real_library_exist() -> None:
    entries = library_entries(ROOT)
    for lang in TITLES:
        own = [entry.id for entry in entries if entry.lang == lang]
        assert {target.partition("/")[0] for target in own} >= {"sops", "law", "forms", "roles", "glossary", "pathways"}
        assert missing(lang, own) == []


def test_forms_of_simplemma() -> None:
    pytest.importorskip("simplemma")
    known = dictionary_forms()
    assert "жртвата" in known("mk", "жртва")
    assert "victim" in known("en", "victims")
    assert "ndihmës" in known("sq", "ndihmë")
    assert all(word not in known("mk", word) for word in ("жртва", "помош"))
