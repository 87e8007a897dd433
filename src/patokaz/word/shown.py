"""What the engine says in a Word file beside the author's words: references without words, facts of the record, the control panel."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from patokaz.model.records import FormRecord, LawRecord, SopRecord, Step
from patokaz.pages.notices import document_notices, translation_notices
from patokaz.pages.references import supplied_words
from patokaz.pages.view import View
from patokaz.pages.wording import capital
from patokaz.word.origin import Origin


def own_words(target: str, view: View) -> str:
    """What the engine says for a reference with empty words."""
    scheme, _, rest = target.partition(":")
    words = f"[{rest}]" if scheme == "source" else supplied_words(scheme, rest, view)
    return words or rest or target


def mark_after(target: str, view: View) -> str:
    """What stands after the words of a reference: that they are unverified, and the source that does not confirm them."""
    scheme, _, source = target.partition(":")
    if scheme != "unverified":
        return ""
    return f" [{view.words['unverified']}{f', {source}' if source else ''}]"


def mark_before(origin: Origin, anchor: str, view: View) -> str:
    """What stands before a heading: the number of an article. Measures and steps are numbered by Word itself."""
    if isinstance(origin.record, LawRecord):
        article = next((a for a in origin.record.articles if a.anchor == anchor and a.number is not None), None)
        if article is not None:
            return f"{capital(view.words['article'].format(number=article.number))} · "
    return ""


def control_rows(origin: Origin, view: View) -> list[tuple[str, str]]:
    """Labels and values of the document-control panel."""
    words, record = view.words, origin.record
    rows = [(words["id"], origin.id), (words["title"], origin.text.front.title)]
    if record is not None:
        effective = words.date(record.effective) if record.effective else words["not_yet"]
        rows += [
            (words["revision"], record.revision),
            (words["status"], words[f"status_{record.status}"]),
            (words["owner"], _names((record.owner,), view)),
            (words["effective"], effective),
            (words["review_due"], words.date(record.review_due)),
        ]
    settings = view.library.settings
    language = settings.language_names.get(origin.text.language, origin.text.language)
    return [*rows, (words["language"], language), (words["edition"], settings.edition.id)]


def notices(origin: Origin, view: View) -> list[str]:
    """What a reader must be told before the text: not in force, behind its original, unreviewed."""
    if origin.document is not None:
        found = document_notices(origin.document, origin.text, view, "")
    else:
        found = translation_notices(origin.text, origin.source, view, "")
    return [notice[1] for notice in found]


def record_lines(origin: Origin, anchor: str, view: View) -> list[str]:
    """The facts that the record gives for a section, a line each."""
    match origin.record:
        case SopRecord(measures=measures):
            step = next((step for measure in measures for step in measure.steps if step.id == anchor), None)
            return [_said(_of_step(step, view), view)] if step else []
        case FormRecord(sections=sections):
            section = next((section for section in sections if section.id == anchor), None)
            labels = origin.text.front.labels
            fields = section.fields if section else ()
            lines = [
                (labels.get(field.id, field.id), ", ".join(labels.get(option, option) for option in field.options))
                for field in fields
            ]
            return [_said([line], view) for line in lines]
        case _:
            return []


def _of_step(step: Step, view: View) -> Iterator[tuple[str, str]]:
    words = view.words
    yield words["who"], _names(step.responsible, view)
    if step.accountable not in step.responsible:
        yield words["accountable"], _names((step.accountable,), view)
    yield words["by_when"], view.limit_words(step.limit)
    if step.forms:
        yield words["with_form"], ", ".join(own_words(f"doc:{form}", view) for form in step.forms)


def _said(facts: Iterable[tuple[str, str]], view: View) -> str:
    said = "; ".join(f"{label}: {value}" if value else label for label, value in facts)
    return f"{said} ({view.words['word_record']})"


def _names(roles: Iterable[str], view: View) -> str:
    return ", ".join(view.plain(view.roles[role].name) if role in view.roles else role for role in roles)
