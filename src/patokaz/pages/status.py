"""The dashboard: the state of every document on one page, for professionals. What it shows is made in :mod:`patokaz.pages.overview`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from patokaz.model.revisions import RevisionRef
from patokaz.pages.addresses import FOLDERS
from patokaz.pages.changes import INDEX, moves
from patokaz.pages.coverage import PATH as COVERAGE
from patokaz.pages.feeds import LINKS
from patokaz.pages.generated import generated
from patokaz.pages.outline import title_of
from patokaz.pages.overview import Overview, Row
from patokaz.pages.page import Page
from patokaz.pages.render import render
from patokaz.pages.view import View
from patokaz.pages.wording import capital
from patokaz.revisions.basis import Behind
from patokaz.translations import Freshness

PATH = "status"
"""The page, in each language's folder."""

STATES = {
    Freshness.ORIGINAL: "coverage_original",
    Freshness.CURRENT: "coverage_current",
    Freshness.BEHIND: "status_late",
    Freshness.UNSTAMPED: "coverage_unstamped",
    Freshness.MISSING: "coverage_missing",
}
"""The word for each state of a translation."""


@dataclass(frozen=True)
class Group:
    """The documents of one section of the site."""

    section: str
    rows: tuple[Row, ...]


def status_page(view: View, shown: Overview) -> Iterator[Page]:
    """The page of an edition for professionals; none for the public."""
    if view.audience != "professional":
        return
    groups = [
        Group(section, tuple(row for row in shown.rows if FOLDERS[row.kind] == section)) for section in FOLDERS.values()
    ]
    body = render(
        "status.html.j2",
        view,
        PATH,
        shown=shown,
        counts=_counts(view, shown),
        groups=[group for group in groups if group.rows],
        behind=[(_dependant(item, view), item, _changed(item, view)) for item in shown.behind],
        states=STATES,
        feeds=LINKS,
        paths=_beside(view),
        title_of=title_of,
        capital=capital,
    )
    summary = view.words["status_summary"].format(date=view.words.date(shown.day))
    yield generated(
        view, PATH, "status", view.words.section("status"), str(body), summary=summary, assets=("overview.css",)
    )


def _counts(view: View, shown: Overview) -> list[tuple[int, str]]:
    """What stands on top: (number, of what)."""
    counts, words = shown.counts, view.words
    return [
        (counts.in_force, words["status_in-force"]),
        (counts.drafts, words["status_drafts"]),
        (counts.reviews_overdue, words["status_overdue"]),
        (counts.translations_behind, words["status_translations"]),
        (counts.dependants_behind, words["status_dependants"]),
    ]


def _dependant(item: Behind, view: View) -> Markup:
    """A link to the document that leans on another, or to the list of handbooks."""
    if item.dependant in view.documents:
        href, title = view.href(PATH, view.path_of(item.dependant)), title_of(view, view.documents[item.dependant])
    else:
        href, title = view.href(PATH, "handbooks"), view.say(view.library.handbooks[item.dependant].title)
    return Markup('<a href="{}"><span class="pk-id">{}</span> {}</a>').format(href, item.dependant, title)


def _changed(item: Behind, view: View) -> dict[str, str]:
    """Links to what each later revision of the base changed, by revision, where the edition has the page."""
    base = view.documents[RevisionRef.parse(item.basis).document]
    return {revision: view.href(PATH, path) for revision, path in view.changed(base).items()}


def _beside(view: View) -> tuple[str, ...]:
    """The other pages of document control that the edition has."""
    return (*((INDEX,) if moves(view) else ()), COVERAGE)
