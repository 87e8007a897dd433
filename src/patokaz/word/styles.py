"""The look of an exported Word file: built-in styles where Word has them, a few of our own, languages, fonts and lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from patokaz.parse.leaves import Listing
from patokaz.word.addresses import (
    CELL_HEAD,
    CODE,
    CONTROL,
    KEYBOARD,
    MARK,
    NOTICE,
    QUOTE_ITEM,
    RECORD,
    SOURCE,
)

FONT, MONOSPACE = "Noto Sans", "Consolas"
"""Names only: the fonts of the site and of print, with :data:`_FALLBACK` where a computer does not have them."""
_FALLBACK = {FONT: "Arial", MONOSPACE: "Courier New"}

_PROOFING = {"mk": "mk-MK", "sq": "sq-AL", "en": "en-GB"}
"""The tags under which Word has spelling for a language; Albanian only as that of Albania."""

LINK = "Hyperlink"

_GREY, _BLUE = RGBColor(0x55, 0x55, 0x55), RGBColor(0x05, 0x4A, 0x91)
_DECIMAL, _BULLET, _OUTLINE = 101, 102, 103
_KEPT_TABLES = ("Normal Table", "Table Grid")


def prepare(word: WordDocument, language: str, *, numbered_headings: bool) -> None:
    """Set up styles, page, fonts, language and the kinds of lists; ``numbered_headings`` counts the first two levels."""
    styles = word.styles
    for style in list(styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in _KEPT_TABLES:
            style.delete()
    _page(word)
    _language(word, language)
    own = (RECORD, NOTICE, SOURCE, CELL_HEAD, QUOTE_ITEM)
    for name in own:
        styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Normal"]
    for name in (MARK, CODE, KEYBOARD, LINK):
        styles.add_style(name, WD_STYLE_TYPE.CHARACTER, builtin=name == LINK)
    styles.add_style(CONTROL, WD_STYLE_TYPE.TABLE).base_style = styles["Table Grid"]
    for style in styles:
        if style.type in (WD_STYLE_TYPE.PARAGRAPH, WD_STYLE_TYPE.CHARACTER):
            _font(style.element, MONOSPACE if style.name in (SOURCE, CODE, KEYBOARD) else FONT)
    styles["Normal"].font.size = Pt(10.5)
    styles["Normal"].paragraph_format.space_after = Pt(6)
    for name, size in {"Title": 20, "Subtitle": 12, "Heading 1": 16, "Heading 2": 13, "Heading 3": 11}.items():
        styles[name].font.size, styles[name].font.color.rgb = Pt(size), RGBColor(0x1A, 0x1A, 0x1A)
    for name in (RECORD, NOTICE, MARK):
        styles[name].font.size, styles[name].font.color.rgb = Pt(9), _GREY
    styles[RECORD].font.italic = True
    styles[CELL_HEAD].font.bold = True
    styles[QUOTE_ITEM].font.italic = True
    styles[LINK].font.color.rgb, styles[LINK].font.underline = _BLUE, True
    styles[SOURCE].paragraph_format.space_after = Pt(0)
    for definition in (_decimal(), _bullets(), _outline()):
        _numbering(word).insert(0, definition)
    if numbered_headings:
        outline = _instance(word, _OUTLINE, 1)
        for level in (0, 1):
            number = styles[f"Heading {level + 1}"].element.get_or_add_pPr().get_or_add_numPr()
            number.get_or_add_ilvl().val, number.get_or_add_numId().val = level, outline


def _page(word: WordDocument) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin = section.bottom_margin = Mm(22)


def _language(word: WordDocument, language: str) -> None:
    tag = _PROOFING.get(language, language)
    for element in word.styles.element.iter(qn("w:lang")):
        element.set(qn("w:val"), tag)
    # The template says that its spelling was looked at already.
    settings = word.settings.element
    for element in settings.findall(qn("w:proofState")):
        settings.remove(element)


def _font(style: object, name: str) -> None:
    properties = style.get_or_add_rPr()  # type: ignore[attr-defined]
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    kinds = " ".join(f'w:{kind}="{name}"' for kind in ("ascii", "hAnsi", "eastAsia", "cs"))
    properties.insert(0, parse_xml(f"<w:rFonts {nsdecls('w')} {kinds}/>"))


def font_table() -> bytes:
    """The part that names the fonts and what stands in for them."""
    fonts = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/></w:font>' for name, other in _FALLBACK.items()
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {nsdecls("w")}>{fonts}</w:fonts>'.encode()
    )


def _numbering(word: WordDocument) -> Any:
    return word.part.numbering_part.element


def _levels(shapes: Iterable[tuple[str, str, int, int]]) -> str:
    """Levels of a list: (format, text, indent and hanging in twentieths of a point)."""
    return "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{indent}" w:hanging="{hanging}"/></w:pPr></w:lvl>'
        for level, (form, text, indent, hanging) in enumerate(shapes)
    )


def _definition(number: int, levels: str) -> object:
    return parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )


def _decimal() -> object:
    return _definition(_DECIMAL, _levels(("decimal", f"%{n + 1}.", 400 * (n + 1), 400) for n in range(9)))


def _bullets() -> object:
    signs = "•–•–•–•–•"
    return _definition(_BULLET, _levels(("bullet", sign, 400 * (n + 1), 400) for n, sign in enumerate(signs)))


def _outline() -> object:
    return _definition(_OUTLINE, _levels([("decimal", "%1.", 500, 500), ("decimal", "%1.%2", 700, 700)]))


def _instance(word: WordDocument, definition: int, start: int, level: int = 0) -> int:
    """A new list of a kind, which counts for itself; its number."""
    numbering = _numbering(word)
    number = 1 + max((int(item.get(qn("w:numId"))) for item in numbering.findall(qn("w:num"))), default=0)
    numbering.append(
        parse_xml(
            f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{definition}"/>'
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride></w:num>'
        )
    )
    return number


def number_of(word: WordDocument, listing: Listing, level: int) -> int:
    """A new Word list for a list of the text at ``level``, counted from 0."""
    return _instance(word, _DECIMAL if listing.kind == "ol" else _BULLET, listing.start, level)
