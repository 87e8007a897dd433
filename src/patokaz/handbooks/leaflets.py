"""Leaflets to fold: A4 across, both sides, three panels a side, folded like a letter; the mirror image from right to left."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pikepdf
from markupsafe import Markup

from patokaz.findings import TooLongError
from patokaz.handbooks import marks
from patokaz.handbooks.arabic import name_letters
from patokaz.handbooks.composed import print_templates, standing
from patokaz.handbooks.guides import lines_url
from patokaz.handbooks.mend import kids_of, kind_of
from patokaz.handbooks.pdf import Placed, placed, print_pdf
from patokaz.handbooks.places import Places
from patokaz.handbooks.rewrite import Binding, outline, rewrite
from patokaz.model.library import Document
from patokaz.pages import Compiled, Page
from patokaz.pages.view import View

_SHEET = (297.0, 210.0)
_PANEL = 99.5
"""A panel's width in millimetres. The one that is folded in is a millimetre and a half narrower, so that it does not buckle."""

_GAP = 15.0
"""Between the texts of two panels."""

_MARGIN = 10.0
"""Above and below the text, in millimetres."""

_PANELS = 5
"""Panels for the text; the sixth is the cover."""

_SIZES = {"ltr": (12.0, 11.0, 10.5, 10.0, 9.5, 9.0), "rtl": (13.0, 12.0, 11.0, 10.5, 10.0)}
"""Sizes of the text in points, the largest that fits is taken; the Arabic script needs more for the same legibility."""

_SCREEN = re.compile(r'<(div class="pk-leaflet-bar"|nav class="pk-versions").*?</(?:div|nav)>\s*', re.DOTALL)
"""What a head has for the screen: the quick exit and the other languages."""

_HIDDEN = re.compile(r'<div class="[^"]*" role="note" hidden.*?</div>\s*', re.DOTALL)

_SECTION = re.compile(r'(?s)<h2[^>]* id="([^"]+)".*?(?=<h2[ >]|\Z)')
"""A section of a compiled page: rule KB316 sees to the ids of those that are for the screen only."""

_SOURCE = re.compile(r'<a class="pk-source"[^>]*>(.*?)</a>')


@dataclass(frozen=True)
class Filled:
    """How far the text goes: panels begun, and millimetres below the first line of the last one."""

    panels: int
    last: float

    def excess(self, panels: int) -> float:
        """Millimetres of text that lie beyond so many panels; 0 when it fits."""
        height = _SHEET[1] - 2 * _MARGIN
        return max(0.0, (self.panels - panels - 1) * height + self.last) if self.panels > panels else 0.0


@dataclass(frozen=True)
class LeafletSheet:
    """A leaflet composed for print in one language; ``context`` is what its template is given, whatever the size of the text."""

    id: str
    language: str
    context: Mapping[str, object]

    @property
    def html(self) -> str:
        """All of its text at the largest size; nothing else decides what it looks like."""
        return _html(self.context, self._sizes[0], 0)

    @property
    def path(self) -> str:
        """``leaflets/where-to-call-mk.pdf``, from the site's root."""
        return f"leaflets/{self.id.lower()}-{self.language}.pdf"

    @property
    def is_rtl(self) -> bool:
        """Whether it is read from right to left."""
        return self.context["direction"] == "rtl"

    @property
    def _sizes(self) -> tuple[float, ...]:
        return _SIZES["rtl" if self.is_rtl else "ltr"]

    def print(self) -> bytes:
        """The PDF: the outside first, then the inside.

        Raises :class:`TooLongError` when the text does not fit at the least size, with the excess.
        """
        for size in self._sizes:
            filled, what = filled_by(placed(_html(self.context, size, None)), is_rtl=self.is_rtl), "text"
            over = filled.excess(_PANELS)
            if not over:
                html = _html(self.context, size, _PANELS - filled.panels)
                # The cover grows with the text, and its code does not shrink.
                over, what = filled_by(placed(html), is_rtl=self.is_rtl).excess(_PANELS + 1), "cover"
                if not over:
                    return _turned(print_pdf(html))
        raise TooLongError(
            f"the leaflet `{self.id}` in `{self.language}` does not fit on six panels: at {self._sizes[-1]:g} pt its {what} is "
            f"{over:.0f} mm of a column too long. Shorten the {'text' if what == 'text' else 'title or summary'}."
        )


def leaflet_languages(document: Document, compiled: Compiled) -> tuple[str, ...]:
    """The languages in which a leaflet can be printed: the working ones that it has, then its others."""
    others = getattr(document.record, "languages", ())
    return tuple(name for name in (*compiled.languages, *others) if name in document.texts)


def compose_leaflet(document: Document, compiled: Compiled, language: str) -> LeafletSheet:
    """The sheet of a leaflet in one of its :func:`leaflet_languages`."""
    page, view = _page(document, compiled, language)
    return LeafletSheet(document.id, language, _context(document, page, compiled, view))


def filled_by(boxes: tuple[Placed, ...], *, is_rtl: bool) -> Filled:
    """How far the lines of a text without cover go."""
    lines = [box for box in boxes if not box.id]
    ends: dict[int, float] = {}
    for box in lines:
        column = min(2, int((box.x + box.width / 2) // (_SHEET[0] / 3)))
        panel = box.page * 3 + (2 - column if is_rtl else column)
        ends[panel] = max(ends.get(panel, 0.0), box.y + box.height - _MARGIN)
    last = max(ends)
    return Filled(last + 1, ends[last])


def _page(document: Document, compiled: Compiled, language: str) -> tuple[Page, View]:
    """A leaflet's page; one in another language stands among those of the first working language."""
    first = compiled.languages[0]
    if language in compiled.languages:
        view = View(compiled.library, compiled.audience, language)
        return compiled.pages[language, view.path_of(document.id)], view
    view = View(compiled.library, compiled.audience, language, within=first)
    return compiled.pages[first, f"{view.path_of(document.id)}-{language}"], view


def _context(document: Document, page: Page, compiled: Compiled, view: View) -> dict[str, object]:
    is_rtl = view.words.direction == "rtl"
    head = _HIDDEN.sub("", _SCREEN.sub("", page.head))
    screen_only = getattr(document.record, "screen_only", ())
    body = _SECTION.sub(lambda section: "" if section[1] in screen_only else section[0], page.body)
    text = _SOURCE.sub(r'<sup class="pk-source">\1</sup>', body + page.tail)
    ids = outline(text, page.path).ids
    # On a sheet that stands alone a link leads nowhere: its words stay.
    binding = Binding(frozenset(), frozenset(), "")
    head, text = (rewrite(item, page.path, ids, binding, Places()) for item in (head, text))
    calls = [r for r in document.text_for(view.language, view.order).references if r.scheme == "contact"]
    hotline = next((r.target for r in calls if r.target in view.contacts and view.contacts[r.target][1].phone), "")
    words = next((r.words for r in calls if r.target == hotline and r.words), "")
    different = page.content_language != view.language
    return {
        **standing(view),
        "title": page.title,
        "said_name": view.say(compiled.library.settings.names),
        "id": document.id,
        "revision": document.record.revision,
        "status": document.status,
        "head": Markup(head),  # noqa: S704 - our own compiled page, rewritten
        "text": Markup(text),  # noqa: S704
        "attributes": Markup(f' lang="{page.content_language}" dir="{page.content_direction}"') if different else "",  # noqa: S704
        "phones": view.contacts[hotline][1].phone if hotline else (),
        "phone_of": words,
        "until": marks.until([document], view),
        "qr": marks.code_to(page.path, view),
        "watermark": marks.watermark(marks.mark(page, view), view),
        "pages": _pages(is_rtl=is_rtl),
    }


def _html(context: Mapping[str, object], size: float, empty: int | None) -> str:
    """The sheet with ``empty`` panels between text and cover; None for the text without cover."""
    template = print_templates().get_template("leaflet.html.j2")
    return template.render(**context, size=f"{size:g}", empty=empty or 0, cover=empty is not None)


def _pages(*, is_rtl: bool) -> tuple[dict[str, object], ...]:
    """Outside and inside: the folds, and the margins that put each column in the middle of its panel, in millimetres."""
    near, far = (_GAP / 2, _SHEET[0] - 3 * _PANEL + _GAP / 2)
    left, right = _folds((_PANEL, 2 * _PANEL)), _folds((_SHEET[0] - _PANEL, _SHEET[0] - 2 * _PANEL))
    from_left = {"left": f"{near:g}", "right": f"{far:g}", "folds": left}
    from_right = {"left": f"{far:g}", "right": f"{near:g}", "folds": right}
    outside, inside = (from_left, from_right) if is_rtl else (from_right, from_left)
    return ({"which": "", **outside}, {"which": ":first", **inside})


def _folds(places: tuple[float, float]) -> str:
    """The address of a drawing with short marks at the edges where the sheet is folded."""
    width, height = _SHEET
    path = "".join(f"M{x:g} 0v4M{x:g} {height:g}v-4" for x in places)
    return lines_url(path, width, height, dashes="1 .6")


def _turned(pdf: bytes) -> bytes:
    """The outside before the inside, and the cover before the text for whoever listens: WeasyPrint laid out the text first."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        # The tags name pages as objects: only their order may change.
        pages = document.Root.Pages
        pages.Kids = pikepdf.Array(list(pages.Kids)[::-1])
        root = document.Root.StructTreeRoot.K[0]
        text, *more, cover = list(_sections(root))
        # One section over all panels, and no boxes of panels round it.
        kids = [kid for section in (text, *more) for kid in kids_of(section)]
        for kid in kids:
            kid.P = text
        text.K = pikepdf.Array(kids)
        for section in (cover, text):
            section.P = root
        root.K = pikepdf.Array([cover, text])
        name_letters(document)
        out = io.BytesIO()
        document.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return out.getvalue()


def _sections(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """The outermost sections below an element, in order."""
    for kid in kids_of(element):
        if kind_of(kid) == "/Sect":
            yield kid
        else:
            yield from _sections(kid)
