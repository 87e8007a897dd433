"""Pages whose words come from registers and records: they need no language notice of their own."""

from __future__ import annotations

from patokaz.pages.page import Page
from patokaz.pages.render import render
from patokaz.pages.view import View


def generated(
    view: View,
    path: str,
    section: str,
    title: str,
    body: str,
    *,
    kind: str = "register",
    summary: str = "",
    files: tuple[str, ...] = (),
    assets: tuple[str, ...] = (),
) -> Page:
    """A page made of a body, with title and summary in the view's language."""
    head = render(
        "head.html.j2",
        view,
        path,
        document=None,
        title=title,
        summary=summary,
        content_language=view.language,
        notices=[],
    )
    return Page(
        language=view.language,
        path=path,
        kind=kind,
        section=section,
        title=title,
        summary=summary,
        head=str(head),
        body=body,
        content_language=view.language,
        content_direction=view.words.direction,
        files=files,
        assets=assets,
    )
