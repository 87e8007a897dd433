"""Nodes with what they take from the step that they name: actor, limit, forms, legal basis, label. No fact stands twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from patokaz.model.library import Document, Library
from patokaz.model.pathway import Node
from patokaz.model.records import Measure, SopRecord, Step

UNNUMBERED = ("link",)
"""Nodes that only point elsewhere have no number of their own."""


@dataclass(frozen=True)
class Named:
    """The step that a node names, with its place."""

    document: Document
    measure: Measure
    step: Step
    number: str


@dataclass(frozen=True, eq=False)
class Resolved:
    """A node as readers see it. ``actor`` is empty where neither node nor step decides it (a rule reports that).

    ``words`` are its label by language: its own, else the heading of its step.
    """

    node: Node
    index: int
    number: str
    named: Named | None
    actor: str
    words: Mapping[str, str]
    limit: str | None
    responsible: tuple[str, ...]
    accountable: str | None
    consulted: tuple[str, ...]
    informed: tuple[str, ...]
    forms: tuple[str, ...]
    basis: tuple[str, ...]
    contacts: tuple[str, ...]
    sources: tuple[str, ...]
    does: tuple[str, ...]

    @property
    def id(self) -> str:
        """The node's id."""
        return self.node.id


def find_step(library: Library, name: str) -> Named | None:
    """The step called ``SOP-02/first-contact.make-safe``, also by an id that it had before; None if there is no such step."""
    document_id, _, rest = name.partition("/")
    measure_id, _, step_id = rest.partition(".")
    document = library.documents.get(document_id)
    if document is None or not isinstance(document.record, SopRecord):
        return None
    named = (document.anchor_now(measure_id), document.anchor_now(step_id))
    for m, measure in enumerate(document.record.measures, 1):
        for s, step in enumerate(measure.steps, 1):
            if (measure.id, step.id) == named:
                return Named(document, measure, step, f"{m}.{s}")
    return None


def resolve(library: Library, document: Document) -> tuple[Resolved, ...]:
    """The nodes of a document's pathway in order. Empty without a pathway; tolerant of names that lead nowhere."""
    if document.pathway is None:
        return ()
    nodes: list[Resolved] = []
    count = 0
    for index, node in enumerate(document.pathway.nodes):
        numbered = node.type not in UNNUMBERED
        count += numbered
        nodes.append(_resolved(library, node, index, str(count) if numbered else ""))
    return tuple(nodes)


def _resolved(library: Library, node: Node, index: int, number: str) -> Resolved:
    named = find_step(library, node.step) if node.step else None
    step = named.step if named else None
    responsible = step.responsible if step else ((node.actor,) if node.actor else ())
    actor = node.actor or (responsible[0] if len(responsible) == 1 else "")
    words: dict[str, str] = dict(node.label or {})
    if not words and named:
        for language, text in named.document.texts.items():
            heading = next((h.words for h in text.headings if h.anchor == named.step.id), None)
            if heading:
                words[language] = heading
    return Resolved(
        node=node,
        index=index,
        number=number,
        named=named,
        actor=actor,
        words=words,
        limit=(step.limit if step else None) or node.limit,
        responsible=responsible,
        accountable=step.accountable if step else node.accountable,
        consulted=step.consulted if step else node.consulted,
        informed=step.informed if step else node.informed,
        forms=_joined(step.forms if step else (), node.forms),
        basis=_joined(step.basis if step else (), node.basis),
        contacts=_joined(step.contacts if step else (), node.contacts),
        sources=_joined(step.sources if step else (), node.sources),
        does=_joined(step.does if step else (), node.does),
    )


def _joined(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))
