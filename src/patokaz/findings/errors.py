"""Errors that end a run. Everything about the content of sources is a finding, not an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from patokaz.findings import Finding


class KbError(Exception):
    """Patokaz cannot continue. The message is for the person at the keyboard."""


class TooLongError(KbError):
    """Words do not fit on the paper that they are for; the message says where, and by how much."""


class SetupError(KbError):
    """Something that Patokaz needs on the machine or in mkdocs.yml is missing; the message says what to do."""


class FindingsError(KbError):
    """The library has errors, so nothing is written. Carries the findings."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(f"{len(findings)} error(s) in the library; nothing was written")
        self.findings = findings
