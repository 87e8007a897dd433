"""What changed between two revisions, in words: typed changes → groups of lines, of which text, Markdown and HTML are written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from patokaz.model.library import Document
from patokaz.pages.redline_lines import Compared, Line, lines_of, place_words, state_of
from patokaz.pages.redline_names import Names
from patokaz.pages.wording import Wording, capital
from patokaz.revisions.changes import by_role, compare
from patokaz.revisions.kinds import Change, PartAdded, PassageAdded, PassageRemoved, Place
from patokaz.revisions.places import compared_language

WORKING = "working"
"""What the working text is called where a revision's number is asked for."""


@dataclass(frozen=True)
class Group:
    """All changes at one place. ``state`` says what became of the place: new, removed, moved."""

    place: Place
    title: str
    state: tuple[str, ...]
    roles: tuple[str, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Redline:
    """A redline in one language. ``facts`` are of its head, ``concerned`` the places for each role, by the role's name."""

    document: str
    title: str
    language: str
    direction: str
    old: str
    new: str
    facts: tuple[tuple[str, str], ...]
    note: str
    groups: tuple[Group, ...]
    concerned: tuple[tuple[str, tuple[Group, ...]], ...]


def redline(compared: Compared, names: Names) -> Redline:
    """The redline of two states, in the language of ``names``."""
    new, view = compared.new, names.view
    changes = compare(compared.old, new, view.language, old_limits=compared.old_limits, new_limits=compared.new_limits)
    words = view.words
    language = compared_language(compared.old, new, view.language)
    text = new.text_for(language, view.order)
    groups = tuple(_groups(changes, names, compared))
    by_place = {group.place: group for group in groups}
    concerned = [
        (capital(name), own)
        for role, found in by_role(changes, tuple(view.library.roles)).items()
        if (name := names.role(role) if role else words["redline_everybody"])
        and (own := tuple(dict.fromkeys(by_place[c.place] for c in found if c.place in by_place)))
    ]
    note = "" if language == view.language else words["redline_language"].format(language=_language(names, language))
    return Redline(
        new.id,
        text.front.title,
        view.language,
        words.direction,
        revision_words(names, compared.old_name, compared.old),
        revision_words(names, compared.new_name, new),
        tuple(_head(compared, names)),
        note,
        groups,
        tuple(concerned),
    )


def _said_above(change: Change) -> bool:
    """Whether a change is the heading of a section that is new or gone: it stands over the group."""
    match change:
        case PassageAdded(at=(_, 0), passage=passage) | PassageRemoved(was=(_, 0), passage=passage):
            return passage.kind == "heading" and change.place.kind != "intro"
    return False


def revision_words(names: Names, name: str, document: Document) -> str:
    """``1.0``, or for the working text its number and what it is."""
    return f"{document.record.revision} ({names.view.words['redline_working']})" if name == WORKING else name


def _language(names: Names, language: str) -> str:
    return names.view.library.settings.language_names.get(language, language)


def _head(compared: Compared, names: Names) -> Iterator[tuple[str, str]]:
    record, words = compared.new.record, names.view.words
    yield words["status"], words[f"status_{record.status}"]
    yield words["effective"], words.date(record.effective) if record.effective else words["not_yet"]
    approvals = approval_words(compared.new, names)
    if approvals:
        yield words["approvals"], "; ".join(approvals)
    summary = record.history[-1].summary
    if compared.old.record.revision != record.revision and record.history[-1].revision == record.revision:
        yield words["redline_summary"], names.view.plain(summary)


def approval_words(document: Document, names: Names) -> list[str]:
    """The approvals of a revision: body, act, session, day."""
    words = names.view.words
    return [
        ", ".join(
            part
            for part in (
                names.target(f"institution:{approval.body}"),
                approval.act,
                approval.session or "",
                words.date(approval.date),
            )
            if part
        )
        for approval in document.record.approvals
    ]


# Groups and lines


def _groups(changes: Sequence[Change], names: Names, compared: Compared) -> Iterator[Group]:
    gathered: dict[Place, list[Change]] = {}
    for change in changes:
        gathered.setdefault(change.place, []).append(change)
    for place, own in gathered.items():
        lines = [line for change in own if not _said_above(change) for line in lines_of(change, names, compared)]
        if any(isinstance(change, PartAdded) for change in own):
            # Of what is new nothing was said before.
            lines = [line if line.runs or line.old else line.as_inserted() for line in lines]
        roles = tuple(dict.fromkeys(role for change in own for role in change.roles))
        state = tuple(word for change in own if (word := state_of(change, names)))
        if state or lines:
            # Nothing is left of a group of which the edition may show nothing.
            yield Group(place, place_words(place, names), state, roles, tuple(lines))


def in_short(group: Group, w: Wording) -> str:
    """What changed at a place in one sentence: what became of it, its facts; of wordings only that they changed."""
    said = list(group.state)
    for line in group.lines:
        if line.new:
            before = f" ({w['redline_before']}: {line.old})" if line.old else ""
            said.append(f"{line.label}: {line.new}{before}")
        elif line.old:
            said.append(f"{line.label}: {w['redline_none']} ({w['redline_before']}: {line.old})")
    if any(line.runs for line in group.lines) and not group.state:
        said.append(w["changes_wording"])
    return "; ".join(said)
