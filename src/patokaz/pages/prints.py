"""What there is to print: the page that lists every PDF of a build, and the line on a page that leads to its own."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from markupsafe import Markup

from patokaz.model.library import visible
from patokaz.pages.generated import generated
from patokaz.pages.notices import basis_notices
from patokaz.pages.page import Page
from patokaz.pages.render import render
from patokaz.pages.view import View
from patokaz.pages.wording import wording

PATH = "handbooks"
"""The page of all prints. Codes on paper lead here: the address stays."""

Group = Literal["handbooks", "replacements", "documents", "forms", "posters", "cards", "leaflets", "training"]


@dataclass(frozen=True)
class Listing:
    """What a list says of something to print, whether it is printed yet or not.

    ``form``: the key of the word that says what kind it is; empty where the group says it. ``document``: the id of the one that it
    prints, empty for what prints several. ``language``: the one that it speaks. ``page``: the path of the page that leads to it, or
    empty. ``notices``: what one must know of it first. ``since``: from which edition pages are exchanged.
    """

    group: Group
    title: str
    form: str
    paper: str
    document: str
    language: str
    page: str = ""
    notices: tuple[str, ...] = ()
    since: str = ""


@dataclass(frozen=True)
class Print:
    """One PDF of a build. ``path``: from the site's root. ``size``: in bytes."""

    what: Listing
    path: str
    pages: int
    size: int


@dataclass(frozen=True)
class Title:
    """What has one title, in each of its forms."""

    words: str
    standing: str
    notices: tuple[str, ...]
    prints: tuple[Print, ...]


def print_page(view: View, prints: Sequence[Print] | None = None) -> Iterator[Page]:
    """The page of all prints in the view's language; None: this build prints nothing, and the page says how to."""
    groups = [(group, _titles(group, prints or (), view)) for group in get_args(Group)]
    if prints is None:
        groups = [("handbooks", _handbooks(view))]
    if groups := [(group, titles) for group, titles in groups if titles]:
        root = "" if view.language == view.order[0] else "../"
        body = render("print.html.j2", view, PATH, groups=groups, printed=prints is not None, root=root, facts=_facts)
        yield generated(view, PATH, "handbooks", view.words.section("handbooks"), str(body))


def print_line(page: Page, prints: Sequence[Print], view: View) -> Markup:
    """The line that leads from a page to its own PDFs, at least one."""
    root = "../" * (page.path.count("/") + (view.language != view.order[0]))
    links = Markup(", ").join(
        Markup('<a href="{}{}">{}</a> ({})').format(
            root, item.path, view.words[item.what.form or "print_pdf"], _facts(item, view)
        )
        for item in prints
    )
    return Markup('<p class="pk-small pk-screen">{}: {}</p>').format(view.words.section("handbooks"), links)


def _titles(group: str, prints: Sequence[Print], view: View) -> list[Title]:
    """What a group lists for readers of the view's language: in that language, and what exists in no working language."""
    shown = [item for item in prints if item.what.group == group]
    shown = [item for item in shown if item.what.language == view.language or item.what.language not in view.order]
    return [
        Title(title, _standing(own[0].what, view), own[0].what.notices, own)
        for title, items in itertools.groupby(shown, key=lambda item: item.what.title)
        if (own := tuple(items))
    ]


def _handbooks(view: View) -> list[Title]:
    """The handbooks alone, by name."""
    shown = [item for item in view.library.handbooks.values() if visible(item.audience, view.audience)]
    return [Title(view.plain(item.title), "", selection_notices(item.id, view), ()) for item in shown]


def selection_notices(handbook: str, view: View) -> tuple[str, ...]:
    """That what a handbook was put together for has moved on."""
    return tuple(notice.words for notice in basis_notices(handbook, view, PATH, "notice_selection_behind"))


def _standing(item: Listing, view: View) -> str:
    """Revision and status of what is printed, or the edition."""
    words, edition = view.words, view.library.settings.edition
    if item.document:
        document = view.documents[item.document]
        return f"{words['revision']} {document.record.revision} · {words[f'status_{document.status}']}"
    return (
        f"{item.since} → {edition.id}" if item.since else f"{words['edition']} {edition.id}, {words.date(edition.date)}"
    )


def _facts(item: Print, view: View) -> str:
    """``A4 · 12 pages · 214 510 bytes``."""
    size = f"{item.size:,}".replace(",", "\N{NO-BREAK SPACE}")
    language = item.what.language
    spoken = "" if language in view.order else wording(language)["language_name"]
    facts = (spoken, item.what.paper, view.words.count("pages", item.pages), view.words["print_size"].format(n=size))
    return " · ".join(filter(None, facts))
