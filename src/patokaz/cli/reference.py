"""``patokaz schema`` and ``patokaz rules``: what is generated from the model and the catalogue."""

from __future__ import annotations

from pathlib import Path

import click

from patokaz.cli.main import main
from patokaz.model.schema import schemas
from patokaz.rules.reference import rule_reference


@main.command()
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("schemas"),
    show_default=True,
    help="The folder to write to.",
)
def schema(out: Path) -> None:
    """Write the JSON Schemas of all YAML files, for editors that complete and validate."""
    out.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (out / name).write_text(text, encoding="utf-8")
        click.echo(str(out / name))


@main.command()
def rules() -> None:
    """Print the reference of all rules as Markdown."""
    click.echo(rule_reference(), nl=False)
