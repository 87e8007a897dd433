"""Rules that keep what is for professionals out of what is public (publication is default-deny)."""

from __future__ import annotations

from collections.abc import Iterator

from patokaz.findings import Location
from patokaz.model.library import Library, Places
from patokaz.model.participants import for_participants
from patokaz.model.pathway import Node, Pathway
from patokaz.model.records import ModuleRecord, PathwayRecord, SopRecord, Step
from patokaz.model.texts import PageFrontMatter, Text
from patokaz.rules.registry import Context, rule

Yield = Iterator[tuple[Location, str, str]]


_SCHEMES = {
    "actor": "role",
    "responsible": "role",
    "accountable": "role",
    "consulted": "role",
    "informed": "role",
    "limit": "limit",
    "forms": "doc",
    "basis": "law",
    "contacts": "contact",
    "pathway": "doc",
}
"""What the fields of a step and of a node name."""


def audience_of(library: Library, scheme: str, target: str) -> str | None:
    """The audience of what a reference names; None where it has none or does not exist."""
    match scheme:
        case "doc":
            name = target.partition("#")[0]
            if name in library.documents:
                return library.documents[name].record.audience
            return library.pages[name].audience if name in library.pages else None
        case "law":
            document = library.documents.get(target.partition("/")[0])
            return document.record.audience if document else None
        case "role":
            return library.roles[target].audience if target in library.roles else None
        case "term":
            return library.terms[target].audience if target in library.terms else None
        case "limit":
            return library.limits[target].audience if target in library.limits else None
        case "institution":
            return library.institutions[target].audience if target in library.institutions else None
        case "contact":
            return library.contacts[target][1].audience if target in library.contacts else None
        case "indicator":
            return library.indicator_groups[target].audience if target in library.indicator_groups else "professional"
        case _:
            return None


@rule("KB701")
def public_names_only_public(context: Context) -> Yield:
    """A reference carries a name, a title or a number with it, in a text and in a record."""
    library = context.library
    for where, scheme, target in [*_in_public_texts(library), *_in_public_records(library)]:
        if audience_of(library, scheme, target) == "professional":
            message = f"something public names `{scheme}:{target}`, which is for professionals"
            yield where, message, "remove it, or make its target public"


def _in_public_texts(library: Library) -> Iterator[tuple[Location, str, str]]:
    public: list[Text] = []
    for document in library.documents.values():
        if document.record.audience == "public":
            # What is for trainers only is not in a public edition (View.documents).
            public += for_participants(document).texts.values()
    for page in library.pages.values():
        if page.audience == "public":
            public += page.texts.values()
    for text in public:
        for reference in text.references:
            yield reference.location, reference.scheme, reference.target


def _in_public_records(library: Library) -> Iterator[tuple[Location, str, str]]:
    """What the page of a public record would print: owner, readers, actors, limits, forms, articles, contacts, a pathway."""
    for document in library.documents.values():
        record, places = document.record, document.places
        if record.audience != "public":
            continue
        yield places.at("owner"), "role", record.owner
        if isinstance(record, SopRecord):
            for index, name in enumerate(record.applies_to):
                yield places.at("applies_to", index), "role", name
            for m, measure in enumerate(record.measures):
                for s, step in enumerate(measure.steps):
                    yield from _facts(places, step, "measures", m, "steps", s)
        if isinstance(record, ModuleRecord):
            for index, name in enumerate(record.applies_to):
                yield places.at("applies_to", index), "role", name
            for name in record.steps():
                yield places.at("exercises"), "doc", name.partition("/")[0]
        if isinstance(record, PathwayRecord):
            for index, name in enumerate(record.shown_with):
                yield places.at("shown_with", index), "doc", name
        if document.pathway:
            yield from _in_public_pathway(library.places[document.pathway_path], document.pathway)


def _facts(places: Places, entry: Step | Node, *path: str | int) -> Iterator[tuple[Location, str, str]]:
    for key, scheme in _SCHEMES.items():
        value = getattr(entry, key, None)
        for name in (value,) if isinstance(value, str) else value or ():
            yield places.at(*path, key), scheme, name


def _in_public_pathway(places: Places, pathway: Pathway) -> Iterator[tuple[Location, str, str]]:
    """Actors, lanes, answers, steps, called pathways and the facts of nodes."""
    for number, name in enumerate(pathway.lanes):
        yield places.at("lanes", number), "role", name
    for index, node in enumerate(pathway.nodes):
        yield from _facts(places, node, "nodes", index)
        if node.step:
            yield places.at("nodes", index, "step"), "doc", node.step.partition("/")[0]
        for number, answer in enumerate(node.answers):
            yield places.at("nodes", index, "answers", number, "answer"), "term", answer.answer


@rule("KB702")
def pages_have_one_audience(context: Context) -> Yield:
    """The strictest counts; a difference is a mistake."""
    for page in context.library.pages.values():
        audiences = {
            text.path: text.front.audience for text in page.texts.values() if isinstance(text.front, PageFrontMatter)
        }
        if len(set(audiences.values())) > 1:
            path = next(p for p, audience in audiences.items() if audience == "public")
            yield (
                Location(path),
                f"page `{page.id}` is public here and for professionals in another language",
                "write the same `audience` everywhere",
            )
