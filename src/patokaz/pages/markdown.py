"""The one Markdown dialect of the library: CommonMark with tables, rendered once, for the site and for print alike."""

from __future__ import annotations

import cmarkgfm
from cmarkgfm.cmark import Options

# Raw HTML must pass: it is what the compiler itself put in. In sources it is refused (KB501).
_OPTIONS = Options.CMARK_OPT_UNSAFE


def to_html(text: str) -> str:
    """Markdown → HTML. HTML blocks pass unchanged; they end at an empty line."""
    html: str = cmarkgfm.markdown_to_html_with_extensions(text, options=_OPTIONS, extensions=["table"])
    return html
