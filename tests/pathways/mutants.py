"""Faults to seed into good pathways: each operator gives mutants with the code and the node that a check must name.

A pathway is edited as plain values (``Draft``); an operator is a function that yields one mutant for every place where
its fault can be made. The place is given as the id of the node whose finding is expected, or None for the head of the file.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from patokaz.load import MemoryTree
from patokaz.load.reading import SourceReader
from patokaz.model.base import Duration
from patokaz.model.library import Document, Library
from patokaz.model.pathway import Pathway
from patokaz.model.records import AT_ONCE
from patokaz.parse.records import to_model
from patokaz.pathways.graph import Graph, blocks, graph_of
from patokaz.pathways.resolve import Resolved, find_step, resolve

YES, NO, NOT_SURE = "answer-yes", "answer-no", "answer-not-sure"


@dataclass
class Draft:
    """A pathway as plain values: ``head`` is everything but the nodes. ``limits`` are further time limits of the library."""

    library: Library
    document: Document
    head: dict[str, Any]
    nodes: list[dict[str, Any]]
    limits: dict[str, Any] = field(default_factory=dict)

    def copy(self) -> Draft:
        return replace(self, head=copy.deepcopy(self.head), nodes=copy.deepcopy(self.nodes), limits=dict(self.limits))

    def node(self, name: str) -> dict[str, Any]:
        return next(node for node in self.nodes if node["id"] == name)

    def step(self, node: dict[str, Any]) -> Any:
        named = find_step(self.library, node["step"]) if "step" in node else None
        return named.step if named else None

    def of_type(self, *types: str) -> list[dict[str, Any]]:
        return [node for node in self.nodes if node["type"] in types]

    @property
    def source_language(self) -> str:
        return self.document.record.source_language

    @property
    def resolved(self) -> tuple[Resolved, ...]:
        return resolve(self.library, self.document)

    @property
    def graph(self) -> Graph:
        return graph_of(self.resolved)

    def text(self) -> str:
        """The file: a line for each key of the head, then a line for each node."""
        lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in self.head.items()]
        lines += ["nodes:", *(f"- {json.dumps(node, ensure_ascii=False)}" for node in self.nodes)]
        return "\n".join(lines) + "\n"

    def line_of(self, index: int) -> int:
        return len(self.head) + 2 + index

    def with_library(self) -> Library:
        """The library with this draft in place of the pathway."""
        path = self.document.pathway_path
        reader = SourceReader(MemoryTree({path: self.text().encode()}))
        loaded = reader.yaml_of(path)
        assert loaded is not None, reader.findings
        pathway, problems = to_model(Pathway, loaded[0], loaded[1])
        assert pathway is not None, problems
        document = replace(self.document, pathway=pathway)
        return replace(
            self.library,
            documents={**self.library.documents, document.id: document},
            places={**self.library.places, path: loaded[1]},
            limits={**self.library.limits, **self.limits},
        )


def draft_of(library: Library, document: Document) -> Draft:
    """The pathway of a document, to be edited."""
    assert document.pathway is not None
    plain = json.loads(document.pathway.model_dump_json(exclude_unset=True))
    nodes = plain.pop("nodes")
    return Draft(library, document, plain, nodes)


@dataclass(frozen=True)
class Mutant:
    """A draft with one fault, the code that must be found, and the index of the node (None: the head, or any node)."""

    draft: Draft
    code: str
    index: int | None


Operator = Callable[[Draft], Iterator[Mutant]]
OPERATORS: dict[str, Operator] = {}


def operator(function: Operator) -> Operator:
    OPERATORS[function.__name__] = function
    return function


def mutant(draft: Draft, code: str, name: str | None) -> Mutant:
    index = None if name is None else max(i for i, node in enumerate(draft.nodes) if node["id"] == name)
    return Mutant(draft, code, index)


def each(draft: Draft, wanted: Callable[[dict[str, Any]], object]) -> Iterator[tuple[Draft, dict[str, Any]]]:
    """A copy of the draft for every node that is ``wanted``, with that node in the copy."""
    for index, node in enumerate(draft.nodes):
        if wanted(node):
            new = draft.copy()
            yield new, new.nodes[index]


def simple(
    code: str, wanted: Callable[[dict[str, Any]], object]
) -> Callable[[Callable[[Draft, dict[str, Any]], object]], Operator]:
    """An operator that edits one node and expects the finding there; an edit that returns False is not applicable."""

    def register(edit: Callable[[Draft, dict[str, Any]], object]) -> Operator:
        def run(draft: Draft) -> Iterator[Mutant]:
            for new, node in each(draft, wanted):
                if edit(new, node) is not False:
                    yield mutant(new, code, node["id"])

        run.__name__ = edit.__name__
        return operator(run)

    return register


def is_type(*types: str) -> Callable[[dict[str, Any]], bool]:
    return lambda node: node["type"] in types


def has(key: str) -> Callable[[dict[str, Any]], bool]:
    return lambda node: bool(node.get(key))


def as_list(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value)


# Names of nodes and phases


@simple("KB801", has("next"))
def next_unknown(draft, node):
    node["next"] = [*as_list(node["next"])[:-1], "no-such-node"]


@simple("KB801", has("answers"))
def answer_to_unknown(draft, node):
    node["answers"][-1]["to"] = "no-such-node"


@simple("KB801", has("clock"))
def clock_unknown(draft, node):
    node["clock"] += "-x"


@simple("KB801", has("phase"))
def phase_unknown(draft, node):
    node["phase"] += "-x"


@simple("KB801", is_type("task"))
def pin_unknown(draft, node):
    node["pin"] = {"beside": "no-such-node"}


@operator
def id_twice(draft: Draft) -> Iterator[Mutant]:
    for index in range(1, len(draft.nodes)):
        new = draft.copy()
        new.nodes[index]["id"] = new.nodes[0]["id"]
        yield Mutant(new, "KB106", index)


# Flows of each type


@simple("KB802", is_type("start", "task", "link", "join"))
def next_dropped(draft, node):
    del node["next"]


@simple("KB802", is_type("start", "task", "link", "join"))
def next_doubled(draft, node):
    node["next"] = [*as_list(node["next"]), draft.nodes[-1]["id"]]


@simple("KB802", is_type("outcome"))
def outcome_goes_on(draft, node):
    node["next"] = draft.nodes[1]["id"]


@simple("KB802", is_type("task", "outcome", "split"))
def answers_without_question(draft, node):
    node["answers"] = [{"answer": YES, "to": draft.nodes[-1]["id"]}]


@simple("KB802", is_type("decision"))
def decision_with_next(draft, node):
    node["next"] = node["answers"][0]["to"]


@simple("KB802", is_type("split"))
def one_branch_left(draft, node):
    node["next"] = node["next"][:1]


@simple("KB802", is_type("split"))
def branch_twice(draft, node):
    node["next"] = [*node["next"], node["next"][0]]


@simple("KB803", is_type("task"))
def second_start(draft, node):
    node["type"] = "start"


@simple("KB803", is_type("start"))
def no_start(draft, node):
    node["type"] = "link"


@simple("KB803", has("answers"))
def flow_back_to_start(draft, node):
    node["answers"][-1] |= {"to": draft.of_type("start")[0]["id"], "loop": True}


# Answers


@simple("KB804", is_type("decision"))
def one_answer_left(draft, node):
    node["answers"] = node["answers"][:1]


@simple("KB804", is_type("decision"))
def answer_twice(draft, node):
    node["answers"][-1]["answer"] = node["answers"][0]["answer"]


def _without_answer(name: str) -> Callable[[Draft, dict[str, Any]], object]:
    def edit(draft: Draft, node: dict[str, Any]) -> object:
        kept = [answer for answer in node["answers"] if answer["answer"] != name]
        if len(kept) == len(node["answers"]) or not {YES, NO} & {answer["answer"] for answer in kept}:
            return False
        node["answers"] = kept
        return None

    edit.__name__ = f"without_{name.replace('-', '_')}"
    return edit


for _name in (YES, NO, NOT_SURE):
    simple("KB805", is_type("decision"))(_without_answer(_name))


@simple("KB206", is_type("decision"))
def answer_is_no_term(draft, node):
    node["answers"][0]["answer"] += "-x"


# The whole graph


def _new_task(draft: Draft, name: str, next_: str) -> dict[str, Any]:
    pattern = next(node for node in draft.nodes if "actor" in node)
    task = {"id": name, "type": "task", "actor": pattern["actor"], "accountable": pattern["actor"], "next": next_}
    if "phase" in pattern:
        task["phase"] = pattern["phase"]
    return task | {"label": dict.fromkeys(draft.library.settings.languages, "Aa")}


@operator
def orphan(draft: Draft) -> Iterator[Mutant]:
    new = draft.copy()
    new.nodes.append(_new_task(new, "orphan", new.of_type("outcome", "call")[-1]["id"]))
    yield mutant(new, "KB806", "orphan")


@operator
def only_way_taken_away(draft: Draft) -> Iterator[Mutant]:
    """The single flow to a node goes past it, to what comes after."""
    graph = draft.graph
    for name, edges in graph.incoming.items():
        after = graph.successors(name)
        if (
            len(edges) == 1
            and len(after) == 1
            and graph.nodes[edges[0].source].node.type in ("task", "decision", "link")
        ):
            new = draft.copy()
            source = new.node(edges[0].source)
            if edges[0].answer is None:
                source["next"] = after[0]
            else:
                source["answers"][edges[0].index]["to"] = after[0]
            yield mutant(new, "KB806", name)


@operator
def trap(draft: Draft) -> Iterator[Mutant]:
    for new, node in each(draft, has("answers")):
        node["answers"][0]["to"] = "trap"
        new.nodes += [_new_task(new, "trap", "still-trapped"), _new_task(new, "still-trapped", "trap")]
        yield mutant(new, "KB807", "trap")


@operator
def loop_unmarked(draft: Draft) -> Iterator[Mutant]:
    for new, node in each(draft, lambda node: any(answer.get("loop") for answer in node.get("answers", ()))):
        for answer in node["answers"]:
            answer.pop("loop", None)
        yield mutant(new, "KB808", node["id"])


@operator
def flow_turned_back(draft: Draft) -> Iterator[Mutant]:
    """An answer leads to the node just before the question."""
    graph = draft.graph
    for new, node in each(draft, has("answers")):
        before = [name for name in graph.predecessors(node["id"]) if graph.nodes[name].node.type == "task"]
        if before:
            node["answers"][-1]["to"] = before[0]
            node["answers"][-1].pop("loop", None)
            yield mutant(new, "KB808", node["id"])


@simple("KB809", has("answers"))
def loop_marked_forward(draft, node):
    forward = [answer for answer in node["answers"] if not answer.get("loop")]
    forward[-1]["loop"] = True


@operator
def every_answer_back(draft: Draft) -> Iterator[Mutant]:
    graph = draft.graph
    for new, node in each(draft, has("answers")):
        before = [name for name in graph.predecessors(node["id"]) if graph.nodes[name].node.type == "task"]
        if before:
            for answer in node["answers"]:
                answer |= {"to": before[0], "loop": True}
            yield mutant(new, "KB810", node["id"])


# Parallel parts


@operator
def join_made_a_task(draft: Draft) -> Iterator[Mutant]:
    for block in blocks(draft.graph):
        new = draft.copy()
        new.node(block.join)["type"] = "task"
        yield mutant(new, "KB811", block.split)


@operator
def branch_without_work(draft: Draft) -> Iterator[Mutant]:
    for block in blocks(draft.graph):
        new = draft.copy()
        split = new.node(block.split)
        split["next"] = [block.join, *split["next"][1:]]
        yield mutant(new, "KB811", block.split)


@operator
def branch_ends_early(draft: Draft) -> Iterator[Mutant]:
    outcomes = draft.of_type("outcome")
    for block in blocks(draft.graph):
        for edge in draft.graph.incoming[block.join] if outcomes else ():
            new = draft.copy()
            source = new.node(edge.source)
            if edge.answer is None:
                source["next"] = outcomes[0]["id"]
            else:
                source["answers"][edge.index]["to"] = outcomes[0]["id"]
            others = [
                e for e in draft.graph.incoming[block.join] if block.branch_of(e.source) == block.branch_of(edge.source)
            ]
            # The branch still comes to the join by another flow, or the parallel part falls apart.
            yield mutant(new, "KB811", outcomes[0]["id"] if len(others) > 1 else block.split)


@operator
def jump_into_a_branch(draft: Draft) -> Iterator[Mutant]:
    graph = draft.graph
    for block in blocks(graph):
        before = graph.reaching([block.split]) - graph.reachable([block.split], loops=False)
        for new, node in each(draft, lambda node: node["id"] in before and node.get("answers")):  # noqa: B023
            node["answers"][-1]["to"] = graph.successors(block.split)[-1]
            yield mutant(new, "KB811", node["id"])


@operator
def jump_to_the_join(draft: Draft) -> Iterator[Mutant]:
    graph = draft.graph
    for block in blocks(graph):
        before = graph.reaching([block.split]) - graph.reachable([block.split], loops=False)
        for new, node in each(draft, lambda node: node["id"] in before and node.get("answers")):  # noqa: B023
            node["answers"][-1]["to"] = block.join
            yield mutant(new, "KB811", node["id"])


# Calls


@simple("KB812", is_type("call"))
def call_of_unknown(draft, node):
    node["pathway"] = "no-such-pathway"


@simple("KB812", is_type("call"))
def call_of_nothing(draft, node):
    del node["pathway"]


@simple("KB812", is_type("task"))
def task_calls(draft, node):
    node["pathway"] = draft.document.id


@simple("KB813", is_type("call"))
def call_of_itself(draft, node):
    node["pathway"] = draft.document.id


# Steps, actors, facts


@simple("KB814", has("step"))
def step_unknown(draft, node):
    node["step"] += "-x"


@simple("KB814", has("step"))
def measure_unknown(draft, node):
    node["step"] = node["step"].replace(".", "-x.")


@simple("KB814", has("step"))
def document_of_step_unknown(draft, node):
    node["step"] = "SOP-999/" + node["step"].partition("/")[2]


@simple("KB815", lambda node: "actor" in node and "step" not in node)
def actor_dropped(draft, node):
    del node["actor"]


@simple("KB815", has("step"))
def actor_not_responsible(draft, node):
    others = [name for name in draft.library.roles if name not in draft.step(node).responsible]
    if not others:
        return False
    node["actor"] = others[0]
    return None


@simple("KB815", lambda node: "actor" in node and "step" in node)
def actor_of_several_dropped(draft, node):
    if len(draft.step(node).responsible) < 2:
        return False
    del node["actor"]
    return None


@simple("KB201", has("actor"))
def actor_unknown(draft, node):
    node["actor"] += "-x"


@simple("KB816", lambda node: node["type"] == "task" and "step" not in node)
def nobody_accountable(draft, node):
    del node["accountable"]


@simple("KB817", has("step"))
def limit_said_twice(draft, node):
    if not draft.step(node).limit:
        return False
    node["limit"] = draft.step(node).limit
    return None


@simple("KB817", has("step"))
def accountable_said_twice(draft, node):
    node["accountable"] = draft.step(node).accountable


@simple("KB817", has("step"))
def source_said_twice(draft, node):
    if not draft.step(node).sources:
        return False
    node["sources"] = [draft.step(node).sources[0]]
    return None


def _wrong_name(key: str, value: str, code: str) -> None:
    def edit(draft: Draft, node: dict[str, Any]) -> None:
        node[key] = [*node.get(key, ()), value]

    edit.__name__ = f"{key}_unknown"
    simple(code, is_type("task", "outcome"))(edit)


_wrong_name("forms", "FORM-999", "KB204")
_wrong_name("basis", "no-such-law/1", "KB205")
_wrong_name("contacts", "no-such-line", "KB212")
_wrong_name("sources", "S9999", "KB211")
_wrong_name("informed", "no-such-role", "KB201")
_wrong_name("does", "no-such-event", "KB833")


# Limits and clocks


def _due(duration: str, draft: Draft) -> dict[str, Any]:
    limit = next(iter(draft.library.limits.values()))
    name = f"mutant-{duration.lower()}"
    return {name: limit.model_copy(update={"id": name, "duration": Duration.parse(duration), "bound": "at-most"})}


@simple("KB203", lambda node: "step" not in node and node["type"] == "task")
def limit_unknown(draft, node):
    node["limit"] = "no-such-limit"


@simple("KB818", has("clock"))
def clock_dropped(draft, node):
    del node["clock"]


@simple("KB818", has("clock"))
def clock_is_the_node(draft, node):
    node["clock"] = node["id"]


@simple("KB818", has("clock"))
def clock_comes_later(draft, node):
    later = draft.graph.reachable([node["id"]], loops=False) - {node["id"]}
    if not later:
        return False
    node["clock"] = sorted(later)[0]
    return None


@simple("KB818", lambda node: "step" not in node and node.get("limit") in (None, AT_ONCE) and node["type"] == "task")
def clock_without_length(draft, node):
    node["clock"] = draft.nodes[0]["id"]


@operator
def due_before_an_earlier_one(draft: Draft) -> Iterator[Mutant]:
    graph, start = draft.graph, str(draft.graph.start)
    free = [n["id"] for n in draft.of_type("task", "decision", "call") if not graph.nodes[n["id"]].limit]
    for earlier in free:
        for later in free:
            if later != earlier and later in graph.reachable([earlier], loops=False):
                new = draft.copy()
                new.limits = _due("P9D", draft) | _due("P8D", draft)
                new.node(earlier).update(limit="mutant-p9d", clock=start)
                new.node(later).update(limit="mutant-p8d", clock=start)
                yield mutant(new, "KB819", later)


# Phases, lanes, pins, urgency


@simple("KB820", has("phase"))
def phase_dropped(draft, node):
    del node["phase"]


@operator
def phase_without_nodes(draft: Draft) -> Iterator[Mutant]:
    new = draft.copy()
    new.head["phases"] = [*new.head.get("phases", []), {"id": "empty", "title": {"en": "A", "mk": "А", "sq": "A"}}]
    yield Mutant(new, "KB820", None)


@operator
def phase_too_full(draft: Draft) -> Iterator[Mutant]:
    new = draft.copy()
    ends = new.of_type("outcome", "call")[-1]["id"]
    new.nodes += [_new_task(new, f"more-{number}", ends) for number in range(17)]
    yield Mutant(new, "KB821", None)


@operator
def too_many_nodes(draft: Draft) -> Iterator[Mutant]:
    new = draft.copy()
    ends = new.of_type("outcome", "call")[-1]["id"]
    new.nodes += [_new_task(new, f"more-{number}", ends) for number in range(500)]
    yield Mutant(new, "KB822", 120)


@operator
def lane_dropped(draft: Draft) -> Iterator[Mutant]:
    if draft.head.get("lanes"):
        new = draft.copy()
        new.head["lanes"] = new.head["lanes"][1:]
        yield Mutant(new, "KB831", None)


@operator
def lane_twice(draft: Draft) -> Iterator[Mutant]:
    new = draft.copy()
    lanes = new.head.get("lanes") or list(dict.fromkeys(node.actor for node in draft.resolved))
    new.head["lanes"] = [*lanes, lanes[0]]
    yield Mutant(new, "KB831", None)


@simple("KB830", is_type("task"))
def pin_empty(draft, node):
    node["pin"] = {}


@simple("KB830", is_type("task"))
def pin_beside_itself(draft, node):
    node["pin"] = {"beside": node["id"]}


@simple("KB829", is_type("decision"))
def two_answers_straight(draft, node):
    for answer in node["answers"]:
        answer["main"] = True


@operator
def urgent_question_late(draft: Draft) -> Iterator[Mutant]:
    """Only a question that others always come before is urgent."""
    graph = draft.graph
    questions = frozenset(node["id"] for node in draft.of_type("decision"))
    for new, node in each(draft, is_type("decision")):
        if node["id"] not in graph.reachable([str(graph.start)], without=questions - {node["id"]}):
            for other in new.nodes:
                other.pop("urgency", None)
            node["urgency"] = "danger"
            yield mutant(new, "KB828", node["id"])


@simple("KB828", is_type("task", "outcome"))
def urgency_without_question(draft, node):
    node["urgency"] = "danger"


# Words


@simple("KB823", lambda node: "label" in node and "step" not in node)
def label_dropped(draft, node):
    del node["label"]


@simple("KB823", has("label"))
def label_without_original(draft, node):
    del node["label"][draft.source_language]


@simple("KB824", has("label"))
def label_copied(draft, node):
    original = node["label"][draft.source_language]
    others = [language for language in node["label"] if language != draft.source_language]
    if len(original) < 15 or not others:
        return False
    node["label"][others[0]] = original
    return None


@simple("KB825", has("label"))
def label_too_long(draft, node):
    node["label"][draft.source_language] += " and so on" * 9


@simple("KB826", has("label"))
def label_in_unknown_language(draft, node):
    node["label"]["xx"] = "X"


@simple("KB827", has("label"))
def number_lost(draft, node):
    others = [language for language in node["label"] if language != draft.source_language]
    if not others:
        return False
    node["label"][others[-1]] += " 7"
    return None


@simple("KB601", has("label"))
def translation_lost(draft, node):
    others = [language for language in node["label"] if language != draft.source_language]
    if not others:
        return False
    del node["label"][others[0]]
    return None


@operator
def stamp_lost(draft: Draft) -> Iterator[Mutant]:
    for language in draft.head.get("translations", {}):
        new = draft.copy()
        del new.head["translations"][language]
        yield Mutant(new, "KB603", None)


@operator
def original_changed(draft: Draft) -> Iterator[Mutant]:
    for new, node in each(draft, has("label")):
        if new.head.get("translations"):
            node["label"][draft.source_language] += "!"
            yield Mutant(new, "KB604", None)


@operator
def original_stamped(draft: Draft) -> Iterator[Mutant]:
    new = draft.copy()
    new.head.setdefault("translations", {})[draft.source_language] = {"fingerprint": "01234567", "by": "X"}
    yield Mutant(new, "KB605", None)


# Safeguards


def _events(entry: dict[str, Any]) -> Sequence[str]:
    return entry.get("does", ())


@operator
def safeguard_forgotten(draft: Draft) -> Iterator[Mutant]:
    """What a safeguard requires, and what would exempt from it, happens nowhere any more."""
    for safeguard in draft.library.safeguards.values():
        saving = {*safeguard.requires, *safeguard.unless}
        if safeguard.when or any(saving & set(node.named.step.does) for node in draft.resolved if node.named):
            continue
        for node in draft.resolved:
            if safeguard.event in node.does:
                new = draft.copy()
                for entry in [*new.nodes, *(answer for other in new.nodes for answer in other.get("answers", ()))]:
                    entry["does"] = [event for event in _events(entry) if event not in saving]
                yield mutant(new, "KB835", node.id)


@operator
def forbidden_event_first(draft: Draft) -> Iterator[Mutant]:
    for safeguard in draft.library.safeguards.values():
        if safeguard.position == "before" and not safeguard.when:
            new = draft.copy()
            new.nodes[0]["does"] = [safeguard.event]
            yield Mutant(new, "KB835", 0)
