"""Drawings on paper: where every word of a printed drawing stands, read from the PDF. Nothing is clipped, nothing is lost."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import etree
from sitekit import LANGUAGES, Site

from patokaz.handbooks import print_pdf
from patokaz.pages.drawings import figures
from patokaz.pages.pathways import PAPER
from patokaz.pathways.chart import Captions, Chart, Drawing, Rect
from patokaz.pathways.drawings import draw_for_paper
from patokaz.pathways.layout import smallest_text_pt
from patokaz.pathways.printed import to_print
from patokaz.pathways.svg import Address
from right_to_left import parts

XHTML = "{http://www.w3.org/1999/xhtml}"
MARGIN = 10.0
"""Millimetres round the drawing on the test's page."""
TOLERANCE = 0.6
"""Millimetres that a word's box may stand over: ascenders of the PDF's boxes are taller than letters."""


@dataclass(frozen=True)
class Word:
    text: str
    rect: Rect


def printed(drawing: Drawing, scale: float, language: str, folder: Path) -> list[Word]:
    """The words of the drawing printed alone on a page, with their places in millimetres from the drawing's corner."""
    addresses = {box.id: Address("", "") for box in drawing.boxes}
    page = f"{drawing.width * scale + 2 * MARGIN:.2f}mm {drawing.height * scale + 2 * MARGIN:.2f}mm"
    text = (
        f'<html lang="{language}"><head><meta charset="utf-8"><title>A</title>'
        '<link rel="stylesheet" href="../theme/assets/fonts/fonts-print.css"><link rel="stylesheet" href="drawing.css">'
        f'<style>@page {{ size: {page}; margin: {MARGIN}mm }} body {{ margin: 0; font-family: "Noto Sans", "Vazirmatn" }}'
        ' :lang(ar), :lang(fa) { font-family: "Vazirmatn", "Noto Sans" }</style>'
        f"</head><body>{to_print(drawing, scale, addresses, 'A')}</body></html>"
    )
    pdf = folder / "drawing.pdf"
    pdf.write_bytes(print_pdf(text))
    boxes = subprocess.run(["pdftotext", "-bbox", pdf, "-"], capture_output=True, check=True).stdout
    root = etree.fromstring(re.sub(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", b"", boxes))
    pages = list(root.iter(f"{XHTML}page"))
    assert len(pages) == 1
    found = []
    for word in pages[0].iter(f"{XHTML}word"):
        left, top, right, bottom = (
            float(word.get(key)) / 72 * 25.4 - MARGIN for key in ("xMin", "yMin", "xMax", "yMax")
        )
        found.append(Word(word.text or "", Rect(left, top, right - left, bottom - top)))
    return found


def homes(drawing: Drawing, scale: float) -> list[Rect]:
    """Where words may stand: boxes with their discs, heads of lanes, plates of answers, in millimetres."""
    rects = [box.rect for box in drawing.boxes] + [box.disc for box in drawing.boxes if box.disc]
    rects += [arrow.plate for arrow in drawing.arrows if arrow.plate]
    first = min(box.rect.y for box in drawing.boxes)
    rects += [Rect(lane.rect.x, lane.rect.y, lane.rect.width, first) for lane in drawing.lanes]
    return [Rect(r.x * scale, r.y * scale, r.width * scale, r.height * scale) for r in rects]


def holds(home: Rect, word: Rect) -> bool:
    # Only the middle line of a word counts in height: a PDF's word boxes are as high as the font, not as the letters.
    middle = word.y + word.height / 2
    inside = home.x - TOLERANCE <= word.x and word.right <= home.right + TOLERANCE
    return inside and home.y - TOLERANCE <= middle <= home.bottom + TOLERANCE


def check(chart: Chart, captions: Captions, language: str, folder: Path) -> None:
    drawing, scale = draw_for_paper(chart, captions, *PAPER)
    assert smallest_text_pt(drawing, scale) >= 7
    words = printed(drawing, scale, language, folder)
    places = homes(drawing, scale)
    assert [word.text for word in words if not any(holds(place, word.rect) for place in places)] == []
    if captions.rtl:
        # The order of joined letters in a PDF's text is not the written one; their number is.
        wanted = [caption.label for caption in captions.spots.values()]
        assert sum(len(word.text) for word in words) >= 0.9 * sum(len(label.replace(" ", "")) for label in wanted)
        return
    # A word may be broken at its own hyphen or slash.
    shown = {part for word in words for part in re.split("[-/]", word.text)}
    for caption in captions.spots.values():
        assert set(re.split(r"[\s/-]+", caption.label)) <= shown, caption.label


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_a_published_drawing_is_clipped_in_print(real_site: Site, language: str, tmp_path: Path) -> None:
    view = real_site.view(language)
    drawn = 0
    for name in view.pathways:
        for figure in figures(view.documents[name], view, view.pathway_path(name)):
            check(figure.part.chart, figure.captions, language, tmp_path)
            drawn += 1
    assert drawn >= 6 * 2


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_no_word_is_clipped_in_print_from_right_to_left(language: str, tmp_path: Path) -> None:
    for part, captions in parts(language):
        check(part.chart, captions, language, tmp_path)


@pytest.mark.parametrize("language", LANGUAGES)
def test_posters_have_a_sheet_a_phase_and_say_what_they_are(
    sample_site: Site, printed_site: Site, language: str
) -> None:
    view = sample_site.view(language)
    for name in view.pathways:
        document = view.documents[name]
        pdf = printed_site.folder / "posters" / f"{name.lower()}-{language}.pdf"
        info = subprocess.run(["pdfinfo", pdf], capture_output=True, check=True, text=True).stdout
        sheets = len(list(figures(document, view, view.pathway_path(name))))
        assert re.search(r"Pages:\s+(\d+)", info)[1] == str(sheets)  # type: ignore[index]
        assert "(A3)" in info
        for number in range(1, sheets + 1):
            command = ["pdftotext", "-raw", "-f", str(number), "-l", str(number), pdf, "-"]
            text = " ".join(subprocess.run(command, capture_output=True, check=True, text=True).stdout.split())
            words = view.words
            for part in (
                view.title(name),
                document.id,
                document.record.revision,
                words["guides"],
                words["notice_model"],
            ):
                assert part in text, (name, number)
