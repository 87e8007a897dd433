"""How fast are two revisions compared, and how fast is the overview of a library with sealed revisions? Each beside something known, in one run.

```sh
python benchmarks/revisions.py                  # two revisions of 10,000 words; then status of 300 documents
python benchmarks/revisions.py diff --words 40000
python benchmarks/revisions.py status --sizes 30 100 300 --status-runs 3
```

Needs the environment of the tests. Figures are the median of ``--runs`` runs, the least in brackets; goals are those of issue 5.
"""

from __future__ import annotations

import argparse
import difflib
import platform
import random
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from status import status
from words import ENGLISH

from patokaz.load import MemoryTree, load
from patokaz.model.library import Document
from patokaz.model.texts import FrontMatter
from patokaz.parse.texts import parse_text
from patokaz.revisions.changes import compare
from patokaz.revisions.matching import Budget
from sample import sample_files

DIFF_GOAL = 1.0
"""Seconds for two revisions of 10,000 words."""

VOCABULARY = sorted(
    {
        word
        for group in (ENGLISH.conditions, ENGLISH.actions, ENGLISH.places, ENGLISH.purposes)
        for line in group
        for word in line.split()
    }
)
_ITEMS, _WORDS = 6, 16
"""Items of a step, words of an item."""


def main() -> None:
    """Print what the comparison costs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--words", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("what", nargs="*", metavar="diff|status", help="one of both; default: both")
    parser.add_argument("--sizes", type=int, nargs="+", default=[300], help="SOPs of the libraries for status")
    parser.add_argument("--revisions", type=int, default=10, help="sealed revisions of each of their documents")
    parser.add_argument("--status-runs", type=int, default=3)
    arguments = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.machine()}")
    if arguments.what != ["status"]:
        diff(arguments.words, arguments.runs)
    if arguments.what != ["diff"]:
        status(arguments.sizes, arguments.revisions, arguments.status_runs)


def diff(count: int, runs: int) -> None:
    """Compare two texts of ``count`` words: as written in step, items and words; then as a whole, by the standard library."""
    old, new = revised(count)
    states = _document(old), _document(new)
    words = "\n".join(old).split(), "\n".join(new).split()
    budget = Budget()
    changes = compare(*states, "en", old_limits={}, new_limits={}, budget=budget)
    print(f"\nTwo revisions of {len(words[0])} and {len(words[1])} words, {len(changes)} changes, {budget.spent} steps")
    ours = _timed(lambda: compare(*states, "en", old_limits={}, new_limits={}), runs)
    _line("patokaz: typed changes", ours, ours, f"goal < {DIFF_GOAL:g} s")
    _line(
        "difflib.SequenceMatcher over all words", _timed(lambda: _whole(*words), min(runs, 2)), ours, "words, no moves"
    )
    _line(
        "difflib.HtmlDiff over lines", _timed(lambda: difflib.HtmlDiff().make_file(old, new), 1), ours, "HTML included"
    )


def _whole(old: list[str], new: list[str]) -> object:
    return difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def _timed(work: Callable[[], object], runs: int) -> list[float]:
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return times


def _line(name: str, times: list[float], ours: list[float], note: str) -> None:
    ratio = statistics.median(times) / statistics.median(ours)
    print(f"  {name:42}{statistics.median(times):8.3f} s [{min(times):.3f}]  × {ratio:6.1f}   {note}")


def revised(count: int) -> tuple[list[str], list[str]]:
    """The lines of a text of about ``count`` words, and of its revision: every fifth item reworded, steps and items moved."""
    rng = random.Random(0)
    steps = []
    for number in range(count // (_ITEMS * _WORDS + 3)):
        items = [" ".join(rng.choice(VOCABULARY) for _ in range(_WORDS)) for _ in range(_ITEMS)]
        steps.append([f"### A step {number} {{#s{number}}}", *(f"{n}. {words}." for n, words in enumerate(items, 1))])
    after = [[_edited(rng, line) for line in step] for step in steps]
    for _ in range(len(after) // 20 + 1):
        after.insert(rng.randrange(len(after)), after.pop(rng.randrange(len(after))))
        step = rng.choice(after)
        rng.choice(after).append(step.pop(rng.randrange(1, len(step))))
    return _lines(steps), _lines(after)


def _edited(rng: random.Random, line: str) -> str:
    if line.startswith("#") or rng.random() > 0.2:
        return line
    words = line.split(" ")
    for _ in range(rng.randint(1, 4)):
        words[rng.randrange(1, len(words))] = rng.choice(VOCABULARY)
    return " ".join(words)


def _lines(steps: list[list[str]]) -> list[str]:
    return [line for step in steps for line in (*step, "")]


def _document(lines: list[str]) -> Document:
    library = load(MemoryTree(sample_files())).library
    assert library is not None
    front = "---\ntitle: A text\nsummary: Long.\n---\n\n"
    text, _ = parse_text(front + "\n".join(lines) + "\n", "en.md", "en", FrontMatter)
    assert text is not None
    return replace(library.documents["ask-for-help"], texts={"en": text}, pathway=None)


if __name__ == "__main__":
    main()
