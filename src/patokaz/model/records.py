"""Records: what is true of a document in every language (``record.yml``). One type per kind, a closed union."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from patokaz.model.base import (
    Audience,
    Basis,
    DocumentId,
    IsoDuration,
    Model,
    NonEmpty,
    PartialDate,
    Person,
    Revision,
    RevisionName,
    Slug,
    SourceId,
    StepName,
    Words,
)

Status = Literal[
    "draft", "consultation", "commission-adopted", "government-adopted", "in-force", "superseded", "withdrawn"
]
"""The life of a document, after the real chain in North Macedonia: draft, commission, government, in force
(facts D5: S57, S59, S60, S63)."""

AT_ONCE = "at-once"
"""The one limit that needs no entry in ``limits.yml``."""


class Approval(Model):
    """An act by which a body approved the present revision. ``document`` is where the act can be read.

    ``status`` is the step of the chain that the act takes; without it the chain's bodies decide.
    """

    body: Slug
    act: NonEmpty
    session: NonEmpty | None = None
    date: datetime.date
    document: NonEmpty | None = None
    status: Status | None = None


class HistoryEntry(Model):
    """One revision of a document and what it changed."""

    revision: Revision
    date: datetime.date
    kind: Literal["editorial", "minor", "major"]
    summary: Words


class Head(Model):
    """What every record has.

    ``basis`` are the revisions of other documents that this one leans on. ``redirects`` gives for each heading id that a
    sealed revision has and this one lacks the id that stands for it now, or null where nothing does.
    """

    id: DocumentId
    audience: Audience = "professional"
    owner: Slug
    source_language: Annotated[str, Field(pattern=r"^[a-z]{2,3}$")]
    revision: Revision
    status: Status
    approvals: tuple[Approval, ...] = ()
    effective: datetime.date | None = None
    review_every: IsoDuration
    sources: tuple[SourceId, ...] = ()
    basis: tuple[RevisionName, ...] = ()
    redirects: dict[str, str | None] = Field(default_factory=dict)
    history: Annotated[tuple[HistoryEntry, ...], Field(min_length=1)]

    @property
    def review_due(self) -> datetime.date:
        """The day by which the document must be reviewed: from ``effective``, else from the newest history entry."""
        return self.review_every.after(self.effective or self.history[-1].date)


def one_or_many(value: object) -> object:
    """A single name counts as a list of one."""
    return (value,) if isinstance(value, str) else value


class Step(Model):
    """One step of a measure: who, by when, with which form, on what legal basis. ``does`` are events of safeguards."""

    id: Slug
    responsible: Annotated[
        tuple[Slug, ...], Field(min_length=1), BeforeValidator(one_or_many, json_schema_input_type=str | list[str])
    ]
    accountable: Slug
    consulted: tuple[Slug, ...] = ()
    informed: tuple[Slug, ...] = ()
    limit: Slug | None = None
    forms: tuple[DocumentId, ...] = ()
    basis: tuple[Basis, ...] = ()
    persons: tuple[Person, ...] = ()
    contacts: tuple[Slug, ...] = ()
    sources: tuple[SourceId, ...] = ()
    does: tuple[Slug, ...] = ()


class Measure(Model):
    """A measure of an SOP: a group of steps with one aim."""

    id: Slug
    steps: Annotated[tuple[Step, ...], Field(min_length=1)]


class SopRecord(Head):
    """A standard operating procedure."""

    kind: Literal["sop"]
    family: Slug
    persons: Annotated[tuple[Person, ...], Field(min_length=1)]
    applies_to: Annotated[tuple[Slug, ...], Field(min_length=1)]
    measures: Annotated[tuple[Measure, ...], Field(min_length=1)]


class Instrument(Model):
    """The legal act that a law document summarises. ``designation`` is how lawyers cite it, in one form or per language."""

    issuer: Words
    designation: NonEmpty | Words
    date: PartialDate | None = None
    in_force: PartialDate | None = None
    standing: Literal["in-force", "amended", "superseded", "not-binding", "unverified"]
    superseded_by: Slug | None = None


class Article(Model):
    """A provision of a legal act; its heading's id is ``art-<id>``."""

    id: Slug
    number: NonEmpty | None
    aliases: tuple[NonEmpty, ...] = ()
    sources: tuple[SourceId, ...] = ()
    unverified: bool = False

    @property
    def anchor(self) -> str:
        """The heading id in every text."""
        return f"art-{self.id}"


class LawRecord(Head):
    """A legal text as a structured summary."""

    kind: Literal["law"]
    instrument: Instrument
    articles: Annotated[tuple[Article, ...], Field(min_length=1)]


class FormField(Model):
    """One field of a blank form. ``options`` for choice and checks, ``groups`` for indicators, ``lines`` for area."""

    id: Slug
    type: Literal["line", "area", "date", "time", "choice", "checks", "indicators", "signature"]
    options: tuple[Slug, ...] = ()
    groups: tuple[Slug, ...] = ()
    lines: Annotated[int, Field(ge=1, le=40)] | None = None


class FormSection(Model):
    """A part of a form with its own heading."""

    id: Slug
    fields: tuple[FormField, ...] = ()


class FormRecord(Head):
    """A blank form."""

    kind: Literal["form"]
    paper: Literal["A4", "A5"] = "A4"
    sections: Annotated[tuple[FormSection, ...], Field(min_length=1)]


Minutes = Annotated[int, Field(ge=1, le=2400)]
"""Of a module or a part of one: up to a week of eight-hour days."""


class Participants(Model):
    """How large the group of a module is."""

    at_least: Annotated[int, Field(ge=1, le=500)]
    at_most: Annotated[int, Field(ge=1, le=500)]


class AgendaItem(Model):
    """A line of an agenda. Without ``minutes`` it is the exercise of the same id, whose minutes count."""

    id: Slug
    minutes: Minutes | None = None


class Exercise(Model):
    """An exercise; its words stand in the section of the same id. ``steps`` are what it practises."""

    id: Slug
    minutes: Minutes
    kind: Literal["case", "role-play", "discussion", "walk-through"]
    steps: Annotated[tuple[StepName, ...], Field(min_length=1)]


class Question(Model):
    """A question of a quiz. ``right`` are the options that are right, ``step`` is the step that says why."""

    id: Slug
    options: Annotated[tuple[Slug, ...], Field(min_length=2, max_length=8)]
    right: Annotated[tuple[Slug, ...], Field(min_length=1)]
    step: StepName

    @property
    def explanation(self) -> str:
        """The name of the label that says why, for trainers."""
        return f"{self.id}-why"


class ModuleRecord(Head):
    """A training module. ``trainer_only`` are heading ids: these sections, and what says which answer is right, reach trainers only."""

    kind: Literal["module"]
    applies_to: tuple[Slug, ...] = ()
    minutes: Minutes
    participants: Participants
    objectives: Annotated[tuple[Slug, ...], Field(min_length=1)]
    agenda: Annotated[tuple[AgendaItem, ...], Field(min_length=1)]
    exercises: tuple[Exercise, ...] = ()
    quiz: tuple[Question, ...] = ()
    trainer_only: tuple[Slug, ...] = ()

    def names(self) -> tuple[Slug, ...]:
        """Everything that has an id of its own, in order: objectives, lines of the agenda, questions, options, explanations."""
        exercises = {exercise.id for exercise in self.exercises}
        questions = (name for q in self.quiz for name in (q.id, *q.options, q.explanation))
        return (*self.objectives, *(item.id for item in self.agenda if item.id not in exercises), *questions)

    def steps(self) -> tuple[StepName, ...]:
        """The steps that it practises or asks about, each once."""
        practised = (step for exercise in self.exercises for step in exercise.steps)
        return tuple(dict.fromkeys((*practised, *(question.step for question in self.quiz))))


class PathwayRecord(Head):
    """A pathway on its own; its nodes stand in ``pathway.yml``. ``shown_with`` are the SOPs whose pages show it too."""

    kind: Literal["pathway"]
    family: Slug
    persons: Annotated[tuple[Person, ...], Field(min_length=1)]
    shown_with: tuple[DocumentId, ...] = ()


class LeafletRecord(Head):
    """An information sheet for migrants. ``languages`` are those beyond the working ones, in the order of a list.

    ``screen_only``: ids of the sections that say nothing to whoever holds it on paper, such as how to leave the page.
    """

    kind: Literal["leaflet"]
    persons: Annotated[tuple[Person, ...], Field(min_length=1)]
    languages: tuple[Annotated[str, Field(pattern=r"^[a-z]{2,3}$")], ...] = ()
    screen_only: tuple[Slug, ...] = ()


Record = SopRecord | LawRecord | FormRecord | ModuleRecord | LeafletRecord | PathwayRecord

RECORD_TYPES: dict[str, type[Record]] = {
    "sop": SopRecord,
    "law": LawRecord,
    "form": FormRecord,
    "module": ModuleRecord,
    "leaflet": LeafletRecord,
    "pathway": PathwayRecord,
}
