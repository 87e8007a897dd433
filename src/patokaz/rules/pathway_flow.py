"""Rules about the flows of a pathway as a whole: reachability, circles, parallel parts, calls."""

from __future__ import annotations

from collections.abc import Mapping

from patokaz.findings import Location, did_you_mean
from patokaz.model.library import Library
from patokaz.pathways.graph import Block, Edge, blocks, is_end, unmarked_cycles
from patokaz.rules.inspection import Inspection, Yield, arrows
from patokaz.rules.registry import Context, pathway_rule, rule


def _at_edge(item: Inspection, edge: Edge) -> Location:
    return item.at_node(edge.source, "next" if edge.answer is None else "answers", edge.index)


@pathway_rule("KB806", structure=True)
def nodes_are_reached(item: Inspection) -> Yield:
    """A node that no flow reaches is an instruction that nobody is given."""
    graph = item.graph
    if graph.start is None:
        return
    reached = graph.reachable([graph.start])
    lost = [name for name in graph.nodes if name not in reached]
    for name in _first_of_knots(lost, {n: graph.reaching([n]) for n in lost}):
        yield item.at_node(name), f"no flow leads from the start to `{name}`", "let a flow lead to it, or remove it"


@pathway_rule("KB807", structure=True)
def nodes_lead_to_an_end(item: Inspection) -> Yield:
    """Nobody is left in a circle."""
    graph = item.graph
    out = graph.reaching(graph.ends())
    stuck = [name for name in graph.nodes if name not in out]
    ahead = {name: graph.reachable([name]) for name in stuck}
    for name in _first_of_knots(stuck, ahead):
        if graph.outgoing[name]:
            hint = "let a flow lead on to an outcome, or to a call without `next`"
            yield item.at_node(name), f"from `{name}` the pathway never comes to an end", hint


def _first_of_knots(names: list[str], beyond: Mapping[str, frozenset[str]]) -> list[str]:
    """Of nodes that lead to each other the first, and of those that only follow from others none.

    ``beyond`` are the nodes, itself among them, on which a node depends.
    """
    found: list[str] = []
    for name in names:
        knot = beyond[name] & set(names)
        if all(name in beyond[other] for other in knot) and not knot & set(found):
            found.append(name)
    return found


@pathway_rule("KB808", structure=True)
def circles_are_marked(item: Inspection) -> Yield:
    """Where a flow leads back the reader is told, and checks and drawings know it."""
    for circle in unmarked_cycles(item.graph):
        steps = list(zip(circle, (*circle[1:], circle[0]), strict=True))
        place = {name: number for number, name in enumerate(item.graph.nodes)}
        source, target = next((s, t) for s, t in steps if place[s] >= place[t])
        edge = next(e for e in item.graph.outgoing[source] if e.target == target and not e.loop)
        hint = "mark the answer that leads back with `loop: true`"
        if edge.answer is None:
            hint = "only an answer can lead back: ask first, and mark the answer with `loop: true`"
        yield _at_edge(item, edge), f"flows lead in a circle: {arrows([*circle, circle[0]])}", hint


@pathway_rule("KB809", structure=True)
def loops_lead_back(item: Inspection) -> Yield:
    """A mark that is wrong hides a real circle from the checks."""
    for edge in item.graph.edges:
        if edge.loop and edge.source not in item.graph.reachable([edge.target], loops=False):
            message = f"the flow from `{edge.source}` to `{edge.target}` is marked as a loop, but does not lead back"
            yield _at_edge(item, edge), message, "remove `loop: true`"


@pathway_rule("KB810", structure=True)
def loops_have_an_exit(item: Inspection) -> Yield:
    """Asking again must not be the only answer."""
    for name, edges in item.graph.outgoing.items():
        if edges and all(edge.loop for edge in edges):
            hint = "add an answer that leads on"
            yield item.at_node(name, "answers"), f"every answer to `{name}` leads back", hint


@pathway_rule("KB811", structure=True)
def parallel_parts_are_blocks(item: Inspection) -> Yield:
    """Branches may be done in any order; so none may end, jump or be entered on its own."""
    graph = item.graph
    if unmarked_cycles(graph):
        return
    found = {block.split: block for block in blocks(graph)}
    for name, node in graph.nodes.items():
        if node.node.type == "split" and len(graph.outgoing[name]) > 1:
            if name in found:
                yield from _faults_of(item, found[name])
            else:
                hint = "let every branch end in one node of `type: join`"
                yield item.at_node(name, "next"), f"the branches of split `{name}` do not meet in a join", hint
    joined = {block.join for block in found.values()}
    for name, node in graph.nodes.items():
        if node.node.type == "join" and name not in joined:
            hint = "make it a task, or let a split lead to its branches"
            yield item.at_node(name), f"no split belongs to the join `{name}`", hint


def _faults_of(item: Inspection, block: Block) -> Yield:
    """What is wrong with a parallel part. Flows are looked at only where the branches are apart and come to the join."""
    graph, split, join = item.graph, block.split, block.join
    apart = True
    for number, first in enumerate(graph.successors(split)):
        if first == join:
            message = f"a branch of split `{split}` leads straight to the join `{join}`"
            yield item.at_node(split, "next", number), message, "put what is to be done between, or remove the branch"
        for name in graph.nodes:
            if name in block.branches[number] and is_end(graph.nodes[name]):
                apart = False
                hint = f"let it lead to `{join}`, and end after the join"
                yield item.at_node(name), f"the branch `{first}` of split `{split}` ends at `{name}`", hint
    shared = [name for name in graph.nodes if sum(name in branch for branch in block.branches) > 1]
    if shared and apart:
        apart = False
        message = f"`{shared[0]}` lies in two branches of split `{split}`"
        yield item.at_node(shared[0]), message, f"the branches meet only in the join `{join}`"
    for edge in graph.edges if apart else ():
        if not _keeps_to(block, edge):
            message = (
                f"the flow from `{edge.source}` to `{edge.target}` enters or leaves the parallel part of `{split}`"
            )
            hint = f"branches are entered from the split `{split}` and left to its join `{join}` only"
            yield _at_edge(item, edge), message, hint


def _keeps_to(block: Block, edge: Edge) -> bool:
    """Whether a flow stays in its branch or outside, or is one from the split or to the join as it should be."""
    source, target = block.branch_of(edge.source), block.branch_of(edge.target)
    if edge.target == block.join:
        return edge.source == block.split or (source is not None and not edge.loop)
    return edge.source == block.split or source == target


@pathway_rule("KB812", structure=True)
def calls_lead_to_pathways(item: Inspection) -> Yield:
    """Who is handed over must arrive somewhere."""
    known = {other.id for other in item.library.pathways()}
    for index, node in enumerate(item.pathway.nodes):
        where = item.at("nodes", index, "pathway" if node.pathway else "id")
        if node.type == "call" and node.pathway is None:
            yield where, f"call `{node.id}` names no pathway", "add `pathway:` with the id of its document"
        elif node.type != "call" and node.pathway is not None:
            yield where, f"{node.type} `{node.id}` names a pathway", "make it a call, or remove `pathway`"
        elif node.pathway is not None and node.pathway not in known and not _is_broken(item.library, node.pathway):
            exists = node.pathway in item.library.documents
            message = f"document `{node.pathway}` {'has no pathway' if exists else 'does not exist'}"
            yield where, message, did_you_mean(node.pathway, known) or "write its pathway, or correct the name"


def _is_broken(library: Library, name: str) -> bool:
    """Whether the document or its pathway exists but could not be read; that is reported there."""
    return name in library.broken or (
        name in library.documents and library.documents[name].pathway_path in library.broken
    )


@rule("KB813")
def calls_form_no_circle(context: Context) -> Yield:
    """A reader would go round for ever."""
    calls = {item.document.id: _calls(item) for item in context.pathways}
    for item in context.pathways:
        for index, node in enumerate(item.pathway.nodes):
            way = _way(calls, node.pathway, item.document.id) if node.pathway else ()
            if way:
                message = f"pathways call each other in a circle: {arrows([item.document.id, *way])}"
                yield item.at("nodes", index, "pathway"), message, "remove one of these calls"


def _calls(item: Inspection) -> tuple[str, ...]:
    return tuple(node.pathway for node in item.pathway.nodes if node.pathway)


def _way(calls: Mapping[str, tuple[str, ...]], start: str, goal: str) -> tuple[str, ...]:
    """The shortest chain of calls from ``start`` to ``goal``, both included; empty if there is none."""
    ways: dict[str, tuple[str, ...]] = {start: (start,)}
    queue = [start]
    for here in queue:
        if here == goal:
            return ways[here]
        for name in calls.get(here, ()):
            if name not in ways:
                ways[name] = (*ways[here], name)
                queue.append(name)
    return ()
