"""The words of a pathway for its BPMN file: labels, lanes, and who answers, by when, with which form, on what basis."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from patokaz.model.base import Duration
from patokaz.model.library import Document
from patokaz.model.records import AT_ONCE
from patokaz.pages.cards import basis_links, form_links, role_links
from patokaz.pages.outline import node_name
from patokaz.pages.view import View
from patokaz.pages.wording import capital
from patokaz.pathways.bpmn import BpmnWords, to_bpmn
from patokaz.pathways.chart import Caption, Captions, Drawing
from patokaz.pathways.charts import lane_order, whole_chart
from patokaz.pathways.drawings import draw
from patokaz.pathways.resolve import Resolved


def bpmn_file(document: Document, view: View) -> str:
    """The pathway of a document as BPMN XML in the view's language, drawn as one chart."""
    assert document.pathway is not None
    nodes, words = view.pathways[document.id], bpmn_words(view, document)
    chart = whole_chart(document.pathway, nodes)
    # Spots that are no nodes say from where a link comes; the catch event has its own words.
    spots = {spot.id: Caption(words.labels.get(spot.id, "")) for spot in chart.spots}
    captions = Captions(spots, words.lanes, words.answers, rtl=view.words.direction == "rtl")
    content = repr((chart, words, [node.node for node in nodes]))
    return _written(_Content(content, document.id, nodes, words, draw(chart, captions)))


@dataclass(frozen=True)
class _Content:
    """What a file is made of; equal text gives equal files, so that a live preview writes only what changed."""

    text: str
    document: str
    nodes: Sequence[Resolved] = field(compare=False)
    words: BpmnWords = field(compare=False)
    drawing: Drawing = field(compare=False)


@functools.lru_cache(maxsize=512)
def _written(content: _Content) -> str:
    return to_bpmn(content.document, content.nodes, content.words, content.drawing)


def bpmn_words(view: View, document: Document) -> BpmnWords:
    """All words of a document's pathway, without markup."""
    assert document.pathway is not None
    nodes = view.pathways[document.id]
    by_id = {node.id: node for node in nodes}
    answers = {answer.answer for node in nodes for answer in node.node.answers}
    return BpmnWords(
        title=view.title(document.id),
        lanes={name: capital(view.plain(view.roles[name].name)) for name in lane_order(document.pathway, nodes)},
        labels={node.id: view.plain(node.words) for node in nodes},
        answers={name: view.answer_word(name) for name in sorted(answers)},
        handed_over=view.words["outline_handed_over"],
        notes={node.id: tuple(_notes(view, node, by_id)) for node in nodes},
    )


def iso_duration(duration: Duration) -> str:
    """A duration as ISO 8601 writes it: ``P30D``, ``PT24H``."""
    date = "".join(
        f"{n}{unit}" for n, unit in ((duration.years, "Y"), (duration.months, "M"), (duration.days, "D")) if n
    )
    time = "".join(f"{n}{unit}" for n, unit in ((duration.hours, "H"), (duration.minutes, "M")) if n)
    return f"P{date}T{time}" if time else f"P{date}"


def _notes(view: View, node: Resolved, by_id: dict[str, Resolved]) -> Iterator[str]:
    words = view.words
    step = view.step_of(node)
    facts = (
        (words["accountable"], role_links(view, "", [node.accountable] if node.accountable else [])),
        (words["by_when"], Markup("; ").join(_limit(view, node, by_id))),
        (words["with_form"], form_links(view, "", node.forms)),
        (words["basis"], basis_links(view, "", node.basis)),
        (words["step"], f"{step.document.id} {step.number}" if step else ""),
        (words["pathway_call"], view.title(node.node.pathway) if node.node.pathway in view.pathways else ""),
    )
    for label, value in facts:
        if value:
            yield f"{capital(label)}: {_plain(escape(value))}"


def _limit(view: View, node: Resolved, by_id: dict[str, Resolved]) -> Iterator[str]:
    """``at most 24 hours (PT24H)``, the node or the event from which it runs, and a mark where no source confirms it."""
    if node.limit == AT_ONCE:
        yield view.limit_words(AT_ONCE)
    elif node.limit in view.limits:
        limit, clock = view.limits[node.limit], by_id.get(node.node.clock or "")
        yield f"{view.limit_words(node.limit)} ({iso_duration(limit.duration)})"
        if limit.unverified:
            yield view.words["unverified"]
        start = node_name(view, clock) if clock else view.say(limit.start)
        yield f"{view.words['timeline_runs_from']}: {_plain(start)}"


def _plain(words: Markup) -> str:
    return words.striptags()
