"""Rules about what officers ask: where a question leads, and that every language asks for the same sections."""

from __future__ import annotations

from collections.abc import Iterator

from patokaz.findings import Location, did_you_mean
from patokaz.model.library import Library
from patokaz.model.records import PathwayRecord
from patokaz.model.texts import Text
from patokaz.rules.registry import Context, rule

Yield = Iterator[tuple[Location, str, str]]


def _groups(library: Library) -> Iterator[tuple[tuple[Text, ...], frozenset[str]]]:
    """The texts of every document and hand-written page, with the ids that its pathway's outline adds to their page."""
    for document in library.documents.values():
        nodes: frozenset[str] = frozenset()
        # The pathway of an SOP has a page of its own, to which none of its questions lead.
        if document.pathway and isinstance(document.record, PathwayRecord):
            nodes = frozenset(f"n-{node.id}" for node in document.pathway.nodes)
        yield tuple(document.texts.values()), nodes
    for page in library.pages.values():
        yield tuple(page.texts.values()), frozenset()


def _sections(text: Text, nodes: frozenset[str]) -> frozenset[str]:
    """The ids to which a question of the text can lead."""
    return nodes | {heading.anchor for heading in text.headings if heading.anchor}


@rule("KB309")
def questions_lead_somewhere(context: Context) -> Yield:
    """A heading of the same text, or `n-` and a node of the pathway that is told on its page."""
    for texts, nodes in _groups(context.library):
        for text in texts:
            known = _sections(text, nodes)
            for question in text.questions:
                if not question.words or "{" in question.words or "}" in question.words:
                    message = (
                        f"“{question.words}” has braces in its words" if question.words else "a question without words"
                    )
                    yield question.location, message, "write the words, then `{#id}` of the section that answers"
                elif question.anchor is not None and question.anchor not in known:
                    yield (
                        question.location,
                        f"the text has no section `{question.anchor}`",
                        did_you_mean(question.anchor, known) or "without `{#…}` the question leads to the page",
                    )


@rule("KB606")
def questions_in_every_language(context: Context) -> Yield:
    """Officers of every language find the same sections."""
    for texts, nodes in _groups(context.library):
        asked: dict[str | None, str] = {}
        for text in texts:
            # What leads nowhere is said by KB309, and not once more for every other language.
            known = {None, *_sections(text, nodes)}
            for question in text.questions:
                if question.anchor in known:
                    asked.setdefault(question.anchor, text.path)
        # What a leaflet says in other languages is not searched.
        for text in (text for text in texts if text.language in context.library.settings.languages):
            missing = [anchor for anchor in asked if anchor not in {question.anchor for question in text.questions}]
            if missing:
                named = ", ".join(f"`{anchor}`" if anchor else "the page itself" for anchor in missing)
                yield (
                    next((question.location for question in text.questions), Location(text.path)),
                    f"no question in `{text.language}` leads to {named}",
                    f"write how officers ask for it in `{text.language}`; {asked[missing[0]]} does",
                )
