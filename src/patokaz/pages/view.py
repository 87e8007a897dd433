"""A view: the library for one audience and one language, with addresses and words resolved."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from patokaz.model.base import Audience
from patokaz.model.glossary import Concept, Contact, IndicatorGroup, Institution, Limit, Role, SourceEntry, Term
from patokaz.model.library import Document, HandPage, Library, visible
from patokaz.model.participants import for_participants
from patokaz.model.records import AT_ONCE, Article, LawRecord, Measure, ModuleRecord, SopRecord, Step
from patokaz.model.revisions import RevisionRef, revision_number
from patokaz.pages.addresses import FOLDERS, TRAINER, relative, revision_path
from patokaz.pages.wording import Wording, best, wording
from patokaz.pathways.resolve import Resolved, resolve
from patokaz.revisions.basis import Behind, behind


@dataclass(frozen=True, eq=False)
class Rooted:
    """A step with its place: ``2.1`` of SOP-02."""

    document: Document
    measure: Measure
    step: Step
    number: str

    @property
    def anchor(self) -> str:
        """The heading id."""
        return self.step.id


@dataclass(frozen=True)
class View:
    """What an edition for ``audience`` may show, in ``language``. Filters once; every page asks it, never the library.

    ``at`` gives documents that stand at another path than their own: a revision that is not in force. ``within`` is the
    working language among whose pages a page in another language stands, as a leaflet in Arabic does.
    ``paper`` is the room of a printed drawing in millimetres where it is not that of A4; ``for_print``: nobody sees it on a screen.
    """

    library: Library
    audience: Audience
    language: str
    at: Mapping[str, str] = field(default_factory=dict)
    within: str = ""
    paper: tuple[float, float] | None = None
    for_print: bool = False
    words: Wording = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "words", wording(self.language))

    def __hash__(self) -> int:
        return hash((id(self.library), self.audience, self.language))

    def __eq__(self, other: object) -> bool:
        return self is other

    # What is visible

    def _visible(self, entries: Mapping[str, object]) -> dict[str, object]:
        return {key: entry for key, entry in entries.items() if visible(entry.audience, self.audience)}  # type: ignore[attr-defined]

    @functools.cached_property
    def documents(self) -> dict[str, Document]:
        """Documents by id, in the order of ids; to the public, of a module what its participants may read."""
        shown = {k: d for k, d in sorted(self.library.documents.items()) if visible(d.record.audience, self.audience)}
        return shown if self.audience == "professional" else {k: for_participants(d) for k, d in shown.items()}

    @functools.cached_property
    def hand_pages(self) -> dict[str, HandPage]:
        """Hand-written pages by id."""
        return {k: p for k, p in self.library.pages.items() if visible(p.audience, self.audience)}

    @functools.cached_property
    def terms(self) -> dict[str, Term]:
        """Terms, sorted by their form in this language."""
        shown: dict[str, Term] = self._visible(self.library.terms)  # type: ignore[assignment]
        return dict(sorted(shown.items(), key=lambda item: self.words.alphabet.key(self.term_form(item[1]))))

    @functools.cached_property
    def thesaurus(self) -> dict[str, Concept]:
        """Everyday concepts in the order of the file."""
        return self._visible(self.library.thesaurus)  # type: ignore[return-value]

    @functools.cached_property
    def roles(self) -> dict[str, Role]:
        """Roles in the order of the file."""
        return self._visible(self.library.roles)  # type: ignore[return-value]

    @functools.cached_property
    def institutions(self) -> dict[str, Institution]:
        """Institutions in the order of the file."""
        return self._visible(self.library.institutions)  # type: ignore[return-value]

    @functools.cached_property
    def contacts(self) -> dict[str, tuple[Institution, Contact]]:
        """Contacts of visible institutions."""
        return {
            k: (b, c)
            for k, (b, c) in self.library.contacts.items()
            if b.id in self.institutions and visible(c.audience, self.audience)
        }

    @functools.cached_property
    def limits(self) -> dict[str, Limit]:
        """Time limits in the order of the file."""
        return self._visible(self.library.limits)  # type: ignore[return-value]

    @functools.cached_property
    def indicator_groups(self) -> dict[str, IndicatorGroup]:
        """Indicator groups in the order of the file."""
        return self._visible(self.library.indicator_groups)  # type: ignore[return-value]

    @functools.cached_property
    def indicators(self) -> frozenset[str]:
        """Ids of the indicators in visible groups."""
        return frozenset(item.id for group in self.indicator_groups.values() for item in group.indicators)

    @functools.cached_property
    def cited(self) -> dict[str, SourceEntry]:
        """Sources that something visible cites, in numerical order."""
        used: set[str] = set()
        for document in self.documents.values():
            used |= set(document.record.sources)
            if isinstance(document.record, LawRecord):
                used |= {s for article in document.record.articles for s in article.sources}
            if isinstance(document.record, SopRecord):
                used |= {s for measure in document.record.measures for step in measure.steps for s in step.sources}
        used |= {source for nodes in self.pathways.values() for node in nodes for source in node.sources}
        texts = [t for d in self.documents.values() for t in d.texts.values()]
        texts += [t for p in self.hand_pages.values() for t in p.texts.values()]
        used |= {r.target for t in texts for r in t.references if r.scheme in ("source", "unverified") and r.target}
        for term in self.terms.values():
            used |= {*term.sources, *(s for forms in term.forms.values() for s in forms.sources)}
        for role in self.roles.values():
            used |= set(role.sources)
        for body in self.institutions.values():
            used |= {*body.sources, *(c.source for c in body.contacts if c.id in self.contacts)}
        used |= {limit.source for limit in self.limits.values()}
        for group in self.indicator_groups.values():
            used |= {*group.sources, *(s for item in group.indicators for s in item.sources)}
        entries = self.library.sources
        return {k: entries[k] for k in sorted(used & set(entries), key=lambda name: int(name[1:]))}

    @functools.cached_property
    def steps(self) -> tuple[Rooted, ...]:
        """Every visible step with its number, in order of documents."""
        return tuple(
            Rooted(document, measure, step, f"{m}.{s}")
            for document in self.documents.values()
            if isinstance(document.record, SopRecord)
            for m, measure in enumerate(document.record.measures, 1)
            for s, step in enumerate(measure.steps, 1)
        )

    @functools.cached_property
    def pathways(self) -> dict[str, tuple[Resolved, ...]]:
        """The nodes of every visible pathway, by the id of its document."""
        return {d.id: resolve(self.library, d) for d in self.documents.values() if d.pathway is not None}

    @functools.cached_property
    def steps_by_document(self) -> dict[str, tuple[Rooted, ...]]:
        """The steps of each SOP."""
        found: dict[str, list[Rooted]] = {}
        for rooted in self.steps:
            found.setdefault(rooted.document.id, []).append(rooted)
        return {name: tuple(steps) for name, steps in found.items()}

    @functools.cached_property
    def steps_by_article(self) -> dict[str, tuple[Rooted, ...]]:
        """Steps that rest on ``instrument/article``."""
        found: dict[str, list[Rooted]] = {}
        for rooted in self.steps:
            for name in rooted.step.basis:
                found.setdefault(name, []).append(rooted)
        return {name: tuple(steps) for name, steps in found.items()}

    @functools.cached_property
    def steps_by_form(self) -> dict[str, tuple[Rooted, ...]]:
        """Steps that use a form."""
        found: dict[str, list[Rooted]] = {}
        for rooted in self.steps:
            for name in rooted.step.forms:
                found.setdefault(name, []).append(rooted)
        return {name: tuple(steps) for name, steps in found.items()}

    @functools.cached_property
    def steps_by_limit(self) -> dict[str, tuple[Rooted, ...]]:
        """Steps that name a time limit."""
        found: dict[str, list[Rooted]] = {}
        for rooted in self.steps:
            if rooted.step.limit:
                found.setdefault(rooted.step.limit, []).append(rooted)
        return {name: tuple(steps) for name, steps in found.items()}

    @functools.cached_property
    def behind(self) -> dict[str, tuple[Behind, ...]]:
        """What leans on a visible document that has moved on, by the id of what leans."""
        found: dict[str, list[Behind]] = {}
        for item in behind(self.library, self._day):
            if RevisionRef.parse(item.basis).document in self.documents:
                found.setdefault(item.dependant, []).append(item)
        return {name: tuple(items) for name, items in found.items()}

    @property
    def _day(self) -> datetime.date:
        """The day of the edition, as its standings have it; for a working library the day of its number."""
        days = (document.standing.day for document in self.library.documents.values() if document.standing)
        return next(days, self.library.settings.edition.date)

    # Words

    @property
    def order(self) -> tuple[str, ...]:
        """The order in which other languages stand in for a missing one."""
        return self.library.settings.languages

    def say(self, words: Mapping[str, str] | None) -> Markup:
        """The words in this language; in another one marked with its ``lang``."""
        if not words:
            return Markup("")
        text, language = best(words, self.language, self.order)
        if language == self.language:
            return escape(text)
        return Markup('<span lang="{}">{}</span>').format(language, text)

    def plain(self, words: Mapping[str, str]) -> str:
        """The words without markup, for titles and attributes."""
        return best(words, self.language, self.order)[0]

    def term_form(self, term: Term) -> str:
        """The preferred form in this language, or in the first that has one."""
        return best({language: forms.preferred for language, forms in term.forms.items()}, self.language, self.order)[0]

    def title(self, name: str) -> str:
        """The title of a document or hand-written page in this language or the best other one."""
        if name in self.documents:
            return self.documents[name].text_for(self.language, self.order).front.title
        page = self.hand_pages[name]
        return page.texts.get(self.language, page.texts[page.source_language]).front.title

    def node_label(self, node: Resolved) -> Markup:
        """The label of a pathway's node; marked with its language where it is another one."""
        return self.say(node.words)

    def answer_word(self, name: str) -> str:
        """The word of an answer: the preferred form of its term."""
        return self.term_form(self.library.terms[name])

    def heading(self, document: Document, anchor: str) -> str:
        """The words of a section's heading; those of the original where a translation that is behind has none."""
        texts = (document.text_for(self.language, self.order), document.source_text)
        return next((h.words for text in texts for h in text.headings if h.anchor == anchor), anchor)

    def designation(self, law: Document) -> str:
        """How lawyers cite the instrument of a law document."""
        assert isinstance(law.record, LawRecord)
        designation = law.record.instrument.designation
        return designation if isinstance(designation, str) else self.plain(designation)

    def article_name(self, law: Document, article: Article) -> str:
        """``Article 10`` or the heading where no number is known."""
        if article.number is None:
            return self.heading(law, article.anchor)
        return self.words["article"].format(number=article.number)

    # Addresses, relative to the language folder, without suffix

    def path_of(self, name: str) -> str:
        """The page of a document or hand-written page."""
        if name in self.at:
            return self.at[name]
        if name in self.documents:
            return self.own_path(self.documents[name])
        return name

    def own_path(self, document: Document) -> str:
        """The page of a document as it is in force, whatever :attr:`at` says."""
        return f"{FOLDERS[document.record.kind]}/{document.id.lower()}"

    def addresses(self, document: Document) -> dict[str, str]:
        """The pages of a document's single revisions that this edition has, by revision."""
        return self._archive.get(document.id, {})

    def changed(self, document: Document) -> dict[str, str]:
        """The pages that tell what a revision changed, for each revision that has an earlier one, by revision."""
        numbers = sorted({*self.addresses(document), document.record.revision}, key=revision_number)
        return {number: f"changes/{document.id.lower()}/{number}" for number in numbers[1:]}

    def draft_link(self, here: str, document: Document) -> Markup:
        """A link to the revision that is being written beside the one in force."""
        assert document.standing is not None, "only an edition has standings"
        working = document.standing.working
        return Markup('<a href="{}">{}</a>').format(self.href(here, self.addresses(document)[working]), working)

    @functools.cached_property
    def _archive(self) -> dict[str, dict[str, str]]:
        found: dict[str, dict[str, str]] = {}
        for archived in self.library.archive:
            name = archived.document.id
            # The public sees no drafts, and nothing of what is for professionals now.
            shown = self.audience == "professional" or (archived.seal is not None and archived.seal.adopted)
            if shown and name in self.documents and visible(archived.document.record.audience, self.audience):
                found.setdefault(name, {})[archived.revision] = revision_path(name, archived.revision)
        return found

    def step_of(self, node: Resolved) -> Rooted | None:
        """The step that a pathway's node names, where this edition shows its document."""
        if node.named is None:
            return None
        steps = self.steps_by_document.get(node.named.document.id, ())
        return next((rooted for rooted in steps if rooted.number == node.named.number), None)

    @property
    def folder(self) -> str:
        """The working language among whose pages those of this view stand."""
        return self.within or self.language

    def trainer_path(self, document: Document) -> str | None:
        """The page of a module for its trainers; None where this edition has none, or the document is no module."""
        is_shown = self.audience == "professional" and isinstance(document.record, ModuleRecord)
        return f"{self.path_of(document.id)}{TRAINER}" if is_shown else None

    def pathway_path(self, name: str) -> str:
        """The page of the pathway of document ``name``: its own, also where the pathway belongs to an SOP."""
        return f"pathways/{name.lower()}"

    def guide_path(self, name: str) -> str:
        """The step-by-step guide of the pathway of document ``name``."""
        return f"guide/{name.lower()}"

    def href(self, here: str, there: str) -> str:
        """The relative link from page ``here`` to ``there`` (``path`` or ``path#anchor``)."""
        path, hash_sign, anchor = there.partition("#")
        if path == here and anchor:
            return f"#{anchor}"
        return f"{relative(here, path)}.html{hash_sign}{anchor}"

    def target(self, scheme: str, target: str) -> str | None:
        """The page (with anchor) that a reference leads to; None if this edition does not show it."""
        name, _, anchor = target.partition("#")
        match scheme:
            case "doc" if name in self.documents or name in self.hand_pages:
                if anchor and name in self.documents:
                    anchor = self.documents[name].anchor_now(anchor) or ""
                    record = self.documents[name].record
                    if isinstance(record, ModuleRecord) and anchor in record.trainer_only:
                        trainer = self.trainer_path(self.documents[name])
                        return f"{trainer}#{anchor}" if trainer else None
                return self.path_of(name) + (f"#{anchor}" if anchor else "")
            case "law":
                law, _, article = target.partition("/")
                return f"{self.path_of(law)}#art-{article}" if law in self.documents else None
            case "role" if target in self.roles:
                return f"roles/{target}"
            case "term" if target in self.terms:
                return f"glossary/terms#{target}"
            case "limit" if target in self.limits:
                return f"glossary/limits#{target}"
            case "institution" if target in self.institutions:
                return f"glossary/institutions#{target}"
            case "contact" if target in self.contacts:
                return f"glossary/institutions#{target}"
            case "source" if target in self.cited:
                return f"glossary/sources#{target.lower()}"
            case "indicator" if target in self.indicator_groups or target in self.indicators:
                return f"glossary/indicators#{target}"
            case _:
                return None

    def link(self, here: str, scheme: str, target: str, words: str | Markup) -> Markup:
        """A link as HTML; bare words where this edition does not show the target."""
        there = self.target(scheme, target)
        if there is None:
            return escape(words)
        # Addresses are made of ids and cannot need escaping; Markup.format would cost four times as much.
        return Markup(f'<a href="{self.href(here, there)}">{escape(words)}</a>')  # noqa: S704

    def limit_words(self, name: str | None) -> str:
        """What a step's limit says: ``at once``, ``at most 7 days``."""
        if name == AT_ONCE:
            return self.words["at_once"]
        if name is None or name not in self.limits:
            return self.words["no_limit"]
        return self.words.limit(self.limits[name])

    def phone(self, name: str) -> str:
        """The numbers of a contact, or what it is when it has none."""
        _, contact = self.contacts[name]
        return ", ".join(contact.phone) or self.plain(contact.what)
