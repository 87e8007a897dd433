"""Pieces of Markdown → runs of words as readers see them: marks become styles, references keep where they lead.

Old and new wording are read apart, each as a whole. Where the same words are set in another way – emphasised, linked elsewhere,
marked unverified – they come out as deleted and inserted, for that is a change as well.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from patokaz.revisions.words import ADDRESS, CELL, Kind, Piece, side

OBJECT = "\ue011"
"""Stands for a reference without words of its own, which the engine supplies."""

_MARKS = re.compile(
    rf"(?P<code>(?P<ticks>`+)(?!`)(?P<c>.+?)(?<!`)(?P=ticks)(?!`))"
    rf"|(?P<link>!?\[(?P<l>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\](?P<to>{ADDRESS}))"
    r"|(?P<auto><(?P<a>(?:https?://|mailto:)[^<>\s]+)>)"
    r"|(?P<tag></?(?:br|kbd|sub|sup) ?/?>)"
    r"|(?P<escape>\\(?P<e>[!-/:-@\[-`{-~]))"
    r"|(?P<strong>(?P<two>\*\*|(?<!\w)__)(?=\S)(?P<s>.+?)(?<=\S)(?P=two))"
    r"|(?P<em>(?P<one>\*|(?<!\w)_)(?=[^\s*_])(?P<m>.+?)(?<=[^\s*_])(?P=one)(?![\w*]))"
)
_INNER = {"code": "c", "link": "l", "auto": "a", "escape": "e", "strong": "s", "em": "m"}

_NESTED = 6
"""How deep marks are followed; deeper ones stand as they are written."""


@dataclass(frozen=True)
class Style:
    """How words are set. ``target`` is what a link leads to, or what an :data:`OBJECT` stands for: ``doc:SOP-02``."""

    strong: bool = False
    emphasis: bool = False
    code: bool = False
    target: str = ""


@dataclass(frozen=True)
class Run:
    """Words of one kind and style.

    ``retargeted``: in the place of this target the other wording has another one, so readers must be told which.
    """

    kind: Kind
    text: str
    style: Style = Style()
    retargeted: bool = False


def runs(pieces: Sequence[Piece]) -> tuple[Run, ...]:
    """The runs of a wording and its changes, neighbours of one kind and style as one."""
    old, new = _shown(side(pieces, "deleted")), _shown(side(pieces, "inserted"))
    writer = _Writer()
    i = j = 0
    for piece in pieces:
        length = len(piece.text)
        if piece.kind == "equal":
            for here, there in zip(old[i : i + length], new[j : j + length], strict=True):
                writer.both(here, there)
            i, j = i + length, j + length
        elif piece.kind == "deleted":
            writer.put("deleted", old[i : i + length])
            i += length
        else:
            writer.put("inserted", new[j : j + length])
            j += length
    writer.flush()
    before, after = ({style.target for _, style in there if _leads(style.target)} for there in (old, new))
    alone = {"deleted": before - after, "inserted": after - before, "equal": set()}
    if not (alone["deleted"] and alone["inserted"]):
        return tuple(writer.runs)
    return tuple(
        replace(run, retargeted=OBJECT not in run.text and run.style.target in alone[run.kind]) for run in writer.runs
    )


def _leads(target: str) -> bool:
    """Whether a target is a place to go to: sources and the mark of unverified words show themselves."""
    return bool(target) and not target.startswith(("source:", "unverified:"))


Letter = tuple[str, Style]
"""What is shown for one character of the source – nothing for a mark – and how."""


def _shown(words: str) -> list[Letter]:
    letters: list[Letter] = [("", Style())] * len(words)
    _read(words, 0, len(words), Style(), letters, _NESTED)
    return letters


def _read(words: str, start: int, end: int, style: Style, letters: list[Letter], depth: int) -> None:
    at = start
    while at < end:
        mark = _MARKS.search(words, at, end) if depth else None
        for index in range(at, mark.start() if mark else end):
            letters[index] = ("|" if words[index] == CELL else words[index], style)
        if mark is None:
            return
        _mark(words, mark, style, letters, depth)
        at = mark.end()


def _mark(words: str, mark: re.Match[str], style: Style, letters: list[Letter], depth: int) -> None:
    kind = str(mark.lastgroup and next(name for name in (*_INNER, "tag") if mark[name] is not None))
    if kind == "tag":
        letters[mark.start()] = (" " if "br" in mark[0] else "", style)
        return
    first, last = mark.span(_INNER[kind])
    if kind == "link":
        inner = replace(style, target=mark["to"][1:-1].split(" ")[0] or "#")
        if not mark["l"].strip():
            letters[mark.start()] = (OBJECT, inner)
            return
    else:
        inner = {
            "code": replace(style, code=True),
            "auto": replace(style, target=mark["a"] or ""),
            "strong": replace(style, strong=True),
            "em": replace(style, emphasis=True),
        }.get(kind, style)
    _read(words, first, last, inner, letters, 0 if kind in ("code", "auto", "escape") else depth - 1)


class _Writer:
    def __init__(self) -> None:
        self.runs: list[Run] = []
        self._old: list[Letter] = []
        self._new: list[Letter] = []

    def both(self, old: Letter, new: Letter) -> None:
        """A character of both wordings."""
        if old == new:
            self.flush()
            self._add("equal", old)
        else:
            self._old.append(old)
            self._new.append(new)

    def put(self, kind: Kind, letters: Sequence[Letter]) -> None:
        """Characters of one wording."""
        (self._old if kind == "deleted" else self._new).extend(letters)

    def flush(self) -> None:
        """Write what waits: deleted words before inserted ones. Marks that show nothing do not part them."""
        for letter in self._old:
            self._add("deleted", letter)
        for letter in self._new:
            self._add("inserted", letter)
        self._old, self._new = [], []

    def _add(self, kind: Kind, letter: Letter) -> None:
        shown, style = letter
        if not shown:
            return
        if self.runs and (self.runs[-1].kind, self.runs[-1].style) == (kind, style):
            self.runs[-1] = replace(self.runs[-1], text=self.runs[-1].text + shown)
        else:
            self.runs.append(Run(kind, shown, style))
