"""The card of a step: who acts, by when, with which form, on what basis, whom to call.

Written in Python and not as a template: a library of 300 SOPs has ten thousand cards.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable

from markupsafe import Markup, escape

from patokaz.model.base import Person
from patokaz.model.records import LawRecord
from patokaz.pages.references import source_marks
from patokaz.pages.view import Rooted, View

_COMMA = Markup(", ")


def card(rooted: Rooted, view: View, here: str, content_language: str) -> Markup:
    """The card of one step as a definition list, in the view's language."""
    step, words = rooted.step, view.words
    folder = _folder(here)
    basis = _basis_links(view, folder, step.basis) + _marks(view, folder, step.sources)
    limit = limit_link(view, here, step.limit) if step.limit else Markup("")
    others = () if step.accountable in step.responsible else (step.accountable,)
    rows = (
        row(words["only_for"], person_words(view, step.persons)),
        row(words["who"], _role_links(view, folder, step.responsible)),
        row(words["accountable"], _role_links(view, folder, others)),
        row(words["consulted"], _role_links(view, folder, step.consulted)),
        row(words["informed"], _role_links(view, folder, step.informed)),
        row(words["by_when"], limit),
        row(words["with_form"], form_links(view, here, step.forms)),
        row(words["whom_to_call"], contact_links(view, here, step.contacts)),
        row(words["basis"] if step.basis else words["sources"], basis),
    )
    attributes = "" if content_language == view.language else f' lang="{view.language}" dir="{words.direction}"'
    return Markup(f'<dl class="pk-card"{attributes}>{"".join(rows)}</dl>')  # noqa: S704 - rows are escaped


def row(label: str, value: str | Markup) -> Markup:
    """A label and its value; nothing where there is no value."""
    return Markup(f"<div><dt>{escape(label)}</dt><dd>{escape(value)}</dd></div>") if value else Markup("")  # noqa: S704


def limit_link(view: View, here: str, name: str) -> Markup:
    """A limit in words, linked to the register and marked where no source confirms it."""
    link = view.link(here, "limit", name, view.limit_words(name))
    if name in view.limits and view.limits[name].unverified:
        link += Markup(' <span class="pk-mark">{}</span>').format(view.words["unverified"])
    return link


def person_words(view: View, persons: tuple[Person, ...]) -> str:
    """``adults, children``."""
    return ", ".join(view.words[f"person_{person}"] for person in persons)


def role_links(view: View, here: str, names: Iterable[str]) -> Markup:
    """Links to the pages of roles."""
    return _role_links(view, _folder(here), tuple(names))


def _folder(here: str) -> str:
    return here[: here.rfind("/") + 1]


@functools.lru_cache(maxsize=4096)
def _role_links(view: View, folder: str, names: tuple[str, ...]) -> Markup:
    # Cached by folder, not by page: all pages of a folder link to a role in the same way.
    return _COMMA.join(
        view.link(folder, "role", name, view.say(view.roles[name].name)) for name in names if name in view.roles
    )


@functools.lru_cache(maxsize=4096)
def _marks(view: View, folder: str, names: tuple[str, ...]) -> Markup:
    return source_marks(names, view, folder)


@functools.lru_cache(maxsize=65536)
def _step_link(view: View, folder: str, rooted: Rooted, with_id: bool) -> Markup:
    href = view.href(folder, f"{view.path_of(rooted.document.id)}#{rooted.anchor}")
    number = f"{rooted.document.id} {rooted.number}" if with_id else rooted.number
    words = escape(view.heading(rooted.document, rooted.anchor))
    return Markup(f'<a href="{href}"><b>{number}</b> {words}</a>')  # noqa: S704 - ids, numbers, escaped words


def step_link(view: View, here: str, rooted: Rooted, with_id: bool = True) -> Markup:
    """A link to a step: its document's id (unless the page has it as a heading), number and title."""
    return _step_link(view, _folder(here), rooted, with_id)


def form_links(view: View, here: str, names: Iterable[str]) -> Markup:
    """Links to forms, with their titles."""
    return _COMMA.join(
        view.link(here, "doc", name, f"{name} {view.title(name)}") for name in names if name in view.documents
    )


def basis_links(view: View, here: str, names: Iterable[str]) -> Markup:
    """Links to legal articles: ``CETS 197, Article 10``."""
    return _basis_links(view, _folder(here), tuple(names))


@functools.lru_cache(maxsize=4096)
def _basis_links(view: View, folder: str, names: tuple[str, ...]) -> Markup:
    links = []
    for name in names:
        law_id, _, article_id = name.partition("/")
        law = view.documents.get(law_id)
        if law is None or not isinstance(law.record, LawRecord):
            continue
        article = next(a for a in law.record.articles if a.id == article_id)
        links.append(view.link(folder, "law", name, f"{view.designation(law)}, {view.article_name(law, article)}"))
    return Markup("; ").join(links)


def contact_links(view: View, here: str, names: Iterable[str]) -> Markup:
    """Links to contacts with their numbers as the source prints them."""
    phone = Markup(' <span dir="ltr" class="pk-phone">{}</span>')
    return _COMMA.join(
        view.link(here, "contact", name, view.say(view.contacts[name][1].what)) + phone.format(view.phone(name))
        for name in names
        if name in view.contacts
    )
