"""The step-by-step guide of a pathway: one question a screen, each node once, an answer is a link.

The page is whole without a script: its sections have anchors, CSS shows the one that is the target. ``guide.js`` adds the
route so far, in memory only. The guide asks and shows; it never decides (DESIGN, "What must never happen", 2 and 3).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from patokaz.model.library import Document
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
from patokaz.pages.notices import Notice, document_notices, label_notices
from patokaz.pages.page import Page
from patokaz.pages.references import source_marks
from patokaz.pages.render import render
from patokaz.pages.view import View
from patokaz.pages.wording import capital
from patokaz.pathways.resolve import Resolved
from patokaz.pathways.walks import WalkStep, walk_successors

ABOVE = ("stop", "fallback", "behind")
"""Notices that a reader must see before the question. Others stand as a mark above it and in full under it, so that on a
phone the question and its answers are on the first screen."""

MARKS = {"model": "guide_model", "unreviewed": "guide_unreviewed"}
"""The short word above the question for a notice that stands in full under it."""


@dataclass(frozen=True)
class Way:
    """A link onwards. ``back_to`` is the number of the node to which a loop leads back, else empty."""

    href: str
    words: str | Markup
    is_answer: bool
    back_to: str = ""


@dataclass(frozen=True)
class Screen:
    """What the guide shows of one node.

    ``first`` are the facts before the answers, ``more`` those after; both are rows of a definition list. ``branches`` are
    the labels of what a split asks to do.
    """

    id: str
    type: str
    kind: str
    number: str
    label: Markup
    first: tuple[Markup, ...]
    more: tuple[Markup, ...]
    ways: tuple[Way, ...]
    branches: tuple[Markup, ...]


def guide_pages(view: View) -> Iterator[Page]:
    """One page per visible pathway, at :meth:`View.guide_path`."""
    for name, nodes in view.pathways.items():
        yield _guide(view.documents[name], nodes, view)


def _guide(document: Document, nodes: tuple[Resolved, ...], view: View) -> Page:
    here, words = view.guide_path(document.id), view.words
    text = document.text_for(view.language, view.order)
    notices = [*document_notices(document, text, view, here), *label_notices(document, view, here)]
    # The text and the labels may both be unreviewed.
    marks = dict.fromkeys(words[MARKS[notice.kind]] for notice in notices if notice.kind in MARKS)
    body = render("guide.html.j2", view, here, screens=_screens(nodes, view, here), marks=list(marks))
    head = render(
        "head.html.j2",
        view,
        here,
        document=None,
        title=_title(document.id, view),
        summary="",
        content_language=view.language,
        notices=_above(notices),
    )
    tail = render(
        "guide-notes.html.j2",
        view,
        here,
        document=document,
        title=_document_title(document, view),
        notes=[notice.words for notice in notices if notice.kind not in ABOVE],
    )
    return Page(
        language=view.language,
        path=here,
        kind="guide",
        section="pathways",
        title=words["guide_title"].format(title=view.title(document.id)),
        summary=text.front.summary,
        head=str(head),
        body=str(body),
        tail=str(tail),
        content_language=view.language,
        content_direction=words.direction,
        document=document.id,
        review_due=document.record.review_due.isoformat(),
        files=(document.places.path, text.path),
        assets=("guide.css", "guide.js"),
    )


def _above(notices: list[Notice]) -> list[Notice]:
    return [notice._replace(places=()) for notice in notices if notice.kind in ABOVE]


def _title(name: str, view: View) -> Markup:
    """``Guide: First help``; the title is marked with its language where it is another one."""
    text = view.documents[name].text_for(view.language, view.order)
    title = view.say({text.language: text.front.title})
    return Markup(escape(view.words["guide_title"])).format(title=title)  # noqa: S704 - our own word, escaped


def _document_title(document: Document, view: View) -> str:
    title = view.title(document.id)
    return f"{document.id} {title}" if document.record.kind == "sop" else title


def _screens(nodes: tuple[Resolved, ...], view: View, here: str) -> list[Screen]:
    by_id = {node.id: node for node in nodes}
    onward = walk_successors(nodes)
    return [
        Screen(
            id=node.id,
            type=node.node.type,
            kind=capital(view.words[f"pathway_{node.node.type}"]),
            number=node.number,
            label=view.node_label(node),
            first=_first(node, view, here),
            more=_more(node, view, here),
            ways=(*_elsewhere(node, view, here), *_ways(node, onward.get(node.id, ()), by_id, view)),
            branches=tuple(view.node_label(by_id[name]) for name in node.node.next)
            if node.node.type == "split"
            else (),
        )
        for node in nodes
    ]


def _ways(node: Resolved, steps: tuple[WalkStep, ...], by_id: dict[str, Resolved], view: View) -> Iterator[Way]:
    words = view.words
    onward = words["guide_afterwards" if node.node.type == "call" else "guide_continue"]
    for step in steps:
        back_to = words["guide_back_to"].format(number=by_id[step.target].number) if step.loop else ""
        if step.answer is None:
            yield Way(f"#{step.target}", onward, is_answer=False, back_to=back_to)
        else:
            word = capital(view.answer_word(step.answer))
            yield Way(f"#{step.target}", word, is_answer=True, back_to=back_to)


def _elsewhere(node: Resolved, view: View, here: str) -> Iterator[Way]:
    """The guide of the pathway that a call enters, where this edition shows it."""
    name = node.node.pathway
    if node.node.type == "call" and name in view.pathways:
        yield Way(view.href(here, view.guide_path(name)), _title(name, view), is_answer=False)


def _first(node: Resolved, view: View, here: str) -> tuple[Markup, ...]:
    """Who acts and by when; for what is to be done also the form and whom to call."""
    words = view.words
    rows = [
        row(words["only_for"], person_words(view, node.named.step.persons) if node.named else ""),
        row(words["who"], role_links(view, here, [node.actor])),
        *_by_when(node, view, here),
    ]
    if node.node.type != "decision":
        rows += _with(node, view, here)
    return tuple(filter(None, rows))


def _more(node: Resolved, view: View, here: str) -> tuple[Markup, ...]:
    """What is not needed to answer or to begin: others concerned, the legal basis, the step of the SOP."""
    words = view.words
    accountable = [node.accountable] if node.accountable and node.accountable != node.actor else []
    basis = basis_links(view, here, node.basis) + source_marks(node.sources, view, here)
    step = view.step_of(node)
    rows = [
        *(_with(node, view, here) if node.node.type == "decision" else ()),
        row(words["accountable"], role_links(view, here, accountable)),
        row(words["consulted"], role_links(view, here, node.consulted)),
        row(words["informed"], role_links(view, here, node.informed)),
        row(words["basis"] if node.basis else words["sources"], basis),
        row(words["step"], step_link(view, here, step) if step else ""),
    ]
    return tuple(filter(None, rows))


def _by_when(node: Resolved, view: View, here: str) -> Iterator[Markup]:
    if node.limit is None:
        return
    limit = view.limits.get(node.limit)
    yield row(view.words["by_when"], limit_link(view, here, node.limit))
    if limit:
        yield row(view.words["starts"], view.say(limit.start))


def _with(node: Resolved, view: View, here: str) -> Iterator[Markup]:
    yield row(view.words["with_form"], form_links(view, here, node.forms))
    yield row(view.words["whom_to_call"], contact_links(view, here, node.contacts))
