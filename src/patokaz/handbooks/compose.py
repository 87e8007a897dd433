"""A handbook as a book of parts: front (cover and contents), chapters, registers, index. From compiled pages, never from the theme."""

from __future__ import annotations

from dataclasses import replace

from patokaz.handbooks import marks
from patokaz.handbooks.book_index import index_of
from patokaz.handbooks.chapters import Binder
from patokaz.handbooks.parts import Book, Part
from patokaz.handbooks.places import Places
from patokaz.handbooks.rewrite import Outline, chapter_id
from patokaz.handbooks.select import pages_of, registers_of
from patokaz.model.glossary import HandbookRecord
from patokaz.model.library import Document
from patokaz.model.revisions import Archived
from patokaz.pages import Compiled, Page
from patokaz.pages.alphabet import PATH
from patokaz.pages.notices import basis_notices, coming_notices, revision_notices, status_notices
from patokaz.pages.prints import PATH as PRINT
from patokaz.pages.prints import selection_notices
from patokaz.pages.revisions import pathway_then

Chapter = tuple[Page, Part, Outline]


def compose(record: HandbookRecord, binder: Binder) -> Book | None:
    """One handbook in the binder's language; None when this edition shows none of its documents."""
    pages = pages_of(record, binder.compiled, binder.language)
    if not pages:
        return None
    chapters = [_chapter(page, binder) for page in pages]
    used = {target for _, _, outline in chapters for target in outline.targets}
    for page in registers_of(record, binder.compiled, binder.language):
        made = binder.register(page, {anchor for path, anchor in used if path == page.path})
        if made:
            chapters.append((page, *made))
            # A register may cite sources of its own: those printed later include them.
            used |= made[1].targets
    parts = [part for _, part, _ in chapters]
    index = _index(chapters, binder)
    if index:
        parts.append(index)
    return _book("handbooks", record.id, _front(record, chapters, index, binder), parts, binder)


def compose_document(document: Document, binder: Binder) -> Book:
    """One document alone: a cover panel, its chapter, and that of the pathway that it keeps beside it."""
    paths = [binder.view.path_of(document.id)]
    if document.id in binder.view.pathways:
        paths.append(binder.view.pathway_path(document.id))
    pages = [binder.compiled.pages[binder.language, path] for path in dict.fromkeys(paths)]
    parts = [_chapter(page, binder)[1] for page in pages]
    name, title = document.id.lower(), parts[0].title
    # A procedure names pages of the pathway beside it: then both are counted through.
    return compose_alone("documents", name, title, document, pages[0], parts, binder, numbered=len(parts) > 1)


def compose_revision(archived: Archived, binder: Binder) -> Book:
    """A single revision alone, as :func:`compose_document`: its text, its pathway and what it named as they were then."""
    document = archived.document
    page = binder.compiled.pages[binder.language, binder.view.addresses(document)[archived.revision]]
    beside = pathway_then(archived, binder.view)
    pages = [page, beside] if beside else [page]
    bound = frozenset(item.path for item in pages)
    parts = [binder.former(item, document, bound) for item in pages]
    name = f"{document.id.lower()}-{archived.revision}"
    return compose_alone("documents", name, parts[0].title, document, page, parts, binder)


def compose_alone(
    folder: str,
    name: str,
    title: str,
    document: Document,
    page: Page,
    parts: list[Part],
    binder: Binder,
    *,
    numbered: bool = False,
) -> Book:
    """Parts of one document behind a cover with ``title``, which leads to ``page``. ``numbered``: their pages are counted through."""
    if page.watermark:
        told = revision_notices(document, binder.view, page.path)
    else:
        told = status_notices(document, binder.view)
        told += coming_notices(document, binder.view, page.path) + basis_notices(document.id, binder.view, page.path)
    places = [place for part in parts for place in part.places]
    absent = {place.partition("--")[0] for place in places} - {part.name for part in parts}
    cover = binder.part(
        "cover.html.j2",
        "cover",
        "front",
        title,
        Places(),
        "",
        running=title,
        document=document,
        status=marks.designation(document, binder.words, page.watermark)[-1],
        until="" if page.watermark else marks.until([document], binder.view),
        qr=marks.code(page, binder.compiled, binder.view, document),
        watermark=marks.watermark(marks.mark(page, binder.view), binder.view),
        told=[notice.words for notice in told],
        dashes=bool(absent if numbered else places),
    )
    return replace(compose_plain(folder, name, [replace(cover, unnumbered=1), *parts], binder), numbered=numbered)


def compose_plain(folder: str, name: str, parts: list[Part], binder: Binder) -> Book:
    """Parts that count their own pages, titled as the first of them."""
    return replace(_book(folder, name, parts[0], parts[1:], binder), numbered=False)


def _chapter(page: Page, binder: Binder) -> Chapter:
    part, outline = binder.chapter(page)
    return page, part, outline


def _book(folder: str, name: str, front: Part, parts: list[Part], binder: Binder) -> Book:
    settings = binder.compiled.library.settings
    author = binder.title(settings.names)
    title = f"{front.title} – {author} {settings.edition.id}"
    date = settings.edition.date.isoformat()
    return Book(folder, name, binder.language, title, author, date, (front, *parts), format=binder.format)


def _front(record: HandbookRecord, chapters: list[Chapter], index: Part | None, binder: Binder) -> Part:
    places = Places()
    contents = [_entry(page, part, outline, places) for page, part, outline in chapters]
    if index:
        contents.append({"id": index.name, "title": index.title, "sections": [], "place": places.keep(index.name)})
    library = binder.compiled.library
    documents = [(library.documents[part.document], page) for page, part, _ in chapters if part.document]
    title = binder.title(record.title)
    behind = list(selection_notices(record.id, binder.view))
    adopted = _adopted([document for document, _ in documents], binder.compiled)
    front = binder.part(
        "front.html.j2",
        "front",
        "front",
        title,
        places,
        repr((title, [(c["title"], c["sections"]) for c in contents], behind, adopted)),
        date=binder.words.date,
        until=marks.until([document for document, _ in documents], binder.view),
        qr=marks.code_to(PRINT, binder.view),
        adopted=adopted,
        documents=documents,
        contents=contents,
        behind=behind,
    )
    return replace(front, unnumbered=1)


def _adopted(documents: list[Document], compiled: Compiled) -> bool:
    return all(compiled.library.settings.is_adopted(document.record.status) for document in documents)


def _entry(page: Page, part: Part, outline: Outline, places: Places) -> dict[str, object]:
    place = places.keep(part.name)
    sections = []
    if part.kind == "document":
        for level, anchor, words in outline.headings:
            if level == 2 and anchor:
                name = chapter_id(page.path, anchor)
                sections.append((name, words, places.keep(name)))
    return {"id": part.name, "title": part.title, "sections": sections, "place": place}


def _index(chapters: list[Chapter], binder: Binder) -> Part | None:
    letters = index_of(binder.letters, {page.path: outline.ids for page, _, outline in chapters})
    if not letters:
        return None
    places = Places()
    title = binder.words["find_index"]
    return binder.part(
        "index.html.j2", chapter_id(PATH), "index", title, places, repr(letters), index=letters, keep=places.keep,
        say=binder.view.say,
    )  # fmt: skip
