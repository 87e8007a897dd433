"""``patokaz revise``, ``adopt`` and ``seal``: the life of a document."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import click

from patokaz.checking import checked, edition_on
from patokaz.cli.given import document_of, language_of
from patokaz.cli.main import main, today_option
from patokaz.control import Adoption
from patokaz.control import adopt as record_adoption
from patokaz.control import revise as open_revision
from patokaz.control import seal as freeze
from patokaz.findings import Finding, FindingsError, KbError
from patokaz.load import DiskTree
from patokaz.model.library import Library
from patokaz.pages.citations import resolve_citation
from patokaz.pages.view import View

_DAY = click.DateTime(["%Y-%m-%d"])


def loaded(tree: DiskTree, today: datetime.date) -> tuple[Library, tuple[Finding, ...]]:
    """The working library and its findings; raises :class:`FindingsError` where mkdocs.yml cannot be read."""
    library, findings = checked(tree, today)
    if library is None:
        raise FindingsError(findings)
    return library, findings


@main.command()
@click.argument("name", metavar="ID")
@click.option("--kind", type=click.Choice(["editorial", "minor", "major"]), required=True, help="How much it changes.")
@click.option("--message", "-m", required=True, help="What it changes, in the language of the original.")
@click.option("--in", "translated", nargs=2, multiple=True, metavar="LANG WORDS", help="The same in another language.")
@today_option
@click.pass_obj
def revise(
    obj: dict[str, Path],
    name: str,
    kind: Any,
    message: str,
    translated: tuple[tuple[str, str], ...],
    today: datetime.datetime,
) -> None:
    """Open the next revision of ID: number, history, status draft. Editorial revisions put nobody behind."""
    library, _ = loaded(DiskTree(obj["root"]), today.date())
    document = document_of(library, name)
    for language, _ in translated:
        language_of(library, language)
    summary = {document.record.source_language: message, **dict(translated)}
    number = open_revision(obj["root"], document, kind, summary, today.date())
    click.echo(f"{name}@{number} is open: {document.places.path}")


@main.command()
@click.argument("name", metavar="ID")
@click.option("--body", required=True, help="The institution that adopted it, an id of glossary/institutions.yml.")
@click.option("--act", required=True, help="The act, such as a decision and its number.")
@click.option("--date", type=_DAY, required=True, help="The day of the act.")
@click.option("--session", help="The session, with its number.")
@click.option("--document", help="Where the act can be read.")
@click.option("--effective", type=_DAY, help="From when it counts; a day to come is honoured.")
@click.option("--status", help="The step of the chain, where mkdocs.yml does not say which one the body takes.")
@today_option
@click.pass_obj
def adopt(obj: dict[str, Path], /, name: str, today: datetime.datetime, **given: Any) -> None:
    """Record in ID that a body adopted its present revision."""
    library, _ = loaded(DiskTree(obj["root"]), today.date())
    document = document_of(library, name)
    for day in ("date", "effective"):
        given[day] = given[day].date() if given[day] else None
    status = record_adoption(obj["root"], library, document, Adoption(**given), today.date())
    sealing = f"; now run patokaz seal {name}" if library.settings.is_adopted(status) else ""
    click.echo(f"{name}@{document.record.revision} is {status}{sealing}")


@main.command()
@click.argument("citation", metavar="CITATION")
@today_option
@click.pass_obj
def cite(obj: dict[str, Path], citation: str, today: datetime.datetime) -> None:
    """Find what a citation names, such as SOP-02@1.0/first-contact.make-safe: its page, how it stands, where it is now."""
    tree = DiskTree(obj["root"])
    library, findings = loaded(tree, today.date())
    edition, _ = edition_on(library, findings, tree, today.date())
    view = View(edition, "professional", edition.settings.languages[0])
    found = resolve_citation(citation, edition, {name: view.path_of(name) for name in view.documents})
    click.echo(f"{found.address}\n{found.standing}")
    if found.now != found.address:
        click.echo(f"now: {found.now}" if found.now else "it is not in what is in force now")


@main.command()
@click.argument("name", metavar="ID")
@click.option("--draft", is_flag=True, help="Freeze a revision that is not adopted, so that it can be compared.")
@click.option(
    "--without", multiple=True, metavar="LANG", help="Leave out a translation that nobody reviewed (repeatable)."
)
@today_option
@click.pass_obj
def seal(obj: dict[str, Path], name: str, draft: bool, without: tuple[str, ...], today: datetime.datetime) -> None:
    """Freeze the present revision of ID under revisions/, with the hash of every file."""
    tree = DiskTree(obj["root"])
    library, findings = loaded(tree, today.date())
    document = document_of(library, name)
    unknown = [language for language in without if language not in document.texts]
    if unknown:
        raise KbError(f"{name} has no text in `{unknown[0]}`; it has: {', '.join(document.texts)}")
    folder = freeze(obj["root"], tree, library, document, findings, today.date(), draft=draft, without=without)
    click.echo(str(folder))
