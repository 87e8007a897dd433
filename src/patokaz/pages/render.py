"""Page templates: one Jinja environment, escaping on, undefined names are errors."""

from __future__ import annotations

import functools
from typing import Any

import jinja2
from markupsafe import Markup

from patokaz.model.base import Person
from patokaz.pages import cards, standing
from patokaz.pages.bytecode import Beside
from patokaz.pages.direction import direction_of
from patokaz.pages.references import source_marks
from patokaz.pages.view import View


@functools.cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("patokaz", "resources/pages"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=Beside(),
    )
    environment.globals |= {
        "row": cards.row,
        "role_links": cards.role_links,
        "basis_links": cards.basis_links,
        "step_link": cards.step_link,
        "standing_now": standing.now,
        "direction_of": direction_of,
    }
    return environment


def render(template: str, view: View, here: str, **context: Any) -> Markup:
    """Fill a template of ``resources/pages`` for the page ``here``. The result has no empty lines."""

    def person_words(persons: tuple[Person, ...]) -> str:
        return cards.person_words(view, persons)

    def marks(names: tuple[str, ...] | list[str]) -> Markup:
        return source_marks(names, view, here)

    text = (
        _environment()
        .get_template(template)
        .render(v=view, w=view.words.file.words, here=here, person_words=person_words, source_marks=marks, **context)
    )
    # An empty line would end an HTML block for Markdown.
    return Markup("\n".join(line for line in text.split("\n") if line.strip()))  # noqa: S704 - autoescaped
