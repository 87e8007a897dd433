"""What is written of a drawing: SVG for the web, shapes and words for print. Read back as XML, never by a renderer."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import pairwise

import pytest
from lxml import etree, html

from patokaz.pathways.boxes import unbroken_width
from patokaz.pathways.chart import Captions, Chart, Drawing
from patokaz.pathways.drawings import draw, draw_for_paper, draw_for_phone, readable_on_paper
from patokaz.pathways.layout import PHONE_WIDTH, smallest_text_pt
from patokaz.pathways.printed import to_print
from patokaz.pathways.shapes import head, line, number
from patokaz.pathways.svg import Address, to_svg
from right_to_left import parts

SVG = "{http://www.w3.org/2000/svg}"
ODD = "<b>&\"'</b>"


def addresses(drawing: Drawing) -> dict[str, Address]:
    return {box.id: Address(f"#n-{box.id}", f"{box.id} {ODD}") for box in drawing.boxes}


def written(chart: Chart, captions: Captions) -> etree._Element:
    drawing = draw(chart, captions)
    lanes = {lane.id: Address(f"roles/{lane.id}.html", lane.id) for lane in drawing.lanes}
    text = to_svg(drawing, prefix="pw", title=ODD, description=ODD, addresses=addresses(drawing), lanes=lanes)
    return etree.fromstring(text.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1))


CASES = [
    pytest.param(*part, id=f"{language}-{i}") for language in ("ar", "fa") for i, part in enumerate(parts(language))
]


@pytest.mark.parametrize(("part", "captions"), CASES)
def test_svg_is_whole_and_says_everything_once(part: object, captions: Captions) -> None:
    chart: Chart = part.chart  # type: ignore[attr-defined]
    root = written(chart, captions)
    assert root.findtext(f"{SVG}title") == ODD
    assert root.findtext(f"{SVG}desc") == ODD
    links = [a for a in root.iter(f"{SVG}a") if a.get("id")]
    # The keyboard walks in reading order, and each box says its whole name.
    assert [a.get("href") for a in links] == [f"#n-{spot.id}" for spot in chart.spots]
    assert [a.get("aria-label") for a in links] == [f"{spot.id} {ODD}" for spot in chart.spots]
    for a, spot in zip(links, chart.spots, strict=True):
        caption = captions.spots[spot.id]
        said = " ".join("".join(text.itertext()) for text in a.iter(f"{SVG}text")).split()
        assert sorted(said) == sorted(
            [*caption.label.split(), *" ".join(caption.badges).split(), *caption.number.split()]
        )
    heads = [a.get("href") for a in root.iter(f"{SVG}a") if a.get("class") == "pw-head"]
    assert heads == [f"roles/{lane}.html" for lane in chart.lanes]
    ids = [e.get("id") for e in root.iter() if e.get("id")]
    assert len(ids) == len(set(ids))
    # A strict content security policy refuses inline styles and scripts.
    assert not [e for e in root.iter() if e.get("style") or any(str(name).startswith("on") for name in e.attrib)]
    assert root.get("direction") == "rtl"


@pytest.mark.parametrize(("part", "captions"), CASES)
def test_print_holds_the_same_words_at_the_same_places(part: object, captions: Captions) -> None:
    chart: Chart = part.chart  # type: ignore[attr-defined]
    drawing, scale = draw_for_paper(chart, captions, 178, 236)
    tree = html.fragment_fromstring(to_print(drawing, scale, addresses(drawing), ODD))
    assert not list(tree.iter("text"))
    assert [a.get("href") for a in tree.iter("a")] == [f"#n-{box.id}" for box in drawing.boxes]
    for a, box in zip(tree.iter("a"), drawing.boxes, strict=True):
        lines = [*([box.number] if box.number else []), *box.label, *box.badges]
        assert [line for words in a.itertext() for line in words.split("\n") if line.strip()] == [
            item.words for item in lines
        ]
        # What is said of the link: words of two lines are two words.
        assert a.text_content().split() == " ".join(item.words for item in lines).split()
        size = re.search(r"width:([\d.]+)mm;height:([\d.]+)mm", a.get("style"))
        assert size
        assert float(size[1]) == pytest.approx(box.rect.width * scale, abs=0.01)
    assert drawing.width * scale <= 178 + 1e-6
    assert drawing.height * scale <= 236 + 1e-6
    unlinked = to_print(drawing, scale, {box.id: Address("", "") for box in drawing.boxes}, ODD)
    assert "<a " not in unlinked


@pytest.mark.parametrize(("part", "captions"), CASES)
def test_paper_breaks_no_word(part: object, captions: Captions) -> None:
    chart: Chart = part.chart  # type: ignore[attr-defined]
    drawing, _ = draw_for_paper(chart, captions, 178, 236)
    for box, spot in zip(drawing.boxes, chart.spots, strict=True):
        caption = captions.spots[box.id]
        assert " ".join(item.words for item in box.label) == caption.label
        assert box.rect.width >= unbroken_width(spot, caption) - 1e-6


@pytest.mark.parametrize(("part", "captions"), CASES)
def test_what_can_be_read_on_paper_is_what_is_drawn_for_it(part: object, captions: Captions) -> None:
    chart: Chart = part.chart  # type: ignore[attr-defined]
    for width, height in ((178, 236), (90, 236), (178, 80)):
        size = smallest_text_pt(*draw_for_paper(chart, captions, width, height))
        assert readable_on_paper(chart, captions, width, height, size)
        assert not readable_on_paper(chart, captions, width, height, size + 0.001)


def test_equal_content_is_drawn_once() -> None:
    (first, *_), (again, *_) = parts("ar"), parts("ar")
    assert draw(first[0].chart, first[1]) is draw(again[0].chart, again[1])
    other = Captions(first[1].spots, {**first[1].lanes, "border-police": "غير ذلك"}, first[1].answers, rtl=True)
    assert draw(first[0].chart, other) is not draw(first[0].chart, first[1])
    phone = Captions(first[1].spots, {}, first[1].answers, rtl=True)
    assert draw_for_phone(first[0].chart, phone).width <= PHONE_WIDTH + 0.01


def test_a_number_has_one_decimal_at_most() -> None:
    assert [number(value) for value in (3.0, 3.04, 3.05, -0.26, 1200.5)] == ["3", "3", "3", "-0.3", "1200.5"]


def test_lines_end_at_their_points_and_heads_at_the_last() -> None:
    for part, captions in parts("fa"):
        for arrow in draw(part.chart, captions).arrows:
            path = line(arrow)
            numbers = [float(value) for value in re.findall(r"-?[\d.]+", path)]
            assert numbers[:2] == pytest.approx(arrow.points[0], abs=0.06)
            assert numbers[-2:] == pytest.approx(arrow.points[-1], abs=0.06)
            tip = [float(value) for value in re.findall(r"-?[\d.]+", head(arrow))][:2]
            assert tip == pytest.approx(arrow.points[-1], abs=0.06)
            assert all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(arrow.points))


WRITE = """
import sys
sys.path[:0] = {paths!r}
from test_writers import *
for language in ("ar", "fa"):
    for part, captions in parts(language):
        sys.stdout.buffer.write(etree.tostring(written(part.chart, captions)))
"""


def test_same_bytes_whatever_the_hash_seed() -> None:
    code = WRITE.format(paths=sys.path)
    runs = [
        subprocess.run(
            [sys.executable, "-c", code], env={"PYTHONHASHSEED": seed}, capture_output=True, check=True
        ).stdout
        for seed in ("1", "987")
    ]
    assert runs[0] == runs[1]
    assert len(runs[0]) > 10_000
