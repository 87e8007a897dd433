"""What people give to commands: a library, a document, a language, a file; and the words for what does not exist."""

from __future__ import annotations

from pathlib import Path

import click

from patokaz.control.editing import write_all
from patokaz.findings import KbError, did_you_mean
from patokaz.load import Tree, load
from patokaz.model.library import Document, Library


def unchecked(tree: Tree) -> Library:
    """The working library as far as it can be read; raises :class:`KbError` where mkdocs.yml cannot be read."""
    library = load(tree).library
    if library is None:
        raise KbError("mkdocs.yml cannot be read: run patokaz check")
    return library


def document_of(library: Library, name: str) -> Document:
    """A document by its id; raises :class:`KbError` with the nearest ids."""
    if name in library.documents:
        return library.documents[name]
    if name in library.broken:
        raise KbError(f"{name} cannot be read: run patokaz check")
    raise KbError(f"there is no document `{name}`. {did_you_mean(name, library.documents)}".strip())


def language_of(library: Library, given: str | None) -> str:
    """The language ``given``, else the library's first; raises :class:`KbError` for one in which the library is not made."""
    languages = library.settings.languages
    if given is not None and given not in languages:
        raise KbError(f"the library is not made in `{given}`; it is in: {', '.join(languages)}")
    return given or languages[0]


def write_file(target: Path, content: bytes) -> None:
    """Write a file whole or not at all, and say where it is."""
    write_all({target: content})
    click.echo(str(target))
