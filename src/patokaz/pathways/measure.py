"""How wide words are in the shipped fonts, and where they break. The only module that shapes text (uharfbuzz).

A drawing is laid out with these numbers and never with a renderer's, so a line that fits here fits on every screen and in print.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from importlib import resources
from typing import Any, NamedTuple

import uharfbuzz

FONTS = "resources/theme/assets/fonts"
LATIN, ARABIC = "NotoSans", "Vazirmatn"
"""The two families of the site's font stack; Arabic and Persian pages ask the second one first (``patokaz.css``)."""

HYPHEN, SOFT_HYPHEN = "-", "\u00ad"
BREAKABLE = re.compile(r"[^\S\u00a0\u202f]+")
"""White space at which a line may end: everything but the non-breaking spaces."""

PARTS = re.compile(r"[^-/\u00ad]*[-/\u00ad]+|[^-/\u00ad]+")
"""The parts of a word, each up to and with what it may break after."""


@functools.cache
def _font(family: str, bold: bool) -> Any:
    name = f"{family}-{'Bold' if bold else 'Regular'}.ttf"
    blob = resources.files("patokaz").joinpath(FONTS, name).read_bytes()
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob(blob)))


@functools.cache
def _script(character: str) -> str:
    """Script of a letter as HarfBuzz names it; empty for what belongs to the run before it (spaces, digits, signs)."""
    if unicodedata.category(character)[0] not in "L":
        return ""
    name = unicodedata.name(character, "")
    return "Arab" if name.startswith("ARABIC") else "Cyrl" if name.startswith("CYRILLIC") else "Latn"


@functools.cache
def _family(character: str, arabic: bool) -> str:
    families = (ARABIC, LATIN) if arabic else (LATIN, ARABIC)
    return next((f for f in families if _font(f, False).get_nominal_glyph(ord(character))), families[0])


def _runs(words: str) -> list[tuple[str, str, str]]:
    """``words`` cut into (family, script, text) pieces of one family and one script each."""
    scripts = [_script(character) for character in words]
    arabic = "Arab" in scripts
    runs: list[tuple[str, str, str]] = []
    script = next((s for s in scripts if s), "Latn")
    for character, own in zip(words, scripts, strict=True):
        script = own or script
        # A mark (a vowel sign, a joiner) is never torn from its letter.
        mark = not own and unicodedata.category(character)[0] in "MC"
        family = runs[-1][0] if runs and mark else _family(character, arabic)
        if runs and runs[-1][:2] == (family, script):
            runs[-1] = (family, script, runs[-1][2] + character)
        else:
            runs.append((family, script, character))
    return runs


@functools.lru_cache(maxsize=65_536)
def _advance(words: str, bold: bool) -> float:
    """Advance width of one line in em."""
    total = 0.0
    for family, script, text in _runs(words):
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.script = script
        buffer.direction = "rtl" if script == "Arab" else "ltr"
        # The pages that hold Cyrillic text say lang="mk", which changes letter forms.
        buffer.language = {"Cyrl": "mk", "Arab": "fa"}.get(script, "en")
        font = _font(family, bold)
        uharfbuzz.shape(font, buffer)
        total += sum(glyph.x_advance for glyph in buffer.glyph_positions) / font.face.upem
    return total


def width(words: str, size: float, bold: bool = False) -> float:
    """Advance width of ``words`` on one line, in the unit of ``size`` (CSS pixels), in the shipped fonts."""
    return _advance(words, bold) * size


class Token(NamedTuple):
    """A word or a piece of one: it stands on one line.

    ``before`` parts it from what stands before it on that line; ``after`` is added where the line ends with it.
    """

    text: str
    before: str
    after: str


@functools.lru_cache(maxsize=16_384)
def wrap(words: str, max_width: float, size: float, bold: bool = False) -> tuple[str, ...]:
    """``words`` broken into the fewest lines of at most ``max_width``, of these ways the most even one.

    A word wider than a line breaks after a hyphen or slash, at a soft hyphen (which then shows), else between characters; nothing
    is raised, and a single character wider than the line stands alone. Without words there is no line.
    """
    limit = max_width / size
    tokens: list[Token] = []
    for word in BREAKABLE.split(words.strip()):
        whole = word.replace(SOFT_HYPHEN, "")
        if _advance(whole, bold) <= limit:
            tokens.append(Token(whole, " ", ""))
        else:
            pieces = [piece for part in PARTS.findall(word) for piece in _pieces(part, limit, bold)]
            tokens += [piece._replace(before="" if k else " ") for k, piece in enumerate(pieces)]
    return _even(tokens, limit, bold) if words.strip() else ()


def _pieces(part: str, limit: float, bold: bool) -> list[Token]:
    """A part of a word up to a hyphen, slash or soft hyphen; cut between characters if it is wider than a line."""
    text = part.rstrip(SOFT_HYPHEN)
    after = HYPHEN if text != part else ""
    if _advance(text + after, bold) <= limit:
        return [Token(text, "", after)]
    pieces: list[str] = []
    for character in text:
        fits = pieces and _advance(pieces[-1] + character, bold) <= limit
        if fits or (pieces and unicodedata.category(character)[0] in "MC"):
            pieces[-1] += character
        else:
            pieces.append(character)
    return [Token(piece, "", "") for piece in pieces]


def _even(tokens: list[Token], limit: float, bold: bool) -> tuple[str, ...]:
    """The tokens on the fewest lines; of these ways the one with the least sum of squared free space."""
    count = len(tokens)
    best: list[tuple[int, float, int, str]] = [(0, 0.0, count, "")] * (count + 1)
    for start in range(count - 1, -1, -1):
        line = ""
        choices: list[tuple[int, float, int, str]] = []
        for end in range(start, count):
            token = tokens[end]
            line += token.before + token.text if line else token.text
            free = limit - _advance(line + token.after, bold)
            if free < 0 and choices:
                break
            lines, unused, *_ = best[end + 1]
            choices.append((lines + 1, unused + free * free, end + 1, line + token.after))
        best[start] = min(choices)
    result: list[str] = []
    at = 0
    while at < count:
        *_, at, line = best[at]
        result.append(line)
    return tuple(result)
