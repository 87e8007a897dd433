"""A library as a dictionary, its exchange files, and what comes of filling them in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import polib

from patokaz.exchange import Received, Signatures, package, receive, subject, units, write_po, write_xliff
from patokaz.exchange.units import Unit
from patokaz.load import MemoryTree, load
from patokaz.model.library import Library
from patokaz.translations.labels import label_prints
from patokaz.translations.stamps import follows_file, follows_of
from sample import SOP, sample_files

Files = dict[str, bytes]
NOBODY = Signatures()
WRITERS = {".po": write_po, ".xlf": write_xliff}
SQ, MK, EN, PATHWAY = f"{SOP}/sq.md", f"{SOP}/mk.md", f"{SOP}/en.md", f"{SOP}/pathway.yml"


def library_of(files: Mapping[str, bytes]) -> Library:
    library = load(MemoryTree(files)).library
    assert library is not None
    return library


def units_of(files: Mapping[str, bytes], name: str, language: str) -> tuple[Unit, ...]:
    item = subject(library_of(files), MemoryTree(files), name, language)
    assert item is not None
    return units(item)


def exported(
    files: Mapping[str, bytes], name: str, language: str, suffix: str = ".po", *, everything: bool = True
) -> str:
    library = library_of(files)
    item = subject(library, MemoryTree(files), name, language)
    assert item is not None
    return WRITERS[suffix](package(library, item, everything=everything))


def imported(
    files: Mapping[str, bytes],
    content: str | bytes,
    language: str,
    name: str = "x.po",
    signatures: Signatures = NOBODY,
) -> Received:
    data = content.encode() if isinstance(content, str) else content
    return receive(library_of(files), MemoryTree(files), {name: data}, language, signatures)


def codes(received: Received) -> list[str]:
    return [item.code for item in received.findings]


def filled(content: str, change: Callable[[polib.POEntry], str | None]) -> str:
    """A PO file with the translation of each entry as ``change`` gives it, done; None leaves an entry as it is."""
    file = polib.pofile(content, wrapwidth=0)
    for entry in file:
        words = change(entry)
        if words is not None:
            entry.msgstr = words
            entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    return f"{file}\n"


def by_key(words: Mapping[str, str]) -> Callable[[polib.POEntry], str | None]:
    return lambda entry: words.get(entry.msgctxt)


def stamped_now(files: Files, name: str, language: str) -> Files:
    """The library with a translation that follows its original passage by passage."""
    document = library_of(files).documents[name]
    source = document.source_text
    labels = label_prints(document.pathway, source.language) if document.pathway else {}
    follows = follows_of(source, document.record.revision, labels)
    path = f"{document.folder}/{language}.md"
    text = re.sub(r'fingerprint: "[0-9a-f]+"', f'fingerprint: "{source.fingerprint}"', files[path].decode(), count=1)
    return {**files, path: text.encode(), f"{document.folder}/{language}.follows.yml": follows_file(follows).encode()}


def base() -> Files:
    """The sample library whose Macedonian first SOP follows its original passage by passage."""
    return stamped_now(sample_files(), "SOP-01", "mk")


def edited(files: Mapping[str, bytes], path: str, *pairs: tuple[str, str]) -> Files:
    text = files[path].decode()
    for old, new in pairs:
        assert text.count(old) == 1, (old, text.count(old))
        text = text.replace(old, new)
    return {**files, path: text.encode()}
