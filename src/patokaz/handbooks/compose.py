"""A handbook as one HTML document: cover, contents, chapters, registers, index. From compiled pages, never from the theme."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

from patokaz.handbooks.book_index import index_of
from patokaz.handbooks.composed import Composed, print_templates
from patokaz.handbooks.rewrite import Outline, chapter_id, outline, rewrite
from patokaz.handbooks.select import pages_of, registers_of
from patokaz.model.glossary import HandbookRecord
from patokaz.pages import Compiled, Page
from patokaz.pages.alphabet import PATH, letters_of
from patokaz.pages.notices import basis_notices
from patokaz.pages.view import View
from patokaz.pages.wording import best, wording


@dataclass
class _Chapter:
    page: Page
    html: str
    outline: Outline
    number: int
    is_register: bool


def compose(record: HandbookRecord, compiled: Compiled, language: str) -> Composed | None:
    """Compose one handbook in one language; None when this edition shows none of its documents."""
    pages = pages_of(record, compiled, language)
    if not pages:
        return None
    chapters = [
        _chapter(page, page.printed or page.body, number, is_register=False) for number, page in enumerate(pages, 1)
    ]
    used = {target for chapter in chapters for target in chapter.outline.targets}
    for page in registers_of(record, compiled, language):
        body = only(page.body, {anchor for path, anchor in used if path == page.path})
        if body.strip():
            chapter = _chapter(page, body, len(chapters) + 1, is_register=True)
            chapters.append(chapter)
            # A register may cite sources of its own: those printed later include them.
            used |= chapter.outline.targets
    ids = {chapter.page.path: chapter.outline.ids for chapter in chapters}
    referred = frozenset(
        chapter.page.path for chapter in chapters if not chapter.is_register or chapter.page.section == "limits"
    )
    words = wording(language)
    library = compiled.library
    view = View(library, compiled.audience, language)
    index = index_of(letters_of(view), ids)
    title = best(record.title, language, compiled.languages)[0]
    documents = [library.documents[str(chapter.page.document)] for chapter in chapters if chapter.page.document]
    html = (
        print_templates()
        .get_template("handbook.html.j2")
        .render(
            language=language,
            direction=words.direction,
            w=words.file.words,
            title=title,
            name=best(library.settings.names, language, compiled.languages)[0],
            edition=library.settings.edition,
            edition_date=words.date(library.settings.edition.date),
            edition_iso=library.settings.edition.date.isoformat(),
            date=words.date,
            adopted=all(library.settings.is_adopted(document.record.status) for document in documents),
            documents=[(document, chapter.page) for document, chapter in zip(documents, chapters, strict=False)],
            contents=[_entry(chapter) for chapter in chapters],
            index=index,
            index_id=chapter_id(PATH),
            say=view.say,
            behind=[notice.words for notice in basis_notices(record.id, view, "handbooks", "notice_selection_behind")],
            chapters=[_printed(chapter, compiled, ids, referred) for chapter in chapters],
        )
    )
    return Composed("handbooks", record.id, language, html, dict(compiled.assets))


def _chapter(page: Page, body: str, number: int, *, is_register: bool) -> _Chapter:
    different = page.content_language != page.language
    marks = f' lang="{page.content_language}" dir="{page.content_direction}"' if different else ""
    html = f'{page.head}{page.panel}<div class="pk-text"{marks}>{body}</div>'
    return _Chapter(page, html, outline(html, page.path), number, is_register)


def only(body: str, anchors: set[str]) -> str:
    """A register's HTML with only the entries whose id is in ``anchors``.

    Entries start with a second-level heading, or are the ``<div id=…>`` lines of the list of sources; institutions are
    kept when one of their contacts is named.
    """
    if 'class="pk-source-list"' in body:
        lines = body.split("\n")
        kept = [line for line in lines if (m := re.match(r'<div id="([^"]+)"', line)) is None or m[1] in anchors]
        return "\n".join(kept) if any(line.startswith("<div id=") for line in kept) else ""
    parts = re.split(r"(?m)^(?=<h2 )", body)
    entries = [
        part
        for part in parts[1:]
        if anchors.intersection(re.findall(r'<(?:h2|div class="pk-contact") id="([^"]+)"', part))
    ]
    return parts[0] + "".join(entries) if entries else ""


def _entry(chapter: _Chapter) -> dict[str, object]:
    path = chapter.page.path
    sections = [
        (chapter_id(path, anchor), words) for level, anchor, words in chapter.outline.headings if level == 2 and anchor
    ]
    return {
        "id": chapter_id(path),
        "number": chapter.number,
        "title": chapter.page.title,
        "sections": [] if chapter.is_register else sections,
    }


def _printed(
    chapter: _Chapter, compiled: Compiled, ids: dict[str, set[str]], referred: frozenset[str]
) -> dict[str, object]:
    page = chapter.page
    html = rewrite(chapter.html, page.path, ids, referred).replace("<h1", f'<h1 data-number="{chapter.number}"', 1)
    document = compiled.library.documents.get(page.document or "")
    words = wording(page.language)
    parts = [page.title]
    if document:
        record = document.record
        parts = [document.id, f"{words['revision']} {record.revision}", words[f"status_{record.status}"]]
    return {
        "id": chapter_id(page.path),
        "title": page.title,
        "running": "".join(f"{part} · " for part in parts).strip(),
        "kind": page.kind,
        "html": Markup(html),  # noqa: S704 - our own compiled page, rewritten
    }
