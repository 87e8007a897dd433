"""Title and summary of a text's front matter, set without touching any other line."""

from __future__ import annotations

import json
from collections.abc import Sequence

from patokaz.parse.strict_yaml import parse_yaml


def set_words(head: Sequence[str], key: str, words: str) -> list[str]:
    """The lines of the front matter with the words of ``key`` (``title`` or ``summary``), which it has, set anew."""
    start = next(index for index, line in enumerate(head) if line.startswith(f"{key}:"))
    end = start + 1
    while end < len(head) and head[end].startswith((" ", "\t")):
        end += 1
    return [*head[:start], f"{key}: {_scalar(words)}", *head[end:]]


def _scalar(words: str) -> str:
    """Words as YAML on one line, without quotes where they mean the same."""
    parsed = parse_yaml(f"key: {words}\n", "")
    plain = not parsed.findings and parsed.value == {"key": words}
    return words if plain else json.dumps(words, ensure_ascii=False)
