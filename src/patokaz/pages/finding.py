"""The search of an edition: for each language the script ``find.js`` beside the page ``find``, from the compiled pages, and one for all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from patokaz.pages.addresses import FOLDERS
from patokaz.pages.findable import findable, with_other_titles
from patokaz.pages.page import Page
from patokaz.pages.view import View
from patokaz.pages.wording import capital
from patokaz.search.entries import KINDS, Concept
from patokaz.search.index import build_index
from patokaz.search.shard import Surroundings, common_script, script

SCRIPT = "find.js"
"""The path of a language's script in its folder."""
COMMON = "find-common.js"
"""The path of the script of all languages, in the folder of the default language: the root of the site."""

_WORDS = "search_"
"""The panel's words have this before their key in ``resources/words``."""


_SECTIONS = {
    **FOLDERS,
    "contact": "institutions",
    "limit": "limits",
    "term": "terms",
    "role": "roles",
    "indicator": "indicators",
}
"""The section of the site after which a kind of entries is called, where it has no words of its own."""


def search_scripts(views: Sequence[View], pages: Mapping[tuple[str, str], Page]) -> dict[tuple[str, str], str]:
    """The scripts by (language, path). ``views`` are those of all languages, the default one first; ``pages`` all pages by (language, path)."""
    entries = with_other_titles(
        {
            view.language: findable(view, (page for page in pages.values() if page.language == view.language))
            for view in views
        }
    )
    # The same concepts in the same order for every language: their names are common to all.
    named = tuple(concepts(views[0]))
    indexes = [build_index(view.language, entries[view.language], named) for view in views]
    # What no text names in any language leads nowhere: its names are not worth their bytes.
    kept = [number for number in range(len(named)) if any(index.meanings[number] for index in indexes)]
    scripts = {(views[0].language, COMMON): common_script(entries, [named[number] for number in kept])}
    for view, index in zip(views, indexes, strict=True):
        scripts[view.language, SCRIPT] = script(index.with_concepts(kept), surroundings(view))
    return scripts


def concepts(view: View) -> Iterator[Concept]:
    """What goes by several names in this edition: terms, everyday things, roles and institutions."""
    for term in view.terms.values():
        forms = {
            language: (
                own.preferred,
                *([own.short] if own.short else []),
                *own.admitted,
                *own.heard,
                *(bad.form for bad in own.forbidden),
            )
            for language, own in term.forms.items()
        }
        yield Concept(forms, f"glossary/terms.html#{term.id}")
    for concept in view.thesaurus.values():
        yield Concept(concept.forms)
    for role in view.roles.values():
        yield Concept(_named(view, role.name, role.heard), f"roles/{role.id}.html")
    for body in view.institutions.values():
        shorts = {language: (short,) for language, short in (body.short or {}).items()}
        heard = {
            language: (*shorts.get(language, ()), *body.heard.get(language, ())) for language in (*shorts, *body.heard)
        }
        yield Concept(_named(view, body.name, heard), f"glossary/institutions.html#{body.id}")


def _named(view: View, name: Mapping[str, str], heard: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    # A name without words in the view's language stands on its pages in another one.
    first = {view.language: view.plain(name), **name}
    return {language: (words, *heard.get(language, ())) for language, words in first.items()}


def surroundings(view: View) -> Surroundings:
    """The panel's words and the names of what entries refer to by number."""
    words = view.words
    kinds = {kind: words.file.words.get(f"kind_{kind}") or words.section(_SECTIONS[kind]) for kind in KINDS}
    contacts = [f"glossary/institutions.html#{name}" for name in view.contacts]
    urgent = [
        f"{view.path_of(document)}.html#{anchor}"
        for document, _, anchor in (
            task.target.partition("#") for task in (view.library.home.urgent if view.library.home else ())
        )
    ]
    return Surroundings(
        words={key.removeprefix(_WORDS): value for key, value in words.file.words.items() if key.startswith(_WORDS)},
        roles={name: capital(view.plain(role.name)) for name, role in view.roles.items()},
        persons={person: words[f"person_{person}"] for person in ("adult", "child", "other-vulnerable")},
        statuses={
            key.removeprefix("status_"): value for key, value in words.file.words.items() if key.startswith("status_")
        },
        kinds=kinds,
        urgent=(*urgent, *contacts[:1]),
    )
