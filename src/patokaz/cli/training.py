"""``patokaz training``: handouts, quiz sheets, attendance sheets and certificates of one module in one language."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import click

from patokaz.checking import checked, sound_edition
from patokaz.cli.given import language_of, write_file
from patokaz.cli.main import main, today_option
from patokaz.findings import FindingsError, KbError, did_you_mean, errors_in
from patokaz.handbooks import FOLDER, SHEETS, Binder, compose_sheet
from patokaz.load import DiskTree
from patokaz.model.records import ModuleRecord
from patokaz.pages import compile_library
from patokaz.release import press


@main.command()
@click.argument("name", metavar="ID")
@click.option("--lang", "language", required=True, help="The language, such as mk.")
@click.option("--sheet", type=click.Choice(list(SHEETS)), required=True, help="What to print.")
@click.option(
    "-o",
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The PDF. Default: ID-SHEET-LANG.pdf here.",
)
@click.option("--audience", type=click.Choice(["public", "professional"]))
@today_option
@click.pass_obj
def training(
    obj: dict[str, Path],
    name: str,
    language: str,
    sheet: str,
    out: Path | None,
    audience: Any,
    today: datetime.datetime,
) -> None:
    """Print one sheet of a training module: only the trainer's has notes and the answers to the quiz."""
    tree = DiskTree(obj["root"])
    library, findings = checked(tree, today.date())
    if library is None or errors_in(findings):
        raise FindingsError(findings)
    language_of(library, language)
    edition = sound_edition(library, findings, tree, today.date())
    binder = Binder(compile_library(edition, audience or library.settings.audience, printed=True), language)
    modules = {n: d for n, d in binder.view.documents.items() if isinstance(d.record, ModuleRecord)}
    if name not in modules:
        raise KbError(f"this edition shows no training module `{name}`. {did_you_mean(name, modules)}".strip())
    book = compose_sheet(modules[name], sheet, binder)
    with press(tree, 1, obj["root"] / FOLDER) as printer:
        write_file(out or Path(book.file_name), printer.link(book).pdf)
