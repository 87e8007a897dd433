"""What of a training module its participants may read: never what is for the trainer."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from patokaz.findings import Location
from patokaz.model.library import Document
from patokaz.model.records import ModuleRecord
from patokaz.model.texts import Text


def for_participants(document: Document) -> Document:
    """A module without the sections, explanations and questions of search that are for trainers; another document as it is."""
    record = document.record
    if not isinstance(record, ModuleRecord):
        return document
    explanations = {question.explanation for question in record.quiz}
    texts = {name: _without(text, record.trainer_only, explanations) for name, text in document.texts.items()}
    return replace(document, texts=texts)


def _without(text: Text, sections: Collection[str], labels: Collection[str]) -> Text:
    """The text without ``sections``, whose lines are left empty so that all others keep their places, and without ``labels``.

    Its blocks stay: a translation is compared as a whole.
    """
    lines = text.body.split("\n")
    gone: set[int] = set()
    for index, heading in enumerate(text.headings):
        if heading.anchor in sections:
            later = (other.line_index for other in text.headings[index + 1 :] if other.level <= heading.level)
            gone |= set(range(heading.line_index, next(later, len(lines))))

    def stays(location: Location) -> bool:
        return location.line - text.body_line not in gone

    front = text.front.model_copy(
        update={"labels": {name: words for name, words in text.front.labels.items() if name not in labels}}
    )
    return replace(
        text,
        front=front,
        body="\n".join("" if index in gone else line for index, line in enumerate(lines)),
        headings=tuple(heading for heading in text.headings if heading.line_index not in gone),
        references=tuple(reference for reference in text.references if stays(reference.location)),
        links=tuple(link for link in text.links if stays(link.location)),
        marks=tuple(mark for mark in text.marks if stays(mark.location)),
        questions=tuple(question for question in text.questions if question.anchor not in sections),
    )
