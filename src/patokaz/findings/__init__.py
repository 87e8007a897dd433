"""Findings: what a check has to say about a place in the sources, as values.

A finding is returned, never raised; one run reports all of them. Exceptions (:mod:`patokaz.findings.errors`)
are only for "cannot continue".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from patokaz.findings.catalogue import CATALOGUE, Severity
from patokaz.findings.errors import FindingsError, KbError, SetupError, TooLongError
from patokaz.findings.near import did_you_mean

__all__ = [
    "CATALOGUE",
    "Finding",
    "FindingsError",
    "KbError",
    "Location",
    "SetupError",
    "Severity",
    "TooLongError",
    "did_you_mean",
    "errors_in",
    "finding",
    "in_order",
]


@dataclass(frozen=True, order=True)
class Location:
    """A place in a source file.

    ``path`` is relative to the library's root with ``/``; ``line`` and ``column`` count from 1;
    ``length`` is the number of characters the place covers on its line, at least 1.
    """

    path: str
    line: int = 1
    column: int = 1
    length: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, or soon will be, and how to mend it."""

    code: str
    severity: Severity
    location: Location
    message: str
    hint: str = ""

    def __str__(self) -> str:
        head = f"{self.location}: {self.code} {self.severity.value}: {self.message}"
        return f"{head}\n    hint: {self.hint}" if self.hint else head


def finding(code: str, location: Location, message: str, hint: str = "") -> Finding:
    """Make a finding of a catalogued kind; its severity comes from the catalogue.

    Raises ``KeyError`` if the code is not catalogued: a finding without a rule is a programming error.
    """
    return Finding(code, CATALOGUE[code].severity, location, message, hint)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort by place, then code; equal findings are reported once."""
    unique = dict.fromkeys(findings)
    return tuple(sorted(unique, key=lambda f: (f.location, f.code, f.message)))


def errors_in(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Only those that stop a build."""
    return tuple(f for f in findings if f.severity is Severity.ERROR)
