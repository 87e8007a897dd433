"""Rules about what a node says: its step, who acts, by when, on what legal basis."""

from __future__ import annotations

from patokaz.findings import did_you_mean
from patokaz.model.base import Duration
from patokaz.model.records import AT_ONCE, LawRecord, SopRecord
from patokaz.pathways.walks import longest_minutes, shortest_minutes
from patokaz.rules.inspection import Inspection, Yield
from patokaz.rules.registry import Context, pathway_rule, rule

_ONE_FACT = ("accountable", "consulted", "informed", "limit")
"""Keys that a node does not add to those of its step but would replace."""

_MORE_FACTS = ("forms", "basis", "contacts", "sources", "does")
"""Keys to which a node may add."""


@pathway_rule("KB814")
def steps_exist(item: Inspection) -> Yield:
    """Document, measure and step of `step`."""
    library = item.library
    for node in item.nodes:
        name = node.node.step
        if name is None or node.named is not None:
            continue
        where = item.at("nodes", node.index, "step")
        document_id, _, rest = name.partition("/")
        measure_id, _, step_id = rest.partition(".")
        record = library.documents[document_id].record if document_id in library.documents else None
        if document_id in library.broken:
            continue
        if not isinstance(record, SopRecord):
            sops = [document.id for document in library.of_kind("sop")]
            hint = did_you_mean(document_id, sops) or "name a step as `SOP-02/measure.step`"
            yield where, f"`{node.id}` names a step of `{document_id}`, which is no SOP here", hint
            continue
        steps = [f"{m.id}.{s.id}" for m in record.measures for s in m.steps]
        by_end = [full for full in steps if full.endswith(f".{step_id}")]
        hint = did_you_mean(f"{measure_id}.{step_id}", by_end or steps)
        yield where, f"{document_id} has no step `{rest}`", hint or "write a measure and a step of its record.yml"


@pathway_rule("KB815")
def nodes_have_an_actor(item: Inspection) -> Yield:
    """Otherwise nobody acts, or somebody whom the step does not ask."""
    for node in item.nodes:
        actor = node.node.actor
        if node.named is None:
            if actor is None and node.node.step is None:
                yield item.at("nodes", node.index, "id"), f"`{node.id}` has no actor", "add `actor:` with a role"
        elif actor is not None and actor not in node.responsible and actor in item.library.roles:
            hint = did_you_mean(actor, node.responsible) or f"it is `{node.responsible[0]}`"
            message = f"`{actor}` is not responsible for {node.node.step}"
            yield item.at("nodes", node.index, "actor"), message, hint
        elif actor is None and len(node.responsible) > 1:
            several = ", ".join(f"`{name}`" for name in node.responsible)
            message = f"several are responsible for {node.node.step}, and `{node.id}` does not say which"
            yield item.at("nodes", node.index, "step"), message, f"add `actor:` with one of {several}"


@pathway_rule("KB816")
def tasks_have_one_accountable(item: Inspection) -> Yield:
    """The responsibilities of a task: its actor does it, one role answers for it."""
    for node in item.nodes:
        if node.node.type == "task" and node.node.step is None and node.accountable is None:
            hint = "add `accountable:` with a role, or `step:`"
            yield item.at("nodes", node.index, "id"), f"nobody is accountable for the task `{node.id}`", hint


@pathway_rule("KB817")
def facts_stand_once(item: Inspection) -> Yield:
    """Of two places one would be forgotten when the fact changes."""
    for node in item.nodes:
        if node.named is None:
            continue
        step, name = node.named.step, node.node.step
        for key in _ONE_FACT:
            # A step without a limit leaves it to the pathway; the roles of a step are complete.
            if getattr(node.node, key) and (key != "limit" or step.limit):
                message = f"`{key}` of `{node.id}` is already said by {name}"
                yield item.at("nodes", node.index, key), message, "remove it here, or correct the step"
        for key in _MORE_FACTS:
            for number, value in enumerate(getattr(node.node, key)):
                if value in getattr(step, key):
                    message = f"`{value}` stands in `{key}` of {name} already"
                    yield item.at("nodes", node.index, key, number), message, "remove it here"


@pathway_rule("KB818")
def clocks_run(item: Inspection) -> Yield:
    """Nobody can keep a limit without knowing from when it runs. `at-once` needs no clock."""
    graph, limits = item.graph, item.library.limits
    for node in item.nodes:
        clock, timed = node.node.clock, node.limit in limits
        if clock is None:
            if timed:
                message = f"the limit `{node.limit}` of `{node.id}` has no clock"
                hint = "add `clock:` with the node with which it begins to run"
                yield item.at_fact(node, "limit"), message, hint
            continue
        where = item.at("nodes", node.index, "clock")
        if node.limit is None or node.limit == AT_ONCE:
            why = "has no limit" if node.limit is None else "is done at once"
            yield where, f"`{node.id}` {why}, but has a clock", "remove `clock`, or name the limit"
        elif clock in graph.nodes and graph.start is not None:
            around = graph.reachable([graph.start], without=frozenset({clock}))
            if clock == node.id or node.id in around:
                message = f"the clock of `{node.id}` is `{clock}`, which does not come before it on every path"
                yield where, message, "choose a node through which every path to it leads"


@pathway_rule("KB819", sound=True)
def later_is_not_due_earlier(item: Inspection) -> Yield:
    """One of the two limits could not be kept, or would mean nothing."""
    graph, limits = item.graph, item.library.limits
    timed = [node for node in item.nodes if node.node.clock and node.limit in limits]
    for later in timed:
        limit = limits[str(later.limit)]
        if limit.bound == "at-least":
            continue
        for earlier in timed:
            other = limits[str(earlier.limit)]
            if earlier.node.clock != later.node.clock or earlier.id == later.id:
                continue
            sooner = longest_minutes(limit.duration) < shortest_minutes(other.duration)
            if sooner and later.id in graph.reachable([earlier.id], loops=False):
                yield (
                    item.at_fact(later, "limit"),
                    f"`{later.id}` is due {_length(limit.duration)} after `{later.node.clock}`, the earlier `{earlier.id}` {_length(other.duration)} after it",
                    "correct one of the limits, or the clock",
                )


def _length(duration: Duration) -> str:
    parts = [(duration.years, "year"), (duration.months, "month"), (duration.days, "day")]
    parts += [(duration.hours, "hour"), (duration.minutes, "minute")]
    return " ".join(f"{number} {name}{'' if number == 1 else 's'}" for number, name in parts if number)


@rule("KB832")
def basis_is_in_force(context: Context) -> Yield:
    """`standing` of the law; what superseded it may say something else."""
    library = context.library
    superseded = {
        document.id: document.record.instrument.superseded_by
        for document in library.of_kind("law")
        if isinstance(document.record, LawRecord) and document.record.instrument.standing == "superseded"
    }

    def hint(law: str) -> str:
        newer = superseded[law]
        return f"see whether `{newer}` says the same, and name that" if newer else "name the law that is in force"

    for item in context.pathways:
        for node in item.nodes:
            for name in node.basis:
                law = name.partition("/")[0]
                if law in superseded:
                    yield (
                        item.at_entry(node, "basis", name),
                        f"`{node.id}` rests on `{name}`, which is superseded",
                        hint(law),
                    )
    for number, safeguard in enumerate(library.safeguards.values()):
        for index, name in enumerate(safeguard.basis):
            law = name.partition("/")[0]
            if law in superseded:
                where = library.places["glossary/safeguards.yml"].at(number, "basis", index)
                yield where, f"safeguard `{safeguard.id}` rests on `{name}`, which is superseded", hint(law)
