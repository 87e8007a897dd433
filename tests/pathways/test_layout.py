"""Drawings of random charts have no fault; one topology for all languages; equal bytes; mirroring."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_charts import SEEDS, captions_for, random_chart

import patokaz
from patokaz.model.pathway import Pin
from patokaz.pathways.chart import Caption, Captions, Chart, Drawing, Flow, Spot
from patokaz.pathways.judge import Verdict, judge
from patokaz.pathways.layout import PHONE_WIDTH, layout, mirrored, phone_chart, print_scale, smallest_text_pt
from patokaz.pathways.topology import topology

LANGUAGES = ("en", "mk", "ar")
CROSSINGS_PER_FLOW = 0.05
"""The issue's limit for random charts."""


def drawn(chart: Chart, language: str = "en") -> Drawing:
    return layout(topology(chart), captions_for(chart, language))


def phone(chart: Chart, language: str = "en") -> Drawing:
    captions = captions_for(chart, language)
    # Several answers in one stay as short as published ones.
    captions = replace(captions, lanes={}, answers=captions.answers | {"later": captions.answers["stay"]})
    return layout(topology(phone_chart(chart)), captions)


def faults(verdict: Verdict) -> dict[str, int]:
    return {name: count for name, count in vars(verdict).items() if count and name != "crossings"}


@pytest.mark.parametrize("part", range(4))
def test_two_thousand_random_charts_have_no_fault_and_few_crossings(part: int) -> None:
    """In parts, which can run beside each other."""
    flows = crossings = 0
    for seed in SEEDS[part::4]:
        chart = random_chart(seed)
        found = topology(chart)
        verdict = judge(layout(found, captions_for(chart, LANGUAGES[seed % 3])))
        assert not faults(verdict), (seed, faults(verdict))
        # What the sketch knows before there are coordinates is what the drawing shows.
        assert verdict.crossings == found.crossings, seed
        flows += len(chart.flows)
        crossings += verdict.crossings
    assert crossings <= CROSSINGS_PER_FLOW * flows


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("seed", SEEDS[:60])
def test_phone_drawings_are_narrow_and_have_no_fault(seed: int, language: str) -> None:
    """Of the published size."""
    chart = random_chart(seed, 3 + seed % 14)
    drawing = phone(chart, language)
    assert not faults(judge(drawing))
    assert not drawing.lanes
    assert [box.id for box in drawing.boxes] == [spot.id for spot in chart.spots]
    assert len({box.rect.x for box in drawing.boxes}) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_phone_drawings_fit_the_screen(language: str) -> None:
    """Of the published size. Four answers in one, or many lines beside each other, may need more: one chart in thirty."""
    widths = [phone(random_chart(seed, 3 + seed % 14), language).width for seed in SEEDS[:200]]
    assert sum(width <= PHONE_WIDTH + 0.01 for width in widths) >= 0.97 * len(widths)


@given(
    st.integers(min_value=0),
    st.integers(3, 20),
    st.integers(1, 6),
    st.sampled_from(LANGUAGES),
    st.floats(90, 190),
)
@settings(max_examples=60)
def test_any_chart_at_any_width_has_no_fault(seed: int, size: int, lanes: int, language: str, box_width: float) -> None:
    chart = random_chart(seed, size, lanes)
    drawing = layout(topology(chart), captions_for(chart, language), box_width=box_width)
    assert not faults(judge(drawing))
    assert {box.id for box in drawing.boxes} == {spot.id for spot in chart.spots}
    assert [(arrow.source, arrow.target) for arrow in drawing.arrows] == [(f.source, f.target) for f in chart.flows]


@pytest.mark.parametrize("seed", SEEDS[:20])
def test_right_to_left_is_the_mirror(seed: int) -> None:
    chart = random_chart(seed)
    found = topology(chart)
    captions = captions_for(chart, "en")
    ltr, rtl = layout(found, captions), layout(found, replace(captions, rtl=True))
    assert rtl.rtl
    assert not ltr.rtl
    assert rtl == mirrored(ltr)
    assert [arrow.points for arrow in rtl.arrows] == [
        tuple((ltr.width - x, y) for x, y in arrow.points) for arrow in ltr.arrows
    ]
    assert not faults(judge(rtl))


def order_of(drawing: Drawing) -> list[list[str]]:
    """Boxes by row and column, without lengths."""
    middles = [(box.rect.x + box.rect.width / 2, box.rect.y + box.rect.height / 2, box.id) for box in drawing.boxes]
    across = sorted({round(x, 3) for x, _, _ in middles})
    down = sorted({round(y, 3) for _, y, _ in middles})
    return sorted([str(across.index(round(x, 3))), str(down.index(round(y, 3))), id_] for x, y, id_ in middles)


@pytest.mark.parametrize("seed", SEEDS[:20])
def test_every_language_has_the_same_topology(seed: int) -> None:
    chart = random_chart(seed)
    found = topology(chart)
    en, mk = (layout(found, captions_for(chart, language)) for language in ("en", "mk"))
    ar = mirrored(layout(found, captions_for(chart, "ar")))
    assert order_of(en) == order_of(mk) == order_of(ar)
    assert [len(arrow.points) for arrow in en.arrows] == [len(arrow.points) for arrow in mk.arrows]


BYTES = """
import hashlib
from patokaz.pathways.layout import layout
from patokaz.pathways.topology import topology
from random_charts import captions_for, random_chart
found = hashlib.sha256()
for seed in range(25):
    chart = random_chart(seed)
    found.update(repr(layout(topology(chart), captions_for(chart, "mk"))).encode())
print(found.hexdigest())
"""


def test_bytes_are_equal_over_hash_seeds() -> None:
    paths = os.pathsep.join([str(Path(patokaz.__file__).parents[1]), str(Path(__file__).parent)])
    printed = {
        subprocess.run(
            [sys.executable, "-c", BYTES],
            env=os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": paths},
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    here = hashlib.sha256()
    for seed in range(25):
        here.update(repr(drawn(random_chart(seed), "mk")).encode())
    assert printed == {here.hexdigest() + "\n"}


def chart(*flows: Flow, lanes: dict[str, str] | None = None, pins: dict[str, Pin] | None = None) -> Chart:
    """A chart of the spots that flows name, in one lane if nothing else is said."""
    names = list(dict.fromkeys(name for flow in flows for name in (flow.source, flow.target)))
    lane_of = {name: (lanes or {}).get(name, "lane") for name in names}
    decisions = {flow.source for flow in flows if flow.answers}
    spots = tuple(Spot(name, lane_of[name], "decision" if name in decisions else "task") for name in names)
    return Chart(spots, flows, tuple(dict.fromkeys(lane_of.values())), pins or {})


def place_of(drawing: Drawing) -> dict[str, tuple[float, float]]:
    return {box.id: (box.rect.x + box.rect.width / 2, box.rect.y + box.rect.height / 2) for box in drawing.boxes}


def test_main_answer_continues_straight_down() -> None:
    for main in ("b", "c"):
        drawing = drawn(
            chart(
                Flow("a", "b", ("yes",), main=main == "b"),
                Flow("a", "c", ("no",), main=main == "c"),
                Flow("b", "d"),
                Flow("c", "e"),
            )
        )
        place = place_of(drawing)
        other = "c" if main == "b" else "b"
        assert place[main][0] == place["a"][0] != place[other][0]
        arrow = next(arrow for arrow in drawing.arrows if arrow.target == main)
        assert len(arrow.points) == 2


def test_lanes_keep_the_order_of_the_chart() -> None:
    flows = (Flow("a", "b"), Flow("b", "c"))
    one = chart(*flows, lanes={"a": "police", "b": "shelter", "c": "doctor"})
    for lanes in (("police", "shelter", "doctor"), ("doctor", "police", "shelter")):
        found = replace(one, lanes=lanes)
        captions = replace(captions_for(found, "en"), lanes={lane: lane for lane in lanes})
        drawing = layout(topology(found), captions)
        assert [lane.id for lane in sorted(drawing.lanes, key=lambda lane: lane.rect.x)] == list(lanes)
        for box in drawing.boxes:
            own = next(lane for lane in drawing.lanes if lane.id == box.lane)
            assert own.rect.x < box.rect.x
            assert box.rect.right < own.rect.right


def test_pins_are_respected() -> None:
    flows = (Flow("a", "b"), Flow("b", "c"), Flow("c", "d"))
    place = place_of(drawn(chart(*flows, pins={"c": Pin(column="side")})))
    assert place["c"][0] != place["b"][0] == place["d"][0]
    lanes = {"a": "one", "b": "one", "c": "one", "d": "two"}
    loose = chart(Flow("a", "b"), Flow("b", "c"), Flow("a", "d"), lanes=lanes)
    place = place_of(drawn(replace(loose, pins={"d": Pin(beside="b")})))
    assert place["d"][1] == place["b"][1]


def test_a_circle_that_is_not_marked_is_drawn() -> None:
    drawing = drawn(chart(Flow("a", "b"), Flow("b", "c"), Flow("c", "a")))
    assert not faults(judge(drawing))


def test_answers_of_one_flow_stand_together() -> None:
    found = chart(Flow("a", "b", ("yes", "unsure")), Flow("a", "c", ("no",)))
    labels = [arrow.label.words for arrow in drawn(found).arrows if arrow.label]
    assert labels == ["Yes / Not sure", "No"]


def test_long_answers_under_a_narrow_box_get_room() -> None:
    answers = ("stay", "later", "return", "unsure", "yes", "no")
    words = dict.fromkeys(answers, "a very long answer that no box can hold")
    found = chart(*(Flow("a", f"b{k}", (answer,)) for k, answer in enumerate(answers)))
    captions = replace(captions_for(found, "en"), answers=words)
    assert not faults(judge(layout(topology(found), captions, box_width=90)))


def test_print_scale_and_smallest_text() -> None:
    drawing = drawn(chart(Flow("a", "b", ("yes",)), Flow("a", "c", ("no",))))
    scale = print_scale(drawing, 180, 240)
    assert scale == pytest.approx(min(180 / drawing.width, 240 / drawing.height))
    # Answers and numbers are the smallest words: 11 px.
    assert smallest_text_pt(drawing, scale) == pytest.approx(11 * scale * 72 / 25.4)
    plain = Captions({"a": Caption("A"), "b": Caption("B")}, {}, {})
    assert smallest_text_pt(layout(topology(chart(Flow("a", "b"))), plain), 25.4 / 72) == pytest.approx(12)
