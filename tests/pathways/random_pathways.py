"""Sound pathways by hypothesis: sequences of tasks, decisions, loops, parallel parts, links and calls, nested."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator

from hypothesis import strategies as st

from patokaz.checking import checked
from patokaz.load import MemoryTree
from patokaz.model.library import Library
from patokaz.model.pathway import Answer, Node, Pathway
from sample import TODAY, sample_files

ROLES = ("border-police", "social-worker", "response-team")
ANSWERS = ("answer-yes", "answer-no", "answer-not-sure")


def sample_library() -> Library:
    """The sample library as values."""
    library, _ = checked(MemoryTree(sample_files()), TODAY)
    assert library is not None
    return library


def with_nodes(library: Library, nodes: tuple[Node, ...]) -> Library:
    """The library with another pathway for SOP-01, not checked."""
    document = dataclasses.replace(library.documents["SOP-01"], pathway=Pathway(nodes=nodes))
    return dataclasses.replace(library, documents={**library.documents, "SOP-01": document})


class _Maker:
    """Writes nodes in reading order; each method is told the node that follows, ``then``."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.numbers = itertools.count()

    def pick(self, options: tuple[str, ...]) -> str:
        return self.draw(st.sampled_from(options))

    def node(self, kind: str, **keys: object) -> Node:
        name = f"{next(self.numbers)}-{kind}"
        label = "A" + self.draw(st.text(st.characters(exclude_categories=("Cs",)), max_size=30))
        return Node(id=name, type=kind, actor=self.pick(ROLES), label={"en": label}, **keys)  # type: ignore[arg-type]

    def sequence(self, then: str, depth: int, *, may_end: bool) -> list[Node]:
        nodes: list[Node] = []
        for _ in range(self.draw(st.integers(0, 3))):
            nodes = [*self.block(nodes[0].id if nodes else then, depth, may_end=may_end), *nodes]
        return nodes

    def block(self, then: str, depth: int, *, may_end: bool) -> list[Node]:
        kinds = ("task", "task", "link", "call", "loop") + (("decision", "parallel") if depth else ())
        match self.pick(kinds):
            case "link":
                return [self.node("link", next=(then,))]
            case "call":
                return [self.node("call", next=(then,), pathway="ask-for-help")]
            case "loop":
                task = self.node("task")
                back = Answer(answer="answer-no", to=task.id, loop=True)
                decision = self.node("decision", answers=(Answer(answer="answer-yes", to=then), back))
                return [task.model_copy(update={"next": (decision.id,)}), decision]
            case "decision":
                return self.decision(then, depth - 1, may_end=may_end)
            case "parallel":
                return self.parallel(then, depth - 1)
            case _:
                return [self.node("task", next=(then,))]

    def decision(self, then: str, depth: int, *, may_end: bool) -> list[Node]:
        nodes: list[Node] = []
        answers = []
        for number, word in enumerate(ANSWERS[: self.draw(st.integers(2, 3))]):
            branch = self.sequence(then, depth, may_end=may_end)
            if number and may_end and self.draw(st.booleans()):
                end = self.end()
                branch = [*self.sequence(end.id, depth, may_end=True), end]
            answers.append(Answer(answer=word, to=branch[0].id if branch else then))
            nodes += branch
        return [self.node("decision", answers=tuple(answers)), *nodes]

    def parallel(self, then: str, depth: int) -> list[Node]:
        join = self.node("join", next=(then,))
        branches = []
        for _ in range(self.draw(st.integers(2, 3))):
            task = self.node("task", next=(join.id,))
            branches.append([*self.sequence(task.id, depth, may_end=False), task])
            if depth and self.draw(st.booleans()):
                # A branch that ends in several flows.
                branches[-1] = self.decision(join.id, 0, may_end=False)
        split = self.node("split", next=tuple(branch[0].id for branch in branches))
        return [split, *itertools.chain.from_iterable(branches), join]

    def end(self) -> Node:
        if self.draw(st.booleans()):
            return self.node("call", pathway="ask-for-help")
        return self.node("outcome")


@st.composite
def sound_pathways(draw: st.DrawFn) -> tuple[Node, ...]:
    """The nodes of a sound pathway with one start and one end or more."""
    maker = _Maker(draw)
    end = maker.end()
    middle = maker.sequence(end.id, draw(st.integers(0, 2)), may_end=True)
    start = maker.node("start", next=((middle[0] if middle else end).id,))
    return (start, *middle, end)


def flows(nodes: tuple[Node, ...]) -> Iterator[tuple[str, str]]:
    """Each pair of nodes with a flow, once."""
    return iter(dict.fromkeys((node.id, target) for node in nodes for target in node.targets))
