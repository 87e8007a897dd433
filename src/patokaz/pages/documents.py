"""The pages of controlled documents: head, control panel, text with step cards, history and sources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from markupsafe import Markup

from patokaz.model.library import Document
from patokaz.model.participants import for_participants, trainers_names
from patokaz.model.records import FormRecord, LawRecord, LeafletRecord, ModuleRecord, PathwayRecord, SopRecord
from patokaz.model.texts import Text
from patokaz.pages.addresses import FOLDERS
from patokaz.pages.behind import Marks, marks
from patokaz.pages.body import Sections, asset_folder_of, body_html
from patokaz.pages.cards import card
from patokaz.pages.leaflets import leaflet_pages
from patokaz.pages.notices import document_notices, label_notices
from patokaz.pages.page import Page
from patokaz.pages.pathways import STYLE, pathway_parts, pathway_section, shown_pathways
from patokaz.pages.references import definitions
from patokaz.pages.render import render
from patokaz.pages.training import STYLE as TRAINING_STYLE
from patokaz.pages.training import module_sections, trainers_title, with_quoted
from patokaz.pages.view import View
from patokaz.pages.wording import capital, wording


def document_pages(document: Document, view: View) -> Iterator[Page]:
    """The pages of one document: a module has a second one for trainers, a leaflet one in each of its languages."""
    if isinstance(document.record, LeafletRecord):
        yield from leaflet_pages(document, view)
        return
    trainer = view.trainer_path(document)
    yield _page(for_participants(document), view, view.path_of(document.id))
    if trainer is not None:
        yield replace(_page(document, view, trainer), kind="trainer")


def _page(document: Document, view: View, here: str) -> Page:
    """The page of a document in the view's language, or in the best other one with a notice."""
    text = document.text_for(view.language, view.order)
    record = document.record
    for_trainers = here == view.trainer_path(document)
    hidden: frozenset[str] = frozenset()
    if isinstance(record, ModuleRecord) and not for_trainers:
        hidden = trainers_names(record, document.source_text) | trainers_names(record, text)
    behind = marks(text, document.source_text, view, hidden)
    notices = document_notices(document, text, view, here, behind.ids)
    if isinstance(record, PathwayRecord):
        notices += label_notices(document, view, here)
    head = render(
        "head.html.j2",
        view,
        here,
        document=document,
        title=trainers_title(text, view) if for_trainers else text.front.title,
        summary=text.front.summary,
        content_language=text.language,
        notices=notices,
        behind=behind,
    )
    panel = render("panel.html.j2", view, here, document=document)
    if isinstance(record, LawRecord):
        panel = render("law-head.html.j2", view, here, document=document) + panel
    sections = Sections()
    match record:
        case SopRecord():
            sections = _sop(document, text, view, here)
        case LawRecord():
            sections = _law(document, record, text, view, here)
        case FormRecord():
            sections = _form(record, text, behind, view, here)
        case ModuleRecord():
            labels = behind.labelled(text.front.labels)
            sections = module_sections(record, text, labels, view, here, for_trainers=for_trainers)
            panel += render("module-panel.html.j2", view, here, document=document, for_trainers=for_trainers)
        case _:
            pass
    for old, new in record.redirects.items():
        if new:
            sections.former.setdefault(new, []).append(old)
    if document.id in view.at:
        for anchor in document.anchors():
            sections.at_end[anchor] = citation(document, anchor, view) + sections.at_end.get(anchor, "")
    folder = asset_folder_of(document, revision=record.revision if document.id in view.at else "")
    body = body_html(text, view, here, folder, sections, behind)
    tail = render("tail.html.j2", view, here, document=document, cited=_cited(document, text, view))
    if isinstance(record, FormRecord):
        steps = view.steps_by_form.get(record.id, ())
        panel += Markup('<p class="pk-small">{}</p>').format(view.words["blank_form"])
        tail = render("used-in.html.j2", view, here, steps=steps) + tail
    printed = ""
    if isinstance(record, PathwayRecord):
        web, paper = pathway_parts(document, view, here)
        body, printed = body + str(web), body + str(paper)
    named = text
    if isinstance(record, ModuleRecord):
        named = with_quoted(record, text, view)
        if not for_trainers:
            # On paper nothing opens: the quiz is a sheet to fill in.
            labels = behind.labelled(text.front.labels)
            sheet = module_sections(record, text, labels, view, here, for_trainers=False, with_steps=False)
            printed = body_html(text, view, here, folder, sheet, behind)
    if isinstance(record, SopRecord):
        tail = pathway_section(document, view, here) + tail
    drawn = isinstance(record, PathwayRecord) or (isinstance(record, SopRecord) and shown_pathways(document, view))
    return Page(
        language=view.language,
        path=here,
        kind=record.kind,
        section=FOLDERS[record.kind],
        title=_title(document, text, view, for_trainers=for_trainers),
        summary=text.front.summary,
        head=str(head),
        panel=str(panel),
        body=body,
        printed=printed,
        tail=str(tail + definitions(named, view)),
        content_language=text.language,
        content_direction=wording(text.language).direction,
        document=document.id,
        review_due=record.review_due.isoformat(),
        files=(document.places.path, text.path, *((document.pathway_path,) if document.pathway else ())),
        assets=(STYLE,) if drawn else (TRAINING_STYLE,) if isinstance(record, ModuleRecord) else (),
    )


def _title(document: Document, text: Text, view: View, *, for_trainers: bool) -> str:
    if for_trainers:
        return str(trainers_title(text, view).striptags())
    return f"{document.id} {text.front.title}" if document.record.kind in ("sop", "form") else text.front.title


def citation(document: Document, anchor: str, view: View) -> Markup:
    """The name by which a section of this revision can be cited for ever; nothing for a measure, whose steps have theirs."""
    record = document.record
    name = anchor
    if isinstance(record, SopRecord):
        inside = {step.id: measure.id for measure in record.measures for step in measure.steps}
        if anchor not in inside:
            return Markup("")
        name = f"{inside[anchor]}.{anchor}"
    label = f"{document.id}@{record.revision}/{name}"
    return Markup('<p class="pk-cite">{} <code>{}</code></p>').format(view.words["cite_as"], label)


def _words(text: Text) -> dict[str, str]:
    return {heading.anchor: heading.words for heading in text.headings if heading.anchor}


def _sop(document: Document, text: Text, view: View, here: str) -> Sections:
    words, sections = _words(text), Sections()
    for step in view.steps_by_document.get(document.id, ()):
        measure = step.measure.id
        sections.titles[measure] = f"{step.number.split('.')[0]}. {words.get(measure, measure)}"
        sections.titles[step.anchor] = f"{step.number} {words.get(step.anchor, step.anchor)}"
        sections.under[step.anchor] = card(step, view, here, text.language)
    return sections


def _law(document: Document, record: LawRecord, text: Text, view: View, here: str) -> Sections:
    words, sections = _words(text), Sections()
    for article in record.articles:
        name, key = article.anchor, f"{document.id}/{article.id}"
        context = {
            "article": article,
            "steps": view.steps_by_article.get(key, ()),
            "limits": [limit for limit in view.limits.values() if key in limit.basis],
            "content_language": text.language,
        }
        sections.under[name] = render("article.html.j2", view, here, **context)
        sections.at_end[name] = render("resting.html.j2", view, here, **context)
        if article.number is not None:
            number = wording(text.language)["article"].format(number=article.number)
            sections.titles[name] = f"{capital(number)} · {words.get(name, '')}"
    return sections


def _form(record: FormRecord, text: Text, behind: Marks, view: View, here: str) -> Sections:
    labels = behind.labelled(text.front.labels)
    return Sections(
        at_end={
            section.id: render("fields.html.j2", view, here, fields=section.fields, labels=labels)
            for section in record.sections
            if section.fields
        }
    )


def _cited(document: Document, text: Text, view: View) -> list[object]:
    record = document.record
    names = set(record.sources)
    if isinstance(record, SopRecord):
        names |= {s for measure in record.measures for step in measure.steps for s in step.sources}
    if isinstance(record, LawRecord):
        names |= {s for article in record.articles for s in article.sources}
    if isinstance(record, PathwayRecord):
        names |= {source for node in view.pathways[record.id] for source in node.sources}
    names |= {r.target for r in text.references if r.scheme in ("source", "unverified")}
    return [entry for name, entry in view.cited.items() if name in names]
