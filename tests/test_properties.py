"""Whatever stands in the sources, loading and checking return findings; and small functions keep their promises."""

from __future__ import annotations

import datetime
import random
import re
import string
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from patokaz.findings import Finding, errors_in, in_order
from patokaz.load import MemoryTree, load
from patokaz.model.base import Duration
from patokaz.model.texts import FrontMatter
from patokaz.pages import compile_library
from patokaz.parse.strict_yaml import parse_yaml
from patokaz.parse.texts import parse_text
from patokaz.rules import check
from patokaz.translations import stamped
from sample import TODAY, sample_files

ODD_SCALARS = (
    "", "null", "~", "true", "no", "0", "-1", "1.10", "1e3", "0x1F", "12:30", "2026-02-30", "'", '"', "[", "{", "[]", "{}", "&a", "*a",
    "!!str x", "<<", "- x", "? x", "x: y", "| ", "> ", "#", "@", "`", "%", "../x", "..", "/", "\\", "\ufeff", "\u202e", "é", "🦉", "а" * 300,
    "P0D", "PT1M", "P999Y", "S1", "SOP-01", "SOP-99", "example-act/9", "border-police", "[[[[[[[[[[", "9" * 40, "0001-01-01",
)  # fmt: skip
ODD_CHARACTERS = (
    "\0",
    "\t",
    "\r",
    "\u2028",
    "\u200f",
    "`",
    "*",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    "#",
    "<",
    ">",
    "!",
    "|",
    "~",
    "ѝ",
    "ë",
    "\\",
)


def delete_line(lines: list[str], rnd: random.Random) -> list[str]:
    position = rnd.randrange(len(lines))
    return lines[:position] + lines[position + 1 :]


def double_line(lines: list[str], rnd: random.Random) -> list[str]:
    position = rnd.randrange(len(lines))
    return [*lines[:position], lines[position], *lines[position:]]


def swap_lines(lines: list[str], rnd: random.Random) -> list[str]:
    one, other = rnd.randrange(len(lines)), rnd.randrange(len(lines))
    changed = list(lines)
    changed[one], changed[other] = changed[other], changed[one]
    return changed


def insert_character(lines: list[str], rnd: random.Random) -> list[str]:
    position = rnd.randrange(len(lines))
    column = rnd.randint(0, len(lines[position]))
    changed = lines[position][:column] + rnd.choice(ODD_CHARACTERS) + lines[position][column:]
    return [*lines[:position], changed, *lines[position + 1 :]]


def replace_value(lines: list[str], rnd: random.Random) -> list[str]:
    found = [number for number, line in enumerate(lines) if re.search(r": \S", line)]
    if not found:
        return lines
    position = rnd.choice(found)
    return [
        *lines[:position],
        lines[position].partition(": ")[0] + ": " + rnd.choice(ODD_SCALARS),
        *lines[position + 1 :],
    ]


def indent(lines: list[str], rnd: random.Random) -> list[str]:
    position = rnd.randrange(len(lines))
    return [*lines[:position], "  " + lines[position], *lines[position + 1 :]]


def truncate(lines: list[str], rnd: random.Random) -> list[str]:
    return lines[: rnd.randrange(len(lines))] or [""]


LINE_CHANGES: tuple[Callable[[list[str], random.Random], list[str]], ...] = (
    delete_line, double_line, swap_lines, insert_character, replace_value, replace_value, indent, truncate,
)  # fmt: skip


def flip_bytes(data: bytes, rnd: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(rnd.randint(1, 4)):
        if changed:
            changed[rnd.randrange(len(changed))] ^= 1 << rnd.randrange(8)
    return bytes(changed)


def mutated(rnd: random.Random) -> dict[str, bytes]:
    """The sample library with one to four changes in files chosen at random."""
    files = sample_files()
    for _ in range(rnd.randint(1, 4)):
        path = rnd.choice(sorted(files))
        kind = rnd.randrange(10)
        if kind == 0:
            del files[path]
        elif kind == 1 or path.endswith(".png"):
            files[path] = flip_bytes(files[path], rnd)
        elif kind == 2:
            files[path.replace("01", "02")] = files[path]
        else:
            lines = files[path].decode("utf-8", "replace").split("\n")
            files[path] = "\n".join(rnd.choice(LINE_CHANGES)(lines, rnd)).encode()
    files.setdefault("mkdocs.yml", b"")
    return files


def checked(files: dict[str, bytes]) -> tuple[object, tuple[Finding, ...]] | None:
    loaded = load(MemoryTree(files))
    if loaded.library is None:
        assert errors_in(loaded.findings)
        return None
    return loaded.library, in_order([*loaded.findings, *check(loaded.library, TODAY)])


@pytest.mark.parametrize("part", range(5))
def test_mutated_sources_never_raise(part: int) -> None:
    """Load, check and, where there is no error, compile."""
    compiled = 0
    for number in range(48):
        files = mutated(random.Random(1000 * part + number))
        result = checked(files)
        if result is None:
            continue
        library, findings = result
        for item in findings:
            assert item.location.line >= 1
            assert item.location.column >= 1
            assert item.message
        if not errors_in(findings):
            compile_library(library, "professional")  # type: ignore[arg-type]
            compile_library(library, "public")  # type: ignore[arg-type]
            compiled += 1
    assert compiled, "no mutation left the library without errors: the test would prove nothing"


yaml_like = st.text(
    alphabet=st.sampled_from("abé:-?[]{},&*!|>'\"%@`# \n\t~.0123456789<=\u2028\ufeff\0\x85"), max_size=80
)


def only_plain_values(value: object) -> bool:
    match value:
        case None | bool() | int() | str() | datetime.date():
            return True
        case tuple():
            return all(only_plain_values(item) for item in value)
        case dict():
            return all(isinstance(key, str) and only_plain_values(item) for key, item in value.items())
    return False


@given(st.one_of(st.text(max_size=200), yaml_like))
def test_parse_yaml_never_raises(text: str) -> None:
    for tags in (False, True):
        parsed = parse_yaml(text, "x.yml", allow_tags=tags)
        assert only_plain_values(parsed.value)
        assert all(line >= 1 and column >= 1 and length >= 1 for line, column, length in parsed.places.values.values())


@given(st.text(max_size=200), st.booleans())
def test_parse_text_never_raises(body: str, closed: bool) -> None:
    text, findings = parse_text(
        f"---\ntitle: A\nsummary: B\n{'---' if closed else ''}\n{body}", "x.md", "en", FrontMatter
    )
    assert (text is None) == bool(findings)


markdown_like = st.text(alphabet=st.sampled_from("ab #-=`~[](){}<>!:/*_|\\\n\"'х"), max_size=120)


@given(markdown_like)
def test_places_in_a_text_point_at_the_text(body: str) -> None:
    """Every heading, reference, link and mark lies inside its line."""
    text, _ = parse_text(f"---\ntitle: A\nsummary: B\n---\n{body}", "x.md", "en", FrontMatter)
    assert text is not None
    lines = text.body.split("\n")
    for item in (*text.headings, *text.references, *text.links, *text.marks):
        line = lines[item.location.line - text.body_line]
        assert 1 <= item.location.column <= len(line)
        assert item.location.column - 1 + item.location.length <= len(line)


parts = st.tuples(
    st.integers(0, 999), st.integers(0, 999), st.integers(0, 9999), st.integers(0, 9999), st.integers(0, 9999)
)


@given(parts)
def test_duration_round_trip(numbers: tuple[int, int, int, int, int]) -> None:
    years, months, days, hours, minutes = numbers
    if not any(numbers):
        with pytest.raises(ValueError):
            Duration.parse("P0D")
        return
    date = "".join(f"{n}{unit}" for n, unit in ((years, "Y"), (months, "M"), (days, "D")) if n)
    time = "".join(f"{n}{unit}" for n, unit in ((hours, "H"), (minutes, "M")) if n)
    assert Duration.parse(f"P{date}{'T' if time else ''}{time}") == Duration(years, months, days, hours, minutes)


@given(st.text(alphabet="PTYMWDHS0123456789-.", max_size=12))
def test_duration_is_read_or_refused(text: str) -> None:
    try:
        duration = Duration.parse(text)
    except ValueError:
        return
    assert duration != Duration()
    assert text.startswith("P")


words = st.text(alphabet=string.ascii_letters + " абвëç:-", min_size=1, max_size=30)


@given(words, words, st.sampled_from(["", "translation: {by: A, reviewed_by: null}\n"]), st.text(max_size=60))
def test_stamping_twice_is_stamping_once(title: str, summary: str, note: str, body: str) -> None:
    content = f'---\ntitle: "{title}"\nsummary: "{summary}"\n{note}---\n{body}'
    once = stamped(content, revision="1.0", fingerprint="0123456789abcdef", by="A")
    assert stamped(once, revision="1.0", fingerprint="0123456789abcdef", by="B") == once
    assert once.endswith(f"\n---\n{body}")


line = st.text(alphabet="аб ë#-x", max_size=20)


@given(st.lists(line, min_size=1, max_size=6), st.lists(st.sampled_from(["", " ", "  ", "\t"]), min_size=6, max_size=6))
@settings(max_examples=200)
def test_fingerprint_ignores_trailing_white_space(lines: list[str], blanks: list[str]) -> None:
    def fingerprint(body: str) -> str:
        text, _ = parse_text(f"---\ntitle: A\nsummary: B\n---\n\n{body}\n", "x.md", "en", FrontMatter)
        assert text is not None
        return text.fingerprint

    lines = ["First", *lines]
    plain = "\n".join(item.rstrip() for item in lines)
    padded = "\n".join(item.rstrip() + blank for item, blank in zip(lines, ["", *blanks], strict=False))
    assert fingerprint(plain) == fingerprint(padded)
    assert fingerprint(plain) == fingerprint(plain + "\n\n\n")
    assert fingerprint(plain) != fingerprint(plain + "\nанд")
