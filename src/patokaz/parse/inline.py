"""The inside of a passage: words with their marks, links, images and line breaks, in one normal form for comparisons."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

from patokaz.parse.texts import ALLOWED_TAGS

PieceKind = Literal["words", "break", "image", "own"]

MARKS = ("strong", "em", "sub", "sup", "kbd", "code")
"""What can be done to words, from outside to inside where several begin and end together."""

_SPACE = re.compile(r"\s+")
_UNSEEN = re.compile("[\u00ad\u200b\ufeff]")
"""Soft hyphens and characters without width: word processors put them in, readers never see them."""
_TAG = re.compile(rf"<(/?)({'|'.join(tag for tag in ALLOWED_TAGS if tag != 'br')}) ?>")
_BREAK = re.compile(r"<br ?/?>")

_MARKDOWN = MarkdownIt("commonmark")
# Addresses stay as they are written: they are compared, not opened.
_MARKDOWN.normalizeLink = lambda url: url  # type: ignore[method-assign]
_MARKDOWN.normalizeLinkText = lambda link: link  # type: ignore[method-assign]


@dataclass(frozen=True)
class Piece:
    """A stretch of one passage.

    ``words`` with ``marks``, linked to ``target`` unless that is empty. An ``image`` has its alternative text as words and its file as
    target; an ``own`` piece is a reference with empty words, which the engine says itself; a ``break`` ends a line.
    """

    words: str
    marks: frozenset[str] = frozenset()
    target: str = ""
    kind: PieceKind = "words"


class UnmappableError(ValueError):
    """Markdown that :class:`Piece` cannot say: raw HTML, titles of links, links with markup where only words fit."""


def inline_pieces(content: str) -> tuple[Piece, ...]:
    """The pieces of inline Markdown in normal form. Raises :class:`UnmappableError`."""
    token = _MARKDOWN.parseInline(content)[0]
    return normal(_read(token.children or []))


def _read(tokens: Sequence[Token]) -> list[Piece]:
    pieces: list[Piece] = []
    marks: list[str] = []
    target = ""
    linked_from = 0
    for token in tokens:
        match token.type:
            case "text":
                pieces.append(Piece(token.content, frozenset(marks), target))
            case "softbreak":
                pieces.append(Piece(" ", frozenset(marks), target))
            case "hardbreak":
                pieces.append(Piece("", frozenset(marks), kind="break"))
            case "code_inline":
                pieces.append(Piece(token.content, frozenset((*marks, "code")), target))
            case "strong_open" | "em_open":
                marks.append(token.type.removesuffix("_open"))
            case "strong_close" | "em_close":
                marks.remove(token.type.removesuffix("_close"))
            case "link_open":
                if token.attrs.get("title"):
                    raise UnmappableError("a link with a title")
                target, linked_from = str(token.attrs["href"]), len(pieces)
            case "link_close":
                if not any(piece.words.strip() for piece in pieces[linked_from:]):
                    if any(piece.kind != "words" for piece in pieces[linked_from:]):
                        raise UnmappableError("a link without words round something")
                    pieces[linked_from:] = [Piece("", frozenset(marks), target, "own")]
                target = ""
            case "image":
                if target or token.attrs.get("title"):
                    raise UnmappableError("an image in a link, or with a title")
                pieces.append(Piece(token.content, frozenset(marks), str(token.attrs["src"]), "image"))
            case "html_inline":
                _tag(token.content, pieces, marks)
            case _:
                raise UnmappableError(token.type)
    if any(mark in marks for mark in MARKS):
        raise UnmappableError("a tag that is not closed")
    return pieces


def _tag(tag: str, pieces: list[Piece], marks: list[str]) -> None:
    if _BREAK.fullmatch(tag):
        pieces.append(Piece("", frozenset(marks), kind="break"))
        return
    match = _TAG.fullmatch(tag)
    if match is None or (match[1] == "/") != (match[2] in marks):
        raise UnmappableError(tag)
    if match[1]:
        marks.remove(match[2])
    else:
        marks.append(match[2])


def normal(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """One form for everything that a reader sees the same.

    White space is one space outside marks and links that do not go on after it; unseen characters are left out; equal
    neighbours are one piece; nothing stands empty at either end or at a line break.
    """
    atoms: list[Piece] = []
    for piece in pieces:
        words = _SPACE.sub(" ", _UNSEEN.sub("", unicodedata.normalize("NFC", piece.words)))
        if piece.kind != "words":
            atoms.append(replace(piece, words=words.strip()))
            continue
        atoms += [Piece(part, piece.marks, piece.target) for part in re.split("( )", words) if part]
    kept: list[Piece] = []
    for atom in atoms:
        if (atom.words == " " and (not kept or kept[-1].kind == "break" or kept[-1].words == " ")) or (
            atom.kind == "break" and not kept
        ):
            continue
        if atom.kind == "break" and kept[-1].words == " ":
            kept.pop()
        kept.append(atom)
    while kept and (kept[-1].kind == "break" or kept[-1].words == " "):
        kept.pop()
    joined: list[Piece] = []
    for index, atom in enumerate(kept):
        if atom.words == " " or atom.kind == "break":
            atom = _between(kept, index)
        last = joined[-1] if joined else None
        if last and last.kind == atom.kind == "words" and (last.marks, last.target) == (atom.marks, atom.target):
            joined[-1] = replace(last, words=last.words + atom.words)
        else:
            joined.append(atom)
    return tuple(joined)


def _between(atoms: Sequence[Piece], index: int) -> Piece:
    """A space or break with only those marks that go on over it."""
    before = next((a for a in reversed(atoms[:index]) if a.words != " " and a.kind != "break"), None)
    after = next((a for a in atoms[index + 1 :] if a.words != " " and a.kind != "break"), None)
    if before is None or after is None:
        return replace(atoms[index], marks=frozenset(), target="")
    linked = atoms[index].kind == "words" and before.kind == after.kind == "words" and before.target == after.target
    return replace(atoms[index], marks=before.marks & after.marks, target=before.target if linked else "")
