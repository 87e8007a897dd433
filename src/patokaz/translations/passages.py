"""A translation passage by passage: which it renders as they are now, which have changed, are new, or are gone.

The stamp of the whole text decides whether a translation is behind. Where it is, the fingerprints in its ``<lang>.follows.yml``
say where: they stand for the passages of the original as it was, one for one with the translation's own. A translation that
does not say which passages it follows is behind with all of them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from patokaz.model.blocks import FRONT, Block, short_hash
from patokaz.model.texts import Text
from patokaz.translations.alignment import likeliest, out_of_order, paired, shape
from patokaz.translations.freshness import Freshness, freshness

State = Literal["current", "changed", "new", "gone"]

Sections = dict[str, list[Block]]


@dataclass(frozen=True)
class Passage:
    """A passage of the original and the one of the translation that renders it.

    ``state`` is ``current``; ``changed``, where ``target`` renders what the passage was or stands in another place; ``new``, without
    a translation; or ``gone``, where ``target`` renders what the original no longer has. Questions are written anew in each language: one
    that is ``current`` or ``gone`` may have no ``target``. ``section`` is that of ``source``, otherwise that of ``target``.
    """

    state: State
    source: Block | None
    target: Block | None
    section: str


def passages(source: Text, translation: Text | None) -> tuple[Passage, ...]:
    """Every passage of the original in its order, and those that are gone where they stood.

    Where the translation is behind and yet every passage is current, its author has already followed and only the stamp is old.
    """
    if translation is None:
        return tuple(Passage("new", block, None, block.section) for block in source.blocks)
    state = freshness(translation, source)
    if state is Freshness.ORIGINAL:
        return tuple(Passage("current", block, block, block.section) for block in source.blocks)
    stamped = _stamped_sections(translation)
    if state is Freshness.BEHIND and stamped is not None:
        return _Alignment(by_section(source.blocks), stamped, by_section(translation.blocks)).run()
    return tuple(_by_shape(source, translation, "current" if state is Freshness.CURRENT else "changed"))


def follows_stamp(translation: Text) -> bool:
    """Whether the passages that a translation says it follows are those of the state in its stamp. True where it names none."""
    follows, stamp = translation.follows, translation.front.translates
    if follows is None or not follows.sections:
        return True
    parts = (f"{section}:{one}" for section, prints in follows.sections.items() for one in prints.split())
    return stamp is not None and short_hash(*parts, digits=16).startswith(stamp.fingerprint)


def _stamped_sections(translation: Text) -> dict[str, list[str]] | None:
    """The fingerprints by section; None where there are none, or where they are not those of the stamp."""
    if translation.follows is None or not translation.follows.sections or not follows_stamp(translation):
        return None
    return {section: prints.split() for section, prints in translation.follows.sections.items()}


def by_section(blocks: Sequence[Block]) -> Sections:
    """Blocks by the section that they stand in, both in their order."""
    found: Sections = {}
    for block in blocks:
        found.setdefault(block.section, []).append(block)
    return found


def _passage(state: State, source: Block | None, target: Block | None) -> Passage:
    """A passage whose ``state`` holds only where there are both sides."""
    if source is None or target is None:
        state = "gone" if source is None else "new"
    block = source or target
    return Passage(state, source, target, block.section if block else FRONT)


def _by_shape(source: Text, translation: Text, kept: State) -> Iterator[Passage]:
    """Passages paired by section and shape alone: for a translation that is current, or of which nothing else is known."""
    ours, theirs = by_section(source.blocks), by_section(translation.blocks)
    for section, blocks in ours.items():
        others = theirs.get(section, [])
        if section == FRONT:
            prints = [block.fingerprint for block in blocks] if kept == "current" else []
            yield from _front(blocks, prints, others)
        else:
            yield from (_passage(kept, *pair) for pair in _shape_pairs(blocks, others))
    for section in theirs.keys() - ours.keys():
        yield from (_passage("gone", None, block) for block in theirs[section])


def _shape_pairs(source: Sequence[Block], target: Sequence[Block]) -> Iterator[tuple[Block | None, Block | None]]:
    for i, j in paired([shape(block) for block in source], [shape(block) for block in target]):
        yield source[i] if i is not None else None, target[j] if j is not None else None


# The front matter


def _front(source: Sequence[Block], stamped: Sequence[str], target: Sequence[Block]) -> Iterator[Passage]:
    """Title and summary, questions, and labels, which go by their key. ``stamped`` holds the fingerprints of all, in this order."""
    known = set(stamped)
    labels = {block.name: block for block in target if block.kind == "label"}
    asked = [block for block in source if block.kind == "ask"]
    for block in source:
        if block.kind in ("title", "summary"):
            rendering = next((other for other in target if other.kind == block.kind), None)
            yield _passage("current" if block.fingerprint in stamped[:2] else "changed", block, rendering)
    asks = [block for block in target if block.kind == "ask"]
    yield from _questions(asked, stamped[2 : len(stamped) - len(labels)], asks)
    for block in source:
        if block.kind == "label":
            rendering = labels.pop(block.name, None)
            yield _passage("current" if block.fingerprint in known else "changed", block, rendering)
    yield from (_passage("gone", None, block) for block in labels.values())


def _questions(asked: Sequence[Block], stamped: Sequence[str], target: Sequence[Block]) -> Iterator[Passage]:
    """Questions. Where every language asks as many they go one for one, otherwise by the section that answers."""
    if len(stamped) == len(target):
        yield from _by_fingerprint(asked, stamped, target, {})
        return
    waiting: dict[str, list[Block]] = defaultdict(list)
    for block in reversed(target):
        waiting[_answered(block)].append(block)
    left = Counter(stamped)
    for block in asked:
        answers = waiting[_answered(block)]
        rendering = answers.pop() if answers else None
        if left[block.fingerprint] > 0:
            left[block.fingerprint] -= 1
            yield Passage("current", block, rendering, FRONT)
        else:
            yield _passage("changed", block, rendering)
    spare = [block for blocks in waiting.values() for block in blocks]
    gone = max(0, len(stamped) - len(asked))
    yield from (Passage("gone", None, spare[k] if k < len(spare) else None, FRONT) for k in range(gone))


def _answered(block: Block) -> str:
    """The section that answers a question: what stands behind its words as ``{#id}``."""
    _, sign, anchor = block.words.rpartition("{#")
    return anchor.removesuffix("}") if sign else ""


# Sections


@dataclass
class _Alignment:
    """The original as it is, the fingerprints of the original as it was, and the translation, each by section."""

    source: Sections
    stamped: Mapping[str, Sequence[str]]
    target: Sections
    former: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.former = dict(self._former())

    def run(self) -> tuple[Passage, ...]:
        moves, moved = self._moves(), self._moved_sections()
        found: dict[str, list[Passage]] = {}
        for section, blocks in self.source.items():
            was = self.former.get(section)
            prints = self.stamped[was] if was is not None else ()
            listed = list(self._section(section, blocks, prints, moves))
            if section in moved or was not in (section, None):
                listed[:1] = [_passage("changed", listed[0].source, listed[0].target)]
            found[section] = listed
        self._add_gone_sections(found)
        return tuple(passage for listed in found.values() for passage in listed)

    def _former(self) -> Iterator[tuple[str, str]]:
        """For a section the one that it was: of the same id, otherwise one that is gone and has half of its passages."""
        gone = [section for section in self.stamped if section not in self.source]
        for section, blocks in self.source.items():
            if section in self.stamped:
                yield section, section
            elif gone:
                prints = Counter(block.fingerprint for block in blocks)
                shared = {was: (prints & Counter(self.stamped[was])).total() for was in gone}
                was = max(gone, key=lambda name: shared[name])
                if 2 * shared[was] >= max(len(blocks), len(self.stamped[was])):
                    gone.remove(was)
                    yield section, was

    def _moved_sections(self) -> set[str]:
        position = {section: number for number, section in enumerate(self.stamped)}
        kept = [section for section in self.source if section in self.former]
        return {kept[index] for index in out_of_order([position[self.former[section]] for section in kept])}

    def _rendering(self, section: str) -> list[Block]:
        """The translation's passages of a section, under the id that it had or the one that it has."""
        was = self.former.get(section, section)
        return self.target.get(was if was in self.target else section, [])

    def _moves(self) -> dict[int, Block]:
        """Passages that are new in one place and gone from another: by the identity of the passage, what renders it."""
        fresh: list[Block] = []
        free: dict[str, list[Block]] = defaultdict(list)
        gone = self.stamped.keys() - set(self.former.values())
        for section, blocks in [*self.source.items(), *((was, []) for was in self.stamped if was in gone)]:
            prints = self.stamped.get(self.former.get(section, section), ())
            target = self._rendering(section)
            if section == FRONT or len(target) != len(prints):
                continue
            for i, j in paired([block.fingerprint for block in blocks], prints):
                if j is None and i is not None:
                    fresh.append(blocks[i])
                elif i is None and j is not None:
                    free[prints[j]].append(target[j])
        return {id(block): free[block.fingerprint].pop(0) for block in fresh if free[block.fingerprint]}

    def _section(
        self, section: str, blocks: Sequence[Block], prints: Sequence[str], moves: Mapping[int, Block]
    ) -> Iterator[Passage]:
        target = self._rendering(section)
        if section == FRONT:
            yield from _front(blocks, prints, target)
        elif len(prints) == len(target):
            yield from _by_fingerprint(blocks, prints, target, moves)
        else:
            # The translation was edited since it was stamped: what it renders is known by its shape only.
            known = Counter(prints)
            for source, rendering in _shape_pairs(blocks, target):
                stays = source is not None and known[source.fingerprint] > 0
                if stays and source is not None and rendering is not None:
                    known[source.fingerprint] -= 1
                yield _passage("current" if stays else "changed", source, rendering)

    def _add_gone_sections(self, found: dict[str, list[Passage]]) -> None:
        """What renders sections that are gone, behind the section after which they stood; without one, at the end."""
        now = {was: section for section, was in self.former.items()}
        shown = {id(passage.target) for listed in found.values() for passage in listed}
        before = next(iter(found))
        for was in self.stamped:
            before = now.get(was, before)
            if was not in now:
                found[before] += self._gone(was, shown)
        last = next(reversed(found))
        for section in self.target:
            if section not in self.stamped and section not in self.source:
                found[last] += self._gone(section, shown)

    def _gone(self, section: str, shown: set[int]) -> list[Passage]:
        return [_passage("gone", None, block) for block in self.target.get(section, []) if id(block) not in shown]


def _by_fingerprint(
    source: Sequence[Block], stamped: Sequence[str], target: Sequence[Block], moves: Mapping[int, Block]
) -> Iterator[Passage]:
    """Passages of a section whose translation goes one for one with what it was stamped with."""
    taken = {id(block) for block in moves.values()}
    ours: list[Block] = []
    theirs: list[Block] = []
    for i, j in [*paired([block.fingerprint for block in source], stamped), (None, None)]:
        if i is not None and j is None:
            ours.append(source[i])
        elif i is None and j is not None:
            theirs.append(target[j])
        else:
            yield from _gap(ours, [block for block in theirs if id(block) not in taken], moves)
            ours, theirs = [], []
        if i is not None and j is not None:
            yield _passage("current", source[i], target[j])


def _gap(source: Sequence[Block], target: Sequence[Block], moves: Mapping[int, Block]) -> Iterator[Passage]:
    """Passages that differ from what was stamped, between two that do not; those that moved here keep their place."""
    stayed = [block for block in source if id(block) not in moves]
    place = {id(block): number for number, block in enumerate(source)}
    done = 0
    for i, j in likeliest(stayed, target):
        own = stayed[i] if i is not None else None
        while own is not None and done < place[id(own)]:
            yield _passage("changed", source[done], moves[id(source[done])])
            done += 1
        done += own is not None
        yield _passage("changed", own, target[j] if j is not None else None)
    yield from (_passage("changed", block, moves[id(block)]) for block in source[done:])
