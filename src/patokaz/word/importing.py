"""A Word file → the Markdown of the text that it was exported from, and what could not be brought along."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from zipfile import BadZipFile

import docx
from docx.document import Document as WordDocument
from docx.opc.exceptions import OpcError
from docx.oxml import parse_xml
from lxml.etree import LxmlError  # type: ignore[import-untyped]

from patokaz.findings import Finding, FindingsError, KbError, Location, finding
from patokaz.parse.inline import Piece, normal
from patokaz.parse.leaves import Leaf, leaves
from patokaz.word.export import TEXT_ID, TEXT_LANGUAGE, TEXT_STATE
from patokaz.word.front import set_words
from patokaz.word.merging import merge
from patokaz.word.origin import Origin
from patokaz.word.package import check_package
from patokaz.word.packing import CUSTOM_TYPE
from patokaz.word.reading import WordText, read_word
from patokaz.word.runs import Change

_BROKEN = (OpcError, LxmlError, BadZipFile, KeyError, ValueError, AttributeError, IndexError, TypeError)
"""What python-docx raises for a file that is a zip of the right parts and no Word file all the same."""


@dataclass(frozen=True)
class Imported:
    """The new file ``content``; how many passages changed; warnings; tracked changes, which were carried out."""

    content: str
    changed: int
    findings: tuple[Finding, ...]
    tracked: tuple[Change, ...]


def import_word(data: bytes, name: str, origin: Origin, *, elsewhere: bool = False) -> Imported:
    """Bring the Word file ``data``, named ``name``, back into the text of ``origin``.

    ``elsewhere``: the result goes to another file, so the text may have changed since the export. Raises
    :class:`FindingsError` (KB631, KB632, KB633) and, for a text that would lose later changes, :class:`KbError`.
    """
    problem = check_package(data, name)
    if problem:
        raise FindingsError((problem,))
    word, properties = _opened(data, name)
    findings = list(_belonging(properties, name, origin, elsewhere=elsewhere))
    before = leaves(origin.body)
    known = {leaf.anchor for leaf in before if leaf.anchor} | set(origin.required)
    try:
        text = read_word(word, known)
    except _BROKEN as error:
        raise FindingsError((_unreadable(name, error),)) from error
    if text.dangers:
        message = f"a field fetches from elsewhere: {text.dangers[0]}"
        raise FindingsError((finding("KB632", Location(name), message, "delete the field in Word"),))
    found = _with_lost_ids(text.leaves, before)
    lost = _lost(found, name, origin)
    if lost:
        raise FindingsError(lost)
    merged = merge(origin.body, found)
    head = _head(origin, text, name, findings)
    unread = merged.unreadable or _misread(merged.lines, found, merged.weakened)
    if unread is not None:
        hint = "write the passage more plainly in Word, or edit it in the Markdown"
        message = f"no Markdown reads like “{unread.words[:80]}”"
        raise FindingsError((finding("KB633", Location(name), message, hint),))
    findings += [finding("KB634", Location(name, u.paragraph), u.what, u.hint) for u in text.unmapped]
    findings += [
        finding("KB634", Location(name), f"emphasis in “{leaf.words[:80]}”", "Markdown cannot write it at this place")
        for leaf in merged.weakened
    ]
    findings += _new_headings(found, name, known)
    content = "\n".join([*head, *merged.lines])
    if "\r\n" in origin.content:
        content = content.replace("\n", "\r\n")
    changed = merged.changed + sum(a != b for a, b in zip(head, origin.head, strict=False))
    return Imported(content, changed, tuple(findings), tuple(text.changes))


def _opened(data: bytes, name: str) -> tuple[WordDocument, dict[str, str]]:
    try:
        word = docx.Document(io.BytesIO(data))
        return word, dict(_properties(word))
    except _BROKEN as error:
        raise FindingsError((_unreadable(name, error),)) from error


def _unreadable(name: str, error: Exception) -> Finding:
    message = f"the file cannot be read: {' '.join(str(error).split())[:200] or type(error).__name__}"
    return finding("KB631", Location(name), message, "open it in Word and save it again as .docx")


def _properties(word: WordDocument) -> Iterator[tuple[str, str]]:
    for relation in word.part.package.rels.values():
        if relation.reltype == CUSTOM_TYPE and not relation.is_external:
            for item in parse_xml(relation.target_part.blob):
                yield str(item.get("name")), "".join(item.itertext())


def _belonging(properties: dict[str, str], name: str, origin: Origin, *, elsewhere: bool) -> Iterator[Finding]:
    """Whether the file was exported from this state of this text."""
    where = Location(name)
    if TEXT_ID not in properties:
        yield finding(
            "KB634",
            where,
            "the file does not say from which text it was exported",
            f"compare it with {origin.text.path}",
        )
        return
    for key, expected, option in ((TEXT_ID, origin.id, "--as"), (TEXT_LANGUAGE, origin.text.language, "--lang")):
        if properties.get(key) != expected:
            message = f"the file was exported from `{properties.get(key)}`, not from `{expected}`"
            raise FindingsError((finding("KB631", where, message, f"give {option} {properties.get(key)}"),))
    if properties.get(TEXT_STATE) != origin.fingerprint and not elsewhere:
        raise KbError(
            f"{origin.text.path} has changed since {name} was exported, and the import would take that back; "
            "write to another file (--out) and compare the two"
        )


def _with_lost_ids(found: list[Leaf], before: tuple[Leaf, ...]) -> list[Leaf]:
    """Headings whose bookmark a program dropped get their id back by their words."""
    free = {leaf.anchor for leaf in before if leaf.anchor} - {leaf.anchor for leaf in found}
    by_words = {(leaf.level, leaf.words): leaf.anchor for leaf in before if leaf.anchor in free}
    named: list[Leaf] = []
    for leaf in found:
        anchor = by_words.pop((leaf.level, leaf.words), "") if leaf.kind == "heading" and not leaf.anchor else ""
        named.append(leaf if not anchor else _with_anchor(leaf, anchor))
    return named


def _with_anchor(leaf: Leaf, anchor: str) -> Leaf:
    return Leaf("heading", leaf.pieces, level=leaf.level, anchor=anchor)


def _lost(found: list[Leaf], name: str, origin: Origin) -> tuple[Finding, ...]:
    there = {leaf.anchor for leaf in found}
    headings = {heading.anchor: heading.words for heading in origin.text.headings}
    return tuple(
        finding(
            "KB633",
            Location(name),
            f"the heading of `{anchor}` (“{headings[anchor]}”) is missing",
            "put it back in Word in the style of its heading; to remove a section, change record.yml first",
        )
        for anchor in origin.required
        if anchor in headings and anchor not in there
    )


def _head(origin: Origin, text: WordText, name: str, findings: list[Finding]) -> list[str]:
    head = origin.head
    for key, words in (("title", text.title), ("summary", text.summary)):
        before = "".join(piece.words for piece in normal((Piece(getattr(origin.text.front, key)),)))
        if not words:
            hint = f"the {key} of the text stays; in Word it has the style {'Title' if key == 'title' else 'Subtitle'}"
            findings.append(finding("KB634", Location(name), f"there is no {key}", hint))
        elif words != before:
            head = set_words(head, key, words)
    return head


def _misread(lines: tuple[str, ...], found: list[Leaf], weakened: tuple[Leaf, ...]) -> Leaf | None:
    """The first leaf that the new Markdown would not read as Word says it."""
    plain = {id(leaf) for leaf in weakened}
    again = leaves(lines)
    for leaf, read in zip(found, again, strict=False):
        if leaf.key != read.key and not (id(leaf) in plain and leaf.words == read.words):
            return leaf
    return found[len(again)] if len(found) > len(again) else again[len(found)] if len(again) > len(found) else None


def _new_headings(found: list[Leaf], name: str, known: set[str]) -> Iterator[Finding]:
    taken = set(known)
    for leaf in found:
        if leaf.kind == "heading" and not leaf.anchor:
            suggestion = _suggested(leaf.words, taken)
            taken.add(suggestion)
            hint = f"give it one in the Markdown of every language, such as {{#{suggestion}}}"
            yield finding("KB634", Location(name), f"the new heading “{leaf.words[:80]}” has no id", hint)


_CYRILLIC = dict(
    zip(
        "абвгдѓежзѕијклљмнњопрстќуфхцчџш",
        [
            "a",
            "b",
            "v",
            "g",
            "d",
            "gj",
            "e",
            "zh",
            "z",
            "dz",
            "i",
            "j",
            "k",
            "l",
            "lj",
            "m",
            "n",
            "nj",
            "o",
            "p",
            "r",
            "s",
            "t",
            "kj",
            "u",
            "f",
            "h",
            "c",
            "ch",
            "dj",
            "sh",
        ],
        strict=True,
    )
)
"""The usual Latin of Macedonian in addresses."""


def _suggested(words: str, taken: set[str]) -> str:
    latin = "".join(_CYRILLIC.get(letter, letter) for letter in words.lower())
    plain = unicodedata.normalize("NFKD", latin).encode("ascii", "ignore").decode()
    slug = "-".join(re.findall("[a-z0-9]+", plain)[:5])[:40].strip("-") or "section"
    if not slug[0].isalpha():
        slug = f"section-{slug}"
    number = 2
    name = slug
    while name in taken:
        name, number = f"{slug}-{number}", number + 1
    return name
