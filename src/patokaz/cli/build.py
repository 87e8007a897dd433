"""``patokaz build`` and ``patokaz serve``: the site, published or as a preview."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import click

from patokaz.cli.main import main, today_option
from patokaz.cli.show import Progress
from patokaz.release.build import Options, build


@main.command("build")
@click.option(
    "--audience", type=click.Choice(["public", "professional"]), help="Whom the edition is for. Default: mkdocs.yml."
)
@click.option("--lang", "languages", multiple=True, help="Print only in this language (repeatable).")
@click.option("--site-dir", type=click.Path(path_type=Path), help="Where the site goes. Default: mkdocs.yml.")
@click.option(
    "--handbooks/--no-handbooks", default=True, show_default=True, help="Print the PDFs: handbooks and all else."
)
@click.option(
    "--replaces",
    "earlier",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The handbooks/chapters.json of an earlier edition: print also which pages to exchange in its binders.",
)
@click.option("--jobs", type=click.IntRange(1, 64), default=os.cpu_count() or 1, show_default="all processors")
@today_option
@click.pass_obj
def build_command(obj: dict[str, Path], /, today: datetime.datetime, **given: Any) -> None:
    """Build the site and all that it prints, all or nothing."""
    with Progress() as progress:
        built = build(Options(root=obj["root"].resolve(), today=today.date(), **given), progress.report)
    for item in built.findings:
        click.echo(str(item).split("\n")[0], err=True)
    for reason in built.left_out:
        click.echo(f"not printed: {reason}", err=True)
    click.echo(f"{built.pages} pages, {built.printed} PDFs: {built.site / 'index.html'}")


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_obj
def serve(obj: dict[str, Path], arguments: tuple[str, ...]) -> None:
    """Preview the site with live reload: `mkdocs serve --livereload` with the same ARGUMENTS."""
    command = [sys.executable, "-m", "mkdocs", "serve", "--livereload", *arguments]
    sys.exit(subprocess.call(command, cwd=obj["root"]))  # noqa: S603 - our own interpreter, the user's own arguments
