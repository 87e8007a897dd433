"""Walks do parallel parts one after the other; paths end; the worst case is the worst."""

from __future__ import annotations

import datetime
import itertools

import pytest
from hypothesis import given
from sound_pathways import from_flows, pathways, resolved

from patokaz.model.base import Duration
from patokaz.model.glossary import Limit
from patokaz.model.pathway import Pathway
from patokaz.pathways.graph import blocks, graph_of, is_end
from patokaz.pathways.resolve import Resolved
from patokaz.pathways.walks import (
    MOST_LOOPS,
    WalkStep,
    longest_minutes,
    paths,
    shortest_minutes,
    walk_successors,
    worst_case,
)

HOUR, DAY = 60, 24 * 60


def limit(name: str, duration: str, bound: str = "at-most") -> Limit:
    return Limit(
        id=name,
        name={"en": name},
        duration=Duration.parse(duration),
        bound=bound,  # type: ignore[arg-type]
        start={"en": "start"},
        source="S1",
        checked=datetime.date(2026, 11, 1),
        review_every=Duration.parse("P12M"),
    )


LIMITS = {
    entry.id: entry
    for entry in (
        limit("hour", "PT1H"),
        limit("day", "P1D", "exactly"),
        limit("week", "P7D"),
        limit("pause", "P30D", "at-least"),
    )
}


def targets(nodes: tuple[Resolved, ...]) -> dict[str, list[str]]:
    return {name: [step.target for step in steps] for name, steps in walk_successors(nodes).items()}


def walks(nodes: tuple[Resolved, ...], most: int = 1000) -> list[str]:
    return ["".join(step.target for step in path) for path in paths(nodes, most)]


# Walking


def test_branches_are_done_one_after_the_other() -> None:
    nodes = from_flows(
        {
            "a:start": "b",
            "b:split": ["c", "d", "e"],
            "c:task": "g",
            "d:decision": {"consent": "f", "newcomer": "g"},
            "e:task": "g",
            "f:task": "g",
            "g:join": "h",
            "h:outcome": None,
        }
    )
    assert targets(nodes) == {
        "a": ["b"],
        "b": ["c"],
        "c": ["d"],
        "d": ["f", "e"],
        "e": ["g"],
        "f": ["e"],
        "g": ["h"],
        "h": [],
    }
    assert walks(nodes) == ["abcdfegh", "abcdegh"]


def test_answers_keep_their_order_and_loops_their_mark() -> None:
    nodes = from_flows({"a:start": "b", "b:decision": {"newcomer": "b loop", "consent": "c"}, "c:outcome": None})
    assert walk_successors(nodes)["b"] == (WalkStep("b", "newcomer", loop=True), WalkStep("c", "consent"))
    assert list(paths(nodes, 10)) == [
        (WalkStep("a"), WalkStep("b"), WalkStep("b", "newcomer", loop=True), WalkStep("c", "consent")),
        (WalkStep("a"), WalkStep("b"), WalkStep("c", "consent")),
    ]


def test_inner_join_leads_to_the_next_outer_branch() -> None:
    nodes = from_flows(
        {
            "a:start": "b",
            "b:split": ["c", "g"],
            "c:split": ["d", "e"],
            "d:task": "f",
            "e:task": "f",
            "f:join": "h",
            "g:task": "h",
            "h:join": "i",
            "i:outcome": None,
        }
    )
    assert walks(nodes) == ["abcdefghi"]


def test_paths_are_lazy_and_capped() -> None:
    flows: dict[str, object] = {"s:start": "q0"}
    for number in range(60):
        flows[f"q{number}:decision"] = {"consent": f"q{number + 1}", "newcomer": f"t{number}"}
        flows[f"t{number}:task"] = f"q{number + 1}"
    flows["q60:outcome"] = None
    assert len(list(paths(from_flows(flows), 5))) == 5


@given(pathways())
def test_walks_visit_every_node(pathway: Pathway) -> None:
    onward = {name: [step.target for step in steps] for name, steps in walk_successors(resolved(pathway)).items()}
    seen, stack = set(), [pathway.nodes[0].id]
    while stack:
        name = stack.pop()
        if name not in seen:
            seen.add(name)
            stack += onward[name]
    assert seen == {node.id for node in pathway.nodes}


@given(pathways())
def test_every_path_ends_and_does_all_branches_before_the_join(pathway: Pathway) -> None:
    nodes = resolved(pathway)
    graph, onward = graph_of(nodes), walk_successors(nodes)
    for path in paths(nodes, 50):
        names = [step.target for step in path]
        assert names[0] == graph.start
        assert is_end(graph.nodes[names[-1]])
        assert all(step in onward[before.target] for before, step in itertools.pairwise(path))
        loops = [(before.target, step) for before, step in itertools.pairwise(path) if step.loop]
        assert len(loops) == len(set(loops))
        for block in blocks(graph):
            for position, name in enumerate(names):
                if name == block.join:
                    since = names[:position]
                    part = set(since[len(since) - since[::-1].index(block.split) :])
                    assert all(part & branch for branch in block.branches)


# How long it takes


def test_limits_add_up_along_the_longest_path() -> None:
    nodes = from_flows(
        {
            "a:start": "b",
            "b:decision": {"consent": "c", "newcomer": "d"},
            "c:task:hour": "e",
            "d:task:day": "e",
            "e:task:week": "f",
            "f:outcome": None,
        }
    )
    found = worst_case(nodes, LIMITS)
    assert found is not None
    assert (found.minutes, "".join(found.path)) == (8 * DAY, "abdef")
    assert found.days_and_hours == (8, 0)
    assert found.unlimited == ("b",)
    assert found.complete


def test_limit_runs_from_its_clock() -> None:
    """Two limits that run from the same node are not added to each other."""
    nodes = from_flows(
        {"a:start": "b", "b:task:day/a": "c", "c:task:week/a": "d", "d:task:hour/b": "e", "e:outcome": None}
    )
    found = worst_case(nodes, LIMITS)
    assert found is not None
    assert found.minutes == 7 * DAY


def test_at_least_and_unlimited_are_told_apart() -> None:
    nodes = from_flows({"a:start": "b", "b:task:pause/a": "c", "c:task": "d", "d:task:at-once": "e", "e:outcome": None})
    found = worst_case(nodes, LIMITS)
    assert found is not None
    assert (found.minutes, found.at_least, found.unlimited) == (0, ("b",), ("c",))


def test_longest_parallel_branch_counts() -> None:
    nodes = from_flows(
        {
            "a:start": "b",
            "b:split": ["c", "d"],
            "c:task:day": "e",
            "d:task:week": "e",
            "e:join": "f",
            "f:task:hour": "g",
            "g:outcome": None,
        }
    )
    found = worst_case(nodes, LIMITS)
    assert found is not None
    assert (found.minutes, "".join(found.path)) == (7 * DAY + HOUR, "abdefg")
    assert found.days_and_hours == (7, 1)


def test_loop_is_taken_once_and_restarts_its_clock() -> None:
    flows = {"a:start": "b", "b:task:day": "c", "c:decision": {"consent": "d", "newcomer": "b loop"}, "d:outcome": None}
    found = worst_case(from_flows(flows), LIMITS)
    assert found is not None
    assert (found.minutes, "".join(found.path)) == (2 * DAY, "abcbcd")


def test_more_loops_than_are_combined_are_told() -> None:
    flows: dict[str, object] = {"s:start": "t0"}
    for number in range(MOST_LOOPS + 1):
        flows[f"t{number}:task:day"] = f"q{number}"
        flows[f"q{number}:decision"] = {"consent": f"t{number + 1}", "newcomer": f"t{number} loop"}
    flows[f"t{MOST_LOOPS + 1}:outcome"] = None
    found = worst_case(from_flows(flows), LIMITS)
    assert found is not None
    assert (found.minutes, found.complete) == ((2 * MOST_LOOPS + 1) * DAY, False)


def test_without_an_end_there_is_no_worst_case() -> None:
    assert worst_case(from_flows({"a:start": "b", "b:task": "b"}), LIMITS) is None
    assert worst_case((), LIMITS) is None


@pytest.mark.parametrize(
    ("text", "shortest", "longest"),
    [
        ("P1M", 28 * DAY, 31 * DAY),
        ("P1Y", 365 * DAY, 366 * DAY),
        ("P30D", 30 * DAY, 30 * DAY),
        ("PT72H", 3 * DAY, 3 * DAY),
        ("P1DT1H30M", DAY + 90, DAY + 90),
    ],
)
def test_months_and_years_are_those_of_the_calendar(text: str, shortest: int, longest: int) -> None:
    duration = Duration.parse(text)
    assert (shortest_minutes(duration), longest_minutes(duration)) == (shortest, longest)


def with_limits(pathway: Pathway) -> tuple[Resolved, ...]:
    """Every task has a limit; every second one runs from the start."""
    names = itertools.cycle(["hour", "week", "pause", "day"])
    changed = []
    for number, node in enumerate(pathway.nodes):
        facts = (
            {"limit": next(names), "clock": pathway.nodes[0].id if number % 2 else None} if node.type == "task" else {}
        )
        changed.append(node.model_copy(update=facts))
    return resolved(pathway.model_copy(update={"nodes": tuple(changed)}))


@given(pathways(depth=2, size=1))
def test_worst_case_is_that_of_all_paths(pathway: Pathway) -> None:
    """Against adding up along every path, each parallel branch on its own."""
    nodes = with_limits(pathway)
    graph = graph_of(nodes)
    loops = sum(edge.loop for edge in graph.edges)
    found = worst_case(nodes, LIMITS)
    assert found is not None
    if loops > MOST_LOOPS:
        return
    longest = 0

    def follow(name: str, minutes: int, clocks: dict[str, int], used: frozenset) -> None:
        nonlocal longest
        node = graph.nodes[name]
        if node.limit in LIMITS and LIMITS[node.limit].bound != "at-least":
            since = clocks.get(node.node.clock or "", minutes)
            minutes = max(minutes, since + longest_minutes(LIMITS[node.limit].duration))
        clocks = {**clocks, name: minutes}
        if is_end(node):
            longest = max(longest, minutes)
        for edge in graph.outgoing[name]:
            if edge not in used:
                follow(edge.target, minutes, clocks, used | {edge} if edge.loop else used)

    follow(str(graph.start), 0, {}, frozenset())
    assert found.minutes == longest
