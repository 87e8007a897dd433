"""Chapters: one document, or one register, as an HTML document of its own that any book of its language can bind."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import replace

from markupsafe import Markup

from patokaz.handbooks import marks
from patokaz.handbooks.composed import print_templates, standing
from patokaz.handbooks.formats import PAGES, Format
from patokaz.handbooks.parts import Part, PartKind, fingerprint
from patokaz.handbooks.places import Places
from patokaz.handbooks.rewrite import Binding, Outline, chapter_id, outline, rewrite
from patokaz.handbooks.select import REGISTER_OF
from patokaz.model.library import Document
from patokaz.pages import Compiled, Page
from patokaz.pages.addresses import FOLDERS
from patokaz.pages.alphabet import Letter, letters_of
from patokaz.pages.registers import REGISTERS
from patokaz.pages.view import View
from patokaz.pages.wording import Wording, best, wording


class Binder:
    """Makes the chapters of one edition in one language; each is made once, whatever the number of books that hold it.

    ``compiled`` was made with the room for drawings of the format ``form``.
    """

    def __init__(self, compiled: Compiled, language: str, form: Format = PAGES) -> None:
        self.compiled, self.language, self.format = compiled, language, form
        self.view = View(compiled.library, compiled.audience, language)
        registers = {REGISTERS[name] for name in REGISTER_OF.values()}
        documents = {p.path for p in compiled.in_language(language) if p.kind in FOLDERS}
        self._binding = Binding(
            paths=frozenset(documents | registers),
            numbered=frozenset(documents | {REGISTERS["limits"]}),
            see_page=self.words["see_page"],
        )
        self._chapters: dict[str, tuple[Part, Outline]] = {}

    @property
    def words(self) -> Wording:
        """The words of the interface."""
        return wording(self.language)

    @functools.cached_property
    def letters(self) -> tuple[Letter, ...]:
        """The alphabetical index of the whole edition."""
        return letters_of(self.view)

    def page(self, path: str) -> Page | None:
        """A compiled page of this language."""
        return self.compiled.pages.get((self.language, path))

    def title(self, titles: Mapping[str, str]) -> str:
        """The title in this language, or in the best other one."""
        return best(titles, self.language, self.compiled.languages)[0]

    def chapter(self, page: Page) -> tuple[Part, Outline]:
        """The chapter of a document's page."""
        if page.path not in self._chapters:
            self._chapters[page.path] = self._made(page, page.printed or page.body, "document")
        return self._chapters[page.path]

    def handout(self, page: Page, edition: str) -> list[Part]:
        """The chapter of a document's page to be handed out by itself, and the sources that it cites.

        Each foot says also which edition it is and until when it counts.
        """
        part, found = self._made(page, page.printed or page.body, "document", edition)
        path = REGISTERS[REGISTER_OF["sources"]]
        sources = self.page(path)
        cited = {anchor for target, anchor in found.targets if target == path}
        body = only(sources.body, cited) if sources else ""
        if sources is None or not body.strip():
            return [part]
        # A foot that names the document, for a sheet may come loose.
        whose = replace(sources, document=page.document)
        return [part, self._made(whose, body, "register", edition)[0]]

    def former(self, page: Page, document: Document, bound: frozenset[str]) -> Part:
        """The chapter of a page of a single revision, which is ``document``, in a book of the pages ``bound``.

        Where its text names others it means them as they were, so no page of theirs is named; its own has no numbers.
        """
        binding = replace(self._binding, paths=self._binding.paths | bound, numbered=frozenset())
        return self._made(page, page.printed or page.body, "document", of=document, binding=binding)[0]

    def register(self, page: Page, anchors: set[str]) -> tuple[Part, Outline] | None:
        """The chapter of a register with the entries of ``anchors`` only; None if there are none."""
        body = only(page.body, anchors)
        return self._made(page, body, "register") if body.strip() else None

    def standing(self) -> dict[str, object]:
        """What every template of a book is given: language, words, edition, format."""
        return {**standing(self.view), "format": self.format}

    def part(
        self, template: str, name: str, kind: PartKind, title: str, places: Places, says: str, **context: object
    ) -> Part:
        """A part made by a template of ``resources/print``; ``says`` is what its fingerprint is taken of."""
        html = print_templates().get_template(template).render(**self.standing(), title=title, id=name, **context)
        return Part(name, kind, title, html, fingerprint(says), places=places.targets, type_size=self.format.type_size)

    def _made(
        self,
        page: Page,
        body: str,
        kind: PartKind,
        edition: str = "",
        *,
        of: Document | None = None,
        binding: Binding | None = None,
    ) -> tuple[Part, Outline]:
        different = page.content_language != page.language
        attributes = f' lang="{page.content_language}" dir="{page.content_direction}"' if different else ""
        text = f'{page.panel}<div class="pk-text"{attributes}>{body}</div>'
        found, places = outline(page.head + text, page.path), Places()
        bound = binding or self._binding
        head, html = (rewrite(item, page.path, found.ids, bound, places) for item in (page.head, text))
        heading, end, rest = head.partition("</h1>")
        document = of or self.compiled.library.documents.get(page.document or "")
        running, revision, until = [page.title], "", ""
        if document:
            revision = document.record.revision
            running = marks.designation(document, self.words, page.watermark)
            # What is not in force counts until no day.
            until = "" if page.watermark else marks.until([document], self.view)
            running += [edition, until] if edition else []
        mark = marks.mark(page, self.view)
        printed = (
            print_templates()
            .get_template("chapter.html.j2")
            .render(
                **self.standing(),
                title=page.title,
                id=chapter_id(page.path),
                kind=page.kind,
                running=running,
                page_of=re.split(r"\{n\}|\{total\}", self.words["page_of"]),
                watermark=marks.watermark(mark, self.view),
                qr=marks.code(page, self.compiled, self.view, document),
                until=until,
                heading=Markup(heading + end),  # noqa: S704 - our own compiled page, rewritten
                head=Markup(rest),  # noqa: S704
                html=Markup(html),  # noqa: S704
            )
        )
        images = {name: source for name, source in sorted(self.compiled.assets.items()) if name in html}
        part = Part(
            name=chapter_id(page.path),
            kind=kind,
            title=page.title,
            html=printed,
            # Without the address: a page whose text stays is not exchanged because its site moved.
            says=fingerprint(head, html, *running, until, mark),
            images=images,
            places=places.targets,
            document=document.id if document else "",
            revision=revision,
            type_size=self.format.type_size,
        )
        return part, found


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
