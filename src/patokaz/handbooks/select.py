"""What a handbook contains: documents by role, family or id, then registers."""

from __future__ import annotations

from patokaz.model.glossary import HandbookRecord
from patokaz.model.library import Document, visible
from patokaz.model.records import SopRecord
from patokaz.pages import Compiled, Page
from patokaz.pages.pathways import shown_pathways
from patokaz.pages.registers import REGISTERS
from patokaz.pages.view import View

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
    """The document pages of a handbook: SOPs in order of id, pathways, then what the record names, in its order.

    A role selects every SOP in which it is responsible for a step, and every pathway in which it acts; an SOP brings the pathways
    that its page shows. What the edition's audience may not see has no page and is left out.
    """
    view = View(compiled.library, compiled.audience, language)
    sops = [name for name, document in view.documents.items() if _selects(handbook, document)]
    shown = {other.id for name in sops for other in shown_pathways(view.documents[name], view)}
    acting = set(handbook.select.roles)
    pathways = [
        name for name, nodes in view.pathways.items() if name in shown or any(node.actor in acting for node in nodes)
    ]
    named = [name for name in handbook.select.documents if name in view.documents]
    paths = [view.path_of(name) for name in sops] + [view.pathway_path(name) for name in pathways]
    paths += [view.path_of(name) for name in named]
    return tuple(compiled.pages[language, path] for path in dict.fromkeys(paths))


def _selects(handbook: HandbookRecord, document: Document) -> bool:
    record = document.record
    if not isinstance(record, SopRecord):
        return False
    acting = {name for measure in record.measures for step in measure.steps for name in step.responsible}
    return record.family in handbook.select.families or bool(acting & set(handbook.select.roles))


def registers_of(handbook: HandbookRecord, compiled: Compiled, language: str) -> tuple[Page, ...]:
    """The register pages printed at the end."""
    paths = [REGISTERS[REGISTER_OF[name]] for name in handbook.include]
    return tuple(compiled.pages[language, path] for path in paths if (language, path) in compiled.pages)
