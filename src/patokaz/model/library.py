"""The library: all documents, texts and the glossary, loaded once, with the place of every value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from patokaz.findings import Location
from patokaz.model.base import Audience, Path
from patokaz.model.glossary import (
    Concept,
    Contact,
    Family,
    HandbookRecord,
    Home,
    Indicator,
    IndicatorGroup,
    Institution,
    Limit,
    Role,
    SourceEntry,
    Term,
)
from patokaz.model.pathway import Pathway, Safeguard
from patokaz.model.records import Approval, FormRecord, LawRecord, Measure, Record, SopRecord, Status, Step
from patokaz.model.revisions import Archived, Seal, Standing
from patokaz.model.texts import Text

if TYPE_CHECKING:
    import datetime

DOCUMENT_FOLDERS = {"docs/law": "law", "docs/forms": "form", "docs/training": "module", "docs/leaflets": "leaflet"}
"""Where documents that are not SOPs lie: folder → kind."""


PATHWAYS_FOLDER = "sops/pathways"
"""Where pathways lie that stand on their own."""


def expected_kind(folder: str) -> str:
    """The kind of document that belongs in ``folder``."""
    if folder.startswith(f"{PATHWAYS_FOLDER}/"):
        return "pathway"
    return "sop" if folder.startswith("sops/") else DOCUMENT_FOLDERS["/".join(PurePosixPath(folder).parts[:2])]


_RANK: dict[Audience, int] = {"public": 0, "professional": 1}


def visible(item_audience: Audience, edition_audience: Audience) -> bool:
    """Whether something of ``item_audience`` may appear in an edition for ``edition_audience``."""
    return _RANK[item_audience] <= _RANK[edition_audience]


@dataclass(frozen=True)
class Places:
    """Where each value and key of a YAML file stands: path → (line, column, length), counted from 1."""

    path: str
    values: Mapping[Path, tuple[int, int, int]] = field(default_factory=dict)
    keys: Mapping[Path, tuple[int, int, int]] = field(default_factory=dict)

    def at(self, *path: str | int) -> Location:
        """The place of a value, or of the nearest enclosing one that is known."""
        for end in range(len(path), -1, -1):
            if path[:end] in self.values:
                return Location(self.path, *self.values[path[:end]])
        return Location(self.path)

    def of_entries(self, kept: Sequence[int]) -> Places:
        """The places of a list file whose entries ``kept`` are numbered 0, 1, 2 …: those that could be read."""
        number = {old: new for new, old in enumerate(kept)}

        def renumbered(places: Mapping[Path, tuple[int, int, int]]) -> dict[Path, tuple[int, int, int]]:
            return {(number[p[0]], *p[1:]): v for p, v in places.items() if p and p[0] in number}

        return Places(self.path, {(): (1, 1, 1), **renumbered(self.values)}, renumbered(self.keys))

    def key(self, *path: str | int) -> Location:
        """The place of a key, or of the value it would belong to."""
        return Location(self.path, *self.keys[path]) if path in self.keys else self.at(*path[:-1])


@dataclass(frozen=True)
class Document:
    """A controlled document: its record and its texts by language.

    ``seals`` are its sealed revisions, oldest first. ``standing`` says how they stand on the day of an edition; None in the working library.
    ``edited_since_seal`` are the files that differ from the sealed revision of the same number.
    """

    record: Record
    texts: Mapping[str, Text]
    folder: str
    places: Places
    images: tuple[str, ...] = ()
    pathway: Pathway | None = None
    seals: Mapping[str, Seal] = field(default_factory=dict)
    standing: Standing | None = None
    edited_since_seal: tuple[str, ...] = ()

    @property
    def pathway_path(self) -> str:
        """The file of its pathway; the library's ``places`` know its lines."""
        return f"{self.folder}/pathway.yml"

    @property
    def id(self) -> str:
        """The document's id."""
        return self.record.id

    @property
    def status(self) -> str:
        """The status of its record, but ``to-come`` for an adopted revision that is not in force yet on the day of the edition."""
        coming = self.standing.upcoming if self.standing else None
        return "to-come" if coming is not None and coming.revision == self.record.revision else self.record.status

    @property
    def source_text(self) -> Text:
        """The text in the source language. The loader guarantees that it exists."""
        return self.texts[self.record.source_language]

    def text_for(self, language: str, order: tuple[str, ...]) -> Text:
        """The text in ``language``, else in the source language, else in the first of ``order`` that exists."""
        for candidate in (language, self.record.source_language, *order):
            if candidate in self.texts:
                return self.texts[candidate]
        raise KeyError(f"{self.id} has no text")

    def anchor_now(self, anchor: str) -> str | None:
        """The heading id that stands for ``anchor`` today: itself, or where ``redirects`` lead; None where nothing does."""
        return self.record.redirects.get(anchor) if anchor in self.record.redirects else anchor

    def anchors(self) -> tuple[str, ...]:
        """The section ids of the record, in order: measures and steps, articles, form sections."""
        match self.record:
            case SopRecord(measures=measures):
                return tuple(name for measure in measures for name in (measure.id, *(s.id for s in measure.steps)))
            case LawRecord(articles=articles):
                return tuple(article.anchor for article in articles)
            case FormRecord(sections=sections):
                return tuple(section.id for section in sections)
            case _:
                return tuple(h.anchor for h in self.source_text.headings if h.anchor)


@dataclass(frozen=True)
class HandPage:
    """A hand-written page: ``docs/<lang>/<path>.md`` in each language."""

    id: str
    audience: Audience
    source_language: str
    texts: Mapping[str, Text]


@dataclass(frozen=True)
class Edition:
    """A published state of the whole library."""

    id: str
    date: datetime.date


@dataclass(frozen=True)
class ChainStep:
    """A step of the chain of adoption: the status that it gives, whether it may be skipped, and who may take it."""

    status: Status
    required: bool = True
    bodies: tuple[str, ...] = ()

    def taken_by(self, approval: Approval) -> bool:
        """Whether an approval takes this step: by its ``status``, else by its body where the step names bodies."""
        if approval.status is not None:
            return approval.status == self.status
        return not self.bodies or approval.body in self.bodies


DEFAULT_CHAIN = (
    ChainStep("commission-adopted"),
    ChainStep("government-adopted"),
    ChainStep("in-force", required=False),
)
"""The chain of North Macedonia's procedures (facts D5: S57, S59, S60, S63), for a library that names none."""


@dataclass(frozen=True)
class Settings:
    """What ``mkdocs.yml`` says about the library. ``languages`` are the working languages, the default one first."""

    languages: tuple[str, ...]
    language_names: Mapping[str, str]
    names: Mapping[str, str]
    audience: Audience
    edition: Edition
    site_dir: str = "site"
    site_url: str = ""
    chain: tuple[ChainStep, ...] = DEFAULT_CHAIN

    def is_adopted(self, status: Status) -> bool:
        """Whether a status has reached the last required step of the chain; a withdrawal has, by what its approvals say."""
        order = [step.status for step in self.chain]
        needed = max((index for index, step in enumerate(self.chain) if step.required), default=0)
        return status == "withdrawn" or (status in order and order.index(status) >= needed)

    def missing_steps(self, status: Status, approvals: Sequence[Approval]) -> tuple[Status, ...]:
        """Required steps up to ``status`` that no approval takes. A withdrawal needs all of them."""
        order = [step.status for step in self.chain]
        last = len(order) - 1 if status == "withdrawn" else order.index(status) if status in order else -1
        due = [step for step in self.chain[: last + 1] if step.required]
        free = list(approvals)
        missing: list[Status] = []
        for step in due:
            taken = next((approval for approval in free if step.taken_by(approval)), None)
            if taken is None:
                missing.append(step.status)
            else:
                free.remove(taken)
        return tuple(missing)


@dataclass(frozen=True)
class Library:
    """Everything the sources say. Entries keep their order; ``places`` gives each file's positions."""

    settings: Settings
    documents: Mapping[str, Document]
    pages: Mapping[str, HandPage]
    terms: Mapping[str, Term]
    thesaurus: Mapping[str, Concept]
    roles: Mapping[str, Role]
    institutions: Mapping[str, Institution]
    limits: Mapping[str, Limit]
    safeguards: Mapping[str, Safeguard]
    indicator_groups: Mapping[str, IndicatorGroup]
    families: Mapping[str, Family]
    sources: Mapping[str, SourceEntry]
    home: Home | None
    handbooks: Mapping[str, HandbookRecord]
    places: Mapping[str, Places]
    archive: tuple[Archived, ...] = ()
    """Revisions that an edition gives a page of their own; none in the working library."""
    unreadable: frozenset[str] = frozenset()
    """Registers whose file could not be read at all; names in them are not reported as unknown."""
    broken: frozenset[str] = frozenset()
    """Ids of entries that exist but could not be read; a reference to one is not reported a second time."""

    @property
    def contacts(self) -> dict[str, tuple[Institution, Contact]]:
        """Contacts of all institutions by id."""
        return {c.id: (body, c) for body in self.institutions.values() for c in body.contacts}

    @property
    def indicators(self) -> dict[str, Indicator]:
        """All indicators by id."""
        return {item.id: item for group in self.indicator_groups.values() for item in group.indicators}

    def of_kind(self, kind: str) -> tuple[Document, ...]:
        """Documents of one kind, by id."""
        return tuple(d for _, d in sorted(self.documents.items()) if d.record.kind == kind)

    def pathways(self) -> tuple[Document, ...]:
        """Documents that have a pathway, by id."""
        return tuple(d for _, d in sorted(self.documents.items()) if d.pathway is not None)

    def steps(self) -> Iterator[tuple[Document, Measure, Step]]:
        """Every step of every SOP, in order."""
        for document in self.of_kind("sop"):
            if isinstance(document.record, SopRecord):
                for measure in document.record.measures:
                    for step in measure.steps:
                        yield document, measure, step

    def texts(self) -> Iterator[Text]:
        """Every text of every document and hand-written page."""
        for document in self.documents.values():
            yield from document.texts.values()
        for page in self.pages.values():
            yield from page.texts.values()
