"""What an edition prints: every product in every language, composed and ready for the press."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from patokaz.findings import KbError
from patokaz.handbooks.cards import card_set, compose_cards
from patokaz.handbooks.chapters import Binder
from patokaz.handbooks.compose import compose, compose_document
from patokaz.handbooks.form_sheet import compose_form
from patokaz.handbooks.formats import BOOKLET, FORMATS, PAGES, Format
from patokaz.handbooks.leaflets import compose_leaflet, leaflet_languages
from patokaz.handbooks.parts import Book
from patokaz.handbooks.posters import compose_poster, posters_of
from patokaz.handbooks.select import handbooks_of
from patokaz.handbooks.sheets import Sheet, Single
from patokaz.handbooks.training_sheets import SHEETS, compose_sheet
from patokaz.model.library import Document
from patokaz.model.records import FormRecord, LeafletRecord, ModuleRecord
from patokaz.pages import Compiled
from patokaz.pages.prints import Group, Listing, selection_notices


@dataclass(frozen=True)
class Product:
    """One PDF to make: what a list says of it, and its composed content."""

    what: Listing
    content: Book | Single


def sheets_of(content: Book | Single) -> tuple[Sheet, ...]:
    """What is rendered alone of a product: the parts of a book, else the sheet itself."""
    return content.parts if isinstance(content, Book) else (content,)


@dataclass(frozen=True)
class Edition:
    """An edition as it is printed on a day; ``compiled`` by the name of the format for whose room its drawings were made."""

    compiled: Mapping[str, Compiled]
    today: datetime.date
    _binders: dict[tuple[str, str], Binder] = field(default_factory=dict)

    @cached_property
    def pages(self) -> Compiled:
        """As it is on A4."""
        return self.compiled[PAGES.name]

    def binder(self, language: str, form: Format = PAGES) -> Binder:
        """What binds the books of a language in a format; always the same one, so that each chapter is composed once."""
        if (language, form.name) not in self._binders:
            self._binders[language, form.name] = Binder(self.compiled[form.name], language, form)
        return self._binders[language, form.name]

    def products(self, languages: Collection[str]) -> Iterator[Product]:
        """All products in ``languages``, and leaflets in those that are no working languages."""
        for language in (name for name in self.pages.languages if name in languages):
            yield from _InLanguage(self, language).products()
        yield from self._other_leaflets()

    def _other_leaflets(self) -> Iterator[Product]:
        first = self.binder(self.pages.languages[0])
        for document in _leaflets(first):
            for language in leaflet_languages(document, self.pages):
                if language not in self.pages.languages:
                    yield _leaflet(document, language, self.pages)


class _InLanguage:
    def __init__(self, edition: Edition, language: str) -> None:
        self.edition, self.language = edition, language
        self.binder = edition.binder(language)
        self.view = self.binder.view

    def products(self) -> Iterator[Product]:
        yield from self._handbooks()
        for document in self.view.documents.values():
            match document.record:
                case FormRecord():
                    yield from self._forms(document)
                case LeafletRecord() | ModuleRecord():
                    pass
                case _:
                    book = compose_document(document, self.binder)
                    yield self._of(document, "documents", "", "A4", self.view.path_of(document.id), book)
        for document in posters_of(self.edition.pages):
            poster = compose_poster(document, self.edition.pages, self.language)
            yield self._of(document, "posters", "", "A3", self.view.pathway_path(document.id), poster)
        yield from self._cards()
        for document in _leaflets(self.binder):
            if self.language in leaflet_languages(document, self.edition.pages):
                yield _leaflet(document, self.language, self.edition.pages)
        for document in self.view.documents.values():
            if isinstance(document.record, ModuleRecord):
                yield from self._training(document)

    def _handbooks(self) -> Iterator[Product]:
        for record in handbooks_of(self.edition.pages):
            for name in self.edition.compiled:
                binder = self.edition.binder(self.language, FORMATS[name])
                book = compose(record, binder)
                if book is not None:
                    paper = "A4 → A5" if name == BOOKLET.name else "A4"
                    title = binder.title(record.title)
                    behind = selection_notices(record.id, self.view)
                    what = Listing("handbooks", title, f"print_{name}", paper, "", self.language, notices=behind)
                    yield Product(what, book)

    def _forms(self, document: Document) -> Iterator[Product]:
        for form, fillable in (("print_fillable", True), ("print_flat", False)):
            sheet = compose_form(document, self.view, self.edition.today, fillable=fillable)
            paper = getattr(document.record, "paper", "A4")
            yield self._of(document, "forms", form, paper, self.view.path_of(document.id), sheet)

    def _cards(self) -> Iterator[Product]:
        try:
            chosen = card_set(self.edition.pages)
        except KbError:
            # A library that does not say what the cards are made of has none.
            return
        sheet = compose_cards(chosen, self.edition.pages, self.language)
        title = self.view.words["print_group_cards"]
        yield Product(Listing("cards", title, "print_cut", "A3 → A6", "", self.language), sheet)

    def _training(self, document: Document) -> Iterator[Product]:
        for name, kind in SHEETS.items():
            try:
                book = compose_sheet(document, name, self.binder)
            except KbError:
                # A module without a quiz has no sheet of it, an edition for the public none for trainers.
                continue
            yield self._of(document, "training", kind.words, "A4", "", book)

    def _of(
        self, document: Document, group: Group, form: str, paper: str, page: str, content: Book | Single
    ) -> Product:
        title = self.view.title(document.id)
        if document.record.kind in ("sop", "form", "module"):
            # Their ids are what officers call them by.
            title = f"{document.id} {title}"
        return Product(Listing(group, title, form, paper, document.id, self.language, page), content)


def _leaflets(binder: Binder) -> list[Document]:
    return [document for document in binder.view.documents.values() if isinstance(document.record, LeafletRecord)]


def _leaflet(document: Document, language: str, compiled: Compiled) -> Product:
    title = document.text_for(language, compiled.languages).front.title
    sheet = compose_leaflet(document, compiled, language)
    return Product(Listing("leaflets", title, "print_folded", "A4", document.id, language), sheet)
