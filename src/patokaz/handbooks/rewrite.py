"""A page's HTML made fit for a book: ids made unique, links made symbolic, hints for mouse and screen removed."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from html import escape, unescape
from html.parser import HTMLParser

from patokaz.handbooks.places import PLACE, SCHEME, Places

_VOID = frozenset({"br", "hr", "img", "input", "col", "wbr", "meta", "link"})
_SCREEN_ONLY = frozenset({"pk-screen"})
_QUIET = frozenset({"pk-source", "pk-term", "pk-drawing"})
"""Links in these carry no page number: it would not fit."""
_HEADINGS = frozenset({"h1", "h2", "h3"})


def chapter_id(path: str, anchor: str = "") -> str:
    """The id of a page, or of a section of it, inside a book."""
    name = path.replace("/", "-")
    return f"{name}--{anchor}" if anchor else name


def resolve(here: str, href: str) -> tuple[str, str]:
    """(path, anchor) that a relative link on page ``here`` leads to."""
    target, _, anchor = href.partition("#")
    if not target:
        return here, anchor
    path = posixpath.normpath(posixpath.join(posixpath.dirname(here), target))
    return path.removesuffix(".html"), anchor


@dataclass
class Outline:
    """What a page contains: its ids, its headings and the places it links to."""

    ids: set[str] = field(default_factory=set)
    headings: list[tuple[int, str, str]] = field(default_factory=list)
    targets: set[tuple[str, str]] = field(default_factory=set)


class _Outliner(HTMLParser):
    def __init__(self, here: str) -> None:
        super().__init__(convert_charrefs=True)
        self.here, self.outline = here, Outline()
        self._heading: tuple[int, str, list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if values.get("id"):
            self.outline.ids.add(str(values["id"]))
        href = values.get("href")
        if tag == "a" and href and ":" not in href.split("#")[0]:
            self.outline.targets.add(resolve(self.here, href))
        if tag in _HEADINGS:
            self._heading = (int(tag[1]), str(values.get("id") or ""), [])

    def handle_endtag(self, tag: str) -> None:
        if tag in _HEADINGS and self._heading:
            level, anchor, words = self._heading
            self.outline.headings.append((level, anchor, " ".join("".join(words).split())))
            self._heading = None

    def handle_data(self, data: str) -> None:
        if self._heading:
            self._heading[2].append(data)


def outline(html: str, here: str) -> Outline:
    """Read the outline of a page's HTML."""
    parser = _Outliner(here)
    parser.feed(html)
    parser.close()
    return parser.outline


@dataclass(frozen=True)
class Binding:
    """What a chapter may refer to, in whichever book it is bound.

    ``paths`` are the pages that a book can hold; those in ``numbered`` are named with their page; ``see_page`` is the
    abbreviation before the number.
    """

    paths: frozenset[str]
    numbered: frozenset[str]
    see_page: str


class _Rewriter(HTMLParser):
    """Streams HTML through; only ids, links and hints change."""

    def __init__(self, here: str, own: set[str], binding: Binding, places: Places) -> None:
        super().__init__(convert_charrefs=False)
        self.here, self.own, self.binding, self.places = here, own, binding, places
        self.out: list[str] = []
        self._links: list[tuple[str, str]] = []
        self._skip = 0
        self._quiet = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        classes = str(values.get("class") or "").split()
        if self._skip or not _SCREEN_ONLY.isdisjoint(classes):
            self._skip += tag not in _VOID
            return
        if self._quiet or not _QUIET.isdisjoint(classes):
            self._quiet += tag not in _VOID
        if tag == "a":
            self._anchor(values)
            return
        if tag == "img":
            self._image(values)
            return
        self._emit(tag, values)

    def _anchor(self, values: dict[str, str | None]) -> None:
        href = str(values.get("href") or "")
        if ":" in href.split("#")[0]:
            # An outside address is printed in words where it matters (sources); the link itself stays.
            self._links.append(("a", ""))
            self._emit("a", {"href": href})
            return
        path, anchor = resolve(self.here, href)
        kept = {name: values[name] for name in ("class", "style") if values.get(name)}
        name = chapter_id(path, anchor)
        if path == self.here and (not anchor or anchor in self.own):
            self._links.append(("a", ""))
            self._emit("a", {"href": f"#{name}", **kept})
        elif path != self.here and path in self.binding.paths:
            number = ""
            if path in self.binding.numbered and not self._quiet:
                kept["class"] = "xref"
                number = f' <span class="{PLACE}">({self.binding.see_page}\u00a0{self.places.keep(name)})</span>'
            self._links.append(("a", number))
            self._emit("a", {"href": f"{SCHEME}{name}", **kept})
        elif "style" in kept:
            # The words of a drawing stand where their style puts them, with or without a link.
            self._links.append(("span", ""))
            self._emit("span", kept)
        else:
            self._links.append(("", ""))

    def _image(self, values: dict[str, str | None]) -> None:
        # From `../images/sop-01/x.png` on a page to `images/sop-01/x.png`, the name that the printer is given.
        source = posixpath.join(posixpath.dirname(self.here), str(values.get("src") or ""))
        self._emit("img", {**values, "src": posixpath.normpath(source)})

    def _emit(self, tag: str, values: dict[str, str | None]) -> None:
        if values.get("id"):
            values["id"] = chapter_id(self.here, str(values["id"]))
        for name in ("aria-describedby", "aria-labelledby", "role", "aria-label", "title"):
            values.pop(name, None)
        attributes = "".join(f' {name}="{escape(value or "")}"' for name, value in values.items())
        self.out.append(f"<{tag}{attributes}>")

    def handle_endtag(self, tag: str) -> None:
        if self._skip:
            self._skip -= 1
            return
        self._quiet -= bool(self._quiet)
        if tag == "a":
            tag, number = self._links.pop()
            self.out.append(number)
        if tag:
            self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._skip:
            self.out.append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(escape(unescape(f"&{name};")))

    def handle_charref(self, name: str) -> None:
        self.handle_data(escape(unescape(f"&#{name};")))


def rewrite(html: str, here: str, own: set[str], binding: Binding, places: Places) -> str:
    """The page's HTML for a book.

    ``own`` are the page's ids. A link to another page that a book can hold becomes symbolic, and keeps a place for the
    page number in ``places``; a link that leads elsewhere loses its link and keeps its words.
    """
    parser = _Rewriter(here, own, binding, places)
    parser.feed(html)
    parser.close()
    return "".join(parser.out)
