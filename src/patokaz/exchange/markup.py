"""XML from strangers → elements with the line of each. No document type, entity or processing instruction is ever followed."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.parsers import expat


@dataclass
class Element:
    """An XML element. ``name`` has its namespace in braces before it; ``content`` is its words and elements in order."""

    name: str
    attributes: dict[str, str]
    line: int
    content: list[Element | str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """All words inside, also those of inner elements."""
        return "".join(part if isinstance(part, str) else part.words for part in self.content)

    def children(self, name: str) -> list[Element]:
        """The inner elements of that name, in order."""
        return [part for part in self.content if isinstance(part, Element) and part.name == name]


class MarkupError(Exception):
    """The XML is broken, or holds what is refused; ``line`` counts from 1."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(message)
        self.line = line


def parse_xml(content: str, *, depth: int = 40) -> Element:
    """The outermost element of an XML file. Raises :class:`MarkupError`, also for elements nested deeper than ``depth``."""
    # The text was read as UTF-8: what the file says of itself must not turn it into something else.
    parser = expat.ParserCreate("UTF-8", namespace_separator="}")
    root = Element("", {}, 0)
    open_elements = [root]

    def start(name: str, attributes: dict[str, str]) -> None:
        if len(open_elements) > depth:
            raise MarkupError(parser.CurrentLineNumber, f"elements are nested more than {depth} deep")
        element = Element(
            _named(name), {_named(key): value for key, value in attributes.items()}, parser.CurrentLineNumber
        )
        open_elements[-1].content.append(element)
        open_elements.append(element)

    def end(_: str) -> None:
        open_elements.pop()

    def words(data: str) -> None:
        open_elements[-1].content.append(data)

    def declaration(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.upper() not in ("UTF-8", "US-ASCII"):
            raise MarkupError(1, f"the file has the encoding {encoding}")

    def refused(what: str) -> object:
        def handler(*_: object) -> None:
            raise MarkupError(parser.CurrentLineNumber, f"the file has {what}")

        return handler

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = words
    parser.XmlDeclHandler = declaration
    parser.buffer_text = True
    for name, what in (
        ("StartDoctypeDeclHandler", "a document type (<!DOCTYPE)"),
        ("EntityDeclHandler", "an entity (<!ENTITY)"),
        ("ProcessingInstructionHandler", "a processing instruction (<?…?>)"),
        ("ExternalEntityRefHandler", "an external entity"),
        ("SkippedEntityHandler", "an entity that is not defined"),
    ):
        setattr(parser, name, refused(what))
    try:
        parser.Parse(content.encode(), True)
    except expat.ExpatError as error:
        raise MarkupError(error.lineno, expat.ErrorString(error.code)) from error
    elements = [part for part in root.content if isinstance(part, Element)]
    return elements[0]


def _named(name: str) -> str:
    return f"{{{name}" if "}" in name else name
