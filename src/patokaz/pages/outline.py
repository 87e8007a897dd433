"""A pathway in words: every node once, numbered as in the drawing, with links to where each answer leads.

It is the drawing for those who do not see it, for print and for search: plain lists, no script. Numbers are those of
``Resolved.number``, ids are ``n-<node>`` and ``phase-<phase>``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from patokaz.model.library import Document
from patokaz.model.records import AT_ONCE
from patokaz.pages.behind import labels_behind
from patokaz.pages.cards import (
    basis_links,
    contact_links,
    form_links,
    limit_link,
    person_words,
    role_links,
    row,
    step_link,
)
from patokaz.pages.references import source_marks
from patokaz.pages.render import render
from patokaz.pages.view import View
from patokaz.pages.wording import capital
from patokaz.pathways.resolve import Resolved


@dataclass(frozen=True)
class Item:
    """What the outline says of one node: ``facts`` are rows of a definition list, ``ways`` the lines that lead on.

    ``kind`` is empty for a task, which is what a reader expects.
    """

    node: Resolved
    kind: str
    label: Markup
    facts: Markup
    ways: tuple[Markup, ...]


@dataclass(frozen=True)
class Group:
    """The nodes of a phase; ``id`` and ``title`` are empty where nodes belong to none."""

    id: str
    title: Markup
    items: tuple[Item, ...]


def outline(view: View, here: str, document: Document) -> Markup:
    """The outline of a document's pathway for page ``here``; empty where this edition shows no pathway."""
    nodes = view.pathways.get(document.id, ())
    if not nodes:
        return Markup("")
    old = frozenset(label.name for label in labels_behind(document, view.language))
    return render("outline.html.j2", view, here, groups=list(_groups(view, here, document, nodes, old)))


def node_name(view: View, node: Resolved) -> Markup:
    """``4. Make safe``: number and label; the label alone where the node has no number."""
    label = view.node_label(node)
    return Markup("{}. {}").format(node.number, label) if node.number else label


def node_link(view: View, node: Resolved) -> Markup:
    """A link to the node on the page that holds the outline."""
    return Markup('<a href="#n-{}">{}</a>').format(node.id, node_name(view, node))


def title_of(view: View, document: Document) -> Markup:
    """The title of a document, marked with its language where it is another one."""
    text = document.text_for(view.language, view.order)
    return view.say({text.language: text.front.title})


def _groups(
    view: View, here: str, document: Document, nodes: tuple[Resolved, ...], old: frozenset[str]
) -> Iterator[Group]:
    by_id = {node.id: node for node in nodes}
    phases = document.pathway.phases if document.pathway else ()
    known = {phase.id for phase in phases}
    grouped = [("", Markup(""), tuple(node for node in nodes if node.node.phase not in known))]
    grouped += [
        (
            phase.id,
            view.say(phase.title) + _mark(view, f"phase-{phase.id}" in old),
            tuple(node for node in nodes if node.node.phase == phase.id),
        )
        for phase in phases
    ]
    order = [node.id for _, _, members in grouped for node in members]
    following = dict(zip(order, [*order[1:], ""], strict=True))
    for name, title, members in grouped:
        if members:
            items = tuple(_item(view, here, node, by_id, following[node.id], old) for node in members)
            yield Group(name, title, items)


def _item(
    view: View, here: str, node: Resolved, by_id: Mapping[str, Resolved], following: str, old: frozenset[str]
) -> Item:
    kind = node.node.type
    return Item(
        node,
        "" if kind == "task" else capital(view.words[f"pathway_{kind}"]),
        view.node_label(node) + _mark(view, f"n-{node.id}" in old),
        Markup("").join(_facts(view, here, node)),
        tuple(_ways(view, here, node, by_id, following)),
    )


def _mark(view: View, is_behind: bool) -> Markup:
    """The short word at a label that is behind; the item itself has the anchor."""
    if not is_behind:
        return Markup("")
    return Markup(' <span class="pk-mark pk-behind">{}</span>').format(view.words["behind_changed"])


def _facts(view: View, here: str, node: Resolved) -> Iterator[Markup]:
    words, step = view.words, view.step_of(node)
    basis = basis_links(view, here, node.basis) + source_marks(node.sources, view, here)
    yield row(words["only_for"], person_words(view, step.step.persons) if step else "")
    yield row(words["who"], role_links(view, here, [node.actor]))
    shown = node.limit == AT_ONCE or node.limit in view.limits
    yield row(words["by_when"], limit_link(view, here, node.limit) if node.limit and shown else "")
    yield row(words["with_form"], form_links(view, here, node.forms))
    yield row(words["whom_to_call"], contact_links(view, here, node.contacts))
    yield row(words["basis"] if node.basis else words["sources"], basis)
    yield row(words["step"], step_link(view, here, step) if step else "")


def _ways(view: View, here: str, node: Resolved, by_id: Mapping[str, Resolved], following: str) -> Iterator[Markup]:
    """Where a reader goes on. Nothing is said where that is simply the next node of the list."""
    kind = node.node.type
    if kind == "call" and node.node.pathway in view.pathways:
        href = view.href(here, view.pathway_path(node.node.pathway))
        title = Markup('<a href="{}">{}</a>').format(href, title_of(view, view.documents[node.node.pathway]))
        yield _say(view, "outline_calls", title=title)
    for answer in node.node.answers:
        if answer.to in by_id:
            word = capital(view.answer_word(answer.answer))
            key = "outline_back" if answer.loop else "outline_answer"
            yield _say(view, key, answer=word, target=node_link(view, by_id[answer.to]))
    for name in node.node.next:
        if name not in by_id:
            continue
        target = node_link(view, by_id[name])
        if kind == "split":
            yield target
        elif by_id[name].node.type == "join":
            # Even if the join comes next: the other tasks have to be done as well.
            yield _say(view, "outline_joined", target=target)
        elif kind == "call":
            yield _say(view, "outline_afterwards", target=target)
        elif name != following:
            yield _say(view, "outline_then", target=target)


def _say(view: View, key: str, **values: str | Markup) -> Markup:
    return Markup(escape(view.words[key])).format(**values)  # noqa: S704 - our own words, escaped
