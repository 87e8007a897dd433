"""Rules about the words of a pathway: labels and titles of phases, in every language."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping

from patokaz.findings import did_you_mean
from patokaz.model.base import Path
from patokaz.rules.inspection import Inspection, Yield
from patokaz.rules.registry import pathway_rule

MOST_CHARACTERS = 90
"""What the box of a drawing can hold (a limit of our own)."""

LONG = 15
"""From this length on the same words in two languages are a copy, not a name that both use."""


def _words(item: Inspection) -> Iterator[tuple[Path, str, Mapping[str, str]]]:
    """(place, what it is, words by language) of every label and title that stands in the file."""
    for number, phase in enumerate(item.pathway.phases):
        yield ("phases", number, "title"), f"the title of phase `{phase.id}`", phase.title
    for index, node in enumerate(item.pathway.nodes):
        if node.label is not None:
            yield ("nodes", index, "label"), f"the label of `{node.id}`", node.label


@pathway_rule("KB823")
def nodes_have_words(item: Inspection) -> Yield:
    """A box without words tells nobody anything; labels in other languages follow those in the source language."""
    for node in item.nodes:
        if node.node.label is None and node.node.step is None:
            where = item.at("nodes", node.index, "id")
            yield where, f"`{node.id}` has neither a label nor a step", "add `label:` in every language"
    for path, what, words in _words(item):
        if item.source_language not in words:
            message = f"{what} is missing in the source language `{item.source_language}`"
            yield item.at(*path), message, "add it; the other languages follow it"


@pathway_rule("KB824")
def labels_are_translated(item: Inspection) -> Yield:
    """A copy would be read as a translation."""
    for path, what, words in _words(item):
        for (first, one), (second, other) in itertools.combinations(words.items(), 2):
            if len(one) >= LONG and one.strip().casefold() == other.strip().casefold():
                hint = "translate it, or leave the language out: then the page says so"
                yield item.at(*path, second), f"{what} is the same in `{first}` and `{second}`", hint


@pathway_rule("KB825")
def labels_fit_their_box(item: Inspection) -> Yield:
    """In every language, also where the words are those of the step's heading."""
    for path, what, words in _words(item):
        for language, label in words.items():
            if len(label) > MOST_CHARACTERS:
                yield item.at(*path, language), _too_long(what, language, label), "say it shorter"
    for node in item.nodes:
        if node.node.label is None:
            for language, heading in node.words.items():
                if len(heading) > MOST_CHARACTERS:
                    message = _too_long(f"the heading of {node.node.step}", language, heading)
                    yield item.at("nodes", node.index, "step"), message, "give the node a shorter `label`"


def _too_long(what: str, language: str, words: str) -> str:
    return f"{what} in `{language}` has {len(words)} characters, more than {MOST_CHARACTERS}"


@pathway_rule("KB826")
def languages_are_known(item: Inspection) -> Yield:
    """Labels in a language that the site does not have are never shown."""
    known = item.library.settings.languages
    hint = "name one of the languages of mkdocs.yml"
    for path, what, words in _words(item):
        for language in words:
            if language not in known:
                message = f"{what} is in `{language}`, which is no working language"
                yield item.at(*path, language), message, did_you_mean(language, known) or hint
    for language in item.pathway.translations:
        if language not in known:
            message = f"`translations` names `{language}`, which is no working language"
            yield item.at("translations", language), message, did_you_mean(language, known) or hint


@pathway_rule("KB827")
def numbers_are_equal(item: Inspection) -> Yield:
    """A wrong number is a wrong instruction. Digits of every script count alike."""
    for path, what, words in _words(item):
        original = _digits(words.get(item.source_language, ""))
        for language, label in words.items():
            if item.source_language in words and _digits(label) != original:
                message = f"{what} has other digits in `{language}` ({_shown(label)}) than in `{item.source_language}` ({_shown(words[item.source_language])})"
                yield item.at(*path, language), message, "make the numbers equal, as digits"


def _digits(words: str) -> list[int]:
    return sorted(int(character) for character in words if character.isdecimal())


def _shown(words: str) -> str:
    return "".join(character for character in words if character.isdecimal()) or "none"
