"""Rules about the names by which search finds terms, roles, institutions and everyday concepts."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from patokaz.findings import Location, did_you_mean
from patokaz.model.base import Path
from patokaz.model.library import Library
from patokaz.rules.registry import Context, rule

Yield = Iterator[tuple[Location, str, str]]


@dataclass(frozen=True)
class _Names:
    """The names for search that an entry lists in a language, the path of the list, and the names it has besides."""

    register: str
    entry: str
    path: Path
    language: str
    listed: tuple[str, ...]
    besides: tuple[str, ...] = ()


def _names(library: Library) -> Iterator[_Names]:
    """Every list of names for search."""
    for number, term in enumerate(library.terms.values()):
        for language, own in term.forms.items():
            shorts = (own.short,) if own.short else ()
            besides = (own.preferred, *shorts, *own.admitted, *(bad.form for bad in own.forbidden))
            yield _Names("terms", term.id, (number, "forms", language, "heard"), language, own.heard, besides)
    for number, role in enumerate(library.roles.values()):
        for language, forms in role.heard.items():
            besides = tuple(words[language] for words in (role.name,) if language in words)
            yield _Names("roles", role.id, (number, "heard", language), language, forms, besides)
    for number, body in enumerate(library.institutions.values()):
        for language, forms in body.heard.items():
            besides = tuple(words[language] for words in (body.name, body.short or {}) if language in words)
            yield _Names("institutions", body.id, (number, "heard", language), language, forms, besides)
    for number, concept in enumerate(library.thesaurus.values()):
        for language, forms in concept.forms.items():
            yield _Names("thesaurus", concept.id, (number, "forms", language), language, forms)


def _read(name: str) -> str:
    """Two names with the same result are one to every reader: case, white space and Unicode composition do not count."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


@rule("KB110")
def names_stand_once(context: Context) -> Yield:
    """Search knows all names of an entry: those that texts use, the forbidden ones and those that are only heard."""
    for names in _names(context.library):
        places = context.library.places[f"glossary/{names.register}.yml"]
        seen = {_read(name) for name in names.besides}
        for index, name in enumerate(names.listed):
            if _read(name) in seen:
                message = f"“{name}” is a name of `{names.entry}` in `{names.language}` already"
                yield places.at(*names.path, index), message, "remove it"
            seen.add(_read(name))


@rule("KB111")
def concepts_have_names(context: Context) -> Yield:
    """With one name alone there is nothing to find it by: the words of the texts are searched anyway."""
    for number, concept in enumerate(context.library.thesaurus.values()):
        count = sum(len(forms) for forms in concept.forms.values())
        if count < 2:
            yield (
                context.library.places["glossary/thesaurus.yml"].at(number, "id"),
                f"`{concept.id}` has {'one name' if count else 'no name'} in all languages together",
                "write what else people call it, or remove the entry",
            )


@rule("KB607")
def names_are_in_working_languages(context: Context) -> Yield:
    """Under a mistyped language code nobody would find them."""
    languages = context.library.settings.languages
    for names in _names(context.library):
        if names.listed and names.language not in languages:
            yield (
                context.library.places[f"glossary/{names.register}.yml"].key(*names.path),
                f"`{names.entry}` has names in `{names.language}`, which is no working language",
                did_you_mean(names.language, languages),
            )
