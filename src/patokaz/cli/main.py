"""``patokaz``: the group of commands and how errors become words and exit codes."""

from __future__ import annotations

import datetime
import gc
import importlib
from pathlib import Path
from typing import Any

import click

from patokaz import __version__
from patokaz.findings import FindingsError, KbError

CANNOT_CONTINUE = 3

_OF_MODULE = {
    "as_of": ("as-of",),
    "build": ("build", "serve"),
    "cards": ("cards", "leaflet"),
    "check": ("check",),
    "control": ("adopt", "cite", "revise", "seal"),
    "diff": ("diff", "notice"),
    "exchange": ("translations",),
    "form": ("form",),
    "printing": ("handbook", "poster", "print", "replacement"),
    "reference": ("rules", "schema"),
    "status": ("status",),
    "training": ("training",),
    "word": ("export", "import"),
}
COMMANDS = {name: f"patokaz.cli.{module}" for module, names in _OF_MODULE.items() for name in names}
"""The module that defines each command: it is imported when the command is called, so that none waits for what another needs."""


class Commands(click.Group):
    """Finds commands when they are called, and turns the two kinds of errors into words and exit codes: never a traceback for bad input."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names of all commands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, or None."""
        if cmd_name in COMMANDS:
            importlib.import_module(COMMANDS[cmd_name])
        return super().get_command(ctx, cmd_name)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except FindingsError as error:
            # What prints findings takes longer to import than most commands to run.
            from patokaz.cli.show import line_reader, print_findings

            root = ctx.obj["root"] if ctx.obj else Path()
            print_findings(error.findings, "text", line_reader(root))
            click.echo("Nothing was written.", err=True)
            ctx.exit(1)
        except KbError as error:
            click.echo(f"patokaz: {error}", err=True)
            ctx.exit(CANNOT_CONTINUE)


_COLLECT = (100_000, 20, 20)
"""Sources make many objects that live as long as the command: looking for circles among them as often as Python does by itself took an eighth of the time."""


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
    gc.set_threshold(*_COLLECT)


today_option = click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    default=lambda: datetime.date.today().isoformat(),  # noqa: DTZ011 - the user's own calendar day
    show_default="the day on the clock",
    help="The day that decides what is stale.",
)
