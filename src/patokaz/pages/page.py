"""A compiled page: everything a renderer needs, nothing of the theme."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from html import unescape

_HEADINGS = re.compile(r'<h([23]) id="([^"]+)">(.*?)</h[23]>')
_TAGS = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Heading:
    """A heading of a page's body."""

    level: int
    anchor: str
    words: str


@dataclass(frozen=True)
class Page:
    """One page in one language.

    ``path`` is relative to the language folder, without suffix. All parts are HTML: ``head`` (title, notices), ``panel``
    (document control) and ``tail`` in the page's language, ``body`` in ``content_language``. ``files`` are the sources it
    was made of, for the preview's findings. ``printed`` takes the place of ``body`` on paper. ``assets`` are names of the theme's own styles and scripts that this page needs. ``watermark`` is written across it, on screen and on paper.
    """

    language: str
    path: str
    kind: str
    section: str
    title: str
    summary: str
    head: str
    body: str
    panel: str = ""
    tail: str = ""
    content_language: str = ""
    content_direction: str = "ltr"
    document: str | None = None
    review_due: str | None = None
    printed: str = ""
    files: tuple[str, ...] = ()
    assets: tuple[str, ...] = ()
    watermark: str = ""

    @functools.cached_property
    def contents(self) -> tuple[Heading, ...]:
        """The second- and third-level headings of the body, in order."""
        return tuple(
            Heading(int(level), anchor, unescape(_TAGS.sub("", words)))
            for level, anchor, words in _HEADINGS.findall(self.body)
        )
