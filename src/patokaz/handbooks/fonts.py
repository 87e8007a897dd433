"""The fonts of a book: of each face one program with the glyphs of all parts, and one dictionary where their meanings agree."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

import pikepdf
import uharfbuzz
from pikepdf import Array, Dictionary, Name, Object

from patokaz.findings import KbError
from patokaz.handbooks.places import BASE, FIRST_BLANK, SIGNS

PAGES = "PatokazPages-"
"""How the names of the fonts of page numbers begin; their files stand beside the print templates."""

_MAPPED = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]+)>")
_DROPPED = ("BASE", "DSIG", "GPOS", "GSUB", "GDEF", "cmap", "name", "OS/2", "post")
"""Tables that a viewer does not need: glyphs are named by number."""


@functools.cache
def face_of(name: str) -> uharfbuzz.Face:
    """The shipped face with a PostScript name. Raises :class:`KbError` for a font that is not ours."""
    root = Path(str(resources.files("patokaz"))) / "resources"
    file = root / "theme/assets/fonts" / f"{name}.ttf"
    if name.startswith(PAGES):
        file = root / "print" / f"pages-{name.removeprefix(PAGES).lower()}.ttf"
    if not file.is_file():
        raise KbError(f"printed with a font that is not shipped: {name}")
    return uharfbuzz.Face(file.read_bytes())


@functools.cache
def glyph_of(name: str, character: str) -> int:
    """The number of a character's glyph in a shipped face."""
    glyph: Any = uharfbuzz.Font(face_of(name)).get_nominal_glyph(ord(character))
    if glyph is None:
        raise KbError(f"the font {name} has no {character!r}")
    return int(glyph)


@functools.cache
def width_of(name: str, glyph: int) -> int:
    """The width of a glyph in thousandths of the font's size."""
    face = face_of(name)
    advance: Any = uharfbuzz.Font(face).get_glyph_h_advance(glyph)
    return round(int(advance) * 1000 / int(face.upem))


@functools.cache
def _blanks(name: str) -> frozenset[int]:
    return frozenset(glyph_of(name, chr(FIRST_BLANK + index)) for index in range(BASE))


@dataclass
class _Meaning:
    """Fonts whose glyphs mean the same: number of the glyph → UTF-16 in hexadecimal."""

    characters: dict[bytes, bytes]
    font: Object


@dataclass
class _Shared:
    """All uses of one face."""

    glyphs: set[int] = field(default_factory=set)
    meanings: list[_Meaning] = field(default_factory=list)


class Fonts:
    """Unifies the fonts of a book while its parts are copied, and embeds each face once at the end."""

    def __init__(self, book: pikepdf.Pdf) -> None:
        self._book = book
        self._faces: dict[str, _Shared] = {}
        self._pages: dict[str, Object] = {}

    def unify(self, fonts: Object) -> None:
        """Replace the fonts of a part's resources by those that the book shares."""
        for key in sorted(fonts.keys()):  # pikepdf gives a set
            font = fonts[key]
            prefix, _, name = str(font.BaseFont).lstrip("/").partition("+")
            if name.startswith(PAGES):
                fonts[key] = self.pages(name)
                continue
            shared = self._faces.setdefault(name, _Shared())
            characters = dict(_MAPPED.findall(font.ToUnicode.read_bytes()))
            shared.glyphs |= {int(glyph, 16) for glyph in characters}
            shared.glyphs |= set(_glyphs(font.DescendantFonts[0].W))
            fonts[key] = self._agreeing(shared, characters, font, f"{prefix}+{name}")

    def pages(self, name: str) -> Object:
        """The font of page numbers: digits and signs instead of blanks."""
        if name not in self._pages:
            characters = {glyph_of(name, sign): sign for sign in SIGNS}
            shared = self._faces.setdefault(name, _Shared())
            shared.glyphs |= set(characters)
            mapped = {b"%04x" % glyph: text.encode("utf-16-be").hex().encode() for glyph, text in characters.items()}
            descriptor = Dictionary(
                Type=Name.FontDescriptor, FontName=Name("/PATOKA+" + name), Flags=4, ItalicAngle=0,
                FontBBox=Array([0, -300, 1000, 1100]), Ascent=1069, Descent=-293, CapHeight=714, StemV=80,
            )  # fmt: skip
            inner = Dictionary(
                Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/PATOKA+" + name), CIDToGIDMap=Name.Identity,
                CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
                FontDescriptor=self._book.make_indirect(descriptor),
            )  # fmt: skip
            font = self._book.make_indirect(
                Dictionary(
                    Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/PATOKA+" + name), Encoding=Name("/Identity-H"),
                    DescendantFonts=Array([self._book.make_indirect(inner)]),
                )
            )  # fmt: skip
            shared.meanings.append(_Meaning(mapped, font))
            self._pages[name] = font
        return self._pages[name]

    def embed(self) -> None:
        """Write the programs, widths and meanings. To be called once, when all parts are there."""
        for name, shared in sorted(self._faces.items()):
            glyphs = sorted(shared.glyphs)
            program = self._book.make_stream(_program(name, glyphs))
            program.Length1 = len(program.read_bytes())
            widths = Array([])
            for glyph in glyphs:
                widths.extend(Array([glyph, Array([width_of(name, glyph)])]))
            shared_widths = self._book.make_indirect(widths)
            for meaning in shared.meanings:
                meaning.font.ToUnicode = self._book.make_stream(to_unicode(meaning.characters))
                inner = meaning.font.DescendantFonts[0]
                inner.W = shared_widths
                inner.FontDescriptor.FontFile2 = program
                for unused in ("/CIDSet", "/DW"):
                    if unused in inner.FontDescriptor:
                        del inner.FontDescriptor[unused]

    def _agreeing(self, shared: _Shared, characters: dict[bytes, bytes], font: Object, name: str) -> Object:
        """A font of the same face in which no glyph means something else: a space and a tied space may share a glyph."""
        for meaning in shared.meanings:
            if all(meaning.characters.get(glyph, text) == text for glyph, text in characters.items()):
                meaning.characters |= characters
                return meaning.font
        inner = font.DescendantFonts[0]
        for holder, key in ((font, "/BaseFont"), (inner, "/BaseFont"), (inner.FontDescriptor, "/FontName")):
            holder[key] = Name(f"/{name}")
        shared.meanings.append(_Meaning(characters, font))
        return font


def blank_of(name: str, glyph: int) -> int | None:
    """Which blank a glyph of a font of page numbers is, 0 … 63; None for letters and digits."""
    return glyph - glyph_of(name, chr(FIRST_BLANK)) if glyph in _blanks(name) else None


def _glyphs(widths: Object) -> Iterable[int]:
    """The glyphs of an array of widths: ``first [width …] …``."""
    items = list(widths)
    for first, run in zip(items[::2], items[1::2], strict=True):
        yield from range(int(first), int(first) + len(run))


def _program(name: str, glyphs: list[int]) -> bytes:
    """The face with these glyphs only; their numbers stay."""
    chosen = uharfbuzz.SubsetInput()
    chosen.glyph_set.update(glyphs)
    chosen.drop_table_tag_set.update(int.from_bytes(tag.ljust(4).encode(), "big") for tag in _DROPPED)
    chosen.flags = uharfbuzz.SubsetFlags.RETAIN_GIDS | uharfbuzz.SubsetFlags.NO_HINTING
    return bytes(uharfbuzz.subset(face_of(name), chosen).blob.data)


def to_unicode(characters: dict[bytes, bytes]) -> bytes:
    """What the glyphs of a font mean, as a CMap: number of the glyph in four hexadecimal digits → UTF-16 in such digits."""
    lines = [
        b"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap",
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        b"/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def",
        b"1 begincodespacerange\n<0000> <ffff>\nendcodespacerange",
    ]
    pairs = sorted(characters.items())
    for start in range(0, len(pairs), 100):  # a block holds at most 100 (Adobe Technical Note 5014)
        block = pairs[start : start + 100]
        lines.append(b"%d beginbfchar" % len(block))
        lines += [b"<%s> <%s>" % pair for pair in block]
        lines.append(b"endbfchar")
    lines.append(b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend")
    return b"\n".join(lines)
