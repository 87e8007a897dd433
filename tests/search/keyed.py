"""The fixture of words through both sides of search: ``words.json``, by language word → [skeleton, stem].

The words of mk, sq and en are the library's own, spread over the alphabet, with other spellings of some; those of ar and fa are
everyday words of the field in several spellings. After a deliberate change of ``rules.toml``

    python tests/search/keyed.py

writes the keys anew for the same words; the difference shows what the change does.
"""

from __future__ import annotations

import json
from pathlib import Path

from patokaz.search.rules import rules

FILE = Path(__file__).with_name("words.json")

Keyed = dict[str, dict[str, list[str]]]


def fixture() -> Keyed:
    """By language: word → [skeleton, stem]."""
    value = json.loads(FILE.read_text(encoding="utf-8"))
    assert isinstance(value, dict)
    return value


def keys(language: str, word: str) -> list[str]:
    """Skeleton and stem of a word by the rules as they are."""
    skeleton = rules(language).skeleton(word)
    return [skeleton, rules(language).stem(skeleton)]


def written(keyed: Keyed) -> str:
    """The fixture as text, one word a line."""
    languages = []
    for language, words in keyed.items():
        lines = ",\n".join(f"  {_json(word)}: {_json(both)}" for word, both in words.items())
        languages.append(f" {_json(language)}: {{\n{lines}\n }}")
    return "{\n" + ",\n".join(languages) + "\n}\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


if __name__ == "__main__":
    known = {language: {word: keys(language, word) for word in words} for language, words in fixture().items()}
    FILE.write_text(written(known), encoding="utf-8")
