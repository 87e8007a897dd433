"""What a BPMN file tells of a pathway, read without the engine."""

from __future__ import annotations

from lxml import etree

from patokaz.pathways.bpmn import TAGS

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
INSERTED = ("merge_", "catch_", "end_")
"""The beginnings of the ids of what is put in."""


def tree(xml: str) -> etree._Element:
    return etree.fromstring(xml.encode())


def flow_nodes(root: etree._Element) -> dict[str, etree._Element]:
    """Events, tasks, gateways and calls by id."""
    tags = {f"{BPMN}{tag}" for tag in (*TAGS.values(), "intermediateCatchEvent")}
    return {item.get("id"): item for item in root.iter() if item.tag in tags}


def told_flows(root: etree._Element) -> set[tuple[str, str]]:
    """The flows between the nodes of the pathway that a file tells, through what was put in."""
    onward: dict[str, list[str]] = {}
    for flow in root.iter(f"{BPMN}sequenceFlow"):
        onward.setdefault(flow.get("sourceRef"), []).append(flow.get("targetRef"))
    for name, element in flow_nodes(root).items():
        for link in element.findall(f"{BPMN}linkEventDefinition"):
            if element.tag.endswith("ThrowEvent"):
                onward[name] = [f"catch_{link.get('name')}"]

    def reached(name: str) -> list[str]:
        if not name.startswith(INSERTED):
            return [name]
        return [end for target in onward.get(name, []) for end in reached(target)]

    return {
        (source.removeprefix("node_"), end.removeprefix("node_"))
        for source, targets in onward.items()
        if not source.startswith(INSERTED)
        for target in targets
        for end in reached(target)
    }
