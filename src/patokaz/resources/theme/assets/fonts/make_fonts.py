"""Make the font faces that Patokaz ships, with their style sheets and licences.

Out come, next to this script (or in --out):

* Noto Sans Regular, Italic, Bold and BoldItalic: static faces cut from the
  variable fonts, for Latin and Cyrillic text with the Macedonian forms;
* Vazirmatn Regular and Bold: for Arabic and Persian text;
* each face as TTF for print and, but for BoldItalic, WOFF2 for the web, always one complete file;
* fonts.css and fonts-arabic.css (web), fonts-print.css (print), and the two
  licence texts.

It needs fonttools and brotli, and two unpacked packages: `fontpkg-noto-sans`
2.15 from PyPI and `vazirmatn` 33.0.3 from npm. Other versions are refused.

    python make_fonts.py …/site-packages/fontpkg_noto_sans …/vazirmatn-33.0.3/package

The same sources, fonttools and brotli give the same bytes every time.
"""

import argparse
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

Range = tuple[int, int]  # first and last code point, both included

LATIN: list[Range] = [
    (0x0020, 0x007E),  # Basic Latin
    (0x00A0, 0x00FF),  # Latin-1
    (0x0100, 0x017F),  # Latin Extended-A: Turkish, Slavic, Baltic, Hungarian
    (0x0218, 0x021B),  # Romanian s and t with comma
]
LATIN_RARE: list[Range] = [
    (0x018F, 0x018F), (0x0259, 0x0259),  # schwa
    (0x0192, 0x0192), (0x01B7, 0x01B7), (0x0292, 0x0292),  # florin, Sámi ezh
    (0x01C4, 0x01DC),  # South Slavic digraphs, letters with caron
    (0x01E2, 0x01F5),  # Sámi letters; g with acute, romanized Macedonian ѓ
    (0x01FA, 0x0217),  # Croatian and Slovene tone marks
    (0x021E, 0x021F), (0x0226, 0x0233), (0x0237, 0x0237),
    (0x1E02, 0x1E03), (0x1E0A, 0x1E0B), (0x1E1E, 0x1E1F),  # Irish
    (0x1E30, 0x1E31),  # k with acute, romanized Macedonian ќ
    (0x1E40, 0x1E41), (0x1E56, 0x1E57), (0x1E60, 0x1E61), (0x1E6A, 0x1E6B),
    (0x1E80, 0x1E85), (0x1E9E, 0x1E9E), (0x1EBC, 0x1EBD), (0x1EF2, 0x1EF3),
    (0x02B9, 0x02BC), (0x02C6, 0x02CB), (0x02D8, 0x02DD),  # modifier letters
    (0x0300, 0x0315), (0x0323, 0x0331), (0x0361, 0x0361),  # combining marks
    (0xFB01, 0xFB02),  # fi and fl
]  # fmt: skip
CYRILLIC: list[Range] = [(0x0400, 0x04FF)]
ARABIC: list[Range] = [
    (0x0600, 0x06FF),  # Arabic, with the Persian letters and both sets of digits
    (0x0750, 0x077F),  # Arabic Supplement
    (0x08A0, 0x08FF),  # Arabic Extended-A
    (0xFB50, 0xFDFF),  # Presentation Forms-A
    (0xFE70, 0xFEFF),  # Presentation Forms-B
]
SIGNS: list[Range] = [
    (0x2000, 0x206F),  # general punctuation, joiners and direction marks
    (0x2070, 0x208E),  # superscripts and subscripts
    (0x20A0, 0x20C0),  # currency
    (0x2100, 0x214F),  # letterlike: №, ™, ℃
    (0x2150, 0x215F), (0x2189, 0x2189), (0x2190, 0x21FF),  # fractions, arrows
    (0x2200, 0x22FF),  # mathematical operators: minus, ≤, ≥, ≠, ≈
    (0x25A0, 0x25FF),  # geometric shapes: list bullets
    (0x2610, 0x2612), (0x2713, 0x2718),  # ballot boxes and check marks
    (0xFFFD, 0xFFFD),  # replacement character
]  # fmt: skip

# Signs the pages may use; a face that lacks one is named in the report.
WATCHED = "„“”«»—…•◦▪‣№€™≤≥≠≈÷→←↑↓↔⇒☐☑☒✓✔✗\u2018\u2019\u201a\u2013\u2212\u00d7"

# Kept besides fonttools' own choice (kern, liga, locl, mark, …); no small capitals.
EXTRA_FEATURES = [
    "case", "cpsp", "lnum", "onum", "ordn", "pnum", "sinf", "subs", "sups", "tnum",
    "zero",
]  # fmt: skip
KEPT_NAMES = [*range(15), 16, 17]  # family, style, version, authors, licence


@dataclass(frozen=True)
class Face:
    """One face to make: where it comes from and what it holds."""

    family: str
    style: str  # "Regular", "Italic", "Bold" or "Bold Italic"
    source: str  # path inside the unpacked package
    version: str  # what the source must call itself
    ranges: list[Range]

    @property
    def stem(self) -> str:
        """File name without its ending, which is also the PostScript name."""
        return f"{self.family}-{self.style}".replace(" ", "")

    @property
    def weight(self) -> int:
        """CSS and OS/2 weight."""
        return 700 if "Bold" in self.style else 400


def _noto(style: str) -> Face:
    slope = "-Italic" if "Italic" in style else ""
    source = f"files/NotoSans{slope}[wdth,wght].ttf"
    ranges = LATIN + LATIN_RARE + CYRILLIC + SIGNS
    return Face("Noto Sans", style, source, "Version 2.015", ranges)


def _vazirmatn(style: str) -> Face:
    source = f"fonts/ttf/Vazirmatn-{style}.ttf"
    return Face("Vazirmatn", style, source, "Version 33.003", LATIN + ARABIC + SIGNS)


NOTO = [_noto(style) for style in ("Regular", "Italic", "Bold", "Bold Italic")]
ON_THE_WEB = NOTO[:3]
"""Words that are bold and italic at once are rare: browsers slant the bold face, and a site is 50 kB lighter."""
VAZIRMATN = [_vazirmatn(style) for style in ("Regular", "Bold")]


def make_face(face: Face, package: Path) -> TTFont:
    """Return the static, subset face, with the dates of its source."""
    font = TTFont(package / face.source, recalcTimestamp=False)
    version = font["name"].getDebugName(5)
    if version != face.version:
        raise SystemExit(f"{face.source}: is {version!r}, not {face.version!r}")
    if "fvar" in font:  # also sets family and style names, weight and style bits
        axes = {"wght": float(face.weight), "wdth": 100.0}
        font = instancer.instantiateVariableFont(font, axes, updateFontNames=True)
        font["OS/2"].panose.bWeight = 8 if face.weight == 700 else 5
    marked = f"{version}; Patokaz subset"
    for name_id, text in ((3, f"{marked}; {face.stem}"), (5, marked), (6, face.stem)):
        font["name"].setName(text, name_id, 3, 1, 0x409)

    options = subset.Options()
    options.layout_features += EXTRA_FEATURES
    options.name_IDs = KEPT_NAMES
    options.drop_tables += ["STAT"]  # describes the axes, which are gone
    options.notdef_outline = True
    options.recalc_average_width = True
    subsetter = subset.Subsetter(options)
    codes = [c for first, last in face.ranges for c in range(first, last + 1)]
    subsetter.populate(unicodes=codes)
    subsetter.subset(font)
    return font


def save_face(font: TTFont, stem: Path, *, web: bool) -> Iterator[Path]:
    """Write the TTF file and, for the web, the WOFF2 file; yield their paths."""
    for flavor, suffix in ((None, ".ttf"), ("woff2", ".woff2"))[: 1 + web]:
        font.flavor = flavor
        path = stem.with_suffix(suffix)
        font.save(path)
        yield path


def style_sheet(faces: list[Face], suffix: str, file_format: str) -> str:
    """Return the @font-face rules, one per face and complete, without unicode-range."""
    rules = [
        f"""@font-face {{
  font-family: "{face.family}";
  font-style: {"italic" if "Italic" in face.style else "normal"};
  font-weight: {face.weight};
  font-display: swap;
  src: url("{face.stem}{suffix}") format("{file_format}");
}}
"""
        for face in faces
    ]
    return "\n".join(["/* Written by make_fonts.py. */", *rules])


def main() -> None:
    """Make all files and report sizes and missing signs."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("noto", type=Path, help="unpacked fontpkg_noto_sans")
    parser.add_argument("vazirmatn", type=Path, help="unpacked npm package vazirmatn")
    parser.add_argument("--out", type=Path, default=Path(__file__).parent)
    args = parser.parse_args()

    for package, faces in ((args.noto, NOTO), (args.vazirmatn, VAZIRMATN)):
        for face in faces:
            font = make_face(face, package)
            missing = "".join(s for s in WATCHED if ord(s) not in font.getBestCmap())
            for path in save_face(font, args.out / face.stem, web=face in (*ON_THE_WEB, *VAZIRMATN)):
                print(f"{path.name:<28}{path.stat().st_size:>8} bytes")
            print(f"  {font['maxp'].numGlyphs} glyphs; lacks {missing or 'nothing'}")
    shutil.copyfile(args.noto / "LICENSE", args.out / "OFL-NotoSans.txt")
    shutil.copyfile(args.vazirmatn / "OFL.txt", args.out / "OFL-Vazirmatn.txt")

    for name, faces, suffix, file_format in (
        ("fonts.css", ON_THE_WEB, ".woff2", "woff2"),
        ("fonts-arabic.css", VAZIRMATN, ".woff2", "woff2"),
        ("fonts-print.css", NOTO + VAZIRMATN, ".ttf", "truetype"),
    ):
        sheet = style_sheet(faces, suffix, file_format)
        (args.out / name).write_text(sheet, encoding="utf-8")


if __name__ == "__main__":
    main()
