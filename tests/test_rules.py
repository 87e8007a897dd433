"""Every kind of finding has a readable case in ``cases/rules``: what is right, what is wrong, and the exact words.

``python tests/test_rules.py --update`` writes the expectations anew; then read what changed.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from patokaz.findings import CATALOGUE, in_order
from patokaz.findings import finding as make
from patokaz.load import MemoryTree, load
from patokaz.rules import RULES
from patokaz.rules.registry import Context
from sample import TESTS, TODAY, Sources, check_files, overlay, read_case, write_expect

CASES = TESTS / "cases" / "rules"
PATHS = sorted(CASES.iterdir())
UPDATE = "run `python tests/test_rules.py --update`, then read what changed"


def found(sources: Sources, code: str) -> list[str]:
    """The findings of one code, as printed."""
    return [str(item) for item in check_files(sources) if item.code == code]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_good_has_no_such_finding(path: Path) -> None:
    assert found(overlay(read_case(path)["good"]), path.stem) == []


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_bad_has_exactly_these_findings(path: Path) -> None:
    case = read_case(path)
    actual = "".join(f"{text}\n" for text in found(overlay(case["bad"]), path.stem))
    assert actual, "the bad example has no finding"
    assert actual == case["expect"], UPDATE


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_case_says_what_it_is_about(path: Path) -> None:
    case = read_case(path)
    assert set(case) == {"about", "good", "bad", "expect"}
    assert case["about"].endswith(".")
    assert case["good"]
    assert case["bad"]


def test_every_code_has_a_case_and_every_case_a_code() -> None:
    """A case file that no code uses would rot unseen."""
    assert [path.name for path in PATHS] == [f"{code}.yml" for code in sorted(CATALOGUE)]


@pytest.mark.parametrize("code", sorted(RULES))
def test_rule_function_is_reached(code: str) -> None:
    """The case runs the rule itself, not only the loader's finding of the same code."""
    library = load(MemoryTree(overlay(read_case(CASES / f"{code}.yml")["bad"]).files)).library
    assert library is not None
    assert in_order(make(code, *item) for item in RULES[code](Context(library, TODAY)))


def test_codes_without_a_rule_are_those_of_reading_and_drawing() -> None:
    """What is found while files are read, pathways drawn, editions put together or files imported needs no rule; all else has one."""
    assert {code for code in CATALOGUE if code not in RULES} == {
        code for code in CATALOGUE if re.match(r"KB0|KB10[1-5]|KB62[1-6]|KB63[1-4]|KB837|KB90[12]|KB915", code)
    }


@pytest.mark.parametrize("code", sorted(CATALOGUE))
def test_every_finding_has_a_hint(code: str) -> None:
    """A message without a way out helps nobody."""
    for item in check_files(overlay(read_case(CASES / f"{code}.yml")["bad"])):
        if item.code == code:
            assert item.hint, str(item)


if __name__ == "__main__":
    assert sys.argv[1:] == ["--update"], __doc__
    for path in PATHS:
        if write_expect(path, found(overlay(read_case(path)["bad"]), path.stem)):
            print(f"written: {path.relative_to(Path.cwd())}")
