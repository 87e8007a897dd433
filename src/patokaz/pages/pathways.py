"""The pages of pathways: drawing, outline and timeline on a page of their own; the drawing again on the SOP's page."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from patokaz.model.library import Document
from patokaz.model.records import PathwayRecord, SopRecord
from patokaz.pages import drawings
from patokaz.pages.generated import document_row, generated
from patokaz.pages.notices import Notice, document_notices, label_notices
from patokaz.pages.outline import outline
from patokaz.pages.page import Page
from patokaz.pages.render import render
from patokaz.pages.timeline import timeline
from patokaz.pages.view import View

STYLE = "pathway.css"

PAPER = (182.0, 236.0)
"""Width and height in millimetres that a chart may take on A4 portrait, under its title and between the margins of drawing.css."""


def pathway_parts(document: Document, view: View, here: str) -> tuple[Markup, Markup]:
    """(for the web, for print): drawings, outline and timeline of a document's pathway."""
    told = outline(view, here, document) + timeline(view, here, document)
    links = render("pathway-links.html.j2", view, here, document=document, own_page=False)
    return (
        links + drawings.on_screen(document, view, here) + told,
        drawings.on_paper(document, view, here, *(view.paper or PAPER)) + told,
    )


def shown_pathways(document: Document, view: View) -> tuple[Document, ...]:
    """The pathways that an SOP's page shows: its own, and those that name the SOP. A single revision has its own alone."""
    found = [document] if document.id in view.pathways else []
    if document.id in view.at:
        return tuple(found)
    for name in view.pathways:
        record = view.documents[name].record
        if isinstance(record, PathwayRecord) and document.id in record.shown_with:
            found.append(view.documents[name])
    return tuple(found)


def pathway_section(document: Document, view: View, here: str) -> Markup:
    """The end of an SOP's page: each of its pathways with links to the guide and to the page that tells it in words."""
    parts = []
    for shown in shown_pathways(document, view):
        title = view.words["pathway"] if shown is document else f"{view.words['pathway']}: {view.title(shown.id)}"
        notices = label_notices(shown, view, here) if shown is document else _all_notices(shown, view, here)
        parts.append(
            render(
                "pathway-section.html.j2",
                view,
                here,
                document=shown,
                title=title,
                notices=notices,
                drawing=drawings.on_screen(shown, view, here),
                guided=document.id not in view.at,
            )
        )
    return Markup("\n").join(parts)


def _all_notices(document: Document, view: View, here: str) -> list[Notice]:
    text = document.text_for(view.language, view.order)
    return [*document_notices(document, text, view, here), *label_notices(document, view, here)]


def pathway_pages(view: View) -> Iterator[Page]:
    """The own page of each pathway that belongs to an SOP, and the list of all pathways."""
    for name in view.pathways:
        document = view.documents[name]
        if isinstance(document.record, SopRecord):
            yield page_beside_sop(document, view)
    if view.pathways:
        here = "pathways/index"
        rows = [
            document_row(document, view, here, view.pathway_path(document.id), view.guide_path(document.id))
            for document in guides(view)
        ]
        groups = [{"id": "", "title": "", "summary": "", "rows": rows}]
        body = render("index.html.j2", view, here, groups=groups, head=view.words["pathway"])
        yield generated(view, here, "pathways", view.words.section("pathways"), str(body), kind="index")


def page_beside_sop(document: Document, view: View) -> Page:
    """The own page of the pathway that belongs to an SOP."""
    here = view.pathway_path(document.id)
    text = document.text_for(view.language, view.order)
    title = f"{view.words['pathway']}: {text.front.title}"
    head = render(
        "head.html.j2",
        view,
        here,
        document=None,
        title=title,
        summary=text.front.summary,
        content_language=text.language,
        notices=_all_notices(document, view, here),
    )
    web, printed = pathway_parts(document, view, here)
    panel = render("panel.html.j2", view, here, document=document)
    return Page(
        language=view.language,
        path=here,
        kind="pathway",
        section="pathways",
        title=title,
        summary=text.front.summary,
        head=str(head),
        panel=str(panel),
        body=str(web),
        printed=str(printed),
        content_language=view.language,
        content_direction=view.words.direction,
        document=document.id,
        review_due=document.record.review_due.isoformat(),
        files=(document.places.path, document.pathway_path, text.path),
        assets=(STYLE,),
    )


def guides(view: View) -> list[Document]:
    """Documents with a pathway in the order of the home page: those on their own (first contact), then those of SOPs."""
    documents = [view.documents[name] for name in view.pathways]
    return sorted(documents, key=lambda document: (document.record.kind != "pathway", document.id))
