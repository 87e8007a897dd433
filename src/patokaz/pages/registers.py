"""Pages made of registers and lists: terms, institutions, limits, indicators, sources, indexes, roles, home."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from patokaz.model.library import Document, HandPage
from patokaz.model.records import SopRecord
from patokaz.pages.addresses import FOLDERS
from patokaz.pages.behind import marks
from patokaz.pages.body import body_html
from patokaz.pages.generated import document_row, generated
from patokaz.pages.leaflets import versions
from patokaz.pages.matrix import pathways_of_role
from patokaz.pages.notices import translation_notices
from patokaz.pages.page import Page
from patokaz.pages.pathways import guides
from patokaz.pages.references import definitions
from patokaz.pages.render import render
from patokaz.pages.view import Rooted, View
from patokaz.pages.wording import capital, wording

REGISTERS = {
    "terms": "glossary/terms",
    "institutions": "glossary/institutions",
    "limits": "glossary/limits",
    "indicators": "glossary/indicators",
    "sources": "glossary/sources",
}
"""Register pages: section key → path."""

INDEX_KINDS = ("sop", "law", "form", "module", "leaflet")


def register_pages(view: View) -> Iterator[Page]:
    """Terms, institutions, limits, indicators, sources: those that have entries in this edition."""
    entries = {
        "terms": view.terms,
        "institutions": view.institutions,
        "limits": view.limits,
        "indicators": view.indicator_groups,
        "sources": view.cited,
    }
    for key, path in REGISTERS.items():
        if entries[key]:
            body = render(f"{key}.html.j2", view, path)
            yield generated(view, path, key, view.words.section(key), str(body), files=(f"glossary/{key}.yml",))


def index_pages(view: View) -> Iterator[Page]:
    """A list page per kind of document; SOPs grouped by family."""
    for kind in INDEX_KINDS:
        documents = [d for d in view.documents.values() if d.record.kind == kind]
        if not documents:
            continue
        section = FOLDERS[kind]
        here = f"{section}/index"
        groups: list[dict[str, Any]] = []
        if kind == "sop":
            for family in view.library.families.values():
                members = [d for d in documents if isinstance(d.record, SopRecord) and d.record.family == family.id]
                if members:
                    groups.append(
                        {
                            "id": family.id,
                            "title": view.say(family.name),
                            "summary": view.say(family.summary),
                            "rows": [_row(d, view, here) for d in members],
                        }
                    )
        else:
            groups.append({"id": "", "title": "", "summary": "", "rows": [_row(d, view, here) for d in documents]})
        yield generated(
            view,
            here,
            section,
            view.words.section(section),
            str(render("index.html.j2", view, here, groups=groups, head=view.words["document"])),
            kind="index",
        )


def _row(document: Document, view: View, here: str) -> dict[str, Any]:
    return {**document_row(document, view, here, view.path_of(document.id)), "versions": versions(document, view, here)}


def role_pages(view: View) -> Iterator[Page]:
    """One page per role with its steps over all SOPs, and a list of the roles."""
    here = "roles/index"
    rows = [
        {
            "id": "",
            "title": capital(view.say(r.name)),
            "summary": view.say(r.duty),
            "href": view.href(here, f"roles/{r.id}"),
            "status": "",
        }
        for r in view.roles.values()
    ]
    if rows:
        groups = [{"id": "", "title": "", "summary": "", "rows": rows}]
        yield generated(
            view,
            here,
            "roles",
            view.words.section("roles"),
            str(render("index.html.j2", view, here, groups=groups, head=view.words["role"])),
            kind="index",
        )
    for role in view.roles.values():
        here = f"roles/{role.id}"
        own: dict[str, tuple[Document, list[Rooted]]] = {}
        for step in view.steps:
            if role.id in step.step.responsible:
                own.setdefault(step.document.id, (step.document, []))[1].append(step)
        others = [
            s
            for s in view.steps
            if role.id not in s.step.responsible
            and role.id in (s.step.accountable, *s.step.consulted, *s.step.informed)
        ]
        bodies = [b for b in view.institutions.values() if role.id in b.fills and b.until is None]
        body = render(
            "role.html.j2",
            view,
            here,
            role=role,
            groups=list(own.values()),
            pathways=pathways_of_role(view, role.id),
            others=others,
            bodies=bodies,
        )
        yield generated(
            view,
            here,
            "roles",
            capital(view.plain(role.name)),
            str(body),
            kind="role",
            summary=view.plain(role.duty),
            files=("glossary/roles.yml",),
        )


def hand_written(page: HandPage, view: View) -> Page:
    """A page of ``docs/<lang>/``; the home page gets its urgent tasks and "I am …" entries on top."""
    text = page.texts.get(view.language, page.texts[page.source_language])
    here = page.id
    source = page.texts[page.source_language]
    behind = marks(text, source, view)
    notices = translation_notices(text, source, view, here, behind.ids)
    head = render(
        "head.html.j2",
        view,
        here,
        document=None,
        title=text.front.title,
        summary=text.front.summary,
        content_language=text.language,
        notices=notices,
        behind=behind,
    )
    return Page(
        language=view.language,
        path=here,
        kind="home" if page.id == "index" else "page",
        section="home" if page.id == "index" else here,
        title=text.front.title,
        summary=text.front.summary,
        head=str(head) + (_home(view) if page.id == "index" else ""),
        body=body_html(text, view, here, "images", behind=behind),
        tail=str(definitions(text, view)),
        content_language=text.language,
        content_direction=wording(text.language).direction,
        files=(text.path, "docs/home.yml"),
    )


def _home(view: View) -> str:
    home, here = view.library.home, "index"
    urgent = []
    for task in home.urgent if home else ():
        name, _, anchor = task.target.partition("#")
        if name in view.documents:
            urgent.append(
                {
                    "title": view.say(task.title),
                    "text": view.say(task.text),
                    "href": view.href(here, f"{view.path_of(name)}#{anchor}"),
                }
            )
    entries = []
    for entry in home.entries if home else ():
        roles = [name for name in entry.roles if name in view.roles]
        if roles:
            links = [
                {"href": view.href(here, f"roles/{name}"), "title": view.say(view.roles[name].name)} for name in roles
            ]
            entries.append({"title": view.say(entry.title), "links": links})
    hotline = next((c for _, c in view.contacts.values() if c.phone), None)
    paths = [{"href": view.href(here, view.guide_path(d.id)), "title": view.title(d.id)} for d in guides(view)]
    return str(render("home.html.j2", view, here, urgent=urgent, guides=paths, entries=entries, hotline=hotline))
