"""Page templates: one Jinja environment, escaping on, undefined names are errors."""

from __future__ import annotations

import functools
from typing import Any

import jinja2
from markupsafe import Markup, escape

from patokaz.model.base import Person
from patokaz.model.records import LawRecord
from patokaz.pages.references import source_marks
from patokaz.pages.view import View


@functools.cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("patokaz", "resources/pages"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
    )
    environment.globals["basis_links"] = basis_links
    return environment


def render(template: str, view: View, here: str, **context: Any) -> Markup:
    """Fill a template of ``resources/pages`` for the page ``here``."""

    def person_words(persons: tuple[Person, ...]) -> str:
        return ", ".join(view.words[f"person_{person}"] for person in persons)

    def marks(names: tuple[str, ...] | list[str]) -> Markup:
        return source_marks(names, view, here)

    text = (
        _environment()
        .get_template(template)
        .render(v=view, w=view.words.file.words, here=here, person_words=person_words, source_marks=marks, **context)
    )
    # Empty lines would end an HTML block for Markdown; inside a template they carry no meaning.
    return Markup(text)  # noqa: S704 - rendered with autoescape


def block(html: str) -> str:
    """HTML as one Markdown block: no empty lines inside, one before and after."""
    lines = [line for line in html.split("\n") if line.strip()]
    return "\n" + "\n".join(lines) + "\n"


def basis_links(view: View, here: str, names: tuple[str, ...]) -> Markup:
    """Links to legal articles: ``CETS 197 Article 10``."""
    links = []
    for name in names:
        law_id, _, article_id = name.partition("/")
        law = view.documents.get(law_id)
        if law is None or not isinstance(law.record, LawRecord):
            continue
        article = next(a for a in law.record.articles if a.id == article_id)
        links.append(view.link(here, "law", name, f"{view.designation(law)}, {view.article_name(law, article)}"))
    return Markup("; ").join(links) if links else escape("")
