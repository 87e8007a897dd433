"""A pathway as a graph: flows between nodes, reachability, circles, and the blocks of parallel parts.

Built from resolved nodes of any quality: flows to unknown nodes and nodes whose id was used before are left out, so that
every function here ends and none raises. Whether the pathway is sound is for the rules to say.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from patokaz.pathways.resolve import Resolved


@dataclass(frozen=True)
class Edge:
    """A flow from node to node. ``answer`` is a term id at a decision, ``index`` the position in ``next`` or ``answers``.

    ``does`` are the events of the answer (safeguards).
    """

    source: str
    target: str
    index: int
    answer: str | None = None
    loop: bool = False
    does: tuple[str, ...] = ()


@dataclass(frozen=True)
class Block:
    """A parallel part: ``branches`` are the nodes of each branch of ``split``, in the order of its ``next``, up to ``join``."""

    split: str
    join: str
    branches: tuple[frozenset[str], ...]

    def branch_of(self, name: str) -> int | None:
        """The number of the branch, from 0, in which a node lies; None outside the block."""
        return next((number for number, branch in enumerate(self.branches) if name in branch), None)


@dataclass(frozen=True)
class Graph:
    """Nodes by id in reading order, and the flows out of and into each."""

    nodes: Mapping[str, Resolved]
    outgoing: Mapping[str, tuple[Edge, ...]]
    incoming: Mapping[str, tuple[Edge, ...]]

    @property
    def start(self) -> str | None:
        """The first start node; None without one."""
        return next((name for name, node in self.nodes.items() if node.node.type == "start"), None)

    @property
    def edges(self) -> Iterator[Edge]:
        """Every flow, in reading order."""
        for edges in self.outgoing.values():
            yield from edges

    def successors(self, name: str) -> tuple[str, ...]:
        """Where flows lead from a node, each node once."""
        return tuple(dict.fromkeys(edge.target for edge in self.outgoing[name]))

    def predecessors(self, name: str) -> tuple[str, ...]:
        """From where flows lead to a node, each node once."""
        return tuple(dict.fromkeys(edge.source for edge in self.incoming[name]))

    def ends(self) -> tuple[str, ...]:
        """Nodes at which a pathway may end: outcomes, and calls that hand over."""
        return tuple(name for name, node in self.nodes.items() if is_end(node))

    def reachable(
        self, starts: Iterable[str], *, without: frozenset[str] = frozenset(), loops: bool = True
    ) -> frozenset[str]:
        """``starts`` and every node to which flows lead from them, not passing ``without``; marked loops may be left out."""
        return self._closure(starts, self.outgoing, "target", without, loops)

    def reaching(self, ends: Iterable[str]) -> frozenset[str]:
        """``ends`` and every node from which flows lead to one of them."""
        return self._closure(ends, self.incoming, "source", frozenset(), loops=True)

    def _closure(
        self,
        names: Iterable[str],
        flows: Mapping[str, tuple[Edge, ...]],
        side: str,
        without: frozenset[str],
        loops: bool,
    ) -> frozenset[str]:
        found: set[str] = set()
        stack = [name for name in names if name in self.nodes]
        while stack:
            name = stack.pop()
            if name not in found and name not in without:
                found.add(name)
                stack += [getattr(edge, side) for edge in flows[name] if loops or not edge.loop]
        return frozenset(found)


def is_end(node: Resolved) -> bool:
    """Whether a pathway may end at this node: an outcome, or a call without ``next``, which hands over."""
    return node.node.type == "outcome" or (node.node.type == "call" and not node.node.next)


def graph_of(nodes: Sequence[Resolved]) -> Graph:
    """The graph of a pathway's nodes."""
    by_id: dict[str, Resolved] = {}
    for node in nodes:
        by_id.setdefault(node.id, node)
    outgoing: dict[str, tuple[Edge, ...]] = {}
    incoming: dict[str, list[Edge]] = {name: [] for name in by_id}
    for name, node in by_id.items():
        edges = [Edge(name, target, index) for index, target in enumerate(node.node.next)]
        edges += [
            Edge(name, answer.to, index, answer.answer, answer.loop, answer.does)
            for index, answer in enumerate(node.node.answers)
        ]
        outgoing[name] = tuple(edge for edge in edges if edge.target in by_id)
        for edge in outgoing[name]:
            incoming[edge.target].append(edge)
    return Graph(by_id, outgoing, {name: tuple(edges) for name, edges in incoming.items()})


def unmarked_cycles(graph: Graph) -> tuple[tuple[str, ...], ...]:
    """Circles of flows none of which is marked ``loop``: one for each knot of nodes, the shortest through its first node."""
    found: list[tuple[str, ...]] = []
    covered = set(forward_order(graph))
    for name in graph.nodes:
        if name in covered:
            continue
        circle = _circle_through(graph, name)
        if circle:
            found.append(circle)
            forward = graph.reachable([name], loops=False)
            covered |= {other for other in forward if name in graph.reachable([other], loops=False)}
    return tuple(found)


def _circle_through(graph: Graph, name: str) -> tuple[str, ...]:
    """The shortest circle without marked loops from ``name`` back to it; empty if there is none."""
    came_from: dict[str, str] = {}
    queue = [name]
    for here in queue:
        for edge in graph.outgoing[here]:
            if edge.loop:
                continue
            if edge.target == name:
                path = [here]
                while path[-1] != name:
                    path.append(came_from[path[-1]])
                return tuple(reversed(path))
            if edge.target not in came_from:
                came_from[edge.target] = here
                queue.append(edge.target)
    return ()


def forward_order(graph: Graph) -> tuple[str, ...]:
    """Nodes so that every flow that is no loop leads to a later one; nodes on or behind an unmarked circle are left out."""
    waiting = {name: sum(not edge.loop for edge in edges) for name, edges in graph.incoming.items()}
    order = [name for name, number in waiting.items() if not number]
    for name in order:
        for edge in graph.outgoing[name]:
            if not edge.loop:
                waiting[edge.target] -= 1
                if not waiting[edge.target]:
                    order.append(edge.target)
    return tuple(order)


def blocks(graph: Graph) -> tuple[Block, ...]:
    """The parallel part of each split, in reading order; splits whose branches meet in no join are left out.

    The join of a split is the first one that every branch can reach, loops aside. A branch is what can be reached from its
    first node without passing that join.
    """
    place = {name: number for number, name in enumerate(forward_order(graph))}
    found: list[Block] = []
    for name, node in graph.nodes.items():
        firsts = graph.successors(name)
        if node.node.type != "split" or not firsts:
            continue
        common = frozenset.intersection(*(graph.reachable([first], loops=False) for first in firsts))
        joins = [other for other in common if graph.nodes[other].node.type == "join" and other in place]
        if joins:
            join = min(joins, key=place.__getitem__)
            stop = frozenset({join})
            branches = tuple(graph.reachable([first], without=stop, loops=False) for first in firsts)
            found.append(Block(name, join, branches))
    return tuple(found)
