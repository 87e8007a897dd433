"""Rules about languages and translations."""

from __future__ import annotations

from collections.abc import Iterator

from patokaz.findings import Location
from patokaz.model.library import Document, Library
from patokaz.rules.comparison import pairs
from patokaz.rules.hygiene import wordings
from patokaz.rules.registry import Context, rule
from patokaz.translations import (
    Freshness,
    follows_path,
    follows_stamp,
    freshness,
    label_freshness,
    label_passages,
    passages,
    place_of,
)

Yield = Iterator[tuple[Location, str, str]]


def _labels(library: Library) -> Iterator[tuple[Document, Location, str, Freshness]]:
    """(document, place, language, freshness) for the labels of every pathway in every working language."""
    for document in library.pathways():
        assert document.pathway is not None
        at = library.places[document.pathway_path].at
        for language in library.settings.languages:
            freshness = label_freshness(document.pathway, document.record.source_language, language)
            yield document, at("translations", language), language, freshness


@rule("KB601")
def wordings_in_every_language(context: Context) -> Yield:
    """A wording missing in a language is shown in another, marked."""
    languages = context.library.settings.languages
    for where, key, words in wordings(context.library):
        missing = [language for language in languages if language not in words]
        if missing:
            yield where, f"`{key}` is missing in {', '.join(missing)}", "add it; until then another language is shown"


@rule("KB602")
def texts_in_every_language(context: Context) -> Yield:
    """A document missing in a language is shown in another, with a notice."""
    library = context.library
    for name, source, texts, where in [
        *((d.id, d.source_text, d.texts, f"{d.folder}/{{}}.md") for d in library.documents.values()),
        *((p.id, p.texts[p.source_language], p.texts, f"docs/{{}}/{p.id}.md") for p in library.pages.values()),
    ]:
        for language in library.settings.languages:
            if language not in texts:
                yield (
                    Location(source.path),
                    f"{name} has no text in `{language}`",
                    f"add {where.format(language)}; until then the page shows another language with a notice",
                )


@rule("KB603")
def translations_are_stamped(context: Context) -> Yield:
    """Without a stamp nobody can tell whether a translation is behind."""
    for name, source, text in pairs(context.library):
        if text is not source and (text.front.translates is None or text.front.translation is None):
            yield (
                Location(text.path),
                f"the translation of {name} does not say what it translates",
                f"run `patokaz translations stamp {name} --lang {text.language}` after comparing it with {source.path}",
            )
        elif text is not source and not follows_stamp(text):
            yield (
                Location(follows_path(text)),
                f"the passages in it are not those of the state that {text.path} says it translates",
                f"run `patokaz translations stamp {name} --lang {text.language}` after comparing it with {source.path}",
            )
    for document, where, language, state in _labels(context.library):
        if state is Freshness.UNSTAMPED:
            yield (
                where,
                f"nothing says which labels those in `{language}` translate",
                f"run `patokaz translations stamp {document.id} --lang {language} --part labels` after comparing them",
            )


@rule("KB604")
def translations_follow(context: Context) -> Yield:
    """Silent staleness must never happen: the page says so, and so do we."""
    for name, source, text in pairs(context.library):
        if freshness(text, source) is Freshness.BEHIND:
            behind = [passage for passage in passages(source, text) if passage.state != "current"]
            first = next((passage for passage in behind if passage.target is not None and passage.target.spans), None)
            yield (
                place_of(text, first.target if first else None),
                f"the translation of {name} is behind{_counted(len(behind))}: {source.path} has changed since",
                f"translate the changes, then run `patokaz translations stamp {name} --lang {text.language}`",
            )
    for document, where, language, state in _labels(context.library):
        if state is Freshness.BEHIND and document.pathway is not None:
            original, own = document.record.source_language, document.texts.get(language)
            labels = label_passages(document.pathway, original, language, own.follows if own else None)
            names = ", ".join(f"`{label.name}`" for label in labels if label.state != "current")
            yield (
                where,
                f"the labels in `{language}` are behind ({names}): those in `{original}` have changed since",
                f"translate the changes, then run `patokaz translations stamp {document.id} --lang {language} --part labels`",
            )


def _counted(count: int) -> str:
    """How many passages are behind; none where a translator has followed and not yet stamped."""
    return {0: " only by its stamp", 1: " in one passage"}.get(count, f" in {count} passages")


@rule("KB605")
def originals_have_no_stamp(context: Context) -> Yield:
    """Two originals would be none."""
    for document in context.library.documents.values():
        if document.source_text.front.translates is not None:
            yield (
                Location(document.source_text.path),
                "the text in the source language has `translates`",
                "remove it, or correct `source_language`",
            )
    for _, source, text in pairs(context.library):
        # With a stamp it is a translation whose original cannot be read, or is reported above.
        if text is source and text.follows is not None and text.front.translates is None:
            yield Location(follows_path(text)), "the text in the source language follows no other", "remove the file"
    for document in context.library.pathways():
        language = document.record.source_language
        if document.pathway and language in document.pathway.translations:
            yield (
                context.library.places[document.pathway_path].at("translations", language),
                f"the labels in the source language `{language}` have a stamp",
                "remove it, or correct `source_language`",
            )
