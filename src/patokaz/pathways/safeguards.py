"""Whether some path breaks a safeguard: a search over where one is and what has happened.

Events happen in this order: those of a node as listed (a step's before the node's own), then those of the answer. Branches
of parallel parts may be done in any order and at the same time, so the search mixes them in every way that matters. A call leads
through the other pathway and back. The pathways must be sound, and must not call each other in a circle.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from patokaz.model.pathway import Safeguard
from patokaz.pathways.graph import Edge, Graph, blocks, graph_of
from patokaz.pathways.resolve import Resolved

MOST_STATES = 20_000
"""After so many states a search gives up; then nothing is proved, and the rule says so."""


@dataclass(frozen=True)
class Occurrence:
    """An event at a node (``answer`` is None) or at one of its answers, of the pathway of a document."""

    document: str
    node: str
    answer: int | None
    event: str


@dataclass(frozen=True)
class Visit:
    """A node on a path, and the answer (term id) with which it was left."""

    document: str
    node: str
    answer: str | None = None


@dataclass(frozen=True)
class Breach:
    """An event that a safeguard forbids there, and the shortest path to it."""

    occurrence: Occurrence
    path: tuple[Visit, ...]


@dataclass(frozen=True)
class Verdict:
    """What a search found. Without breaches a safeguard is proved only if the search is ``complete``."""

    breaches: tuple[Breach, ...]
    complete: bool


_Place = tuple[str, ...]
"""Where somebody is: the calls that lead there, then the node; before a join, the node with the number of the branch."""

_Marking = frozenset[_Place]
"""Where everybody is: one place, or one for each parallel branch; none at the end."""


@dataclass(frozen=True)
class _Move:
    takes: tuple[_Place, ...]
    gives: tuple[_Place, ...]
    happens: tuple[Occurrence, ...]
    visit: Visit


@dataclass(frozen=True)
class _Question:
    """What a search is about; two with equal text have one answer. Labels are no part of it: a live preview asks again at every edit."""

    text: str
    safeguard: Safeguard = field(compare=False)
    root: str = field(compare=False)
    pathways: Mapping[str, Sequence[Resolved]] = field(compare=False)


@dataclass(frozen=True)
class _State:
    """How the safeguard stands. ``pending`` is an event that still needs its requirement (``position: anywhere``)."""

    armed: bool
    met: bool = False
    exempt: bool = False
    pending: Occurrence | None = None


def search(safeguard: Safeguard, root: str, pathways: Mapping[str, Sequence[Resolved]]) -> Verdict:
    """All events of the pathway of document ``root`` (and those that it calls) that break the safeguard on some path."""
    if not any(safeguard.event in _events_of(nodes) for nodes in pathways.values()):
        return Verdict((), complete=True)
    told = [
        (name, list(graph_of(nodes).edges), [(node.id, node.node.type, node.node.pathway, node.does) for node in nodes])
        for name, nodes in pathways.items()
    ]
    return _searched(_Question(repr((safeguard, root, told)), safeguard, root, pathways))


@functools.lru_cache(maxsize=1024)
def _searched(question: _Question) -> Verdict:
    safeguard, root, pathways = question.safeguard, question.root, question.pathways
    net = _Net({safeguard.event, *safeguard.requires, *safeguard.when, *safeguard.unless}, pathways)
    start = net.add(root, (), ())
    first = frozenset(start), _State(armed=not safeguard.when)
    came_from: dict[tuple[_Marking, _State], tuple[tuple[_Marking, _State], Visit] | None] = {first: None}
    breaches: dict[Occurrence, Breach] = {}
    queue = [first]
    for here in queue:
        marking, state = here
        if not marking and state.pending and not state.met:
            breaches.setdefault(state.pending, Breach(state.pending, _path(came_from, here)))
        for move in net.moves(marking):
            after = state
            for occurrence in move.happens:
                broken, after = _happen(safeguard, after, occurrence)
                if broken and occurrence not in breaches:
                    breaches[occurrence] = Breach(occurrence, (*_path(came_from, here), move.visit))
            there = (marking - set(move.takes)) | set(move.gives), after
            if there not in came_from:
                came_from[there] = here, move.visit
                queue.append(there)
        if len(queue) > MOST_STATES:
            return Verdict(tuple(breaches.values()), complete=False)
    return Verdict(tuple(breaches.values()), net.complete)


def _happen(safeguard: Safeguard, state: _State, occurrence: Occurrence) -> tuple[bool, _State]:
    """Whether the event breaks the safeguard (``position: before``), and how the safeguard stands after it."""
    event, broken = occurrence.event, False
    if event == safeguard.event and state.armed and not state.exempt:
        if safeguard.position == "anywhere":
            state = replace(state, pending=state.pending or occurrence)
        else:
            broken = not state.met
    if event in safeguard.requires:
        state = replace(state, met=True)
    if event in safeguard.when:
        state = replace(state, armed=True, met=False)
    if event in safeguard.unless:
        state = replace(state, exempt=True)
    return broken, state


def _path(
    came_from: Mapping[tuple[_Marking, _State], tuple[tuple[_Marking, _State], Visit] | None],
    end: tuple[_Marking, _State],
) -> tuple[Visit, ...]:
    visits: list[Visit] = []
    step = came_from[end]
    while step is not None:
        before, visit = step
        visits.append(visit)
        step = came_from[before]
    return tuple(reversed(visits))


@dataclass
class _Net:
    """The moves of one or several people through a pathway and those it calls; only ``events`` count."""

    events: set[str]
    pathways: Mapping[str, Sequence[Resolved]]
    graphs: dict[str, Graph] = field(default_factory=dict)
    from_place: dict[_Place, list[_Move]] = field(default_factory=dict)
    complete: bool = True

    def moves(self, marking: _Marking) -> Iterator[_Move]:
        """The moves to try. Where somebody can go on without anything happening, only this: its order does not matter."""
        quiet: list[_Move] = []
        possible: list[_Move] = []
        for place in sorted(marking):
            moves = [move for move in self.from_place[place] if marking.issuperset(move.takes)]
            if moves and not any(move.happens for move in moves):
                quiet = moves
                break
            possible += moves
        yield from quiet or dict.fromkeys(possible)

    def add(self, document: str, calls: _Place, after: tuple[_Place, ...]) -> tuple[_Place, ...]:
        """Add the pathway of ``document``, entered by ``calls`` and followed by ``after``; the place where it starts."""
        if len(self.from_place) > MOST_STATES:
            self.complete = False
            return after
        graph = self.graphs.setdefault(document, graph_of(self.pathways[document]))
        arrivals = _arrivals(graph)
        for name, node in graph.nodes.items():
            takes = tuple((*calls, place) for place in arrivals.waiting.get(name, (name,)))
            own = tuple(Occurrence(document, name, None, event) for event in node.does if event in self.events)
            edges = graph.outgoing[name]
            if node.node.type == "split":
                gives = tuple((*calls, edge.target) for edge in edges)
                self._move(_Move(takes, gives, own, Visit(document, name)))
            elif node.node.pathway is not None and self._concerns(node.node.pathway):
                back = tuple((*calls, arrivals.at(edge)) for edge in edges) or (after if not edges else ())
                inside = self.add(node.node.pathway, (*calls, name), back)
                self._move(_Move(takes, inside, own, Visit(document, name)))
            elif not edges:
                self._move(_Move(takes, after, own, Visit(document, name)))
            else:
                for edge in edges:
                    happens = own + tuple(
                        Occurrence(document, name, edge.index, event) for event in edge.does if event in self.events
                    )
                    gives = ((*calls, arrivals.at(edge)),)
                    self._move(_Move(takes, gives, happens, Visit(document, name, edge.answer)))
        return ((*calls, str(graph.start)),)

    def _move(self, move: _Move) -> None:
        for place in move.takes:
            self.from_place.setdefault(place, []).append(move)

    def _concerns(self, document: str) -> bool:
        """Whether an event that counts can happen in the pathway of a document, or in one that it calls."""
        nodes = self.pathways[document]
        called = (node.node.pathway for node in nodes if node.node.pathway is not None)
        return bool(self.events & _events_of(nodes)) or any(self._concerns(other) for other in called)


def _events_of(nodes: Sequence[Resolved]) -> set[str]:
    """The events of a pathway's nodes and answers."""
    answers = (answer for node in nodes for answer in node.node.answers)
    return {event for node in nodes for event in node.does} | {event for answer in answers for event in answer.does}


@dataclass(frozen=True)
class _Arrivals:
    """Where flows arrive: at their node, or at the join's place for their branch, where they wait for the others."""

    waiting: Mapping[str, tuple[str, ...]]
    places: Mapping[tuple[str, str], str]

    def at(self, edge: Edge) -> str:
        return self.places.get((edge.source, edge.target), edge.target)


def _arrivals(graph: Graph) -> _Arrivals:
    waiting: dict[str, tuple[str, ...]] = {}
    places: dict[tuple[str, str], str] = {}
    for block in blocks(graph):
        waiting[block.join] = tuple(f"{block.join} {number}" for number in range(len(block.branches)))
        for branch, place in zip(block.branches, waiting[block.join], strict=True):
            places |= {(name, block.join): place for name in branch}
    return _Arrivals(waiting, places)
