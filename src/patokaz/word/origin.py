"""What a Word file is made from and belongs to: one text of a document or hand-written page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from patokaz.findings import KbError, did_you_mean
from patokaz.model.blocks import short_hash
from patokaz.model.library import Document, Library
from patokaz.model.records import FormRecord, LawRecord, Record, SopRecord
from patokaz.model.texts import Text


@dataclass(frozen=True)
class Origin:
    """One text: ``id`` of its document or page, its file's ``content``, its original, and the document, which a page has not."""

    id: str
    text: Text
    content: str
    source: Text
    document: Document | None = None

    @property
    def record(self) -> Record | None:
        """The facts beside the text."""
        return self.document.record if self.document else None

    @property
    def body(self) -> list[str]:
        """The lines after the front matter."""
        return self.content.replace("\r\n", "\n").split("\n")[self.text.body_line - 1 :]

    @property
    def head(self) -> list[str]:
        """The lines of the front matter, with both fences."""
        return self.content.replace("\r\n", "\n").split("\n")[: self.text.body_line - 1]

    @property
    def fingerprint(self) -> str:
        """Sixteen hexadecimal digits over the file."""
        return short_hash(self.content, digits=16)

    @property
    def required(self) -> tuple[str, ...]:
        """The heading ids that the record asks for."""
        governed = isinstance(self.record, SopRecord | LawRecord | FormRecord)
        return self.document.anchors() if self.document and governed else ()


def origin(library: Library, name: str, language: str, read: Callable[[str], bytes]) -> Origin:
    """The text of ``name`` in ``language``; ``read`` gives the bytes of a path of the library.

    Raises :class:`KbError` for an id or a language that is not there.
    """
    if name in library.documents:
        document: Document | None = library.documents[name]
        texts, source = library.documents[name].texts, library.documents[name].source_text
    elif name in library.pages:
        page = library.pages[name]
        document, texts, source = None, page.texts, page.texts[page.source_language]
    elif name in library.broken:
        raise KbError(f"{name} cannot be read: run patokaz check")
    else:
        near = did_you_mean(name, (*library.documents, *library.pages))
        raise KbError(f"there is no document or page `{name}`. {near}".strip())
    if language not in texts:
        raise KbError(f"{name} has no text in `{language}`; it has: {', '.join(texts)}")
    text = texts[language]
    return Origin(name, text, read(text.path).decode("utf-8"), source, document)
