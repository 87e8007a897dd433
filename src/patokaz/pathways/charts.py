"""A pathway → the charts that show it: one per phase, with link spots where a flow leaves or enters the phase."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from patokaz.model.pathway import Pathway, Phase
from patokaz.pathways.chart import Chart, Flow, Spot
from patokaz.pathways.resolve import Resolved


@dataclass(frozen=True)
class Link:
    """A spot that stands for other charts: ``nodes`` are where its flow goes on (``leaves``) or comes from."""

    nodes: tuple[str, ...]
    leaves: bool


@dataclass(frozen=True)
class PhaseChart:
    """The chart of one phase. ``phase`` is None for a pathway without phases; ``links`` are by spot."""

    phase: Phase | None
    chart: Chart
    links: dict[str, Link]


def phase_charts(pathway: Pathway, nodes: Sequence[Resolved]) -> tuple[PhaseChart, ...]:
    """One chart per phase, in the order of the phases."""
    if not pathway.phases:
        return (_chart(pathway, nodes, None, nodes),)
    members = {phase.id: [node for node in nodes if node.node.phase == phase.id] for phase in pathway.phases}
    return tuple(_chart(pathway, nodes, phase, members[phase.id]) for phase in pathway.phases if members[phase.id])


def whole_chart(pathway: Pathway, nodes: Sequence[Resolved]) -> Chart:
    """All phases as one chart, for tools that page by themselves (BPMN)."""
    return _chart(pathway, nodes, None, nodes).chart


def lane_order(pathway: Pathway, nodes: Iterable[Resolved]) -> tuple[str, ...]:
    """The lanes of ``nodes``: as the author orders them, else as they first act."""
    acting = list(dict.fromkeys(node.actor for node in nodes))
    first = [lane for lane in pathway.lanes if lane in acting]
    return tuple(dict.fromkeys((*first, *acting)))


def _chart(pathway: Pathway, nodes: Sequence[Resolved], phase: Phase | None, members: Sequence[Resolved]) -> PhaseChart:
    inside = {node.id for node in members}
    lane_of = {node.id: node.actor for node in nodes}
    spots = [Spot(node.id, node.actor, node.node.type) for node in members]
    links: dict[str, Link] = {}
    flows: dict[tuple[str, str], Flow] = {}
    entering: dict[str, list[str]] = {}

    def add(source: str, target: str, answer: str, *, loop: bool, main: bool) -> None:
        old = flows.get((source, target), Flow(source, target))
        answers = (*old.answers, answer) if answer else old.answers
        flows[source, target] = Flow(source, target, answers, old.loop or loop, old.main or main)

    for node in nodes:
        # An author's link jumps: no line is drawn from it, and its target shows where it comes from.
        jumps = node.node.type == "link"
        steps = [(name, "", False, False) for name in node.node.next]
        steps += [(answer.to, answer.answer, answer.loop, answer.main) for answer in node.node.answers]
        for target, answer, loop, main in steps:
            if node.id in inside and target in inside and not jumps:
                add(node.id, target, answer, loop=loop, main=main)
            elif node.id in inside:
                name = node.id if jumps else f"to--{node.id}--{target}"
                links[name] = Link((target,), leaves=True)
                if not jumps:
                    add(node.id, name, answer, loop=False, main=main)
            if target in inside and (jumps or node.id not in inside):
                entering.setdefault(target, []).append(node.id)
    exits = {name: Spot(name, lane_of[name.split("--")[1]], "link") for name in links if name not in inside}
    entries = {}
    for target, sources in entering.items():
        name = f"from--{target}"
        links[name] = Link(tuple(dict.fromkeys(sources)), leaves=False)
        entries[target] = Spot(name, lane_of[target], "link")
        add(name, target, "", loop=False, main=True)
    ordered: list[Spot] = []
    for spot in spots:
        # A link in stands before the node that it leads to, a link out after the one that it leaves: the reading order.
        ordered += [entries[spot.id]] if spot.id in entries else []
        ordered.append(spot)
        ordered += [leaving for name, leaving in exits.items() if name.split("--")[1] == spot.id]
    pins = {node.id: node.node.pin for node in members if node.node.pin is not None}
    chart = Chart(tuple(ordered), tuple(flows.values()), lane_order(pathway, members), pins)
    return PhaseChart(phase, chart, links)
