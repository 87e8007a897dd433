"""What all commands have in common that print one thing: their options, and the edition that they print from."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import click

from patokaz.checking import checked, sound_edition
from patokaz.cli.given import language_of, write_file
from patokaz.cli.main import today_option
from patokaz.findings import FindingsError, errors_in
from patokaz.handbooks import FOLDER, PAGES, Format, Single
from patokaz.load import Tree
from patokaz.model.base import Audience
from patokaz.pages import Compiled, compile_for_print
from patokaz.release.press import press


def print_options(command: Any) -> Any:
    """The options of every command that prints one thing in one language."""
    options = (
        click.option("--lang", "language", required=True, help="The language, such as mk."),
        click.option(
            "-o",
            "--out",
            type=click.Path(dir_okay=False, path_type=Path),
            help="The PDF. Default: a name with ID and language, here.",
        ),
        click.option("--audience", type=click.Choice(["public", "professional"])),
        today_option,
        click.pass_obj,
    )
    for option in reversed(options):
        command = option(command)
    return command


def edition_of(
    tree: Tree, language: str | None, audience: Audience | None, today: datetime.date, form: Format = PAGES
) -> Compiled:
    """The checked and compiled edition of a day; raises what :class:`patokaz.cli.main.Commands` turns into words.

    ``language``: one in which the library must be made, and the only one that is compiled and whose drawings are looked at; None where only
    the document knows its languages.
    """
    only = None if language is None else (language,)
    library, findings = checked(tree, today, only)
    if library is None or errors_in(findings):
        raise FindingsError(findings)
    language_of(library, language)
    edition = sound_edition(library, findings, tree, today)
    return compile_for_print(edition, audience or library.settings.audience, paper=form.drawn, languages=only)


def write_sheet(sheet: Single, tree: Tree, root: Path, out: Path | None) -> None:
    """Print what is rendered alone to ``out``, or to its own name here."""
    with press(tree, 1, root / FOLDER) as printer:
        printer.render([sheet])
        write_file(out or Path(Path(sheet.path).name), printer.pdf_of(sheet))
