"""Checks over a loaded library (step 2 of the pipeline). One rule is one small function with a code."""

from __future__ import annotations

import datetime

from patokaz.findings import Finding, in_order
from patokaz.model.library import Library
from patokaz.rules import (
    audience,
    concepts,
    control,
    facts,
    hygiene,
    identity,
    languages,
    links,
    pathway_drawing,
    pathway_facts,
    pathway_flow,
    pathway_labels,
    pathway_safeguards,
    pathway_structure,
    questions,
    references,
    sections,
    training,
    translated,
)
from patokaz.rules.registry import RULES, Context, run_all

__all__ = ["RULES", "check", "check_control"]

_MODULES = (
    audience,
    concepts,
    control,
    facts,
    hygiene,
    identity,
    languages,
    links,
    pathway_drawing,
    pathway_facts,
    pathway_flow,
    pathway_labels,
    pathway_safeguards,
    pathway_structure,
    questions,
    references,
    sections,
    training,
    translated,
)
"""Imported so that their rules register."""


def check(library: Library, today: datetime.date) -> tuple[Finding, ...]:
    """Run every rule over the library. ``today`` is an argument, never the clock."""
    return in_order(run_all(Context(library, today)))


def check_control(library: Library, today: datetime.date) -> tuple[Finding, ...]:
    """Run the rules of document control only: they need records, seals and originals, and no text of a translation."""
    return in_order(run_all(Context(library, today), "KB9"))
