"""A pathway as BPMN 2.0 XML (OMG formal/2011-01-03), for process tools: plain BPMN without extensions.

Where BPMN's tokens ask for more than a pathway says, something is put in: a converging exclusive gateway where several flows
enter a node (BPMN would otherwise run it once for each), one before a parallel join for each branch that ends in several flows
(the join would wait for all of them), an end event behind a call that hands over, and where a link leads to its catch event.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree import ElementTree as ET

from patokaz.pathways.bpmn_diagram import Part, SequenceFlow, diagram
from patokaz.pathways.chart import Drawing
from patokaz.pathways.graph import Graph, blocks, graph_of
from patokaz.pathways.resolve import Resolved

ANSWERS_JOINED = " / "
"""Between the answers of one flow."""

TAGS = {
    "start": "startEvent",
    "task": "manualTask",
    "decision": "exclusiveGateway",
    "outcome": "endEvent",
    "link": "intermediateThrowEvent",
    "call": "callActivity",
    "split": "parallelGateway",
    "join": "parallelGateway",
}
"""The BPMN element of each type of node."""

_NAMESPACES = {
    "xmlns:bpmn": "http://www.omg.org/spec/BPMN/20100524/MODEL",
    "xmlns:bpmndi": "http://www.omg.org/spec/BPMN/20100524/DI",
    "xmlns:dc": "http://www.omg.org/spec/DD/20100524/DC",
    "xmlns:di": "http://www.omg.org/spec/DD/20100524/DI",
}
_NO_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True)
class BpmnWords:
    """All words of a pathway in one language.

    ``lanes`` by role, in the order of the lanes; ``labels`` and ``notes`` (lines of documentation, may be missing) by node;
    ``answers`` by term. ``handed_over`` names the end behind a call that hands over for good.
    """

    title: str
    lanes: Mapping[str, str]
    labels: Mapping[str, str]
    answers: Mapping[str, str]
    handed_over: str
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def process_id(document: str) -> str:
    """The id of the process of a document's pathway, by which calls in other files name it."""
    return f"pathway_{document}"


def to_bpmn(document: str, nodes: Sequence[Resolved], words: BpmnWords, drawing: Drawing | None) -> str:
    """The pathway of ``document`` (its id) as a BPMN file. The same arguments give the same bytes.

    ``drawing`` shows the whole pathway in one chart with all its lanes (:func:`patokaz.pathways.charts.whole_chart`); without one
    the file has no diagram, and tools make their own. Meant for sound pathways; raises ``KeyError`` where words or drawing lack a node, a flow or a lane.
    """
    graph = graph_of(nodes)
    merges = _converging(graph)
    parts = tuple(_parts(graph, merges, words))
    flows = tuple(_flows(graph, merges, words))
    root = ET.Element(
        "bpmn:definitions", {**_NAMESPACES, "id": "definitions", "targetNamespace": f"urn:patokaz:{document}"}
    )
    collaboration = ET.SubElement(root, "bpmn:collaboration", {"id": "collaboration"})
    pool = {"id": "pool", "name": _clean(words.title), "processRef": process_id(document)}
    ET.SubElement(collaboration, "bpmn:participant", pool)
    process = ET.SubElement(root, "bpmn:process", {"id": process_id(document), "isExecutable": "false"})
    _lanes(process, parts, words)
    for part in parts:
        _flow_node(process, part, graph, flows, words)
    for flow in flows:
        name = {"name": flow.name} if flow.name else {}
        ends = {"sourceRef": flow.source, "targetRef": flow.target}
        ET.SubElement(process, "bpmn:sequenceFlow", {"id": flow.id, **name, **ends})
    if drawing is not None:
        root.append(diagram(drawing, parts, flows))
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _parts(graph: Graph, merges: Mapping[str, Mapping[str, str]], words: BpmnWords) -> Iterator[Part]:
    for name, node in graph.nodes.items():
        lane = node.actor
        links = _links_into(graph, name)
        if links:
            yield Part(f"catch_{name}", "intermediateCatchEvent", _clean(words.labels[links[0]]), lane, name, "entry")
        direct = len(merges[name]) < len(_sources(graph, name))
        gateways = tuple(dict.fromkeys(merges[name].values()))
        for merge in gateways:
            yield Part(merge, "exclusiveGateway", "", lane, name, "merge", aside=direct or len(gateways) > 1)
        yield Part(f"node_{name}", TAGS[node.node.type], _clean(words.labels[name]), lane, name, "main")
        if _hands_over(node):
            yield Part(f"end_{name}", "endEvent", _clean(words.handed_over), lane, name, "after")


def _hands_over(node: Resolved) -> bool:
    return node.node.type == "call" and not node.node.next


def _links_into(graph: Graph, target: str) -> tuple[str, ...]:
    """The link nodes that jump to ``target``: one catch event answers them all."""
    return tuple(name for name in graph.predecessors(target) if graph.nodes[name].node.type == "link")


def _sources(graph: Graph, target: str) -> dict[str, str]:
    """What flows into ``target`` come from: element → a node of the pathway. Links come together in the catch event."""
    sources: dict[str, str] = {}
    for name in graph.predecessors(target):
        sources.setdefault(f"catch_{target}" if graph.nodes[name].node.type == "link" else f"node_{name}", name)
    return sources


def _converging(graph: Graph) -> dict[str, dict[str, str]]:
    """For each node: which converging gateway an element enters. Elements that enter the node directly are left out."""
    joined = {block.join: block for block in blocks(graph)}
    merges: dict[str, dict[str, str]] = {}
    for target in graph.nodes:
        groups: dict[int | None, list[str]] = {}
        for source, name in _sources(graph, target).items():
            branch = joined[target].branch_of(name) if target in joined else None
            groups.setdefault(branch, []).append(source)
        several = [group for group in groups.values() if len(group) > 1]
        merges[target] = {
            source: f"merge_{target}" if len(several) == 1 else f"merge_{target}_{number}"
            for number, group in enumerate(several, 1)
            for source in group
        }
    return merges


def _flows(graph: Graph, merges: Mapping[str, Mapping[str, str]], words: BpmnWords) -> Iterator[SequenceFlow]:
    """One sequence flow for all answers between two nodes, and those from and to what was put in."""
    for name, node in graph.nodes.items():
        catch = f"catch_{name}"
        if catch in _sources(graph, name):
            yield SequenceFlow(f"flow_{catch}", catch, merges[name].get(catch, f"node_{name}"), "", ("", name))
        for merge in dict.fromkeys(merges[name].values()):
            yield SequenceFlow(f"flow_{merge}", merge, f"node_{name}", "", None)
        for target in graph.successors(name) if node.node.type != "link" else ():
            answers = [edge.answer for edge in graph.outgoing[name] if edge.target == target and edge.answer]
            yield SequenceFlow(
                f"flow_{name}_{target}",
                f"node_{name}",
                merges[target].get(f"node_{name}", f"node_{target}"),
                ANSWERS_JOINED.join(_clean(words.answers[answer]) for answer in answers),
                (name, target),
            )
        if _hands_over(node):
            yield SequenceFlow(f"flow_end_{name}", f"node_{name}", f"end_{name}", "", None)


def _lanes(process: ET.Element, parts: Sequence[Part], words: BpmnWords) -> None:
    lanes = ET.SubElement(process, "bpmn:laneSet", {"id": "lanes"})
    for name, title in words.lanes.items():
        lane = ET.SubElement(lanes, "bpmn:lane", {"id": f"lane_{name}", "name": _clean(title)})
        for part in parts:
            if part.lane == name:
                ET.SubElement(lane, "bpmn:flowNodeRef").text = part.id


def _flow_node(process: ET.Element, part: Part, graph: Graph, flows: Sequence[SequenceFlow], words: BpmnWords) -> None:
    node = graph.nodes[part.node]
    into = [flow.id for flow in flows if flow.target == part.id]
    out = [flow.id for flow in flows if flow.source == part.id]
    attributes = {"id": part.id}
    if part.name:
        attributes["name"] = part.name
    if part.tag.endswith("Gateway"):
        attributes["gatewayDirection"] = "Diverging" if len(out) > 1 else "Converging"
    if part.tag == "callActivity" and node.node.pathway:
        attributes["calledElement"] = process_id(node.node.pathway)
    element = ET.SubElement(process, f"bpmn:{part.tag}", attributes)
    notes = words.notes.get(part.node, ()) if part.place == "main" else ()
    if notes:
        ET.SubElement(element, "bpmn:documentation").text = _clean("\n".join(notes))
    for kind, names in (("incoming", into), ("outgoing", out)):
        for name in names:
            ET.SubElement(element, f"bpmn:{kind}").text = name
    if part.tag == "intermediateThrowEvent" or part.tag == "intermediateCatchEvent":
        # A throw event finds its catch event by this name: where both lead to, an id that is the same in every language.
        goal = part.node if part.place == "entry" else node.node.next[0]
        ET.SubElement(element, "bpmn:linkEventDefinition", {"id": f"{part.id}_link", "name": goal})


def _clean(words: str) -> str:
    """Without characters that XML 1.0 cannot hold."""
    return _NO_XML.sub("\ufffd", words)
