"""What of a training module its participants may read: never what is for the trainer."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from patokaz.findings import Location
from patokaz.model.blocks import FRONT
from patokaz.model.library import Document
from patokaz.model.records import ModuleRecord
from patokaz.model.texts import Text

_NONE = 9
"""Below every level of a heading: no section that is left out is open."""


def for_participants(document: Document) -> Document:
    """A module without the sections, explanations, key and questions of search that are for trainers; another document as it is.

    Its texts keep their blocks, by which a translation is held against its original as a whole: see :func:`comparable`.
    """
    record = document.record
    if not isinstance(record, ModuleRecord):
        return document
    # As many options are called right as are, the first ones: how many is told to participants, and which is not.
    quiz = tuple(q.model_copy(update={"right": q.options[: len(q.right)]}) for q in record.quiz)
    texts = {name: _without(text, record) for name, text in document.texts.items()}
    return replace(document, record=record.model_copy(update={"quiz": quiz}), texts=texts)


def comparable(document: Document) -> Document:
    """A module for participants whose texts have no blocks for trainers either, to be compared with another revision."""
    record = document.record
    if not isinstance(record, ModuleRecord):
        return document
    shown = for_participants(document)
    texts = {}
    for name, text in shown.texts.items():
        hidden = trainers_names(record, document.texts[name])
        blocks = tuple(
            b for b in text.blocks if b.section not in hidden and (b.kind != "label" or b.name not in hidden)
        )
        texts[name] = replace(text, blocks=blocks)
    return replace(shown, texts=texts)


def trainers_names(record: ModuleRecord, text: Text) -> frozenset[str]:
    """The ids of the sections of ``text`` that are for trainers, with those inside them, and the names of such labels.

    Read from the blocks, which are whole also where the sections were left out.
    """
    names = {question.explanation for question in record.quiz}
    level = _NONE
    for block in text.blocks:
        if block.kind == "heading" and int(block.container[0].removeprefix("level")) <= level:
            level = int(block.container[0].removeprefix("level")) if block.section in record.trainer_only else _NONE
        if level < _NONE and block.section != FRONT:
            names.add(block.section)
    return frozenset(names)


def _gone(text: Text, sections: Collection[str]) -> Iterator[int]:
    """The numbers of the body's lines that stand in ``sections``, each up to the next heading of its level or a higher one."""
    count = text.body.count("\n") + 1
    for index, heading in enumerate(text.headings):
        if heading.anchor in sections:
            later = (other.line_index for other in text.headings[index + 1 :] if other.level <= heading.level)
            yield from range(heading.line_index, next(later, count))


def _without(text: Text, record: ModuleRecord) -> Text:
    """The text without what is for trainers. Their lines are left empty, so that all others keep their places."""
    gone, hidden = set(_gone(text, record.trainer_only)), trainers_names(record, text)

    def stays(location: Location) -> bool:
        return location.line - text.body_line not in gone

    labels = {name: words for name, words in text.front.labels.items() if name not in hidden}
    return replace(
        text,
        front=text.front.model_copy(update={"labels": labels}),
        body="\n".join("" if index in gone else line for index, line in enumerate(text.body.split("\n"))),
        headings=tuple(heading for heading in text.headings if heading.line_index not in gone),
        references=tuple(reference for reference in text.references if stays(reference.location)),
        links=tuple(link for link in text.links if stays(link.location)),
        marks=tuple(mark for mark in text.marks if stays(mark.location)),
        questions=tuple(question for question in text.questions if question.anchor not in hidden),
    )
