"""The main way through a pathway, for paper that has no room for all of it."""

from __future__ import annotations

from patokaz.pathways.resolve import Resolved


def main_way(nodes: tuple[Resolved, ...]) -> tuple[Resolved, ...]:
    """What is done on the main way in reading order, all branches of a split included, and the questions that are urgent.

    Other questions, starts, splits and joins need the whole pathway to be of use.
    """
    by_id = {node.id: node for node in nodes}
    reached, waiting = set(), [nodes[0].id]
    while waiting:
        name = waiting.pop()
        if name in by_id and name not in reached:
            reached.add(name)
            node = by_id[name].node
            main = [answer.to for answer in node.answers if answer.main]
            waiting += main or [answer.to for answer in node.answers if not answer.loop] + list(node.next)
    kept = ("task", "call", "outcome")
    return tuple(n for n in nodes if n.id in reached and (n.node.type in kept or n.node.urgency is not None))
