"""How long `patokaz status` takes over a library with sealed revisions, beside things that people know. Run by revisions.py."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from build import WARM_UP, machine
from library import DAY, write_controlled
from words import LANGUAGES

HERE = Path(__file__).parent
LIMIT = 5.0
"""Seconds that `status` of 300 documents in 3 languages with 10 revisions each may take on two cores (issue 5)."""


@dataclass(frozen=True)
class Spent:
    """Seconds from the start of a process to its end, and of all processors together."""

    wall: float
    cpu: float


def status(sizes: list[int], revisions: int, runs: int) -> None:
    """Print a table for a library of each of ``sizes``, with ``revisions`` sealed ones of each document; the median of ``runs``."""
    with tempfile.TemporaryDirectory(prefix="patokaz-benchmark-") as name:
        run_all(controlled(Path(name) / "warm-up", WARM_UP, 1), 1)
        for size in sizes:
            library = controlled(Path(name) / str(size), size, revisions)
            print(f"\n{machine()}\n{table_of(size, revisions, library, run_all(library, runs))}", flush=True)


def controlled(folder: Path, size: int, revisions: int) -> Path:
    """A library with sealed revisions in ``folder/sealed``, the same without them in ``folder/plain``, and its history in ``folder/git``."""
    sealed, history = folder / "sealed", folder / "git"
    sealed.mkdir(parents=True)
    _git(history, sealed, "init", "--quiet")
    (history / "info").mkdir(exist_ok=True)
    (history / "info" / "exclude").write_text("revisions/\n", encoding="utf-8")
    for number in write_controlled(sealed, size, revisions):
        _git(history, sealed, "add", "--all")
        author = ("-c", "user.name=Benchmark", "-c", "user.email=benchmark@example.org")
        _git(history, sealed, *author, "commit", "--quiet", "--message", number)
    shutil.copytree(sealed, folder / "plain", ignore=shutil.ignore_patterns("revisions"))
    return folder


def _git(history: Path, tree: Path, *arguments: str) -> None:
    subprocess.run(["git", f"--git-dir={history}", f"--work-tree={tree}", *arguments], check=True)


STATUS, AS_OF, CHECK, LOG, LOOP = (
    "patokaz status",
    "patokaz as-of",
    "patokaz check, without the revisions",
    "git log --stat, the same history",
    "a loop of 10 million additions",
)


def commands(library: Path) -> dict[str, list[str]]:
    """What is timed. The loop says how fast, and how busy, the machine is at that moment."""
    patokaz = [sys.executable, "-m", "patokaz", "--root"]
    sealed, plain = str(library / "sealed"), str(library / "plain")
    return {
        STATUS: [*patokaz, sealed, "status", "--today", str(DAY)],
        AS_OF: [*patokaz, sealed, "as-of", str(DAY), "--today", str(DAY)],
        CHECK: [*patokaz, plain, "check", "--today", str(DAY)],
        LOG: ["git", f"--git-dir={library / 'git'}", "log", "--stat"],
        LOOP: [sys.executable, "-c", "s = 0\nfor i in range(10**7): s += i"],
    }


def run_all(library: Path, runs: int) -> dict[str, Spent]:
    """The median of each command. One of each per turn: what else the machine does meets all of them."""
    turns = [{name: run(command, library) for name, command in commands(library).items()} for _ in range(runs)]
    return {
        name: Spent(statistics.median(t[name].wall for t in turns), statistics.median(t[name].cpu for t in turns))
        for name in turns[0]
    }


def run(command: list[str], folder: Path) -> Spent:
    """Run one command to its end."""
    measure = [sys.executable, str(HERE / "measure.py"), str(folder / "log"), *command]
    cost = json.loads(subprocess.run(measure, check=True, capture_output=True).stdout)
    assert cost["code"] == 0, (folder / "log").read_text(encoding="utf-8")[-2000:]
    return Spent(cost["wall"], cost["cpu"])


def table_of(size: int, revisions: int, library: Path, spent: dict[str, Spent]) -> str:
    """Times and their ratio to `status`."""
    files = [path for path in (library / "sealed").rglob("revisions/*/*") if path.is_file()]
    volume = sum(path.stat().st_size for path in files)
    lines = [
        f"### {size} SOPs in {len(LANGUAGES)} languages, {revisions} sealed revisions each "
        f"({len(files)} files, {volume / 1e6:.0f} MB), load {os.getloadavg()[0]:.1f}",
        "",
        "| command | wall | CPU | CPU of status : CPU |",
        "|---|---|---|---|",
    ]
    status = spent[STATUS]
    lines += [f"| {name} | {s.wall:.1f} s | {s.cpu:.1f} s | {status.cpu / s.cpu:.2f} |" for name, s in spent.items()]
    verdict = "within" if status.wall < LIMIT else "over"
    return "\n".join(
        [*lines, "", f"status: {status.wall:.1f} s, {verdict} {LIMIT:g} s (set for 300 documents and 10 revisions)", ""]
    )
