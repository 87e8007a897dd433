"""The labels of a pathway one by one: which of them, in a language, follow those of the original."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from patokaz.model.base import Words
from patokaz.model.blocks import short_hash
from patokaz.model.pathway import Pathway
from patokaz.model.texts import Follows
from patokaz.translations.freshness import Freshness, label_freshness


@dataclass(frozen=True)
class LabelPassage:
    """A label of a node (``n-<id>``) or the title of a phase (``phase-<id>``), in the source language and in another.

    ``state`` is that of :class:`patokaz.translations.Passage`; a label that is gone from the original is gone in every language.
    """

    state: Literal["current", "changed", "new"]
    name: str
    source: str
    target: str | None


def label_passages(
    pathway: Pathway, source_language: str, language: str, follows: Follows | None
) -> tuple[LabelPassage, ...]:
    """Every label and phase title of the original, in the order of the file. Without ``follows`` all stand as the whole does."""
    whole = label_freshness(pathway, source_language, language)
    prints = label_prints(pathway, source_language)
    stamped = follows.labels if follows is not None else {}

    def state(name: str) -> Literal["current", "changed"]:
        same = not stamped or stamped.get(name) == prints[name]
        if whole is Freshness.BEHIND and stamped:
            return "current" if same else "changed"
        return "current" if whole in (Freshness.CURRENT, Freshness.ORIGINAL) else "changed"

    return tuple(
        LabelPassage(state(name) if language in words else "new", name, words[source_language], words.get(language))
        for name, words in _labels(pathway)
        if source_language in words
    )


def label_prints(pathway: Pathway, language: str) -> dict[str, str]:
    """Eight hexadecimal digits over each label and phase title in ``language``, by ``n-<node>`` and ``phase-<phase>``."""
    return {
        name: short_hash(unicodedata.normalize("NFC", words[language]))
        for name, words in _labels(pathway)
        if language in words
    }


def _labels(pathway: Pathway) -> Iterator[tuple[str, Words]]:
    yield from ((f"phase-{phase.id}", phase.title) for phase in pathway.phases)
    yield from ((f"n-{node.id}", node.label) for node in pathway.nodes if node.label)
