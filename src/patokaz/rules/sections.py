"""Rules that texts have the sections of the record, with explicit ids, in order."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from patokaz.findings import Location, did_you_mean
from patokaz.model.library import Document
from patokaz.model.records import FormRecord, LawRecord, SopRecord
from patokaz.model.texts import Heading, Text
from patokaz.rules.registry import Context, rule
from patokaz.translations import Freshness, freshness

_ANCHOR = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")

Yield = Iterator[tuple[Location, str, str]]


def _texts_with_sections(context: Context) -> Iterator[tuple[Document, Text]]:
    """Texts whose headings are governed by a record.

    A translation that is behind has the sections of the original that it follows: KB604 reports it, and its page says so. An error would
    keep a team from publishing anything until every translator is done.
    """
    for document in context.library.documents.values():
        if isinstance(document.record, SopRecord | LawRecord | FormRecord):
            for text in document.texts.values():
                if freshness(text, document.source_text) is not Freshness.BEHIND:
                    yield document, text


def _levels(document: Document) -> dict[str, int]:
    """The heading level of each section of the record."""
    match document.record:
        case SopRecord(measures=measures):
            levels: dict[str, int] = {}
            for measure in measures:
                levels[measure.id] = 2
                levels |= dict.fromkeys((step.id for step in measure.steps), 3)
            return levels
        case _:
            return dict.fromkeys(document.anchors(), 2)


def _governed(document: Document, text: Text) -> list[Heading]:
    deepest = 3 if isinstance(document.record, SopRecord) else 2
    return [heading for heading in text.headings if 2 <= heading.level <= deepest and heading.anchor]


@rule("KB301")
def sections_are_there(context: Context) -> Yield:
    """Each section of the record has its heading, at its level."""
    for document, text in _texts_with_sections(context):
        found = {heading.anchor: heading for heading in text.headings}
        for name, level in _levels(document).items():
            marks = "#" * level
            if name not in found:
                near = did_you_mean(
                    name, (h.anchor for h in text.headings if h.anchor and h.anchor not in _levels(document))
                )
                yield (
                    Location(text.path, text.body_line),
                    f"the heading of `{name}` is missing",
                    f"add `{marks} … {{#{name}}}`" + (f"; {near}" if near.startswith("did") else ""),
                )
            elif found[name].level != level:
                yield (
                    found[name].location,
                    f"the heading of `{name}` has level {found[name].level}",
                    f"write it as `{marks} … {{#{name}}}`",
                )


@rule("KB302")
def sections_are_known(context: Context) -> Yield:
    """Each governed heading is in the record."""
    for document, text in _texts_with_sections(context):
        levels = _levels(document)
        for heading in _governed(document, text):
            if heading.anchor not in levels:
                yield (
                    heading.location,
                    f"`{heading.anchor}` is no section of the record of {document.id}",
                    did_you_mean(str(heading.anchor), levels) or "add it to record.yml or remove the heading",
                )


@rule("KB303")
def sections_in_order(context: Context) -> Yield:
    """Headings follow the record."""
    for document, text in _texts_with_sections(context):
        order = {name: index for index, name in enumerate(_levels(document))}
        known = [heading for heading in text.headings if heading.anchor in order]
        for earlier, later in itertools.pairwise(known):
            if order[str(later.anchor)] < order[str(earlier.anchor)]:
                yield (
                    later.location,
                    f"`{later.anchor}` comes after `{earlier.anchor}`, in the record before it",
                    "put the headings in the order of the record",
                )
                break


@rule("KB304")
def headings_have_ids(context: Context) -> Yield:
    """Ids are explicit: from Cyrillic words none could be derived."""
    for text in context.library.texts():
        for heading in text.headings:
            if heading.anchor and not _ANCHOR.fullmatch(heading.anchor):
                yield (
                    heading.location,
                    f"id `{heading.anchor}` is not well formed",
                    "lower-case letters a–z, digits, hyphens",
                )
            if heading.level >= 2 and not heading.anchor:
                yield (
                    heading.location,
                    f"the heading “{heading.words}” has no id",
                    f"write `{'#' * heading.level} {heading.words} {{#an-id}}`, the same id in every language",
                )


@rule("KB305")
def no_level_skipped(context: Context) -> Yield:
    """Level 1 is the title of the front matter; below it no step is left out."""
    for text in context.library.texts():
        previous = 1
        for heading in text.headings:
            if heading.level == 1:
                yield (
                    heading.location,
                    "a heading of level 1 in the text",
                    "the title stands in the front matter; use `##`",
                )
            elif heading.level > previous + 1:
                yield (
                    heading.location,
                    f"a heading of level {heading.level} follows level {previous}",
                    f"use `{'#' * (previous + 1)}`",
                )
            previous = heading.level


@rule("KB306")
def anchors_are_unique(context: Context) -> Yield:
    """Two headings with one id would make every link to the second wrong."""
    for text in context.library.texts():
        seen: dict[str, int] = {}
        for heading in text.headings:
            if heading.anchor in seen:
                yield (
                    heading.location,
                    f"id `{heading.anchor}` is used twice",
                    f"it was used on line {seen[str(heading.anchor)]}",
                )
            elif heading.anchor:
                seen[heading.anchor] = heading.location.line


@rule("KB307")
def no_underlined_headings(context: Context) -> Yield:
    """They cannot carry an id on their own line."""
    for text in context.library.texts():
        yield from (
            (
                mark.location,
                "a line of `-` or `=` under text makes a heading",
                "write `## … {#id}`, or leave an empty line before the rule",
            )
            for mark in text.marks
            if mark.kind == "underline"
        )


@rule("KB308")
def labels_match_fields(context: Context) -> Yield:
    """Form labels."""
    for document in context.library.of_kind("form"):
        assert isinstance(document.record, FormRecord)
        fields = [field for section in document.record.sections for field in section.fields]
        for s, section in enumerate(document.record.sections):
            for f, field in enumerate(section.fields):
                needs = {"choice": "options", "checks": "options", "indicators": "groups"}.get(field.type)
                if needs and not getattr(field, needs):
                    where = document.places.at("sections", s, "fields", f)
                    yield where, f"field `{field.id}` of type {field.type} has no {needs}", f"add `{needs}: [...]`"
        wanted = {name for field in fields for name in (field.id, *field.options)}
        for text in document.texts.values():
            where = Location(text.path)
            for name in sorted(wanted - set(text.front.labels)):
                yield where, f"the label of `{name}` is missing", f"add `{name}: …` under `labels`"
            for name in sorted(set(text.front.labels) - wanted):
                yield (
                    where,
                    f"label `{name}` belongs to no field or option",
                    did_you_mean(name, wanted - set(text.front.labels)) or "remove it",
                )
