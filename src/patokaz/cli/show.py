"""What a command shows: findings, and progress as a bar on a terminal or as plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

import click
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar

from patokaz import __version__
from patokaz.findings import Finding
from patokaz.findings.printers import as_github, as_json, as_sarif, as_text


def line_reader(root: Path) -> Callable[[str, int], str | None]:
    """Reads single lines of sources for the excerpts under findings; None for what cannot be read."""
    cache: dict[str, list[str]] = {}

    def line_of(path: str, number: int) -> str | None:
        if path not in cache:
            try:
                cache[path] = (root / path).read_text(encoding="utf-8").split("\n")
            except (OSError, UnicodeDecodeError):
                cache[path] = []
        lines = cache[path]
        return lines[number - 1] if 0 < number <= len(lines) else None

    return line_of


def print_findings(findings: Sequence[Finding], style: str, line_of: Callable[[str, int], str | None]) -> None:
    """Print findings to standard output in one of the four styles."""
    if style == "json":
        text = as_json(findings)
    elif style == "sarif":
        text = as_sarif(findings, __version__)
    elif style == "github":
        text = as_github(findings)
    else:
        text = as_text(findings, line_of, colour=sys.stdout.isatty())
    click.echo(text, nl=False)


class Progress:
    """Reports the numbered steps and the handbooks printed."""

    def __init__(self) -> None:
        self._bar: Bar | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Progress:
        if sys.stderr.isatty():
            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
            self._bar = Bar(*columns, transient=True)
            self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    def report(self, words: str, done: int, total: int) -> None:
        """Show one report of the pipeline."""
        if self._bar is None:
            click.echo(f"{words} ({done} of {total})" if total else words, err=True)
            return
        if not total:
            self._bar.print(words)
            return
        if self._task is None:
            self._task = self._bar.add_task(words, total=total)
        self._bar.update(self._task, description=words, completed=done, total=total)
