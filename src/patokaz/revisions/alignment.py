"""Which passage of the old text became which of the new one: equal ones first, then moved ones, then similar ones."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from patokaz.revisions.matching import Budget, Pair, matches
from patokaz.revisions.passages import KEYED, Passage, Section
from patokaz.revisions.words import word_list

ALIKE = 0.45
"""The share of common words (Dice) from which two passages are one that was reworded. Below it more would be marked than left."""

MOVED_FROM = 5
"""The least words of a passage that is found again in another section. Shorter ones are the same by chance."""

MOVED_WITHIN = 2
"""The same inside a section."""

CELLS = 10_000
"""How many pairs of passages between two equal ones are held against each other; more are looked at near the diagonal only."""

_BAND = 6
"""How far from the diagonal a pair is still looked at when there are more than :data:`CELLS`."""

Spot = tuple[str, int]
"""(key of a section, index of a passage in it)."""


@dataclass
class Alignment:
    """``kept`` are pairs that stay in order within their section, by the new section's key; ``moved`` pairs that do not."""

    kept: dict[str, list[Pair]] = field(default_factory=dict)
    moved: list[tuple[Spot, Spot]] = field(default_factory=list)


Gap = tuple[str, str, list[int], list[int]]
"""(old key, new key, indices on the old side, on the new side) between two kept pairs."""


def align(old: Mapping[str, Section], new: Mapping[str, Section], same: Mapping[str, str], budget: Budget) -> Alignment:
    """Align the passages of all sections. ``same`` gives for a new section's key the old one that it was."""
    result = Alignment()
    for key, was in same.items():
        result.kept[key] = list(_equal(old[was].passages, new[key].passages, budget))
    _moves(old, new, same, result)
    for key, was in same.items():
        a, b = old[was].passages, new[key].passages
        gone = {spot[1] for spot, _ in result.moved if spot[0] == was}
        come = {spot[1] for _, spot in result.moved if spot[0] == key}
        pairs = result.kept[key]
        for left, right in _gaps(pairs, len(a), len(b)):
            free_left = [i for i in left if i not in gone]
            free_right = [j for j in right if j not in come]
            pairs += _similar(a, b, free_left, free_right, budget)
        pairs.sort()
    return result


def _equal(a: Sequence[Passage], b: Sequence[Passage], budget: Budget) -> Iterator[Pair]:
    """Equal passages in order; in each gap between them those that say the same in another form."""
    exact = matches(a, b, budget)
    yield from exact
    for left, right in _gaps(exact, len(a), len(b)):
        if left and right:
            found = matches([a[i].words for i in left], [b[j].words for j in right], budget)
            yield from ((left[i], right[j]) for i, j in found if _may_pair(a[left[i]], b[right[j]]))


def _gaps(pairs: Sequence[Pair], length: int, other: int) -> list[tuple[list[int], list[int]]]:
    gaps = []
    i = j = 0
    for x, y in [*sorted(pairs), (length, other)]:
        if x > i or y > j:
            gaps.append((list(range(i, x)), list(range(j, y))))
        i, j = x + 1, y + 1
    return gaps


def _may_pair(a: Passage, b: Passage) -> bool:
    """Whether one can have become the other."""
    return _family(a) == _family(b)


def _family(passage: Passage) -> tuple[str, str]:
    """A label stays that label, a heading a heading, a row a row; a paragraph may become an item."""
    if passage.kind in KEYED:
        return passage.kind, passage.name
    if passage.kind in ("row", "head"):
        return "row", ""
    return (passage.kind if passage.kind in ("heading", "code", "ask") else "prose"), ""


def _moves(old: Mapping[str, Section], new: Mapping[str, Section], same: Mapping[str, str], result: Alignment) -> None:
    """Passages that left one place and stand, word for word, at another one: each old one once, in order."""
    taken = {(same[key], i) for key, pairs in result.kept.items() for i, _ in pairs}
    waiting: dict[tuple[object, ...], deque[Spot]] = defaultdict(deque)
    for key, section in old.items():
        for index, passage in enumerate(section.passages):
            if (key, index) not in taken and passage.kind not in (*KEYED, "heading"):
                # In two queues: of its section, where a few words are enough, and of the whole text.
                waiting[key, passage.words, _family(passage)].append((key, index))
                waiting[passage.words, _family(passage)].append((key, index))
    used: set[Spot] = set()
    for key, section in new.items():
        kept = {j for _, j in result.kept.get(key, ())}
        for index, passage in enumerate(section.passages):
            if index in kept:
                continue
            count = len(word_list(passage.words))
            near = (same.get(key), passage.words, _family(passage))
            far = (passage.words, _family(passage))
            for queue, least in ((near, MOVED_WITHIN), (far, MOVED_FROM)):
                while waiting[queue] and waiting[queue][0] in used:
                    waiting[queue].popleft()
                if count >= least and waiting[queue]:
                    spot = waiting[queue].popleft()
                    used.add(spot)
                    result.moved.append((spot, (key, index)))
                    break


def _similar(
    a: Sequence[Passage], b: Sequence[Passage], left: Sequence[int], right: Sequence[int], budget: Budget
) -> list[Pair]:
    """Pairs of similar passages, in order, with the largest sum of likeness (dynamic programming over the gap)."""
    if not left or not right:
        return []
    n, m = len(left), len(right)
    band = max(n, m) if n * m <= CELLS else max(_BAND, CELLS // (2 * max(n, m)))
    words_a = [Counter(word_list(a[i].words)) for i in left]
    words_b = [Counter(word_list(b[j].words)) for j in right]
    best: dict[Pair, float] = {}
    choice: dict[Pair, int] = {}
    for x in range(n):
        centre = x * m // n
        for y in range(max(0, centre - band), min(m, centre + band + 1)):
            budget.take(min(len(words_a[x]), len(words_b[y])) + 1)
            alike = likeness(words_a[x], words_b[y]) if _may_pair(a[left[x]], b[right[y]]) else 0.0
            if a[left[x]].kind in (*KEYED, "heading") and alike < ALIKE and _may_pair(a[left[x]], b[right[y]]):
                # A title stays the title, and the heading of a section its heading, whatever they say.
                alike = ALIKE if a[left[x]].kind != "heading" or left[x] == right[y] == 0 else alike
            options = (best.get((x - 1, y), 0.0), best.get((x, y - 1), 0.0))
            with_pair = best.get((x - 1, y - 1), 0.0) + alike
            if alike >= ALIKE and with_pair > max(options):
                best[x, y], choice[x, y] = with_pair, 0
            else:
                best[x, y], choice[x, y] = max(options), 1 if options[0] >= options[1] else 2
    pairs: list[Pair] = []
    x, y = n - 1, m - 1
    while x >= 0 and y >= 0:
        step = choice.get((x, y), 1 if x * m // n > y else 2)
        if step == 0:
            pairs.append((left[x], right[y]))
        x, y = (x - 1, y - 1) if step == 0 else (x - 1, y) if step == 1 else (x, y - 1)
    return pairs


def likeness(a: Counter[str], b: Counter[str]) -> float:
    """How alike two bags of words are: twice the common words, divided by all (Dice), from 0 to 1."""
    total = a.total() + b.total()
    small, large = (a, b) if len(a) < len(b) else (b, a)
    return 2 * sum(min(count, large[word]) for word, count in small.items()) / total if total else 0.0
