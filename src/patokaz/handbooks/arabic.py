"""What the glyphs of the Arabic script mean: WeasyPrint names the letters of a ligature at the mark beside it, or not at all."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

import pikepdf
import uharfbuzz

from patokaz.handbooks.fonts import face_of

_ENTRY = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]*)>")

_OWN = ((0x064B, 0x0652), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC))
"""Vowel signs, and the blocks of presentation forms (Unicode 16, 9.2): what stands for itself, whatever stands beside it."""


def name_letters(document: pikepdf.Pdf) -> None:
    """Give the vowel signs, joined forms and ligatures of every font of ``document`` their letters."""
    fonts = {
        str(font.BaseFont): font for page in document.pages for font in page.obj.Resources.get("/Font", {}).values()
    }
    for name, font in fonts.items():
        face = name.partition("+")[2]
        if face.startswith("Vazirmatn"):
            font.ToUnicode.write(_ENTRY.sub(functools.partial(_entry, _letters(face)), font.ToUnicode.read_bytes()))


def _entry(letters: Mapping[bytes, bytes], entry: re.Match[bytes]) -> bytes:
    return b"<%s> <%s>" % (entry[1], letters.get(entry[1], entry[2]))


@functools.cache
def _letters(face: str) -> dict[bytes, bytes]:
    """Number of the glyph → its letters as UTF-16, both in hexadecimal."""
    font: Any = uharfbuzz.Font(face_of(face))
    found = {}
    for first, last in _OWN:
        for code in range(first, last + 1):
            glyph = font.get_nominal_glyph(code)
            if glyph:
                letters = unicodedata.normalize("NFKC", chr(code))
                found[b"%04x" % glyph] = letters.encode("utf-16-be").hex().encode()
    return found
