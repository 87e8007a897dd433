"""Rules about what is drawn together and in which order: size, phases, lanes, pins, urgency."""

from __future__ import annotations

from collections import Counter

from patokaz.pathways.graph import Graph
from patokaz.pathways.resolve import Resolved
from patokaz.rules.inspection import MOST_NODES, Inspection, Yield, inspections
from patokaz.rules.registry import Context, pathway_rule, rule

MOST_NODES_A_PHASE = 16
MOST_LANES_A_PHASE = 5
"""What one page of A4 shows in letters of 7 pt (docs/contributing/source-formats.md, Pathway)."""

_RANK = {"danger": 0, "child": 1, None: 2}
"""The most urgent question first: danger to life, then whether somebody is a child, then everything else."""


@pathway_rule("KB820")
def phases_are_complete(item: Inspection) -> Yield:
    """A node without a phase would be in no drawing."""
    if not item.pathway.phases:
        return
    known = ", ".join(f"`{name}`" for name in dict.fromkeys(phase.id for phase in item.pathway.phases))
    for index, node in enumerate(item.pathway.nodes):
        if node.phase is None:
            yield item.at("nodes", index, "id"), f"`{node.id}` has no phase", f"add `phase:` with one of {known}"
    used = Counter(node.phase for node in item.pathway.nodes)
    seen: set[str] = set()
    for number, phase in enumerate(item.pathway.phases):
        where = item.at("phases", number, "id")
        if phase.id in seen:
            yield where, f"phase `{phase.id}` is there twice", "give one of them another id"
        elif not used[phase.id]:
            yield where, f"phase `{phase.id}` has no nodes", "remove it, or correct `phase` of its nodes"
        seen.add(phase.id)


@pathway_rule("KB821")
def phases_fit_a_page(item: Inspection) -> Yield:
    """A pathway without phases counts as one."""
    parts = {phase.id: item.at("phases", number, "id") for number, phase in enumerate(item.pathway.phases)}
    for name, where in parts.items() or [("", item.at("nodes", 0, "id"))]:
        nodes = [node for node in item.nodes if (node.node.phase or "") == name or not parts]
        actors = {node.actor for node in nodes if node.actor}
        what, hint = (f"phase `{name}`", "split this phase") if name else ("the pathway", "split it into phases")
        if len(nodes) > MOST_NODES_A_PHASE:
            message = f"{what} has {len(nodes)} nodes, more than the {MOST_NODES_A_PHASE} of a page"
            yield where, message, hint
        if len(actors) > MOST_LANES_A_PHASE:
            message = f"{what} has {len(actors)} actors, more than the {MOST_LANES_A_PHASE} lanes of a page"
            yield where, message, hint


@rule("KB822")
def pathways_have_a_size(context: Context) -> Yield:
    """The other rules of pathways do not look at a larger one: no officer could follow it."""
    for item in inspections(context.library):
        if item.too_large:
            number = len(item.pathway.nodes)
            message = f"the pathway has {number} nodes, more than {MOST_NODES}"
            hint = "split it into pathways that call each other, and each into phases"
            yield item.at("nodes", MOST_NODES, "id"), message, hint


@pathway_rule("KB828")
def urgent_questions_come_first(item: Inspection) -> Yield:
    """Danger to life is asked before whether somebody is a child, and that before all else."""
    for node in item.nodes:
        urgency = node.node.urgency
        if urgency is None:
            continue
        where = item.at("nodes", node.index, "urgency")
        if node.node.type != "decision":
            yield where, f"{node.node.type} `{node.id}` has an urgency", "only a decision asks; remove `urgency`"
            continue
        earlier = _less_urgent_before(item.graph, node)
        if earlier:
            message = f"the question `{node.id}` ({urgency}) is asked only after the less urgent `{earlier[0]}`"
            yield where, message, f"ask `{node.id}` before `{earlier[0]}`"


def _less_urgent_before(graph: Graph, node: Resolved) -> list[str]:
    """Less urgent questions without which ``node`` cannot be reached; none where one as urgent was asked before."""
    if graph.start is None:
        return []
    questions = {n: _RANK[other.node.urgency] for n, other in graph.nodes.items() if other.node.type == "decision"}
    rank = questions.pop(node.id, 0)
    as_urgent = frozenset(name for name, other in questions.items() if other <= rank)
    if node.id not in graph.reachable([graph.start], without=as_urgent):
        return []
    less_urgent = frozenset(questions) - as_urgent
    if node.id in graph.reachable([graph.start], without=as_urgent | less_urgent):
        return []
    before = graph.reaching([node.id])
    met = graph.reachable([graph.start], without=as_urgent | {node.id})
    return [name for name in graph.nodes if name in less_urgent & before & met]


@pathway_rule("KB829")
def one_answer_goes_straight(item: Inspection) -> Yield:
    """`main` of an answer."""
    for index, node in enumerate(item.pathway.nodes):
        straight = [number for number, answer in enumerate(node.answers) if answer.main]
        for number in straight[1:]:
            where = item.at("nodes", index, "answers", number, "main")
            yield where, f"decision `{node.id}` goes straight on with two answers", "keep `main: true` at one of them"


@pathway_rule("KB830")
def pins_can_be_kept(item: Inspection) -> Yield:
    """`beside` names another node of the same phase, in another lane or column, and not one pinned beside this one."""
    for node in item.nodes:
        pin = node.node.pin
        if pin is None:
            continue
        where = item.at("nodes", node.index, "pin")
        if pin.column is None and pin.beside is None:
            yield where, f"the pin of `{node.id}` says nothing", "add `column` or `beside`, or remove it"
        other = item.graph.nodes.get(pin.beside or "")
        if other is None:
            continue
        where = item.at("nodes", node.index, "pin", "beside")
        other_pin = other.node.pin
        columns = (pin.column or "main", (other_pin.column if other_pin else None) or "main")
        if other.id == node.id:
            yield where, f"`{node.id}` is pinned beside itself", "name another node"
        elif other.node.phase != node.node.phase:
            message = f"`{node.id}` is pinned beside `{other.id}`, which is in another phase"
            yield where, message, "name a node of the same phase"
        elif other_pin and other_pin.beside == node.id and node.index > other.index:
            message = f"`{node.id}` and `{other.id}` are pinned beside each other"
            yield where, message, "one pin is enough"
        elif other.actor == node.actor and columns[0] == columns[1]:
            message = f"`{node.id}` is pinned beside `{other.id}`, where both have the same lane and column"
            yield where, message, "put one of them into `column: side`"


@pathway_rule("KB831")
def lanes_are_those_of_the_actors(item: Inspection) -> Yield:
    """A lane nobody acts in is empty paper; an actor without one has no place."""
    lanes = item.pathway.lanes
    if not lanes:
        return
    actors = dict.fromkeys(node.actor for node in item.nodes if node.actor)
    for number, name in enumerate(lanes):
        where = item.at("lanes", number)
        if name in lanes[:number]:
            yield where, f"the lane `{name}` is there twice", "keep one of them"
        elif name not in actors and name in item.library.roles:
            yield where, f"nobody acts in the lane `{name}`", "remove it, or correct the actor of its nodes"
    for name in actors:
        if name not in lanes:
            yield item.at("lanes"), f"the actor `{name}` has no lane", f"add `{name}` to `lanes`"
