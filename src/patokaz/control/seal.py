"""Freezing a revision: its files, the register entries that it names, and the hash of each."""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from patokaz.control.editing import write_all
from patokaz.findings import Finding, FindingsError, KbError, errors_in
from patokaz.load import Tree
from patokaz.model.library import Document, Library
from patokaz.model.records import AT_ONCE, SopRecord
from patokaz.model.revisions import CITED_FILE, REVISIONS_FOLDER, SEAL_FILE, Seal
from patokaz.translations import Freshness, freshness, has_labels, label_freshness

_UNSEALED = "KB907"
"""Says that an adopted revision is not sealed, which is what sealing mends."""


def seal(
    root: Path,
    tree: Tree,
    library: Library,
    document: Document,
    findings: Iterable[Finding],
    today: datetime.date,
    *,
    draft: bool = False,
    without: tuple[str, ...] = (),
) -> Path:
    """Freeze the working text as its revision and return the folder.

    ``draft`` allows a revision that is not adopted; ``without`` leaves languages out. ``findings`` are those of the library: errors in the
    document's own files refuse the seal (:class:`FindingsError`). Raises :class:`KbError` when the revision is sealed already, is
    not adopted, or would seal a translation as adopted that is behind or that nobody reviewed.
    """
    record = document.record
    if record.revision in document.seals:
        raise KbError(f"{document.id}@{record.revision} is sealed already")
    own = [f for f in findings if f.location.path.startswith(f"{document.folder}/") and f.code != _UNSEALED]
    if errors_in(own):
        raise FindingsError(errors_in(own))
    if record.source_language in without:
        raise KbError(f"`{record.source_language}` is the language of the original and cannot be left out")
    adopted = library.settings.is_adopted(record.status)
    if not adopted and not draft:
        raise KbError(
            f"{document.id}@{record.revision} is `{record.status}`, not adopted: record its adoption (patokaz adopt), or seal it as a draft (--draft)"
        )
    languages = tuple(sorted(language for language in document.texts if language not in without))
    if adopted:
        _refuse_unreviewed(document, languages)
    files = _files(tree, document, languages)
    cited = _cited(tree, library, document, languages)
    if cited:
        files[CITED_FILE] = cited
    frozen = Seal(
        id=document.id,
        revision=record.revision,
        sealed=today,
        status=record.status,
        adopted=adopted,
        effective=record.effective,
        languages=languages,
        anchors=document.anchors(),
        files={name: hashlib.sha256(content).hexdigest() for name, content in sorted(files.items())},
    )
    folder = root / document.folder / REVISIONS_FOLDER / record.revision
    text = json.dumps(frozen.model_dump(mode="json"), ensure_ascii=False, indent=1) + "\n"
    # The seal is written last: without it the folder is reported, and never taken for a revision.
    write_all({**{folder / name: content for name, content in files.items()}, folder / SEAL_FILE: text})
    return folder


def _refuse_unreviewed(document: Document, languages: tuple[str, ...]) -> None:
    for language in languages:
        text, original = document.texts[language], document.source_text
        if language == original.language:
            continue
        note = text.front.translation
        _refuse(text.path, language, freshness(text, original), reviewed=note is not None and bool(note.reviewed_by))
        pathway = document.pathway
        if pathway is not None and has_labels(pathway, language):
            state = label_freshness(pathway, original.language, language)
            stamp = pathway.translations.get(language)
            _refuse(document.pathway_path, language, state, reviewed=stamp is not None and bool(stamp.reviewed_by))


def _refuse(path: str, language: str, state: Freshness, *, reviewed: bool) -> None:
    if state is Freshness.CURRENT and reviewed:
        return
    what = "was not reviewed" if state is Freshness.CURRENT else "is behind the original"
    raise KbError(
        f"{path}: the translation into `{language}` {what}, so it cannot be sealed as adopted; have it mended, or leave it out (--without {language})"
    )


def _files(tree: Tree, document: Document, languages: tuple[str, ...]) -> dict[str, bytes]:
    """The document's files by name, without those of languages that are left out."""
    left_out = {
        f"{language}{end}"
        for language in document.texts
        if language not in languages
        for end in (".md", ".follows.yml")
    }
    names = [path for path in tree.files() if path.rpartition("/")[0] == document.folder]
    return {path.rpartition("/")[2]: tree.read(path) for path in names if path.rpartition("/")[2] not in left_out}


def _cited(tree: Tree, library: Library, document: Document, languages: tuple[str, ...]) -> bytes:
    """``cited.yml``: the entries of registers that the document names, line by line as they were written."""
    names = _named(document, languages)
    parts: list[str] = []
    for register, entries in (("limits", library.limits), ("roles", library.roles), ("terms", library.terms)):
        kept = _lines_of(tree, library, register, entries, names[register])
        if kept:
            parts += [f"{register}:", *kept]
    return ("\n".join(parts) + "\n").encode() if parts else b""


def _named(document: Document, languages: tuple[str, ...]) -> dict[str, set[str]]:
    names: dict[str, set[str]] = {"limits": set(), "roles": set(), "terms": set()}
    record = document.record
    if isinstance(record, SopRecord):
        names["roles"] |= set(record.applies_to)
        for step in (step for measure in record.measures for step in measure.steps):
            names["roles"] |= {*step.responsible, step.accountable, *step.consulted, *step.informed}
            names["limits"] |= {step.limit} if step.limit not in (None, AT_ONCE) else set()
    for node in document.pathway.nodes if document.pathway else ():
        names["roles"] |= {name for name in (node.actor, node.accountable, *node.consulted, *node.informed) if name}
        names["limits"] |= {node.limit} if node.limit and node.limit != AT_ONCE else set()
        names["terms"] |= {answer.answer for answer in node.answers}
    schemes = {"limit": "limits", "role": "roles", "term": "terms"}
    for language in languages:
        for reference in document.texts[language].references:
            if reference.scheme in schemes:
                names[schemes[reference.scheme]].add(reference.target)
    return names


def _lines_of(tree: Tree, library: Library, register: str, entries: Mapping[str, object], names: set[str]) -> list[str]:
    """The lines of the named entries of ``glossary/<register>.yml``."""
    path = f"glossary/{register}.yml"
    if path not in library.places:
        return []
    lines = tree.read(path).decode("utf-8").replace("\r\n", "\n").split("\n")
    places = library.places[path]
    starts = [places.at(index).line - 1 for index in range(len(entries))]
    kept: list[str] = []
    for index, name in enumerate(entries):
        if name in names:
            end = starts[index] + 1
            while end < len(lines) and (not lines[end].strip() or lines[end][:1] in (" ", "\t")):
                end += 1
            kept += [line for line in lines[starts[index] : end] if line.strip()]
    return kept
