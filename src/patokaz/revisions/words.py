"""Words held against words: a passage's old and new Markdown → pieces that are equal, deleted or inserted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from patokaz.revisions.matching import Budget, matches

Kind = Literal["equal", "deleted", "inserted"]

CELL = "\ue010"
"""Stands between the cells of a row. A private-use character, which sources cannot hold (KB009)."""

ADDRESS = r"\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?:[ \t]+\"[^\"]*\")?\)"
"""What follows the words of a link or reference, as :mod:`patokaz.parse.texts` reads it."""

# White space goes with the token after it, so that words alone decide what is equal. The target of a link is one token: a
# changed target is one change.
_TOKEN = re.compile(
    rf"(\s*)(!?\[\]{ADDRESS}|\]{ADDRESS}|\d+(?:[.,:/]\d+)*(?!\w)|\w+(?:[-'’]\w+)*|\*\*|__|[^\w\s])|(\s+)$"
)
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")

SMALL = 2
"""At most so many words between two larger changes are marked as changed too: scattered islands cannot be read."""


@dataclass(frozen=True)
class Piece:
    """A stretch of Markdown that both sides have, or only the old one, or only the new one."""

    kind: Kind
    text: str


def pieces(old: str, new: str, budget: Budget | None = None) -> tuple[Piece, ...]:
    """The pieces of two wordings. Equal and deleted ones join to ``old``, equal and inserted ones to ``new``."""
    a, b = _tokens(old), _tokens(new)
    pairs = matches([core for _, core in a], [core for _, core in b], budget or Budget())
    writer = _Writer()
    i = j = 0
    for start, stop, there in _legible(_runs(pairs), a, b):
        writer.change(a[i:start], b[j:there])
        for x, y in zip(range(start, stop), range(there, there + stop - start), strict=True):
            writer.same(a[x], b[y])
        i, j = stop, there + stop - start
    writer.change(a[i:], b[j:])
    return tuple(writer.pieces)


def whole(kind: Kind, words: str) -> tuple[Piece, ...]:
    """A wording of which everything was inserted, deleted or left."""
    return (Piece(kind, words),) if words else ()


def side(parts: Sequence[Piece], kind: Literal["deleted", "inserted"]) -> str:
    """The old (``deleted``) or new (``inserted``) wording that the pieces join to."""
    return "".join(part.text for part in parts if part.kind in ("equal", kind))


def word_list(words: str) -> list[str]:
    """The words of a wording, without what a link leads to."""
    return _WORD.findall(re.sub(rf"\]{ADDRESS}", "]", words))


Token = tuple[str, str]
Run = tuple[int, int, int]
"""(first, past the last) on the old side, first on the new side."""


def _tokens(words: str) -> list[Token]:
    return [(m[3], "") if m[3] else (m[1], m[2]) for m in _TOKEN.finditer(words)]


def _runs(pairs: Sequence[tuple[int, int]]) -> list[Run]:
    runs: list[Run] = []
    for i, j in pairs:
        if runs and runs[-1][1] == i and runs[-1][2] + i - runs[-1][0] == j:
            runs[-1] = (runs[-1][0], i + 1, runs[-1][2])
        else:
            runs.append((i, i + 1, j))
    return runs


def _legible(runs: list[Run], a: Sequence[Token], b: Sequence[Token]) -> list[Run]:
    """Without the small runs between changes that are both larger than they (semantic clean-up, after N. Fraser)."""
    kept: list[Run] = []
    for index, run in enumerate(runs):
        after = runs[index + 1][:1] + runs[index + 1][2:] if index + 1 < len(runs) else (len(a), len(b))
        before = (kept[-1][1], kept[-1][2] + kept[-1][1] - kept[-1][0]) if kept else (0, 0)
        size = _letters(a[run[0] : run[1]])
        count = sum(1 for _, core in a[run[0] : run[1]] if _WORD.match(core))
        past = run[2] + run[1] - run[0]
        left = max(_letters(a[before[0] : run[0]]), _letters(b[before[1] : run[2]]))
        right = max(_letters(a[run[1] : after[0]]), _letters(b[past : after[1]]))
        if count > SMALL or size > min(left, right):
            kept.append(run)
    return kept


def _letters(tokens: Sequence[Token]) -> int:
    return sum(len(core) for _, core in tokens)


class _Writer:
    def __init__(self) -> None:
        self.pieces: list[Piece] = []

    def change(self, old: Sequence[Token], new: Sequence[Token]) -> None:
        """What only one side has. White space before both stays."""
        if old and new and old[0][0] == new[0][0]:
            self._put("equal", old[0][0])
            old, new = [("", old[0][1]), *old[1:]], [("", new[0][1]), *new[1:]]
        self._put("deleted", "".join(space + core for space, core in old))
        self._put("inserted", "".join(space + core for space, core in new))

    def same(self, old: Token, new: Token) -> None:
        """A token of both sides, whose white space may differ."""
        if old[0] != new[0]:
            self.change([(old[0], "")], [(new[0], "")])
            self._put("equal", old[1])
        else:
            self._put("equal", old[0] + old[1])

    def _put(self, kind: Kind, text: str) -> None:
        if not text:
            return
        at = len(self.pieces) - 1
        # Between two equal pieces stands at most one deleted and one inserted piece, in this order.
        while kind != "equal" and at >= 0 and self.pieces[at].kind not in ("equal", kind):
            at -= 1
        if at >= 0 and self.pieces[at].kind == kind:
            self.pieces[at] = Piece(kind, self.pieces[at].text + text)
        elif kind == "deleted":
            end = len(self.pieces)
            while end and self.pieces[end - 1].kind == "inserted":
                end -= 1
            self.pieces.insert(end, Piece(kind, text))
        else:
            self.pieces.append(Piece(kind, text))
