"""``patokaz form``: one form alone, to fill in on the screen or with a pen."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import click

from patokaz.cli.main import main
from patokaz.cli.printed import edition_of, print_options, write_sheet
from patokaz.findings import KbError, did_you_mean
from patokaz.handbooks import compose_form
from patokaz.load import DiskTree
from patokaz.model.records import FormRecord
from patokaz.pages.view import View


@main.command()
@click.argument("name", metavar="ID")
@click.option("--flat", is_flag=True, help="Lines and boxes for a pen instead of fields.")
@print_options
def form(
    obj: dict[str, Path],
    name: str,
    language: str,
    *,
    flat: bool,
    out: Path | None,
    audience: Any,
    today: datetime.datetime,
) -> None:
    """Print one blank form as a PDF with fields, or flat for a pen."""
    tree = DiskTree(obj["root"])
    compiled = edition_of(tree, language, audience, today.date())
    view = View(compiled.library, compiled.audience, language)
    forms = {key: document for key, document in view.documents.items() if isinstance(document.record, FormRecord)}
    if name not in forms:
        raise KbError(f"this edition shows no form `{name}`. {did_you_mean(name, forms)}".strip())
    sheet = compose_form(forms[name], view, today.date(), fillable=not flat)
    write_sheet(sheet, tree, obj["root"], out)
