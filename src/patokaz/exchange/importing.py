"""Exchange files → the files of the library as they have to be written, or what speaks against it. All or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from patokaz.exchange.delivery import Delivered, Delivery, unreadable
from patokaz.exchange.judge import faults
from patokaz.exchange.po import SUFFIX as PO
from patokaz.exchange.po import read_po
from patokaz.exchange.rewriting import Signatures, rewritten
from patokaz.exchange.units import Subject, Unit, by_hand, subject, units
from patokaz.exchange.xliff import SUFFIX as XLIFF
from patokaz.exchange.xliff import read_xliff
from patokaz.findings import Finding, Location, did_you_mean, finding, in_order
from patokaz.load import Tree
from patokaz.model.library import Library
from patokaz.parse.blocks import collapsed

READERS = {PO: read_po, XLIFF: read_xliff, ".xliff": read_xliff}


@dataclass
class Received:
    """What an import comes to.

    ``files`` are the new contents by path in the library, to be written only if ``findings`` is empty. ``taken`` counts the passages taken and
    ``left`` names those that still need work, by document; ``waiting`` are taken ones that cannot be
    placed before the rest of their section is there, so that they have to be imported again with it. ``unreviewed`` are the documents that stay unreviewed although a reviewer was named: the
    file does not hold all of their passages.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    taken: dict[str, int] = field(default_factory=dict)
    left: dict[str, tuple[str, ...]] = field(default_factory=dict)
    waiting: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unreviewed: list[str] = field(default_factory=list)


def receive(
    library: Library, tree: Tree, deliveries: Mapping[str, bytes], language: str, signatures: Signatures
) -> Received:
    """Read filled-in exchange files (name → bytes) for ``language`` and work out what has to be written."""
    received = Received()
    problems: list[Finding] = []
    seen: dict[str, str] = {}
    for path, data in deliveries.items():
        delivery, found = _read(data, path)
        problems += found
        if delivery is None:
            continue
        item, found = _subject(library, tree, delivery, language, seen)
        problems += found
        if item is not None:
            problems += _take(library, tree, delivery, item, signatures, received)
    received.findings = in_order(problems)
    return received


def _read(data: bytes, path: str) -> tuple[Delivery | None, tuple[Finding, ...]]:
    reader = READERS.get(PurePosixPath(path).suffix.lower())
    if reader is None:
        message = "this is neither a PO nor an XLIFF file"
        return None, (unreadable(Location(path), message, f"name it {', '.join(f'*{name}' for name in READERS)}"),)
    return reader(data, path)


def _subject(
    library: Library, tree: Tree, delivery: Delivery, language: str, seen: dict[str, str]
) -> tuple[Subject | None, tuple[Finding, ...]]:
    """The document that a delivery is for, if it is one of the library, of this language, and delivered once."""
    where = Location(delivery.path)
    item = subject(library, tree, delivery.document, language)
    if delivery.language != language:
        message, hint = (
            f"the file is for `{delivery.language}`, not for `{language}`",
            f"import it with --lang {delivery.language}",
        )
    elif item is None:
        message = f"`{delivery.document}` is no document or page that is translated into `{language}`"
        hint = did_you_mean(delivery.document, [*library.documents, *library.pages]) or "export it again"
    elif delivery.document in seen:
        message, hint = f"{delivery.document} is delivered twice", f"the other file is {seen[delivery.document]}"
    else:
        seen[delivery.document] = delivery.path
        return item, ()
    return None, (unreadable(where, message, hint),)


def _take(
    library: Library, tree: Tree, delivery: Delivery, item: Subject, signatures: Signatures, received: Received
) -> Iterator[Finding]:
    """Judge every unit of a delivery, and rewrite the document's files with those that are done."""
    listed = units(item)
    known = {unit.key: unit for unit in listed}
    taken: dict[str, tuple[str, Location]] = {}
    same: set[str] = set()
    delivered: set[str] = set()
    sound = True
    for one in delivery.units:
        if one.key in delivered:
            yield unreadable(one.where, f"`{one.key}` stands twice in the file", "remove one of them")
            sound = False
        delivered.add(one.key)
        if not one.done:
            continue
        unit = known.get(one.key)
        if unit is None or unit.source != one.source:
            yield _changed(one, unit, item)
            sound = False
            continue
        one = replace(one, target="\n".join(collapsed(line) for line in one.target.split("\n")))
        if one.target == unit.target and (unit.state == "current" or not one.marked):
            if unit.state == "current":
                same.add(one.key)
            continue
        found = tuple(faults(unit, one, library.terms, item.language))
        yield from found
        sound = sound and not found
        taken[one.key] = one.target, one.where
    left = (*(u.key for u in listed if u.key not in taken and u.state != "current"), *by_hand(item))
    received.left[item.id], received.taken[item.id] = left, len(taken)
    whole = not left and all(
        unit.key in same or unit.key in taken for unit in listed if unit.target or unit.state == "new"
    )
    if signatures.reviewed_by and taken and not whole and not _reviewed(item, taken):
        received.unreviewed.append(item.id)
    if sound:
        done, found = rewritten(tree, item, listed, taken, signatures, delivery.path, whole=whole)
        yield from found
        received.files |= done.files
        received.waiting[item.id] = done.waiting
        received.taken[item.id] -= len(done.waiting)


def _reviewed(item: Subject, taken: Mapping[str, tuple[str, Location]]) -> bool:
    """Whether what the taken units belong to, the text or the labels, was reviewed before."""
    note = item.target.front.translation if item.target else None
    stamp = item.pathway.translations.get(item.language) if item.pathway else None
    of_text, of_labels = bool(note and note.reviewed_by), bool(stamp and stamp.reviewed_by)
    return all(of_labels if "#pathway/" in key else of_text for key in taken)


def _changed(one: Delivered, unit: Unit | None, item: Subject) -> Finding:
    words = "has changed since the export" if unit else "is no longer in the original"
    hint = f"export {item.id} again; take over the rest of the translations with msgmerge or the memory of the translation tool"
    return finding("KB625", one.where, f"{one.key or 'a unit without a name'}: the passage {words}", hint)
