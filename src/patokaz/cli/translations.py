"""``patokaz translations``: freshness of every text, and the stamp that says which state a translation follows."""

from __future__ import annotations

from pathlib import Path

import click

from patokaz.cli.main import main
from patokaz.findings import KbError
from patokaz.load import DiskTree, load
from patokaz.model.library import Library
from patokaz.model.texts import Text
from patokaz.translations import freshness, stamped


@main.group()
def translations() -> None:
    """See which translations are behind, and stamp those that were compared with the original."""


def _loaded(root: Path) -> Library:
    library = load(DiskTree(root)).library
    if library is None:
        raise KbError("mkdocs.yml cannot be read: run patokaz check")
    return library


def _holders(library: Library) -> dict[str, tuple[Text, dict[str, Text], str]]:
    """(original, texts, revision) by id; hand-written pages count as revision 1.0 of themselves."""
    found = {d.id: (d.source_text, dict(d.texts), d.record.revision) for d in library.documents.values()}
    return found | {p.id: (p.texts[p.source_language], dict(p.texts), "1.0") for p in library.pages.values()}


@translations.command()
@click.pass_obj
def status(obj: dict[str, Path]) -> None:
    """List every document and page with the state of its texts."""
    library = _loaded(obj["root"])
    for name, (source, texts, _) in sorted(_holders(library).items()):
        states = [
            f"{lang}: {freshness(texts[lang], source).value if lang in texts else 'missing'}"
            for lang in library.settings.languages
        ]
        click.echo(f"{name:32} {'  '.join(states)}")


@translations.command()
@click.argument("names", metavar="ID...", nargs=-1, required=True)
@click.option("--lang", "language", required=True, help="The language of the translation.")
@click.option("--by", default="Patokaz", show_default=True, help="Who translated, where the text does not say.")
@click.pass_obj
def stamp(obj: dict[str, Path], names: tuple[str, ...], language: str, by: str) -> None:
    """Write into the translations of ID that they follow the present original. Compare them first."""
    holders = _holders(_loaded(obj["root"]))
    for name in names:
        if name not in holders:
            raise KbError(f"there is no document or page `{name}`")
        source, texts, revision = holders[name]
        if language not in texts or texts[language] is source:
            raise KbError(f"{name} has no translation in `{language}`")
        path = obj["root"] / texts[language].path
        content = stamped(path.read_text(encoding="utf-8"), revision=revision, fingerprint=source.fingerprint, by=by)
        path.write_text(content, encoding="utf-8", newline="\n")
        click.echo(str(path))
