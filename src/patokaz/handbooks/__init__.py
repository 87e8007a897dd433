"""Step 4: compiled pages → HTML for print → PDF, part by part, linked to books. The only part that knows WeasyPrint and pikepdf."""

from patokaz.handbooks.booklet import impose
from patokaz.handbooks.cards import card_set, compose_cards
from patokaz.handbooks.chapters import Binder
from patokaz.handbooks.compose import compose, compose_document, compose_revision
from patokaz.handbooks.form_sheet import compose_form
from patokaz.handbooks.formats import BOOKLET, FORMATS, LARGE_PRINT, PAGES, Format
from patokaz.handbooks.imposition import MOST_SHEETS, signatures
from patokaz.handbooks.leaflets import compose_leaflet, leaflet_languages
from patokaz.handbooks.link import Bound, Linked, link
from patokaz.handbooks.manifest import FILE as MANIFEST
from patokaz.handbooks.manifest import Entry, Manifest, entries_of, read_manifest
from patokaz.handbooks.notices import compose_notice, compose_redline
from patokaz.handbooks.parts import Book, Part, fingerprint
from patokaz.handbooks.pdf import pages_in, prepare, print_pdf
from patokaz.handbooks.posters import compose_poster, posters_of
from patokaz.handbooks.products import Edition, Product, sheets_of
from patokaz.handbooks.replacement import Change, changes, filing
from patokaz.handbooks.select import handbooks_of, pages_of
from patokaz.handbooks.sheets import Sheet, Single, images_of, key_of_sheet, print_sheet
from patokaz.handbooks.store import FOLDER, Store, drawing_digest
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
    "Edition",
    "Entry",
    "Format",
    "Linked",
    "Manifest",
    "Part",
    "Product",
    "Sheet",
    "Single",
    "Store",
    "card_set",
    "changes",
    "compose",
    "compose_cards",
    "compose_document",
    "compose_form",
    "compose_leaflet",
    "compose_notice",
    "compose_poster",
    "compose_redline",
    "compose_revision",
    "compose_sheet",
    "drawing_digest",
    "entries_of",
    "filing",
    "fingerprint",
    "handbooks_of",
    "images_of",
    "impose",
    "key_of_sheet",
    "leaflet_languages",
    "link",
    "pages_in",
    "pages_of",
    "posters_of",
    "prepare",
    "print_pdf",
    "print_sheet",
    "read_manifest",
    "sheets_of",
    "signatures",
]
