"""The outline of two texts: which sections are new, gone, renamed or elsewhere. A section that moves takes along what it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from patokaz.revisions.alignment import Spot
from patokaz.revisions.kinds import Change, PartAdded, PartMoved, PartRemoved, PartRenamed
from patokaz.revisions.matching import increasing
from patokaz.revisions.passages import Section
from patokaz.revisions.places import State, joined


@dataclass(frozen=True)
class Outline:
    """``same`` gives for a section of the new text the key that it had in the old one."""

    same: Mapping[str, str]
    changes: tuple[Change, ...]


def compare_outlines(old: State, new: State) -> Outline:
    """Sections by id, by the record's ``redirects`` where an id was renamed, and for steps that no text shows by the record."""
    same = _same(old, new)
    kept = set(same.values())
    changes: list[Change] = []
    for key, place in new.places.items():
        roles = new.roles_at(key)
        if key in new.sections and key not in same:
            changes.append(PartAdded(place, roles, _spot(new.sections, key)))
        elif key not in new.sections and key in new.steps and key not in old.steps:
            changes.append(PartAdded(place, roles))
        elif same.get(key, key) != key:
            changes.append(PartRenamed(place, joined(roles, old.roles_at(same[key])), same[key]))
    changes += [
        PartRemoved(place, old.roles_at(key))
        for key, place in old.places.items()
        if (key in old.sections and key not in kept)
        or (key not in old.sections and key in old.steps and key not in new.steps)
    ]
    changes += _moved(old, new, same)
    return Outline(same, tuple(changes))


def _same(old: State, new: State) -> dict[str, str]:
    same = {key: key for key in new.sections if key in old.sections}
    for was, key in new.document.record.redirects.items():
        if key and was in old.sections and was not in new.sections and key in new.sections and key not in old.sections:
            same.setdefault(key, was)
    return same


def children(sections: Mapping[str, Section]) -> dict[str, list[str]]:
    """The keys under each parent, in order; the parent of the top is the empty key."""
    found: dict[str, list[str]] = {}
    for section in sections.values():
        found.setdefault(section.parent, []).append(section.key)
    return found


def _spot(sections: Mapping[str, Section], key: str) -> Spot:
    parent = sections[key].parent
    return parent, children(sections)[parent].index(key)


def _moved(old: State, new: State, same: Mapping[str, str]) -> Iterator[PartMoved]:
    above = {same[key]: key for key in same}
    old_index = {key: index for index, key in enumerate(old.sections)}
    for parent, keys in children(new.sections).items():
        stayed = [key for key in keys if key in same and _new_parent(old, same[key], above) == parent]
        order = [old_index[same[key]] for key in stayed]
        kept = {stayed[position] for position in increasing(order, _weights(new.sections, stayed))}
        for index, key in enumerate(keys):
            if key in same and key not in kept:
                was = same[key]
                elsewhere = key not in stayed
                yield PartMoved(
                    new.places[key],
                    joined(new.roles_at(key), old.roles_at(was)),
                    old.places[was],
                    old.places.get(old.sections[was].parent) if elsewhere else None,
                    new.places.get(parent) if elsewhere else None,
                    (parent, index),
                )


def _new_parent(old: State, was: str, above: Mapping[str, str]) -> str | None:
    """What the old parent is called in the new text; None where it is gone."""
    parent = old.sections[was].parent
    return above.get(parent) if parent else ""


def _weights(sections: Mapping[str, Section], keys: Sequence[str]) -> list[int]:
    """One for each section, and less than one in all for its words: few sections move, and of these the smaller ones."""
    held = {key: sections[key].size for key in sections}
    for section in reversed(list(sections.values())):
        if section.parent in held:
            held[section.parent] += held[section.key]
    total = sum(held[key] for key in keys) + 1
    return [total + held[key] for key in keys]
