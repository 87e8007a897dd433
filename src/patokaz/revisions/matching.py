"""Sequences held against each other: what stands in both, in order, with a bound on the work.

Names that occur once on both sides are anchors (Cohen's patience diff); between them Myers' greedy algorithm (An O(ND)
Difference Algorithm and Its Variations, Algorithmica 1986) runs as far as :class:`Budget` and :data:`MOST_EDITS` allow. Past
them a stretch counts as replaced, which is coarser and never wrong.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

MOST_EDITS = 256
"""Insertions and deletions between two anchors after which the stretch counts as replaced. Memory grows with its square."""

_DEPTH = 6
"""How often anchors are looked for inside anchors: each time all names of the stretch are counted again."""

Pair = tuple[int, int]
"""(index on the old side, index on the new side)."""


@dataclass
class Budget:
    """How many elementary steps a comparison may take. The default is about a second of work."""

    limit: int = 2_000_000
    spent: int = 0

    def take(self, steps: int) -> bool:
        """Count ``steps``; whether there was room for them."""
        self.spent += steps
        return self.spent <= self.limit


def matches(old: Sequence[Hashable], new: Sequence[Hashable], budget: Budget) -> list[Pair]:
    """Pairs of equal entries, rising on both sides: a long common subsequence, the longest one where the work is small."""
    found: list[Pair] = []
    _between(old, new, (0, len(old)), (0, len(new)), budget, found, _DEPTH)
    return found


def _between(
    old: Sequence[Hashable],
    new: Sequence[Hashable],
    here: tuple[int, int],
    there: tuple[int, int],
    budget: Budget,
    found: list[Pair],
    depth: int,
) -> None:
    (a, end_a), (b, end_b) = here, there
    while a < end_a and b < end_b and old[a] == new[b]:
        found.append((a, b))
        a, b = a + 1, b + 1
    tail: list[Pair] = []
    while a < end_a and b < end_b and old[end_a - 1] == new[end_b - 1]:
        end_a, end_b = end_a - 1, end_b - 1
        tail.append((end_a, end_b))
    budget.take(here[1] - here[0] + there[1] - there[0])
    if a < end_a and b < end_b:
        anchors = _anchors(old, new, (a, end_a), (b, end_b)) if depth else []
        if anchors:
            for x, y in [*anchors, (end_a, end_b)]:
                _between(old, new, (a, x), (b, y), budget, found, depth - 1)
                if x < end_a:
                    found.append((x, y))
                a, b = x + 1, y + 1
        else:
            found += _common(old, new, (a, end_a), (b, end_b), budget)
    found += reversed(tail)


def _anchors(
    old: Sequence[Hashable], new: Sequence[Hashable], here: tuple[int, int], there: tuple[int, int]
) -> list[Pair]:
    """Entries that occur once on both sides, in the longest order that both share."""
    once_old, once_new = Counter(old[slice(*here)]), Counter(new[slice(*there)])
    where = {new[j]: j for j in range(*there) if once_new[new[j]] == 1}
    pairs = [(i, where[old[i]]) for i in range(*here) if once_old[old[i]] == 1 and old[i] in where]
    return [pairs[k] for k in increasing([j for _, j in pairs])]


def _common(
    old: Sequence[Hashable], new: Sequence[Hashable], here: tuple[int, int], there: tuple[int, int], budget: Budget
) -> list[Pair]:
    """Myers over the entries that both sides have at all; the others cannot match."""
    in_old, in_new = set(old[slice(*here)]), set(new[slice(*there)])
    left = [i for i in range(*here) if old[i] in in_new]
    right = [j for j in range(*there) if new[j] in in_old]
    pairs = _myers([old[i] for i in left], [new[j] for j in right], budget)
    return [(left[i], right[j]) for i, j in pairs]


def _myers(old: Sequence[Hashable], new: Sequence[Hashable], budget: Budget) -> list[Pair]:
    """The longest common subsequence; nothing where more than :data:`MOST_EDITS` edits or the budget would be needed."""
    n, m = len(old), len(new)
    furthest: dict[int, int] = {1: 0}
    trace: list[dict[int, int]] = []
    for edits in range(min(n + m, MOST_EDITS) + 1):
        trace.append(dict(furthest))
        for k in range(-edits, edits + 1, 2):
            down = k == -edits or (k != edits and furthest[k - 1] < furthest[k + 1])
            x = start = furthest[k + 1] if down else furthest[k - 1] + 1
            y = x - k
            while x < n and y < m and old[x] == new[y]:
                x, y = x + 1, y + 1
            furthest[k] = x
            if not budget.take(x - start + 1):
                return []
            if x >= n and y >= m:
                return _back(trace, n, m)
    return []


def _back(trace: list[dict[int, int]], x: int, y: int) -> list[Pair]:
    pairs: list[Pair] = []
    for edits in range(len(trace) - 1, -1, -1):
        before, k = trace[edits], x - y
        down = k == -edits or (k != edits and before[k - 1] < before[k + 1])
        from_k = k + 1 if down else k - 1
        from_x = before[from_k] if edits else 0
        from_y = from_x - from_k if edits else 0
        while x > from_x and y > from_y:
            x, y = x - 1, y - 1
            pairs.append((x, y))
        x, y = from_x, from_y
    return pairs[::-1]


def increasing(values: Sequence[int], weights: Sequence[int] = ()) -> list[int]:
    """Positions of the heaviest strictly rising subsequence of distinct ``values``; without weights the longest.

    Takes n log n steps: the best sum of all smaller values is kept in a Fenwick tree over their ranks.
    """
    rank = {value: position + 1 for position, value in enumerate(sorted(values))}
    best: list[tuple[int, int]] = [(0, -1)] * (len(values) + 1)
    before: list[int] = []
    for position, value in enumerate(values):
        node, top = rank[value] - 1, (0, -1)
        while node > 0:
            top, node = max(top, best[node]), node - (node & -node)
        before.append(top[1])
        mine = (top[0] + (weights[position] if weights else 1), position)
        node = rank[value]
        while node <= len(values):
            best[node], node = max(best[node], mine), node + (node & -node)
    position = max((best[node] for node in range(1, len(best))), default=(0, -1))[1]
    chain: list[int] = []
    while position >= 0:
        chain.append(position)
        position = before[position]
    return chain[::-1]
