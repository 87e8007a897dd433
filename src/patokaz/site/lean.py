"""Published pages with less markup for the same reader: what styles and our script know by themselves is not written hundreds of times.

Unlike :mod:`patokaz.site.compact` this changes the tree of a page. A preview goes without.
"""

from __future__ import annotations

import re

_CARD = re.compile(r'<dl class="pk-card".*?</dl>', re.DOTALL)
_ROW = re.compile(r"</?div>")
"""The rows of a step's card, of which a page has hundreds: styles lay out labels and values without them."""
_DESCRIBED = re.compile(r'(?<=") aria-describedby="def-[a-z0-9-]+"')
"""What patokaz.js puts back: the id of a term's definition follows from its address, and without the script no definition is shown."""


_LISTED_SOURCE = re.compile(r'<li><a href="[^"]*glossary/sources\.html#s([0-9]+)">')
_SOURCE_MARK = re.compile(r'<a class="pk-source" href="[^"]*glossary/sources\.html#s([0-9]+)">')


def _near_sources(html: str) -> str:
    """A page that lists its sources at its foot, where each leads on to the register: marks in the text lead to that list.

    ``#S12`` stands for the list's line of S12: headings' ids have no capitals. Styles know marks by this address.
    """
    text, start, foot = html.partition('<section class="pk-sources">')
    listed = set(_LISTED_SOURCE.findall(foot))

    def mark(match: re.Match[str]) -> str:
        return f'<a href="#S{match[1]}">' if match[1] in listed else match[0]

    foot = _LISTED_SOURCE.sub(lambda match: match[0].replace("<li>", f'<li id="S{match[1]}">'), foot)
    return _SOURCE_MARK.sub(mark, text) + start + foot


def lean(html: str) -> str:
    """A rendered page with marks of sources that lead to its own list, cards without rows, and terms whose description the script adds."""
    return _CARD.sub(lambda card: _ROW.sub("", card[0]), _DESCRIBED.sub("", _near_sources(html)))
