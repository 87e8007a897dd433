"""A pathway as its rules look at it: resolved nodes, their graph, and the places of everything in ``pathway.yml``."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from patokaz.findings import Location
from patokaz.model.library import Document, Library
from patokaz.model.pathway import Pathway
from patokaz.pathways.graph import Graph, graph_of
from patokaz.pathways.resolve import Resolved, resolve

MOST_NODES = 120
"""More nodes are refused before anything else is looked at; no officer follows such a pathway, and no search need try."""

Yield = Iterator[tuple[Location, str, str]]
"""(place, what is wrong, how to mend it)."""


@dataclass(frozen=True)
class Inspection:
    """A document's pathway. ``nodes`` stand as in the file, so that ``index`` is the position there."""

    library: Library
    document: Document
    pathway: Pathway

    @functools.cached_property
    def nodes(self) -> tuple[Resolved, ...]:
        """The nodes with what they take from their steps."""
        return resolve(self.library, self.document)

    @functools.cached_property
    def graph(self) -> Graph:
        """The flows between the nodes."""
        return graph_of(self.nodes)

    @property
    def too_large(self) -> bool:
        """Whether it has more nodes than the other rules look at."""
        return len(self.pathway.nodes) > MOST_NODES

    @functools.cached_property
    def sound(self) -> bool:
        """Whether no rule of structure has anything to say: walks and searches over the pathway then mean something."""
        return not any(True for check in STRUCTURE for _ in check(self))

    def at(self, *path: str | int) -> Location:
        """The place of a value in ``pathway.yml``."""
        return self.library.places[self.document.pathway_path].at(*path)

    def at_node(self, name: str, *path: str | int) -> Location:
        """The place of a value of a node; without a key that of its id."""
        return self.at("nodes", self.graph.nodes[name].index, *(path or ("id",)))

    def at_fact(self, node: Resolved, key: str) -> Location:
        """The place from which a node has a fact: its own key, otherwise its step."""
        own = getattr(node.node, key) not in (None, ())
        return self.at("nodes", node.index, key if own else "step")

    def at_entry(self, node: Resolved, key: str, name: str) -> Location:
        """The place of one of several facts of a node: in its own list, otherwise its step."""
        own = getattr(node.node, key)
        path = (key, own.index(name)) if name in own else ("step",)
        return self.at("nodes", node.index, *path)

    @property
    def source_language(self) -> str:
        """The language of the original labels."""
        return self.document.record.source_language


PathwayCheck = Callable[[Inspection], Yield]
"""A rule over one pathway."""

STRUCTURE: list[PathwayCheck] = []
"""The rules that decide whether a pathway is sound; filled as they register."""


def inspections(library: Library) -> tuple[Inspection, ...]:
    """Every pathway, by the id of its document."""
    return tuple(Inspection(library, d, d.pathway) for d in library.pathways() if d.pathway is not None)


def arrows(names: Sequence[str]) -> str:
    """``a → b → c``."""
    return " → ".join(names)
