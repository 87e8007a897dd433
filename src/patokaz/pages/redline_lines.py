"""One change in words: a label, and either the old and the new value or the words with what was deleted and inserted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from patokaz.model.glossary import Limit
from patokaz.model.library import Document
from patokaz.pages.redline_names import Names
from patokaz.pages.wording import capital
from patokaz.revisions import kinds
from patokaz.revisions.inline import Run, runs
from patokaz.revisions.kinds import Change, Place, Value
from patokaz.revisions.words import whole

_LABELS = {
    "responsible": "who",
    "actor": "who",
    "limit": "by_when",
    "forms": "with_form",
    "contacts": "whom_to_call",
    "review_every": "redline_review",
    "shown_with": "used_in",
    "paper": "redline_paper",
    "source_language": "redline_original",
    "date": "instrument_date",
    "aliases": "also_cited",
    "number": "redline_number",
    "type": "redline_type",
    "options": "redline_options",
    "groups": "redline_signs",
    "lines": "redline_lines",
    "does": "redline_events",
    "lanes": "redline_lanes",
    "phase": "redline_phase",
    "clock": "timeline_runs_from",
    "urgency": "urgent",
}
"""The key of the word for each fact whose own key is not that of its word."""

_PLACES = {
    "measure": "measure",
    "step": "step",
    "field": "redline_field",
    "phase": "redline_phase",
    "node": "pathway",
    "document": "redline_document",
    "intro": "redline_intro",
}
"""The key of the word before a place; articles and other sections stand without one."""


@dataclass(frozen=True)
class Line:
    """One change in words. A fact has ``old`` and ``new`` (empty: nothing), a wording has ``runs``; a fact of something new has both."""

    label: str
    old: str = ""
    new: str = ""
    runs: tuple[Run, ...] = ()

    def as_inserted(self) -> Line:
        """The new value of a fact as inserted words, where there was no old one to set it against."""
        return replace(self, runs=(Run("inserted", self.new),))


@dataclass(frozen=True)
class Compared:
    """What is compared: the two states, what they are called (a number, or :data:`patokaz.pages.redline.WORKING`), and the limits of each."""

    old: Document
    new: Document
    old_name: str
    new_name: str
    old_limits: Mapping[str, Limit]
    new_limits: Mapping[str, Limit]


def place_words(place: Place, names: Names) -> str:
    """``Step 1.2: Ask the child``."""
    words = names.view.words
    title = plain(place.title, names, {})
    if place.kind == "article":
        return f"{capital(words['article'].format(number=place.number))}: {title}" if place.number else title
    kind = words[_PLACES[place.kind]] if place.kind in _PLACES else ""
    before = f"{kind} {place.number}".strip()
    return ": ".join(part for part in (before, title) if part)


def plain(markdown: str, names: Names, limits: Mapping[str, Limit]) -> str:
    """Markdown of one passage as words alone."""
    return "".join(names.run(run, limits) for run in runs(whole("equal", markdown)))


def state_of(change: Change, names: Names) -> str:
    """What became of a place: added, removed, moved; empty for all other changes."""
    words = names.view.words
    match change:
        case kinds.PartAdded():
            return words["redline_added"]
        case kinds.PartRemoved():
            return words["redline_removed"]
        case kinds.PartMoved(was=was, old_parent=old, new_parent=new) if old and new:
            return words["redline_moved_between"].format(
                old=place_words(old, names), new=place_words(new, names)
            ) + _was(was, change.place, names)
        case kinds.PartMoved(was=was):
            return words["redline_moved"] + _was(was, change.place, names)
    return ""


def _was(was: Place, now: Place, names: Names) -> str:
    if not was.number or was.number == now.number:
        return ""
    return f" ({names.view.words['redline_was'].format(number=was.number)})"


def lines_of(change: Change, names: Names, compared: Compared) -> Iterator[Line]:
    """The lines of a change; none for what :func:`state_of` says."""
    words = names.view.words
    match change:
        case kinds.FactChanged():
            line = _fact(change, names)
            # Both are empty where the edition shows neither.
            if line.old or line.new:
                yield line
        case kinds.PassageAdded(passage=passage, number=number):
            label = f"{_form(passage.form, number, names)}, {words['redline_added']}"
            yield Line(label, runs=_said(runs(whole("inserted", passage.words)), names, compared))
        case kinds.PassageRemoved(passage=passage, number=number):
            label = f"{_form(passage.form, number, names)}, {words['redline_removed']}"
            yield Line(label, runs=_said(runs(whole("deleted", passage.words)), names, compared))
        case kinds.PassageMoved(passage=passage, number=number, origin=origin):
            moved = words["redline_moved"]
            if origin.id != change.place.id:
                moved = words["redline_moved_from"].format(place=place_words(origin, names))
            label = f"{_form(passage.form, number, names)}, {moved}"
            yield Line(label, runs=_said(runs(whole("equal", passage.words)), names, compared))
        case kinds.PassageLeft(passage=passage, to=to):
            moved = words["redline_moved_to"].format(place=place_words(to, names))
            label = f"{_form(passage.form, '', names)}, {moved}"
            yield Line(label, runs=_said(runs(whole("equal", passage.words)), names, compared))
        case kinds.Reworded():
            before, after = _form(change.old_form, "", names), _form(change.form, change.number, names)
            same = change.old_form == change.form
            label = after if same else f"{after} ({words['redline_before']}: {before})"
            yield Line(label, runs=_said(runs(change.pieces), names, compared))
        case kinds.Renumbered(old=old, new=new):
            yield Line(words["redline_numbering"], _span(old), _span(new))
        case kinds.LabelReworded(pieces=parts):
            yield Line(words["redline_label"], runs=_said(runs(parts), names, compared))
        case kinds.PartRenamed(was=was):
            yield Line(words["redline_id"], f"#{was}", f"#{change.place.id}")
        case kinds.Rewired(answer=answer, old=old_node, new=new_node):
            label = capital(names.answer(answer)) if answer else words["redline_next"]
            yield Line(label, _node(old_node, names), _node(new_node, names))


def _node(place: Place | None, names: Names) -> str:
    if place is None:
        return ""
    title = plain(place.title, names, {})
    return f"{place.number}. {title}" if place.number else title


def _span(ends: tuple[str, str]) -> str:
    return ends[0] if ends[0] == ends[1] else f"{ends[0]}–{ends[1]}"


def _form(form: tuple[str, tuple[str, ...], str], number: str, names: Names) -> str:
    """What a passage is: ``Item 3``, ``Table row``, ``Label “place”``, ``Quotation``."""
    words = names.view.words
    kind, container, name = form
    if kind == "label":
        return f"{words['redline_label']} “{name}”"
    if kind in ("paragraph", "item") and container and container[-1] == "quote":
        return words["redline_quote"]
    said = words[{"title": "title", "summary": "redline_summary_text"}.get(kind, f"redline_{kind}")]
    return f"{said} {number}".strip()


def _fact(change: kinds.FactChanged, names: Names) -> Line:
    words = names.view.words
    key = _LABELS.get(change.fact, change.fact)
    if change.place.kind == "document" and change.fact == "basis":
        key = "redline_leans"
    elif change.fact == "persons" and change.place.kind != "document":
        key = "only_for"
    label = words[key]
    if change.name:
        entry = next((v.limit for v in (*change.new, *change.old) if v.limit), None)
        named = entry or names.view.library.limits.get(change.name)
        label = f"{label} ({names.limit_name(change.name, named)})"
    old, new = (_values(side, change, names) for side in (change.old, change.new))
    return Line(capital(label), old, new)


def _values(values: Sequence[Value], change: kinds.FactChanged, names: Names) -> str:
    said = []
    for value in values:
        words = names.value(value)
        if words and change.fact == "limit" and value.limit and _other_limit(change):
            # Two limits may have one length: the name says which one it is.
            words = f"{words} ({names.limit_name(value.name, value.limit)})"
        said += [words] if words else []
    return "; ".join(said) if change.fact == "basis" else ", ".join(said)


def _other_limit(change: kinds.FactChanged) -> bool:
    return bool(change.old and change.new) and change.old[0].name != change.new[0].name


def _said(found: Sequence[Run], names: Names, compared: Compared) -> tuple[Run, ...]:
    """The runs with the words of references, where a changed link leads, and the mark of unverified words."""
    said: list[Run] = []
    for index, run in enumerate(found):
        limits = compared.old_limits if run.kind == "deleted" else compared.new_limits
        if run.kind == "equal" and run.style.target.startswith("limit:") and run.text != names.run(run, limits):
            old, new = names.run(run, compared.old_limits), names.run(run, compared.new_limits)
            if old != new:
                said += [replace(run, kind="deleted", text=old), replace(run, kind="inserted", text=new)]
                continue
        said.append(replace(run, text=names.run(run, limits)))
        following = found[index + 1] if index + 1 < len(found) else None
        ends = following is None or (following.kind, following.style.target) != (run.kind, run.style.target)
        scheme = run.style.target.partition(":")[0]
        if ends and scheme == "unverified":
            said.append(replace(run, text=f" ({names.view.words['unverified']})"))
        elif ends and run.retargeted and (where := names.target(run.style.target, limits)):
            said.append(replace(run, text=f" ({where})"))
    return tuple(said)
