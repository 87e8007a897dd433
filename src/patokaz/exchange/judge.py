"""Whether a delivered translation may stand in a page: what every single unit has to hold."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterator, Mapping

from patokaz.exchange.delivery import Delivered, unfit
from patokaz.exchange.inline import inside
from patokaz.exchange.units import IN_BODY, Unit, plain
from patokaz.findings import Finding, Location, finding
from patokaz.model.glossary import Term
from patokaz.parse.blocks import body_blocks

# Embeddings and overrides of direction turn the order of what is read without a trace (Unicode UAX 9, section 2); a source has no use for them.
_OVERRIDES = re.compile("[\u202a-\u202e]")
_ISOLATES = re.compile("[\u2066-\u2069]")
_PIPE = re.compile(r"(?<!\\)(?:\\\\)*\|")
_FRAMES = {"heading": ("## ", " {#x}"), "item": ("- ", ""), "cell": ("| ", " |\n| --- |")}
_NUMBERS_HINT = "write the same numbers as the original, in digits"


def faults(unit: Unit, delivered: Delivered, terms: Mapping[str, Term], language: str) -> Iterator[Finding]:
    """Everything that speaks against taking ``delivered`` for ``unit``."""
    where, target = delivered.where, delivered.target
    problems = (*unfit(target, where), *_directions(target, where))
    if problems:
        yield from problems
        return
    yield from _shape(unit, target, where)
    yield from _inside(unit, target, where)
    for form, preferred in forbidden_in(target, terms, language):
        yield finding("KB626", where, f"{unit.key}: the term base forbids “{form}”", f"use “{preferred}”")


def _directions(target: str, where: Location) -> Iterator[Finding]:
    match = _OVERRIDES.search(target)
    if match:
        yield finding(
            "KB009",
            where,
            f"control character U+{ord(match[0]):04X}, which turns the direction of the words",
            "delete it",
        )
    depth = 0
    for isolate in _ISOLATES.findall(target):
        depth += -1 if isolate == "\u2069" else 1
        if depth < 0:
            break
    if depth:
        yield finding(
            "KB009",
            where,
            "an isolate of direction (U+2066 to U+2068) is not closed, or closed twice",
            "close it with U+2069, or delete it",
        )


def _shape(unit: Unit, target: str, where: Location) -> Iterator[Finding]:
    """A passage stays the one passage that it was."""
    kind = unit.kind
    if kind not in IN_BODY:
        if "\n" in target or "\t" in target or target != target.strip():
            yield finding("KB624", where, f"{unit.key}: line feeds, tabs or spaces at the ends", "write it on one line")
        return
    if kind == "cell" and _PIPE.search(target):
        yield finding("KB624", where, f"{unit.key}: `|` would begin another cell", "write it as `\\|`")
    elif "\n" in target.replace("\\\n", "") or ("\n" in target and kind in ("heading", "cell")):
        yield finding(
            "KB624",
            where,
            f"{unit.key}: a line feed would break the passage in two",
            "write it on one line; a hard line break is a backslash at the end of a line",
        )
    elif not stays_one(target, kind):
        hint = "begin with other words, or put a backslash before the sign (`\\#`, `\\-`, `1\\.`)"
        yield finding("KB624", where, f"{unit.key}: Markdown reads this as something other than one {kind}", hint)


@functools.lru_cache(maxsize=8192)
def stays_one(words: str, kind: str) -> bool:
    """Whether Markdown ``words`` in the place of a passage of this kind are that one passage and nothing else."""
    before, after = _FRAMES.get(kind, ("", ""))
    lines = f"{before}{words}{after}".split("\n")
    blocks = tuple(body_blocks(lines, 1))
    return len(blocks) == 1 and (blocks[0].kind, blocks[0].words) == (kind, plain(words, kind))


def _inside(unit: Unit, target: str, where: Location) -> Iterator[Finding]:
    """References, links, code, tags, strong marks and numbers are those of the original."""
    ours, theirs = inside(unit.source), inside(target)
    for mark in theirs.marks:
        if mark.kind == "html":
            yield finding("KB501", where, f"{unit.key}: raw HTML `<{mark.value}>`", "use Markdown")
        else:
            yield finding(
                "KB507",
                where,
                f"{unit.key}: a link, an image or HTML that the checks cannot follow",
                "write it as `[words](target)`",
            )
    for names, code, what, hint in (
        (
            (ours.placeholders, theirs.placeholders),
            "KB622",
            "",
            "keep every reference, link, code and tag of the original; only the words in `[…]` are translated",
        ),
        ((ours.numbers, theirs.numbers), "KB623", "number ", _NUMBERS_HINT),
    ):
        message = _difference(*names)
        if message:
            yield finding(code, where, f"{unit.key}: {what}{message}", hint)
    if ours.strong != theirs.strong:
        yield finding(
            "KB622",
            where,
            f"{unit.key}: {theirs.strong} signs `**`, the original has {ours.strong}",
            "keep what is strong strong",
        )
    for span in theirs.spans:
        if span.kind == "link" and not target[span.inner_start : span.inner_end].strip():
            yield finding("KB622", where, f"{unit.key}: a reference has lost its words", "write the words in `[…]`")


def _difference(ours: Mapping[str, int], theirs: Mapping[str, int]) -> str:
    lost, added = Counter(ours) - Counter(theirs), Counter(theirs) - Counter(ours)
    parts = [f"{_listed(counter)} is {word}" for counter, word in ((lost, "lost"), (added, "added")) if counter]
    return ", ".join(parts)


def _listed(counter: Counter[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(counter.elements()))


def forbidden_in(words: str, terms: Mapping[str, Term], language: str) -> Iterator[tuple[str, str]]:
    """(forbidden form, preferred form) for every form in ``words`` that the term base forbids in ``language``."""
    seen = inside(words)
    bare = words
    for span in reversed(seen.spans):
        bare = bare[: span.start] + bare[span.inner_start : span.inner_end] + bare[span.end :]
    for term in terms.values():
        forms = term.forms.get(language)
        for bad in forms.forbidden if forms else ():
            if re.search(rf"(?<!\w){re.escape(bad.form)}(?!\w)", bare, re.IGNORECASE):
                yield bad.form, forms.preferred if forms else ""
