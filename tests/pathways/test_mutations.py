"""Faults seeded into good pathways are all found, where they are; the good ones have none."""

from __future__ import annotations

import functools
import itertools
from collections import Counter
from collections.abc import Iterator

import pytest
from mutants import OPERATORS, Draft, Mutant, draft_of

from patokaz.findings import Location
from patokaz.load import DiskTree, MemoryTree, load
from patokaz.model.library import Library
from patokaz.rules import RULES
from patokaz.rules.registry import Context
from sample import TESTS, TODAY, sample_files

MOST_OF_ONE = 1
"""How many mutants of one operator are tried on one pathway of the repository's own library; all on the sample."""

PATHWAY_CODES = [code for code in RULES if code.startswith("KB8")]


@functools.cache
def sample() -> Library:
    library = load(MemoryTree(sample_files())).library
    assert library is not None
    return library


@functools.cache
def own() -> Library:
    """The library of this repository."""
    library = load(DiskTree(TESTS.parent)).library
    assert library is not None
    return library


def drafts(library: Library) -> list[Draft]:
    return [draft_of(library, document) for document in library.pathways()]


def found(library: Library, code: str) -> Iterator[Location]:
    return (where for where, _, _ in RULES[code](Context(library, TODAY)))


def assert_found(mutant: Mutant) -> None:
    library = mutant.draft.with_library()
    path = mutant.draft.document.pathway_path
    lines = [where.line for where in found(library, mutant.code) if where.path == path]
    assert lines, f"{mutant.code} was not found"
    if mutant.index is not None:
        assert mutant.draft.line_of(mutant.index) in lines


def test_there_are_enough_operators() -> None:
    assert len(OPERATORS) >= 36


@pytest.mark.parametrize("name", OPERATORS)
def test_every_mutant_of_the_sample_is_found(name: str) -> None:
    mutants = [mutant for draft in drafts(sample()) for mutant in OPERATORS[name](draft)]
    assert mutants, "the sample has no place for this fault"
    for mutant in mutants:
        assert_found(mutant)


@pytest.mark.parametrize("name", OPERATORS)
def test_mutants_of_the_own_library_are_found(name: str) -> None:
    for draft in drafts(own()):
        for mutant in itertools.islice(OPERATORS[name](draft), MOST_OF_ONE):
            assert_found(mutant)


@pytest.mark.parametrize("library", [sample, own])
def test_good_pathways_have_no_finding(library) -> None:
    assert [str(where) for code in PATHWAY_CODES for where in found(library(), code)] == []


@pytest.mark.parametrize("library", [sample, own])
def test_a_draft_without_a_fault_has_no_finding(library) -> None:
    """What is found in a mutant is its fault, not the way it is written."""
    for draft in drafts(library()):
        codes = {mutant.code for operator in OPERATORS.values() for mutant in operator(draft)}
        where = draft.document.pathway_path
        assert [code for code in codes for place in found(draft.with_library(), code) if place.path == where] == []


def test_operators_cover_the_rules_of_pathways() -> None:
    """All but those of safeguards and laws, which stand in other files."""
    codes = Counter(m.code for draft in drafts(sample()) for name in OPERATORS for m in OPERATORS[name](draft))
    assert set(PATHWAY_CODES) - set(codes) == {"KB832", "KB834", "KB836"}
