"""Where names stand: in records, in the glossary, in pathways, in texts. Each function yields (place, name)."""

from __future__ import annotations

from collections.abc import Iterator

from patokaz.findings import Location
from patokaz.model.base import Path
from patokaz.model.library import Library, Places
from patokaz.model.pathway import Node
from patokaz.model.records import FormRecord, LawRecord, SopRecord

Named = Iterator[tuple[Location, str]]


def _in_field(places: Places, entry: object, key: str, *path: str | int) -> Named:
    """The field ``key``, a name or a list of names, of an entry that stands at ``path``."""
    value = getattr(entry, key)
    if isinstance(value, str):
        yield places.at(*path, key), value
    for index, name in enumerate(value if isinstance(value, tuple) else ()):
        yield places.at(*path, key, index), name


# Records


def in_records(library: Library, *keys: str) -> Named:
    """The fields ``keys`` of the records that have them."""
    for document in library.documents.values():
        for key in keys:
            if key in type(document.record).model_fields:
                yield from _in_field(document.places, document.record, key)


def in_steps(library: Library, *keys: str) -> Named:
    """The fields ``keys`` of every step."""
    for document in library.of_kind("sop"):
        assert isinstance(document.record, SopRecord)
        for m, measure in enumerate(document.record.measures):
            for s, step in enumerate(measure.steps):
                for key in keys:
                    yield from _in_field(document.places, step, key, "measures", m, "steps", s)


def in_articles(library: Library, key: str) -> Named:
    """The field ``key`` of every article."""
    for document in library.of_kind("law"):
        assert isinstance(document.record, LawRecord)
        for number, article in enumerate(document.record.articles):
            yield from _in_field(document.places, article, key, "articles", number)


def in_fields_of_forms(library: Library, key: str) -> Named:
    """The field ``key`` of every field of every form."""
    for document in library.of_kind("form"):
        assert isinstance(document.record, FormRecord)
        for s, section in enumerate(document.record.sections):
            for f, field in enumerate(section.fields):
                yield from _in_field(document.places, field, key, "sections", s, "fields", f)


# Glossary, handbooks, home page


def in_glossary(library: Library, register: str, *keys: str) -> Named:
    """The fields ``keys`` of the entries of a register."""
    entries: dict[str, object] = dict(getattr(library, register))
    for number, entry in enumerate(entries.values()):
        for key in keys:
            yield from _in_field(library.places[f"glossary/{register}.yml"], entry, key, number)


def in_indicators(library: Library, key: str) -> Named:
    """The field ``key`` of every indicator."""
    for g, group in enumerate(library.indicator_groups.values()):
        for i, indicator in enumerate(group.indicators):
            places = library.places["glossary/indicators.yml"]
            yield from _in_field(places, indicator, key, "groups", g, "indicators", i)


def in_handbooks(library: Library, key: str) -> Named:
    """The field ``key`` of what each handbook selects."""
    for handbook in library.handbooks.values():
        yield from _in_field(library.places[f"docs/handbooks/{handbook.id}.yml"], handbook.select, key, "select")


def in_home(library: Library, entry: object, key: str, *path: str | int) -> Named:
    """The field ``key`` of an entry of the home page that stands at ``path``."""
    return _in_field(library.places["docs/home.yml"], entry, key, *path)


# Pathways


def nodes(library: Library) -> Iterator[tuple[Places, Path, Node]]:
    """Every node of every pathway: the places of its file, and where in it the node stands."""
    for document in library.pathways():
        assert document.pathway is not None
        for index, node in enumerate(document.pathway.nodes):
            yield library.places[document.pathway_path], ("nodes", index), node


def in_nodes(library: Library, *keys: str) -> Named:
    """The fields ``keys`` of every node of every pathway."""
    for places, path, node in nodes(library):
        for key in keys:
            yield from _in_field(places, node, key, *path)


def in_answers(library: Library, key: str) -> Named:
    """The field ``key`` of every answer of every pathway."""
    for places, path, node in nodes(library):
        for number, answer in enumerate(node.answers):
            yield from _in_field(places, answer, key, *path, "answers", number)


def in_lanes(library: Library) -> Named:
    """The lanes of every pathway."""
    for document in library.pathways():
        yield from _in_field(library.places[document.pathway_path], document.pathway, "lanes")


# Texts


def in_texts(library: Library, *schemes: str) -> Named:
    """What references of these schemes name, in every text."""
    for text in library.texts():
        for reference in text.references:
            if reference.scheme in schemes:
                yield reference.location, reference.target
