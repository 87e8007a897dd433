"""Rules about ids, folders, histories, adoption and succession."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from patokaz.findings import Location
from patokaz.model.library import Document, expected_kind
from patokaz.model.records import FormRecord, LawRecord, SopRecord
from patokaz.rules.names import nodes as pathway_nodes
from patokaz.rules.registry import Context, rule

Yield = Iterator[tuple[Location, str, str]]


@rule("KB106")
def ids_are_unique(context: Context) -> Yield:
    """Section ids within a record; nodes within a pathway; documents and hand-written pages; contacts over all institutions."""
    library = context.library
    for document in library.documents.values():
        seen: set[str] = set()
        for path, name in _ids_of(document.record):
            if name in seen:
                yield (
                    document.places.at(*path),
                    f"id `{name}` is used twice in {document.id}",
                    "section ids are unique in a document",
                )
            seen.add(name)
    nodes: dict[str, set[str]] = {}
    for places, path, node in pathway_nodes(library):
        if node.id in nodes.setdefault(places.path, set()):
            where = places.at(*path, "id")
            yield where, f"id `{node.id}` is used twice in this pathway", "give one of the nodes another id"
        nodes[places.path].add(node.id)
    for page in library.pages.values():
        if page.id in library.documents:
            text = page.texts[page.source_language]
            yield Location(text.path), f"the page `{page.id}` has the id of a document", "give the file another name"
    contacts: set[str] = set()
    for number, body in enumerate(library.institutions.values()):
        for index, contact in enumerate(body.contacts):
            if contact.id in contacts:
                where = library.places["glossary/institutions.yml"].at(number, "contacts", index, "id")
                yield where, f"contact id `{contact.id}` is used twice", "contact ids are unique over all institutions"
            contacts.add(contact.id)


def _ids_of(record: object) -> Iterator[tuple[tuple[str | int, ...], str]]:
    match record:
        case SopRecord(measures=measures):
            for m, measure in enumerate(measures):
                yield ("measures", m, "id"), measure.id
                for s, step in enumerate(measure.steps):
                    yield ("measures", m, "steps", s, "id"), step.id
        case LawRecord(articles=articles):
            for a, article in enumerate(articles):
                yield ("articles", a, "id"), article.id
        case FormRecord(sections=sections):
            for s, section in enumerate(sections):
                yield ("sections", s, "id"), section.id
            for s, section in enumerate(sections):
                for f, field in enumerate(section.fields):
                    yield ("sections", s, "fields", f, "id"), field.id
            # Options may be shared between fields, but label and id of a field are its own.
            own = {field.id for section in sections for field in section.fields}
            for s, section in enumerate(sections):
                for f, field in enumerate(section.fields):
                    for o, option in enumerate(field.options):
                        if option in own:
                            yield ("sections", s, "fields", f, "options", o), option
        case _:
            return


@rule("KB107")
def folder_matches_id(context: Context) -> Yield:
    """A document's folder starts with its id, under the folder of its kind (and family)."""
    for document in context.library.documents.values():
        folder = PurePosixPath(document.folder)
        name = folder.name
        if name != document.id and not name.startswith(f"{document.id}-"):
            yield (
                document.places.at("id"),
                f"document `{document.id}` lies in a folder named `{name}`",
                f"name the folder `{document.id}` or `{document.id}-…`",
            )
        kind = expected_kind(document.folder)
        if document.record.kind != kind:
            yield (
                document.places.at("kind"),
                f"a `{document.record.kind}` lies where documents of kind `{kind}` belong",
                "move the folder or correct `kind`",
            )
        if isinstance(document.record, SopRecord) and document.record.family != folder.parent.name:
            yield (
                document.places.at("family"),
                f"family `{document.record.family}`, but the folder is `{folder.parent}`",
                f"move it to `sops/{document.record.family}/`",
            )


@rule("KB108")
def history_ascends(context: Context) -> Yield:
    """Revisions and dates ascend; the newest is the record's revision."""
    for document in context.library.documents.values():
        history = document.record.history
        numbers = [tuple(int(part) for part in entry.revision.split(".")) for entry in history]
        for index in range(1, len(history)):
            if numbers[index] <= numbers[index - 1] or history[index].date < history[index - 1].date:
                yield (
                    document.places.at("history", index),
                    f"revision {history[index].revision} of {history[index].date} follows {history[index - 1].revision} of {history[index - 1].date}",
                    "put the newest entry last",
                )
        if history[-1].revision != document.record.revision:
            yield (
                document.places.at("revision"),
                f"`revision` is {document.record.revision}, the newest history entry {history[-1].revision}",
                "make them equal",
            )


@rule("KB109")
def adoption_is_recorded(context: Context) -> Yield:
    """No status claims more than an approval proves."""
    for document in context.library.documents.values():
        record = document.record
        if record.status in ("commission-adopted", "government-adopted", "in-force") and not record.approvals:
            yield (
                document.places.at("status"),
                f"status `{record.status}` without an approval",
                "add `approvals: - {body: …, act: …, session: …, date: …}`",
            )
        if record.status == "in-force" and record.effective is None:
            yield document.places.at("status"), "status `in-force` without a date `effective`", "add `effective:`"


@rule("KB215")
def no_circles(context: Context) -> Yield:
    """Predecessors of institutions and superseding laws."""
    library = context.library
    before = {body.id: body.predecessors for body in library.institutions.values()}
    for number, name in enumerate(before):
        if _reaches(name, before):
            where = library.places["glossary/institutions.yml"].at(number, "predecessors")
            yield where, f"institution `{name}` is its own predecessor", "break the circle of `predecessors`"
    after = {d.id: _superseded_by(d) for d in library.of_kind("law")}
    for name in after:
        if _reaches(name, after):
            yield (
                library.documents[name].places.at("instrument", "superseded_by"),
                f"law `{name}` supersedes itself",
                "break the circle of `superseded_by`",
            )


def _superseded_by(document: Document) -> tuple[str, ...]:
    record = document.record
    return (
        (record.instrument.superseded_by,) if isinstance(record, LawRecord) and record.instrument.superseded_by else ()
    )


def _reaches(start: str, edges: dict[str, tuple[str, ...]]) -> bool:
    stack, seen = list(edges.get(start, ())), set()
    while stack:
        name = stack.pop()
        if name == start:
            return True
        if name not in seen:
            seen.add(name)
            stack += edges.get(name, ())
    return False
