"""The register of rules: one rule is one small function that yields findings of its own code."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from patokaz.findings import CATALOGUE, Finding, finding
from patokaz.findings import Location as Location
from patokaz.model.library import Library
from patokaz.rules.comparison import Compared, compared
from patokaz.rules.inspection import STRUCTURE, Inspection, PathwayCheck, Yield, inspections


@dataclass(frozen=True)
class Context:
    """What a rule sees: the library, and the day that counts as today."""

    library: Library
    today: datetime.date

    @functools.cached_property
    def pathways(self) -> tuple[Inspection, ...]:
        """Every pathway that is not too large to be looked at, by the id of its document."""
        return tuple(item for item in inspections(self.library) if not item.too_large)

    @functools.cached_property
    def compared(self) -> tuple[Compared, ...]:
        """The passages of translations that render their originals as they are now."""
        return tuple(compared(self.library))


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


def pathway_rule(code: str, *, structure: bool = False, sound: bool = False) -> Callable[[PathwayCheck], PathwayCheck]:
    """Register a function over one pathway as the rule of ``code``.

    A rule of ``structure`` decides whether a pathway is sound; one that asks for ``sound`` pathways is not run on others.
    """

    def register(check: PathwayCheck) -> PathwayCheck:
        @functools.wraps(check)
        def every(context: Context) -> Yield:
            for item in context.pathways:
                if item.sound or not sound:
                    yield from check(item)

        rule(code)(every)
        if structure:
            STRUCTURE.append(check)
        return check

    return register


def run_all(context: Context, codes: str = "KB") -> Iterator[Finding]:
    """Run every rule whose code starts with ``codes``."""
    for code, check in RULES.items():
        if code.startswith(codes):
            for location, message, hint in check(context):
                yield finding(code, location, message, hint)
