"""How far apart runs lie: offsets from the middle of their channel or column, for gaps that depend on the language."""

from __future__ import annotations

from collections.abc import Callable

from patokaz.pathways.tracks import Tracks


def offsets(tracks: Tracks, gap: Callable[[int, int], float]) -> list[float]:
    """For every run its distance from the middle of its line, to the right or downwards.

    ``gap(a, b)`` is the least distance of ``a`` to ``b``, which lies next after it. Runs that have to do with each other lie
    about the middle together; where one of them leads straight from box to box, that one lies in the middle.
    """
    count = len(tracks.runs)
    following: list[list[tuple[int, float]]] = [[] for _ in range(count)]
    waiting = [0] * count
    for a, b in tracks.before:
        following[a].append((b, gap(a, b)))
        waiting[b] += 1
    order = [run for run in range(count) if not waiting[run]]
    for run in order:
        for other, _ in following[run]:
            waiting[other] -= 1
            if not waiting[other]:
                order.append(other)
    from_first, from_last = [0.0] * count, [0.0] * count
    for run in order:
        for other, distance in following[run]:
            from_first[other] = max(from_first[other], from_first[run] + distance)
    for run in reversed(order):
        for other, distance in following[run]:
            from_last[run] = max(from_last[run], from_last[other] + distance)
    # Half of each: neighbours stay apart by the whole gap, because both ways grow by it.
    found = [(first - last) / 2 for first, last in zip(from_first, from_last, strict=True)]
    for group in _groups(following):
        anchors = [found[run] for run in group if tracks.runs[run].anchored]
        if anchors:
            shift = min(anchors, key=abs)
            for run in group:
                found[run] -= shift
    return found


def _groups(following: list[list[tuple[int, float]]]) -> list[list[int]]:
    """Runs that are connected by any chain of orders."""
    near: list[list[int]] = [[] for _ in following]
    for run, others in enumerate(following):
        for other, _ in others:
            near[run].append(other)
            near[other].append(run)
    groups: list[list[int]] = []
    seen = [False] * len(following)
    for start in range(len(following)):
        if seen[start]:
            continue
        seen[start] = True
        group = [start]
        for run in group:
            for other in near[run]:
                if not seen[other]:
                    seen[other] = True
                    group.append(other)
        groups.append(group)
    return groups
