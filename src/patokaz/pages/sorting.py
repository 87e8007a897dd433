"""The order of words in a language: by its own alphabet, also where two signs are one letter (Albanian ``gj``, ``xh``).

The alphabets stand in ``resources/words/<lang>.yml``, so that a new language stays one file.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

Key = tuple[tuple[int, int], ...]
"""What a text is sorted by: (class of sign, place in its class) per sign; the classes are those below."""

_SPACE, _DIGIT, _LETTER, _OTHER = range(4)


@dataclass(frozen=True)
class Alphabet:
    """The letters of a language in their order, in small signs; a letter may have several signs."""

    letters: tuple[str, ...]

    @functools.cached_property
    def _places(self) -> dict[str, int]:
        return {letter: place for place, letter in enumerate(self.letters)}

    @functools.cached_property
    def _longest(self) -> int:
        return max(map(len, self.letters))

    def key(self, words: str) -> Key:
        """The sort key of ``words``: shorter words first, then digits, this alphabet, letters of other scripts.

        Numbers count by their value. Large and small letters are the same, punctuation does not count, and a letter with a
        mark that the alphabet does not have counts without it. Different words can have the same key.
        """
        key: list[tuple[int, int]] = []
        for sign in self._signs(words):
            # A dash between spaces, or a space at an end, is no second space.
            if sign[0] != _SPACE or (key and key[-1][0] != _SPACE):
                key.append(sign)
        return tuple(key[:-1] if key and key[-1][0] == _SPACE else key)

    def group(self, words: str) -> int:
        """Under which heading ``words`` stand: 0 for digits, 1 … n for the letters, n + 1 for everything else."""
        kind, place = next(iter(self.key(words)), (_OTHER, 0))
        if kind == _LETTER:
            return place + 1
        return 0 if kind == _DIGIT else len(self.letters) + 1

    def _signs(self, words: str) -> Iterator[tuple[int, int]]:
        text = unicodedata.normalize("NFC", words.casefold())
        start = 0
        while start < len(text):
            sign = text[start]
            if sign.isdecimal():
                end = start
                while end < len(text) and text[end].isdecimal():
                    end += 1
                number = [unicodedata.decimal(digit) for digit in text[start:end]]
                while len(number) > 1 and number[0] == 0:
                    del number[0]
                # More digits, larger number: the length first.
                yield _DIGIT, len(number)
                yield from ((_DIGIT, digit) for digit in number)
                start = end
                continue
            letter = self._letter_at(text, start)
            if letter:
                yield _LETTER, self._places[letter]
            elif sign.isspace():
                yield _SPACE, 0
            elif sign.isalpha():
                bare = unicodedata.normalize("NFD", sign)[0]
                yield (_LETTER, self._places[bare]) if bare in self._places else (_OTHER, ord(bare))
            start += len(letter) or 1

    def _letter_at(self, text: str, start: int) -> str:
        """The letter of this alphabet at ``start``: the longest that fits; empty if none does."""
        parts = (text[start : start + length] for length in range(self._longest, 0, -1))
        return next((part for part in parts if part in self._places), "")
