"""``patokaz as-of``: what was in force on a day."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import click

from patokaz.checking import controlled
from patokaz.cli.given import language_of
from patokaz.cli.main import main, today_option
from patokaz.cli.status import print_table
from patokaz.findings import FindingsError, errors_in
from patokaz.load import DiskTree
from patokaz.model.revisions import in_force_on
from patokaz.pages.as_of import address, adoptable, as_json
from patokaz.pages.view import View

_DOUBTS = ("KB0", "KB1", "KB901", "KB902", "KB905")
"""Findings after which nobody can say what was in force: records that cannot be read, seals that are not whole, two revisions at once."""


@main.command("as-of")
@click.argument("day", metavar="YYYY-MM-DD", type=click.DateTime(["%Y-%m-%d"]))
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--lang", "language", help="The language of titles. Default: the library's first.")
@today_option
@click.pass_obj
def as_of(
    obj: dict[str, Path], day: datetime.datetime, style: str, language: str | None, today: datetime.datetime
) -> None:
    """Show for every document the revision that was in force on a day, and where its page is in the site.

    Nothing is shown where a source cannot be read or a sealed file was altered.
    """
    library, findings = controlled(DiskTree(obj["root"]), today.date())
    doubts = tuple(item for item in errors_in(findings) if item.code.startswith(_DOUBTS))
    if library is None or doubts:
        raise FindingsError(doubts or findings)
    view = View(library, "professional", language_of(library, language))
    if style == "json":
        click.echo(json.dumps(as_json(adoptable(view), day.date()), ensure_ascii=False, indent=1))
        return
    rows = []
    for document in adoptable(view):
        seal = in_force_on(document.seals.values(), day.date())
        what = (seal.revision, str(seal.effective), address(document, seal)) if seal else ("-", "-", "nothing in force")
        rows.append((document.id, view.title(document.id), *what))
    print_table(("id", "title", "revision", "since", "page"), rows)
