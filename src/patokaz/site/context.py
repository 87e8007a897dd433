"""What the theme's templates are told about a page. Pure: compiled pages in, dictionaries out."""

from __future__ import annotations

import base64
import hashlib
import urllib.parse
from collections.abc import Sequence
from typing import Any

from patokaz.findings import Finding
from patokaz.pages import Compiled, Page
from patokaz.pages.addresses import in_language, relative
from patokaz.pages.wording import wording

CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
    )
)
"""The content security policy of every page: nothing but the site's own files, no inline script or style."""


def page_context(
    compiled: Compiled, page: Page, findings: Sequence[Finding] = (), *, preview: bool = False
) -> dict[str, Any]:
    """The variable ``patokaz`` of a page's template."""
    words = wording(page.language)

    def href(path: str) -> str:
        return f"{relative(page.path, path)}.html"

    sections = []
    for key, entry in compiled.sections[page.language]:
        current = key == page.section
        siblings = compiled.siblings[page.language, page.path] if current else ()
        sections.append(
            {
                "title": entry.title,
                "href": href(entry.path),
                "current": current,
                "children": [
                    {"title": e.title, "href": href(e.path), "current": e.path == page.path} for e in siblings
                ],
            }
        )
    settings = compiled.library.settings
    return {
        "page": page,
        "self": href(page.path),
        "audience": compiled.audience,
        "arabic": compiled.needs_arabic_font,
        "w": words.file.words,
        "direction": words.direction,
        "site_name": settings.names.get(page.language) or next(iter(settings.names.values())),
        "home": href("index"),
        "find": href("find"),
        "sections": sections,
        "contents": _nested(page),
        "alternates": [alternate(compiled, page, language) for language in compiled.languages],
        "edition": settings.edition.id,
        "edition_date": words.date(settings.edition.date),
        "csp": None if preview else CSP,
        "findings": [str(item) for item in findings],
        "preview": preview,
    }


def _nested(page: Page) -> list[dict[str, Any]]:
    """The page's headings, third level under second."""
    entries: list[dict[str, Any]] = []
    for heading in page.contents:
        entry = {"anchor": heading.anchor, "words": heading.words, "children": []}
        (entries if heading.level == 2 or not entries else entries[-1]["children"]).append(entry)
    return entries


_NOT_FOUND_STYLE = (
    "body{font:1.1rem/1.5 sans-serif;margin:2rem auto;max-width:36rem;padding:0 1rem}h1{font-size:1.3rem}"
)
# Served from a domain's root without site_url, a missing page at any depth must still find home.
_NOT_FOUND_SCRIPT = (
    "if(location.protocol!=='file:')document.querySelectorAll('a').forEach(function(a){"
    "var h=a.getAttribute('href');if(h.charAt(0)!=='/')a.setAttribute('href','/'+h)})"
)


def not_found_context(compiled: Compiled) -> dict[str, Any]:
    """The variable ``not_found`` of 404.html: complete in itself, in every language, opened from disk or by a server."""
    path = urllib.parse.urlsplit(compiled.library.settings.site_url).path
    languages = []
    for code in compiled.languages:
        words = wording(code)
        folder = "" if code == compiled.languages[0] else f"{code}/"
        languages.append(
            {
                "code": code,
                "direction": words.direction,
                "title": words["not_found"],
                "text": words["not_found_text"],
                "link": words["go_home"],
                "home": f"{folder}index.html",
            }
        )
    hashes = [
        base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()
        for part in (_NOT_FOUND_STYLE, _NOT_FOUND_SCRIPT)
    ]
    csp = f"default-src 'none'; style-src 'sha256-{hashes[0]}'; script-src 'sha256-{hashes[1]}'; base-uri 'none'; form-action 'none'"
    prefix = path.rstrip("/") + "/" if path else ""
    return {
        "languages": languages,
        "csp": csp,
        "style": _NOT_FOUND_STYLE,
        "script": _NOT_FOUND_SCRIPT,
        "prefix": prefix,
    }


def alternate(compiled: Compiled, page: Page, language: str) -> dict[str, Any]:
    """The same page in another language; every page exists in every language, if only with a notice."""
    return {
        "language": language,
        "name": compiled.library.settings.language_names[language],
        "href": in_language(page.path, page.language, language, default=compiled.languages[0]),
        "current": language == page.language,
    }


def findings_for(page: Page, findings: Sequence[Finding]) -> list[Finding]:
    """The findings that concern the sources of a page."""
    return [item for item in findings if item.location.path in page.files]
