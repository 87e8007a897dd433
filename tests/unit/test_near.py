"""Near matches for hints."""

from __future__ import annotations

from patokaz.findings import did_you_mean


def test_one_near_word() -> None:
    assert did_you_mean("border-polise", ["border-police", "court"]) == "did you mean `border-police`?"


def test_two_near_words_best_first() -> None:
    assert did_you_mean("art-1", ["art-2", "art-11", "x"]) == "did you mean `art-11` or `art-2`?"


def test_few_known_words_are_listed_in_order() -> None:
    assert did_you_mean("zzz", ["b", "a", "a"]) == "known here: `a`, `b`"


def test_many_known_words_are_not_listed() -> None:
    assert did_you_mean("zzz", [f"word-{number}" for number in range(13)]) == ""
    assert did_you_mean("zzz", []) == ""


def test_case_does_not_hide_a_near_word() -> None:
    assert did_you_mean("sop-01", [f"SOP-{number:02}" for number in range(1, 14)]) == "did you mean `SOP-01`?"
