"""Seals of revisions: read, and held against the files that they seal."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping

from patokaz.findings import Finding, Location, finding
from patokaz.load.trees import Tree
from patokaz.model.base import read_json
from patokaz.model.library import Document
from patokaz.model.revisions import CITED_FILE, SEAL_FILE, Seal, revision_number

_RESTORE = "put the sealed files back as they were; changes belong in the working text, in a revision of its own"


def read_seals(tree: Tree, document: Document, files: Iterable[str]) -> tuple[dict[str, Seal], tuple[Finding, ...]]:
    """The seals of a document by revision, oldest first, and what is wrong with them or with the files they seal."""
    folders: dict[str, list[str]] = {}
    for path in files:
        folders.setdefault(path.rpartition("/")[0], []).append(path)
    seals: list[Seal] = []
    findings: list[Finding] = []
    for folder, names in folders.items():
        seal, problems = _read_seal(tree, document, folder, names)
        findings += problems
        if seal:
            seals.append(seal)
    return {seal.revision: seal for seal in sorted(seals, key=lambda item: item.number)}, tuple(findings)


def _read_seal(tree: Tree, document: Document, folder: str, files: list[str]) -> tuple[Seal | None, list[Finding]]:
    path = f"{folder}/{SEAL_FILE}"
    if path not in files:
        message = f"the revision has no {SEAL_FILE}"
        return None, [finding("KB902", Location(path), message, "revisions are made by `patokaz seal`")]
    seal = read_json(Seal, tree.read(path))
    if isinstance(seal, tuple):
        return None, [finding("KB902", Location(path), f"the seal is not sound: {seal[0].message}", _RESTORE)]
    findings = []
    if seal.id != document.id or seal.revision != folder.rpartition("/")[2]:
        message = f"the seal is that of {seal.id}@{seal.revision}, in the folder of {document.id}"
        findings.append(finding("KB902", Location(path), message, _RESTORE))
    if [str(part) for part in revision_number(seal.revision)] != seal.revision.split("."):
        message = f"`{seal.revision}` is no revision number"
        findings.append(finding("KB902", Location(path), message, "numbers have no zeros in front"))
    return seal, findings + list(_altered(tree, folder, files, seal.files))


def _altered(tree: Tree, folder: str, files: list[str], sealed: Mapping[str, str]) -> Iterable[Finding]:
    """KB901 for every sealed file that is missing or not as it was, and for every file that nobody sealed."""
    present = {path.rpartition("/")[2]: path for path in files}
    for name, digest in sealed.items():
        where = Location(f"{folder}/{name}")
        if name not in present:
            yield finding("KB901", where, "the sealed file is missing", _RESTORE)
        elif hashlib.sha256(tree.read(present[name])).hexdigest() != digest:
            yield finding("KB901", where, "the sealed file was altered", _RESTORE)
    for name, path in present.items():
        if name not in sealed and name != SEAL_FILE:
            yield finding("KB901", Location(path), "the file is not part of the sealed revision", "take it away")


def edited_since(tree: Tree, seal: Seal | None, files: Iterable[str]) -> tuple[str, ...]:
    """Names of the working ``files`` of a document that are not as ``seal`` has them. Languages that were not sealed do not count."""
    if seal is None:
        return ()
    working = {path.rpartition("/")[2]: path for path in files}
    sealed = {name: digest for name, digest in seal.files.items() if name != CITED_FILE}
    changed = {
        name
        for name, digest in sealed.items()
        if name not in working or hashlib.sha256(tree.read(working[name])).hexdigest() != digest
    }
    left_out = re.compile(rf"^(?!({'|'.join(seal.languages)})\.)[a-z]{{2,3}}\.(md|follows\.yml)$")
    changed |= {name for name in working if name not in sealed and not left_out.match(name)}
    return tuple(sorted(changed))


def no_document(folder: str) -> Finding:
    """Revisions without the document they belong to."""
    message = "there are sealed revisions, and no document"
    return finding("KB902", Location(f"{folder}/record.yml"), message, "put the document's files back")
