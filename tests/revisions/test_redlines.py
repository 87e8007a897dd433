"""Realistic edits of the sample library and what the redline says of them: ``cases/redlines``.

``python tests/revisions/test_redlines.py --update`` writes the expectations anew; then read what changed.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from patokaz.load import MemoryTree, load
from patokaz.model.base import Audience
from patokaz.pages.redline import WORKING, Redline, redline
from patokaz.pages.redline_lines import Compared
from patokaz.pages.redline_names import Names
from patokaz.pages.redline_written import as_text
from patokaz.pages.view import View
from patokaz.revisions.changes import apply, compare
from patokaz.revisions.passages import sections_of
from sample import TESTS, overlay, read_case, write_expect

CASES = TESTS / "cases" / "redlines"
PATHS = sorted(CASES.iterdir())
UPDATE = "run `python tests/revisions/test_redlines.py --update`, then read what changed"


def states(case: dict[str, Any]) -> Compared:
    """The two states of a case, each with the limits of its library."""
    before = overlay(case["before"])
    after = overlay(case["after"], before.files)
    old, new = (load(MemoryTree(sources.files)).library for sources in (before, after))
    assert old is not None
    assert new is not None
    name = case.get("document", "SOP-01")
    return Compared(old.documents[name], new.documents[name], "1.0", WORKING, old.limits, new.limits)


def redline_of(
    case: dict[str, Any], language: str | None = None, audience: Audience = "professional"
) -> tuple[Redline, View]:
    """The redline of a case, and the view of the new library."""
    library = load(MemoryTree(overlay(case["after"], overlay(case["before"]).files).files)).library
    assert library is not None
    view = View(library, audience, language or case.get("language", "en"))
    return redline(states(case), Names(view)), view


def body(case: dict[str, Any]) -> str:
    """The redline as text, without its head, which is the same in every case."""
    return as_text(redline_of(case)[0]).partition("\n\n")[2]


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_redline_says_exactly_this(path: Path) -> None:
    case = read_case(path)
    assert body(case) == case["expect"], UPDATE


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_changes_of_a_case_lead_to_the_new_text(path: Path) -> None:
    case = read_case(path)
    assert case["about"].endswith(".")
    found, language = states(case), case.get("language", "en")
    changes = compare(found.old, found.new, language, old_limits=found.old_limits, new_limits=found.new_limits)
    old, new = (document.texts[language].blocks for document in (found.old, found.new))
    assert apply(sections_of(old), changes) == sections_of(new)


def update() -> None:
    """Write every ``expect`` anew."""
    for path in PATHS:
        if write_expect(path, body(read_case(path)).rstrip("\n").split("\n")):
            print(f"changed: {path.name}")


if __name__ == "__main__" and "--update" in sys.argv:
    update()
