"""Rules about safeguards: their events, their basis, and the paths that break them."""

from __future__ import annotations

from collections.abc import Mapping

from patokaz.findings import Location, did_you_mean
from patokaz.model.pathway import Safeguard
from patokaz.pathways.safeguards import Occurrence, Visit, search
from patokaz.rules.inspection import Inspection, Yield, arrows
from patokaz.rules.names import in_answers, in_nodes, in_steps
from patokaz.rules.registry import Context, rule

FILE = "glossary/safeguards.yml"


@rule("KB833")
def events_are_known(context: Context) -> Yield:
    """In steps of records, nodes and answers: an event with a typing error would switch a safeguard off."""
    library = context.library
    if "safeguards" in library.unreadable:
        return
    known = {event for safeguard in library.safeguards.values() for event in _events(safeguard)}
    for where, event in [*in_steps(library, "does"), *in_nodes(library, "does"), *in_answers(library, "does")]:
        if event not in known:
            hint = did_you_mean(event, known) or f"let a safeguard of {FILE} speak of it, or remove it"
            yield where, f"no safeguard speaks of the event `{event}`", hint


def _events(safeguard: Safeguard) -> tuple[str, ...]:
    return (safeguard.event, *safeguard.requires, *safeguard.when, *safeguard.unless)


@rule("KB834")
def safeguards_guard_something(context: Context) -> Yield:
    """Said only where there are pathways."""
    done = {
        event
        for item in context.pathways
        for node in item.nodes
        for event in (*node.does, *(event for answer in node.node.answers for event in answer.does))
    }
    for number, safeguard in enumerate(context.library.safeguards.values()):
        if context.pathways and safeguard.event not in done:
            where = context.library.places[FILE].at(number, "event")
            message = f"no pathway does `{safeguard.event}`, so the safeguard `{safeguard.id}` guards nothing"
            yield where, message, did_you_mean(safeguard.event, done) or "add the event to the node where it happens"


@rule("KB835")
def safeguards_hold(context: Context) -> Yield:
    """On every path of every pathway, also through calls, with parallel branches in any order."""
    items = {item.document.id: item for item in context.pathways}
    for safeguard in context.library.safeguards.values():
        reported: set[Occurrence] = set()
        # A pathway on its own comes before those that call it, so that its own faults are shown from its own start.
        for item in sorted(items.values(), key=lambda item: len(_called(item, items) or ())):
            called = _called(item, items)
            if called is None:
                continue
            verdict = search(safeguard, item.document.id, {name: items[name].nodes for name in called})
            if not verdict.complete:
                message = f"the pathway has too many paths to prove the safeguard `{safeguard.id}`"
                yield item.at("nodes", 0, "id"), message, "split it into pathways that call each other"
            for breach in verdict.breaches:
                if breach.occurrence not in reported:
                    reported.add(breach.occurrence)
                    where = _at(items[breach.occurrence.document], breach.occurrence)
                    yield where, _message(safeguard, item.document.id, breach.path), _hint(safeguard, breach.occurrence)


def _called(item: Inspection, items: Mapping[str, Inspection]) -> tuple[str, ...] | None:
    """The document of a pathway and those that it calls, at last too; None where one is not sound or calls go in a circle."""
    found: list[str] = []

    def visit(name: str, above: tuple[str, ...]) -> bool:
        if name in above or name not in items or not items[name].sound:
            return False
        if name not in found:
            found.append(name)
            called = [node.pathway for node in items[name].pathway.nodes if node.pathway]
            return all(visit(other, (*above, name)) for other in called)
        return True

    return tuple(found) if visit(item.document.id, ()) else None


def _at(item: Inspection, occurrence: Occurrence) -> Location:
    node = item.graph.nodes[occurrence.node]
    if occurrence.answer is None:
        return item.at_entry(node, "does", occurrence.event)
    events = node.node.answers[occurrence.answer].does
    return item.at_node(node.id, "answers", occurrence.answer, "does", events.index(occurrence.event))


def _message(safeguard: Safeguard, root: str, path: tuple[Visit, ...]) -> str:
    steps = [
        (visit.node if visit.document == root else f"{visit.document}/{visit.node}")
        + (f" ({visit.answer})" if visit.answer else "")
        for visit in path
    ]
    return f"a path breaks the safeguard `{safeguard.id}`: {arrows(steps)}"


def _hint(safeguard: Safeguard, occurrence: Occurrence) -> str:
    wanted = " or ".join(f"`{event}`" for event in safeguard.requires)
    where = "somewhere on the path" if safeguard.position == "anywhere" else f"before `{occurrence.event}`"
    after = f", after `{'` or `'.join(safeguard.when)}`" if safeguard.when else ""
    return f"{wanted} must happen {where}{after}: {safeguard.why.get('en') or next(iter(safeguard.why.values()), '')}"


@rule("KB836")
def safeguards_have_a_basis(context: Context) -> Yield:
    """What the law does not say is not stated as if it did."""
    for number, safeguard in enumerate(context.library.safeguards.values()):
        if not safeguard.basis and not safeguard.unverified:
            where = context.library.places[FILE].at(number)
            hint = "add `basis: [instrument/article]` or `unverified: true`"
            yield where, f"safeguard `{safeguard.id}` has no legal basis", hint
