"""Rules that every name leads somewhere: in records, in the glossary and in texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from patokaz.findings import Location, did_you_mean
from patokaz.model.base import Path
from patokaz.model.library import Document, Library
from patokaz.model.records import AT_ONCE, FormRecord, LawRecord, SopRecord
from patokaz.model.texts import Reference
from patokaz.rules.registry import Context, rule

Yield = Iterator[tuple[Location, str, str]]
Named = Iterator[tuple[Location, str]]

_SUPPLY_WORDS = ("limit", "contact", "source", "doc")


_REGISTER_OF = {
    "role": "roles",
    "institution": "institutions",
    "contact": "institutions",
    "time limit": "limits",
    "term": "terms",
    "source": "sources",
    "family": "families",
    "indicator group": "indicators",
}


def _missing(library: Library, what: str, named: Iterable[tuple[Location, str]], known: Iterable[str]) -> Yield:
    """Names that are not known; silent about those whose own entry or file could not be read."""
    if _REGISTER_OF.get(what) in library.unreadable:
        return
    names = set(known)
    for where, name in named:
        if name not in names and name not in library.broken:
            yield (
                where,
                f"{what} `{name}` does not exist",
                did_you_mean(name, names) or f"add the {what}, or correct the name",
            )


def _entries(library: Library, register: str) -> list[tuple[str, int, object]]:
    holder: dict[str, object] = dict(getattr(library, register))
    return [(f"glossary/{register}.yml", number, entry) for number, entry in enumerate(holder.values())]


def _glossary(library: Library, register: str, *keys: str) -> Named:
    """Names in the fields ``keys`` of the entries of a register."""
    for path, number, entry in _entries(library, register):
        for key in keys:
            value = getattr(entry, key)
            if isinstance(value, str):
                yield library.places[path].at(number, key), value
            for index, name in enumerate(value if isinstance(value, tuple) else ()):
                yield library.places[path].at(number, key, index), name


def _steps(library: Library, key: str) -> Named:
    """Names in the field ``key`` of every step."""
    for document in library.of_kind("sop"):
        assert isinstance(document.record, SopRecord)
        for m, measure in enumerate(document.record.measures):
            for s, step in enumerate(measure.steps):
                path: Path = ("measures", m, "steps", s, key)
                value = getattr(step, key)
                if isinstance(value, str):
                    yield document.places.at(*path), value
                for index, name in enumerate(value if isinstance(value, tuple) else ()):
                    yield document.places.at(*path, index), name


def _texts(library: Library, *schemes: str) -> Iterator[Reference]:
    for text in library.texts():
        yield from (reference for reference in text.references if reference.scheme in schemes)


@rule("KB201")
def roles_exist(context: Context) -> Yield:
    """Owners, actors, readers, fillers, handbooks, home entries, `role:` in texts."""
    library = context.library

    def named() -> Named:
        for document in library.documents.values():
            yield document.places.at("owner"), document.record.owner
            for index, name in enumerate(getattr(document.record, "applies_to", ())):
                yield document.places.at("applies_to", index), name
        for key in ("responsible", "accountable", "consulted", "informed"):
            yield from _steps(library, key)
        yield from _glossary(library, "institutions", "fills")
        for g, group in enumerate(library.indicator_groups.values()):
            for i, indicator in enumerate(group.indicators):
                for r, name in enumerate(indicator.observed_by):
                    yield (
                        library.places["glossary/indicators.yml"].at("groups", g, "indicators", i, "observed_by", r),
                        name,
                    )
        for handbook in library.handbooks.values():
            for index, name in enumerate(handbook.select.roles):
                yield library.places[f"docs/handbooks/{handbook.id}.yml"].at("select", "roles", index), name
        for e, entry in enumerate(library.home.entries if library.home else ()):
            for index, name in enumerate(entry.roles):
                yield library.places["docs/home.yml"].at("entries", e, "roles", index), name
        for reference in _texts(library, "role"):
            yield reference.location, reference.target

    yield from _missing(library, "role", named(), library.roles)


@rule("KB202")
def institutions_exist(context: Context) -> Yield:
    """Predecessors, approving bodies, `institution:` in texts."""
    library = context.library
    references = [(r.location, r.target) for r in _texts(library, "institution")]
    named = [*_glossary(library, "institutions", "predecessors"), *references]
    yield from _missing(library, "institution", named, library.institutions)
    # A body that approves may be named by its role, as national commissions are.
    approving = [
        (document.places.at("approvals", index, "body"), approval.body)
        for document in library.documents.values()
        for index, approval in enumerate(document.record.approvals)
    ]
    yield from _missing(library, "institution", approving, {**library.institutions, **library.roles})


@rule("KB203")
def limits_exist(context: Context) -> Yield:
    """Steps and `limit:` in texts."""
    library = context.library
    named = [*_steps(library, "limit"), *((r.location, r.target) for r in _texts(library, "limit"))]
    yield from _missing(library, "time limit", named, [AT_ONCE, *library.limits])


@rule("KB204")
def forms_exist(context: Context) -> Yield:
    """Forms of steps."""
    library = context.library
    forms = [document.id for document in library.of_kind("form")]
    yield from _missing(library, "form", _steps(library, "forms"), forms)


@rule("KB205")
def articles_exist(context: Context) -> Yield:
    """Legal bases of steps and limits, `law:` in texts."""
    library = context.library
    articles = [
        f"{d.id}/{a.id}" for d in library.of_kind("law") if isinstance(d.record, LawRecord) for a in d.record.articles
    ]
    named = [
        *_steps(library, "basis"),
        *_glossary(library, "limits", "basis"),
        *((r.location, r.target) for r in _texts(library, "law")),
    ]
    readable = [(where, name) for where, name in named if name.split("/")[0] not in library.broken]
    yield from _missing(library, "legal article", readable, articles)


@rule("KB206")
def terms_exist(context: Context) -> Yield:
    """Related terms and `term:` in texts."""
    library = context.library
    named = [*_glossary(library, "terms", "related"), *((r.location, r.target) for r in _texts(library, "term"))]
    yield from _missing(library, "term", named, library.terms)


@rule("KB207")
def documents_exist(context: Context) -> Yield:
    """`doc:` in texts, superseding laws, handbooks, urgent tasks."""
    library = context.library
    known = {**library.documents, **library.pages}

    def named() -> Named:
        for reference in _texts(library, "doc"):
            yield reference.location, reference.target.partition("#")[0]
        for document in library.of_kind("law"):
            if isinstance(document.record, LawRecord) and document.record.instrument.superseded_by:
                yield document.places.at("instrument", "superseded_by"), document.record.instrument.superseded_by
        for handbook in library.handbooks.values():
            for index, name in enumerate(handbook.select.documents):
                yield library.places[f"docs/handbooks/{handbook.id}.yml"].at("select", "documents", index), name
        for index, task in enumerate(library.home.urgent if library.home else ()):
            yield library.places["docs/home.yml"].at("urgent", index, "target"), task.target.partition("#")[0]

    yield from _missing(library, "document", named(), known)


@rule("KB208")
def anchors_exist(context: Context) -> Yield:
    """The section after `#` in `doc:` and in urgent tasks."""
    library = context.library
    named = [(r.location, r.target) for r in _texts(library, "doc")]
    for index, task in enumerate(library.home.urgent if library.home else ()):
        named.append((library.places["docs/home.yml"].at("urgent", index, "target"), task.target))
    for where, target in named:
        name, _, anchor = target.partition("#")
        document, page = library.documents.get(name), library.pages.get(name)
        if not anchor or (document is None and page is None):
            continue
        source = document.source_text if document else page.texts[page.source_language] if page else None
        known = {h.anchor for h in source.headings if h.anchor} if source else set()
        if document:
            known |= set(document.anchors())
        if anchor not in known:
            yield where, f"{name} has no section `{anchor}`", did_you_mean(anchor, known)


@rule("KB209")
def images_exist(context: Context) -> Yield:
    """Images lie beside the text."""
    for document in context.library.documents.values():
        names = [image.rpartition("/")[2] for image in document.images]
        for text in document.texts.values():
            for link in text.links:
                if link.is_image and link.target not in names:
                    yield (
                        link.location,
                        f"image `{link.target}` does not exist in {document.folder}",
                        did_you_mean(link.target, names) or "put the file beside the text",
                    )
    for page in context.library.pages.values():
        for text in page.texts.values():
            yield from (
                (link.location, f"image `{link.target}`: hand-written pages hold no images", "put it into a document")
                for link in text.links
                if link.is_image
            )


@rule("KB210")
def links_use_schemes(context: Context) -> Yield:
    """No relative file paths: pages move, ids stay."""
    for text in context.library.texts():
        for link in text.links:
            scheme, colon, _ = link.target.partition(":")
            if link.is_image or (colon and scheme.isalpha()):
                continue
            yield (
                link.location,
                f"link to `{link.target}`",
                "write `doc:ID#section`, `law:instrument/article`, `role:`, `term:` … or a full https address",
            )


@rule("KB211")
def sources_exist(context: Context) -> Yield:
    """Sources of records, steps, the glossary and `source:`, `unverified:` in texts."""
    library = context.library

    def named() -> Named:
        for document in library.documents.values():
            for index, name in enumerate(document.record.sources):
                yield document.places.at("sources", index), name
            if isinstance(document.record, LawRecord):
                for a, article in enumerate(document.record.articles):
                    for index, name in enumerate(article.sources):
                        yield document.places.at("articles", a, "sources", index), name
        yield from _steps(library, "sources")
        for register in ("terms", "roles", "institutions"):
            yield from _glossary(library, register, "sources")
        yield from _glossary(library, "limits", "source")
        for number, term in enumerate(library.terms.values()):
            for language, forms in term.forms.items():
                for index, name in enumerate(forms.sources):
                    yield library.places["glossary/terms.yml"].at(number, "forms", language, "sources", index), name
        for number, body in enumerate(library.institutions.values()):
            for index, contact in enumerate(body.contacts):
                yield (
                    library.places["glossary/institutions.yml"].at(number, "contacts", index, "source"),
                    contact.source,
                )
        for g, group in enumerate(library.indicator_groups.values()):
            for i, indicator in enumerate(group.indicators):
                for index, name in enumerate(indicator.sources):
                    yield (
                        library.places["glossary/indicators.yml"].at("groups", g, "indicators", i, "sources", index),
                        name,
                    )
        for reference in _texts(library, "source", "unverified"):
            if reference.target or reference.scheme == "source":
                yield reference.location, reference.target

    yield from _missing(library, "source", named(), library.sources)


@rule("KB212")
def contacts_exist(context: Context) -> Yield:
    """Contacts of steps and `contact:` in texts."""
    library = context.library
    named = [*_steps(library, "contacts"), *((r.location, r.target) for r in _texts(library, "contact"))]
    yield from _missing(library, "contact", named, library.contacts)


@rule("KB213")
def indicator_groups_exist(context: Context) -> Yield:
    """Groups that forms list, `indicator:` in texts."""
    library = context.library

    def named() -> Named:
        for document in library.of_kind("form"):
            assert isinstance(document.record, FormRecord)
            for s, section in enumerate(document.record.sections):
                for f, field in enumerate(section.fields):
                    for index, name in enumerate(field.groups):
                        yield document.places.at("sections", s, "fields", f, "groups", index), name
        for reference in _texts(library, "indicator"):
            yield reference.location, reference.target

    known = {**library.indicator_groups, **library.indicators}
    yield from _missing(library, "indicator group", named(), known)


@rule("KB214")
def families_exist(context: Context) -> Yield:
    """Families of SOPs and handbooks."""
    library = context.library

    def named() -> Named:
        for document in library.of_kind("sop"):
            if isinstance(document.record, SopRecord):
                yield document.places.at("family"), document.record.family
        for handbook in library.handbooks.values():
            for index, name in enumerate(handbook.select.families):
                yield library.places[f"docs/handbooks/{handbook.id}.yml"].at("select", "families", index), name

    yield from _missing(library, "family", named(), library.families)


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


@rule("KB216")
def references_have_words(context: Context) -> Yield:
    """Only schemes that can supply words may be empty."""
    for text in context.library.texts():
        for reference in text.references:
            if not reference.words.strip() and reference.scheme not in _SUPPLY_WORDS:
                yield (
                    reference.location,
                    f"`{reference.scheme}:` without words",
                    f"write `[words]({reference.scheme}:{reference.target})`",
                )
