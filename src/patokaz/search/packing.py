"""How an index becomes short text: one byte a letter, front-coded words, gaps and levels in base 46.

``finder.js`` reads what this writes; ``tests/search/test_packing.py`` reads it back.
"""

from __future__ import annotations

import string
from collections import Counter
from collections.abc import Iterable, Sequence

from patokaz.search.index import LEVELS, Postings

SIGNS = "".join(chr(code) for code in range(35, 126) if chr(code) != "\\")
"""The digits. None has a meaning in a string of JavaScript, and ``~`` is free to separate."""
BASE = len(SIGNS) // 2
"""A number is written in this base, lowest digit first; the highest digit is of the second half of the signs, and so ends it."""

_MORE, _LAST = SIGNS[:BASE], SIGNS[BASE:]
_COUNTS = "0123456789abcdefghijklmnopqrstuvwxyz"


def number(value: int) -> str:
    """A number from 0."""
    text = ""
    while value >= BASE:
        text += _MORE[value % BASE]
        value //= BASE
    return text + _LAST[value]


def numbers(values: Iterable[int]) -> str:
    """Rising numbers as their gaps."""
    text, before = "", -1
    for value in values:
        text += number(value - before - 1)
        before = value
    return text


def postings(listed: Postings) -> str:
    """Postings: gap between entries, level and whether the word is of the title in one number each."""
    text, before = "", -1
    for entry, level, in_title in listed:
        text += number(((entry - before - 1) * LEVELS + level) * 2 + in_title)
        before = entry
    return text


def words(listed: Sequence[str]) -> str:
    """Sorted words: how many letters are those of the word before, then the others."""
    parts, before = [], ""
    for word in listed:
        same = 0
        while same < min(len(before), len(word), len(_COUNTS) - 1) and before[same] == word[same]:
            same += 1
        parts.append(_COUNTS[same] + word[same:])
        before = word
    return " ".join(parts)


def stems(listed: Iterable[tuple[str, str]]) -> str:
    """(word, stem): how many letters are taken from the word's end, and between tildes what comes instead."""
    text = ""
    for word, stem in listed:
        same = 0
        while same < min(len(word), len(stem)) and word[same] == stem[same]:
            same += 1
        text += number(len(word) - same) + (f"~{stem[same:]}~" if stem[same:] else "")
    return text


def exchange(text: str) -> str:
    """Pairs of a sign outside ASCII and a letter that changes places with it, so that common signs take one byte instead of two.

    In a Macedonian text Cyrillic changes places with Latin. :func:`exchanged` applies it, and applied twice gives the text back.
    """
    counts = Counter(text)
    # JavaScript takes U+FEFF for white space, and what follows for two signs.
    outside = sorted((sign for sign in counts if "\x7f" < sign < "\ufeff"), key=lambda sign: (-counts[sign], sign))
    letters = sorted(string.ascii_letters, key=lambda letter: (counts[letter], letter))
    return "".join(
        sign + letter for sign, letter in zip(outside, letters, strict=False) if counts[sign] > counts[letter]
    )


def exchanged(text: str, pairs: str) -> str:
    """``text`` with the signs of ``pairs`` exchanged."""
    there = {ord(sign): letter for sign, letter in zip(pairs[::2], pairs[1::2], strict=True)}
    back = {ord(letter): sign for sign, letter in zip(pairs[::2], pairs[1::2], strict=True)}
    return text.translate(there | back)
