"""``patokaz``: the group of commands and how errors become words and exit codes."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import click

from patokaz import __version__
from patokaz.checking import checked, edition_on
from patokaz.cli.show import Progress, line_reader, print_findings
from patokaz.findings import FindingsError, KbError, errors_in
from patokaz.load import DiskTree
from patokaz.release import Options, build

CANNOT_CONTINUE = 3


class Commands(click.Group):
    """Turns the two kinds of errors into words and exit codes: never a traceback for bad input."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except FindingsError as error:
            root = ctx.obj["root"] if ctx.obj else Path()
            print_findings(error.findings, "text", line_reader(root))
            click.echo("Nothing was written.", err=True)
            ctx.exit(1)
        except KbError as error:
            click.echo(f"patokaz: {error}", err=True)
            ctx.exit(CANNOT_CONTINUE)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="patokaz")
@click.option(
    "--root",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="The library's folder, with mkdocs.yml.",
)
@click.pass_context
def main(ctx: click.Context, root: Path) -> None:
    """Controlled, multilingual procedures as a site, printed handbooks and offline packs."""
    ctx.obj = {"root": root}


today_option = click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    default=lambda: datetime.date.today().isoformat(),  # noqa: DTZ011 - the user's own calendar day
    show_default="the day on the clock",
    help="The day that decides what is stale.",
)


@main.command()
@click.option(
    "--format", "style", type=click.Choice(["text", "json", "sarif", "github"]), default="text", show_default=True
)
@today_option
@click.pass_obj
def check(obj: dict[str, Path], style: str, today: datetime.datetime) -> None:
    """Load and check the library; report everything that is wrong in one run."""
    tree = DiskTree(obj["root"])
    library, findings = checked(tree, today.date())
    if library is not None and not errors_in(findings):
        findings += edition_on(library, findings, tree, today.date())[1]
    print_findings(findings, style, line_reader(obj["root"]))
    if errors_in(findings):
        sys.exit(1)


@main.command("build")
@click.option(
    "--audience", type=click.Choice(["public", "professional"]), help="Whom the edition is for. Default: mkdocs.yml."
)
@click.option("--lang", "languages", multiple=True, help="Print handbooks only in this language (repeatable).")
@click.option("--site-dir", type=click.Path(path_type=Path), help="Where the site goes. Default: mkdocs.yml.")
@click.option(
    "--handbooks/--no-handbooks", default=True, show_default=True, help="Print the PDFs: handbooks and posters."
)
@click.option("--jobs", type=click.IntRange(1, 64), default=os.cpu_count() or 1, show_default="all processors")
@today_option
@click.pass_obj
def build_command(obj: dict[str, Path], /, today: datetime.datetime, **given: Any) -> None:
    """Build the site and its handbooks, all or nothing."""
    with Progress() as progress:
        built = build(Options(root=obj["root"].resolve(), today=today.date(), **given), progress.report)
    for item in built.findings:
        click.echo(str(item).split("\n")[0], err=True)
    click.echo(f"{built.pages} pages, {built.printed} PDFs: {built.site / 'index.html'}")


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
@click.pass_obj
def serve(obj: dict[str, Path], arguments: tuple[str, ...]) -> None:
    """Preview the site with live reload: `mkdocs serve --livereload` with the same ARGUMENTS."""
    command = [sys.executable, "-m", "mkdocs", "serve", "--livereload", *arguments]
    sys.exit(subprocess.call(command, cwd=obj["root"]))  # noqa: S603 - our own interpreter, the user's own arguments
