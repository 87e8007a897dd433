"""The index of one language: which word stands how prominently in which entry.

Words are skeletons of the language's rules; those of titles in other languages follow the rules of theirs and are kept apart, so that a
query in another language is read by its own rules. A concept is indexed as one more word, wherever one of its names stands.

Impacts are BM25F (Robertson, Zaragoza and Taylor 2004), computed here and quantised, so that a reader's device only adds them up. Document
frequencies are those of the stem: forms of one word are equally rare.
"""

from __future__ import annotations

import functools
import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from patokaz.search.entries import Concept, Entry
from patokaz.search.rules import Rules, rules

WEIGHTS = {"title": 6.0, "asks": 3.5, "body": 1.0}
"""How much a word counts in each field (titles in other languages count as titles, in their own vocabulary)."""

_SATURATION, _LENGTH = 1.8, 0.6
"""k1 and b of BM25F."""

LEVELS = 8
"""Impacts are kept as levels from 0 to 7, :data:`STEP` apart; level 0 is one step. A word of a body that has less is left out."""
STEP = 1.7
"""A rare word in a short title among a thousand entries has about the impact of the highest level."""

_COMMON = 0.15
"""A word that stands in more than this part of all entries is kept only where it stands in a title or a question."""

_RARE = 3
"""A word of so few entries is kept whatever its impact: in a small library nothing is rare by number."""

Postings = tuple[tuple[int, int, bool], ...]
"""(number of the entry, level of impact, whether in the title), by number."""

Fields = Mapping[str, Sequence[str]]
"""Words in order, by field."""


@dataclass(frozen=True)
class Vocabulary:
    """Skeletons of one language, sorted, with their stems and where they stand."""

    language: str
    words: tuple[str, ...]
    stems: tuple[str, ...]
    postings: tuple[Postings, ...]


@dataclass(frozen=True)
class Index:
    """The index of a language over ``entries``.

    ``pages`` gives for each entry the number of its page's first entry, ``title_lengths`` how many words of its title say something.
    ``vocabularies`` has the language's own first. ``meanings`` says for each of ``concepts`` where it is named; nowhere is an empty tuple.
    """

    language: str
    entries: tuple[Entry, ...]
    pages: tuple[int, ...]
    title_lengths: tuple[int, ...]
    vocabularies: tuple[Vocabulary, ...]
    concepts: tuple[Concept, ...]
    meanings: tuple[Postings, ...]

    def with_concepts(self, numbers: Sequence[int]) -> Index:
        """The same index with only those concepts, in that order."""
        return replace(
            self,
            concepts=tuple(self.concepts[number] for number in numbers),
            meanings=tuple(self.meanings[number] for number in numbers),
        )


def build_index(language: str, entries: Sequence[Entry], concepts: Sequence[Concept] = ()) -> Index:
    """Index ``entries``, in which the first entry of each page is ``top`` and stands before those of its sections."""
    own = rules(language)
    fields = [_fields(entry, language) for entry in entries]
    vocabularies = [_vocabulary(own, fields)]
    others = sorted({name for entry in entries for name in entry.titles} - {language})
    vocabularies += [_vocabulary(rules(other), [_foreign(entry, other) for entry in entries]) for other in others]
    pages: list[int] = []
    for number, entry in enumerate(entries):
        pages.append(number if entry.top else pages[-1])
    return Index(
        language,
        tuple(entries),
        tuple(pages),
        tuple(len({own.stem(word) for word in words["title"] if word not in own.stop}) for words in fields),
        tuple(vocabularies),
        tuple(concepts),
        _meanings(own, fields, concepts),
    )


def _fields(entry: Entry, language: str) -> dict[str, tuple[str, ...]]:
    if entry.direct:
        return {"title": (), "asks": (), "body": ()}
    return {
        "title": _spoken(language, entry.title),
        "asks": _spoken(language, " . ".join(entry.asks)),
        "body": _spoken(language, f"{entry.body} . {entry.datum}"),
    }


def _foreign(entry: Entry, language: str) -> dict[str, tuple[str, ...]]:
    """The words of a title in another language that say something: an ordinary word of a query is soon like one of the others."""
    stop = rules(language).stop
    if entry.direct:
        return {"title": ()}
    return {"title": tuple(word for word in _spoken(language, entry.titles.get(language, "")) if word not in stop)}


@functools.lru_cache(maxsize=100_000)
def _spoken(language: str, text: str) -> tuple[str, ...]:
    """The skeletons of a text. Kept, so that a live preview reads anew only what was edited."""
    own = rules(language)
    return (*own.words(text), *own.compound_words(text))


def _vocabulary(own: Rules, fields: Sequence[Fields]) -> Vocabulary:
    """All words of ``fields`` (one mapping an entry), without those of the body that say little."""
    found = _posted(
        fields, {word: own.stem(word) for entry in fields for words in entry.values() for word in words}, own.stop
    )
    words = tuple(sorted(found))
    return Vocabulary(own.language, words, tuple(map(own.stem, words)), tuple(tuple(found[word]) for word in words))


def _meanings(own: Rules, fields: Sequence[Fields], concepts: Sequence[Concept]) -> tuple[Postings, ...]:
    """Where each concept is named in the language."""
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for number, concept in enumerate(concepts):
        for form in concept.forms.get(own.language, ()):
            phrase = own.phrase(own.words(form))
            if phrase:
                phrases.setdefault(phrase[0], []).append((phrase, str(number)))
    named = [{name: _named(own, words, phrases) for name, words in entry.items()} for entry in fields]
    found = _posted(named, {str(number): str(number) for number in range(len(concepts))}, frozenset())
    return tuple(tuple(found.get(str(number), ())) for number in range(len(concepts)))


def _named(own: Rules, words: Sequence[str], phrases: Mapping[str, Sequence[tuple[tuple[str, ...], str]]]) -> list[str]:
    """The numbers of the concepts that ``words`` name, as often as they do."""
    stems = own.phrase(words)
    found: list[str] = []
    for place, stem in enumerate(stems):
        if stem in phrases:
            found += {number for phrase, number in phrases[stem] if stems[place : place + len(phrase)] == phrase}
    return found


def _posted(
    fields: Sequence[Fields], classes: Mapping[str, str], stop: frozenset[str]
) -> dict[str, list[tuple[int, int, bool]]]:
    """Where every word stands and with which impact. Words of one class (a stem) are equally rare."""
    frequency = Counter(
        name for entry in fields for name in {classes[word] for words in entry.values() for word in words}
    )
    rarity = {name: _inverse(len(fields), count) for name, count in frequency.items()}
    lengths = {
        name: max(1.0, sum(len(entry[name]) for entry in fields) / len(fields))
        for name in (fields[0] if fields else ())
    }
    found: dict[str, list[tuple[int, int, bool]]] = {}
    for number, entry in enumerate(fields):
        for word, (weight, where) in _weights(entry, lengths).items():
            rare = rarity[classes[word]]
            if where == "body" and (word in stop or rare < _LEAST):
                continue
            impact = rare * weight * (_SATURATION + 1) / (weight + _SATURATION)
            if where == "body" and impact < STEP and frequency[classes[word]] > _RARE:
                continue
            level = max(0, min(LEVELS - 1, round(impact / STEP) - 1))
            found.setdefault(word, []).append((number, level, where == "title"))
    return found


def names_of(concepts: Sequence[Concept]) -> dict[str, dict[str, tuple[int, ...]]]:
    """By language: phrases of stems → numbers of the concepts that are called so, in whatever language texts are read."""
    names: dict[str, dict[str, tuple[int, ...]]] = {}
    for number, concept in enumerate(concepts):
        for language, forms in concept.forms.items():
            spoken, known = rules(language), names.setdefault(language, {})
            for form in forms:
                phrase = " ".join(spoken.phrase(spoken.words(form)))
                if phrase and number not in known.get(phrase, ()):
                    known[phrase] = (*known.get(phrase, ()), number)
    return names


def _inverse(number: int, frequency: float) -> float:
    return math.log(1 + (number - frequency + 0.5) / (frequency + 0.5))


_LEAST = _inverse(10_000, 10_000 * _COMMON)
"""The inverse document frequency of a word that is just common."""


def _weights(entry: Fields, lengths: Mapping[str, float]) -> dict[str, tuple[float, str]]:
    """For each word of an entry its weight over all fields, and the most prominent field that it stands in."""
    weights: dict[str, tuple[float, str]] = {}
    # From the least prominent field to the most, so that the last one stays.
    for name in sorted(entry, key=lambda name: WEIGHTS[name]):
        normal = 1 - _LENGTH + _LENGTH * len(entry[name]) / lengths[name]
        for word, count in Counter(entry[name]).items():
            weights[word] = weights.get(word, (0.0, ""))[0] + WEIGHTS[name] * count / normal, name
    return weights
