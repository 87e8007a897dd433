"""Step 5: compiled pages → HTML for print → PDF, part by part, linked to books. The only part that knows WeasyPrint and pikepdf."""

from patokaz.handbooks.booklet import impose
from patokaz.handbooks.chapters import Binder
from patokaz.handbooks.compose import compose, compose_document, compose_revision
from patokaz.handbooks.composed import Composed
from patokaz.handbooks.form_fields import print_form
from patokaz.handbooks.form_sheet import FormSheet, compose_form
from patokaz.handbooks.formats import BOOKLET, FORMATS, LARGE_PRINT, PAGES, Format
from patokaz.handbooks.imposition import MOST_SHEETS, order, signatures
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
    "BOOKLET",
    "FOLDER",
    "FORMATS",
    "LARGE_PRINT",
    "MANIFEST",
    "MOST_SHEETS",
    "PAGES",
    "SHEETS",
    "Binder",
    "Book",
    "Bound",
    "Change",
    "Composed",
    "Entry",
    "FormSheet",
    "Format",
    "Linked",
    "Manifest",
    "Part",
    "Store",
    "changes",
    "compose",
    "compose_document",
    "compose_form",
    "compose_notice",
    "compose_poster",
    "compose_redline",
    "compose_revision",
    "compose_sheet",
    "entries_of",
    "filing",
    "fingerprint",
    "handbooks_of",
    "impose",
    "key_of",
    "link",
    "order",
    "pages_of",
    "posters_of",
    "print_form",
    "print_pdf",
    "read_manifest",
    "signatures",
]
