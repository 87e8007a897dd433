"""Steps 1 and 2 together: sources → library and all findings, for the command line, the pipeline and the preview alike."""

from __future__ import annotations

import datetime

from patokaz.findings import Finding, errors_in, in_order
from patokaz.load import Tree, load
from patokaz.model.library import Library
from patokaz.pages.legibility import illegible
from patokaz.rules import check


def checked(tree: Tree, today: datetime.date) -> tuple[Library | None, tuple[Finding, ...]]:
    """Load and check. The library is None when mkdocs.yml cannot be read. Drawings are looked at where nothing else is wrong."""
    loaded = load(tree)
    if loaded.library is None:
        return None, loaded.findings
    findings = [*loaded.findings, *check(loaded.library, today)]
    if not errors_in(findings):
        findings += illegible(loaded.library)
    return loaded.library, in_order(findings)
