"""Whatever happens to an original, its translation can follow: all of it, or the part that is done, and it says which."""

from __future__ import annotations

import datetime
import random
import re
from dataclasses import replace

import pytest
from exchange_kit import follows_file, follows_of

from patokaz.exchange import Signatures, Subject, units
from patokaz.exchange.rewriting import rewritten
from patokaz.findings import Location
from patokaz.load import MemoryTree
from patokaz.model.texts import FrontMatter, Text
from patokaz.parse.strict_yaml import parse_yaml
from patokaz.parse.texts import parse_text
from patokaz.translations import Freshness, Passage, freshness, passages
from patokaz.translations.structure import differences
from sample import TESTS

FOLDERS = sorted((TESTS.parent / "sops").glob("*/SOP-*"))
FOLLOWS = "sq.follows.yml"


def text(content: str, language: str, follows: str = "") -> Text:
    found, problems = parse_text(content, f"{language}.md", language, FrontMatter)
    assert found is not None, problems
    if not follows:
        return found
    value = parse_yaml(follows, "").value
    return replace(found, follows=type(follows_of(found, "1.0")).model_validate(value))


def stamped(source: Text, content: str) -> str:
    return re.sub(r'fingerprint: "[0-9a-f]+"', f'fingerprint: "{source.fingerprint}"', content, count=1)


def edit(content: str, dice: random.Random) -> str:
    """One change of an original as an author makes it: words, a passage more or less, a section moved, gone or new."""
    front, body = content.split("\n---\n", 1)
    lines = body.split("\n")
    prose = [n for n, line in enumerate(lines) if line and not line.startswith(("#", "|"))]
    heads = [n for n, line in enumerate(lines) if line.startswith("### ")]
    number = dice.choice(prose)
    kind = dice.choice(["word", "word", "heading", "less", "more", "item", "move", "gone", "section", "table", "title"])
    if kind == "word":
        lines[number] += " Then wait."
    elif kind == "heading":
        number = dice.choice(heads)
        lines[number] = lines[number].replace("### ", "### Now: ")
    elif kind == "less":
        del lines[number]
    elif kind == "more":
        lines[number:number] = ["", "A passage more, in between.", ""]
    elif kind == "item":
        lines.insert(number + 1, re.sub(r"^(\d+\.|-|) ?.*", r"\1 One thing more.", lines[number]).strip())
    elif kind == "table":
        lines[number:number] = ["", "| Who | When |", "| --- | --- |", "| you | now |", ""]
    elif kind == "title":
        front = front.replace("title: ", "title: New ", 1)
    else:
        start = dice.choice(heads)
        end = next((n for n in range(start + 1, len(lines)) if lines[n].startswith(("## ", "### "))), len(lines))
        section = [*lines[start:end], *([""] if lines[end - 1].strip() else [])]
        if kind == "section":
            lines[start:start] = [
                f"### A new step {{#new-{dice.randrange(10**6)}}}",
                "",
                "1. Do this.",
                "2. Do that.",
                "",
            ]
        else:
            del lines[start:end]
            if kind == "move":
                place = dice.choice([n for n, line in enumerate(lines) if line.startswith("## ")])
                lines[place:place] = section
    return f"{front}\n---\n" + "\n".join(lines)


@pytest.mark.parametrize("seed", range(200))
def test_translation_follows_whatever_was_edited(seed: int) -> None:
    dice = random.Random(seed)
    folder = dice.choice(FOLDERS)
    before = (folder / "en.md").read_text(encoding="utf-8")
    old = text(before, "en")
    own = stamped(old, (folder / "sq.md").read_text(encoding="utf-8"))
    after = before
    for _ in range(dice.choice([1, 1, 2, 4])):
        after = edit(after, dice)
    source = text(after, "en")
    follows = follows_file(follows_of(old, "1.0"))
    target = text(own, "sq", follows)
    item = Subject("SOP-01", "sq", source, target, None, "sq.md", "1.1", datetime.date(2026, 11, 24))
    tree = MemoryTree({"sq.md": own.encode(), FOLLOWS: follows.encode()})
    listed = units(item)
    behind = [unit for unit in listed if unit.state != "current"]
    gone = any(passage.state == "gone" for passage in passages(source, target))
    if (not behind and not gone) or any(block.kind == "code" for block in source.blocks):
        return

    def importing(chosen: set[str]) -> Text:
        taken = {u.key: (f"Ë {u.source}", Location("x.po", 1)) for u in listed if u.key in chosen}
        result, problems = rewritten(tree, item, listed, taken, Signatures(), "x.po", whole=False)
        assert problems == ()
        return text(result.files["sq.md"].decode(), "sq", result.files.get(FOLLOWS, follows.encode()).decode())

    first = listed[0].key
    whole = importing({first, *(unit.key for unit in behind)})
    assert freshness(whole, source) is Freshness.CURRENT
    assert list(differences(source, whole)) == []
    part = {unit.key for unit in behind if dice.random() < 0.5} | {first}
    some = importing(part)
    left = [unit for unit in behind if unit.key not in part]
    assert (freshness(some, source) is Freshness.CURRENT) == (not left)
    shown = [_name(p) for p in passages(source, some) if p.state in ("changed", "new")]
    missing = {_name_of(unit.block.section, unit.source) for unit in left if unit.block}
    assert missing <= set(shown)
    # A passage that was done is behind only where its section waits for another one that is new.
    waiting = {unit.block.section for unit in left if unit.state == "new" and unit.block}
    done = {
        _name_of(unit.block.section, unit.source)
        for unit in behind
        if unit.key in part and unit.block and unit.block.section not in waiting
    }
    assert not (done - missing) & set(shown)


def _name(passage: Passage) -> str:
    assert passage.source is not None
    return _name_of(passage.source.section, passage.source.words)


def _name_of(section: str, words: str) -> str:
    return f"{section}: {words}"
