"""Pathways: how a person is referred, as data (``pathway.yml``).

Vocabulary after BPMN 2.0: start, task, decision (exclusive gateway), outcome (end event), link, call, parallel split and join. A node that names a step takes actor, limit, forms, legal basis and label from it: no fact stands twice.
"""

from __future__ import annotations

import hashlib
import unicodedata
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from patokaz.model.base import Basis, DocumentId, Model, NonEmpty, Slug, SourceId, StepName, Words
from patokaz.model.records import one_or_many

NodeType = Literal["start", "task", "decision", "outcome", "link", "call", "split", "join"]
Urgency = Literal["danger", "child"]


class Answer(Model):
    """An answer to a decision. ``answer`` is a term of the term base, so that one reviewed word stands everywhere.

    ``loop`` marks a flow that leads back; ``main`` asks the layout to continue straight; ``does`` are events (safeguards).
    """

    answer: Slug
    to: Slug
    loop: bool = False
    main: bool = False
    does: tuple[Slug, ...] = ()


class Pin(Model):
    """Where the author wants a node: in the lane's main or side column; in the row of another node."""

    column: Literal["main", "side"] | None = None
    beside: Slug | None = None


class Node(Model):
    """A node of a pathway.

    ``limit`` is a key of ``limits.yml`` or ``at-once``; ``clock`` the node with which it begins to run. ``does`` are the events that
    ``safeguards.yml`` speaks of. ``pathway`` is the document whose pathway a call enters; a call without ``next`` hands over for good.
    """

    id: Slug
    type: NodeType
    phase: Slug | None = None
    step: StepName | None = None
    actor: Slug | None = None
    label: Words | None = None
    next: Annotated[tuple[Slug, ...], BeforeValidator(one_or_many, json_schema_input_type=str | list[str])] = ()
    answers: tuple[Answer, ...] = ()
    pathway: DocumentId | None = None
    urgency: Urgency | None = None
    limit: Slug | None = None
    clock: Slug | None = None
    accountable: Slug | None = None
    consulted: tuple[Slug, ...] = ()
    informed: tuple[Slug, ...] = ()
    forms: tuple[DocumentId, ...] = ()
    basis: tuple[Basis, ...] = ()
    contacts: tuple[Slug, ...] = ()
    sources: tuple[SourceId, ...] = ()
    does: tuple[Slug, ...] = ()
    pin: Pin | None = None

    @property
    def targets(self) -> tuple[str, ...]:
        """Where flows lead from here, in order."""
        return (*self.next, *(answer.to for answer in self.answers))


class Phase(Model):
    """A part of a pathway that is drawn as a chart of its own."""

    id: Slug
    title: Words


class LabelStamp(Model):
    """Which state of the original labels a language follows, and who translated and reviewed it."""

    fingerprint: Annotated[str, Field(pattern=r"^[0-9a-f]{8,64}$")]
    by: NonEmpty
    reviewed_by: NonEmpty | None = None


class Pathway(Model):
    """``pathway.yml``: nodes in reading order. ``lanes`` orders the actors; without it they stand as they first act."""

    lanes: tuple[Slug, ...] = ()
    phases: tuple[Phase, ...] = ()
    translations: dict[str, LabelStamp] = Field(default_factory=dict)
    nodes: Annotated[tuple[Node, ...], Field(min_length=2)]

    def fingerprint(self, language: str) -> str:
        """Sixteen hexadecimal digits over the labels and phase titles in ``language``."""
        parts = [f"{phase.id}: {phase.title.get(language, '')}" for phase in self.phases]
        parts += [f"{node.id}: {node.label.get(language, '')}" for node in self.nodes if node.label]
        normal = unicodedata.normalize("NFC", "\n".join(parts))
        return hashlib.sha256(normal.encode()).hexdigest()[:16]


class Safeguard(Model):
    """A predicate over all paths of all pathways (``glossary/safeguards.yml``).

    Wherever ``event`` happens on a path, one of ``requires`` has happened before it (``position: before``) or happens somewhere on
    that path (``anywhere``). With ``when`` this counts only after one of those events, and the requirement must be met after
    the last of them. Where one of ``unless`` has happened before, the safeguard does not apply.
    """

    id: Slug
    name: Words
    why: Words
    event: Slug
    requires: Annotated[tuple[Slug, ...], Field(min_length=1)]
    position: Literal["before", "anywhere"] = "before"
    when: tuple[Slug, ...] = ()
    unless: tuple[Slug, ...] = ()
    basis: tuple[Basis, ...] = ()
    source: SourceId
    unverified: bool = False
