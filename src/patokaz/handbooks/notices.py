"""A redline on paper, and the change notice: one page that says what changed and for whom, and is signed when it was read."""

from __future__ import annotations

from collections.abc import Callable

from patokaz.handbooks.composed import Composed, print_templates
from patokaz.handbooks.pdf import pages_needed
from patokaz.pages.redline import Redline, in_short
from patokaz.pages.redline_written import heading, html_of
from patokaz.pages.view import View
from patokaz.pages.wording import capital

LEAST_ROWS = 6
"""Rows for signatures that a notice keeps free, however much changed: a shift at a border post."""

_MOST_ROWS = 40
_MOST_ITEMS = 200
"""More items than a page of 9 pt lines can hold."""


def compose_redline(redline: Redline, view: View) -> Composed:
    """The whole redline, to be read and discussed on paper; marks stand for colours."""
    html = _fill(
        "redline.html.j2",
        redline,
        view,
        heading=heading,
        change=lambda line: html_of(line, view.words),
        capital=capital,
    )
    return Composed("redlines", redline.document.lower(), view.language, html, {})


def compose_notice(redline: Redline, view: View) -> Composed:
    """The change notice: always one page of A4.

    As many changes are listed as leave :data:`LEAST_ROWS` rows for signatures; a line says how many more there are and where they
    stand. The rest of the page is rows.
    """
    items = sum(len(groups) for _, groups in redline.concerned)
    shown = _largest(0, min(items, _MOST_ITEMS), lambda count: _fits(redline, view, count, LEAST_ROWS))
    rows = _largest(LEAST_ROWS, _MOST_ROWS, lambda count: _fits(redline, view, shown, count))
    return Composed("notices", redline.document.lower(), view.language, _notice(redline, view, shown, rows), {})


def _largest(least: int, most: int, fits: Callable[[int], bool]) -> int:
    """The largest number from ``least`` to ``most`` that fits; ``least`` if none does. What fits is not lost by taking less."""
    if fits(most):
        return most
    while least + 1 < most:
        middle = (least + most) // 2
        least, most = (middle, most) if fits(middle) else (least, middle)
    return least


def _fits(redline: Redline, view: View, shown: int, rows: int) -> bool:
    return pages_needed(_notice(redline, view, shown, rows)) == 1


def _notice(redline: Redline, view: View, shown: int, rows: int) -> str:
    left = shown
    listed = []
    for role, groups in redline.concerned:
        if left > 0:
            items = [(capital(group.title), in_short(group, view.words)) for group in groups[:left]]
            listed.append((role, items))
        left -= len(groups)
    more = view.words["changes_more"].format(n=-left, revision=f"{redline.document} {redline.new}") if left < 0 else ""
    return _fill("notice.html.j2", redline, view, listed=listed, more=more, rows=rows)


def _fill(template: str, redline: Redline, view: View, **context: object) -> str:
    library = view.library
    return (
        print_templates()
        .get_template(template)
        .render(
            language=view.language,
            direction=view.words.direction,
            w=view.words.file.words,
            name=view.plain(library.settings.names),
            date=library.settings.edition.date.isoformat(),
            redline=redline,
            **context,
        )
    )
