"""What stands beside the body of a Word file: notes, comments, definitions of lists."""

from __future__ import annotations

from typing import Any

from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import qn

_NOTE_PARTS = ("endnotes", "footnotes")


def part_of(word: WordDocument, kind: str) -> Any:
    """The root of the part of a kind, such as ``numbering`` or ``footnotes``; None where the file has none."""
    for relation in word.part.rels.values():
        if not relation.is_external and relation.reltype.rpartition("/")[2] == kind:
            part = relation.target_part
            return getattr(part, "element", None) if hasattr(part, "element") else parse_xml(part.blob)
    return None


def notes_of(word: WordDocument) -> dict[tuple[str, str], str]:
    """The words of foot- and endnotes by kind and id."""
    notes: dict[tuple[str, str], str] = {}
    for kind in _NOTE_PARTS:
        root = part_of(word, kind)
        for note in root if root is not None else ():
            words = "".join(t.text or "" for t in note.iter(qn("w:t")))
            notes[kind.removesuffix("s"), str(note.get(qn("w:id")))] = words.strip()
    return notes


def comments_of(word: WordDocument) -> dict[str, tuple[str, str]]:
    """(author, words) of each comment by its id."""
    root = part_of(word, "comments")
    found: dict[str, tuple[str, str]] = {}
    for comment in root if root is not None else ():
        words = " ".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in comment.iter(qn("w:p")))
        found[str(comment.get(qn("w:id")))] = (str(comment.get(qn("w:author")) or "?"), words)
    return found
