"""Rules about single nodes of a pathway: names, flows by type, the start, answers."""

from __future__ import annotations

from collections.abc import Iterator

from patokaz.findings import did_you_mean
from patokaz.model.base import Path
from patokaz.model.pathway import Node
from patokaz.rules.inspection import Inspection, Yield
from patokaz.rules.registry import pathway_rule

YES, NO, NOT_SURE = "answer-yes", "answer-no", "answer-not-sure"
"""The terms of the answers that belong together."""

_ONE_FLOW = ("start", "task", "link", "join")


@pathway_rule("KB801", structure=True)
def nodes_exist(item: Inspection) -> Yield:
    """Flows, clocks, pins, phases."""
    nodes = [node.id for node in item.pathway.nodes]
    phases = [phase.id for phase in item.pathway.phases]
    for index, node in enumerate(item.pathway.nodes):
        for path, name in _named_nodes(node):
            if name not in nodes:
                hint = did_you_mean(name, nodes) or "write the id of a node of this pathway"
                yield item.at("nodes", index, *path), f"`{node.id}` names the node `{name}`, which does not exist", hint
        if node.phase and node.phase not in phases:
            hint = did_you_mean(node.phase, phases) or "add it to `phases`, or remove `phase`"
            message = f"`{node.id}` names the phase `{node.phase}`, which does not exist"
            yield item.at("nodes", index, "phase"), message, hint


def _named_nodes(node: Node) -> Iterator[tuple[Path, str]]:
    for number, name in enumerate(node.next):
        yield ("next", number), name
    for number, answer in enumerate(node.answers):
        yield ("answers", number, "to"), answer.to
    if node.clock:
        yield ("clock",), node.clock
    if node.pin and node.pin.beside:
        yield ("pin", "beside"), node.pin.beside


@pathway_rule("KB802", structure=True)
def flows_fit_the_type(item: Inspection) -> Yield:
    """BPMN's vocabulary."""
    for index, node in enumerate(item.pathway.nodes):
        count = len(node.next)
        message = ""
        if node.type in _ONE_FLOW and count != 1:
            message, hint = f"has {count or 'no'} `next`", "write the one node that comes after it"
        elif node.type == "split" and count < 2:
            message, hint = f"has {count or 'no'} `next`", "list the first node of each branch, or make it a task"
        elif node.type == "split" and len(set(node.next)) < count:
            message, hint = "names a branch twice", "list each branch once"
        elif node.type == "call" and count > 1:
            message, hint = f"has {count} `next`", "name the node to come back to, or none"
        elif node.type == "outcome" and count:
            message, hint = "goes on with `next`", "an outcome ends the pathway; make it a task, or remove `next`"
        elif node.type == "decision" and count:
            message, hint = "has `next`", "a decision leads on by `answers` only"
        if message:
            yield item.at("nodes", index, "next" if count else "id"), f"{node.type} `{node.id}` {message}", hint
        if node.answers and node.type != "decision":
            hint = "only a decision has answers; make it a decision, or remove them"
            yield item.at("nodes", index, "answers"), f"{node.type} `{node.id}` has answers", hint


@pathway_rule("KB803", structure=True)
def there_is_one_start(item: Inspection) -> Yield:
    """Who opens a pathway must not have to choose where to begin."""
    starts = [index for index, node in enumerate(item.pathway.nodes) if node.type == "start"]
    if not starts:
        yield item.at("nodes", 0, "type"), "the pathway has no start", "begin with a node of `type: start`"
    for index in starts[1:]:
        node = item.pathway.nodes[index]
        message = f"`{node.id}` is a second start after `{item.pathway.nodes[starts[0]].id}`"
        yield item.at("nodes", index, "type"), message, "make it a task, or a pathway of its own"
    for index in starts:
        name = item.pathway.nodes[index].id
        for edge in item.graph.incoming[name]:
            key = "next" if edge.answer is None else "answers"
            yield (
                item.at_node(edge.source, key, edge.index),
                f"a flow leads from `{edge.source}` back to the start `{name}`",
                "let it lead to the node after the start",
            )


@pathway_rule("KB804", structure=True)
def decisions_have_answers(item: Inspection) -> Yield:
    """A question with one answer decides nothing."""
    for index, node in enumerate(item.pathway.nodes):
        if node.type != "decision":
            continue
        if len(node.answers) < 2:
            message = f"decision `{node.id}` has {'one answer' if node.answers else 'no answers'}"
            where = item.at("nodes", index, "answers" if node.answers else "id")
            yield where, message, "write two or more answers, or make it a task"
        seen: set[str] = set()
        for number, answer in enumerate(node.answers):
            if answer.answer in seen:
                where = item.at("nodes", index, "answers", number, "answer")
                yield where, f"decision `{node.id}` has the answer `{answer.answer}` twice", "keep one of them"
            seen.add(answer.answer)


@pathway_rule("KB805")
def not_sure_is_an_answer(item: Inspection) -> Yield:
    """Who does not know must not have to guess: “not sure” leads where a person is safer."""
    for index, node in enumerate(item.pathway.nodes):
        given = {answer.answer for answer in node.answers}
        if not given & {YES, NO}:
            continue
        for name in (YES, NO, NOT_SURE):
            if name not in given:
                yield (
                    item.at("nodes", index, "answers"),
                    f"decision `{node.id}` has no answer `{name}`",
                    f"add `- {{answer: {name}, to: …}}`",
                )
