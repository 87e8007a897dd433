"""``patokaz translations``: freshness of every text, and the stamp that says which state a translation follows."""

from __future__ import annotations

from pathlib import Path

import click

from patokaz.cli.given import unchecked
from patokaz.cli.main import main
from patokaz.control.editing import write_all
from patokaz.findings import KbError
from patokaz.load import DiskTree
from patokaz.model.library import Document, Library
from patokaz.model.pathway import LabelStamp
from patokaz.model.texts import Follows, Text
from patokaz.translations import (
    Freshness,
    differences,
    follows_file,
    follows_of,
    follows_path,
    freshness,
    has_labels,
    label_freshness,
    label_passages,
    label_prints,
    labels_stamped,
    passages,
    place_of,
    stamped,
)


@main.group()
def translations() -> None:
    """See which translations are behind, and stamp those that were compared with the original."""


def _holders(library: Library) -> dict[str, tuple[Text, dict[str, Text], str]]:
    """(original, texts, revision) by id; hand-written pages count as revision 1.0 of themselves."""
    found = {d.id: (d.source_text, dict(d.texts), d.record.revision) for d in library.documents.values()}
    return found | {p.id: (p.texts[p.source_language], dict(p.texts), "1.0") for p in library.pages.values()}


@translations.command()
@click.pass_obj
def status(obj: dict[str, Path]) -> None:
    """List every document and page with the state of its texts, and every pathway with that of its labels.

    Behind the word "behind" stands the number of passages that are.
    """
    library = unchecked(DiskTree(obj["root"]))
    for name, (source, texts, _) in sorted(_holders(library).items()):
        languages = library.settings.languages
        click.echo(_line(name, {lang: _state(source, texts.get(lang)) for lang in languages}))
        document = library.documents.get(name)
        if document is not None and document.pathway is not None:
            click.echo(_line(f"{name} (pathway)", {lang: _label_state(document, lang) for lang in languages}))


def _state(source: Text, text: Text | None) -> str:
    state = freshness(text, source) if text is not None else Freshness.MISSING
    if state is not Freshness.BEHIND:
        return str(state.value)
    return f"{state.value} {sum(passage.state != 'current' for passage in passages(source, text))}"


def _label_state(document: Document, language: str) -> str:
    assert document.pathway is not None
    original, text = document.record.source_language, document.texts.get(language)
    state = label_freshness(document.pathway, original, language)
    if state is not Freshness.BEHIND:
        return str(state.value)
    labels = label_passages(document.pathway, original, language, text.follows if text else None)
    return f"{state.value} {sum(label.state != 'current' for label in labels)}"


def _line(name: str, states: dict[str, str]) -> str:
    return f"{name:32} {'  '.join(f'{language}: {state}' for language, state in states.items())}"


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
    """Write into the translations of ID that they follow the present original. Compare them first.

    The passages that a text follows are written beside it. A text that has other passages than its original is not stamped.
    """
    library = unchecked(DiskTree(obj["root"]))
    holders = _holders(library)
    files: dict[Path, str | bytes] = {}
    for name in names:
        if name not in holders:
            raise KbError(f"there is no document or page `{name}`")
        source, texts, revision = holders[name]
        text = texts.get(language)
        document = library.documents.get(name)
        labelled = document if document is not None and _translates_labels(document, language) else None
        follows = (text.follows if text is not None else None) or Follows(revision=revision)
        found = len(files)
        if part != "labels" and text is not None and text is not source:
            _refuse_other_structure(source, text)
            path = obj["root"] / text.path
            content = path.read_text(encoding="utf-8")
            files[path] = stamped(content, revision=revision, fingerprint=source.fingerprint, by=by)
            follows = follows_of(source, revision, follows.labels)
        if part != "text" and labelled is not None and labelled.pathway is not None:
            path, content = _stamped_labels(obj["root"], labelled, language, by)
            files[path] = content
            follows = follows.model_copy(update={"labels": label_prints(labelled.pathway, source.language)})
        if len(files) == found:
            what = "translated labels" if part == "labels" else "translation"
            raise KbError(f"{name} has no {what} in `{language}`")
        if text is not None:
            files[obj["root"] / follows_path(text)] = follows_file(follows)
    write_all(files)
    click.echo("\n".join(str(path) for path in files))


def _refuse_other_structure(source: Text, text: Text) -> None:
    for difference in differences(source, text):
        raise KbError(
            f"{place_of(text, difference.near)}: {difference}; translate it first, so that each passage stands for one of the original"
        )


def _translates_labels(document: Document, language: str) -> bool:
    """Whether a document's pathway has labels in ``language`` that translate others."""
    pathway = document.pathway
    return pathway is not None and language != document.record.source_language and has_labels(pathway, language)


def _stamped_labels(root: Path, document: Document, language: str, by: str) -> tuple[Path, str]:
    """The pathway of a document with its labels in ``language`` stamped; who translated and reviewed them stays as it is."""
    assert document.pathway is not None
    path = root / document.pathway_path
    fingerprint = document.pathway.fingerprint(document.record.source_language)
    old = document.pathway.translations.get(language)
    stamps = dict(document.pathway.translations)
    stamps[language] = LabelStamp(
        fingerprint=fingerprint, by=old.by if old else by, reviewed_by=old.reviewed_by if old else None
    )
    try:
        return path, labels_stamped(path.read_text(encoding="utf-8"), stamps)
    except ValueError as error:
        raise KbError(f"{path}: {error}") from error
