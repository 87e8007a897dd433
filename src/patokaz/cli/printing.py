"""``patokaz handbook``, ``print``, ``replacement`` and ``poster``: one printed thing in one language."""

from __future__ import annotations

import contextlib
import datetime
import os
from pathlib import Path
from typing import Any

import click

from patokaz.cli.given import write_file
from patokaz.cli.main import main
from patokaz.cli.printed import edition_of, print_options, write_sheet
from patokaz.findings import KbError, did_you_mean
from patokaz.handbooks import (
    BOOKLET,
    FOLDER,
    FORMATS,
    MOST_SHEETS,
    PAGES,
    Binder,
    Book,
    compose,
    compose_document,
    compose_poster,
    compose_revision,
    handbooks_of,
    impose,
    posters_of,
    read_manifest,
    signatures,
)
from patokaz.load import DiskTree
from patokaz.model.revisions import RevisionRef, revision_number
from patokaz.release.press import Press, press


def _handbook(name: str, binder: Binder) -> Book:
    handbooks = {handbook.id: handbook for handbook in handbooks_of(binder.compiled)}
    if name not in handbooks:
        known = f"; there are: {', '.join(handbooks)}" if handbooks else ""
        raise KbError(f"this edition shows no handbook `{name}`{known}")
    book = compose(handbooks[name], binder)
    if book is None:
        raise KbError(f"this edition shows no document of the handbook `{name}`")
    return book


def _press(tree: DiskTree, root: Path) -> contextlib.AbstractContextManager[Press]:
    """A press, to be had before the library is read: its processes get ready meanwhile."""
    return press(tree, os.cpu_count() or 1, root / FOLDER)


@main.command()
@click.argument("name", metavar="ID")
@click.option(
    "--as",
    "form",
    type=click.Choice(list(FORMATS)),
    default=PAGES.name,
    help="pages: A4. booklet: sheets of A4 to print on both sides, fold and staple. large-print: A4 with text of 18 pt.",
)
@click.option(
    "--signature",
    type=click.IntRange(1),
    metavar="N",
    help=f"The most sheets that are folded together in a booklet. Default: {MOST_SHEETS}.",
)
@print_options
def handbook(
    obj: dict[str, Path],
    name: str,
    form: str,
    signature: int | None,
    language: str,
    out: Path | None,
    audience: Any,
    today: datetime.datetime,
) -> None:
    """Print one handbook in one language: as pages, as a booklet or in large print."""
    if signature is not None and form != BOOKLET.name:
        raise click.UsageError("--signature is for --as booklet only.")
    tree, chosen = DiskTree(obj["root"]), FORMATS[form]
    with _press(tree, obj["root"]) as printer:
        binder = Binder(edition_of(tree, language, audience, today.date(), chosen), language, chosen)
        book = _handbook(name, binder)
        linked = printer.link(book)
    if chosen != BOOKLET:
        write_file(out or Path(book.file_name), linked.pdf)
        return
    write_file(out or Path(book.file_name), impose(linked, book, signature).pdf)
    pages = sum(item.pages for item in linked.bound)
    sizes = signatures(pages, signature)
    fold = "fold once and staple" if len(sizes) == 1 else f"fold and staple {', '.join(map(str, sizes))} sheets apart"
    click.echo(
        f"{pages} pages on {sum(sizes)} sheets: print on both sides, flip on the short edge, actual size; {fold}."
    )


@main.command("print")
@click.argument("name", metavar="ID[@REVISION]")
@print_options
def print_command(
    obj: dict[str, Path], name: str, language: str, out: Path | None, audience: Any, today: datetime.datetime
) -> None:
    """Print one document alone: its chapter as in every handbook, with a cover.

    SOP-02@1.0 is that revision, marked across each page where it is not in force.
    """
    tree = DiskTree(obj["root"])
    wanted = RevisionRef.parse(name)
    with _press(tree, obj["root"]) as printer:
        binder = Binder(edition_of(tree, language, audience, today.date()), language)
        documents = binder.view.documents
        if wanted.document not in documents:
            raise KbError(f"this edition shows no document `{name}`. {did_you_mean(name, documents)}".strip())
        book = _revision(wanted, binder) if "@" in name else compose_document(documents[name], binder)
        write_file(out or Path(book.file_name), printer.link(book).pdf)


def _revision(wanted: RevisionRef, binder: Binder) -> Book:
    """The document where it has this revision, else the one that the site keeps; raises :class:`KbError` for others."""
    document = binder.view.documents[wanted.document]
    if wanted.revision == document.record.revision:
        return compose_document(document, binder)
    kept = binder.view.addresses(document)
    for archived in binder.compiled.library.archive:
        if archived.document.id == document.id and archived.revision == wanted.revision in kept:
            return compose_revision(archived, binder)
    known = ", ".join(sorted({*kept, document.record.revision}, key=revision_number))
    what = f"this edition shows no revision `{wanted.revision}` of {document.id}"
    raise KbError(f"{what if wanted.revision else f'{document.id}@ names no revision'}; there are: {known}")


@main.command()
@click.option(
    "--from",
    "earlier",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The handbooks/chapters.json of the edition that is in the binder.",
)
@click.option("--handbook", "name", metavar="ID", required=True, help="The handbook that is in the binder.")
@print_options
def replacement(
    obj: dict[str, Path],
    earlier: Path,
    name: str,
    language: str,
    out: Path | None,
    audience: Any,
    today: datetime.datetime,
) -> None:
    """Print what changed in a handbook since an earlier edition, with a page that says which pages to exchange."""
    tree = DiskTree(obj["root"])
    manifest = read_manifest(earlier)
    old = manifest.handbooks.get(name, {}).get(language)
    with _press(tree, obj["root"]) as printer:
        binder = Binder(edition_of(tree, language, audience, today.date()), language)
        book = _handbook(name, binder)
        if old is None:
            raise KbError(f"{earlier} has no handbook `{name}` in `{language}`")
        pdf = printer.exchange(book, old, printer.entries(printer.link(book)), manifest.edition, binder)
    if pdf is None:
        raise KbError(f"nothing of the handbook `{name}` changed since edition {manifest.edition}")
    write_file(out or Path(f"{name}-{language}-replacement.pdf"), pdf)


@main.command()
@click.argument("name", metavar="ID")
@print_options
def poster(
    obj: dict[str, Path], name: str, language: str, out: Path | None, audience: Any, today: datetime.datetime
) -> None:
    """Print the poster (A3) of one pathway in one language; ID is that of its document."""
    tree = DiskTree(obj["root"])
    compiled = edition_of(tree, language, audience, today.date())
    documents = {document.id: document for document in posters_of(compiled)}
    if name not in documents:
        raise KbError(f"this edition shows no pathway `{name}`; there are: {', '.join(documents)}")
    composed = compose_poster(documents[name], compiled, language)
    write_sheet(composed, tree, obj["root"], out)
