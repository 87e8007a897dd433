"""Translation freshness: whether a text follows the current state of its original."""

from __future__ import annotations

import json
from enum import Enum

from patokaz.model.texts import Text


class Freshness(Enum):
    """How a text stands to its original."""

    ORIGINAL = "original"
    CURRENT = "current"
    BEHIND = "behind"
    UNSTAMPED = "unstamped"


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
