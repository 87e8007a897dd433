"""What is handed to a translator: the passages of a document and the labels of its pathway, as units with a name each."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from patokaz.findings import Location
from patokaz.load import Tree, sealed_document
from patokaz.model.base import Path
from patokaz.model.blocks import FRONT, Block
from patokaz.model.library import Document, Library, Places
from patokaz.model.pathway import Pathway
from patokaz.model.texts import Text
from patokaz.parse.blocks import collapsed
from patokaz.translations import Passage, passages
from patokaz.translations.labels import label_passages
from patokaz.translations.passages import by_section

State = Literal["current", "changed", "new"]

IN_BODY = ("heading", "paragraph", "item", "cell")
"""The kinds of units that stand in the body of a text."""

_ANCHOR = re.compile(r"\{[ \t]*#([^\s{}]+)[ \t]*\}$")
_HARD_BREAK = re.compile(r"(?<!\\)(?:\\\\)*\\$")


@dataclass(frozen=True)
class Subject:
    """A document or hand-written page with its original and its translation into one language.

    ``path`` is the file of the translation, whether it exists or not; ``date`` that of the newest revision; ``former`` the original as it
    was when it was translated, where a sealed revision has kept it.
    """

    id: str
    language: str
    source: Text
    target: Text | None
    former: Text | None
    path: str
    revision: str
    date: datetime.date
    audience: str | None = None
    pathway: Pathway | None = None
    pathway_places: Places = field(default_factory=lambda: Places(""))


@dataclass(frozen=True)
class Unit:
    """One passage to translate.

    ``key`` is ``ID#section/n kind``: the ``n``-th passage, from 1, of that section in the original; front matter is the section
    ``front``, a label of a pathway stands as ``ID#pathway/<id of node or phase>``. ``source`` and ``target`` are Markdown, with a hard line break
    as a backslash and a line feed, and no other line feed. ``block`` and ``own`` are the passages they stand for in the two texts, ``label`` is the path of
    the wording in ``pathway.yml``. ``previous`` is what the source was when it was translated, where that is known and differs.
    """

    key: str
    state: State
    source: str
    target: str
    where: Location
    block: Block | None = None
    own: Block | None = None
    label: Path = ()
    previous: str = ""

    @property
    def kind(self) -> str:
        """``title``, ``summary``, ``ask``, ``label``, ``heading``, ``paragraph``, ``item``, ``cell``; ``node`` and ``phase`` of a pathway."""
        return self.key.rpartition(" ")[2]


def subject(library: Library, tree: Tree, name: str, language: str) -> Subject | None:
    """The document or page ``name`` with its translation into ``language``; None if there is none, or if it is written in that language."""
    document = library.documents.get(name)
    if document is not None and document.record.source_language != language:
        return Subject(
            document.id,
            language,
            document.source_text,
            document.texts.get(language),
            _former(tree, document, document.texts.get(language)),
            f"{document.folder}/{language}.md",
            document.record.revision,
            document.record.history[-1].date,
            pathway=document.pathway,
            pathway_places=library.places.get(document.pathway_path, Places(document.pathway_path)),
        )
    page = library.pages.get(name)
    if document is None and page is not None and page.source_language != language:
        return Subject(
            page.id,
            language,
            page.texts[page.source_language],
            page.texts.get(language),
            None,
            f"docs/{language}/{page.id}.md",
            "1.0",
            library.settings.edition.date,
            audience=page.audience,
        )
    return None


def _former(tree: Tree, document: Document, target: Text | None) -> Text | None:
    stamp = target.front.translates if target else None
    if stamp is None or stamp.revision not in document.seals:
        return None
    source = sealed_document(tree, document, stamp.revision).document.source_text
    return source if source.fingerprint.startswith(stamp.fingerprint) else None


def units(item: Subject) -> tuple[Unit, ...]:
    """All units of a subject in the order of the original, those of its pathway last. Code is not translated by exchange."""
    return (*_of_text(item), *_of_pathway(item))


def by_hand(item: Subject) -> tuple[str, ...]:
    """Names of the passages that are new or have changed and that exchange does not carry: code."""
    found = (p for p in aligned(item) if p.source is not None and p.source.kind == "code" and p.state != "current")
    return tuple(f"{item.id}#{passage.section} code, to be edited by hand" for passage in found)


def aligned(item: Subject) -> tuple[Passage, ...]:
    """The passages of a text as :func:`patokaz.translations.passages` has them, but questions by the section that answers them.

    Each language asks in its own words, so that the third question of one is not the third of another. A translation's further questions are
    its own; one whose section the original no longer has is gone.
    """
    listed = passages(item.source, item.target)
    waiting: dict[str, list[Block]] = {}
    for block in item.target.blocks if item.target else ():
        if block.kind == "ask":
            waiting.setdefault(_answered(block), []).append(block)
    found: list[Passage] = []
    for passage in listed:
        if passage.source is not None and passage.source.kind == "ask":
            own = next(iter(waiting.get(_answered(passage.source), ())), None)
            if own is not None:
                waiting[_answered(own)].remove(own)
            state = passage.state if passage.state == "current" else "changed" if own else "new"
            found.append(Passage(state, passage.source, own, FRONT))
        elif passage.source is not None or passage.target is None or passage.target.kind != "ask":
            found.append(passage)
    known = {"", *(block.section for block in item.source.blocks)}
    lost = [block for answer, blocks in waiting.items() if answer not in known for block in blocks]
    return (*found, *(Passage("gone", None, block, FRONT) for block in lost))


def _answered(block: Block) -> str:
    anchor = _ANCHOR.search(block.words)
    return anchor[1] if anchor else ""


def _of_text(item: Subject) -> Iterator[Unit]:
    source_lines = item.source.body.split("\n")
    own_lines = item.target.body.split("\n") if item.target else []
    former = dict(_former_words(item))
    count: Counter[str] = Counter()
    for passage in aligned(item):
        block, own = passage.source, passage.target
        if block is None or passage.state == "gone":
            continue
        count[block.section] += 1
        if block.kind == "code":
            continue
        yield Unit(
            f"{item.id}#{block.section}/{count[block.section]} {block.kind}",
            passage.state,
            written(block, source_lines, item.source.body_line),
            written(own, own_lines, item.target.body_line) if own and item.target else "",
            Location(item.source.path, block.spans[0].line if block.spans else 1),
            block,
            own,
            previous=former.get(id(own), "") if own and passage.state == "changed" else "",
        )


def _former_words(item: Subject) -> Iterator[tuple[int, str]]:
    """By the identity of a translation's passage, what it renders: the translation goes one for one with the original as it was."""
    if item.former is None or item.target is None:
        return
    theirs = by_section(item.target.blocks)
    for section, blocks in by_section(item.former.blocks).items():
        if len(theirs.get(section, ())) == len(blocks):
            yield from ((id(own), block.words) for own, block in zip(theirs[section], blocks, strict=True))


def written(block: Block, lines: Sequence[str], first_line: int) -> str:
    """The words of a block as they stand in its file, each hard line break as a backslash and a line feed.

    ``lines`` are those of the body, of which the first is line ``first_line`` of the file.
    """
    if not spans_hold(block, lines, first_line):
        return block.words
    parts: list[str] = []
    for number, span in enumerate(block.spans, 1):
        line = lines[span.line - first_line]
        piece = collapsed(line[span.start : span.end])
        if number == len(block.spans):
            parts.append(piece)
        elif _HARD_BREAK.search(piece):
            parts.append(f"{piece}\n")
        else:
            parts.append(f"{piece}\\\n" if line[span.end :].startswith("  ") else f"{piece} ")
    return "".join(parts)


def spans_hold(block: Block, lines: Sequence[str], first_line: int) -> bool:
    """Whether the spans of a block hold its words and nothing else, so that they can be replaced one by one."""
    if not block.spans:
        return False
    parts = (lines[span.line - first_line][span.start : span.end] for span in block.spans)
    return plain(" ".join(parts), block.kind) == block.words


def plain(words: str, kind: str) -> str:
    """The words of a unit as :class:`Block` holds them: white space collapsed, pipes of a table cell without their backslash."""
    return collapsed(words.replace("\\|", "|") if kind == "cell" else words)


def _of_pathway(item: Subject) -> Iterator[Unit]:
    if item.pathway is None:
        return
    original = item.source.language
    paths = dict(_label_paths(item.pathway))
    follows = item.target.follows if item.target else None
    for label in label_passages(item.pathway, original, item.language, follows):
        kind, path = paths[label.name]
        name = label.name.partition("-")[2]
        where = item.pathway_places.at(*path, original)
        target = collapsed(label.target or "")
        yield Unit(f"{item.id}#pathway/{name} {kind}", label.state, collapsed(label.source), target, where, label=path)


def _label_paths(pathway: Pathway) -> Iterator[tuple[str, tuple[str, Path]]]:
    """By the names of :func:`patokaz.translations.labels.label_passages`, the kind and the path in the file."""
    for number, phase in enumerate(pathway.phases):
        yield f"phase-{phase.id}", ("phase", ("phases", number, "title"))
    for number, node in enumerate(pathway.nodes):
        yield f"n-{node.id}", ("node", ("nodes", number, "label"))
