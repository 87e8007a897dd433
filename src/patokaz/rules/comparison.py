"""Texts and their passages in pairs, original and translation: what rules about translations look at."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from patokaz.findings import Location
from patokaz.model.library import Library
from patokaz.model.texts import Text
from patokaz.translations import Content, Contents, passages, place_of


def pairs(library: Library) -> Iterator[tuple[str, Text, Text]]:
    """(name, original, text) for every text of every document and page."""
    for document in library.documents.values():
        for text in document.texts.values():
            yield document.id, document.source_text, text
    for page in library.pages.values():
        for text in page.texts.values():
            yield page.id, page.texts[page.source_language], text


@dataclass(frozen=True)
class Compared:
    """A passage and its translation, where the translation renders it as it is now."""

    source: Content
    target: Content
    languages: tuple[str, str]
    place: Location
    original: str


def compared(library: Library) -> Iterator[Compared]:
    """Every passage that is current, of every text with a stamp. Questions are left out: each language has its own."""
    originals: dict[str, Contents] = {}
    for _, source, text in pairs(library):
        if text is source or text.front.translates is None:
            continue
        if source.path not in originals:
            originals[source.path] = Contents(source)
        ours, theirs = originals[source.path], Contents(text)
        for passage in passages(source, text):
            if (
                passage.state != "current"
                or passage.source is None
                or passage.target is None
                or passage.source.kind == "ask"
            ):
                continue
            yield Compared(
                ours.of(passage.source),
                theirs.of(passage.target),
                (source.language, text.language),
                place_of(text, passage.target),
                str(place_of(source, passage.source)),
            )
