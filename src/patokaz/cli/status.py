"""``patokaz status``: the state of every document, as a table, JSON, a calendar of reviews or a feed of changes."""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from patokaz.checking import checked, controlled
from patokaz.cli.given import language_of
from patokaz.cli.main import main, today_option
from patokaz.findings import FindingsError
from patokaz.load import DiskTree
from patokaz.pages.feeds import changes_feed, reviews_calendar
from patokaz.pages.overview import Overview, Row, Translated, as_json, overview
from patokaz.pages.view import View

CONTROL, EVERY = "document control", "all"
"""Which rules gave the findings that are counted."""


@main.command()
@click.option(
    "--format", "style", type=click.Choice(["text", "json", "ics", "atom"]), default="text", show_default=True
)
@click.option("--lang", "language", help="The language of titles and words. Default: the library's first.")
@click.option("--check", "every", is_flag=True, help="Run all rules for the column of findings, as patokaz check does.")
@today_option
@click.pass_obj
def status(obj: dict[str, Path], style: str, language: str | None, every: bool, today: datetime.datetime) -> None:
    """Show every document: what is in force, what is being written, translations and dependants that are behind.

    Findings are those of reading the sources and of document control, unless --check is given.
    """
    tree = DiskTree(obj["root"])
    library, findings = checked(tree, today.date()) if every else controlled(tree, today.date())
    if library is None:
        raise FindingsError(findings)
    view = View(library, "professional", language_of(library, language))
    shown = overview(library, findings, today.date())
    if style == "ics":
        click.echo(reviews_calendar(view, shown), nl=False)
    elif style == "atom":
        click.echo(changes_feed(view), nl=False)
    elif style == "json":
        click.echo(json.dumps(as_json(shown, EVERY if every else CONTROL), ensure_ascii=False, indent=1))
    else:
        _print(shown, view, EVERY if every else CONTROL)


HEADS = ("id", "title", "working", "in force", "next", "review", "owner", "languages", "behind", "findings")


def _print(shown: Overview, view: View, rules: str) -> None:
    counts = shown.counts
    rows = [_cells(row, view) for row in shown.rows]
    print_table(HEADS, rows)
    click.echo(
        f"\n{len(rows)} documents on {shown.day}: {counts.in_force} in force, {counts.drafts} drafts, "
        f"{counts.reviews_overdue} reviews overdue, {counts.translations_behind} translations behind, "
        f"{counts.dependants_behind} dependants behind"
    )
    click.echo(f"findings ({rules}): {_findings(shown.errors, shown.warnings) or 'none'}")
    if shown.behind:
        click.echo("\nWhat to look at:")
    for item in shown.behind:
        changes = "; ".join(f"{entry.revision} {view.plain(entry.summary)}" for entry in item.since)
        click.echo(f"  {item.dependant} leans on {item.basis}, now {item.current}: {changes}")


def print_table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """A table on a terminal, columns with two spaces between them elsewhere."""
    if sys.stdout.isatty():
        table = Table(*heads)
        for cells in rows:
            table.add_row(*map(escape, cells))
        Console().print(table)
        return
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    for cells in (heads, *rows):
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip())


def _cells(row: Row, view: View) -> tuple[str, ...]:
    standing = row.standing
    in_force = f"{standing.in_force.revision} since {standing.in_force.effective}" if standing.in_force else "-"
    return (
        row.id,
        view.title(row.id),
        f"{row.revision} {row.status}",
        "withdrawn" if standing.withdrawn else in_force,
        f"{standing.upcoming.revision} on {standing.upcoming.effective}" if standing.upcoming else "-",
        (f"{row.review_due}{' overdue' if row.overdue else ''}") if row.review_due else "-",
        row.owner,
        " ".join(f"{language}:{_state(item)}" for language, item in row.languages.items()),
        ", ".join(_behind(row)) or "-",
        _findings(row.errors, row.warnings) or "-",
    )


def _state(item: Translated) -> str:
    return item.state.value if item.reviewed or item.state.value == "missing" else f"{item.state.value}, unreviewed"


def _behind(row: Row) -> Iterator[str]:
    if row.leans:
        yield f"itself, on {', '.join(item.basis for item in row.leans)}"
    yield from dict.fromkeys(item.dependant for item in row.dependants)


def _findings(errors: int, warnings: int) -> str:
    parts = ((errors, "error"), (warnings, "warning"))
    return ", ".join(f"{number} {word}{'s' if number > 1 else ''}" for number, word in parts if number)
