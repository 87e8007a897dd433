"""What stands inside a passage besides words: references, links, code, tags, strong marks and numbers."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from patokaz.model.texts import FrontMatter, Mark
from patokaz.parse.texts import parse_text

_FRONT = "---\ntitle: t\nsummary: t\n---\n"
_FIRST_LINE = _FRONT.count("\n") + 1
_CODE = re.compile(r"(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
_STRONG = re.compile(r"(?<!\\)(?:\*\*|__)")
_ANCHOR = re.compile(r"\{[ \t]*#[^\s{}]+[ \t]*\}[ \t]*$")
_GROUPED = re.compile(r"(?<=[0-9])[.,\u00a0\u202f ](?=[0-9]{3}(?![0-9]))")
_YEARS = re.compile(r"\b([0-9]{2})([0-9]{2})([-–])([0-9]{2})\b(?![-–][0-9])")
_DIGITS = re.compile(r"[0-9]+")


@dataclass(frozen=True)
class Span:
    """Protected signs of a passage, as offsets: ``[start, end)`` is all of it, ``[inner_start, inner_end)`` the words inside.

    ``kind`` is ``link`` (words between two signs), or ``code``, ``tag``, ``anchor`` and ``mark`` (a link without words), which have none.
    """

    kind: str
    start: int
    inner_start: int
    inner_end: int
    end: int


@dataclass(frozen=True)
class Inside:
    """What stands in a passage. ``marks`` are what the rules on the cleanliness of texts refuse."""

    spans: tuple[Span, ...]
    placeholders: Mapping[str, int]
    strong: int
    numbers: Mapping[str, int]
    marks: tuple[Mark, ...]


@functools.lru_cache(maxsize=8192)
def inside(words: str) -> Inside:
    """Look into the Markdown ``words`` of one passage.

    ``placeholders`` counts what must be the same in every language: targets of references and links with their scheme, code, tags
    and the ``{#id}`` of a question. ``numbers`` counts runs of digits outside of these, thousands without their separator, years of a range in full;
    the id of a document that is referred to does not count, since a reference without words supplies it.
    """
    # The scanner of texts decides what a reference is; a passage is read as a body of its own.
    text, _ = parse_text(_FRONT + words, "", "", FrontMatter)
    assert text is not None
    starts = [0]
    for line in words.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    spans: list[Span] = []
    placeholders: Counter[str] = Counter()
    for reference in text.references:
        start = starts[reference.location.line - _FIRST_LINE] + reference.location.column - 1
        spans.append(_link(start, start + reference.location.length, 1, reference.words))
        placeholders[f"{reference.scheme}:{reference.target}"] += 1
    for link in text.links:
        start = starts[link.location.line - _FIRST_LINE] + link.location.column - 1
        end = start + link.location.length
        automatic = words.startswith("<", start)
        spans.append(_alone("mark", start, end) if automatic else _link(start, end, 1 + link.is_image, link.words))
        placeholders[f"!{link.target}" if link.is_image else link.target] += 1
    for mark in text.marks:
        if mark.kind == "tag":
            start = starts[mark.location.line - _FIRST_LINE] + mark.location.column - 1
            spans.append(_alone("tag", start, start + mark.location.length))
            placeholders[re.sub(r"[ /]", "", mark.value)] += 1
    for code in _CODE.finditer(words):
        if not any(span.start <= code.start() < span.end for span in spans):
            spans.append(_alone("code", code.start(), code.end()))
            placeholders[code[0]] += 1
    anchor = _ANCHOR.search(words)
    if anchor:
        spans.append(_alone("anchor", anchor.start(), anchor.end()))
        placeholders[re.sub(r"[ \t]", "", anchor[0])] += 1
    found = tuple(sorted(spans, key=lambda span: span.start))
    bare = "".join(_bare(words, found))
    return Inside(
        found,
        placeholders,
        len(_STRONG.findall(bare)),
        _numbers(bare, (r.target.partition("#")[0] for r in text.references if r.scheme == "doc")),
        tuple(mark for mark in text.marks if mark.kind != "tag"),
    )


def _numbers(bare: str, ids: Iterable[str]) -> Counter[str]:
    for name in sorted(set(ids), key=len, reverse=True):
        bare = re.sub(rf"\b{re.escape(name)}\b", "", bare)
    return Counter(_DIGITS.findall(_GROUPED.sub("", _YEARS.sub(r"\1\2\3\1\4", bare))))


def _link(start: int, end: int, opening: int, words: str) -> Span:
    if not words:
        return _alone("mark", start, end)
    return Span("link", start, start + opening, start + opening + len(words), end)


def _alone(kind: str, start: int, end: int) -> Span:
    return Span(kind, start, end, end, end)


def _bare(words: str, spans: tuple[Span, ...]) -> Iterator[str]:
    """The words without the signs of ``spans``; where signs stood between letters or digits, these stay apart."""
    at = 0
    for span in spans:
        if span.start < at:
            continue
        yield words[at : span.start]
        yield "\x00" + words[span.inner_start : span.inner_end] + "\x00"
        at = span.end
    yield words[at:]
