"""Two states of a document → typed changes; and the changes back onto the old text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from patokaz.model.glossary import Limit
from patokaz.model.library import Document
from patokaz.revisions.alignment import Alignment, Spot, align
from patokaz.revisions.facts import article_facts, document_facts, field_changes, limit_facts, step_facts
from patokaz.revisions.kinds import (
    SECTIONS,
    Change,
    PartAdded,
    PartMoved,
    PartRemoved,
    PartRenamed,
    PassageAdded,
    PassageLeft,
    PassageMoved,
    PassageRemoved,
    Place,
    Renumbered,
    Reworded,
)
from patokaz.revisions.matching import Budget
from patokaz.revisions.nodes import pathway_changes
from patokaz.revisions.outline import children, compare_outlines
from patokaz.revisions.passages import Passage, Section, numbers
from patokaz.revisions.places import State, compared_language, joined
from patokaz.revisions.words import pieces, side

_ORDER = (PartAdded, PartRemoved, PartMoved, PartRenamed)


def compare(
    old: Document,
    new: Document,
    language: str,
    *,
    old_limits: Mapping[str, Limit],
    new_limits: Mapping[str, Limit],
    budget: Budget | None = None,
) -> tuple[Change, ...]:
    """What changed from ``old`` to ``new``, two states of one document, place by place in the order of the new one.

    Texts are compared in ``language``, or in the language of the original where not both states have it. What is gone stands
    after what was before it. ``budget`` bounds the work; past it a wording counts as replaced.
    """
    language = compared_language(old, new, language)
    budget = budget or Budget()
    a, b = State(old, language), State(new, language)
    outline = compare_outlines(a, b)
    changes: list[Change] = [*document_facts(a, b), *outline.changes]
    changes += step_facts(a, b, old_limits, new_limits, outline.same)
    changes += [*article_facts(a, b), *limit_facts(b, old_limits, new_limits)]
    changes += _passages(a, b, outline.same, align(a.sections, b.sections, outline.same, budget), budget)
    changes += field_changes(a, b)
    changes += pathway_changes(a, b, old_limits, new_limits, budget)
    return _in_order(changes, a, b)


def _in_order(changes: Sequence[Change], old: State, new: State) -> tuple[Change, ...]:
    """By place; at a place first what became of it, then facts, then wordings as they stand."""
    sections = _merged([*new.places.values()], [*old.places.values()])
    nodes = _merged([*new.node_places.values()], [*old.node_places.values()])
    # Fields and phases stand between the text and the nodes, in the order in which they were found.
    rank = {_key(place): index for index, place in enumerate([*sections, Place("phase"), *nodes])}
    between = rank["phase", ""]
    return tuple(
        sorted(changes, key=lambda change: (rank.get(_key(change.place), between), not isinstance(change, _ORDER)))
    )


def _key(place: Place) -> tuple[str, str]:
    """A place apart from its number and title. A heading may have become that of a step."""
    return ("section" if place.kind in SECTIONS else place.kind), place.id


def _merged(new: Sequence[Place], old: Sequence[Place]) -> list[Place]:
    """The new places, with each old one that is gone after what it stood after."""
    known = {_key(place) for place in new}
    after: dict[tuple[str, str] | None, list[Place]] = {}
    last: tuple[str, str] | None = None
    for place in old:
        if _key(place) in known:
            last = _key(place)
        else:
            after.setdefault(last, []).append(place)
    merged = after.get(None, [])
    for place in new:
        merged += [place, *after.get(_key(place), ())]
    return merged


def _passages(
    old: State, new: State, same: Mapping[str, str], alignment: Alignment, budget: Budget
) -> Iterator[Change]:
    old_numbers = {key: numbers(section.passages) for key, section in old.sections.items()}
    new_numbers = {key: numbers(section.passages) for key, section in new.sections.items()}
    origin = {there: here for here, there in alignment.moved}
    gone = dict(alignment.moved)
    now = {was: key for key, was in same.items()}
    for key, section in new.sections.items():
        was = same.get(key)
        place, roles = new.places[key], new.roles_at(key)
        pairs = {j: i for i, j in alignment.kept.get(key, ())}
        if was is not None:
            roles = joined(roles, old.roles_at(was))
        for j, passage in enumerate(section.passages):
            number = new_numbers[key][j]
            if j in pairs and was is not None:
                before = old.sections[was].passages[pairs[j]]
                if before != passage:
                    parts = pieces(before.words, passage.words, budget)
                    forms = before.form, passage.form
                    yield Reworded(place, roles, (was, pairs[j]), (key, j), parts, *forms, number)
            elif (key, j) in origin:
                here = origin[key, j]
                both = joined(roles, old.roles_at(here[0]))
                yield PassageMoved(place, both, here, (key, j), passage, old.places[here[0]], number)
            else:
                yield PassageAdded(place, roles, (key, j), passage, number)
        if was is not None:
            yield from _removed(old, was, place, roles, set(pairs.values()), gone, old_numbers[was])
            yield from _left(old.sections[was], key, place, roles, gone, new)
            yield from _renumbered(place, roles, pairs, old_numbers[was], new_numbers[key])
    for key in old.sections:
        if key not in now:
            yield from _removed(old, key, old.places[key], old.roles_at(key), set(), gone, old_numbers[key])
            yield from _left(old.sections[key], "", old.places[key], old.roles_at(key), gone, new)


def _left(
    section: Section, key: str, place: Place, roles: tuple[str, ...], gone: Mapping[Spot, Spot], new: State
) -> Iterator[Change]:
    """Passages that stand in another section now; ``key`` is what this one is called now."""
    for i, passage in enumerate(section.passages):
        there = gone.get((section.key, i))
        if there is not None and there[0] != key:
            yield PassageLeft(place, joined(roles, new.roles_at(there[0])), passage, new.places[there[0]])


def _removed(
    old: State,
    key: str,
    place: Place,
    roles: tuple[str, ...],
    kept: set[int],
    gone: Mapping[Spot, Spot],
    items: Sequence[str],
) -> Iterator[Change]:
    for i, passage in enumerate(old.sections[key].passages):
        if i not in kept and (key, i) not in gone:
            yield PassageRemoved(place, roles, (key, i), passage, items[i])


def _renumbered(
    place: Place, roles: tuple[str, ...], pairs: Mapping[int, int], old: Sequence[str], new: Sequence[str]
) -> Iterator[Change]:
    """Runs of items that kept their wording and have other numbers: one change for each run with one shift."""
    run: list[tuple[str, str]] = []
    for j in range(len(new)):
        pair = (old[pairs[j]], new[j]) if j in pairs else ("", "")
        if run and pair[0] and pair[0] != pair[1] and _follows(run[-1], pair):
            run.append(pair)
            continue
        if run:
            yield Renumbered(place, roles, (run[0][0], run[-1][0]), (run[0][1], run[-1][1]))
            run = []
        if pair[0] and pair[1] and pair[0] != pair[1]:
            run = [pair]
    if run:
        yield Renumbered(place, roles, (run[0][0], run[-1][0]), (run[0][1], run[-1][1]))


def _follows(last: tuple[str, str], pair: tuple[str, str]) -> bool:
    for before, after in zip(last, pair, strict=True):
        stem, _, number = before.rpartition(".")
        if after != f"{stem}{'.' if stem else ''}{int(number) + 1}":
            return False
    return True


def by_role(changes: Sequence[Change], order: Sequence[str] = ()) -> dict[str, tuple[Change, ...]]:
    """The changes for each role that any of them concerns: under the empty name those for everybody, then roles in ``order``."""
    grouped = {"": tuple(change for change in changes if not change.roles)}
    for role in joined(tuple(order), *(change.roles for change in changes)):
        grouped[role] = tuple(change for change in changes if role in change.roles)
    return {role: found for role, found in grouped.items() if found}


def apply(old: Sequence[Section], changes: Sequence[Change]) -> tuple[Section, ...]:
    """The old sections with the changes made: the new ones.

    Raises ``ValueError`` where the pieces of a wording do not fit the old one.
    """
    sections = {section.key: section for section in old}
    tree = children(sections)
    place_of: dict[str, Spot] = {}
    renamed: dict[str, str] = {}
    out: set[str] = set()
    for change in changes:
        if change.place.kind not in ("intro", *SECTIONS):
            continue
        match change:
            case PartAdded(at=at) if at is not None:
                place_of[change.place.id] = at
            case PartMoved(at=at) if at is not None:
                place_of[change.place.id] = at
                out.add(change.was.id)
            case PartRemoved():
                out.add(change.place.id)
            case PartRenamed(was=was):
                renamed[was] = change.place.id
    return tuple(_rebuilt(sections, tree, place_of, renamed, out, changes))


def _rebuilt(
    sections: Mapping[str, Section],
    tree: Mapping[str, list[str]],
    place_of: Mapping[str, Spot],
    renamed: Mapping[str, str],
    out: set[str],
    changes: Sequence[Change],
) -> Iterator[Section]:
    below: dict[str, list[str]] = {}
    for parent, keys in tree.items():
        below[renamed.get(parent, parent)] = [renamed.get(key, key) for key in keys if key not in out]
    for key, (parent, index) in sorted(place_of.items(), key=lambda item: item[1]):
        below.setdefault(parent, []).insert(index, key)
    was = {new: old for old, new in renamed.items()}
    texts = _texts({key: list(section.passages) for key, section in sections.items()}, was, changes)

    def walk(parent: str) -> Iterator[Section]:
        for key in below.get(parent, ()):
            passages = tuple(texts.get(key, ()))
            heading = passages[0] if passages and passages[0].kind == "heading" and key else None
            yield Section(key, parent, int(heading.container[0][5:]) if heading else 0, passages)
            if heading:
                yield from walk(key)

    yield from walk("")


def _texts(
    old: Mapping[str, list[Passage]], was: Mapping[str, str], changes: Sequence[Change]
) -> dict[str, list[Passage]]:
    """The passages of each section: those that stay in order, with those that come at their places."""
    gone: set[Spot] = set()
    reworded: dict[Spot, Passage] = {}
    come: dict[str, list[tuple[int, Passage]]] = {}
    for change in changes:
        match change:
            case PassageAdded(at=at, passage=passage):
                come.setdefault(at[0], []).append((at[1], passage))
            case PassageRemoved(was=spot):
                gone.add(spot)
            case PassageMoved(was=spot, at=at, passage=passage):
                gone.add(spot)
                come.setdefault(at[0], []).append((at[1], passage))
            case Reworded(was=spot, pieces=parts, old_form=form):
                before = old[spot[0]][spot[1]]
                if side(parts, "deleted") != before.words or form != before.form:
                    raise ValueError(f"the change of passage {spot} is not one of this text")
                reworded[spot] = Passage(*change.form, side(parts, "inserted"))
    texts: dict[str, list[Passage]] = {}
    for key in {*come, *old, *was}:
        before_key = was.get(key, key)
        kept = [
            reworded.get((before_key, i), passage)
            for i, passage in enumerate(old.get(before_key, ()))
            if (before_key, i) not in gone
        ]
        for index, passage in sorted(come.get(key, ()), key=lambda item: item[0]):
            kept.insert(index, passage)
        texts[key] = kept
    return texts


__all__ = ["Change", "apply", "by_role", "compare"]
