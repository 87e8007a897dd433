"""Tall drawings cut into pages: nothing is cut through, nothing is lost, no page is fuller than it may be."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from random_charts import captions_for, random_chart

from patokaz.pathways.bands import bands
from patokaz.pathways.chart import Captions, Drawing, Rect
from patokaz.pathways.drawings import draw_for_phone
from patokaz.pathways.printed import to_print
from patokaz.pathways.svg import Address

SEEDS = range(0, 400, 5)


def column(seed: int, language: str = "mk") -> Drawing:
    chart = random_chart(seed)
    words = captions_for(chart, language)
    return draw_for_phone(chart, Captions(words.spots, {}, words.answers, words.rtl))


def whole(drawing: Drawing) -> list[Rect]:
    rects = [rect for box in drawing.boxes for rect in (box.rect, box.disc) if rect]
    return rects + [arrow.plate for arrow in drawing.arrows if arrow.plate]


@pytest.mark.parametrize("language", ["mk", "ar"])
def test_bands_cut_through_nothing_and_cover_all(language: str) -> None:
    cut = 0
    for drawing in (column(seed, language) for seed in SEEDS):
        for height in (300.0, 500.0, drawing.height):
            found = bands(drawing, height)
            assert found[0][0] == 0 and found[-1][1] == drawing.height
            assert all(above[1] == below[0] for above, below in pairwise(found))
            edges = [bottom for _, bottom in found[:-1]]
            assert not [(rect, edge) for rect in whole(drawing) for edge in edges if rect.y < edge < rect.bottom]
            level = {one[1] for arrow in drawing.arrows for one, two in pairwise(arrow.points) if one[1] == two[1]}
            assert not level & set(edges), "a line along the edge would be on both pages"
            cut += len(edges)
            for top, bottom in found:
                inside = {(rect.y, rect.bottom) for rect in whole(drawing) if top <= rect.y < bottom}
                assert inside, "no page is empty"
    assert cut > 100


def test_bands_are_few() -> None:
    for drawing in (column(seed) for seed in SEEDS):
        assert bands(drawing, drawing.height) == [(0, drawing.height)]
        found = bands(drawing, 500)
        if max(bottom - top for top, bottom in found) <= 500:
            # Two neighbours never fit on one page.
            assert all(below[1] - above[0] > 500 for above, below in pairwise(found))


def test_an_answer_stays_under_its_question() -> None:
    for drawing in (column(seed) for seed in SEEDS):
        asked = {box.id: box.rect for box in drawing.boxes if box.type == "decision"}
        edges = [bottom for _, bottom in bands(drawing, 400)[:-1]]
        for arrow in drawing.arrows:
            if arrow.plate and arrow.source in asked and 0 <= arrow.plate.y - asked[arrow.source].bottom < 20:
                assert not [edge for edge in edges if asked[arrow.source].bottom <= edge <= arrow.plate.bottom]


def test_all_bands_together_say_what_the_drawing_says() -> None:
    """Each word stands in one band, inside it."""
    for drawing in (column(seed) for seed in SEEDS[:20]):
        addresses = {box.id: Address("", "") for box in drawing.boxes}
        parts = [to_print(drawing, 0.5, addresses, "T", band) for band in bands(drawing, 400)]
        words = re.sub("<svg.*?</svg>|<[^>]+>", " ", " ".join(parts)).split()
        one = re.sub("<svg.*?</svg>|<[^>]+>", " ", to_print(drawing, 0.5, addresses, "T")).split()
        assert sorted(words) == sorted(one)
        for part in parts:
            height = float(re.search(r'class="pk-drawing"[^>]*height:([\d.]+)mm', part)[1])  # type: ignore[index]
            tops = [float(top) for top in re.findall(r"top:(-?[\d.]+)mm", part)]
            assert tops and max(tops) < height
