"""Rules about training modules and leaflets: sections, labels, minutes, steps, the key of the quiz, languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from patokaz.findings import Location, did_you_mean
from patokaz.model.languages import spoken, spoken_in_leaflets
from patokaz.model.library import Document
from patokaz.model.records import LeafletRecord, ModuleRecord, SopRecord
from patokaz.model.texts import Text
from patokaz.rules.registry import Context, rule

Yield = Iterator[tuple[Location, str, str]]

SECTIONS = ("objectives", "agenda", "quiz")
"""Headings of every module: the engine puts the lists of the record under them. A module without a quiz needs no third."""


def _modules(context: Context) -> Iterator[tuple[Document, ModuleRecord]]:
    for document in context.library.of_kind("module"):
        assert isinstance(document.record, ModuleRecord)
        yield document, document.record


def _levels(text: Text) -> dict[str, int]:
    return {heading.anchor: heading.level for heading in text.headings if heading.anchor}


@rule("KB310")
def modules_have_their_sections(context: Context) -> Yield:
    """What is for trainers is known by heading ids: a translation with other ids would show it to everybody."""
    for document, record in _modules(context):
        original = _levels(document.source_text)
        wanted = [*SECTIONS[: 3 if record.quiz else 2], *(exercise.id for exercise in record.exercises)]
        for index, name in enumerate(record.trainer_only):
            if name not in original:
                where = document.places.at("trainer_only", index)
                hint = did_you_mean(name, original) or "write the id of a heading"
                yield where, f"`{name}` is no heading of {document.source_text.path}", hint
            elif name in wanted:
                where = document.places.at("trainer_only", index)
                yield where, f"`{name}` is for participants too", "put what is for trainers under a heading of its own"
        for text in document.texts.values():
            levels = _levels(text)
            for name in wanted:
                if levels.get(name) != 2:
                    yield Location(text.path, text.body_line), f"no section `{name}`", f"add `## … {{#{name}}}`"
            yield from _as_in_original(text, original, wanted)


def _as_in_original(text: Text, original: dict[str, int], wanted: list[str]) -> Yield:
    levels = _levels(text)
    for name, level in original.items():
        if name not in levels and name not in wanted:
            where = Location(text.path, text.body_line)
            yield where, f"no section `{name}`, which the original has", f"add `{'#' * level} … {{#{name}}}`"
    for heading in text.headings:
        if heading.anchor and original.get(heading.anchor) != heading.level:
            hint = did_you_mean(heading.anchor, original) if heading.anchor not in original else ""
            message = f"the original has no section `{heading.anchor}` of level {heading.level}"
            yield heading.location, message, hint or "write ids and levels as the original has them"
    known = [name for name in levels if name in original]
    if known != [name for name in original if name in levels]:
        yield (
            Location(text.path, text.body_line),
            "the sections stand in another order",
            "order them as in the original",
        )


@rule("KB311")
def modules_have_their_labels(context: Context) -> Yield:
    """Words go by their id, so that no translation can move the key of a quiz."""
    for document, record in _modules(context):
        counted = Counter([*record.names(), *(exercise.id for exercise in record.exercises)])
        for name in sorted(name for name, number in counted.items() if number > 1):
            yield document.places.at("id"), f"id `{name}` is used twice", "give each entry an id of its own"
        wanted = set(record.names())
        for text in document.texts.values():
            labels, where = set(text.front.labels), Location(text.path)
            for name in sorted(wanted - labels):
                yield where, f"the label of `{name}` is missing", f"add `{name}: …` under `labels`"
            for name in sorted(labels - wanted):
                hint = did_you_mean(name, wanted - labels) or "remove it"
                yield where, f"label `{name}` belongs to no entry of the record", hint


@rule("KB312")
def minutes_add_up(context: Context) -> Yield:
    """A trainer plans the day by them."""
    for document, record in _modules(context):
        places, exercises = document.places, {exercise.id: exercise.minutes for exercise in record.exercises}
        total = 0
        for index, item in enumerate(record.agenda):
            if (item.minutes is None) != (item.id in exercises):
                message = f"`{item.id}` is no exercise and has no minutes"
                near = did_you_mean(item.id, exercises)
                hint = near if near.startswith("did") else "add `minutes:`, or name an exercise"
                if item.minutes is not None:
                    message, hint = f"exercise `{item.id}` has minutes of its own", "remove `minutes:` here"
                yield places.at("agenda", index), message, hint
            total += item.minutes or exercises.get(item.id, 0)
        listed = {item.id for item in record.agenda}
        for index, exercise in enumerate(record.exercises):
            if exercise.id not in listed:
                where = places.at("exercises", index, "id")
                yield where, f"exercise `{exercise.id}` is not on the agenda", f"add `- {{id: {exercise.id}}}`"
        if total != record.minutes:
            message = f"the agenda takes {total} minutes, the module {record.minutes}"
            yield places.at("minutes"), message, "correct one of them"
        if record.participants.at_least > record.participants.at_most:
            yield places.at("participants"), "`at_least` is more than `at_most`", "swap them"


@rule("KB313")
def modules_teach_steps(context: Context) -> Yield:
    """An exercise that practises no step, or a key that no step supports, would be taught beside the procedures."""
    for document, record in _modules(context):
        named = [
            (document.places.at("exercises", e, "steps", s), step)
            for e, exercise in enumerate(record.exercises)
            for s, step in enumerate(exercise.steps)
        ]
        named += [(document.places.at("quiz", q, "step"), question.step) for q, question in enumerate(record.quiz)]
        for where, step in named:
            sop, _, name = step.partition("/")
            if sop in context.library.broken:
                continue
            known = _steps(context, sop)
            if name not in known:
                hint = did_you_mean(name, known) or "write `SOP-02/measure.step`"
                yield where, f"there is no step `{step}`", hint


def _steps(context: Context, sop: str) -> list[str]:
    document = context.library.documents.get(sop)
    if document is None or not isinstance(document.record, SopRecord):
        return []
    return [f"{measure.id}.{step.id}" for measure in document.record.measures for step in measure.steps]


@rule("KB314")
def quizzes_have_a_key(context: Context) -> Yield:
    """A right answer is one of the options, and not all are right."""
    for document, record in _modules(context):
        for number, question in enumerate(record.quiz):
            places, options = document.places, question.options
            for index, name in enumerate(question.right):
                if name not in options:
                    where = places.at("quiz", number, "right", index)
                    yield where, f"`{name}` is no option of `{question.id}`", did_you_mean(name, options)
            if set(options) <= set(question.right):
                where = places.at("quiz", number, "right")
                yield where, f"every option of `{question.id}` is right", "add one that is wrong"


@rule("KB315")
def leaflets_have_their_languages(context: Context) -> Yield:
    """A leaflet is shown in each of its languages, and no text of it lies unseen."""
    working = context.library.settings.languages
    possible = sorted((spoken() | spoken_in_leaflets()) - set(working))
    for document in context.library.of_kind("leaflet"):
        record = document.record
        assert isinstance(record, LeafletRecord)
        for index, name in enumerate(record.languages):
            where = document.places.at("languages", index)
            if name in working:
                yield where, f"`{name}` is a working language, which every leaflet has", "remove it"
            elif name not in possible:
                yield where, f"the engine has no words for `{name}`", f"it has them for {', '.join(possible)}"
            elif name not in document.texts:
                yield where, f"there is no text in `{name}`", f"add {document.folder}/{name}.md"
        for name, text in document.texts.items():
            if name not in (*working, *record.languages):
                yield (
                    Location(text.path),
                    f"`{name}` is not among the languages of {document.id}",
                    "add it to `languages`",
                )


@rule("KB316")
def leaflets_have_their_screen_sections(context: Context) -> Yield:
    """What is left out on paper is known by ids of sections: a text with other ids would print it."""
    for document in context.library.of_kind("leaflet"):
        record = document.record
        assert isinstance(record, LeafletRecord)
        original = _levels(document.source_text)
        for index, name in enumerate(record.screen_only):
            if original.get(name) != 2:
                where = document.places.at("screen_only", index)
                hint = did_you_mean(name, original) or "write the id of a heading of the second level"
                yield where, f"`{name}` is no section of {document.source_text.path}", hint
                continue
            for text in document.texts.values():
                if _levels(text).get(name) != 2:
                    yield Location(text.path, text.body_line), f"no section `{name}`", f"add `## … {{#{name}}}`"
