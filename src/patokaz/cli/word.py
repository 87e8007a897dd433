"""``patokaz export`` and ``patokaz import``: a text as a Word file, and the edits of a Word file as Markdown."""

from __future__ import annotations

from pathlib import Path

import click

from patokaz.cli.given import language_of, unchecked, write_file
from patokaz.cli.main import main
from patokaz.cli.show import line_reader, print_findings
from patokaz.control.editing import write_all
from patokaz.findings import KbError
from patokaz.load import DiskTree
from patokaz.model.library import Library
from patokaz.pages.view import View
from patokaz.word import Origin, export, import_word
from patokaz.word.origin import origin


def _origin(root: Path, name: str, language: str) -> tuple[Library, Origin]:
    tree = DiskTree(root)
    library = unchecked(tree)
    return library, origin(library, name, language_of(library, language), tree.read)


@main.command("export")
@click.argument("name", metavar="ID")
@click.option("--format", "style", type=click.Choice(["docx"]), required=True, help="The kind of file.")
@click.option("--lang", "language", required=True, help="The language, such as mk.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The file. Default: ID-LANG.docx here.")
@click.pass_obj
def export_command(obj: dict[str, Path], name: str, style: str, language: str, out: Path | None) -> None:
    """Write the text of ID as a Word file for consultation."""
    library, text = _origin(obj["root"], name, language)
    target = out or Path(f"{name.replace('/', '-')}-{language}.{style}")
    write_file(target, export(text, View(library, "professional", language)))


@main.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--as", "name", metavar="ID", required=True, help="The document or page whose text it is.")
@click.option("--lang", "language", required=True, help="The language, such as mk.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The Markdown. Default: the text itself.")
@click.pass_obj
def import_command(obj: dict[str, Path], file: Path, name: str, language: str, out: Path | None) -> None:
    """Bring the edits of the Word file FILE back into the text of ID, and list what has no place in it."""
    _, text = _origin(obj["root"], name, language)
    try:
        data = file.read_bytes()
    except OSError as error:
        raise KbError(f"cannot read {file}: {error.strerror}") from error
    target = out or obj["root"] / text.text.path
    imported = import_word(data, str(file), text, elsewhere=out is not None)
    if imported.content != text.content or out is not None:
        write_all({target: imported.content})
    for change in imported.tracked:
        click.echo(f"{change.kind} by {change.author}: “{change.words}”")
    if imported.findings:
        print_findings(imported.findings, "text", line_reader(obj["root"]))
    passages = "1 passage" if imported.changed == 1 else f"{imported.changed} passages"
    click.echo(f"{passages} changed: {target}" if imported.changed else f"nothing changed: {target}")
