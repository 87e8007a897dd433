"""For translators: how every text stands in every language, and what is behind beside its original. In professional editions only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from patokaz.model.library import Document
from patokaz.model.pathway import LabelStamp
from patokaz.model.texts import Text, TranslationNote
from patokaz.pages.addresses import FOLDERS
from patokaz.pages.behind import behind, labels_behind, translation_path
from patokaz.pages.generated import generated
from patokaz.pages.page import Page
from patokaz.pages.render import render
from patokaz.pages.view import View
from patokaz.translations import Freshness, freshness, label_freshness

PATH = "coverage"


@dataclass(frozen=True)
class Holder:
    """Something that is translated: a document or a hand-written page, with its original and its texts."""

    path: str
    section: str
    title: str
    source: Text
    texts: dict[str, Text]
    document: Document | None = None

    def is_behind(self, language: str) -> bool:
        """Whether its text, or a label of its pathway, is behind."""
        text = self.texts.get(language)
        if text is not None and freshness(text, self.source) is Freshness.BEHIND:
            return True
        return self.document is not None and bool(labels_behind(self.document, language))


@dataclass(frozen=True)
class Cell:
    """A text in one language: its state, in words too; who reviewed it and when. ``href`` leads to what is behind."""

    state: Freshness
    words: str
    note: TranslationNote | LabelStamp | None = None
    href: str = ""
    date: str = ""


def holders(view: View) -> Iterator[Holder]:
    """Everything that is translated, documents first."""
    for document in view.documents.values():
        section = FOLDERS[document.record.kind]
        title = view.title(document.id)
        path = view.path_of(document.id)
        yield Holder(path, section, title, document.source_text, dict(document.texts), document)
    for page in view.hand_pages.values():
        section = "home" if page.id == "index" else page.id
        yield Holder(page.id, section, view.title(page.id), page.texts[page.source_language], dict(page.texts))


def coverage_pages(view: View) -> Iterator[Page]:
    """The matrix of documents and languages, and a page for each document that is behind in any of them."""
    if view.audience != "professional":
        return
    listed = list(holders(view))
    for holder in listed:
        # In each language, so that a translator can change over; where nothing is behind the page says so.
        if any(holder.is_behind(language) for language in view.order):
            yield _translation(holder, view)
    yield _coverage(listed, view)


def _translation(holder: Holder, view: View) -> Page:
    here = translation_path(holder.path)
    text = holder.texts.get(view.language)
    body = render(
        "translation.html.j2",
        view,
        here,
        shown=holder.path,
        title=holder.title,
        passages=behind(text, holder.source) if text is not None else (),
        labels=labels_behind(holder.document, view.language) if holder.document else (),
        original=holder.source.language,
    )
    title = view.words["translation_of"].format(title=holder.title)
    return generated(view, here, holder.section, title, str(body), kind="translation")


def _coverage(listed: list[Holder], view: View) -> Page:
    rows: list[tuple[Holder, bool, list[Cell]]] = []
    for holder in listed:
        rows.append((holder, False, [_cell(holder, language, view) for language in view.order]))
        if holder.document is not None and holder.document.pathway is not None:
            rows.append((holder, True, [_label_cell(holder, language, view) for language in view.order]))
    counts = [
        view.words["coverage_count"].format(
            count=sum(cells[index].state in (Freshness.CURRENT, Freshness.ORIGINAL) for _, _, cells in rows),
            all=len(rows),
        )
        for index in range(len(view.order))
    ]
    names = [view.library.settings.language_names.get(language, language) for language in view.order]
    heads = list(zip(view.order, names, strict=True))
    body = render("coverage.html.j2", view, PATH, rows=rows, counts=counts, heads=heads)
    return generated(view, PATH, "coverage", view.words.section("coverage"), str(body))


def _cell(holder: Holder, language: str, view: View) -> Cell:
    text = holder.texts.get(language)
    if text is None:
        return Cell(Freshness.MISSING, view.words["coverage_missing"])
    state = freshness(text, holder.source)
    note = text.front.translation if state is not Freshness.ORIGINAL else None
    date = view.words.date(note.date) if note and note.date else ""
    return Cell(
        state, _words(state, len(behind(text, holder.source)), view), note, _href(holder, state, language, view), date
    )


def _label_cell(holder: Holder, language: str, view: View) -> Cell:
    document = holder.document
    assert document is not None
    assert document.pathway is not None
    state = label_freshness(document.pathway, document.record.source_language, language)
    words = _words(state, len(labels_behind(document, language)), view)
    return Cell(state, words, document.pathway.translations.get(language), _href(holder, state, language, view))


def _words(state: Freshness, count: int, view: View) -> str:
    return view.words[f"coverage_{state.value}"].format(count=count)


def _href(holder: Holder, state: Freshness, language: str, view: View) -> str:
    """To the translators' page in that language."""
    if state is not Freshness.BEHIND:
        return ""
    up = "" if view.language == view.order[0] else "../"
    folder = "" if language == view.order[0] else f"{language}/"
    return f"{up}{folder}{translation_path(holder.path)}.html"
