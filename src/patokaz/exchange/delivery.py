"""An exchange file, whatever its format: what is handed out, and what comes back."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from patokaz.exchange.notes import Notes
from patokaz.exchange.units import Subject, Unit, units
from patokaz.findings import Finding, Location, finding
from patokaz.load import MemoryTree
from patokaz.load.reading import SourceReader
from patokaz.model.library import Library

_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Package:
    """What one file hands to a translator: ``units`` with the notes of each."""

    subject: Subject
    units: tuple[Unit, ...]
    notes: tuple[tuple[str, ...], ...]
    translator: str


@dataclass(frozen=True)
class Delivered:
    """One unit that comes back.

    ``done`` says that its translation is to be taken: it is there and not marked as in need of work. ``marked`` says that the file says so
    itself; where it says nothing, an earlier translation that was handed out and comes back as it was is not taken for a new one.
    """

    key: str
    source: str
    target: str
    done: bool
    marked: bool
    where: Location


@dataclass(frozen=True)
class Delivery:
    """What comes back in one file."""

    path: str
    document: str
    language: str
    units: tuple[Delivered, ...]


def package(library: Library, item: Subject, *, everything: bool) -> Package:
    """The units of a subject that are new or changed, or all of them."""
    listed = units(item)
    notes = Notes(library.terms, item.source.language, item.language).of(listed)
    kept = [number for number, unit in enumerate(listed) if everything or unit.state != "current"]
    note = item.target.front.translation if item.target else None
    return Package(item, tuple(listed[n] for n in kept), tuple(notes[n] for n in kept), note.by if note else "Patokaz")


def unreadable(where: Location, message: str, hint: str) -> Finding:
    """The finding for a file that cannot be taken as an exchange file."""
    return finding("KB621", where, message, hint)


def primary(language: str) -> str:
    """The language alone of a tag that a tool may have given a region: ``sq`` of ``sq-MK`` and ``sq_MK``."""
    return re.split("[-_]", language, maxsplit=1)[0].lower()


def text_of(data: bytes, path: str) -> tuple[str, tuple[Finding, ...]]:
    """The text of an exchange file: UTF-8 (translators' tools may put a byte order mark before it), at most as large as a source, no control characters."""
    reader = SourceReader(MemoryTree({path: data.removeprefix(_BOM)}))
    return reader.text_of(path) or "", tuple(reader.findings)


def unfit(words: str, where: Location) -> tuple[Finding, ...]:
    """Characters in delivered words that no source may hold, escaped ones too."""
    _, findings = text_of(words.encode("utf-8", "surrogatepass"), where.path)
    return tuple(replace(item, location=where) for item in findings)
