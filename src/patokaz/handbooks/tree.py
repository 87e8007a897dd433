"""A composed document as a tree of elements. Our templates write well-formed HTML, so the reader of XML serves, five times as fast as one of HTML.

WeasyPrint works out the style of an element once for all that look alike: whose parents look alike and that match the same rules. An
``id`` and a ``lang`` it takes for rules of the element alone, so that nothing in two steps of a pathway would look alike. Here they are
put where that costs least.
"""

from __future__ import annotations

import re
from typing import Any
from xml.etree import ElementTree

from patokaz.findings import KbError

_VOID = re.compile(r"<(br|hr|img|input|link|meta)\b([^>]*?)\s*/?>")
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot hold (XML 1.0, production 2); no source can bring it (KB009)."""


_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
"""In XML an element names its language by this; selectors such as ``:lang(ar)`` know it too."""

_HOLDS_MORE = frozenset({"article", "div", "dl", "figure", "li", "ol", "p", "section", "table", "tbody", "tr", "ul"})
"""Elements with others in them, which may lead with their first words."""

_LEADS = _HOLDS_MORE - {"table", "tbody", "tr"} | {"a", "b", "dd", "dt", "em", "h2", "h3", "h4", "span", "strong", "td"}
"""Elements that may bear the ``id`` of one that they lead."""


_IN_LINE = frozenset({"a", "b", "em", "span", "strong"})
_LONG_WORD = re.compile(r"\S{24}")
"""Half a line of the narrowest columns, those of the index."""


def tree_of(html: str) -> Any:
    """The root element. Raises :class:`KbError` for what is not well formed."""
    text = _NO_XML.sub("", html).replace("<!doctype html>", "", 1)
    try:
        # No source is read as XML here: the text is what our own templates wrote, without a document type.
        return ElementTree.fromstring(_VOID.sub(r"<\1\2/>", text))  # noqa: S314
    except ElementTree.ParseError as error:
        raise KbError(f"a page to be printed is not well formed: {error}") from error


def lead_by_first_words(root: Any) -> None:
    """Give the ``id`` of what holds other elements to the element of its first words: there a link leads as well."""
    body = root.find("body")
    for part in body if body is not None else ():
        for element in part.iter():
            # A part has one ``id`` for all of it; there nothing else could look alike.
            if element is not part and element.tag in _HOLDS_MORE and element.get("id"):
                first = _first_words(element)
                if first is not element:
                    first.set("id", element.attrib.pop("id"))


def _first_words(element: Any) -> Any:
    """The innermost element that begins with the words with which ``element`` begins, and may bear its ``id``."""
    while not (element.text or "").strip() and len(element):
        first = element[0]
        if first.tag not in _LEADS or first.get("id") or not "".join(first.itertext()).strip():
            break
        element = first
    return element


def mark_long_words(root: Any) -> None:
    """Give elements in a line that hold a long word the class ``long-word``: it may have to be broken anywhere (print.css)."""
    for element in root.iter():
        if element.tag in _IN_LINE and _LONG_WORD.search("".join(element.itertext())):
            element.set("class", f"{element.get('class', '')} long-word".strip())


def name_languages_by_class(root: Any) -> tuple[str, ...]:
    """Let passages name their language by a class, ``lang-mk``; returns the languages, for each of which a rule is needed."""
    found: dict[str, None] = {}
    for element in root.iter():
        if element is not root and (language := element.attrib.pop("lang", None)):
            element.set(_LANG, language)
            element.set("class", f"{element.get('class', '')} {_class_of(language)}".strip())
            found[language] = None
    return tuple(found)


def rules_of(languages: tuple[str, ...]) -> str:
    """A style sheet that says what the classes of languages mean."""
    return "".join(f'.{_class_of(language)} {{ -weasy-lang: "{language}" }}' for language in languages)


def _class_of(language: str) -> str:
    return f"lang-{language}"
