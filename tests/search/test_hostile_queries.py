"""The engine asked what nobody should ask: no exception, only results that the panel can show, and no more work than for a short query."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from small import AROUND, CONCEPTS, ask, firsts, hrefs, small, well_formed
from test_made import slips

from javascript import answers, javascript
from patokaz.search.entries import KINDS
from patokaz.search.shard import common_script, script

INTERPRETER = "sops/sop-02.html#interpreter"
POCKET = "sops/sop-03.html#pocket"
SUPERSEDED = "sops/sop-04.html"


def test_names_of_javascript_are_words() -> None:
    found = firsts("en", ["constructor", "toString", "valueOf", "hasOwnProperty", "__proto__", "proto"])
    assert found == dict.fromkeys(found, POCKET)
    for answer in answers(small("mk"), AROUND, ["constructor", "__proto__", "toString", "hasOwnProperty", "length"]):
        well_formed(answer)


@pytest.mark.parametrize("options", [{"role": "constructor"}, {"persons": "__proto__"}, {"kind": "toString"}])
def test_unknown_filters_leave_what_is_for_all(options: dict[str, str]) -> None:
    well_formed(ask("mk", "преведувач", **options))


LETTERS = st.text("abcde", max_size=9)


@settings(max_examples=10)
@given(st.lists(st.tuples(LETTERS, LETTERS), min_size=50, max_size=200))
@example([("ab", "ba"), ("abcd", "acbd"), ("", "abc"), ("abc", "abc"), ("ca", "abc")])
def test_slips_are_counted_as_they_are_made(words: list[tuple[str, str]]) -> None:
    """Letters changed, left out, put in, or exchanged with the next; beyond what is asked for only that it is more."""
    code = 'return given.map(([a, b, most]) => inside("distance")(a, b, most))'
    asked = [(a, b, most) for a, b in words for most in (1, 2, 20)]
    for (a, b, most), found in zip(asked, javascript(code, asked), strict=True):
        assert min(found, most + 1) == min(slips(a, b), most + 1), (a, b, most)


HOSTILE = {
    "letters": "а" * 10_000,
    "words": "преведувач " * 1_000,
    "other words": " ".join(f"збор{number}" for number in range(1_500)),
    "spaces": " " * 10_000,
    "hyphens": "а-" * 5_000,
    "marks": "а" + "\u0301" * 10_000,
    "emoji": "🙂👩‍👩‍👧🏳️‍🌈" * 50,
    "control": "".join(map(chr, range(32))) + "\x7f\x85преведувач",
    "html": "<img src=x onerror=alert(1)>преведувач</script><script>",
    "quotes": '"преведувач\' `\\" „преведувач“ «»',
    "scripts": "преvedувaч",
    "directions": "\u202eпреведувач\u202c\u200f\u2066x\u2069",
    "signs": "?!…—–.,;:()[]{}<>/\\|@#$%^&*_+=~`",
    "surrogates": "\ud83d преведувач \udc00\ud800",
    "regular": "(.*)+$ [а-я]{1,1000} (?=x) \\p{L} $& $1 преведувач",
    "keyboard": "[];'\\" * 100 + "a[b]c\\d'e;f",
    "astral": "𝐩𝐫𝐞 𞤀𞤣𞤤𞤢𞤥 преведувач",
    "separators": "\u2028преведувач\u2029\ufeff\u00a0\t\r\n",
    "arabic": "الـضَّحِيَّة ٤١٨",
}


def test_hostile_queries() -> None:
    for language in ("mk", "sq", "en"):
        found = dict(zip(HOSTILE, answers(small(language), AROUND, HOSTILE.values()), strict=True))
        for answer in found.values():
            well_formed(answer)
        if language == "mk":
            for name in ("words", "control", "html", "quotes", "directions", "surrogates", "astral", "separators"):
                assert INTERPRETER in hrefs(found[name]), name


WORK = """
new Function("patokazFindCommon", given.common)(window.patokazFindCommon);
new Function("patokazFind", given.index)(window.patokazFind);
window.done = {};
inside(`
  const [plain, far, listed] = [replaced, distance, numbers], done = window.done;
  replaced = (text, letters) => { done.letters += text.length; return plain(text, letters); };
  distance = (a, b, most) => { done.distances++; return far(a, b, most); };
  numbers = (text) => { done.lists++; return listed(text); };
`);
return given.asked.map((query) => {
  Object.assign(window.done, {letters: 0, distances: 0, lists: 0});
  window.patokazFinder.find(query, {});
  return {...window.done};
});
"""


@pytest.mark.parametrize("unit", ["а", "збор ", "повикј ", "сн-", "a[", "418-а "])
def test_work_does_not_grow_with_the_query(unit: str) -> None:
    """Letters read, words compared and lists unpacked: beyond what is read of a query its length costs nothing."""
    asked = [unit * (length // len(unit)) for length in (1_200, 12_000, 120_000)]
    given = {"common": common_script(("mk",), CONCEPTS), "index": script(small("mk"), AROUND), "asked": asked}
    short, long, longest = javascript(WORK, given)
    assert 0 < short["letters"] < 40_000
    assert short["lists"] < 5_000
    # What was unpacked once is kept.
    for other in (long, longest):
        assert all(other[key] <= short[key] for key in short), (short, other)


SPELT = (
    "преведувач повикајте жртва përkthyes çantë interpreter child SOP-02 418-а член hotline [];'\\ -’ \u200f\u0301🙂0 "
)
QUERY = (
    st.text(st.characters(), max_size=40)
    | st.text(SPELT, max_size=40)
    | st.lists(st.sampled_from(SPELT.split()), max_size=8).map(" ".join)
)
OPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "role": st.sampled_from(["police", "helper", "nobody"]),
        "persons": st.sampled_from(["adult", "child", "nobody"]),
        "kind": st.sampled_from(KINDS),
        "all": st.booleans(),
    },
)


@settings(max_examples=15)
@given(st.sampled_from(["mk", "sq", "en"]), st.lists(st.tuples(QUERY, OPTIONS), min_size=20, max_size=100))
@example("mk", [(query, {}) for query in HOSTILE.values()])
def test_any_query_gives_well_formed_results(language: str, asked: list[tuple[str, dict[str, Any]]]) -> None:
    for (_, options), answer in zip(asked, answers(small(language), AROUND, asked), strict=True):
        well_formed(answer)
        for hit in answer["hits"]:
            assert options.get("kind") in (None, hit["kind"])
            assert options.get("all") or hit["href"] != SUPERSEDED
