"""A page's HTML made fit for a book: ids made unique, links made symbolic, hints for mouse and screen removed."""

from __future__ import annotations

import functools
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape, unescape
from typing import NamedTuple

from patokaz.handbooks.places import SCHEME, Places

_VOID = frozenset({"br", "hr", "img", "input", "col", "wbr", "meta", "link"})
_SCREEN_ONLY = frozenset({"pk-screen"})
_QUIET = frozenset({"pk-source", "pk-term", "pk-drawing"})
"""Links in these carry no page number: it would not fit."""
_HEADINGS = frozenset({"h1", "h2", "h3"})
_HINTS = frozenset({"aria-describedby", "aria-labelledby", "role", "aria-label", "title"})
"""Attributes for a mouse or a screen."""
_CHANGED = _HINTS | {"id"}
_CELLS = frozenset({"td", "th"})

_TAG = re.compile(r'<(/?)([a-zA-Z][^\s/>]*)((?:\s+[^\s=/>"]+(?:="[^"]*")?)*)\s*/?>')
_ATTRIBUTE = re.compile(r'([^\s=]+)(?:="([^"]*)")?')


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


class _Tag(NamedTuple):
    """A tag as it stands in the HTML, and the words before it. ``attributes`` are shared: not to be changed."""

    before: str
    whole: str
    name: str
    closes: bool
    attributes: Mapping[str, str]


def _tags(html: str) -> Iterator[_Tag]:
    """The tags of a page in order, the last one empty: behind it nothing comes.

    A page is written by our own templates, its texts without HTML of their authors (KB501), so it needs no parser of HTML as such.
    """
    at = 0
    for match in _TAG.finditer(html):
        slash, name, attributes = match.groups()
        yield _Tag(html[at : match.start()], match[0], name, bool(slash), _values(attributes))
        at = match.end()
    yield _Tag(html[at:], "", "", False, {})


@functools.lru_cache(maxsize=8192)
def _values(attributes: str) -> Mapping[str, str]:
    return {name: unescape(value) for name, value in _ATTRIBUTE.findall(attributes)}


def outline(html: str, here: str) -> Outline:
    """Read the outline of a page's HTML."""
    found = Outline()
    heading: tuple[int, str, list[str]] | None = None
    for tag in _tags(html):
        if heading:
            heading[2].append(unescape(tag.before))
        if tag.closes:
            if tag.name in _HEADINGS and heading:
                level, anchor, words = heading
                found.headings.append((level, anchor, " ".join("".join(words).split())))
                heading = None
            continue
        if name := tag.attributes.get("id"):
            found.ids.add(name)
        href = tag.attributes.get("href")
        if tag.name == "a" and href and ":" not in href.split("#")[0]:
            found.targets.add(resolve(here, href))
        if tag.name in _HEADINGS:
            heading = (int(tag.name[1]), tag.attributes.get("id", ""), [])
    return found


@dataclass(frozen=True)
class Binding:
    """What a chapter may refer to, in whichever book it is bound.

    ``paths`` are the pages that a book can hold; those in ``numbered`` are named with their page; ``see_page`` is the
    abbreviation before the number.
    """

    paths: frozenset[str]
    numbered: frozenset[str]
    see_page: str


class _Rewriter:
    """Streams HTML through; only ids, links and hints change."""

    def __init__(self, here: str, own: set[str], binding: Binding, places: Places) -> None:
        self.here, self.own, self.binding, self.places = here, own, binding, places
        self.out: list[str] = []
        self._links: list[tuple[str, str]] = []
        self._skip = 0
        self._quiet = 0
        self._cells = 0

    def run(self, html: str) -> str:
        """The rewritten HTML."""
        for tag in _tags(html):
            if not self._skip:
                self.out.append(tag.before)
            if tag.closes:
                self._end(tag)
            elif tag.whole:
                self._start(tag)
        return "".join(self.out)

    def _start(self, tag: _Tag) -> None:
        classes = tag.attributes.get("class", "").split()
        stays_open = tag.name not in _VOID and not tag.whole.endswith("/>")
        if self._skip or not _SCREEN_ONLY.isdisjoint(classes):
            self._skip += stays_open
            return
        if self._quiet or not _QUIET.isdisjoint(classes):
            self._quiet += stays_open
        self._cells += tag.name in _CELLS
        if tag.name == "a":
            self._anchor(tag.attributes)
        elif tag.name == "img":
            self._image(tag.attributes)
        elif _CHANGED.isdisjoint(tag.attributes):
            self.out.append(tag.whole)
        else:
            self._emit(tag.name, tag.attributes, "" if stays_open or tag.name in _VOID else "/")

    def _anchor(self, values: Mapping[str, str]) -> None:
        href = values.get("href", "")
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
                number = self.places.refer(f"({self.binding.see_page}\u00a0", name, ")")
                # A column may be narrower than that: there it must not be broken.
                number = f' <span class="at">{number}</span>' if self._cells else f" {number}"
            self._links.append(("a", number))
            self._emit("a", {"href": f"{SCHEME}{name}", **kept})
        elif "style" in kept:
            # The words of a drawing stand where their style puts them, with or without a link.
            self._links.append(("span", ""))
            self._emit("span", kept)
        else:
            self._links.append(("", ""))

    def _image(self, values: Mapping[str, str]) -> None:
        # From `../images/sop-01/x.png` on a page to `images/sop-01/x.png`, the name that the printer is given.
        source = posixpath.join(posixpath.dirname(self.here), values.get("src", ""))
        self._emit("img", {**values, "src": posixpath.normpath(source)})

    def _emit(self, name: str, values: Mapping[str, str], end: str = "") -> None:
        kept = {key: value for key, value in values.items() if key not in _HINTS}
        if kept.get("id"):
            kept["id"] = chapter_id(self.here, kept["id"])
        attributes = "".join(f' {key}="{escape(value)}"' for key, value in kept.items())
        self.out.append(f"<{name}{attributes}{end}>")

    def _end(self, tag: _Tag) -> None:
        if self._skip:
            self._skip -= 1
            return
        self._quiet -= bool(self._quiet)
        self._cells -= tag.name in _CELLS
        if tag.name == "a":
            name, number = self._links.pop()
            self.out += [number, f"</{name}>" if name else ""]
        else:
            self.out.append(tag.whole)


def rewrite(html: str, here: str, own: set[str], binding: Binding, places: Places) -> str:
    """The page's HTML for a book.

    ``own`` are the page's ids. A link to another page that a book can hold becomes symbolic, and keeps a place for the
    page number in ``places``; a link that leads elsewhere loses its link and keeps its words.
    """
    return _Rewriter(here, own, binding, places).run(html)
