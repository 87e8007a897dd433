"""Rules that every name leads to an entry: in records, in the glossary, in pathways and in texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from patokaz.findings import Location, did_you_mean
from patokaz.model.library import Library
from patokaz.model.records import AT_ONCE, LawRecord
from patokaz.rules.names import (
    Named,
    in_answers,
    in_articles,
    in_fields_of_forms,
    in_glossary,
    in_handbooks,
    in_home,
    in_indicators,
    in_lanes,
    in_nodes,
    in_records,
    in_steps,
    in_texts,
)
from patokaz.rules.registry import Context, rule

Yield = Iterator[tuple[Location, str, str]]

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


@rule("KB201")
def roles_exist(context: Context) -> Yield:
    """Owners, actors, readers, fillers, handbooks, home entries, lanes and nodes of pathways, `role:` in texts."""
    library = context.library

    def named() -> Named:
        yield from in_records(library, "owner", "applies_to")
        yield from in_steps(library, "responsible", "accountable", "consulted", "informed")
        yield from in_nodes(library, "actor", "accountable", "consulted", "informed")
        yield from in_lanes(library)
        yield from in_glossary(library, "institutions", "fills")
        yield from in_indicators(library, "observed_by")
        yield from in_handbooks(library, "roles")
        for e, entry in enumerate(library.home.entries if library.home else ()):
            yield from in_home(library, entry, "roles", "entries", e)
        yield from in_texts(library, "role")

    yield from _missing(library, "role", named(), library.roles)


@rule("KB202")
def institutions_exist(context: Context) -> Yield:
    """Predecessors, approving bodies, `institution:` in texts."""
    library = context.library
    named = [*in_glossary(library, "institutions", "predecessors"), *in_texts(library, "institution")]
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
    """Steps, nodes of pathways and `limit:` in texts."""
    library = context.library
    named = [*in_steps(library, "limit"), *in_nodes(library, "limit"), *in_texts(library, "limit")]
    yield from _missing(library, "time limit", named, [AT_ONCE, *library.limits])


@rule("KB204")
def forms_exist(context: Context) -> Yield:
    """Forms of steps and of nodes of pathways."""
    library = context.library
    forms = [document.id for document in library.of_kind("form")]
    yield from _missing(library, "form", [*in_steps(library, "forms"), *in_nodes(library, "forms")], forms)


@rule("KB205")
def articles_exist(context: Context) -> Yield:
    """Legal bases of steps, limits, nodes of pathways and safeguards, `law:` in texts."""
    library = context.library
    articles = [
        f"{d.id}/{a.id}" for d in library.of_kind("law") if isinstance(d.record, LawRecord) for a in d.record.articles
    ]
    named = [
        *in_steps(library, "basis"),
        *in_nodes(library, "basis"),
        *in_glossary(library, "limits", "basis"),
        *in_glossary(library, "safeguards", "basis"),
        *in_texts(library, "law"),
    ]
    readable = [(where, name) for where, name in named if name.split("/")[0] not in library.broken]
    yield from _missing(library, "legal article", readable, articles)


@rule("KB206")
def terms_exist(context: Context) -> Yield:
    """Related terms, answers in pathways and `term:` in texts."""
    library = context.library
    named = [*in_glossary(library, "terms", "related"), *in_answers(library, "answer"), *in_texts(library, "term")]
    yield from _missing(library, "term", named, library.terms)


@rule("KB207")
def documents_exist(context: Context) -> Yield:
    """`doc:` in texts, superseding laws, handbooks, urgent tasks; the SOPs with which a pathway is shown."""
    library = context.library

    def named() -> Named:
        for where, target in in_texts(library, "doc"):
            yield where, target.partition("#")[0]
        for document in library.of_kind("law"):
            if isinstance(document.record, LawRecord) and document.record.instrument.superseded_by:
                yield document.places.at("instrument", "superseded_by"), document.record.instrument.superseded_by
        yield from in_handbooks(library, "documents")
        for index, task in enumerate(library.home.urgent if library.home else ()):
            for where, target in in_home(library, task, "target", "urgent", index):
                yield where, target.partition("#")[0]

    yield from _missing(library, "document", named(), {**library.documents, **library.pages})
    sops = [document.id for document in library.of_kind("sop")]
    yield from _missing(library, "SOP", in_records(library, "shown_with"), sops)


@rule("KB211")
def sources_exist(context: Context) -> Yield:
    """Sources of records, steps, the glossary, pathways and `source:`, `unverified:` in texts."""
    library = context.library

    def named() -> Named:
        yield from in_records(library, "sources")
        yield from in_articles(library, "sources")
        yield from in_steps(library, "sources")
        yield from in_nodes(library, "sources")
        for register in ("terms", "roles", "institutions"):
            yield from in_glossary(library, register, "sources")
        for register in ("limits", "safeguards"):
            yield from in_glossary(library, register, "source")
        for number, term in enumerate(library.terms.values()):
            for language, forms in term.forms.items():
                for index, name in enumerate(forms.sources):
                    yield library.places["glossary/terms.yml"].at(number, "forms", language, "sources", index), name
        for number, body in enumerate(library.institutions.values()):
            for index, contact in enumerate(body.contacts):
                where = library.places["glossary/institutions.yml"].at(number, "contacts", index, "source")
                yield where, contact.source
        yield from in_indicators(library, "sources")
        yield from in_texts(library, "source")
        yield from ((where, name) for where, name in in_texts(library, "unverified") if name)

    yield from _missing(library, "source", named(), library.sources)


@rule("KB212")
def contacts_exist(context: Context) -> Yield:
    """Contacts of steps and of nodes of pathways, `contact:` in texts."""
    library = context.library
    named = [*in_steps(library, "contacts"), *in_nodes(library, "contacts"), *in_texts(library, "contact")]
    yield from _missing(library, "contact", named, library.contacts)


@rule("KB213")
def indicator_groups_exist(context: Context) -> Yield:
    """Groups that forms list, `indicator:` in texts."""
    library = context.library
    named = [*in_fields_of_forms(library, "groups"), *in_texts(library, "indicator")]
    known = {**library.indicator_groups, **library.indicators}
    yield from _missing(library, "indicator group", named, known)


@rule("KB214")
def families_exist(context: Context) -> Yield:
    """Families of SOPs, pathways and handbooks."""
    library = context.library
    named = [*in_records(library, "family"), *in_handbooks(library, "families")]
    yield from _missing(library, "family", named, library.families)
