"""The register of rules: one rule is one small function that yields findings of its own code."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from patokaz.findings import CATALOGUE, Finding, finding
from patokaz.findings import Location as Location
from patokaz.model.library import Library


@dataclass(frozen=True)
class Context:
    """What a rule sees: the library, and the day that counts as today."""

    library: Library
    today: datetime.date


Check = Callable[[Context], Iterator[tuple[Location, str, str]]]
"""A rule's function yields (place, what is wrong, how to mend it)."""

RULES: dict[str, Check] = {}


def rule(code: str) -> Callable[[Check], Check]:
    """Register a function as the rule of ``code``. Raises ``KeyError`` for a code the catalogue does not have."""
    assert code in CATALOGUE, code
    assert code not in RULES, f"{code} has two rules"

    def register(check: Check) -> Check:
        RULES[code] = check
        return check

    return register


def run_all(context: Context) -> Iterator[Finding]:
    """Run every rule."""
    for code, check in RULES.items():
        for location, message, hint in check(context):
            yield finding(code, location, message, hint)
