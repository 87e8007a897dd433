"""The one Markdown dialect of the library: CommonMark with tables, rendered once, for the site and for print alike.

Sources are rendered in cmark's safe mode: raw HTML and dangerous addresses never pass. What the compiler puts in itself
travels as :class:`Inserts` tokens – private-use characters, which sources cannot hold (KB009) – and is put in afterwards.
"""

from __future__ import annotations

import re

import cmarkgfm
from cmarkgfm.cmark import Options

_OPEN, _CLOSE = "\ue000", "\ue001"
_TOKEN = re.compile(f"(<p>)?{_OPEN}([0-9]+){_CLOSE}(?(1)</p>)|{_OPEN}([0-9]+){_CLOSE}")
_UNSEEN = re.compile(r"<a |<img |<!-- raw HTML omitted -->")
_POSITION = re.compile(r'data-sourcepos="([0-9]+):')


class Inserts:
    """HTML that the compiler puts into a text, kept out of Markdown's way."""

    def __init__(self) -> None:
        self._html: list[str] = []

    def token(self, html: str) -> str:
        """A token that stands for ``html``. Alone in a paragraph it replaces the paragraph."""
        self._html.append(html)
        return f"{_OPEN}{len(self._html) - 1}{_CLOSE}"

    def put_in(self, html: str) -> str:
        """``html`` with every token replaced."""
        return _TOKEN.sub(self._one, html)

    def _one(self, match: re.Match[str]) -> str:
        if match[2] is not None:
            return self._html[int(match[2])]
        return self._html[int(match[3])]


def to_html(text: str, inserts: Inserts) -> str:
    """Markdown with tokens → HTML."""
    html: str = cmarkgfm.markdown_to_html_with_extensions(text, options=0, extensions=["table"])
    return inserts.put_in(html)


def unseen_markup(text: str) -> list[int]:
    """Lines (from 1) of the blocks in which Markdown sees a link, an image or HTML.

    Called with the text in which everything that the scanner knows is blanked out: what is left was not seen by the
    checks – an address by definition, a link over two lines, HTML between odd backticks.
    """
    html: str = cmarkgfm.markdown_to_html_with_extensions(
        text, options=Options.CMARK_OPT_SOURCEPOS, extensions=["table"]
    )
    lines: list[int] = []
    for match in _UNSEEN.finditer(html):
        positions = _POSITION.findall(html, 0, match.start())
        lines.append(int(positions[-1]) if positions else 1)
    return lines
