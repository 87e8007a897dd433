"""The body of a text → its blocks, with the places in the file where their words stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from patokaz.model.blocks import FRONT, Block, BlockKind, Span
from patokaz.model.texts import FrontMatter

_SPACE = re.compile(r"\s+")
_ANCHOR = re.compile(r"[ \t]*\{[ \t]*#([^\s{}]+)[ \t]*\}[ \t]*$")
_PIPE = re.compile(r"(?<!\\)\|")

# The same dialect as `parse.markdown` renders, without the inline rules: blocks are compared as they are written.
_MARKDOWN = MarkdownIt("commonmark").enable("table").disable("inline")

_CONTAINERS = {"ordered_list": "ol", "bullet_list": "ul", "blockquote": "quote", "table": "table"}


def collapsed(words: str) -> str:
    """The words with every run of white space as one space, in composed Unicode."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", words)).strip()


def front_blocks(front: FrontMatter) -> Iterator[Block]:
    """Title, summary, questions and labels, in the order of a page. They have no spans: YAML is written back as YAML."""
    yield Block("title", FRONT, collapsed(front.title))
    yield Block("summary", FRONT, collapsed(front.summary))
    yield from (Block("ask", FRONT, collapsed(line)) for line in front.asks)
    yield from (Block("label", FRONT, collapsed(words), name=key) for key, words in sorted(front.labels.items()))


def body_blocks(lines: Sequence[str], first_line: int) -> Iterator[Block]:
    """The blocks of Markdown ``lines``, of which the first is line ``first_line`` of its file."""
    yield from _Reader(lines, first_line).run()


@dataclass
class _Reader:
    lines: Sequence[str]
    first_line: int
    section: str = ""
    containers: list[str] = field(default_factory=list)
    row: int = -1
    column: int = 0
    in_heading: str = ""
    fresh_item: bool = False

    def run(self) -> Iterator[Block]:
        for token in _MARKDOWN.parse("\n".join(self.lines)):
            name = token.type.removesuffix("_open").removesuffix("_close")
            if token.type.endswith("_open"):
                self._open(name, token)
            elif token.type.endswith("_close"):
                if name in _CONTAINERS:
                    self.containers.pop()
                self.in_heading = "" if name == "heading" else self.in_heading
            elif token.type == "inline":
                if token.content.strip():
                    yield self._block(token)
                self.column += 1
            elif token.type in ("fence", "code_block"):
                # Of white space in code only that at the ends of lines, which nobody sees, does not count.
                words = "\n".join(map(str.rstrip, token.content.strip("\n").split("\n")))
                yield Block("code", self.section, words, tuple(self.containers))

    def _open(self, name: str, token: Token) -> None:
        if name in _CONTAINERS:
            self.containers.append(_CONTAINERS[name])
            self.row = -1
        elif name == "tr":
            self.row, self.column = self.row + 1, 0
        elif name == "list_item":
            self.fresh_item = True
        elif name == "heading":
            self.in_heading = f"level{token.tag[1:]}"

    def _block(self, token: Token) -> Block:
        words, spans = token.content, tuple(self._spans(token))
        kind: BlockKind = "paragraph"
        container = tuple(self.containers)
        row = 0
        if self.in_heading:
            kind, container = "heading", (self.in_heading,)
            anchor = _ANCHOR.search(words)
            if anchor:
                self.section = anchor[1]
                words = words[: anchor.start()]
                spans = tuple(Span(s.line, s.start, s.start + len(words)) for s in spans)
        elif self.containers and self.containers[-1] == "table":
            kind, row = "cell", self.row
        elif self.fresh_item:
            kind = "item"
        self.fresh_item = False
        return Block(kind, self.section, collapsed(words), container, row=row, spans=spans)

    def _spans(self, token: Token) -> Iterator[Span]:
        """The pieces of the lines that hold the token's words; nothing where a line does not hold them as they are."""
        first, last = token.map or (0, 0)
        if self.containers and self.containers[-1] == "table":
            span = self._cell(first)
            if span:
                yield span
            return
        parts = token.content.split("\n")
        if len(parts) != last - first:
            # A heading with a line under it, which the hygiene rules refuse.
            parts = parts[:1]
        for offset, part in enumerate(parts):
            line = self.lines[first + offset]
            words = part.strip()
            start = line.find(words, max(0, len(line.rstrip()) - len(part.rstrip()) - _closing(line, words)))
            if start >= 0:
                yield Span(self.first_line + first + offset, start, start + len(words))

    def _cell(self, index: int) -> Span | None:
        line = self.lines[index]
        bars = [match.start() for match in _PIPE.finditer(line)]
        starts = [0, *(bar + 1 for bar in bars)] if not line.lstrip().startswith("|") else [bar + 1 for bar in bars]
        ends = [*bars, len(line)] if not line.lstrip().startswith("|") else [*bars[1:], len(line)]
        if self.column >= min(len(starts), len(ends)):
            return None
        start, end = starts[self.column], ends[self.column]
        words = line[start:end]
        start += len(words) - len(words.lstrip())
        return Span(self.first_line + index, start, start + len(words.strip()))


def _closing(line: str, words: str) -> int:
    """How many characters of a heading's closing signs stand after its words."""
    tail = line.rstrip()
    return len(tail) - len(tail.rstrip("#").rstrip()) if not words.endswith("#") else 0
