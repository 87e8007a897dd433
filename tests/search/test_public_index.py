"""The public edition's search knows no word that only professionals may see, packed or not.

``find.js`` exchanges letters and keeps words as skeletons, so that looking for a name in its bytes would prove nothing: it is unpacked.
"""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import pytest

from javascript import unpacked

sys.path.append(str(Path(__file__).parents[1] / "unit"))

from test_public_edition import compiled, everything, secrets

from patokaz.pages.compiled import Compiled
from patokaz.pages.finding import COMMON, SCRIPT
from patokaz.search.rules import rules
from sample import sample_files

LANGUAGES = ("mk", "sq", "en")


@cache
def edition(audience: str) -> Compiled:
    return compiled(sample_files(), audience)


def skeletons(language: str, text: str) -> set[str]:
    return set(rules(language).words(text))


def given_away(audience: str, language: str) -> tuple[set[str], set[str], str]:
    """(words, words of names as stems, everything that is shown or plain) of an edition's search in a language."""
    scripts = edition(audience).search_scripts
    found = unpacked(scripts[language, SCRIPT], scripts[LANGUAGES[0], COMMON])
    words = {word for _, listed in found["words"] for word in listed}
    names = {part for _, listed in found["names"] for phrase in listed for part in phrase.split("_")}
    return words, names, found["shown"] + found["plain"]


def hidden(language: str) -> set[str]:
    """Skeletons of words that stand in names and texts for professionals and nowhere in the public edition."""
    public = everything(edition("public"))
    known = {skeleton for name in LANGUAGES for skeleton in skeletons(name, public)}
    secret = " . ".join(secrets(edition("public").library))
    return {word for word in skeletons(language, secret) - known if not word.isdigit()}


@pytest.mark.parametrize("language", LANGUAGES)
def test_public_search_knows_nothing_for_professionals(language: str) -> None:
    words, names, shown = given_away("public", language)
    assert words and names and shown
    secret = {word for name in LANGUAGES for word in hidden(name)}
    stems = {rules(name).stem(word) for name in LANGUAGES for word in hidden(name)}
    public = everything(edition("public"))
    stems -= {rules(name).stem(word) for name in LANGUAGES for word in skeletons(name, public)}
    assert words & secret == set()
    assert names & stems == set()
    for source in edition("public").library.sources.values():
        shown = shown.replace(source.title, "")
    assert [name for name in secrets(edition("public").library) if name in shown and name != "general"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_search_of_professionals_knows_it(language: str) -> None:
    """Else the test above would prove nothing."""
    words, names, shown = given_away("professional", language)
    assert len(hidden(language) & words) >= 10
    assert {rules(language).stem(word) for word in hidden(language)} & names
    assert "FORM-01" in shown and "SOP-01" in shown
