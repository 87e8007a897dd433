"""Pages and Material's style sheet without the bytes that no browser needs. What a reader sees stays the same.

Libraries are carried on sticks and opened on phones, and a page repeats its markup hundreds of times. Everything left
out of a page is optional in HTML itself (the end tags of list items, quotation marks around plain values) or belongs to
Material's scripts, which are not shipped (ADR 0004).
"""

from __future__ import annotations

import re
from pathlib import Path

UNUSED = (
    '<input class="md-toggle" data-md-toggle="search" type="checkbox" id="__search" autocomplete="off">\n',
    '<div data-md-component="skip">\n</div>\n',
    '<div data-md-component="announce">\n</div>\n',
    '<div class="md-dialog" data-md-component="dialog">\n<div class="md-dialog__inner md-typeset"></div>\n</div>\n',
    ' data-md-component="container"',
    ' data-md-component="main"',
    ' data-md-component="content"',
)
"""What Material's base.html puts in for its scripts, after :func:`tidy`. If Material changes it, a test says so."""

# An item ends where the next one begins or its parent ends; a paragraph also before most blocks (HTML, 13.1.2.4).
# White space there is never shown.
_IMPLIED_END = re.compile(
    r"\s*</(?:li|dt|dd|tr|th|td)>\s*"
    r"|</p>\s*(?=<(?:/?(?:div|section|article|footer)|/li|p|ol|ul|dl|table|h[1-6])[ >])"
)
_EDGE = re.compile(r"\n(?=<(?:/?(?:div|section|nav|ol|ul|dl|article|main)|/header|/footer)[ >])")
# Inside a tag: before a text comes to its end there is a "<".
_QUOTED = re.compile(
    r"( (?:href|class|id|lang|dir|hreflang|rel|role|scope|src|name|type|content|charset|for|width|height|autocomplete"
    r"|(?:aria|data)-[a-z-]+)=)\"([\w./#:-]+)\"(?=[^<>]*>)(?=[ >])",
    re.ASCII,
)

# Parts of pages that Material's scripts make, or its templates that ours replace.
_UNUSED_STYLES = re.compile(
    r"\.md-(?:annotation|banner|clipboard|code__|consent|dialog|feedback|footer|header|nav|path|progress|search|select"
    r"|social|source|tabs|tooltip|top|version)|\.(?:highlight|tabbed-|linenodiv|mermaid)|data-md-toggle=search"
)
_NEGATION = re.compile(r":not\([^()]*\)")
_STYLE_RULE = re.compile(r"([^{}]+)\{[^{}]*\}")
_EMPTY_GROUP = re.compile(r"@(?:media|supports)[^{}]*\{\}")


def tidy(html: str) -> str:
    """HTML without empty lines and indentation. The only preformatted text is the preview's, which may lose its own."""
    return "\n".join(line for line in map(str.strip, html.split("\n")) if line) + "\n"


def compact(html: str) -> str:
    """``html``, tidied, without what nothing uses, without implied end tags and without needless quotation marks."""
    html = tidy(html)
    for part in UNUSED:
        html = html.replace(part, "", 1)
    html = _EDGE.sub("", _IMPLIED_END.sub("", html))
    # What is split comes with its groups: joined again, only the quotation marks between them are gone.
    return "".join(_QUOTED.split(html))


def trimmed(css: str) -> str:
    """Material's minified style sheet without the rules for parts that no page has; a rule in doubt stays."""

    def rule(match: re.Match[str]) -> str:
        unused = all(map(_UNUSED_STYLES.search, _NEGATION.sub("", match[1]).split(",")))
        return "" if unused else match[0]

    return _EMPTY_GROUP.sub("", _STYLE_RULE.sub(rule, css))


def shorten_assets(site: Path) -> None:
    """Shorten the scripts and style sheets of a built site in place: comments, white space and long local names go."""
    # Its runtime starts threads when it is imported; a process that was forked after that would wait for ever.
    import minify

    for path in site.glob("assets/stylesheets/main.*.css"):
        path.write_bytes(trimmed(path.read_text(encoding="utf-8")).encode())
    for path in sorted((site / "assets" / "patokaz").glob("*.*s")):
        path.write_bytes(minify.string(_KINDS[path.suffix], path.read_text(encoding="utf-8")).encode())


_KINDS = {".js": "application/javascript", ".css": "text/css"}
