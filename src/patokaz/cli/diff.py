"""``patokaz diff`` and ``notice``: what changed between two revisions, and for whom."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from patokaz.cli.given import document_of, language_of, write_file
from patokaz.cli.main import main
from patokaz.findings import FindingsError, KbError, did_you_mean
from patokaz.handbooks import compose_notice, compose_redline, print_pdf
from patokaz.load import DiskTree, load, sealed_document
from patokaz.model.glossary import Limit
from patokaz.model.library import Document, Library
from patokaz.model.revisions import Cited
from patokaz.pages.redline import WORKING, Redline, redline
from patokaz.pages.redline_lines import Compared
from patokaz.pages.redline_names import Names
from patokaz.pages.redline_written import as_markdown, as_page, as_text
from patokaz.pages.view import View

_lang = click.option("--lang", "language", help="The language, such as mk. Default: the library's first.")


@main.command()
@click.argument("name", metavar="ID")
@click.argument("old", metavar="OLD", required=False)
@click.argument("new", metavar="NEW", default=WORKING)
@_lang
@click.option("--format", "style", type=click.Choice(["text", "md", "html", "pdf"]), default="text", show_default=True)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file. Default: standard output; a PDF goes to ID-OLD-NEW-LANG.pdf.",
)
@click.pass_obj
def diff(
    obj: dict[str, Path],
    name: str,
    old: str | None,
    new: str,
    language: str | None,
    style: str,
    out: Path | None,
) -> None:
    """What changed in ID from revision OLD to NEW: a number, or `working` for the working text.

    OLD is the newest sealed revision and NEW the working text where they are not given.
    """
    found, view = _redline(obj["root"], name, old, new, language)
    if style == "pdf":
        target = out or Path(f"{name}-{found.old}-{new}-{view.language}.pdf")
        write_file(target, print_pdf(compose_redline(found, view).html))
        return
    written = {"text": as_text, "md": as_markdown}[style](found) if style != "html" else as_page(found, view)
    if out is None:
        click.echo(written, nl=False)
    else:
        write_file(out, written.encode())


@main.command()
@click.argument("name", metavar="ID")
@click.argument("revision", metavar="REVISION", default=WORKING)
@_lang
@click.option("--since", metavar="OLD", help="The revision that readers know. Default: the one sealed before REVISION.")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), help="The PDF. Default: ID-REVISION-notice-LANG.pdf here."
)
@click.pass_obj
def notice(
    obj: dict[str, Path],
    name: str,
    revision: str,
    language: str | None,
    since: str | None,
    out: Path | None,
) -> None:
    """Print the change notice of REVISION of ID: one page, with a list to sign."""
    found, view = _redline(obj["root"], name, since, revision, language)
    target = out or Path(f"{name}-{revision}-notice-{view.language}.pdf")
    write_file(target, print_pdf(compose_notice(found, view).html))


def _redline(root: Path, name: str, old: str | None, new: str, language: str | None) -> tuple[Redline, View]:
    tree = DiskTree(root)
    # Unchecked: a working text that still has errors is what a redline is wanted of.
    found = load(tree)
    library = found.library
    if library is None:
        raise FindingsError(found.findings)
    document = document_of(library, name)
    language = language_of(library, language)
    old = old or _before(document, new)
    states = [_state(tree, library, document, revision) for revision in (old, new)]
    view = View(library, "professional", language)
    names = Names(view, tuple(cited for _, _, cited in states if cited))
    (before, old_limits, _), (after, new_limits, _) = states
    return redline(Compared(before, after, old, new, old_limits, new_limits), names), view


def _before(document: Document, new: str) -> str:
    """The newest sealed revision before ``new``."""
    known = list(document.seals)
    earlier = known[: known.index(new)] if new in known else known
    if not earlier:
        what = "the working text" if new == WORKING else new
        raise KbError(f"{document.id} has no sealed revision before {what}: nothing to compare with")
    return earlier[-1]


def _state(
    tree: DiskTree, library: Library, document: Document, name: str
) -> tuple[Document, Mapping[str, Limit], Cited | None]:
    """A state of a document with the limits that it names."""
    if name == WORKING:
        return document, library.limits, None
    if name not in document.seals:
        known = (*document.seals, WORKING)
        raise KbError(f"{document.id} has no sealed revision `{name}`. {did_you_mean(name, known)}".strip())
    sealed = sealed_document(tree, document, name)
    # What a sealed revision did not keep is taken as it stands today, as its pages do.
    return sealed.document, {**library.limits, **{limit.id: limit for limit in sealed.cited.limits}}, sealed.cited
