"""What a module's page has in its sections: objectives, agenda, exercises, the quiz; for trainers also notes and the key.

Participants check an answer against the step of the procedure itself, which opens in place without a script. The key and
its explanations are on the page for trainers only, which an edition for the public does not have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from patokaz.model.records import Exercise, ModuleRecord, Question
from patokaz.model.texts import Text
from patokaz.pages.body import Sections, asset_folder_of, body_html
from patokaz.pages.cards import step_link
from patokaz.pages.render import render
from patokaz.pages.view import Rooted, View
from patokaz.pages.wording import wording

STYLE = "training.css"
"""The theme's style sheet for modules."""

_HEADING_ID = re.compile(r'(<h[1-6]) id="[^"]*"')


@dataclass(frozen=True)
class Quoted:
    """A step of a procedure as it stands today, to check an answer against."""

    link: Markup
    html: Markup
    language: str
    direction: str


@dataclass(frozen=True)
class Line:
    """A line of the agenda. ``start`` counts from the beginning, ``anchor`` is the section of an exercise or empty."""

    start: str
    minutes: int
    words: str
    anchor: str


def trainers_title(text: Text, view: View) -> Markup:
    """The title of the page for trainers; the words of the edition in the view's language."""
    edition = view.words["trainer_edition"]
    if text.language == view.language:
        return Markup("{} · {}").format(text.front.title, edition)
    return Markup('{} · <span lang="{}">{}</span>').format(text.front.title, view.language, edition)


def module_sections(
    record: ModuleRecord,
    text: Text,
    labels: Mapping[str, str],
    view: View,
    here: str,
    *,
    for_trainers: bool,
    with_steps: bool = True,
) -> Sections:
    """What the record adds to the sections of ``text``, whose ``labels`` may carry marks.

    ``with_steps``: each question can be checked against its step.
    """
    sections = Sections()
    context = {"labels": labels, "content_language": text.language}
    sections.at_end["objectives"] = render("objectives.html.j2", view, here, objectives=record.objectives, **context)
    lines = list(_agenda(record, text, labels))
    sections.at_end["agenda"] = render("agenda.html.j2", view, here, lines=lines, total=record.minutes, **context)
    for exercise in record.exercises:
        steps = [step_link(view, here, rooted) for rooted in _rooted(view, exercise)]
        sections.under[exercise.id] = render("exercise.html.j2", view, here, e=exercise, steps=steps, **context)
    if record.quiz:
        quoted = {q.id: _quoted(q, view, here) for q in record.quiz} if with_steps and not for_trainers else {}
        links = {q.id: step_link(view, here, rooted) for q in record.quiz if (rooted := _step(q, view))}
        sections.at_end["quiz"] = render(
            "quiz.html.j2",
            view,
            here,
            questions=record.quiz,
            quoted=quoted,
            links=links,
            for_trainers=for_trainers,
            **context,
        )
    if for_trainers:
        mark = Markup('<p class="pk-trainer"{}><span class="pk-mark">{}</span></p>').format(
            _in_view(text, view), view.words["trainer_only"]
        )
        sections.under |= {name: mark + sections.under.get(name, "") for name in record.trainer_only}
    return sections


def with_quoted(record: ModuleRecord, text: Text, view: View) -> Text:
    """The text as if it named itself what the quoted steps name, for the definitions of terms."""
    quoted = [r for question in record.quiz for part in [_passage(question, view)] if part for r in part[1].references]
    return replace(text, references=(*text.references, *quoted))


def _in_view(text: Text, view: View) -> Markup:
    """The attributes of words of the engine inside a text of another language."""
    if text.language == view.language:
        return Markup("")
    return Markup(' lang="{}" dir="{}"').format(view.language, view.words.direction)


def _agenda(record: ModuleRecord, text: Text, labels: Mapping[str, str]) -> Iterator[Line]:
    exercises = {exercise.id: exercise.minutes for exercise in record.exercises}
    headings = {heading.anchor: heading.words for heading in text.headings}
    passed = 0
    for item in record.agenda:
        minutes = item.minutes or exercises[item.id]
        words = headings[item.id] if item.id in exercises else labels[item.id]
        yield Line(f"{passed // 60}:{passed % 60:02d}", minutes, words, item.id if item.id in exercises else "")
        passed += minutes


def _rooted(view: View, exercise: Exercise) -> Iterator[Rooted]:
    yield from filter(None, (_named(view, name) for name in exercise.steps))


def _named(view: View, name: str) -> Rooted | None:
    """The step that ``SOP-02/measure.step`` names, where this edition shows it."""
    document, _, rest = name.partition("/")
    steps = view.steps_by_document.get(document, ())
    return next((rooted for rooted in steps if f"{rooted.measure.id}.{rooted.step.id}" == rest), None)


def _step(question: Question, view: View) -> Rooted | None:
    return _named(view, question.step)


def _passage(question: Question, view: View) -> tuple[Rooted, Text] | None:
    """The step of a question and the text of its document cut down to what stands under the step's heading."""
    rooted = _step(question, view)
    if rooted is None:
        return None
    text = rooted.document.text_for(view.language, view.order)
    lines = text.body.split("\n")
    index = next(number for number, heading in enumerate(text.headings) if heading.anchor == rooted.anchor)
    later = (other.line_index for other in text.headings[index + 1 :] if other.level <= text.headings[index].level)
    kept = range(text.headings[index].line_index + 1, next(later, len(lines)))
    stays = {text.body_line + number for number in kept}
    return rooted, replace(
        text,
        body="\n".join(line if number in kept else "" for number, line in enumerate(lines)),
        headings=tuple(heading for heading in text.headings if heading.line_index in kept),
        references=tuple(reference for reference in text.references if reference.location.line in stays),
        links=tuple(link for link in text.links if link.location.line in stays),
        marks=tuple(mark for mark in text.marks if mark.location.line in stays),
    )


def _quoted(question: Question, view: View, here: str) -> Quoted | None:
    passage = _passage(question, view)
    if passage is None:
        return None
    rooted, text = passage
    html = body_html(text, view, here, asset_folder_of(rooted.document))
    # The ids belong to the procedure's own page; here they could stand twice.
    html = _HEADING_ID.sub(r"\1", html)
    link = step_link(view, here, rooted)
    return Quoted(link, Markup(html), text.language, wording(text.language).direction)  # noqa: S704 - compiled, safe mode
