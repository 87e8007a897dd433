"""What holds for every two texts: changes lead from the old to the new, and where nothing changed nothing is said."""

from __future__ import annotations

import itertools
import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from text_edits import body, edited, text_of, with_text

from patokaz.load import MemoryTree, load
from patokaz.model.library import Document
from patokaz.revisions.changes import apply, compare
from patokaz.revisions.kinds import Change
from patokaz.revisions.matching import Budget, increasing, matches
from patokaz.revisions.passages import sections_of
from patokaz.revisions.words import pieces, side
from sample import sample_files

LIBRARY = load(MemoryTree(sample_files())).library
assert LIBRARY is not None
PAGE: Document = LIBRARY.documents["ask-for-help"]
LETTERS = st.lists(st.sampled_from("abcde"), max_size=14)


def compared(old: Document, new: Document, budget: Budget | None = None) -> tuple[Change, ...]:
    return compare(old, new, "en", old_limits={}, new_limits={}, budget=budget)


@settings(max_examples=1500)
@given(st.integers(0, 2**32), st.integers(0, 12))
def test_changes_lead_from_the_old_text_to_the_new_one(seed: int, count: int) -> None:
    rng = random.Random(seed)
    before = body(rng)
    old, new = (text_of(sections) for sections in (before, edited(rng, before, count)))
    changes = compared(with_text(PAGE, old), with_text(PAGE, new))
    assert apply(sections_of(old.blocks), changes) == sections_of(new.blocks)
    assert (changes == ()) == (sections_of(old.blocks) == sections_of(new.blocks))


@given(st.integers(0, 2**32))
def test_changes_still_lead_there_when_the_budget_is_used_up(seed: int) -> None:
    rng = random.Random(seed)
    before = body(rng)
    old, new = (text_of(sections) for sections in (before, edited(rng, before, 6)))
    changes = compared(with_text(PAGE, old), with_text(PAGE, new), Budget(limit=0))
    assert apply(sections_of(old.blocks), changes) == sections_of(new.blocks)


def test_a_change_of_another_text_is_refused() -> None:
    one, two, three = (text_of([[[f"Go to the {place} at once and wait."]]]) for place in ("room", "door", "station"))
    changes = compared(with_text(PAGE, one), with_text(PAGE, two))
    with pytest.raises(ValueError, match="not one of this text"):
        apply(sections_of(three.blocks), changes)


@settings(max_examples=1000)
@given(st.text(max_size=60), st.text(max_size=60))
def test_pieces_join_to_both_texts(old: str, new: str) -> None:
    parts = pieces(old, new)
    assert side(parts, "deleted") == old
    assert side(parts, "inserted") == new
    assert all(part.text for part in parts)
    assert all(a.kind != b.kind for a, b in itertools.pairwise(parts))


@settings(max_examples=1000)
@given(LETTERS, LETTERS)
def test_matches_rise_on_both_sides(old: list[str], new: list[str]) -> None:
    pairs = matches(old, new, Budget())
    assert all(old[i] == new[j] for i, j in pairs)
    assert all(a[0] < b[0] and a[1] < b[1] for a, b in itertools.pairwise(pairs))


@given(LETTERS, LETTERS)
def test_without_anchors_the_common_subsequence_is_the_longest(old: list[str], new: list[str]) -> None:
    """Doubled, no letter occurs once, so that there are no anchors."""
    a, b = ([letter for letter in side for _ in "ab"] for side in (old, new))
    assert len(matches(a, b, Budget())) == _longest(a, b)


def _longest(a: Sequence[str], b: Sequence[str]) -> int:
    row = [0] * (len(b) + 1)
    for x in a:
        above = row[:]
        for j, y in enumerate(b):
            row[j + 1] = above[j] + 1 if x == y else max(row[j], above[j + 1])
    return row[-1]


@given(st.permutations(range(7)), st.lists(st.integers(1, 9), min_size=7, max_size=7))
def test_the_heaviest_rising_subsequence_is_found(values: list[int], weights: list[int]) -> None:
    found = increasing(values, weights)
    assert all(values[a] < values[b] and a < b for a, b in itertools.pairwise(found))
    best = max(
        sum(weights[i] for i in chosen)
        for size in range(8)
        for chosen in itertools.combinations(range(7), size)
        if all(values[a] < values[b] for a, b in itertools.pairwise(chosen))
    )
    assert sum(weights[i] for i in found) == best


HOSTILE = {
    "all different": ([f"a{n}" for n in range(10_000)], [f"b{n}" for n in range(10_000)]),
    "all equal": (["word"] * 10_000, ["word"] * 9_000),
    "all equal but the ends": (["x", *["word"] * 10_000, "y"], ["z", *["word"] * 9_000, "q"]),
    "two words": (random.Random(1).choices("ab", k=10_000), random.Random(2).choices("ab", k=10_000)),
    "reversed": ([str(n) for n in range(10_000)], [str(n) for n in reversed(range(10_000))]),
    "shuffled": ([str(n) for n in range(10_000)], random.Random(3).sample([str(n) for n in range(10_000)], 10_000)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_work_is_bounded_whatever_the_words(name: str) -> None:
    """10,000 words on each side: a full table would take a hundred million steps."""
    old, new = HOSTILE[name]
    budget = Budget()
    matches(old, new, budget)
    assert budget.spent < 1_000_000


@pytest.mark.parametrize("name", HOSTILE)
def test_passages_of_hostile_words_are_compared_within_the_budget(name: str) -> None:
    """2,000 passages of five words in one section, all changed."""
    old, new = (text_of([[[" ".join(words[n : n + 5])] for n in range(0, len(words), 5)]]) for words in HOSTILE[name])
    budget = Budget()
    changes = compared(with_text(PAGE, old), with_text(PAGE, new), budget)
    assert budget.spent < 2_100_000
    assert apply(sections_of(old.blocks), changes) == sections_of(new.blocks)
