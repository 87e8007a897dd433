"""``patokaz leaflet`` and ``cards``: what is handed out and carried, to fold and to cut."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import click

from patokaz.cli.main import main
from patokaz.cli.printed import edition_of, print_options, write_sheet
from patokaz.findings import KbError
from patokaz.handbooks import card_set, compose_cards, compose_leaflet, leaflet_languages
from patokaz.load import DiskTree
from patokaz.pages.view import View


@main.command()
@click.argument("name", metavar="ID")
@print_options
def leaflet(
    obj: dict[str, Path], name: str, language: str, out: Path | None, audience: Any, today: datetime.datetime
) -> None:
    """Print a leaflet on A4 to fold like a letter. Print both sides and turn on the short edge."""
    tree = DiskTree(obj["root"])
    compiled = edition_of(tree, None, audience, today.date())
    shown = View(compiled.library, compiled.audience, compiled.languages[0]).documents
    leaflets = {key: document for key, document in shown.items() if document.record.kind == "leaflet"}
    if name not in leaflets:
        raise KbError(f"this edition shows no leaflet `{name}`; there are: {', '.join(leaflets)}")
    document = leaflets[name]
    languages = leaflet_languages(document, compiled)
    if language not in languages:
        raise KbError(f"the leaflet `{name}` is not in `{language}`; it is in: {', '.join(languages)}")
    write_sheet(compose_leaflet(document, compiled, language), tree, obj["root"], out)


@main.command()
@click.option(
    "--first-contact", metavar="ID", help="The procedure. Default: that of the first urgent task in docs/home.yml."
)
@click.option("--child-track", metavar="ID", help="The pathway. Default: the one that is for children alone.")
@print_options
def cards(
    obj: dict[str, Path],
    first_contact: str | None,
    child_track: str | None,
    language: str,
    out: Path | None,
    audience: Any,
    today: datetime.datetime,
) -> None:
    """Print pocket cards: eight of A6 on A3, to cut. First contact, signs, whom to call, the child track, each twice."""
    tree = DiskTree(obj["root"])
    compiled = edition_of(tree, language, audience, today.date())
    composed = compose_cards(card_set(compiled, first_contact, child_track), compiled, language)
    write_sheet(composed, tree, obj["root"], out)
