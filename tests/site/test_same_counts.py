"""One pathway, told in several ways: nodes, flows, limits and outcomes are the same in each, on every published pathway.

A representation is read from what a visitor gets, never from the engine's values. To add one, write a function that returns
:class:`Told` and name it in ``REPRESENTATIONS``.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from lxml import html
from sitekit import LANGUAGES, REPOSITORY, rows, words

from bpmn_reader import BPMN, INSERTED, flow_nodes, told_flows, tree
from patokaz.checking import checked
from patokaz.load import DiskTree, MemoryTree
from patokaz.model.library import Document, Library
from patokaz.pages.drawings import figures, on_screen
from patokaz.pages.exchange import bpmn_file
from patokaz.pages.guide import guide_pages
from patokaz.pages.matrix import matrix_pages
from patokaz.pages.outline import outline
from patokaz.pages.timeline import timeline
from patokaz.pages.view import View
from patokaz.pages.wording import capital
from sample import TODAY, sample_files


@dataclass(frozen=True)
class Told:
    """What a representation tells, by node ids; None for what it does not show at all."""

    nodes: frozenset[str] | None = None
    tasks: frozenset[str] | None = None
    flows: frozenset[tuple[str, str]] | None = None
    limits: frozenset[str] | None = None
    outcomes: frozenset[str] | None = None

    def counts(self) -> dict[str, int]:
        """How many of each kind."""
        return {kind: len(names) for kind, names in vars(self).items() if names is not None}


def of_data(view: View, document: Document) -> Told:
    """The pathway itself: what every representation is compared with."""
    nodes = view.pathways[document.id]
    return Told(
        nodes=frozenset(node.id for node in nodes),
        tasks=frozenset(node.id for node in nodes if node.node.type == "task"),
        flows=frozenset((node.id, target) for node in nodes for target in node.node.targets),
        limits=frozenset(node.id for node in nodes if node.limit),
        outcomes=frozenset(node.id for node in nodes if node.node.type == "outcome"),
    )


def of_outline(view: View, document: Document) -> Told:
    """The numbered text: what is not said leads on to the next node."""
    page = html.fragment_fromstring(outline(view, view.pathway_path(document.id), document), create_parent="div")
    items = page.xpath(".//ol[contains(@class, 'pk-outline')]/li")
    names = [li.get("id").removeprefix("n-") for li in items]
    kinds = {
        name: "".join(words(kind) for kind in li.find_class("pk-only")) for name, li in zip(names, items, strict=True)
    }
    outcome, call = (capital(view.words[key]) for key in ("pathway_outcome", "pathway_call"))
    flows = set()
    for li, name, following in zip(items, names, [*names[1:], ""], strict=True):
        targets = [a.get("href")[3:] for a in li.xpath("ul/li/a") if a.get("href").startswith("#n-")]
        if not targets and kinds[name] not in (outcome, call):
            targets = [following]
        flows |= {(name, target) for target in targets}
    limited = {name for name, li in zip(names, items, strict=True) if view.words["by_when"] in rows(li.find("dl"))}
    return Told(
        nodes=frozenset(names),
        tasks=frozenset(name for name, kind in kinds.items() if not kind),
        flows=frozenset(flows),
        limits=frozenset(limited),
        outcomes=frozenset(name for name, kind in kinds.items() if kind == outcome),
    )


def of_timeline(view: View, document: Document) -> Told:
    """The list of limits."""
    text = timeline(view, view.pathway_path(document.id), document)
    links = html.fragment_fromstring(text, create_parent="div").xpath(".//ol/li/p/a")
    return Told(limits=frozenset(a.get("href").removeprefix("#n-") for a in links))


def of_matrix(view: View, document: Document) -> Told:
    """The rows of all matrices: a task has a row of its own, or that of the step that it names."""
    here = f"../{view.pathway_path(document.id)}.html#n-"
    rows = [
        str(a.get("href"))
        for page in matrix_pages(view)
        if page.kind == "matrix"
        for a in html.fragment_fromstring(page.body, create_parent="div").xpath(".//th[@scope='row']/a")
    ]
    # Several tasks may name one step, which has one row.
    named = {
        node.id
        for node in view.pathways[document.id]
        if node.named and f"../{view.path_of(node.named.document.id)}.html#{node.named.step.id}" in rows
    }
    tasks = of_data(view, document).tasks or frozenset()
    own = {href.removeprefix(here) for href in rows if href.startswith(here)}
    return Told(tasks=frozenset(own | (named & tasks)))


def of_bpmn(view: View, document: Document) -> Told:
    """The file for process tools, without what is put in."""
    root = tree(bpmn_file(document, view))
    own = {name.removeprefix("node_"): e for name, e in flow_nodes(root).items() if not name.startswith(INSERTED)}
    by_when = f"{view.words['by_when']}: "
    notes = {name: (e.findtext(f"{BPMN}documentation") or "").split("\n") for name, e in own.items()}
    return Told(
        nodes=frozenset(own),
        tasks=frozenset(name for name, e in own.items() if e.tag == f"{BPMN}manualTask"),
        flows=frozenset(told_flows(root)),
        limits=frozenset(name for name, lines in notes.items() if any(line.startswith(by_when) for line in lines)),
        outcomes=frozenset(name for name, e in own.items() if e.tag == f"{BPMN}endEvent"),
    )


def of_drawing(view: View, document: Document) -> Told:
    """The drawing on the screen, its flows from the layout: SVG holds lines, not where they come from."""
    page = html.fragment_fromstring(on_screen(document, view, view.pathway_path(document.id)), create_parent="div")
    boxes: dict[str, html.HtmlElement] = {}
    flows: set[tuple[str, str]] = set()
    for figure, wide in zip(
        figures(document, view, view.pathway_path(document.id)), page.find_class("pw-wide"), strict=True
    ):
        prefix = f"pw-{document.id.lower()}-{figure.name}-w-"
        boxes |= {str(a.get("id")).removeprefix(prefix): a for a in wide.xpath(".//*[starts-with(@id, $p)]", p=prefix)}
        # A link spot stands for a node of another phase; an author's own link is a node that jumps.
        flows |= {(name, link.nodes[0]) for name, link in figure.part.links.items() if "--" not in name}
        for arrow in figure.wide.arrows:
            if not arrow.source.startswith("from--"):
                flows.add((arrow.source, arrow.target.rpartition("--")[2]))
    own = {name: box for name, box in boxes.items() if "--" not in name and name not in ("t", "d")}
    return Told(
        nodes=frozenset(own),
        tasks=frozenset(name for name, box in own.items() if box.get("class") == "pw-task"),
        flows=frozenset(flows),
        limits=frozenset(name for name, box in own.items() if box.find_class("pw-badge")),
        outcomes=frozenset(name for name, box in own.items() if box.get("class") == "pw-outcome"),
    )


def of_guide(view: View, document: Document) -> Told:
    """The guide. Where parallel parts are walked one after the other its flows are not those of the pathway."""
    page = next(page for page in guide_pages(view) if page.path == view.guide_path(document.id))
    tree = html.fragment_fromstring(page.body, create_parent="div")
    screens = {str(screen.get("id")): screen for screen in tree.find_class("pk-guide-node")}
    parallel = any(node.node.type == "split" for node in view.pathways[document.id])
    flows = {
        (name, str(a.get("href"))[1:])
        for name, screen in screens.items()
        for a in screen.xpath(".//ul[contains(@class, 'pk-guide-ways')]//a[starts-with(@href, '#')]")
    }
    return Told(
        nodes=frozenset(screens),
        tasks=frozenset(
            name
            for name, screen in screens.items()
            if screen.find_class("pk-guide-task") or "pk-guide-task" in str(screen.get("class"))
        ),
        flows=None if parallel else frozenset(flows),
        limits=frozenset(
            name
            for name, screen in screens.items()
            if any(view.words["by_when"] in rows(facts) for facts in screen.iter("dl"))
        ),
        outcomes=frozenset(name for name, screen in screens.items() if "pk-guide-outcome" in str(screen.get("class"))),
    )


REPRESENTATIONS: dict[str, Callable[[View, Document], Told]] = {
    "drawing": of_drawing,
    "guide": of_guide,
    "outline": of_outline,
    "timeline": of_timeline,
    "matrix": of_matrix,
    "bpmn": of_bpmn,
}


@functools.cache
def libraries() -> dict[str, Library]:
    found = {"sample": checked(MemoryTree(sample_files()), TODAY)[0], "real": checked(DiskTree(REPOSITORY), TODAY)[0]}
    return {name: library for name, library in found.items() if library is not None}


def published() -> list[Any]:
    """Every pathway of both libraries."""
    return [
        pytest.param(name, document.id, id=f"{name}-{document.id}")
        for name, library in libraries().items()
        for document in library.pathways()
    ]


def test_both_libraries_are_read() -> None:
    assert set(libraries()) == {"sample", "real"}
    assert all(library.pathways() for library in libraries().values())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("name", "document"), published())
def test_all_representations_tell_the_same(name: str, document: str, language: str) -> None:
    view = View(libraries()[name], "professional", language)
    shown = view.documents[document]
    data = of_data(view, shown)
    assert min(data.counts()["nodes"], data.counts()["flows"]) > 1
    for title, read in REPRESENTATIONS.items():
        told = read(view, shown)
        for kind, names in vars(told).items():
            assert names is None or names == getattr(data, kind), (title, kind)
        assert told.counts().items() <= data.counts().items(), title
