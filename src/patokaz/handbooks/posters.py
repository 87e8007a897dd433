"""Posters: the phases of a pathway on A3, one sheet each, to hang side by side."""

from __future__ import annotations

from dataclasses import dataclass

from patokaz.handbooks import marks
from patokaz.handbooks.composed import Composed, print_templates, standing
from patokaz.model.library import Document
from patokaz.pages import Compiled
from patokaz.pages.drawings import Figure, figures
from patokaz.pages.notices import document_notices, label_notices
from patokaz.pages.view import View

_UPRIGHT = (271.0, 338.0)
_ACROSS = (394.0, 215.0)
"""Width and height in millimetres that a chart may take on A3, between the heads and feet of poster.html.j2. The code stands beside
the title and takes nothing of them."""


@dataclass(frozen=True)
class _Sheet:
    title: str
    page: str
    html: str


def compose_poster(document: Document, compiled: Compiled, language: str) -> Composed:
    """The poster of a document's pathway in one language; each phase lies as its words come out largest."""
    view = View(compiled.library, compiled.audience, language)
    text = document.text_for(language, view.order)
    here = view.pathway_path(document.id)
    page = compiled.pages[language, here]
    word = marks.mark(page, view)
    notices = [*document_notices(document, text, view, here), *label_notices(document, view, here)]
    html = (
        print_templates()
        .get_template("poster.html.j2")
        .render(
            **standing(view),
            title=text.front.title,
            running=marks.designation(document, view.words),
            until=marks.until([document], view),
            qr=marks.code(page, compiled, view),
            watermarks={name: marks.watermark(word, view, across=name == "across") for name in ("upright", "across")},
            notices=[notice.words for notice in notices],
            sheets=[_sheet(figure) for figure in figures(document, view, here)],
        )
    )
    return Composed("posters", document.id.lower(), language, html, {})


def posters_of(compiled: Compiled) -> tuple[Document, ...]:
    """Documents whose pathway an edition shows."""
    view = View(compiled.library, compiled.audience, compiled.languages[0])
    return tuple(view.documents[name] for name in view.pathways)


def _sheet(figure: Figure) -> _Sheet:
    upright, across = figure.on_wall(*_UPRIGHT), figure.on_wall(*_ACROSS)
    page, html = ("upright", upright[0]) if upright[1] >= across[1] else ("across", across[0])
    return _Sheet(figure.title, page, html)
