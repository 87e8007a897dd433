"""Who is responsible: one RACI matrix per family, over the steps of its SOPs and the tasks of its pathways.

R acts, A answers for it, C is asked, I is told: the letters of the field, explained on each page and said in full to screen readers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from patokaz.model.glossary import Family
from patokaz.model.library import Document
from patokaz.model.records import PathwayRecord, SopRecord, Step
from patokaz.pages.cards import step_link
from patokaz.pages.generated import generated
from patokaz.pages.outline import node_name, title_of
from patokaz.pages.page import Page
from patokaz.pages.render import render
from patokaz.pages.view import View
from patokaz.pages.wording import capital
from patokaz.pathways.resolve import Resolved

LETTERS = {"R": "who", "A": "accountable", "C": "consulted", "I": "informed"}
"""The letters of the matrix and the key of the word for each."""

WORK = ("task", "decision", "call")
"""Types of nodes at which a role acts; the others begin, end or arrange."""


@dataclass(frozen=True)
class Row:
    """A step or a task: its link, and the letters of each role."""

    link: Markup
    letters: dict[str, str]


@dataclass(frozen=True)
class Section:
    """Rows under one heading; a document's first section carries ``document`` with its link."""

    document: Document
    link: Markup
    title: Markup
    rows: tuple[Row, ...]


def matrix_path(family: str) -> str:
    """The page of a family's matrix."""
    return f"matrix/{family}"


def matrix_pages(view: View) -> Iterator[Page]:
    """One page per family that has a step or a task, and the list of these pages."""
    here = "matrix/index"
    rows = []
    for family in view.library.families.values():
        path = matrix_path(family.id)
        sections = tuple(_sections(view, path, family.id))
        if sections:
            yield _page(view, path, family, sections)
            title, summary = view.say(family.name), view.say(family.summary)
            rows.append({"id": "", "title": title, "summary": summary, "href": view.href(here, path), "status": ""})
    if rows:
        groups = [{"id": "", "title": "", "summary": "", "rows": rows}]
        body = render("index.html.j2", view, here, groups=groups, head=view.words["family"])
        yield generated(view, here, "matrix", view.words.section("matrix"), str(body), kind="index")


def pathways_of_role(view: View, role: str) -> list[tuple[Document, tuple[Resolved, ...]]]:
    """The pathways in which a role acts, each with the nodes at which it does: tasks, decisions and calls."""
    found = []
    for name, nodes in view.pathways.items():
        own = tuple(node for node in nodes if node.actor == role and node.node.type in WORK)
        if own:
            found.append((view.documents[name], own))
    return found


def unnamed_tasks(view: View, document: Document) -> tuple[Resolved, ...]:
    """The tasks of a document's pathway that name no step which this edition shows: rows of their own in the matrix."""
    nodes = view.pathways.get(document.id, ())
    return tuple(node for node in nodes if node.node.type == "task" and view.step_of(node) is None)


def _page(view: View, path: str, family: Family, sections: tuple[Section, ...]) -> Page:
    occurring = {role for section in sections for row in section.rows for role in row.letters}
    roles = [role for role in view.roles.values() if role.id in occurring]
    title = view.words["matrix_title"].format(family=view.plain(family.name))
    heads = [view.link(path, "role", role.id, capital(view.say(role.name))) for role in roles]
    body = render(
        "matrix.html.j2",
        view,
        path,
        sections=sections,
        roles=roles,
        heads=heads,
        letters=LETTERS,
        title=title,
    )
    return generated(
        view,
        path,
        "matrix",
        title,
        str(body),
        kind="matrix",
        summary=view.plain(family.summary),
        files=("glossary/families.yml", "glossary/roles.yml"),
        assets=("matrix.css",),
    )


def _sections(view: View, here: str, family: str) -> Iterator[Section]:
    members = [
        document
        for document in view.documents.values()
        if isinstance(document.record, SopRecord | PathwayRecord) and document.record.family == family
    ]
    for document in members:
        if isinstance(document.record, SopRecord):
            yield from _measures(view, here, document)
    for document in members:
        tasks = unnamed_tasks(view, document)
        if tasks:
            link = _document_link(view, here, document, view.pathway_path(document.id))
            rows = tuple(_task(view, here, document, node) for node in tasks)
            yield Section(document, link, Markup(""), rows)


def _measures(view: View, here: str, document: Document) -> Iterator[Section]:
    assert isinstance(document.record, SopRecord)
    link = _document_link(view, here, document, view.path_of(document.id))
    steps = iter(view.steps_by_document[document.id])
    for number, measure in enumerate(document.record.measures, 1):
        # No link: each step below it has one.
        title = Markup("{} {}").format(number, view.heading(document, measure.id))
        rows = tuple(
            Row(step_link(view, here, rooted, False), _of_step(view, rooted.step))
            for _, rooted in zip(measure.steps, steps, strict=False)
        )
        yield Section(document, link, title, rows)
        link = Markup("")


def _document_link(view: View, here: str, document: Document, path: str) -> Markup:
    name = Markup('<span class="pk-id">{}</span> ').format(document.id) if document.record.kind == "sop" else Markup("")
    words = name + title_of(view, document)
    if path != view.path_of(document.id):
        words = Markup(escape(view.words["matrix_pathway"])).format(title=words)  # noqa: S704 - our own words, escaped
    return Markup('<a href="{}">{}</a>').format(view.href(here, path), words)


def _task(view: View, here: str, document: Document, node: Resolved) -> Row:
    href = view.href(here, f"{view.pathway_path(document.id)}#n-{node.id}")
    link = Markup('<a href="{}">{}</a>').format(href, node_name(view, node))
    accountable = (node.accountable,) if node.accountable else ()
    return Row(link, _letters(view, node.responsible, accountable, node.consulted, node.informed))


def _of_step(view: View, step: Step) -> dict[str, str]:
    return _letters(view, step.responsible, (step.accountable,), step.consulted, step.informed)


def _letters(view: View, *roles: Iterable[str]) -> dict[str, str]:
    """The letters of each visible role, in the order R A C I."""
    letters: dict[str, str] = {}
    for letter, names in zip(LETTERS, roles, strict=True):
        for name in names:
            if name in view.roles:
                letters[name] = letters.get(name, "") + letter
    return letters
