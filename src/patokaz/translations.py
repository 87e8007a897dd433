"""Translation freshness: whether a text, or the labels of a pathway, follow the current state of their original."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import Enum

from patokaz.model.pathway import LabelStamp, Pathway
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


def stamped(content: str, *, revision: str, fingerprint: str, by: str) -> str:
    """The file ``content`` with its stamp set to the given state; other lines stay as they are.

    ``by`` is written only where no translator is named yet. Raises ``ValueError`` without front matter.
    """
    text = content.replace("\r\n", "\n")
    head, fence, body = text.partition("\n---\n")
    if not text.startswith("---\n") or not fence:
        raise ValueError("the text has no front matter")
    lines = _without(head.split("\n"), "translates")
    if not any(line.startswith("translation:") for line in lines):
        lines.append(f"translation: {{by: {json.dumps(by, ensure_ascii=False)}, reviewed_by: null}}")
    position = next(i for i, line in enumerate(lines) if line.startswith("translation:"))
    stamp = f'translates: {{revision: "{revision}", fingerprint: "{fingerprint}"}}'
    return "\n".join([*lines[:position], stamp, *lines[position:]]) + fence + body


def _without(lines: list[str], key: str) -> list[str]:
    """The lines of a block mapping without a key and the indented lines that belong to it."""
    kept: list[str] = []
    inside = False
    for line in lines:
        inside = line.startswith(f"{key}:") or (inside and line.startswith((" ", "\t")))
        if not inside:
            kept.append(line)
    return kept


def labels_stamped(content: str, stamps: Mapping[str, LabelStamp]) -> str:
    """The file ``pathway.yml`` with these stamps under ``translations``, a line a language; other lines stay as they are.

    The block stands where it stood before, otherwise before ``nodes``. Raises ``ValueError`` for a file without ``nodes:`` at
    the beginning of a line.
    """
    lines = content.replace("\r\n", "\n").split("\n")
    start = next((i for i, line in enumerate(lines) if line.startswith("translations:")), None)
    kept = _without(lines, "translations")
    if start is None:
        start = next((i for i, line in enumerate(kept) if line.startswith("nodes:")), None)
    if start is None:
        raise ValueError("the file has no `nodes:` at the beginning of a line")
    block = [f"  {language}: {_as_flow(stamp)}" for language, stamp in stamps.items()]
    return "\n".join([*kept[:start], "translations:", *block, *kept[start:]])


def _as_flow(stamp: LabelStamp) -> str:
    by, reviewed_by = (json.dumps(name, ensure_ascii=False) for name in (stamp.by, stamp.reviewed_by))
    return f'{{fingerprint: "{stamp.fingerprint}", by: {by}, reviewed_by: {reviewed_by}}}'
