"""What changed in a pathway: nodes, their facts, their labels, where their flows lead; phases and lanes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from patokaz.model.pathway import Node, Pathway, Phase
from patokaz.revisions.facts import Limits, values
from patokaz.revisions.kinds import (
    Change,
    FactChanged,
    LabelReworded,
    PartAdded,
    PartMoved,
    PartRemoved,
    Place,
    Rewired,
    Value,
)
from patokaz.revisions.matching import Budget, increasing
from patokaz.revisions.places import DOCUMENT, State, joined
from patokaz.revisions.words import pieces

_FACTS = {
    "type": "node-type",
    "phase": "phase",
    "step": "step",
    "actor": "role",
    "accountable": "role",
    "consulted": "role",
    "informed": "role",
    "limit": "limit",
    "clock": "node",
    "forms": "doc",
    "basis": "law",
    "contacts": "contact",
    "pathway": "doc",
    "urgency": "urgency",
    "sources": "source",
    "does": "event",
}
"""Keys of a node that say something to readers; a pin is the drawing's own affair."""

_EMPTY = Pathway.model_construct(lanes=(), phases=(), translations={}, nodes=())


def pathway_changes(old: State, new: State, old_limits: Limits, new_limits: Limits, budget: Budget) -> Iterator[Change]:
    """All changes of the pathway, nodes in reading order, those that are gone at the end."""
    a, b = old.document.pathway or _EMPTY, new.document.pathway or _EMPTY
    lanes = values("role", a.lanes), values("role", b.lanes)
    if lanes[0] != lanes[1]:
        concerned = tuple(v.name for v in (*lanes[0], *lanes[1]) if (v in lanes[0]) != (v in lanes[1]))
        yield FactChanged(DOCUMENT, concerned, "lanes", *lanes)
    yield from _phases(old, new, a.phases, b.phases, budget)
    common = [name for name in new.nodes if name in old.nodes]
    order = {name: index for index, name in enumerate(old.nodes)}
    kept = {common[position] for position in increasing([order[name] for name in common])}
    for name, node in new.nodes.items():
        place = new.node_places[name]
        roles = joined(new.roles_of_node(name), old.roles_of_node(name))
        if name not in old.nodes:
            yield PartAdded(place, roles)
        elif name not in kept:
            yield PartMoved(place, roles, old.node_places[name])
        before = old.nodes.get(name)
        for fact, kind in _FACTS.items():
            x = _fact(before, fact, kind, old, old_limits) if before else ()
            y = _fact(node, fact, kind, new, new_limits)
            if [(v.name, v.limit and (v.limit.duration, v.limit.bound)) for v in x] != [
                (v.name, v.limit and (v.limit.duration, v.limit.bound)) for v in y
            ]:
                yield FactChanged(place, roles, fact, x, y)
        # A label that comes from a step's heading is that heading's change.
        if before and (before.label or node.label) and old.label(before) != new.label(node):
            yield LabelReworded(place, roles, pieces(old.label(before), new.label(node), budget))
        yield from _ways(old, new, before, node, place, roles)
    for name in old.nodes:
        if name not in new.nodes:
            yield PartRemoved(old.node_places[name], old.roles_of_node(name))


def _fact(node: Node, fact: str, kind: str, state: State, limits: Limits) -> tuple[Value, ...]:
    content = getattr(node, fact)
    if kind == "phase" and content and state.document.pathway:
        phase = next((phase for phase in state.document.pathway.phases if phase.id == content), None)
        return (Value("plain", _title(phase, state) if phase else content),)
    if kind == "node" and content in state.node_places:
        return (Value("plain", state.node_places[content].title),)
    return values(kind, content, limits)


def _title(phase: Phase, state: State) -> str:
    return phase.title.get(state.language) or next(iter(phase.title.values()), phase.id)


def _phases(old: State, new: State, a: tuple[Phase, ...], b: tuple[Phase, ...], budget: Budget) -> Iterator[Change]:
    before = {phase.id: phase for phase in a}
    common = [phase.id for phase in b if phase.id in before]
    kept = {common[position] for position in increasing([list(before).index(name) for name in common])}
    for phase in b:
        place = Place("phase", phase.id, "", _title(phase, new))
        if phase.id not in before:
            yield PartAdded(place, ())
            continue
        was = Place("phase", phase.id, "", _title(before[phase.id], old))
        if phase.id not in kept:
            yield PartMoved(place, (), was)
        if was.title != place.title:
            yield LabelReworded(place, (), pieces(was.title, place.title, budget))
    for phase in a:
        if all(phase.id != other.id for other in b):
            yield PartRemoved(Place("phase", phase.id, "", _title(phase, old)), ())


def _ways(
    old: State, new: State, before: Node | None, node: Node, place: Place, roles: tuple[str, ...]
) -> Iterator[Change]:
    """Where each answer, and the plain flow, led and leads. A decision may have one answer twice: they are told apart by order."""
    a: Mapping[tuple[str, int], str] = _answers(before) if before else {}
    b = _answers(node)
    for way in dict.fromkeys((*b, *a)):
        if a.get(way) != b.get(way):
            yield Rewired(
                place,
                roles,
                way[0],
                old.node_places.get(a[way], Place("node", a[way], "", a[way])) if way in a else None,
                new.node_places.get(b[way], Place("node", b[way], "", b[way])) if way in b else None,
            )


def _answers(node: Node) -> dict[tuple[str, int], str]:
    found: dict[tuple[str, int], str] = {}
    plain = sorted(node.next)
    for name, target in [*(("", target) for target in plain), *((answer.answer, answer.to) for answer in node.answers)]:
        count = sum(1 for way in found if way[0] == name)
        found[name, count] = target
    return found
