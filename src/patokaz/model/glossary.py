"""The glossary: terms, roles, institutions, contacts, limits, indicators, families and sources."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import Field

from patokaz.model.base import (
    Audience,
    Basis,
    Forms,
    IsoDuration,
    Model,
    NonEmpty,
    PartialDate,
    Person,
    RevisionName,
    Slug,
    SourceId,
    Words,
)


class ForbiddenForm(Model):
    """A form that must not be used for a concept, and why."""

    form: NonEmpty
    why: Words


class TermForms(Model):
    """The forms of a term in one language. ``heard`` are those that people say and no text uses; only search knows them."""

    preferred: NonEmpty
    short: NonEmpty | None = None
    admitted: tuple[NonEmpty, ...] = ()
    forbidden: tuple[ForbiddenForm, ...] = ()
    heard: tuple[NonEmpty, ...] = ()
    review: Literal["attested", "reviewed", "unreviewed"]
    sources: tuple[SourceId, ...] = ()


class Term(Model):
    """A concept of the term base."""

    id: Slug
    audience: Audience = "professional"
    forms: dict[str, TermForms]
    definition: Words
    sources: tuple[SourceId, ...] = ()
    related: tuple[Slug, ...] = ()


class Concept(Model):
    """An everyday thing that is no term of the term base, under the names that people search it by.

    The first form of a language is the one that the library's texts use, if any does.
    """

    id: Slug
    audience: Audience = "professional"
    forms: Forms


class Role(Model):
    """Who acts. Texts name roles; which body fills a role now is in the institutions.

    ``heard`` are former and colloquial names, for search.
    """

    id: Slug
    audience: Audience = "professional"
    name: Words
    heard: Forms = Field(default_factory=dict)
    duty: Words
    sources: tuple[SourceId, ...] = ()


class Contact(Model):
    """How to reach an institution, with the source that printed it and the day that was checked."""

    id: Slug
    audience: Audience = "professional"
    what: Words
    phone: tuple[NonEmpty, ...] = ()
    email: NonEmpty | None = None
    web: NonEmpty | None = None
    address: Words | None = None
    hours: Words | None = None
    source: SourceId
    checked: datetime.date


class Institution(Model):
    """A body that fills roles, with dates and predecessors. ``heard`` are former and colloquial names, for search."""

    id: Slug
    audience: Audience = "professional"
    name: Words
    short: Words | None = None
    heard: Forms = Field(default_factory=dict)
    fills: tuple[Slug, ...] = ()
    since: PartialDate | None = None
    until: PartialDate | None = None
    predecessors: tuple[Slug, ...] = ()
    note: Words | None = None
    unverified: bool = False
    sources: tuple[SourceId, ...] = ()
    contacts: tuple[Contact, ...] = ()


class Limit(Model):
    """A time limit as data: length, start event, source and the day it was checked (facts D4)."""

    id: Slug
    audience: Audience = "professional"
    name: Words
    duration: IsoDuration
    bound: Literal["at-least", "at-most", "exactly"]
    start: Words
    persons: tuple[Person, ...] = ()
    basis: tuple[Basis, ...] = ()
    source: SourceId
    checked: datetime.date
    review_every: IsoDuration
    unverified: bool = False
    note: Words | None = None


class Indicator(Model):
    """A sign that may point to exploitation. Never scored."""

    id: Slug
    text: Words
    persons: tuple[Person, ...] = ()
    observed_by: tuple[Slug, ...] = ()
    sources: tuple[SourceId, ...] = ()
    unverified: bool = False


class IndicatorGroup(Model):
    """Indicators that belong together, as the sources group them."""

    id: Slug
    audience: Audience = "professional"
    name: Words
    note: Words | None = None
    sources: tuple[SourceId, ...] = ()
    indicators: tuple[Indicator, ...]


class IndicatorFile(Model):
    """The shape of ``indicators.yml``."""

    groups: tuple[IndicatorGroup, ...]


class Family(Model):
    """A family of SOPs."""

    id: Slug
    name: Words
    summary: Words


class SourceEntry(Model):
    """Where a statement of the library was found."""

    id: SourceId
    title: NonEmpty
    url: NonEmpty | None = None
    seen: Literal["whole", "excerpt"] = "whole"
    note: NonEmpty | None = None


class UrgentTask(Model):
    """One of the three tasks on top of the home page; ``target`` is ``DOCUMENT#section``."""

    target: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]+#[a-z0-9-]+$")]
    title: Words
    text: Words


class HomeEntry(Model):
    """An "I am …" entry of the home page."""

    id: Slug
    title: Words
    roles: Annotated[tuple[Slug, ...], Field(min_length=1)]


class Home(Model):
    """``docs/home.yml``."""

    urgent: Annotated[tuple[UrgentTask, ...], Field(min_length=3, max_length=3)]
    entries: tuple[HomeEntry, ...]


Register = Literal["limits", "contacts", "terms", "sources", "indicators"]


class Selection(Model):
    """Which documents a handbook holds: everything that matches any of the three lists."""

    roles: tuple[Slug, ...] = ()
    families: tuple[Slug, ...] = ()
    documents: tuple[NonEmpty, ...] = ()


class HandbookRecord(Model):
    """``docs/handbooks/<id>.yml``: a printed selection. ``basis`` are the revisions for which it was put together."""

    id: Slug
    audience: Audience = "professional"
    title: Words
    basis: tuple[RevisionName, ...] = ()
    select: Selection
    include: tuple[Register, ...] = ()
