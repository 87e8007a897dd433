"""Steps 1 and 2 together: sources → library and all findings, for the command line, the pipeline and the preview alike."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence

from patokaz.findings import Finding, FindingsError, Severity, errors_in, finding, in_order
from patokaz.load import Tree, in_force, load
from patokaz.model.library import Library
from patokaz.pages.legibility import illegible
from patokaz.rules import check, check_control


def checked(
    tree: Tree, today: datetime.date, drawn: Sequence[str] | None = None
) -> tuple[Library | None, tuple[Finding, ...]]:
    """Load and check. The library is None when mkdocs.yml cannot be read.

    Drawings are looked at where nothing else is wrong, in the languages ``drawn``; None for all.
    """
    loaded = load(tree)
    if loaded.library is None:
        return None, loaded.findings
    findings = [*loaded.findings, *check(loaded.library, today)]
    if not errors_in(findings):
        findings += illegible(loaded.library, drawn)
    return loaded.library, in_order(findings)


def controlled(tree: Tree, today: datetime.date) -> tuple[Library | None, tuple[Finding, ...]]:
    """Load as far as document control needs, and check that only: a fraction of the time of :func:`checked`.

    The library's translations have front matter and no bodies. The library is None when mkdocs.yml cannot be read.
    """
    loaded = load(tree, heads=True)
    if loaded.library is None:
        return None, loaded.findings
    return loaded.library, in_order([*loaded.findings, *check_control(loaded.library, today)])


_MUST_LEAD = ("KB2", "KB814")
"""What a revision in force may break: references, and steps that pathways name."""


def edition_on(
    library: Library, findings: Iterable[Finding], tree: Tree, day: datetime.date
) -> tuple[Library, tuple[Finding, ...]]:
    """A working library as it is in force on ``day``, and what does not fit together in it beside its own ``findings``.

    Each document may be sound and still name a step that another one's revision in force does not have.
    Raises :class:`KbError` where a sealed revision cannot be read.
    """
    edition = in_force(library, tree, day)
    if all(document.standing is None or document.standing.in_force is None for document in edition.documents.values()):
        return edition, ()
    known = set(findings)
    return edition, tuple(
        finding("KB915", item.location, f"{item.message}, as the library is in force on {day}", _TOGETHER)
        for item in check(edition, day)
        if item.code.startswith(_MUST_LEAD) and item.severity is Severity.ERROR and item not in known
    )


_TOGETHER = "adopt and seal the revisions that belong together with the same effective date, or add `redirects`"


def sound_edition(library: Library, findings: Iterable[Finding], tree: Tree, day: datetime.date) -> Library:
    """The library of :func:`edition_on`; raises :class:`FindingsError` where what is in force does not fit together."""
    edition, apart = edition_on(library, findings, tree, day)
    if apart:
        raise FindingsError(apart)
    return edition
