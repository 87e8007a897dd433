"""Make the fonts of page numbers: the letters and digits of Noto Sans, and blank glyphs that hold the place of a number.

Out come, next to this script, ``pages-regular.ttf`` and ``pages-bold.ttf``. The blank glyphs U+E000 … U+E03F are as wide
as a digit: three of them name one of 262,144 numbers and keep room for three digits (``handbooks/places.py``). Letters and digits
are there by a private character too, from U+E100 on. It needs fonttools; the same sources give the same bytes every time. The licence
is that of Noto Sans (OFL-NotoSans.txt).
"""

from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph

from patokaz.handbooks.places import BASE, FIRST_BLANK, FIRST_SIGN, SIGNS

HERE = Path(__file__).parent
SOURCES = HERE.parent / "theme" / "assets" / "fonts"


def make(style: str) -> TTFont:
    """The face of one style."""
    font = TTFont(SOURCES / f"NotoSans-{style}.ttf", recalcTimestamp=False)
    options = subset.Options()
    options.layout_features = []
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.notdef_outline = True
    options.hinting = False
    chosen = subset.Subsetter(options)
    chosen.populate(text=SIGNS)
    chosen.subset(font)
    family = "Patokaz Pages"
    for number, words in (
        (1, family),
        (3, f"{family} {style}"),
        (4, f"{family} {style}"),
        (6, f"PatokazPages-{style}"),
    ):
        font["name"].setName(words, number, 3, 1, 0x409)
    order, width = list(font.getGlyphOrder()), font["hmtx"]["zero"][0]
    for index in range(BASE):
        name = f"blank{index:02}"
        order.append(name)
        font["glyf"].glyphs[name] = Glyph()
        font["hmtx"][name] = (width, 0)
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[FIRST_BLANK + index] = name
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap |= {FIRST_SIGN + index: table.cmap[ord(sign)] for index, sign in enumerate(SIGNS)}
    font.setGlyphOrder(order)
    font["glyf"].glyphOrder = order
    font["maxp"].numGlyphs = len(order)
    font["post"].formatType = 3
    return font


def main() -> None:
    """Write both faces."""
    for style in ("Regular", "Bold"):
        make(style).save(HERE / f"pages-{style.lower()}.ttf")


if __name__ == "__main__":
    main()
