"""Step 4: everything that an edition prints, into a folder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from patokaz.handbooks import MANIFEST, PAGES, Book, Edition, Entry, Manifest, Product, pages_in, sheets_of
from patokaz.load import Tree
from patokaz.pages.prints import Print
from patokaz.release.press import Report, press


@dataclass(frozen=True)
class Printed:
    """What was printed, and why something was not: a leaflet or a card may be too long for its paper."""

    prints: tuple[Print, ...] = ()
    left_out: tuple[str, ...] = ()


def print_all(
    edition: Edition,
    languages: Sequence[str],
    tree: Tree,
    folder: Path,
    jobs: int,
    kept: Path,
    report: Report,
    earlier: Manifest | None = None,
) -> Printed:
    """Print into ``folder`` all that the edition shows, in ``languages``, and what handbooks consist of.

    ``kept`` is the folder of rendered parts (:class:`Store`). ``earlier``: of which edition to print the pages to exchange.
    """
    products: list[Product] = []
    prints: list[Print] = []

    def written(item: Print, pdf: bytes) -> None:
        target = folder / item.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(pdf)
        prints.append(item)
        report(f"Printed {item.path}", len(prints), len(products))

    with press(tree, jobs, kept) as printer:
        for item in edition.products(languages):
            products.append(item)
            printer.begin(sheets_of(item.content))
        books = [(item, item.content) for item in products if isinstance(item.content, Book)]
        sheets = [(item, item.content) for item in products if not isinstance(item.content, Book)]
        found: dict[str, dict[str, tuple[Entry, ...]]] = {}
        products_of = {id(book): item for item, book in books}
        for book, linked in printer.linked([book for _, book in books], report):
            item = products_of[id(book)]
            this = Print(item.what, book.path, sum(bound.pages for bound in linked.bound), len(linked.pdf))
            written(this, linked.pdf)
            if item.what.group == "handbooks" and book.format == PAGES:
                entries = found.setdefault(book.id, {})[book.language] = printer.entries(linked)
                old = earlier.handbooks.get(book.id, {}).get(book.language) if earlier is not None else None
                if earlier is not None and old is not None:
                    pdf = printer.exchange(book, old, entries, earlier.edition, edition.binder(book.language))
                    if pdf is not None:
                        written(_exchange(this, pdf, earlier.edition), pdf)
        if found:
            manifest = Manifest(edition.pages.library.settings.edition.id, found)
            (folder / MANIFEST).write_text(manifest.json(), encoding="utf-8")
        printer.render([sheet for _, sheet in sheets], report)
        for item, sheet in sheets:
            if printer.refused(sheet) is None:
                pdf = printer.pdf_of(sheet)
                written(Print(item.what, sheet.path, pages_in(pdf), len(pdf)), pdf)
        left_out = tuple(reason for _, sheet in sheets if (reason := printer.refused(sheet)) is not None)
        printer.store.prune()
    place = {item.content.path: number for number, item in enumerate(products)}
    return Printed(tuple(sorted(prints, key=lambda item: (place.get(item.path, -1), item.path))), left_out)


def _exchange(handbook: Print, pdf: bytes, old: str) -> Print:
    """The pages to exchange in a handbook since the edition ``old``."""
    what = replace(handbook.what, group="replacements", form="print_replacement", since=old)
    return Print(what, f"{handbook.path.removesuffix('.pdf')}-replacement.pdf", pages_in(pdf), len(pdf))
