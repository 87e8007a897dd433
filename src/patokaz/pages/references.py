"""The words of a text with references resolved: Markdown in, Markdown with tokens out."""

from __future__ import annotations

import bisect

from markupsafe import Markup, escape

from patokaz.findings import Location
from patokaz.model.texts import Link, Reference, Text
from patokaz.pages.addresses import relative
from patokaz.pages.behind import Marks
from patokaz.pages.view import View
from patokaz.parse.markdown import Inserts

Piece = tuple[str, str, str]
"""(HTML before, the author's words as Markdown, HTML after) of something resolved."""


def resolve(
    text: Text, view: View, here: str, asset_folder: str, inserts: Inserts, marks: Marks | None = None
) -> list[str]:
    """The lines of ``text``'s body with references, links, images and allowed tags as tokens of ``inserts``.

    The author's words stay Markdown between two tokens. ``marks`` are put at the passages that are behind. Images point to ``asset_folder``. A term is linked and explained
    at its first use in each section and plain after that, so that a page stays readable.
    """
    lines = text.body.split("\n")
    edits: dict[int, list[tuple[int, int, str]]] = {}

    def replace(where: Location, piece: Piece) -> None:
        before, words, after = piece
        token = (inserts.token(before) if before else "") + words + (inserts.token(after) if after else "")
        start = where.column - 1
        line = lines[where.line - text.body_line]
        if before.startswith('<a class="pk-source"'):
            # Authors write a space before a mark; on the page it stands at the word.
            start = len(line[:start].rstrip()) if line[:start].strip() else start
        edits.setdefault(where.line - text.body_line, []).append((start, where.column - 1 + where.length, token))

    section_starts = [heading.line_index for heading in text.headings]
    explained: set[tuple[int, str]] = set()
    for reference in text.references:
        index = reference.location.line - text.body_line
        key = (bisect.bisect_right(section_starts, index), reference.target)
        if reference.scheme == "term" and key in explained:
            replace(reference.location, ("", reference.words, ""))
            continue
        if reference.scheme == "term":
            explained.add(key)
        replace(reference.location, _reference(reference, view, here))
    for link in text.links:
        replace(link.location, _link(link, here, asset_folder))
    for mark in text.marks:
        if mark.kind == "tag":
            replace(mark.location, (mark.value, "", ""))
    for (index, column), html in marks.starts.items() if marks else ():
        edits.setdefault(index, []).append((column, column, f"{inserts.token(html)} "))
    for (index, column), html in marks.ends.items() if marks else ():
        edits.setdefault(index, []).append((column, column, f" {inserts.token(html)}"))
    for index, line_edits in edits.items():
        for start, end, token in sorted(line_edits, reverse=True):
            lines[index] = lines[index][:start] + token + lines[index][end:]
    return lines


def _link(link: Link, here: str, asset_folder: str) -> Piece:
    if link.is_image:
        file = escape(relative(here, f"{asset_folder}/{link.target}"))
        return f'<img src="{file}" alt="{escape(link.words)}">', "", ""
    return f'<a href="{escape(link.target)}" rel="noreferrer">', link.words, "</a>"


def _reference(reference: Reference, view: View, here: str) -> Piece:
    scheme, target, words = reference.scheme, reference.target, reference.words
    if scheme == "source":
        return source_marks([target], view, here), "", ""
    if scheme == "unverified":
        note, mark = escape(view.words["unverified_title"]), escape(view.words["unverified"])
        marks = source_marks([target], view, here) if target else ""
        after = f' <span class="pk-mark">{mark}</span></span>{marks}'
        return f'<span class="pk-unverified" title="{note}">', words, after
    if not words.strip():
        return _own_words(scheme, target, view, here), "", ""
    there = view.target(scheme, target)
    if there is None:
        return "", words, ""
    href = view.href(here, there)
    if scheme == "term":
        return f'<a class="pk-term" href="{href}" aria-describedby="def-{target}">', words, "</a>"
    return f'<a href="{href}">', words, "</a>"


def _own_words(scheme: str, target: str, view: View, here: str) -> Markup:
    """A link whose words the engine supplies."""
    words = supplied_words(scheme, target, view)
    if scheme == "contact" and words:
        words = Markup('<span dir="ltr">{}</span>').format(words)
    return view.link(here, scheme, target, words)


def supplied_words(scheme: str, target: str, view: View) -> str:
    """What the engine says for a reference with empty words; nothing where it has nothing to say."""
    name, _, anchor = target.partition("#")
    if scheme == "limit":
        return view.limit_words(target)
    if scheme == "contact" and target in view.contacts:
        return view.phone(target)
    if scheme == "doc" and name in view.documents:
        return f"{name} {view.heading(view.documents[name], anchor) if anchor else view.title(name)}"
    if scheme == "doc" and name in view.hand_pages:
        return view.title(name)
    return ""


def definitions(text: Text, view: View) -> Markup:
    """The definitions of the terms that a text names, once each, hidden: the script shows them at a term."""
    names = dict.fromkeys(r.target for r in text.references if r.scheme == "term" and r.target in view.terms)
    items = [Markup('<p id="def-{}">{}</p>').format(name, view.say(view.terms[name].definition)) for name in names]
    return Markup('<div class="pk-definitions" hidden>{}</div>').format(Markup("").join(items)) if items else Markup("")


def source_marks(names: list[str] | tuple[str, ...], view: View, here: str) -> Markup:
    """Citation marks such as ``[S12]``, each a link to the page of sources."""
    marks = Markup("")
    for name in names:
        there = view.target("source", name)
        if there is not None:
            marks += Markup(f'<a class="pk-source" href="{view.href(here, there)}">{name}</a>')  # noqa: S704 - ids
    return marks
