"""Where in a document something is, what readers call that place, and whom it concerns."""

from __future__ import annotations

from dataclasses import dataclass, field

from patokaz.model.blocks import FRONT
from patokaz.model.library import Document
from patokaz.model.pathway import Node
from patokaz.model.records import FormRecord, LawRecord, SopRecord, Step
from patokaz.revisions.kinds import Place, PlaceKind
from patokaz.revisions.passages import Section, sections_of

DOCUMENT = Place("document")


def compared_language(old: Document, new: Document, language: str) -> str:
    """The language in which two states can be compared: ``language`` where both have it, else that of the original."""
    if language in old.texts and language in new.texts:
        return language
    return new.record.source_language


@dataclass(frozen=True)
class State:
    """One of the two states of a document, with its sections in one language and the places in it."""

    document: Document
    language: str
    sections: dict[str, Section] = field(init=False)
    steps: dict[str, Step] = field(init=False)
    places: dict[str, Place] = field(init=False)
    nodes: dict[str, Node] = field(init=False)
    node_places: dict[str, Place] = field(init=False)

    def __post_init__(self) -> None:
        text = self.document.texts.get(self.language)
        own = {section.key: section for section in sections_of(text.blocks)} if text else {}
        record = self.document.record
        measures = record.measures if isinstance(record, SopRecord) else ()
        nodes = self.document.pathway.nodes if self.document.pathway else ()
        object.__setattr__(self, "sections", own)
        object.__setattr__(self, "steps", {step.id: step for measure in measures for step in measure.steps})
        object.__setattr__(self, "places", self._places())
        object.__setattr__(self, "nodes", {node.id: node for node in nodes})
        object.__setattr__(self, "node_places", self._node_places())

    def _places(self) -> dict[str, Place]:
        record = self.document.record
        named: dict[str, tuple[PlaceKind, str]] = {}
        if isinstance(record, SopRecord):
            for m, measure in enumerate(record.measures, 1):
                named[measure.id] = ("measure", str(m))
                named |= {step.id: ("step", f"{m}.{s}") for s, step in enumerate(measure.steps, 1)}
        elif isinstance(record, LawRecord):
            named = {article.anchor: ("article", article.number or "") for article in record.articles}
        elif isinstance(record, FormRecord):
            named = {section.id: ("section", str(n)) for n, section in enumerate(record.sections, 1)}
        places = {FRONT: DOCUMENT, "": Place("intro")}
        for key in (*self.sections, *named):
            if key not in places:
                kind, number = named.get(key, ("section", ""))
                places[key] = Place(kind, key, number, self.sections[key].title if key in self.sections else key)
        return places

    def _node_places(self) -> dict[str, Place]:
        """Nodes with the numbers of the drawing: links that only point elsewhere have none."""
        places: dict[str, Place] = {}
        count = 0
        for node in self.document.pathway.nodes if self.document.pathway else ():
            count += node.type != "link"
            places[node.id] = Place("node", node.id, str(count) if node.type != "link" else "", self.label(node))
        return places

    def label(self, node: Node) -> str:
        """The words of a node: its label in the language compared, else the heading of the step that it names."""
        if node.label:
            return node.label.get(self.language) or node.label.get(self.document.record.source_language, node.id)
        document, _, step = (node.step or "").partition("/")
        place = self.places.get(step.rpartition(".")[2]) if document == self.document.id else None
        return place.title if place else node.step or node.id

    def roles_at(self, key: str) -> tuple[str, ...]:
        """Whom a section concerns: the roles of the step, or of all steps of the measure."""
        record = self.document.record
        if key in self.steps:
            return roles_of(self.steps[key])
        if isinstance(record, SopRecord):
            measure = next((measure for measure in record.measures if measure.id == key), None)
            return joined(*(roles_of(step) for step in measure.steps)) if measure else ()
        return ()

    def roles_of_node(self, name: str) -> tuple[str, ...]:
        """Whom a node concerns: its actor, and those of the step that it names."""
        node = self.nodes.get(name)
        if node is None:
            return ()
        step = self.steps.get((node.step or "").rpartition(".")[2]) if node.step else None
        own = tuple(role for role in (node.actor, node.accountable) if role)
        return joined(own, node.consulted, node.informed, roles_of(step) if step else ())


def roles_of(step: Step) -> tuple[str, ...]:
    """The roles of a step: who acts, who answers for it, who is asked, who is told."""
    return joined(step.responsible, (step.accountable,), step.consulted, step.informed)


def joined(*names: tuple[str, ...]) -> tuple[str, ...]:
    """All names once, in order."""
    return tuple(dict.fromkeys(name for group in names for name in group))
