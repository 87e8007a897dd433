"""``patokaz translations export`` and ``import``: translations to and from translators' tools."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from patokaz.checking import checked
from patokaz.cli.given import language_of, unchecked
from patokaz.cli.main import today_option
from patokaz.cli.translations import translations
from patokaz.control.editing import write_all
from patokaz.exchange import READERS, Signatures, Subject, package, receive, subject, write_po, write_xliff
from patokaz.findings import Finding, FindingsError, KbError, did_you_mean, errors_in
from patokaz.load import DiskTree, MemoryTree
from patokaz.load.reading import MAX_BYTES
from patokaz.model.library import Library

_FORMATS = {"po": (write_po, ".po"), "xliff": (write_xliff, ".xlf")}


def _loaded(tree: DiskTree, language: str) -> Library:
    library = unchecked(tree)
    language_of(library, language)
    return library


def _named(library: Library, tree: DiskTree, names: tuple[str, ...], language: str) -> list[Subject]:
    """What is to be exported: the named ones, or everything that is translated into the language."""
    known = sorted({**library.documents, **library.pages})
    found: list[Subject] = []
    for name in names or known:
        item = subject(library, tree, name, language)
        if item is not None:
            found.append(item)
        elif name not in known:
            raise KbError(f"there is no document or page `{name}`. {did_you_mean(name, known)}".strip())
        elif names:
            raise KbError(f"{name} is written in `{language}`: there is nothing to translate")
    return found


@translations.command("export")
@click.argument("names", metavar="[ID]...", nargs=-1)
@click.option("--lang", "language", required=True, help="The language to translate into, such as sq.")
@click.option("--format", "style", type=click.Choice(list(_FORMATS)), default="po", show_default=True)
@click.option("--all", "everything", is_flag=True, help="All passages, not only those that are new or have changed.")
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path(), help="A folder, or a file for one ID. Default: here."
)
@click.pass_obj
def export(
    obj: dict[str, Path], names: tuple[str, ...], language: str, style: str, everything: bool, out: Path
) -> None:
    """Write a file for a translator for each ID, or for all documents and pages with something to translate."""
    tree = DiskTree(obj["root"])
    library = _loaded(tree, language)
    write, suffix = _FORMATS[style]
    packages = [package(library, item, everything=everything) for item in _named(library, tree, names, language)]
    packages = [one for one in packages if one.units]
    to_file = out.suffix.lower() in READERS
    if to_file and len(packages) > 1:
        raise KbError(
            f"--out {out} is one file, but {len(packages)} documents have something to translate: name a folder"
        )
    files = {
        out if to_file else out / f"{one.subject.id.replace('/', '.')}.{language}{suffix}": write(one)
        for one in packages
    }
    write_all(files)
    for path, one in zip(files, packages, strict=True):
        click.echo(f"{path}: {_passages(len(one.units))}")
    if not files:
        click.echo("Nothing is new or has changed. With --all everything is exported.")


@translations.command("import")
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--lang", "language", required=True, help="The language of the translation.")
@click.option("--by", help="Who translated. Default: as it was.")
@click.option("--reviewed-by", help="Who reviewed every passage that is imported.")
@today_option
@click.pass_obj
def import_command(
    obj: dict[str, Path],
    files: tuple[Path, ...],
    language: str,
    by: str | None,
    reviewed_by: str | None,
    today: datetime.datetime,
) -> None:
    """Take what is translated in FILE back into the library: all that is done, or nothing where anything is wrong."""
    tree = DiskTree(obj["root"])
    library = _loaded(tree, language)
    deliveries = {path.as_posix(): _bytes_of(path) for path in files}
    received = receive(library, tree, deliveries, language, Signatures(by, reviewed_by))
    if errors_in(received.findings):
        raise FindingsError(received.findings)
    new_errors = _broken_by(tree, received.files, today.date())
    if new_errors:
        raise FindingsError(new_errors)
    write_all({obj["root"] / path: data for path, data in received.files.items()})
    for name, left in received.left.items():
        if received.taken[name] or left:
            click.echo(f"{name}: {_passages(received.taken[name])} taken, {len(left)} left")
        for key in left:
            click.echo(f"    left: {key}")
        for key in received.waiting.get(name, ()):
            click.echo(f"    not written yet: {key} (waits for the rest of its section; import the file again with it)")
    for name in received.unreviewed:
        click.echo(
            f"{name}: stays unreviewed, since the file holds only a part of it; for a review export it with --all"
        )
    for path in received.files:
        click.echo(f"written: {path}")
    if not received.files:
        click.echo("Nothing was to be written: no passage is done that was not so already.")


def _passages(count: int) -> str:
    return f"{count} passage" if count == 1 else f"{count} passages"


def _bytes_of(path: Path) -> bytes:
    """The bytes of a file, one more than is allowed where it has more, so that a huge one is refused and not read."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 4)
    except OSError as error:
        raise KbError(f"cannot read {path}: {error.strerror}") from error


def _broken_by(tree: DiskTree, files: dict[str, bytes], today: datetime.date) -> tuple[Finding, ...]:
    """The errors that the library would have with ``files`` and does not have without."""
    if not files:
        return ()
    before = {(item.code, item.location.path, item.message) for item in errors_in(checked(tree, today)[1])}
    after = MemoryTree({path: tree.read(path) for path in tree.files()} | files)
    return tuple(f for f in errors_in(checked(after, today)[1]) if (f.code, f.location.path, f.message) not in before)
