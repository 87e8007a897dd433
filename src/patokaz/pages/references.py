"""The words of a text with references resolved: Markdown in, Markdown out."""

from __future__ import annotations

from markupsafe import Markup, escape

from patokaz.model.texts import Reference, Text
from patokaz.pages.view import View, relative


def resolve(text: Text, view: View, here: str, asset_folder: str) -> list[str]:
    """The lines of ``text``'s body; references become links, images point to ``asset_folder``.

    A term is linked and explained at its first use in each section and plain after that, so that a page stays readable.
    """
    lines = text.body.split("\n")
    edits: dict[int, list[tuple[int, int, str]]] = {}
    section_starts = [heading.line_index for heading in text.headings]
    explained: set[tuple[int, str]] = set()
    for reference in text.references:
        index = reference.location.line - text.body_line
        section = sum(1 for start in section_starts if start <= index)
        in_heading = index in section_starts
        if reference.scheme == "term":
            key = (section, reference.target)
            if in_heading or key in explained:
                html: str = Markup(reference.words)  # noqa: S704 - Markdown of a checked text: raw HTML is refused by KB501
            else:
                explained.add(key)
                html = _term(reference, view, here)
        else:
            html = _reference(reference, view, here)
        start = reference.location.column - 1
        edits.setdefault(index, []).append((start, start + reference.location.length, html))
    for link in text.links:
        if link.is_image:
            index, start = link.location.line - text.body_line, link.location.column - 1
            file = relative(here, f"{asset_folder}/{link.target}")
            html = f"![{link.words}]({file})"
            edits.setdefault(index, []).append((start, start + link.location.length, html))
    for index, line_edits in edits.items():
        for start, end, html in sorted(line_edits, reverse=True):
            lines[index] = lines[index][:start] + html + lines[index][end:]
    return lines


def _term(reference: Reference, view: View, here: str) -> Markup:
    there = view.target("term", reference.target)
    words = Markup(reference.words)  # noqa: S704 - as above
    if there is None:
        return words
    href = view.href(here, there)
    return Markup(f'<a class="pk-term" href="{href}" aria-describedby="def-{reference.target}">{words}</a>')  # noqa: S704


def definitions(text: Text, view: View) -> Markup:
    """The definitions of the terms that a text names, once each, hidden: the script shows them at a term."""
    names = dict.fromkeys(r.target for r in text.references if r.scheme == "term" and r.target in view.terms)
    items = [Markup('<p id="def-{}">{}</p>').format(name, view.say(view.terms[name].definition)) for name in names]
    return Markup('<div class="pk-definitions" hidden>{}</div>').format(Markup("").join(items)) if items else Markup("")


def _reference(reference: Reference, view: View, here: str) -> Markup:
    scheme, target = reference.scheme, reference.target
    words = Markup(reference.words)  # noqa: S704 - as above
    if scheme == "unverified":
        mark = source_marks([target], view, here) if target else Markup("")
        return Markup('<span class="pk-unverified" title="{}">{} <span class="pk-mark">{}</span></span>{}').format(
            view.words["unverified_title"], words, view.words["unverified"], mark
        )
    if scheme == "source":
        return source_marks([target], view, here)
    if not reference.words.strip():
        words = escape(_own_words(scheme, target, view))
    if scheme == "contact" and target in view.contacts and not reference.words.strip():
        words = Markup('<span dir="ltr">{}</span>').format(words)
    return view.link(here, scheme, target, words)


def _own_words(scheme: str, target: str, view: View) -> str:
    name, _, anchor = target.partition("#")
    if scheme == "limit":
        return view.limit_words(target)
    if scheme == "contact" and target in view.contacts:
        return view.phone(target)
    if scheme == "doc" and name in view.documents:
        title = view.heading(view.documents[name], anchor) if anchor else view.title(name)
        return f"{name} {title}"
    if scheme == "doc" and name in view.hand_pages:
        return view.title(name)
    return ""


def source_marks(names: list[str] | tuple[str, ...], view: View, here: str) -> Markup:
    """Citation marks such as ``[S12]``, each a link to the page of sources."""
    marks = Markup("")
    for name in names:
        there = view.target("source", name)
        if there is not None:
            marks += Markup(f'<a class="pk-source" href="{view.href(here, there)}">{name}</a>')  # noqa: S704 - ids
    return marks
