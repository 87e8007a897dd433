"""``patokaz translations``: freshness of every text, and the stamp that says which state a translation follows."""

from __future__ import annotations

from pathlib import Path

import click

from patokaz.cli.main import main
from patokaz.findings import KbError
from patokaz.load import DiskTree, load
from patokaz.model.library import Document, Library
from patokaz.model.pathway import LabelStamp
from patokaz.model.texts import Text
from patokaz.translations import Freshness, freshness, has_labels, label_freshness, labels_stamped, stamped


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
    """List every document and page with the state of its texts, and every pathway with that of its labels."""
    library = _loaded(obj["root"])
    for name, (source, texts, _) in sorted(_holders(library).items()):
        languages = library.settings.languages
        states = {lang: freshness(texts[lang], source) if lang in texts else Freshness.MISSING for lang in languages}
        click.echo(_line(name, states))
        document = library.documents.get(name)
        if document is not None and document.pathway is not None:
            original = document.record.source_language
            states = {lang: label_freshness(document.pathway, original, lang) for lang in languages}
            click.echo(_line(f"{name} (pathway)", states))


def _line(name: str, states: dict[str, Freshness]) -> str:
    return f"{name:32} {'  '.join(f'{language}: {state.value}' for language, state in states.items())}"


@translations.command()
@click.argument("names", metavar="ID...", nargs=-1, required=True)
@click.option("--lang", "language", required=True, help="The language of the translation.")
@click.option("--by", default="Patokaz", show_default=True, help="Who translated, where the text does not say.")
@click.option(
    "--part",
    type=click.Choice(["all", "text", "labels"]),
    default="all",
    show_default=True,
    help="What was compared: the text, the labels of the pathway, or both.",
)
@click.pass_obj
def stamp(obj: dict[str, Path], names: tuple[str, ...], language: str, by: str, part: str) -> None:
    """Write into the translations of ID that they follow the present original. Compare them first."""
    library = _loaded(obj["root"])
    holders = _holders(library)
    for name in names:
        if name not in holders:
            raise KbError(f"there is no document or page `{name}`")
        source, texts, revision = holders[name]
        written: list[Path] = []
        if part != "labels" and language in texts and texts[language] is not source:
            path = obj["root"] / texts[language].path
            content = path.read_text(encoding="utf-8")
            _write(path, stamped(content, revision=revision, fingerprint=source.fingerprint, by=by))
            written.append(path)
        if part != "text" and name in library.documents and _translates_labels(library.documents[name], language):
            written.append(_stamp_labels(obj["root"], library.documents[name], language, by))
        if not written:
            what = "translated labels" if part == "labels" else "translation"
            raise KbError(f"{name} has no {what} in `{language}`")
        click.echo("\n".join(str(path) for path in written))


def _translates_labels(document: Document, language: str) -> bool:
    """Whether a document's pathway has labels in ``language`` that translate others."""
    pathway = document.pathway
    return pathway is not None and language != document.record.source_language and has_labels(pathway, language)


def _stamp_labels(root: Path, document: Document, language: str, by: str) -> Path:
    """Stamp the labels of a document's pathway in ``language``; who translated and reviewed them stays as it is."""
    assert document.pathway is not None
    path = root / document.pathway_path
    fingerprint = document.pathway.fingerprint(document.record.source_language)
    old = document.pathway.translations.get(language)
    stamps = dict(document.pathway.translations)
    stamps[language] = LabelStamp(
        fingerprint=fingerprint, by=old.by if old else by, reviewed_by=old.reviewed_by if old else None
    )
    try:
        _write(path, labels_stamped(path.read_text(encoding="utf-8"), stamps))
    except ValueError as error:
        raise KbError(f"{path}: {error}") from error
    return path


def _write(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8", newline="\n")
