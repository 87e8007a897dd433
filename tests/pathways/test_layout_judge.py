"""The judge sees every fault: a good drawing, and the same with one fault each."""

from __future__ import annotations

from dataclasses import replace

import pytest

from patokaz.pathways.boxes import line
from patokaz.pathways.chart import Arrow, Box, Drawing, Lane, Point, Rect
from patokaz.pathways.judge import Verdict, judge


def box(name: str, x: float, y: float, words: str = "Words") -> Box:
    rect = Rect(x, y, 100, 40)
    disc = Rect(x - 7, y - 9, 18, 18)
    number = line("1", x + 2, y, 10, True)
    return Box(name, "task", "lane", rect, (line(words, x + 50, y + 20, 12, False),), (), number, disc)


def arrow(source: str, target: str, *points: Point, label: str = "", at: Point = (0, 0)) -> Arrow:
    words = line(label, at[0], at[1], 11, True) if label else None
    plate = Rect(at[0] - words.width / 2 - 3, at[1] - 7.5, words.width + 6, 15) if words else None
    return Arrow(source, target, points, False, words, plate)


BOXES = (box("a", 20, 50), box("b", 220, 50), box("c", 20, 200), box("d", 220, 200))
ARROWS = (
    arrow("a", "c", (70, 90), (70, 200), label="Yes", at=(70, 105)),
    arrow("b", "d", (270, 90), (270, 200), label="No", at=(270, 105)),
)
HEAD = (line("Lane", 170, 15, 12, True),)
GOOD = Drawing(340, 260, (Lane("lane", Rect(0, 0, 340, 260), HEAD),), BOXES, ARROWS, False)


def with_box(k: int, new: Box) -> Drawing:
    return replace(GOOD, boxes=(*BOXES[:k], new, *BOXES[k + 1 :]))


def with_arrow(k: int, new: Arrow) -> Drawing:
    return replace(GOOD, arrows=(*ARROWS[:k], new, *ARROWS[k + 1 :]))


def test_good_drawing_has_no_fault() -> None:
    verdict = judge(GOOD)
    assert verdict == Verdict(0, 0, 0, 0, 0, 0, 0, 0)
    assert verdict.faults == 0


BAD = {
    "boxes overlap": ("box_overlaps", with_box(1, box("b", 110, 60))),
    "line through another box": (
        "lines_through_boxes",
        with_arrow(1, arrow("b", "d", (270, 90), (270, 145), (30, 145), (30, 250), (230, 250), (230, 240))),
    ),
    "line through its own box": ("lines_through_boxes", with_arrow(1, arrow("b", "d", (270, 60), (270, 200)))),
    "lines on each other": (
        "lines_on_lines",
        with_arrow(1, arrow("b", "d", (270, 90), (270, 150), (70, 150), (70, 180), (270, 180), (270, 200))),
    ),
    "lines cross": (
        "crossings",
        with_arrow(1, arrow("b", "d", (270, 90), (270, 150), (10, 150), (10, 170), (270, 170), (270, 200))),
    ),
    "slanted lines cross": (
        "crossings",
        replace(GOOD, arrows=(arrow("a", "d", (70, 90), (270, 200)), arrow("b", "c", (270, 90), (70, 200)))),
    ),
    "label on a box": (
        "label_collisions",
        with_arrow(0, arrow("a", "c", (70, 90), (70, 200), label="Yes", at=(70, 95))),
    ),
    "label on another line": (
        "label_collisions",
        with_arrow(0, arrow("a", "c", (70, 90), (70, 200), label="Yes", at=(270, 150))),
    ),
    "label on a label": (
        "label_collisions",
        replace(
            GOOD,
            arrows=(
                arrow("a", "c", (70, 90), (70, 200), label="Yes", at=(170, 140)),
                arrow("b", "d", (270, 90), (270, 200), label="No", at=(175, 145)),
            ),
        ),
    ),
    "label wider than its plate": (
        "label_collisions",
        with_arrow(0, replace(ARROWS[0], plate=Rect(65, 98, 10, 15))),
    ),
    "words wider than the box": ("clipped_texts", with_box(0, box("a", 20, 50, "Far more words than the box can hold"))),
    "number wider than its disc": (
        "clipped_texts",
        with_box(0, replace(BOXES[0], number=line("1000", 22, 50, 10, True))),
    ),
    "disc over words": ("covered_texts", with_box(0, replace(BOXES[0], disc=Rect(61, 61, 18, 18), number=None))),
    "disc over another box": ("covered_texts", with_box(0, replace(BOXES[0], disc=Rect(225, 60, 9, 9), number=None))),
    "line over a lane's head": (
        "covered_texts",
        with_arrow(1, arrow("b", "d", (320, 70), (330, 70), (330, 15), (10, 15), (10, 170), (270, 170), (270, 200))),
    ),
    "box outside": ("outside", replace(GOOD, height=230)),
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_fault_is_counted(name: str) -> None:
    key, drawing = BAD[name]
    verdict = judge(drawing)
    assert getattr(verdict, key) >= 1
    assert key == "crossings" or verdict.faults >= 1


def test_lines_to_one_box_may_share_their_end() -> None:
    shared = (
        arrow("a", "d", (70, 90), (70, 150), (270, 150), (270, 200)),
        arrow("b", "d", (270, 90), (270, 200)),
    )
    assert judge(replace(GOOD, arrows=shared)).faults == 0
