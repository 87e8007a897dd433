"""The time limits of a pathway in one list, in the order of its nodes, and the longest time that a path can take."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from patokaz.model.base import Duration
from patokaz.model.library import Document
from patokaz.model.records import AT_ONCE
from patokaz.pages.cards import basis_links, limit_link, row
from patokaz.pages.outline import node_link
from patokaz.pages.references import source_marks
from patokaz.pages.render import render
from patokaz.pages.view import View
from patokaz.pathways.resolve import Resolved
from patokaz.pathways.walks import worst_case


@dataclass(frozen=True)
class Deadline:
    """One limit: the node that it binds, as a link, the limit in words, and rows on from when it runs and where it is laid down."""

    node: Resolved
    link: Markup
    limit: Markup
    at_once: bool
    facts: Markup


def deadlines(view: View, here: str, document: Document) -> tuple[Deadline, ...]:
    """The limits of a document's pathway that this edition shows, in the order of its nodes."""
    nodes = view.pathways.get(document.id, ())
    by_id = {node.id: node for node in nodes}
    return tuple(
        Deadline(
            node,
            node_link(view, node),
            limit_link(view, here, node.limit),
            node.limit == AT_ONCE,
            _facts(view, here, node, by_id),
        )
        for node in nodes
        if node.limit == AT_ONCE or node.limit in view.limits
    )


def _facts(view: View, here: str, node: Resolved, by_id: Mapping[str, Resolved]) -> Markup:
    words, limit, clock = view.words, view.limits.get(node.limit or ""), by_id.get(node.node.clock or "")
    starts = node_link(view, clock) if clock else view.say(limit.start if limit else None)
    basis = limit.basis if limit else node.basis
    links = basis_links(view, here, basis) + source_marks([limit.source] if limit else node.sources, view, here)
    return row(words["timeline_runs_from"], starts) + row(words["basis"] if basis else words["sources"], links)


def timeline(view: View, here: str, document: Document) -> Markup:
    """The list for page ``here``, which holds the outline too; empty where the pathway has no limit.

    The longest time adds up what is set and says so; see :func:`patokaz.pathways.walks.worst_case`.
    """
    found = deadlines(view, here, document)
    if not found:
        return Markup("")
    nodes = view.pathways[document.id]
    worst = worst_case(nodes, view.limits)
    longest, path = "", ""
    if worst and worst.minutes and worst.complete:
        days, hours = worst.days_and_hours
        longest = view.words.duration(Duration(days=days, hours=hours))
        numbers = {node.id: node.number for node in nodes}
        path = " – ".join(numbers[name] for name in worst.path if numbers[name])
    return render("timeline.html.j2", view, here, deadlines=found, longest=longest, path=path)
