"""What changed, and for whom: a page for each revision that has an earlier one, and a list of all of them for the edition."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace

from patokaz.model.library import Document
from patokaz.model.participants import comparable
from patokaz.model.records import HistoryEntry
from patokaz.model.revisions import Archived, Cited, revision_number
from patokaz.pages.generated import generated
from patokaz.pages.page import Page
from patokaz.pages.redline import Redline, redline
from patokaz.pages.redline_lines import Compared
from patokaz.pages.redline_names import Names
from patokaz.pages.redline_written import as_html
from patokaz.pages.render import render
from patokaz.pages.view import View

STYLE = "overview.css"
INDEX = "changes/index"


@dataclass(frozen=True)
class Moved:
    """A document from one revision to the next, both of which the edition shows."""

    document: Document
    old: Archived
    new: Archived
    path: str

    @property
    def entry(self) -> HistoryEntry | None:
        """What the history says of the newer revision."""
        history = self.new.document.record.history
        return next((entry for entry in history if entry.revision == self.new.revision), None)

    @property
    def day(self) -> datetime.date:
        """From when the newer revision counts; the day on which it was opened where it does not count yet."""
        return self.new.document.record.effective or (self.entry.date if self.entry else datetime.date.min)


def moves(view: View) -> tuple[Moved, ...]:
    """Every step from one revision to the next that the edition shows, the newest first."""
    found: list[Moved] = []
    for name, document in view.documents.items():
        shown = view.addresses(document)
        states = [item for item in view.library.archive if item.document.id == name and item.revision in shown]
        if states and document.record.revision not in shown:
            # Nothing is in force, so the working text stands on the document's own page.
            states.append(Archived(document, Cited(), None))
        if view.audience == "public":
            states = [replace(item, document=comparable(item.document)) for item in states]
        states.sort(key=lambda item: revision_number(item.revision))
        for old, new in itertools.pairwise(states):
            found.append(Moved(document, old, new, view.changed(document)[new.revision]))
    return tuple(sorted(found, key=lambda item: (item.day, item.document.id, item.new.revision), reverse=True))


def change_pages(view: View) -> Iterator[Page]:
    """The pages of all :func:`moves` and their list; nothing where no document has a second revision."""
    told = [(item, _redline(item, view)) for item in moves(view)]
    for item, lines in told:
        yield _page(item, lines, view)
    if told:
        body = render("changes.html.j2", view, INDEX, told=told)
        title = view.words.section("changes")
        yield generated(view, INDEX, "changes", title, str(body), kind="index", assets=(STYLE,))


def _redline(item: Moved, view: View) -> Redline:
    limits = view.library.limits
    old, new = ({**limits, **{limit.id: limit for limit in state.cited.limits}} for state in (item.old, item.new))
    before, after = item.old.document, item.new.document
    compared = Compared(before, after, item.old.revision, item.new.revision, old, new)
    return redline(compared, Names(view, (item.old.cited, item.new.cited)))


def _page(item: Moved, lines: Redline, view: View) -> Page:
    words = view.words
    facts = render("changes-head.html.j2", view, item.path, item=item, redline=lines)
    return generated(
        view,
        item.path,
        "changes",
        f"{item.document.id} {item.new.revision}: {words.section('changes')}",
        f"{facts}{as_html(lines, view)}",
        kind="revision",
        summary=lines.title,
        assets=(STYLE,),
    )
