"""``patokaz training``: handouts, quiz sheets, attendance sheets and certificates of one module in one language."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import click

from patokaz.cli.given import write_file
from patokaz.cli.main import main
from patokaz.cli.printed import edition_of, print_options
from patokaz.findings import KbError, did_you_mean
from patokaz.handbooks import FOLDER, SHEETS, Binder, compose_sheet
from patokaz.load import DiskTree
from patokaz.model.records import ModuleRecord
from patokaz.release.press import press


@main.command()
@click.argument("name", metavar="ID")
@click.option("--sheet", type=click.Choice(list(SHEETS)), required=True, help="What to print.")
@print_options
def training(
    obj: dict[str, Path],
    name: str,
    sheet: str,
    language: str,
    out: Path | None,
    audience: Any,
    today: datetime.datetime,
) -> None:
    """Print one sheet of a training module: only the trainer's has notes and the answers to the quiz."""
    tree = DiskTree(obj["root"])
    binder = Binder(edition_of(tree, language, audience, today.date()), language)
    modules = {n: d for n, d in binder.view.documents.items() if isinstance(d.record, ModuleRecord)}
    if name not in modules:
        raise KbError(f"this edition shows no training module `{name}`. {did_you_mean(name, modules)}".strip())
    book = compose_sheet(modules[name], sheet, binder)
    with press(tree, 1, obj["root"] / FOLDER) as printer:
        write_file(out or Path(book.file_name), printer.link(book).pdf)
