"""What a handbook contains: documents by role, family or id, then registers."""

from __future__ import annotations

from patokaz.model.glossary import HandbookRecord
from patokaz.model.library import visible
from patokaz.model.records import SopRecord
from patokaz.pages import Compiled, Page
from patokaz.pages.registers import REGISTERS

REGISTER_OF = {
    "limits": "limits",
    "contacts": "institutions",
    "terms": "terms",
    "sources": "sources",
    "indicators": "indicators",
}
"""The register page behind each name of ``include``."""


def handbooks_of(compiled: Compiled) -> tuple[HandbookRecord, ...]:
    """The handbooks that an edition may print, by id."""
    return tuple(h for _, h in sorted(compiled.library.handbooks.items()) if visible(h.audience, compiled.audience))


def pages_of(handbook: HandbookRecord, compiled: Compiled, language: str) -> tuple[Page, ...]:
    """The document pages of a handbook: SOPs in order of id, then what the record names, in its order.

    A role selects every SOP in which it is responsible for a step. What the edition's audience may not see has no page
    and is left out.
    """
    by_document = {page.document: page for page in compiled.in_language(language) if page.document}
    chosen: list[str] = []
    for document in compiled.library.of_kind("sop"):
        record = document.record
        assert isinstance(record, SopRecord)
        acting = {name for measure in record.measures for step in measure.steps for name in step.responsible}
        if record.family in handbook.select.families or acting & set(handbook.select.roles):
            chosen.append(document.id)
    chosen += [name for name in handbook.select.documents if name not in chosen]
    return tuple(by_document[name] for name in chosen if name in by_document)


def registers_of(handbook: HandbookRecord, compiled: Compiled, language: str) -> tuple[Page, ...]:
    """The register pages printed at the end."""
    paths = [REGISTERS[REGISTER_OF[name]] for name in handbook.include]
    return tuple(compiled.pages[language, path] for path in paths if (language, path) in compiled.pages)
