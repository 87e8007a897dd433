"""Random pathways that are sound by construction: parts in a row, questions, loops and parallel parts, one within another."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from patokaz.model.pathway import Node, Pathway
from patokaz.pathways.resolve import Resolved

ACTORS = ("border-police", "social-worker", "response-team")
ANSWERS = ("consent", "newcomer", "case-code", "answer-yes", "answer-no", "answer-not-sure")
YES_NO = ("answer-yes", "answer-no", "answer-not-sure")
EVENTS = ("refers", "consent-given", "immediate-danger")


@dataclass
class _Writer:
    """Writes nodes as plain values, as they would stand in ``pathway.yml``; ``draw`` takes the decisions."""

    draw: Any
    events: bool = False
    nodes: list[dict[str, Any]] = field(default_factory=list)
    names: Any = field(default_factory=lambda: (f"n{number}" for number in itertools.count()))

    def node(self, type_: str, **facts: Any) -> dict[str, Any]:
        name = next(self.names)
        actor = self.draw(st.sampled_from(ACTORS))
        node = {
            "id": name,
            "type": type_,
            "actor": actor,
            "label": {"en": f"Do {type_}", "mk": "Т", "sq": "S"},
            **facts,
        }
        if type_ == "task":
            node["accountable"] = actor
        self.does(node)
        self.nodes.append(node)
        return node

    def does(self, entry: dict[str, Any]) -> None:
        """Sometimes an event or two, in any order."""
        if self.events and self.draw(st.integers(0, 2)) == 0:
            entry["does"] = self.draw(st.lists(st.sampled_from(EVENTS), min_size=1, max_size=2, unique=True))

    def parts(self, depth: int, size: int, *, may_end: bool) -> tuple[str, list[tuple[dict[str, Any], str]]]:
        """A row of parts: the id of its first node, and the ends to be tied to what follows, each (entry, key)."""
        first, ends = self.part(depth, may_end=may_end)
        for _ in range(self.draw(st.integers(0, size))):
            name, new = self.part(depth, may_end=may_end)
            _tie(ends, name)
            ends = new
        return first, ends

    def part(self, depth: int, *, may_end: bool) -> tuple[str, list[tuple[dict[str, Any], str]]]:
        kind = self.draw(st.sampled_from(["task", "link"] if depth == 0 else ["task", "decision", "loop", "split"]))
        if kind in ("task", "link"):
            node = self.node(kind)
            return node["id"], [(node, "next")]
        if kind == "split":
            node = self.node("split")
            branches = [self.parts(depth - 1, 1, may_end=False) for _ in range(self.draw(st.integers(2, 3)))]
            node["next"] = [first for first, _ in branches]
            join = self.node("join")
            for _, ends in branches:
                _tie(ends, join["id"])
            return node["id"], [(join, "next")]
        if kind == "loop":
            body, ends = self.parts(depth - 1, 1, may_end=False)
            node = self.node("decision")
            back, on = {"answer": "consent", "to": body, "loop": True}, {"answer": "newcomer"}
            self.does(back)
            self.does(on)
            node["answers"] = [back, on]
            _tie(ends, node["id"])
            return body, [(on, "to")]
        return self._decision(depth, may_end=may_end)

    def _decision(self, depth: int, *, may_end: bool) -> tuple[str, list[tuple[dict[str, Any], str]]]:
        node = self.node("decision")
        words = self.draw(st.sampled_from([YES_NO, ANSWERS[:2], ANSWERS]))
        loose: list[tuple[dict[str, Any], str]] = []
        node["answers"] = [{"answer": word} for word in words]
        for number, answer in enumerate(node["answers"]):
            self.does(answer)
            way = self.draw(
                st.sampled_from(["part", "straight", "end"] if may_end and number else ["part", "straight"])
            )
            if way == "straight":
                loose.append((answer, "to"))
            elif way == "end":
                answer["to"] = self.node("outcome")["id"]
            else:
                first, ends = self.parts(depth - 1, 0, may_end=may_end)
                answer["to"] = first
                loose += ends
        return node["id"], loose


def _tie(ends: Sequence[tuple[dict[str, Any], str]], name: str) -> None:
    for entry, key in ends:
        entry[key] = name


@st.composite
def pathways(draw: Any, *, depth: int = 2, size: int = 2, events: bool = False) -> Pathway:
    """A sound pathway. With ``events`` some nodes and answers do what the sample's safeguard speaks of."""
    return Pathway.model_validate({"nodes": tuple(_frozen(node) for node in draw(plain_nodes(depth, size, events)))})


@st.composite
def plain_nodes(draw: Any, depth: int = 2, size: int = 2, events: bool = False) -> list[dict[str, Any]]:
    """The nodes as plain values, the start first."""
    writer = _Writer(draw, events)
    start = writer.node("start")
    first, ends = writer.parts(depth, size, may_end=True)
    start["next"] = first
    _tie(ends, writer.node("outcome")["id"])
    return writer.nodes


def _frozen(value: Any) -> Any:
    """Lists as tuples, as the strict models want them."""
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    return {key: _frozen(item) for key, item in value.items()} if isinstance(value, dict) else value


def resolved(pathway: Pathway) -> tuple[Resolved, ...]:
    """Nodes without steps, as readers see them."""
    return tuple(_resolved(node, index) for index, node in enumerate(pathway.nodes))


def _resolved(node: Node, index: int) -> Resolved:
    return Resolved(
        node=node,
        index=index,
        number=str(index + 1),
        named=None,
        actor=node.actor or "",
        words=node.label or {},
        limit=node.limit,
        responsible=(),
        accountable=node.accountable,
        consulted=node.consulted,
        informed=node.informed,
        forms=node.forms,
        basis=node.basis,
        contacts=node.contacts,
        sources=node.sources,
        does=node.does,
    )


def from_flows(flows: Mapping[str, Any]) -> tuple[Resolved, ...]:
    """Nodes from a short form: ``{"a:start": "b", "b:decision": {"consent": "c", "newcomer": "b loop"}, "c:outcome": None}``.

    A list of names is a split. After a second colon stand a limit and its clock: ``d:task:first-talk/a``.
    """
    nodes = []
    for index, (head, targets) in enumerate(flows.items()):
        name, type_, *rest = head.split(":")
        limit, _, clock = (rest[0] if rest else "").partition("/")
        facts: dict[str, Any] = {"id": name, "type": type_, "actor": "social-worker"}
        facts |= {key: value for key, value in (("limit", limit), ("clock", clock)) if value}
        if isinstance(targets, dict):
            facts["answers"] = tuple(
                {"answer": word, "to": target.split()[0], "loop": target.endswith(" loop")}
                for word, target in targets.items()
            )
        elif targets is not None:
            facts["next"] = tuple(targets) if isinstance(targets, list) else (targets,)
        nodes.append(_resolved(Node.model_validate(facts), index))
    return tuple(nodes)
