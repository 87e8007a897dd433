"""Sequences side by side: which passage of the original now stands where one stood before, and which translation renders it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher

from patokaz.model.blocks import Block

Pair = tuple[int | None, int | None]
"""Indexes into the left and the right sequence; None where the other one has nothing to go with it."""

_LARGEST_GAP = 40_000
"""Left times right passages of a gap that are weighed against each other; a larger gap is paired in order."""

_FEATURE = re.compile(r"\]\([a-z]+:[^()\s]+|\d+")


def shape(block: Block) -> tuple[str, ...]:
    """What a passage is, without its words: two passages of one shape can render each other."""
    return (block.kind, *block.container, block.name)


def paired(left: Sequence[Hashable], right: Sequence[Hashable]) -> Iterator[Pair]:
    """Every index of both sequences once, in order; two that are equal as a pair.

    Where runs differ, the indexes of the left one come first.
    """
    if left == right:
        yield from ((k, k) for k in range(len(left)))
        return
    for tag, i, i_end, j, j_end in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from zip(range(i, i_end), range(j, j_end), strict=True)
        else:
            yield from ((k, None) for k in range(i, i_end))
            yield from ((None, k) for k in range(j, j_end))


def likeliest(left: Sequence[Block], right: Sequence[Block]) -> Iterator[Pair]:
    """Pair passages of an original with translations, in order, so that shapes agree and numbers, references and lengths fit best."""
    if len(left) * len(right) > _LARGEST_GAP:
        yield from (
            (k if k < len(left) else None, k if k < len(right) else None) for k in range(max(len(left), len(right)))
        )
        return
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i in range(len(left) - 1, -1, -1):
        for j in range(len(right) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + _likeness(left[i], right[j]))
    i = j = 0
    while i < len(left) and j < len(right):
        likeness = _likeness(left[i], right[j])
        if likeness and best[i][j] == best[i + 1][j + 1] + likeness:
            yield i, j
            i, j = i + 1, j + 1
        elif best[i][j] == best[i][j + 1]:
            yield None, j
            j += 1
        else:
            yield i, None
            i += 1
    yield from ((k, None) for k in range(i, len(left)))
    yield from ((None, k) for k in range(j, len(right)))


def _likeness(source: Block, target: Block) -> float:
    """How well a passage fits a translation: 0 where the shapes differ, otherwise between 1 and 3.5."""
    if shape(source) != shape(target):
        return 0.0
    ours, theirs = Counter(_FEATURE.findall(source.words)), Counter(_FEATURE.findall(target.words))
    most = max(ours.total(), theirs.total())
    shared = (ours & theirs).total() / most if most else 0.5
    lengths = sorted((len(source.words), len(target.words)))
    return 1 + 2 * shared + lengths[0] / max(1, lengths[1]) / 2


def out_of_order(positions: Sequence[int]) -> frozenset[int]:
    """Indexes of ``positions`` that have to move so that the rest rises: all but a longest rising run."""
    ends: list[int] = []
    before: list[int] = []
    for index, position in enumerate(positions):
        low, high = 0, len(ends)
        while low < high:
            middle = (low + high) // 2
            if positions[ends[middle]] < position:
                low = middle + 1
            else:
                high = middle
        before.append(ends[low - 1] if low else -1)
        ends[low : low + 1] = [index]
    kept = set()
    index = ends[-1] if ends else -1
    while index >= 0:
        kept.add(index)
        index = before[index]
    return frozenset(range(len(positions))) - kept
