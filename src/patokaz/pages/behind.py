"""The passages of a page that are behind their original: marked where they stand, and listed for the notice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from patokaz.model.blocks import Block
from patokaz.model.library import Document
from patokaz.model.texts import Text
from patokaz.pages.view import View
from patokaz.translations import Freshness, LabelPassage, Passage, freshness, label_freshness, label_passages, passages

Place = tuple[int, int]
"""(line of the body from 0, column from 0)."""


@dataclass
class Marks:
    """Marks by where they go, as HTML, and ``ids``, the anchors of all in the order of the original.

    ``starts`` and ``ends`` stand before and after a passage, ``headings`` under a heading by its line, ``labels`` at a label of a form.
    """

    ids: list[str] = field(default_factory=list)
    title: Markup = field(default_factory=Markup)
    summary: Markup = field(default_factory=Markup)
    starts: dict[Place, Markup] = field(default_factory=lambda: defaultdict(Markup))
    ends: dict[Place, Markup] = field(default_factory=lambda: defaultdict(Markup))
    headings: dict[int, Markup] = field(default_factory=lambda: defaultdict(Markup))
    labels: dict[str, Markup] = field(default_factory=lambda: defaultdict(Markup))

    def labelled(self, labels: Mapping[str, str]) -> dict[str, str]:
        """The labels of a form with their marks."""
        return {
            name: Markup("{} {}").format(words, self.labels[name]) if name in self.labels else words
            for name, words in labels.items()
        }


def behind(text: Text, source: Text) -> tuple[Passage, ...]:
    """The passages in which a translation is behind; none where it is current, or where nobody knows."""
    if freshness(text, source) is not Freshness.BEHIND:
        return ()
    return tuple(passage for passage in passages(source, text) if passage.state != "current")


def labels_behind(document: Document, language: str) -> tuple[LabelPassage, ...]:
    """The labels and phase titles of a document's pathway that are behind in a language."""
    if document.pathway is None:
        return ()
    original, text = document.record.source_language, document.texts.get(language)
    if label_freshness(document.pathway, original, language) is not Freshness.BEHIND:
        return ()
    labels = label_passages(document.pathway, original, language, text.follows if text else None)
    return tuple(label for label in labels if label.state != "current")


def translation_path(path: str) -> str:
    """The page that shows translators what is behind on the page at ``path``."""
    return f"translations/{path}"


def marks(text: Text, source: Text, view: View, hidden: Collection[str] = ()) -> Marks:
    """The marks of a page that shows ``text``. Questions are on no page, so they get none.

    ``hidden`` are ids of sections and names of labels that the page leaves out.
    """
    found = Marks()
    if freshness(text, source) is not Freshness.BEHIND:
        return found
    before: Block | None = None
    for passage in passages(source, text):
        block = passage.source or passage.target
        if block is None or block.section in hidden or (block.kind == "label" and block.name in hidden):
            continue
        if passage.state != "current" and block.kind != "ask":
            found.ids.append(f"behind-{len(found.ids) + 1}")
            _put(found, text, passage, before, _mark(view, passage.state, len(found.ids)))
        if passage.target is not None and (passage.target.spans or passage.target.kind == "title"):
            before = passage.target
    return found


def _mark(view: View, state: str, number: int) -> Markup:
    """The short word at a passage that is behind, with its anchor and, for paper, the number that the notice gives it."""
    words = view.words[f"behind_{state}"]
    return Markup('<span class="pk-mark pk-behind" id="behind-{0}">{0} · {1}</span>').format(number, words)


def _put(found: Marks, text: Text, passage: Passage, before: Block | None, html: Markup) -> None:
    """Put a mark at the translation's passage; where it has none, or none that can be pointed at, behind the one before."""
    block = passage.target
    if block is not None and block.kind == "title":
        found.title += html
    elif block is not None and block.kind == "summary":
        found.summary += html
    elif block is not None and block.kind == "label":
        found.labels[block.name] += html
    elif block is not None and block.spans and block.kind == "heading":
        found.headings[block.spans[0].line - text.body_line] += html
    elif block is not None and block.spans:
        found.starts[block.spans[0].line - text.body_line, block.spans[0].start] += html
    elif before is None or not before.spans:
        found.title += html
    elif before.kind == "heading":
        found.headings[before.spans[-1].line - text.body_line] += html
    else:
        found.ends[before.spans[-1].line - text.body_line, before.spans[-1].end] += html
