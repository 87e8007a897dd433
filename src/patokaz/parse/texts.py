"""A Markdown text → front matter, headings, references, links and the places that hygiene rules look at.

This is a scanner over lines, not a Markdown parser: it finds what the checks and the compiler need and leaves the
rendering to Python-Markdown. Fenced code and inline code are skipped.
"""

from __future__ import annotations

import functools
import re
from typing import TypeVar

from patokaz.findings import Finding, Location, finding
from patokaz.model.library import Places
from patokaz.model.texts import FrontMatter, Heading, Link, Mark, Question, Reference, Text
from patokaz.parse.blocks import body_blocks, front_blocks
from patokaz.parse.markdown import unseen_markup
from patokaz.parse.records import to_model
from patokaz.parse.strict_yaml import parse_yaml

SCHEMES = ("role", "term", "doc", "law", "limit", "institution", "contact", "source", "indicator", "unverified")
"""The reference schemes of source-formats.md."""

F = TypeVar("F", bound=FrontMatter)

_HEADING = re.compile(r"^(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
_ANCHOR = re.compile(r"[ \t]*\{[ \t]*#([^\s{}]+)[ \t]*\}[ \t]*$")
_ANY_ATTRIBUTES = re.compile(r"[ \t]*\{[^{}]*\}[ \t]*$")
_UNDERLINE = re.compile(r"^ {0,3}(=+|-+)[ \t]*$")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_INLINE_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")
_LINK = re.compile(
    r"(!?)\[((?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]\(([^()\s]*(?:\([^()\s]*\)[^()\s]*)*)(?:[ \t]+\"[^\"]*\")?\)"
)
_TAG = re.compile(r"<(/?[A-Za-z][A-Za-z0-9-]*|!--|!|\?)[^<>]*>?")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]+)>")
ALLOWED_TAGS = ("br", "kbd", "sub", "sup")
"""The HTML that a text may hold, without attributes."""
_ALLOWED = re.compile(rf"</?({'|'.join(ALLOWED_TAGS)}) ?/?>")


@functools.lru_cache(maxsize=2048)
def parse_text(
    content: str, path: str, language: str, front_type: type[F], *, body: bool = True
) -> tuple[Text | None, tuple[Finding, ...]]:
    """Read one text. Returns None with findings when its front matter cannot be read.

    Kept by content: a preview reads all texts again after each edit.

    Without ``body`` only the front matter is taken apart: the text has no headings, references, links, marks and blocks, and so no
    fingerprint that means anything.
    """
    lines = content.split("\n")
    if lines[0].rstrip() != "---":
        where = Location(path, 1, 1)
        return None, (
            finding(
                "KB018",
                where,
                "the text does not open with front matter",
                "start with a line `---`, then `title:` and `summary:`, then `---`",
            ),
        )
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        where = Location(path, 1, 1, 3)
        return None, (finding("KB018", where, "the front matter is not closed", "add a line `---` after it"),)
    parsed = parse_yaml("\n".join(lines[1:end]) + "\n", path, first_line=2)
    if parsed.findings:
        return None, parsed.findings
    if not isinstance(parsed.value, dict):
        return None, (finding("KB018", Location(path, 2), "the front matter must be a mapping", "write `title: …`"),)
    places = _inside(parsed.places)
    front, problems = to_model(front_type, parsed.value, places)
    if front is None:
        return None, problems
    rest = lines[end + 1 :]
    scan = _Scan(path, end + 2)
    if body:
        scan.run(rest)
        scan.unseen(rest)
    text = Text(
        language=language,
        front=front,
        body="\n".join(rest),
        body_line=end + 2,
        path=path,
        headings=tuple(scan.headings),
        references=tuple(scan.references),
        links=tuple(scan.links),
        marks=tuple(scan.marks),
        blocks=(*front_blocks(front), *body_blocks(rest, end + 2)) if body else (),
        questions=tuple(_question(line, places.at("asks", index)) for index, line in enumerate(front.asks)),
    )
    return text, ()


def _inside(places: Places) -> Places:
    # The outermost value starts at its first key; for a missing key the opening `---` is the better place.
    return Places(places.path, {**places.values, (): (1, 1, 3)}, places.keys)


def _question(line: str, where: Location) -> Question:
    """A line of ``asks``, which may end with ``{#anchor}`` as a heading does."""
    anchor = _ANCHOR.search(line)
    return Question(_ANCHOR.sub("", line).strip(), anchor[1] if anchor else None, where)


class _Scan:
    def __init__(self, path: str, first_line: int) -> None:
        self.path, self.first_line = path, first_line
        self.headings: list[Heading] = []
        self.references: list[Reference] = []
        self.links: list[Link] = []
        self.marks: list[Mark] = []

    def run(self, lines: list[str]) -> None:
        fence = ""
        previous = ""
        for index, line in enumerate(lines):
            opened = _FENCE.match(line)
            if fence:
                if opened and opened[1].startswith(fence):
                    fence = ""
                continue
            if opened:
                fence = opened[1]
                continue
            heading = _HEADING.match(line)
            if heading:
                self._heading(heading, index)
            elif (
                _UNDERLINE.match(line)
                and previous.strip()
                and not previous.lstrip().startswith(("#", ">", "-", "*", "|"))
            ):
                self.marks.append(Mark("underline", line.strip(), self._at(index, 0, len(line.rstrip()))))
            self._inline(line, index)
            previous = line

    def _at(self, index: int, column: int, length: int = 1) -> Location:
        return Location(self.path, self.first_line + index, column + 1, max(1, length))

    def _heading(self, match: re.Match[str], index: int) -> None:
        words = match[2]
        anchor = _ANCHOR.search(words)
        plain = _LINK.sub(lambda link: link[2], _ANY_ATTRIBUTES.sub("", words)).strip()
        where = self._at(index, 0, len(match[0].rstrip()))
        self.headings.append(Heading(len(match[1]), plain, anchor[1] if anchor else None, where, index))

    def _inline(self, line: str, index: int) -> None:
        blanked = _INLINE_CODE.sub(_blank, line)
        for match in _LINK.finditer(blanked):
            words, target = match[2], match[3]
            where = self._at(index, match.start(), len(match[0]))
            scheme, colon, rest = target.partition(":")
            if "](" in words:
                # A link or image inside the words: Markdown would see it, the checks would not.
                self.marks.append(Mark("unseen", words[:60], where))
            if not match[1] and colon and scheme in SCHEMES:
                self.references.append(Reference(scheme, rest, words, where))
            else:
                self.links.append(Link(target, words, bool(match[1]), where))
        for match in _AUTOLINK.finditer(blanked):
            self.links.append(Link(match[1], match[1], False, self._at(index, match.start(), len(match[0]))))
        for match in _TAG.finditer(_AUTOLINK.sub(_blank, blanked)):
            where = self._at(index, match.start(), len(match[0]))
            if _ALLOWED.fullmatch(match[0]):
                self.marks.append(Mark("tag", match[0], where))
            else:
                self.marks.append(Mark("html", match[1].lstrip("/").lower(), where))

    def unseen(self, lines: list[str]) -> None:
        """Ask Markdown itself whether it sees a link, an image or HTML that this scan did not."""
        rest = list(lines)
        places = [reference.location for reference in self.references]
        places += [link.location for link in self.links]
        places += [mark.location for mark in self.marks if mark.kind in ("tag", "html")]
        for place in places:
            index, start, end = place.line - self.first_line, place.column - 1, place.column - 1 + place.length
            rest[index] = rest[index][:start] + "x" * place.length + rest[index][end:]
        for line in unseen_markup("\n".join(rest)):
            self.marks.append(Mark("unseen", lines[line - 1].strip()[:60], self._at(line - 1, 0, len(lines[line - 1]))))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
