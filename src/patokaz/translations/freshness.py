"""Translation freshness: whether a text, or the labels of a pathway, follow the current state of their original."""

from __future__ import annotations

from enum import Enum

from patokaz.model.pathway import Pathway
from patokaz.model.texts import Text


class Freshness(Enum):
    """How a text, or the labels of a pathway in one language, stand to their original. ``missing``: there is nothing."""

    ORIGINAL = "original"
    CURRENT = "current"
    BEHIND = "behind"
    UNSTAMPED = "unstamped"
    MISSING = "missing"


def freshness(text: Text, source: Text) -> Freshness:
    """Compare the stamp of ``text`` with the fingerprint of ``source``.

    The fingerprint decides, not the revision: an unsealed revision can change under its number.
    """
    if text is source or text.language == source.language:
        return Freshness.ORIGINAL
    if text.front.translates is None:
        return Freshness.UNSTAMPED
    same = source.fingerprint.startswith(text.front.translates.fingerprint)
    return Freshness.CURRENT if same else Freshness.BEHIND


def has_labels(pathway: Pathway, language: str) -> bool:
    """Whether any label or phase title of the pathway is written in ``language``."""
    return any(language in words for words in _wordings(pathway))


def _wordings(pathway: Pathway) -> list[dict[str, str]]:
    return [phase.title for phase in pathway.phases] + [node.label for node in pathway.nodes if node.label]


def label_freshness(pathway: Pathway, source_language: str, language: str) -> Freshness:
    """How the labels and phase titles of a pathway in ``language`` stand to those in ``source_language``.

    A pathway without own labels has nothing to translate, so it is current in every language.
    """
    if language == source_language:
        return Freshness.ORIGINAL
    if not has_labels(pathway, language):
        return Freshness.MISSING if _wordings(pathway) else Freshness.CURRENT
    if language not in pathway.translations:
        return Freshness.UNSTAMPED
    same = pathway.fingerprint(source_language).startswith(pathway.translations[language].fingerprint)
    return Freshness.CURRENT if same else Freshness.BEHIND
