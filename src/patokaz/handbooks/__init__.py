"""Step 5: compiled pages → HTML for print → PDF, part by part, linked to books. The only part that knows WeasyPrint and pikepdf."""

from patokaz.handbooks.chapters import Binder
from patokaz.handbooks.compose import compose, compose_document
from patokaz.handbooks.composed import Composed
from patokaz.handbooks.link import Bound, Linked, link
from patokaz.handbooks.manifest import FILE as MANIFEST
from patokaz.handbooks.manifest import Entry, Manifest, entries_of, read_manifest
from patokaz.handbooks.notices import compose_notice, compose_redline
from patokaz.handbooks.parts import Book, Part, fingerprint
from patokaz.handbooks.pdf import print_pdf
from patokaz.handbooks.posters import compose_poster, posters_of
from patokaz.handbooks.replacement import Change, changes, filing
from patokaz.handbooks.select import handbooks_of, pages_of
from patokaz.handbooks.store import FOLDER, Store, key_of
from patokaz.handbooks.training_sheets import SHEETS, compose_sheet

__all__ = [
    "FOLDER",
    "MANIFEST",
    "SHEETS",
    "Binder",
    "Book",
    "Bound",
    "Change",
    "Composed",
    "Entry",
    "Linked",
    "Manifest",
    "Part",
    "Store",
    "changes",
    "compose",
    "compose_document",
    "compose_notice",
    "compose_poster",
    "compose_redline",
    "compose_sheet",
    "entries_of",
    "filing",
    "fingerprint",
    "handbooks_of",
    "key_of",
    "link",
    "pages_of",
    "posters_of",
    "print_pdf",
    "read_manifest",
]
