"""``patokaz check``: everything that is wrong with the library, in one run."""

from __future__ import annotations

import datetime
import sys
from pathlib import Path

import click

from patokaz.checking import checked, edition_on
from patokaz.cli.main import main, today_option
from patokaz.cli.show import line_reader, print_findings
from patokaz.findings import errors_in
from patokaz.load import DiskTree


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
