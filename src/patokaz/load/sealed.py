"""Sealed revisions read whole, and the library as it is in force on a day."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace

from patokaz.findings import KbError, did_you_mean
from patokaz.load.loader import SealedReader
from patokaz.load.trees import Tree
from patokaz.model.glossary import Limit, Role, Term
from patokaz.model.library import Document, Library, Places
from patokaz.model.pathway import Pathway
from patokaz.model.revisions import REVISIONS_FOLDER, Archived, Cited, Sealed, standing_on
from patokaz.model.texts import Text


def sealed_document(tree: Tree, document: Document, revision: str) -> Sealed:
    """A sealed revision of a document of the working library.

    Raises :class:`KbError` where there is none of that number, or where it cannot be read by this version.
    """
    if revision not in document.seals:
        known = ", ".join(document.seals) or "none"
        hint = did_you_mean(revision, document.seals)
        raise KbError(f"{document.id} has no sealed revision {revision}; sealed are: {known}. {hint}".strip())
    sealed, _ = _read(tree, document, revision)
    return sealed


def _read(tree: Tree, document: Document, revision: str) -> tuple[Sealed, Mapping[str, Places]]:
    seal = document.seals[revision]
    reader = SealedReader(tree)
    folder = f"{document.folder}/{REVISIONS_FOLDER}/{revision}"
    found, cited = reader.sealed(folder, tuple(f"{folder}/{name}" for name in seal.files))
    if found is None:
        first = next(iter(reader.findings), None)
        raise KbError(
            f"the sealed revision {document.id}@{revision} cannot be read: {first or 'its record is missing'}"
        )
    pathway = _in_languages(found.pathway, seal.languages) if found.pathway else None
    texts = {language: found.texts[language] for language in seal.languages if language in found.texts}
    whole = replace(found, texts=texts, pathway=pathway, seals=document.seals)
    return Sealed(seal, whole, cited), reader.places


def _in_languages(pathway: Pathway, languages: tuple[str, ...]) -> Pathway:
    """The pathway with the labels of the sealed languages only: others were not reviewed."""

    def kept(words: Mapping[str, str]) -> dict[str, str]:
        return {language: words[language] for language in words if language in languages}

    nodes = tuple(node.model_copy(update={"label": kept(node.label)}) if node.label else node for node in pathway.nodes)
    phases = tuple(phase.model_copy(update={"title": kept(phase.title)}) for phase in pathway.phases)
    return pathway.model_copy(update={"nodes": nodes, "phases": phases})


def in_force(library: Library, tree: Tree, day: datetime.date) -> Library:
    """The library of an edition made on ``day``: each document as it is in force, with how its revisions stand.

    Where nothing is in force the working text stays, as what it is. Raises :class:`KbError` as :func:`sealed_document`.
    """
    documents: dict[str, Document] = {}
    archive: list[Archived] = []
    places = dict(library.places)
    limits, roles, terms = dict(library.limits), dict(library.roles), dict(library.terms)
    for name, document in library.documents.items():
        standing = standing_on(document.seals, day, document.record.revision, document.record.status)
        shown = document
        for revision in document.seals:
            sealed, found = _read(tree, document, revision)
            archive.append(Archived(replace(sealed.document, standing=standing), sealed.cited, sealed.seal))
            if standing.in_force is None or revision != standing.in_force.revision:
                continue
            shown = replace(sealed.document, texts=_with_followers(sealed.document, document))
            places |= found
            _keep(limits, roles, terms, sealed.cited)
        documents[name] = replace(shown, standing=standing)
        if standing.is_open and document.record.revision not in document.seals:
            archive.append(Archived(replace(document, standing=standing), Cited(), None))
    return replace(
        library, documents=documents, places=places, limits=limits, roles=roles, terms=terms, archive=tuple(archive)
    )


def _with_followers(sealed: Document, working: Document) -> dict[str, Text]:
    """The sealed texts, and working translations into other languages that still follow the sealed original.

    A translation that was not yet reviewed when the revision was sealed serves its readers better than another language; its
    page says that nobody reviewed it.
    """
    original = sealed.source_text.fingerprint
    others = {
        language: text
        for language, text in working.texts.items()
        if language not in sealed.texts
        and text.front.translates is not None
        and original.startswith(text.front.translates.fingerprint)
    }
    return {**sealed.texts, **others}


def _keep(limits: dict[str, Limit], roles: dict[str, Role], terms: dict[str, Term], cited: Cited) -> None:
    """Entries that a sealed revision names and that the registers no longer have."""
    for limit in cited.limits:
        limits.setdefault(limit.id, limit)
    for role in cited.roles:
        roles.setdefault(role.id, role)
    for term in cited.terms:
        terms.setdefault(term.id, term)
