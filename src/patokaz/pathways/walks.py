"""Following a pathway: one node at a time, along every path, and how long it can take.

A *walk* is how one person follows the pathway. At a decision an answer is chosen. Parallel parts are done one after the
other: branch 1, then branch 2 …, then the join. So a flow from a branch to the join leads, in a walk, to the first node of the
next branch; only the last branch goes on to the join.

Everything here is meant for sound pathways (see the rules KB801 …); nothing raises for others, but walks may then end early.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, islice

from patokaz.model.base import Duration
from patokaz.model.glossary import Limit
from patokaz.model.records import AT_ONCE
from patokaz.pathways.graph import Edge, Graph, blocks, forward_order, graph_of, is_end
from patokaz.pathways.resolve import Resolved

MOST_LOOPS = 8
"""How many loops the worst case combines: each further one doubles the work."""

_WORK = ("task", "decision", "call")
"""Nodes at which time passes; the others only arrange these."""


@dataclass(frozen=True)
class WalkStep:
    """The next node of a walk. ``answer`` is the term id of the answer that leads there, None without a question."""

    target: str
    answer: str | None = None
    loop: bool = False


def walk_successors(nodes: Sequence[Resolved]) -> Mapping[str, tuple[WalkStep, ...]]:
    """Where a walk goes on from each node, by id: an entry per answer at a decision, in order; else one; none at an end.

    A walk can visit every node that flows reach from the start.
    """
    graph = graph_of(nodes)
    turns: dict[tuple[str, str], str] = {}
    for block in blocks(graph):
        firsts = graph.successors(block.split)
        for branch, first in zip(block.branches, firsts[1:], strict=False):
            turns |= {(name, block.join): first for name in branch}
    onward: dict[str, tuple[WalkStep, ...]] = {}
    for name, node in graph.nodes.items():
        edges = graph.outgoing[name][:1] if node.node.type == "split" else graph.outgoing[name]
        onward[name] = tuple(WalkStep(turns.get((name, e.target), e.target), e.answer, e.loop) for e in edges)
    return onward


def paths(nodes: Sequence[Resolved], limit: int) -> Iterator[tuple[WalkStep, ...]]:
    """All walks from the start to an end, each loop taken at most once: the first step names the start. At most ``limit``."""
    return islice(_paths(graph_of(nodes), walk_successors(nodes)), limit)


def _paths(graph: Graph, onward: Mapping[str, tuple[WalkStep, ...]]) -> Iterator[tuple[WalkStep, ...]]:
    if graph.start is None:
        return
    # Depth first without recursion: a walk through a long pathway would exceed the interpreter's stack.
    path = [WalkStep(graph.start)]
    rests = [iter(onward[graph.start])]
    used: set[tuple[str, WalkStep]] = set()
    longest = len(onward) * (1 + sum(step.loop for steps in onward.values() for step in steps))
    while path:
        here = path[-1].target
        if is_end(graph.nodes[here]):
            yield tuple(path)
        for step in rests[-1]:
            if (here, step) not in used and len(path) < longest:
                if step.loop:
                    used.add((here, step))
                path.append(step)
                rests.append(iter(onward[step.target]))
                break
        else:
            step = path.pop()
            rests.pop()
            if path:
                used.discard((path[-1].target, step))


@dataclass(frozen=True)
class WorstCase:
    """The longest time until an end, if every limit is used up, and the node ids of the path that takes it.

    ``minutes`` adds up limits that are ``at-most`` or ``exactly``. On the path, ``at_least`` are nodes whose limit only says how
    short it may not be, ``unlimited`` tasks, decisions and calls without any limit: neither is counted. ``complete`` is False
    where the pathway has more loops than were combined.
    """

    minutes: int
    path: tuple[str, ...]
    at_least: tuple[str, ...]
    unlimited: tuple[str, ...]
    complete: bool

    @property
    def days_and_hours(self) -> tuple[int, int]:
        """Whole days, and the hours left, rounded up."""
        hours = -(-self.minutes // 60)
        return hours // 24, hours % 24


def longest_minutes(duration: Duration) -> int:
    """The most minutes a duration can have: months and years are those of the calendar, so a month of 31, a year of 366 days."""
    days = 366 * duration.years + 31 * duration.months + duration.days
    return (days * 24 + duration.hours) * 60 + duration.minutes


def shortest_minutes(duration: Duration) -> int:
    """The fewest minutes a duration can have: a month of 28, a year of 365 days."""
    days = 365 * duration.years + 28 * duration.months + duration.days
    return (days * 24 + duration.hours) * 60 + duration.minutes


@dataclass(frozen=True)
class _Trail:
    """A way to a node, newest last, as a list that shares its beginnings."""

    name: str
    before: _Trail | None

    def names(self) -> tuple[str, ...]:
        found, trail = [self.name], self.before
        while trail:
            found.append(trail.name)
            trail = trail.before
        return tuple(reversed(found))


_Times = dict[str, tuple[int, _Trail | None]]
"""Where a node was done: under ``""`` the latest time, under a clock's id the latest time at which that node was done."""


def worst_case(nodes: Sequence[Resolved], limits: Mapping[str, Limit]) -> WorstCase | None:
    """The longest time a path can take; None where no path leads from a start to an end.

    A limit runs from its ``clock``, otherwise from the node before. Of parallel branches the longest counts; each loop is
    taken at most once.
    """
    graph = graph_of(nodes)
    loops = [edge for edge in graph.edges if edge.loop]
    combined = loops[:MOST_LOOPS]
    clocks = frozenset(node.node.clock for node in nodes if node.node.clock)
    done: dict[frozenset[Edge], dict[str, _Times]] = {}
    # The latest times of all nodes, once for each set of loops taken; smaller sets first, since larger ones go on from them.
    for size in range(len(combined) + 1):
        for chosen in combinations(combined, size):
            taken = frozenset(chosen)
            before = {edge: done[taken - {edge}] for edge in chosen}
            done[taken] = _latest(graph, limits, clocks, before)
    ends = [times[name][""] for times in done.values() for name in graph.ends() if name in times]
    if not ends:
        return None
    minutes, trail = max(ends, key=lambda end: end[0])
    path = trail.names() if trail else ()
    bounds = {name: _bound(graph.nodes[name], limits) for name in path}
    return WorstCase(
        minutes,
        path,
        at_least=tuple(name for name, bound in bounds.items() if bound == "at-least"),
        unlimited=tuple(name for name, bound in bounds.items() if not bound and graph.nodes[name].node.type in _WORK),
        complete=len(combined) == len(loops),
    )


def _latest(
    graph: Graph, limits: Mapping[str, Limit], clocks: frozenset[str], before: Mapping[Edge, dict[str, _Times]]
) -> dict[str, _Times]:
    """The latest times of the nodes once the loops of ``before`` were taken, each of them last from the given times."""
    times: dict[str, _Times] = {}
    for name in forward_order(graph):
        arriving = [times[edge.source] for edge in graph.incoming[name] if not edge.loop and edge.source in times]
        arriving += [old[e.source] for e, old in before.items() if e.target == name and e.source in old]
        if name == graph.start and not before:
            arriving.append({"": (0, None)})
        if arriving:
            times[name] = _after(graph.nodes[name], arriving, limits, clocks)
    return times


def _after(node: Resolved, arriving: list[_Times], limits: Mapping[str, Limit], clocks: frozenset[str]) -> _Times:
    """The times when ``node`` is done, from those of the nodes before it. Exact, because only sums and maxima are taken."""
    times: _Times = {}
    for clock in dict.fromkeys(key for known in arriving for key in known):
        minutes, trail = max((known[clock] for known in arriving if clock in known), key=lambda item: item[0])
        times[clock] = minutes, _Trail(node.id, trail)
    if _bound(node, limits) in ("at-most", "exactly"):
        length = longest_minutes(limits[str(node.limit)].duration)
        started, trail = times.get(node.node.clock or "", times[""])
        times[""] = max(times[""], (started + length, trail), key=lambda item: item[0])
    if node.id in clocks:
        times[node.id] = times[""]
    return times


def _bound(node: Resolved, limits: Mapping[str, Limit]) -> str | None:
    """How the node's limit bounds it; None without one, or with one that does not exist."""
    if node.limit == AT_ONCE:
        return AT_ONCE
    return limits[node.limit].bound if node.limit and node.limit in limits else None
