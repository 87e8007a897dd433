"""How words become keys: fold, skeleton and stem, by the table ``resources/search/rules.toml``.

``finder.js`` follows the same table for queries; ``tests/search/test_word_rules.py`` sends the same words through both.
"""

from __future__ import annotations

import functools
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Any

_LETTER = r"[^\W_\U00010000-\U0010ffff]"
"""Letters beyond the first plane are no words: Python and JavaScript would count and sort them differently."""
WORD = re.compile(f"{_LETTER}+")


@functools.cache
def table() -> Mapping[str, Any]:
    """The table of rules."""
    path = resources.files("patokaz") / "resources/search/rules.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def has_rules(language: str) -> bool:
    """Whether the table knows a language; others are searched by fold alone."""
    return language in table()["languages"]


@functools.cache
def rules(language: str) -> Rules:
    """The rules of a language."""
    common = table()
    own = common["languages"].get(language, {})
    return Rules(
        language,
        letters=str.maketrans(pairs(common["letters"]) | pairs(own.get("letters", ""))),
        marks=re.compile(common["marks"]),
        invisible=re.compile(common["invisible"]),
        compounds=re.compile(rf"{_LETTER}+(?:{common['hyphens']}{_LETTER}+)+"),
        skeletons=_steps(own.get("skeleton", ())),
        stems=_steps(own.get("stem", ())),
        irregular=own.get("irregular", {}),
        stopped=own.get("stop", ""),
    )


@dataclass(frozen=True)
class Rules:
    """The rules of one language; all functions take and give single words unless they say otherwise."""

    language: str
    letters: dict[int, str]
    marks: re.Pattern[str]
    invisible: re.Pattern[str]
    compounds: re.Pattern[str]
    skeletons: tuple[_Step, ...]
    stems: tuple[_Step, ...]
    irregular: Mapping[str, str]
    stopped: str
    _skeletons: dict[str, str] = field(default_factory=dict, compare=False)
    _stems: dict[str, str] = field(default_factory=dict, compare=False)

    def fold(self, text: str) -> str:
        """A word or text in lower case, in Latin letters (or Arabic ones), without marks."""
        text = unicodedata.normalize("NFC", text.lower())
        text = self.invisible.sub("", self.marks.sub("", text)).translate(self.letters)
        return self.marks.sub("", unicodedata.normalize("NFD", text))

    def skeleton(self, word: str) -> str:
        """What the spellings of a word have in common: ``жртва``, ``zhrtva`` and ``zrtva`` give ``zrtva``."""
        known = self._skeletons.get(word)
        if known is None:
            known = self._skeletons[word] = _apply(self.skeletons, folded := self.fold(word)) or folded
        return known

    def stem(self, skeleton: str) -> str:
        """What the forms of a word have in common; numbers stay as they are."""
        known = self._stems.get(skeleton)
        if known is None:
            known = self._stems[skeleton] = self._stem(skeleton)
        return known

    def _stem(self, skeleton: str) -> str:
        if any(map(str.isdigit, skeleton)):
            return skeleton
        stem = _apply(self.stems, skeleton) or skeleton
        return self.irregular.get(skeleton, self.irregular.get(stem, stem))

    @functools.cached_property
    def stop(self) -> frozenset[str]:
        """Skeletons of words that say little."""
        return frozenset(map(self.skeleton, self.stopped.split()))

    def phrase(self, words: Iterable[str]) -> tuple[str, ...]:
        """The stems of skeletons that say something: articles and particles change with a word's form (``vend i qetë``, ``vend të qetë``)."""
        return tuple(self.stem(word) for word in words if word not in self.stop)

    def words(self, text: str) -> Iterator[str]:
        """The skeletons of a text's words in order, those of one letter left out."""
        for match in WORD.finditer(self.clean(text)):
            skeleton = self.skeleton(match[0])
            if len(skeleton) > 1 or skeleton.isdigit():
                yield skeleton

    def compound_words(self, text: str) -> Iterator[str]:
        """The skeletons of words with hyphens, as one word."""
        for match in self.compounds.finditer(self.clean(text)):
            yield self.skeleton("".join(WORD.findall(match[0])))

    def clean(self, text: str) -> str:
        """A text whose words hold no signs without width and no marks that stand apart from their letter."""
        return self.invisible.sub("", self.marks.sub("", unicodedata.normalize("NFC", text)))


_Step = tuple[re.Pattern[str], str] | tuple[int, tuple[str, ...], int]
"""A pattern with its replacement; or how many letters stay, endings from long to short, how often."""


def pairs(listed: str) -> dict[str, str]:
    """``"ж=zh ь="`` as a mapping."""
    return {letter: value for letter, _, value in (pair.partition("=") for pair in listed.split())}


def _steps(listed: Any) -> tuple[_Step, ...]:
    steps: list[_Step] = []
    for rule in listed:
        if rule[0] == "cut":
            endings = sorted(rule[2].split(), key=lambda ending: (-len(ending), ending))
            steps.append((rule[1], tuple(endings), rule[3] if len(rule) > 3 else 1))
        else:
            steps.append((re.compile(rule[0]), rule[1].replace("$", "\\")))
    return tuple(steps)


def _apply(steps: tuple[_Step, ...], word: str) -> str:
    for step in steps:
        if len(step) == 2:
            word = step[0].sub(step[1], word)
            continue
        least, endings, times = step
        for _ in range(times):
            ending = next((e for e in endings if len(word) - len(e) >= least and word.endswith(e)), None)
            if ending is None:
                break
            word = word[: -len(ending)]
    return word
