"""The pages of controlled documents: head, control panel, text with step cards, history and sources."""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup, escape

from patokaz.model.library import Document
from patokaz.model.records import FormRecord, LawRecord, SopRecord
from patokaz.model.texts import Text
from patokaz.pages.page import Page
from patokaz.pages.references import resolve
from patokaz.pages.render import block, render
from patokaz.pages.view import FOLDERS, View
from patokaz.pages.wording import capital, wording
from patokaz.translations import Freshness, freshness

Notice = tuple[str, str, str | None]
"""(kind, words, link to the original or None)."""


def document_page(document: Document, view: View) -> Page:
    """The page of one document in the view's language, or in the best other one with a notice."""
    here = view.path_of(document.id)
    text = document.text_for(view.language, view.order)
    record = document.record
    head = render(
        "head.html.j2",
        view,
        here,
        document=document,
        title=text.front.title,
        summary=text.front.summary,
        content_language=text.language,
        notices=_notices(document, text, view, here),
    )
    panel = render("panel.html.j2", view, here, document=document)
    if isinstance(record, LawRecord):
        panel = render("law-head.html.j2", view, here, document=document) + panel
    lines = resolve(text, view, here, asset_folder_of(document))
    match record:
        case SopRecord():
            _sop(document, text, view, here, lines)
        case LawRecord():
            _law(document, record, text, view, here, lines)
        case FormRecord():
            _form(record, text, view, here, lines)
        case _:
            pass
    cited = _cited(document, text, view)
    return Page(
        language=view.language,
        path=here,
        kind=record.kind,
        section=FOLDERS[record.kind],
        title=f"{document.id} {text.front.title}" if record.kind in ("sop", "form") else text.front.title,
        summary=text.front.summary,
        head=str(head),
        panel=str(panel),
        body="\n".join(lines),
        tail=str(render("tail.html.j2", view, here, document=document, cited=cited)),
        content_language=text.language,
        content_direction=wording(text.language).direction,
        document=document.id,
        review_due=record.review_due.isoformat(),
        files=(document.places.path, text.path),
    )


def asset_folder_of(document: Document) -> str:
    """Where a document's images are placed, inside each language folder."""
    return f"images/{document.id.lower()}"


def _notices(document: Document, text: Text, view: View, here: str) -> list[Notice]:
    words, record = view.words, document.record
    notices: list[Notice] = []
    if record.status in ("superseded", "withdrawn"):
        notices.append(("stop", words[f"notice_{record.status}"], None))
    elif record.kind == "law":
        notices.append(("model", words["notice_summary"], None))
    elif record.status not in ("government-adopted", "in-force"):
        notices.append(("model", words["notice_model"], None))
    notices += translation_notices(text, document.source_text, view, here)
    return notices


def translation_notices(text: Text, source: Text, view: View, here: str) -> list[Notice]:
    """What a reader must know of the language of this page: another language, behind, unstamped, unreviewed."""
    words = view.words
    settings = view.library.settings
    original = _original_href(view, here, source.language)
    notices: list[Notice] = []
    if text.language != view.language:
        name = settings.language_names.get(text.language, text.language)
        notices.append(("fallback", words["notice_fallback"].format(language=name), None))
    state = freshness(text, source)
    if state is Freshness.BEHIND:
        notices.append(("behind", words["notice_behind"], original))
    elif state is Freshness.UNSTAMPED:
        notices.append(("behind", words["notice_unstamped"], original))
    if state is not Freshness.ORIGINAL and (
        text.front.translation is None or text.front.translation.reviewed_by is None
    ):
        notices.append(("unreviewed", words["notice_unreviewed"], original))
    return notices


def _original_href(view: View, here: str, language: str) -> str | None:
    languages = view.library.settings.languages
    if language not in languages or language == view.language:
        return None
    return language_href(view, here, language)


def language_href(view: View, here: str, language: str) -> str:
    """The link from ``here`` to the same page in another language (the default language has no folder)."""
    default = view.library.settings.languages[0]
    depth = here.count("/") + (view.language != default)
    return "../" * depth + ("" if language == default else f"{language}/") + f"{here}.html"


def _insert(
    lines: list[str], text: Text, after: dict[str, str], before_next: dict[str, str], titles: dict[str, str]
) -> None:
    """Retitle headings and put blocks after a heading or at the end of its section. Works from the end backwards."""
    ends = [heading.line_index for heading in text.headings] + [len(lines)]
    for index in range(len(text.headings) - 1, -1, -1):
        heading = text.headings[index]
        name = str(heading.anchor)
        deeper = next(
            (i for i in range(index + 1, len(text.headings)) if text.headings[i].level <= heading.level),
            len(text.headings),
        )
        if name in before_next:
            lines.insert(ends[deeper], before_next[name])
        if name in titles:
            lines[heading.line_index] = f"{'#' * heading.level} {titles[name]} {{#{name}}}"
        if name in after:
            lines.insert(heading.line_index + 1, after[name])


def _sop(document: Document, text: Text, view: View, here: str, lines: list[str]) -> None:
    rooted = [step for step in view.steps if step.document.id == document.id]
    cards = {
        s.anchor: block(render("card.html.j2", view, here, rooted=s, content_language=text.language)) for s in rooted
    }
    words = {heading.anchor: heading.words for heading in text.headings}
    titles = {s.anchor: f"{s.number} {words.get(s.anchor, s.anchor)}" for s in rooted}
    titles |= {
        s.measure.id: f"{s.number.split('.')[0]}. {words.get(s.measure.id, s.measure.id)}".replace(". ", "\\. ", 1)
        for s in rooted
    }
    _insert(lines, text, cards, {}, titles)


def _law(document: Document, record: LawRecord, text: Text, view: View, here: str, lines: list[str]) -> None:
    notes, resting, titles = {}, {}, {}
    words = {heading.anchor: heading.words for heading in text.headings}
    for article in record.articles:
        name = article.anchor
        key = f"{document.id}/{article.id}"
        notes[name] = block(render("article.html.j2", view, here, article=article, content_language=text.language))
        limits = [limit for limit in view.limits.values() if key in limit.basis]
        resting[name] = block(
            render(
                "resting.html.j2",
                view,
                here,
                steps=view.steps_by_article.get(key, ()),
                limits=limits,
                content_language=text.language,
            )
        )
        if article.number is not None:
            number = wording(text.language)["article"].format(number=article.number)
            titles[name] = f"{capital(number)} · {words.get(name, '')}"
    _insert(lines, text, notes, resting, titles)


def _form(record: FormRecord, text: Text, view: View, here: str, lines: list[str]) -> None:
    fields = {
        section.id: block(render("fields.html.j2", view, here, fields=section.fields, labels=text.front.labels))
        for section in record.sections
        if section.fields
    }
    _insert(lines, text, {}, fields, {})
    lines.insert(0, block(Markup('<p class="pk-small">{}</p>').format(escape(view.words["blank_form"]))))
    steps = view.steps_by_form.get(record.id, ())
    if steps:
        items: Iterable[Markup] = (
            Markup('<li><a href="{}">{} {} {}</a></li>').format(
                view.href(here, f"{view.path_of(s.document.id)}#{s.anchor}"),
                s.document.id,
                s.number,
                view.heading(s.document, s.anchor),
            )
            for s in steps
        )
        html = Markup('<div class="pk-resting"><p>{}:</p><ul>{}</ul></div>').format(
            view.words["used_in"], Markup("").join(items)
        )
        lines.append(block(html))


def _cited(document: Document, text: Text, view: View) -> list[object]:
    record = document.record
    names = set(record.sources)
    if isinstance(record, SopRecord):
        names |= {s for measure in record.measures for step in measure.steps for s in step.sources}
    if isinstance(record, LawRecord):
        names |= {s for article in record.articles for s in article.sources}
    names |= {r.target for r in text.references if r.scheme in ("source", "unverified")}
    return [entry for name, entry in view.cited.items() if name in names]
