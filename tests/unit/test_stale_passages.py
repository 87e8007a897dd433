"""The real library: an edit that changes what an original means puts its translations behind, in that passage; another edit does not."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from patokaz.load import DiskTree, load
from patokaz.model.blocks import Block
from patokaz.model.library import Library
from patokaz.model.texts import Text
from patokaz.parse.texts import parse_text
from patokaz.translations import Freshness, Passage, freshness, passages
from sample import TESTS

EDITS = 200


@dataclass(frozen=True)
class Original:
    """An original with its file as lines, and its translations."""

    text: Text
    lines: tuple[str, ...]
    translations: tuple[Text, ...]


@pytest.fixture(scope="module")
def library() -> Library:
    found = load(DiskTree(TESTS.parent)).library
    assert found is not None
    return found


@pytest.fixture(scope="module")
def originals(library: Library) -> list[Original]:
    def read(source: Text, texts: list[Text]) -> Original:
        content = (TESTS.parent / source.path).read_text(encoding="utf-8")
        return Original(source, tuple(content.split("\n")), tuple(text for text in texts if text is not source))

    held = [(document.source_text, list(document.texts.values())) for document in library.documents.values()]
    held += [(page.texts[page.source_language], list(page.texts.values())) for page in library.pages.values()]
    return [read(*pair) for pair in held]


def test_every_translation_says_which_passages_it_follows(originals: list[Original]) -> None:
    for original in originals:
        assert {text.language for text in original.translations} >= {"mk", "sq"}, original.text.path
        for text in original.translations:
            assert text.follows is not None, text.path
            told = [p for p in passages(original.text, text) if not is_question(p)]
            assert {p.state for p in told} == {"current"}, text.path
            assert [p.target for p in told] == renderings(text), text.path


def is_question(passage: Passage) -> bool:
    """Whether it is a line of ``asks``: each language has its own, a language of leaflets none."""
    return any(block is not None and block.kind == "ask" for block in (passage.source, passage.target))


def renderings(text: Text) -> list[Block]:
    return [block for block in text.blocks if block.kind != "ask"]


def edited(original: Original, lines: list[str]) -> Text:
    text, findings = parse_text("\n".join(lines), original.text.path, "en", type(original.text.front))
    assert text is not None, findings
    return text


def places(original: Original) -> Iterator[tuple[Block, int, int, int]]:
    """(block, line index, start, end) of all that stands in the body."""
    for block in original.text.blocks:
        yield from ((block, span.line - 1, span.start, span.end) for span in block.spans)


# What changes the meaning: each edit of words gives new words, or None where there is nothing to edit


def digit(words: str, choose: random.Random) -> str | None:
    found = list(re.finditer(r"\d", words))
    if not found:
        return None
    match = choose.choice(found)
    return words[: match.start()] + str((int(match[0]) + choose.randint(1, 9)) % 10) + words[match.end() :]


def negation(words: str, choose: random.Random) -> str | None:
    for said, other in (
        (" not ", " "),
        ("Never ", "Always "),
        (" no ", " a "),
        (" may ", " may not "),
        (" is ", " is not "),
    ):
        if said in words:
            return words.replace(said, other, 1)
    return None


def link(words: str, choose: random.Random) -> str | None:
    found = list(re.finditer(r"\]\([a-z]+:[^()\s]*", words))
    if not found:
        return None
    end = choose.choice(found).end()
    return f"{words[:end]}-other{words[end:]}"


def word(words: str, choose: random.Random) -> str | None:
    found = list(re.finditer(r"\b[a-z]{4,}\b", words))
    if not found:
        return None
    match = choose.choice(found)
    return words[: match.start()] + match[0][::-1] + "x" + words[match.end() :]


@pytest.mark.parametrize("edit", [digit, negation, link, word])
def test_edit_of_meaning_puts_its_passage_behind(
    originals: list[Original], edit: Callable[[str, random.Random], str | None]
) -> None:
    choose, done = random.Random(edit.__name__), 0
    while done < EDITS // 5:
        original = choose.choice(originals)
        block, line, start, end = choose.choice(list(places(original)))
        words = edit(original.lines[line][start:end], choose)
        if words is None:
            continue
        lines = list(original.lines)
        lines[line] = lines[line][:start] + words + lines[line][end:]
        position = renderings(original.text).index(block)
        now = edited(original, lines)
        for text in original.translations:
            told = f"{original.text.path}:{line + 1} → {lines[line]}"
            assert freshness(text, now) is Freshness.BEHIND, told
            behind = [p for p in passages(now, text) if p.state != "current" and not is_question(p)]
            assert [(p.state, p.source, p.target) for p in behind] == [
                ("changed", renderings(now)[position], renderings(text)[position])
            ], told
        done += 1


def test_removed_passage_is_told_by_what_rendered_it(originals: list[Original]) -> None:
    choose, done = random.Random("removed"), 0
    while done < EDITS // 5:
        original = choose.choice(originals)
        block = choose.choice([b for b in original.text.blocks if b.spans and b.kind in ("item", "paragraph")])
        gone = {span.line - 1 for span in block.spans}
        now = edited(original, [line for index, line in enumerate(original.lines) if index not in gone])
        position, place = original.text.blocks.index(block), renderings(original.text).index(block)
        if [b.fingerprint for b in now.blocks] != [
            b.fingerprint for k, b in enumerate(original.text.blocks) if k != position
        ]:
            continue  # Others hang on it, so that more than one passage changes.
        for text in original.translations:
            assert freshness(text, now) is Freshness.BEHIND
            behind = [p for p in passages(now, text) if p.state != "current" and not is_question(p)]
            assert [(p.state, p.target) for p in behind] == [("gone", renderings(text)[place])], block
        done += 1


# What does not


def trailing_space(lines: list[str], choose: random.Random) -> None:
    index = choose.randrange(len(lines))
    lines[index] += " " * choose.randint(1, 3)


def blank_lines(lines: list[str], choose: random.Random) -> None:
    """One more where there is one already, or at the end."""
    index = choose.choice([k for k, line in enumerate(lines) if not line])
    lines[index:index] = [""] * choose.randint(1, 3)


def wider_space(lines: list[str], choose: random.Random) -> None:
    index, at = choose.choice(list(_gaps(lines)))
    lines[index] = lines[index][:at] + " " * choose.randint(1, 3) + lines[index][at:]


def line_wrap(lines: list[str], choose: random.Random) -> None:
    index, at = choose.choice([(k, at) for k, at in _gaps(lines) if not lines[k].startswith(("#", "|"))])
    indent = " " * (len(lines[index]) - len(re.sub(r"^\s*(\d+\.|[-*])?\s*", "", lines[index])))
    lines[index : index + 1] = [lines[index][:at], indent + lines[index][at + 1 :]]


def _gaps(lines: list[str]) -> Iterator[tuple[int, int]]:
    """Spaces of the body between two words, outside brackets and code."""
    body = lines.index("---", 1)
    code = False
    for index in range(body + 1, len(lines)):
        code ^= lines[index].startswith("```")
        if code:
            continue
        for match in re.finditer(r"(?<=[a-z,;]) (?=[a-z])", lines[index]):
            before = lines[index][: match.start()]
            if before.count("[") == before.count("]") and before.count("(") == before.count(")"):
                yield index, match.start()


@pytest.mark.parametrize("edit", [trailing_space, blank_lines, wider_space, line_wrap])
def test_edit_without_meaning_puts_nothing_behind(
    originals: list[Original], edit: Callable[[list[str], random.Random], None]
) -> None:
    choose = random.Random(edit.__name__)
    for _ in range(EDITS // 4):
        original = choose.choice(originals)
        lines = list(original.lines)
        edit(lines, choose)
        assert lines != list(original.lines)
        now = edited(original, lines)
        for text in original.translations:
            assert freshness(text, now) is Freshness.CURRENT, original.text.path
            assert {p.state for p in passages(now, text) if not is_question(p)} == {"current"}
