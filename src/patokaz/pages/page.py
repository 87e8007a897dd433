"""A compiled page: everything a renderer needs, nothing of the theme."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """One page in one language.

    ``path`` is relative to the language folder, without suffix. ``head`` (title, notices), ``panel`` (document control) and ``tail`` are HTML in the page's language;
    ``body`` is Markdown in ``content_language``. ``files`` are the sources it was made of, for the preview's findings.
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
    files: tuple[str, ...] = ()
