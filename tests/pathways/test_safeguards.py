"""The search for paths that break a safeguard: single cases, and against going through every path."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sound_pathways import EVENTS, from_flows, pathways, resolved

from patokaz.model.pathway import Pathway, Safeguard
from patokaz.pathways import safeguards as module
from patokaz.pathways.graph import Graph, blocks, graph_of, is_end
from patokaz.pathways.resolve import Resolved
from patokaz.pathways.safeguards import Breach, Occurrence, search

MOST_RUNS = 2_000


def guard(event: str, *requires: str, **more: object) -> Safeguard:
    words = {"en": "x"}
    return Safeguard.model_validate(
        {"id": "x", "name": words, "why": words, "event": event, "requires": requires, "source": "S1", **more}
    )


def doing(flows: dict[str, object], **events: str | tuple[str, ...]) -> tuple[Resolved, ...]:
    """The nodes of ``flows`` with what they do; ``b_consent`` is the answer ``consent`` of ``b``."""
    nodes = []
    for item in from_flows(flows):
        node = item.node
        does = events.get(node.id, ())
        answers = tuple(
            answer.model_copy(update={"does": _tuple(events.get(f"{node.id}_{answer.answer}", ()))})
            for answer in node.answers
        )
        nodes.append(node.model_copy(update={"does": _tuple(does), "answers": answers}))
    return resolved(Pathway(nodes=tuple(nodes)))


def _tuple(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else value


def broken(safeguard: Safeguard, nodes: tuple[Resolved, ...], **others: tuple[Resolved, ...]) -> list[tuple[str, str]]:
    """(node of the event, path as one word) of every breach."""
    verdict = search(safeguard, "root", {"root": nodes, **others})
    assert verdict.complete
    return [(breach.occurrence.node, "".join(visit.node for visit in breach.path)) for breach in verdict.breaches]


LINE = {
    "a:start": "b",
    "b:decision": {"consent": "c", "newcomer": "d"},
    "c:task": "d",
    "d:task": "e",
    "e:outcome": None,
}
PARALLEL = {
    "a:start": "b",
    "b:split": ["c", "d"],
    "c:task": "e",
    "d:task": "f",
    "f:task": "e",
    "e:join": "g",
    "g:task": "h",
    "h:outcome": None,
}


def test_shortest_path_without_the_requirement() -> None:
    assert broken(guard("ask", "appoint"), doing(LINE, c="appoint", d="ask")) == [("d", "abd")]
    assert broken(guard("ask", "appoint"), doing(LINE, c="appoint", b_newcomer="appoint", d="ask")) == []


def test_event_of_an_answer() -> None:
    (breach,) = search(guard("ask", "appoint"), "root", {"root": doing(LINE, b_newcomer="ask")}).breaches
    assert breach.occurrence == Occurrence("root", "b", 1, "ask")
    assert [(visit.node, visit.answer) for visit in breach.path] == [("a", None), ("b", "newcomer")]


def test_events_of_a_node_happen_in_their_order() -> None:
    assert broken(guard("ask", "appoint"), doing(LINE, d=("appoint", "ask"))) == []
    assert broken(guard("ask", "appoint"), doing(LINE, d=("ask", "appoint"))) == [("d", "abd")]


def test_exemption_must_have_happened_before() -> None:
    safeguard = guard("refer", "consent", unless=("danger",))
    assert broken(safeguard, doing(LINE, b_newcomer="danger", c="consent", d="refer")) == []
    assert broken(safeguard, doing(LINE, c="consent", d="refer", e="danger")) == [("d", "abd")]


def test_trigger_arms_and_resets() -> None:
    safeguard = guard("remove", "identify", when=("suspect",))
    assert broken(safeguard, doing(LINE, d="remove")) == []
    assert broken(safeguard, doing(LINE, b="identify", c="suspect", d="remove")) == [("d", "abcd")]
    assert broken(safeguard, doing(LINE, b="suspect", b_newcomer="identify", c="identify", d="remove")) == []


def test_anywhere_may_be_later_but_must_be() -> None:
    safeguard = guard("help", "inform", position="anywhere")
    assert broken(safeguard, doing(LINE, b="help", c="inform", e="inform")) == []
    assert broken(safeguard, doing(LINE, b="help", c="inform")) == [("b", "abde")]


def test_parallel_branches_have_no_order() -> None:
    """The branch that is listed first is not done first."""
    safeguard = guard("ask", "appoint")
    assert broken(safeguard, doing(PARALLEL, c="appoint", d="ask")) == [("d", "abd")]
    assert broken(safeguard, doing(PARALLEL, c="appoint", f="ask")) == [("f", "abdf")]
    assert broken(safeguard, doing(PARALLEL, d="appoint", f="ask")) == []
    assert broken(safeguard, doing(PARALLEL, c="appoint", g="ask")) == []
    mixed = guard("remove", "identify", when=("suspect",))
    assert broken(mixed, doing(PARALLEL, c="remove", d="suspect", f="identify")) == [("c", "abdc")]


def test_loop_brings_an_event_before_another() -> None:
    flows = {
        "a:start": "b",
        "b:task": "c",
        "c:task": "d",
        "d:decision": {"consent": "e", "newcomer": "b loop"},
        "e:outcome": None,
    }
    assert broken(guard("remove", "identify", when=("suspect",)), doing(flows, b="remove", c="suspect")) == [
        ("b", "abcdb")
    ]


def calling(nodes: tuple[Resolved, ...], name: str, other: str) -> tuple[Resolved, ...]:
    changed = [
        item.node.model_copy(update={"type": "call", "pathway": other}) if item.id == name else item.node
        for item in nodes
    ]
    return resolved(Pathway(nodes=tuple(changed)))


def test_calls_lead_through_the_other_pathway() -> None:
    inner = {"p:start": "q", "q:task": "r", "r:outcome": None}
    outer = calling(doing(LINE, d="ask"), "c", "inner")
    assert broken(guard("ask", "appoint"), outer, inner=doing(inner, q="appoint")) == [("d", "abd")]
    armed = guard("ask", "appoint", when=("child",))
    first = calling(doing(LINE, b_consent="child"), "c", "inner")
    assert broken(armed, first, inner=doing(inner, q="ask")) == [("q", "abcpq")]
    assert broken(armed, doing(inner, q="ask")) == []


def test_what_is_given_up_is_said(monkeypatch) -> None:
    monkeypatch.setattr(module, "MOST_STATES", 3)
    assert not search(guard("ask", "appoint"), "root", {"root": doing(LINE, d="ask")}).complete


# Against going through every path

Run = tuple[tuple[Occurrence, ...], ...]


def runs(graph: Graph, name: str, stop: str | None, used: frozenset) -> Iterator[Run]:
    """Everything that can happen from a node until ``stop`` or an end, as groups of events; each loop at most twice."""
    if name == stop:
        yield ()
        return
    node = graph.nodes[name]
    own = tuple(Occurrence("root", name, None, event) for event in node.does)
    if node.node.type == "split":
        block = next(block for block in blocks(graph) if block.split == name)
        each = [list(runs(graph, first, block.join, used)) for first in graph.successors(name)]
        for chosen in itertools.product(*each):
            for mixed in shuffles(chosen):
                for rest in runs(graph, block.join, stop, used):
                    yield (own, *mixed, *rest)
        return
    if is_end(node):
        yield (own,)
    for edge in graph.outgoing[name]:
        taken = (edge, (edge, 1) not in used)
        if edge.loop and (edge, 1) in used and (edge, 2) in used:
            continue
        more = used | {(edge, 1 if taken[1] else 2)} if edge.loop else used
        happened = own + tuple(Occurrence("root", name, edge.index, event) for event in edge.does)
        for rest in runs(graph, edge.target, stop, more):
            yield (happened, *rest)


def shuffles(lines: tuple[Run, ...]) -> Iterator[Run]:
    """Every way to mix the branches, each in its own order; groups without events need not be mixed."""
    lines = tuple(tuple(group for group in line if group) for line in lines)
    if not any(lines):
        yield ()
    for number, line in enumerate(lines):
        if line:
            for rest in shuffles((*lines[:number], line[1:], *lines[number + 1 :])):
                yield (line[0], *rest)


def judged(safeguard: Safeguard, run: Run) -> set[Occurrence]:
    """The events of a run that break the safeguard, after the words of :class:`Safeguard`."""
    events = [occurrence for group in run for occurrence in group]
    found = set()
    for position, occurrence in enumerate(events):
        before = [other.event for other in events[:position]]
        if occurrence.event != safeguard.event or set(before) & set(safeguard.unless):
            continue
        if safeguard.when and not set(before) & set(safeguard.when):
            continue
        counted = before if safeguard.position == "before" else [other.event for other in events]
        last = max((i for i, event in enumerate(counted) if event in safeguard.when), default=-1)
        if not set(counted[last + 1 :]) & set(safeguard.requires):
            found.add(occurrence)
    return found


@st.composite
def guards(draw) -> Safeguard:
    event, requirement, third = draw(st.permutations(EVENTS))
    role = draw(st.sampled_from(["when", "unless", None]))
    more = {role: (third,)} if role else {}
    return guard(event, requirement, position=draw(st.sampled_from(["before", "anywhere"])), **more)


@settings(max_examples=300)
@given(pathways(depth=2, size=1, events=True), guards())
def test_search_finds_what_going_through_every_path_finds(pathway: Pathway, safeguard: Safeguard) -> None:
    nodes = resolved(pathway)
    graph = graph_of(nodes)
    every = list(itertools.islice(runs(graph, str(graph.start), None, frozenset()), MOST_RUNS + 1))
    assume(len(every) <= MOST_RUNS)
    expected = set().union(*(judged(safeguard, run) for run in every))
    verdict = search(safeguard, "root", {"root": nodes})
    assert verdict.complete
    if safeguard.position == "before":
        assert {breach.occurrence for breach in verdict.breaches} == expected
    else:
        # Of several events that wait for one requirement the search names the first.
        assert {breach.occurrence for breach in verdict.breaches} <= expected
        assert bool(verdict.breaches) == bool(expected)
    for breach in verdict.breaches:
        assert_is_a_path(graph, breach)


def assert_is_a_path(graph: Graph, breach: Breach) -> None:
    """Each visit is a node that the flows from those visited before can reach; the last has the event, if it comes before."""
    visited: set[str] = set()
    for visit in breach.path:
        assert visit.node == graph.start or visited & set(graph.predecessors(visit.node))
        visited.add(visit.node)
    assert breach.occurrence.node in visited
