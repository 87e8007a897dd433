"""A redline on paper, and the change notice: one page that says what changed and for whom, and is signed when it was read."""

from __future__ import annotations

from collections.abc import Callable

from patokaz.handbooks.composed import Composed, print_templates
from patokaz.handbooks.pdf import pages_needed
from patokaz.pages.redline import Group, Redline, in_short
from patokaz.pages.redline_written import heading, html_of
from patokaz.pages.view import View
from patokaz.revisions.kinds import Place

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
    )
    return Composed("redlines", redline.document.lower(), view.language, html, {})


def compose_notice(redline: Redline, view: View) -> Composed:
    """The change notice: always one page of A4.

    As many changes are listed as leave :data:`LEAST_ROWS` rows for signatures; a line says how many more there are and where they
    stand. The rest of the page is rows.
    """
    items = sum(len(groups) for _, groups in _together(redline))
    shown = _largest(0, min(items, _MOST_ITEMS), lambda count: _fits(redline, view, count, LEAST_ROWS))
    rows = _largest(LEAST_ROWS, _MOST_ROWS, lambda count: _fits(redline, view, shown, count))
    return Composed("notices", redline.document.lower(), view.language, _notice(redline, view, shown, rows), {})


def _together(redline: Redline) -> list[tuple[list[str], tuple[Group, ...]]]:
    """Roles that the same changes concern, as one."""
    found: dict[tuple[Place, ...], tuple[list[str], tuple[Group, ...]]] = {}
    for role, groups in redline.concerned:
        found.setdefault(tuple(group.place for group in groups), ([], groups))[0].append(role)
    return list(found.values())


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
    listed, missing, seen = [], [], set()
    for roles, groups in _together(redline):
        items = []
        for group in groups[: max(0, left)]:
            # What changed is said once; the roles named later are led to it.
            said = view.words["changes_above"] if group.place in seen else in_short(group, view.words)
            items.append((group.title, said))
            seen.add(group.place)
        if items:
            listed.append((", ".join(roles), items))
        if len(items) < len(groups):
            missing += roles
        left -= len(groups)
    more = ""
    if missing:
        revision = f"{redline.document} {redline.new}"
        more = view.words["changes_more"].format(n=-left, roles=", ".join(missing), revision=revision)
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
            edition=library.settings.edition,
            edition_date=view.words.date(library.settings.edition.date),
            redline=redline,
            **context,
        )
    )
