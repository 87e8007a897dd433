"""``patokaz form``: one form alone, to fill in on the screen or with a pen."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import click

from patokaz.checking import checked, sound_edition
from patokaz.cli.given import language_of, write_file
from patokaz.cli.main import main, today_option
from patokaz.findings import FindingsError, KbError, did_you_mean, errors_in
from patokaz.handbooks import compose_form, print_form
from patokaz.load import DiskTree
from patokaz.model.records import FormRecord
from patokaz.pages.view import View


@main.command()
@click.argument("name", metavar="ID")
@click.option("--lang", "language", required=True, help="The language, such as mk.")
@click.option("--flat", is_flag=True, help="Lines and boxes for a pen instead of fields.")
@click.option(
    "-o",
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The PDF. Default: id-LANG.pdf here, with --flat id-LANG-flat.pdf.",
)
@click.option("--audience", type=click.Choice(["public", "professional"]))
@today_option
@click.pass_obj
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
    library, findings = checked(tree, today.date())
    if library is None or errors_in(findings):
        raise FindingsError(findings)
    language_of(library, language)
    edition = sound_edition(library, findings, tree, today.date())
    view = View(edition, audience or edition.settings.audience, language)
    forms = {key: document for key, document in view.documents.items() if isinstance(document.record, FormRecord)}
    if name not in forms:
        raise KbError(f"this edition shows no form `{name}`. {did_you_mean(name, forms)}".strip())
    sheet = compose_form(forms[name], view, today.date(), fillable=not flat)
    images = {link: tree.read(source) for link, source in sheet.images.items() if link in sheet.html}
    write_file(out or Path(sheet.file_name), print_form(sheet, images))
