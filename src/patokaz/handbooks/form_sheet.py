"""A form alone on its own sheets, made to be filled in: on the screen, or with a pen. Nothing is ever filled in beforehand."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import Markup

from patokaz.findings import KbError
from patokaz.handbooks import marks
from patokaz.handbooks.composed import print_templates, standing
from patokaz.handbooks.formats import PAGES
from patokaz.handbooks.places import Places
from patokaz.handbooks.rewrite import Binding, chapter_id, outline, rewrite
from patokaz.model.library import Document
from patokaz.model.records import FormField, FormRecord
from patokaz.model.texts import Text
from patokaz.pages.behind import marks as marks_of_passages
from patokaz.pages.body import Sections, asset_folder_of, body_html
from patokaz.pages.notices import Notice, document_notices
from patokaz.pages.render import render
from patokaz.pages.view import View
from patokaz.pages.wording import Wording, wording

_LINES = 3
"""Lines of a free text whose record names no number; the site draws as many."""

_LONG = 12
"""A list of more boxes than this may run over a page: kept together it would leave half a page empty."""

_IN_COLUMNS = (4, 36)
"""At least so many boxes, each of at most so many letters, stand in two columns of A4."""

_SOURCE = re.compile(r'<a class="pk-source" href="[^"]*">([^<]*)</a>')

_HINTS = {"date": "form_date", "time": "form_time", "choice": "field_choice"}
"""Kinds of fields that say how they are filled in → the words for it."""


@dataclass(frozen=True)
class SheetField:
    """One field of the record: its id, kind, label in plain words with the hint, and its options as (id, label)."""

    id: str
    type: str
    label: str
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class FormSheet:
    """A form composed for print. ``images`` maps a link in the HTML to a source file; ``text_language`` is that of its labels."""

    form: str
    title: str
    language: str
    text_language: str
    fillable: bool
    html: str
    fields: tuple[SheetField, ...]
    images: Mapping[str, str] = field(default_factory=dict)

    @property
    def file_name(self) -> str:
        """``form-01-mk.pdf``, for a pen ``form-01-mk-flat.pdf``."""
        return f"{self.form.lower()}-{self.language}{'' if self.fillable else '-flat'}.pdf"

    @property
    def path(self) -> str:
        """``forms/form-01-mk.pdf``, from the site's root."""
        return f"forms/{self.file_name}"


def compose_form(document: Document, view: View, today: datetime.date, *, fillable: bool) -> FormSheet:
    """The sheet of a form in the view's language, with what a reader must be told of it.

    Its links lead nowhere on a single sheet and are words; sources keep their marks and are listed at the end. Raises
    :class:`KbError` where a translation lacks a section that has fields.
    """
    record = document.record
    assert isinstance(record, FormRecord)
    text = document.text_for(view.language, view.order)
    here = view.path_of(document.id)
    behind = marks_of_passages(text, document.source_text, view)
    labels, hints = behind.labelled(text.front.labels), wording(text.language)
    sections, fields = Sections(), []
    anchors = {heading.anchor for heading in text.headings}
    for section in record.sections:
        if section.fields and section.id not in anchors:
            raise KbError(f"{text.path} has no section `{section.id}`, to which fields belong: run patokaz check")
        drawn = [_drawn(item, labels, hints, view) for item in section.fields]
        fields += [_plain(item, text, hints, view) for item in section.fields]
        sections.at_end[section.id] = _html(drawn, record.paper, fillable=fillable)
    folder = asset_folder_of(document)
    body = body_html(text, view, here, folder, sections, behind)
    notices = document_notices(document, text, view, here, behind.ids)
    if record.review_due < today and record.status not in ("superseded", "withdrawn"):
        notices.append(Notice("overdue", view.words["notice_overdue"], None))
    head = render(
        "head.html.j2",
        view,
        here,
        document=document,
        title=text.front.title,
        summary=text.front.summary,
        content_language=text.language,
        notices=notices,
        behind=behind,
    )
    word = marks.mark_of_document(document, notices, view)
    different = text.language != view.language
    marked = f' lang="{text.language}" dir="{hints.direction}"' if different else ""
    images = {f"{folder}/{image.rpartition('/')[2]}": image for image in document.images}
    return FormSheet(
        form=document.id,
        title=f"{document.id} {text.front.title}",
        language=view.language,
        text_language=text.language,
        fillable=fillable,
        html=_page(
            document, text, view, str(head), f'<div class="pk-text"{marked}>{body}</div>', word, fillable=fillable
        ),
        fields=tuple(fields),
        images=images,
    )


def _drawn(item: FormField, labels: Mapping[str, str], hints: Wording, view: View) -> dict[str, object]:
    """What the template of fields is given: words as HTML, boxes in groups."""
    groups: list[tuple[object, list[tuple[str, object]]]] = []
    if item.options:
        groups = [("", [(name, labels[name]) for name in item.options])]
    for name in item.groups:
        if name in view.indicator_groups:
            group = view.indicator_groups[name]
            # A group whose name is that of the field needs it once.
            words = view.say(group.name) if len(item.groups) > 1 else ""
            groups.append((words, [(sign.id, view.say(sign.text)) for sign in group.indicators]))
    return {
        "id": item.id,
        "type": item.type,
        "label": labels[item.id],
        "hint": hints[_HINTS[item.type]] if item.type in _HINTS else "",
        "lines": item.lines or _LINES,
        "groups": groups,
        "columns": _fits_columns(groups),
        "long": sum(len(boxes) for _, boxes in groups) > _LONG,
    }


def _fits_columns(groups: list[tuple[object, list[tuple[str, object]]]]) -> bool:
    least, letters = _IN_COLUMNS
    words = [str(label) for _, boxes in groups for _, label in boxes]
    return len(words) >= least and max(map(len, words)) <= letters


def _plain(item: FormField, text: Text, hints: Wording, view: View) -> SheetField:
    """The field in plain words, for those who hear it."""
    labels = text.front.labels
    options = [(name, labels[name]) for name in item.options]
    for name in item.groups:
        if name in view.indicator_groups:
            options += [(sign.id, view.plain(sign.text)) for sign in view.indicator_groups[name].indicators]
    hint = f" ({hints[_HINTS[item.type]]})" if item.type in _HINTS else ""
    return SheetField(item.id, item.type, labels[item.id] + hint, tuple(options))


def _html(fields: list[dict[str, object]], paper: str, *, fillable: bool) -> str:
    html = print_templates().get_template("form-fields.html.j2").render(fields=fields, paper=paper, fillable=fillable)
    # An empty line would end an HTML block for Markdown.
    return "\n".join(line for line in html.split("\n") if line.strip())


def _page(document: Document, text: Text, view: View, head: str, body: str, word: str, *, fillable: bool) -> str:
    """The whole HTML; on every page stands what form this is, its revision and status, until which review it is to be used, and ``word``."""
    record, words = document.record, view.words
    assert isinstance(record, FormRecord)
    here = view.path_of(document.id)
    binding = Binding(paths=frozenset(), numbered=frozenset(), see_page="")
    # The list of sources is on the same sheet: their marks stay small, without the link that they have on the site.
    body = _SOURCE.sub(r'<span class="pk-source">\1</span>', body)
    own = outline(head + body, here).ids
    head, body = (rewrite(html, here, own, binding, Places()) for html in (head, body))
    heading, end, rest = head.partition("</h1>")
    until = words["form_use_until"].format(date=words.date(record.review_due))
    names = {r.target for r in text.references if r.scheme in ("source", "unverified")} | set(record.sources)
    return (
        print_templates()
        .get_template("form.html.j2")
        .render(
            **standing(view),
            title=f"{document.id} {text.front.title}",
            id=chapter_id(here),
            paper=record.paper,
            format=PAGES,
            running=[*marks.designation(document, words), until],
            page_of=re.split(r"\{n\}|\{total\}", words["page_of"]),
            qr=marks.code_of_document(document, view),
            watermark=marks.watermark(word, view),
            heading=Markup(heading + end),  # noqa: S704 - our own compiled page, rewritten
            head=Markup(rest),  # noqa: S704 - the same
            body=Markup(body),  # noqa: S704
            cited=[entry for name, entry in view.cited.items() if name in names],
            fillable=fillable,
        )
    )
