"""A pathway as a graph: reachability, circles, parallel parts; and that nothing is raised for what is not sound."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from sound_pathways import from_flows, pathways, resolved

from patokaz.model.pathway import Pathway
from patokaz.pathways.graph import blocks, forward_order, graph_of, unmarked_cycles
from patokaz.pathways.walks import paths, walk_successors, worst_case

NESTED = {
    "a:start": "b",
    "b:split": ["c", "f"],
    "c:split": ["d", "e"],
    "d:task": "g",
    "e:decision": {"consent": "g", "newcomer": "e loop"},
    "f:task": "h",
    "g:join": "h",
    "h:join": "i",
    "i:outcome": None,
}


def test_flows_in_both_directions() -> None:
    graph = graph_of(from_flows({"a:start": "b", "b:decision": {"consent": "c", "newcomer": "c"}, "c:outcome": None}))
    assert graph.start == "a"
    assert [(edge.target, edge.answer, edge.index) for edge in graph.outgoing["b"]] == [
        ("c", "consent", 0),
        ("c", "newcomer", 1),
    ]
    assert (graph.successors("b"), graph.predecessors("c"), graph.ends()) == (("c",), ("b",), ("c",))


def test_call_without_next_is_an_end() -> None:
    nodes = from_flows({"a:start": "b", "b:call": "c", "c:call": None})
    assert graph_of(nodes).ends() == ("c",)


def test_flows_to_nowhere_and_second_ids_are_left_out() -> None:
    nodes = from_flows({"a:start": "b", "b:task": "z", "b:outcome": None})
    graph = graph_of(nodes)
    assert graph.nodes["b"].node.type == "task"
    assert list(graph.edges) == list(graph.outgoing["a"])


def test_reachability_without_a_node_and_without_loops() -> None:
    nodes = from_flows(
        {"a:start": "b", "b:task": "c", "c:decision": {"consent": "d", "newcomer": "b loop"}, "d:outcome": None}
    )
    graph = graph_of(nodes)
    assert graph.reachable(["a"], without=frozenset({"c"})) == {"a", "b"}
    assert graph.reachable(["c"]) == {"b", "c", "d"}
    assert graph.reachable(["c"], loops=False) == {"c", "d"}
    assert graph.reaching(["d"]) == {"a", "b", "c", "d"}


def test_circle_is_given_in_the_order_of_its_flows() -> None:
    nodes = from_flows(
        {"a:start": "b", "b:task": "c", "c:decision": {"consent": "d", "newcomer": "b"}, "d:outcome": None}
    )
    assert unmarked_cycles(graph_of(nodes)) == (("b", "c"),)
    assert forward_order(graph_of(nodes)) == ("a",)


def test_each_knot_has_one_circle() -> None:
    nodes = from_flows(
        {
            "a:start": "b",
            "b:decision": {"consent": "c", "newcomer": "b"},
            "c:decision": {"consent": "d", "newcomer": "e"},
            "d:decision": {"consent": "c", "newcomer": "e"},
            "e:outcome": None,
        }
    )
    assert unmarked_cycles(graph_of(nodes)) == (("b",), ("c", "d"))


def test_blocks_within_blocks() -> None:
    outer, inner = blocks(graph_of(from_flows(NESTED)))
    assert (outer.split, outer.join, outer.branches) == ("b", "h", (frozenset("cdeg"), frozenset("f")))
    assert (inner.split, inner.join, inner.branches) == ("c", "g", (frozenset("d"), frozenset("e")))
    assert (outer.branch_of("e"), outer.branch_of("f"), outer.branch_of("h")) == (0, 1, None)


def test_split_without_a_join_is_no_block() -> None:
    nodes = from_flows({"a:start": "b", "b:split": ["c", "d"], "c:outcome": None, "d:outcome": None})
    assert blocks(graph_of(nodes)) == ()


@given(pathways())
def test_order_and_blocks_of_sound_pathways(pathway: Pathway) -> None:
    graph = graph_of(resolved(pathway))
    order = forward_order(graph)
    assert sorted(order) == sorted(graph.nodes)
    assert all(order.index(edge.source) < order.index(edge.target) for edge in graph.edges if not edge.loop)
    assert [block.split for block in blocks(graph)] == [
        n for n, node in graph.nodes.items() if node.node.type == "split"
    ]
    assert unmarked_cycles(graph) == ()


NAMES = [f"n{number}" for number in range(6)]


@st.composite
def any_flows(draw):
    """Nodes of any type with flows to anywhere."""
    flows = {}
    for name in NAMES:
        type_ = draw(st.sampled_from(["start", "task", "decision", "outcome", "split", "join", "call", "link"]))
        targets = draw(st.lists(st.sampled_from([*NAMES, "nowhere"]), max_size=3))
        if type_ == "decision":
            loops = draw(st.lists(st.booleans(), min_size=3, max_size=3))
            words = ("consent", "newcomer", "case-code")
            flows[f"{name}:decision"] = {
                word: f"{to} loop" if loop else to for word, to, loop in zip(words, targets, loops, strict=False)
            }
        else:
            flows[f"{name}:{type_}"] = targets or None
    return flows


@given(any_flows())
def test_nothing_is_raised_for_unsound_pathways(flows) -> None:
    nodes = from_flows(flows)
    graph = graph_of(nodes)
    for circle in unmarked_cycles(graph):
        assert all(edge in graph.successors(name) for name, edge in zip(circle, (*circle[1:], circle[0]), strict=True))
    blocks(graph)
    walk_successors(nodes)
    assert len(list(paths(nodes, 3))) <= 3
    worst_case(nodes, {})
