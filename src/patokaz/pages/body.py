"""The body of a text as HTML, with what the compiler puts under, into and behind its sections."""

from __future__ import annotations

from dataclasses import dataclass, field

from markupsafe import Markup

from patokaz.model.library import Document
from patokaz.model.texts import Text
from patokaz.pages.behind import Marks
from patokaz.pages.references import resolve
from patokaz.pages.view import View
from patokaz.parse.markdown import Inserts, to_html


def asset_folder_of(document: Document, *, revision: str = "") -> str:
    """Where the images of a document, or of a single ``revision`` of it, are placed inside each language folder."""
    return f"images/{document.id.lower()}" + (f"/{revision}" if revision else "")


@dataclass
class Sections:
    """What the compiler adds to the sections of a text, by heading id.

    A title, a block under it, a block at its end, and the ids that it had in earlier revisions.
    """

    titles: dict[str, str] = field(default_factory=dict)
    under: dict[str, str] = field(default_factory=dict)
    at_end: dict[str, str] = field(default_factory=dict)
    former: dict[str, list[str]] = field(default_factory=dict)


def body_html(
    text: Text, view: View, here: str, folder: str, sections: Sections | None = None, behind: Marks | None = None
) -> str:
    """The body of a text as HTML: references resolved, headings with their ids, the sections' additions and marks put in."""
    sections, behind = sections or Sections(), behind or Marks()
    inserts = Inserts()
    lines = resolve(text, view, here, folder, inserts, behind)
    count = len(text.headings)
    starts = [heading.line_index for heading in text.headings] + [len(lines)]
    # From the end backwards, so that earlier line numbers stay right.
    for index in range(count - 1, -1, -1):
        heading = text.headings[index]
        name = heading.anchor or ""
        if name in sections.at_end:
            end = next((i for i in range(index + 1, count) if text.headings[i].level <= heading.level), count)
            lines.insert(starts[end], _block(sections.at_end[name], inserts))
        level, words = heading.level, sections.titles.get(name, heading.words)
        title = Markup('<h{} id="{}">{}</h{}>').format(level, name, words, level)
        if heading.line_index in behind.headings:
            title += Markup("<p>{}</p>").format(behind.headings[heading.line_index])
        title = Markup("").join(Markup('<a id="{}"></a>').format(old) for old in sections.former.get(name, ())) + title
        lines[heading.line_index] = _block(title + sections.under.get(name, ""), inserts)
    return to_html("\n".join(lines), inserts)


def _block(html: str, inserts: Inserts) -> str:
    """HTML as a paragraph of its own among Markdown."""
    return f"\n{inserts.token(html)}\n" if html else ""
