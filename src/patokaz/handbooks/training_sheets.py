"""What a trainer prints for a course: handouts, quiz sheets, an attendance sheet, a blank certificate.

Handouts and the quiz come from the compiled pages: what is for participants is cut out of their own page, in which nothing that
is for the trainer ever was (:mod:`patokaz.model.participants`). Lists and certificates are blank forms of the engine.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html import escape
from typing import NamedTuple

from patokaz.findings import KbError
from patokaz.handbooks import marks
from patokaz.handbooks.chapters import Binder
from patokaz.handbooks.compose import compose_alone, compose_plain
from patokaz.handbooks.parts import Book
from patokaz.handbooks.places import Places
from patokaz.model.library import Document
from patokaz.model.records import ModuleRecord
from patokaz.pages import Page
from patokaz.pages.notices import document_notices

ROWS = 25
"""Rows of an attendance sheet: as many as a page of A4 holds at a height that people can sign in."""

_QUIZ = re.compile(r'(?s)(<h2[^>]* id="quiz".*?</h2>)(.*?)(?=<h2[ >]|\Z)')
"""The section of the quiz in a compiled page: rule KB310 sees to its id and level."""


def compose_sheet(document: Document, sheet: str, binder: Binder) -> Book:
    """One of :data:`SHEETS` for a module; raises :class:`KbError` where this edition or this module has none."""
    return SHEETS[sheet].compose(document, f"{document.id.lower()}-{sheet}", binder)


def _participant(document: Document, name: str, binder: Binder) -> Book:
    page = _page(document, binder)
    edition = binder.words["participants_edition"]
    parts = binder.handout(page, edition)
    return compose_alone("training", name, f"{page.title} · {edition}", document, page, parts, binder)


def _trainer(document: Document, name: str, binder: Binder) -> Book:
    path = binder.view.trainer_path(document)
    page = binder.page(path) if path else None
    if page is None:
        raise KbError(
            f"an edition for the public has no trainer’s sheet of `{document.id}`; add --audience professional"
        )
    parts = binder.handout(page, binder.words["trainer_edition"])
    return compose_alone("training", name, page.title, document, page, parts, binder)


def _quiz(document: Document, name: str, binder: Binder) -> Book:
    page, words = _page(document, binder), binder.words
    found = _QUIZ.search(page.printed)
    if found is None:
        raise KbError(f"the module `{document.id}` has no quiz")
    heading, questions = found.groups()
    line = f'<p class="until" lang="{binder.language}" dir="{words.direction}">{{}}</p>'
    body = heading + line.format(escape(words["sheet_anonymous"])) + questions
    if "<a " in questions:
        body += line.format(escape(words["not_in_print"]))
    part, *sources = binder.handout(replace(page, panel="", printed=body), words["sheet_quiz"])
    part = replace(part, title=f"{page.title} · {words['sheet_quiz']}")
    return compose_plain("training", name, [part, *sources], binder)


def _attendance(document: Document, name: str, binder: Binder) -> Book:
    return _blank("attendance.html.j2", document, name, "sheet_attendance", binder, rows=ROWS)


def _certificate(document: Document, name: str, binder: Binder) -> Book:
    assert isinstance(document.record, ModuleRecord)
    length = binder.words.minutes(document.record.minutes)
    return _blank("certificate.html.j2", document, name, "sheet_certificate", binder, across=True, length=length)


def _blank(
    template: str, document: Document, name: str, title: str, binder: Binder, *, across: bool = False, **context: object
) -> Book:
    """A form of one part, which says which revision of which module it belongs to and until when it may be filled in.

    ``across``: the template lays it out in landscape.
    """
    page, words, record = _page(document, binder), binder.words, document.record
    text = document.text_for(binder.language, binder.view.order)
    until = words["sheet_until"].format(date=words.date(record.review_due))
    part = binder.part(
        template,
        name,
        "document",
        f"{words[title]} · {page.title}",
        Places(),
        "",
        heading=words[title],
        page=page,
        module=document.id,
        status=words[f"status_{document.status}"],
        revision=record.revision,
        running=[*marks.designation(document, words), words[title], until],
        qr=marks.code(page, binder.compiled, binder.view),
        page_of=re.split(r"\{n\}|\{total\}", words["page_of"]),
        notices=[notice.words for notice in document_notices(document, text, binder.view, page.path)],
        watermark=marks.watermark(marks.mark(page, binder.view), binder.view, across=across),
        **context,
    )
    return compose_plain("training", name, [part], binder)


def _page(document: Document, binder: Binder) -> Page:
    """The page for participants."""
    return binder.compiled.pages[binder.language, binder.view.path_of(document.id)]


class Kind(NamedTuple):
    """A kind of sheet: the key of the word that says what it is, and how it is composed."""

    words: str
    compose: Callable[[Document, str, Binder], Book]


SHEETS = {
    "participant": Kind("participants_edition", _participant),
    "trainer": Kind("trainer_edition", _trainer),
    "quiz": Kind("sheet_quiz", _quiz),
    "attendance": Kind("sheet_attendance", _attendance),
    "certificate": Kind("sheet_certificate", _certificate),
}
"""What can be printed for a module."""
