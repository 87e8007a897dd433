"""Names for search: what is heard reaches search, in no edition that may not have it, and stands once."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from patokaz.load import MemoryTree, load
from patokaz.pages.finding import concepts
from patokaz.pages.view import View
from sample import check_files, overlay, sample_files

HEARD: dict[str, Any] = {
    "glossary/terms.yml": {
        "replace": [
            ["preferred: consent, admitted", "preferred: consent, heard: [permission], admitted"],
            ["preferred: case code, admitted", "preferred: case code, heard: [file number], admitted"],
        ]
    },
    "glossary/roles.yml": {
        "replace": [
            ["sq: Policia kufitare, en: Border police}", "sq: Policia kufitare, en: Border police}\n  heard: {en: [border guards]}"],
            ["sq: Ekipi i reagimit të shpejtë, en: Response team}", "sq: Ekipi i reagimit të shpejtë, en: Response team}\n  heard: {en: [flying squad]}"],
        ]
    },
    "glossary/institutions.yml": {
        "replace": ["short: {mk: КП, sq: ZN, en: HO}", "short: {mk: КП, sq: ZN, en: HO}\n  heard: {en: [assistance bureau]}"]
    },
}  # fmt: skip
FOR_ALL = {"permission", "border guards", "assistance bureau", "identity card", "HO"}
FOR_PROFESSIONALS = {"file number", "flying squad", "unpaid wages", "not paid"}


def names(audience: str, language: str) -> set[str]:
    """Every English name by which an edition is searched."""
    library = load(MemoryTree(overlay(HEARD).files)).library
    assert library is not None
    view = View(library, audience, language)  # type: ignore[arg-type]
    return {form for concept in concepts(view) for form in concept.forms.get("en", ())}


@pytest.mark.parametrize("language", ["mk", "sq", "en"])
def test_search_has_the_names_that_are_heard(language: str) -> None:
    """A foreign reader's words lead to the page in the officer's language."""
    assert names("professional", language) >= FOR_ALL | FOR_PROFESSIONALS


@pytest.mark.parametrize("language", ["mk", "sq", "en"])
def test_public_search_has_no_name_of_what_is_for_professionals(language: str) -> None:
    found = names("public", language)
    assert found >= FOR_ALL
    assert not found & FOR_PROFESSIONALS


def test_library_without_a_thesaurus_has_no_concepts() -> None:
    files = sample_files()
    del files["glossary/thesaurus.yml"]
    library = load(MemoryTree(files)).library
    assert library is not None
    assert library.thesaurus == {}
    assert {item.code for item in check_files(files)} == {item.code for item in check_files(sample_files())}


NAME = st.text("abçdëшѓќ", min_size=1, max_size=6)


@settings(max_examples=40, deadline=None)
@given(words=st.lists(NAME, min_size=1, max_size=3), spaces=st.integers(1, 3), form=st.sampled_from(["NFC", "NFD"]))
def test_a_name_is_the_same_in_capitals_and_with_more_spaces(words: list[str], spaces: int, form: str) -> None:
    again = unicodedata.normalize(form, (" " * spaces).join(words).upper())
    forms = {"en": [" ".join(words), "0", again]}
    files = sample_files() | {
        "glossary/thesaurus.yml": yaml.safe_dump([{"id": "thing", "forms": forms}], allow_unicode=True).encode()
    }
    assert [item.code for item in check_files(files) if item.severity.value == "error"] == ["KB110"]
