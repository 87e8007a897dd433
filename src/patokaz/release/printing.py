"""Step 5 for a whole edition: every handbook and poster, in several processes; the result does not depend on how many."""

from __future__ import annotations

import concurrent.futures
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from patokaz.handbooks import Composed, compose, compose_poster, handbooks_of, posters_of, print_pdf
from patokaz.load import Tree
from patokaz.pages import Compiled

Report = Callable[[str, int, int], None]
"""Called with (what is being done, how much is done, of how much); (step, 0, 0) when a step starts."""


def print_all(compiled: Compiled, languages: Sequence[str], tree: Tree, site: Path, jobs: int, report: Report) -> int:
    """Print into ``site`` all that the edition shows, in ``languages``; returns how many PDFs were made."""
    composed = [compose(record, compiled, language) for record in handbooks_of(compiled) for language in languages]
    waiting = [item for item in composed if item is not None]
    waiting += [compose_poster(item, compiled, language) for item in posters_of(compiled) for language in languages]
    done = 0
    for item, pdf in _printed(waiting, tree, jobs):
        target = site / item.path
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(pdf)
        done += 1
        report(f"Printed {item.path}", done, len(waiting))
    return done


def _printed(waiting: list[Composed], tree: Tree, jobs: int) -> Iterator[tuple[Composed, bytes]]:
    if jobs <= 1 or len(waiting) <= 1:
        for item in waiting:
            yield item, print_pdf(item.html, images_of(item, tree))
        return
    with concurrent.futures.ProcessPoolExecutor(min(jobs, len(waiting))) as pool:
        running = {pool.submit(print_pdf, item.html, images_of(item, tree)): item for item in waiting}
        for future in concurrent.futures.as_completed(running):
            yield running[future], future.result()


def images_of(composed: Composed, tree: Tree) -> Mapping[str, bytes]:
    """The bytes of the images that a composed document shows."""
    return {name: tree.read(source) for name, source in composed.images.items() if name in composed.html}
