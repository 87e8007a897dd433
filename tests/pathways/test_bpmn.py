"""BPMN files read by an independent library, checked by its lint rules, and compared with the pathway."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Mapping
from typing import Any

import pytest
from bpmn_io import BpmnModdle, check
from bpmn_io.lint import Linter
from bpmn_io.lint.resolver import NodeResolver
from hypothesis import given, settings
from lxml import etree
from random_pathways import flows, sample_library, sound_pathways, with_nodes

from bpmn_reader import BPMN, INSERTED, flow_nodes, told_flows, tree
from patokaz.checking import checked
from patokaz.load import DiskTree
from patokaz.model.base import Duration
from patokaz.model.library import Library
from patokaz.model.pathway import Node
from patokaz.pages.exchange import bpmn_file, bpmn_words, iso_duration
from patokaz.pages.view import View
from patokaz.pathways.bpmn import TAGS, to_bpmn
from patokaz.pathways.resolve import resolve
from sample import SAMPLE, TODAY

DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
DC = "{http://www.omg.org/spec/DD/20100524/DC}"
EDGE = "{http://www.omg.org/spec/DD/20100524/DI}"
REPOSITORY = SAMPLE.parents[1]


@functools.cache
def libraries() -> Mapping[str, Library]:
    real, _ = checked(DiskTree(REPOSITORY), TODAY)
    assert real is not None
    return {"sample": sample_library(), "real": real}


def published() -> list[Any]:
    return [
        pytest.param(name, document.id, language, id=f"{name}-{document.id}-{language}")
        for name, library in libraries().items()
        for document in library.pathways()
        for language in library.settings.languages
    ]


def view_of(name: str, language: str) -> View:
    return View(libraries()[name], "professional", language)


def lint(xml: str) -> list[str]:
    """What the recommended rules of bpmnlint say, warnings as well."""
    result = BpmnModdle().from_xml(xml)
    reports = Linter(config={"extends": "bpmnlint:recommended"}, resolver=NodeResolver()).lint(result.root_element)
    return [f"{rule}: {r['category']}: {r.get('id')}: {r['message']}" for rule, found in reports.items() for r in found]


def problems(xml: str) -> list[str]:
    report = check(xml)
    assert report.ok, report.errors
    return [str(warning.message) for warning in report.warnings] + lint(xml)


@pytest.mark.parametrize(("name", "document", "language"), published())
def test_published_pathways_parse_and_lint(name: str, document: str, language: str) -> None:
    view = view_of(name, language)
    assert problems(bpmn_file(view.documents[document], view)) == []


@pytest.mark.parametrize(("name", "document", "language"), published())
def test_nodes_flows_lanes_and_answers_are_those_of_the_pathway(name: str, document: str, language: str) -> None:
    view = view_of(name, language)
    pathway = view.documents[document].pathway
    assert pathway is not None
    root = tree(bpmn_file(view.documents[document], view))
    own = {k: v for k, v in flow_nodes(root).items() if not k.startswith(INSERTED)}
    assert {k: v.tag for k, v in own.items()} == {f"node_{n.id}": f"{BPMN}{TAGS[n.type]}" for n in pathway.nodes}
    labels = {f"node_{node.id}": view.plain(node.words) for node in view.pathways[document]}
    assert {k: v.get("name") for k, v in own.items()} == labels
    assert told_flows(root) == set(flows(pathway.nodes))
    for node in view.pathways[document]:
        (lane,) = [lane for lane in root.iter(f"{BPMN}lane") if lane.get("id") == f"lane_{node.actor}"]
        assert f"node_{node.id}" in [item.text for item in lane]
    named = {f.get("id"): f.get("name") for f in root.iter(f"{BPMN}sequenceFlow") if f.get("name")}
    expected: dict[str, list[str]] = {}
    for item in pathway.nodes:
        for answer in item.answers:
            expected.setdefault(f"flow_{item.id}_{answer.to}", []).append(view.answer_word(answer.answer))
    assert named == {flow: " / ".join(words) for flow, words in expected.items()}


def check_diagram(root: etree._Element) -> None:
    """Each element is drawn once, with all that BPMN-DI needs; every line begins and ends at the shapes that it joins."""
    shapes = list(root.iter(f"{DI}BPMNShape"))
    edges = list(root.iter(f"{DI}BPMNEdge"))
    nodes = flow_nodes(root)
    flows = {flow.get("id"): flow for flow in root.iter(f"{BPMN}sequenceFlow")}
    lanes = [lane.get("id") for lane in root.iter(f"{BPMN}lane")]
    assert sorted(shape.get("bpmnElement") for shape in shapes) == sorted([*nodes, *lanes, "pool"])
    assert sorted(edge.get("bpmnElement") for edge in edges) == sorted(flows)
    bounds: dict[str, tuple[int, ...]] = {}
    for shape in shapes:
        (box,) = shape.findall(f"{DC}Bounds")
        bounds[shape.get("bpmnElement")] = tuple(int(box.get(key)) for key in ("x", "y", "width", "height"))
        assert min(bounds[shape.get("bpmnElement")][2:]) > 0
    for edge in edges:
        flow = flows[edge.get("bpmnElement")]
        points = [(int(p.get("x")), int(p.get("y"))) for p in edge.findall(f"{EDGE}waypoint")]
        assert len(points) > 1
        assert all(a[0] == b[0] or a[1] == b[1] for a, b in itertools.pairwise(points)), points
        assert touches(points[0], bounds[flow.get("sourceRef")]), (
            flow.get("id"),
            points,
            bounds[flow.get("sourceRef")],
        )
        assert touches(points[-1], bounds[flow.get("targetRef")]), (
            flow.get("id"),
            points,
            bounds[flow.get("targetRef")],
        )
    for label in root.iter(f"{DI}BPMNLabel"):
        assert label.find(f"{DC}Bounds") is not None


def touches(point: tuple[int, int], box: tuple[int, ...]) -> bool:
    x, y, width, height = box
    return x - 1 <= point[0] <= x + width + 1 and y - 1 <= point[1] <= y + height + 1


@pytest.mark.parametrize(("name", "document", "language"), published())
def test_everything_is_drawn(name: str, document: str, language: str) -> None:
    view = view_of(name, language)
    check_diagram(tree(bpmn_file(view.documents[document], view)))


def test_every_id_is_there_once_and_every_reference_leads_to_one() -> None:
    view = view_of("sample", "en")
    root = tree(bpmn_file(view.documents["SOP-01"], view))
    ids = [item.get("id") for item in root.iter() if item.get("id")]
    assert len(ids) == len(set(ids))
    for item in root.iter():
        for key in ("processRef", "sourceRef", "targetRef", "bpmnElement"):
            assert item.get(key) is None or item.get(key) in ids
        if item.tag in (f"{BPMN}incoming", f"{BPMN}outgoing", f"{BPMN}flowNodeRef"):
            assert item.text in ids


def test_documentation_of_a_task() -> None:
    view = view_of("sample", "en")
    root = tree(bpmn_file(view.documents["SOP-01"], view))
    notes = {k: e.findtext(f"{BPMN}documentation") for k, e in flow_nodes(root).items()}
    assert notes["node_form"] == (
        "Answers for it: Social worker\n"
        "By when: at least 30 days (P30D); Runs from: 11. Does the person agree?\n"
        "Form: FORM-01 Request for help\n"
        "Legal basis: EA 1/2020, Article 2\n"
        "Step: SOP-01 2.1"
    )
    assert notes["node_call-team"] == "Answers for it: Response team\nBy when: at once"
    assert notes["node_hand-over"] == "Other pathway: When somebody asks for help"
    assert notes["node_arrives"] is None
    called = flow_nodes(root)["node_hand-over"].get("calledElement")
    other = tree(bpmn_file(view.documents["ask-for-help"], view))
    assert [process.get("id") for process in other.iter(f"{BPMN}process")] == [called]


def test_what_is_put_in_where_flows_come_together_or_end() -> None:
    view = view_of("sample", "en")
    root = tree(bpmn_file(view.documents["SOP-01"], view))
    inserted = {name for name in flow_nodes(root) if name.startswith(INSERTED)}
    assert inserted == {"merge_safe-place", "merge_prepare", "catch_hand-over", "end_hand-over"}


def test_a_branch_with_several_ends_meets_before_the_parallel_join() -> None:
    """The join would otherwise wait for an answer that was not given."""
    library = libraries()["sample"]
    actor = {"actor": "social-worker", "label": {"en": "x"}}
    nodes = tuple(
        Node.model_validate({"id": name, "type": kind, **actor, **keys})
        for name, kind, keys in (
            ("s", "start", {"next": ("fork",)}),
            ("fork", "split", {"next": ("ask", "work")}),
            (
                "ask",
                "decision",
                {"answers": ({"answer": "answer-yes", "to": "do"}, {"answer": "answer-no", "to": "meet"})},
            ),
            ("do", "task", {"next": ("meet",)}),
            ("work", "task", {"next": ("meet",)}),
            ("meet", "join", {"next": ("end",)}),
            ("end", "outcome", {}),
        )
    )
    root = tree(drawn(with_nodes(library, nodes)))
    into = {f.get("sourceRef") for f in root.iter(f"{BPMN}sequenceFlow") if f.get("targetRef") == "node_meet"}
    assert into == {"merge_meet", "node_work"}
    check_diagram(root)


def drawn(library: Library) -> str:
    """The English file of SOP-01."""
    view = View(library, "professional", "en")
    return bpmn_file(view.documents["SOP-01"], view)


@given(sound_pathways())
@settings(max_examples=40)
def test_any_sound_pathway_parses_and_lints(nodes: tuple[Node, ...]) -> None:
    xml = drawn(with_nodes(libraries()["sample"], nodes))
    assert [line for line in problems(xml) if ": error:" in line or ": rule-error:" in line] == []
    root = tree(xml)
    assert told_flows(root) == set(flows(nodes))
    check_diagram(root)


def test_without_a_drawing_there_is_no_diagram() -> None:
    library = libraries()["sample"]
    view = view_of("sample", "en")
    document = library.documents["SOP-01"]
    xml = to_bpmn(document.id, resolve(library, document), bpmn_words(view, document), None)
    assert check(xml).ok
    assert tree(xml).find(f"{DI}BPMNDiagram") is None


def test_durations_are_written_as_iso_8601_has_them() -> None:
    for text in ("P30D", "PT24H", "P1Y2M3DT4H5M", "P12M", "PT90M"):
        assert iso_duration(Duration.parse(text)) == text
