"""A build that is killed at any moment leaves the whole old site or the whole new one, and nothing else for long.

Each build is a process of its own. Most are forked from a server that has imported everything already, because the
imports would take longer than the builds; the shortest way through ``python -m patokaz`` is tried as well.
"""

from __future__ import annotations

import concurrent.futures
import datetime
import hashlib
import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest

from patokaz.release.build import Options, build
from sample import SOP, Sources, sample_files

pytestmark = [pytest.mark.slow, pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")]

KILLS = 50
LANES = 2
"""Libraries that are built at the same time, so that two processors are busy."""

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(
    [
        *("patokaz.release.build", "patokaz.site.plugin", "mkdocs.commands.build", "mkdocs_static_i18n.plugin"),
        *("markdown.extensions.attr_list", "markdown.extensions.codehilite", "markdown.extensions.fenced_code"),
        *("markdown.extensions.tables", "material.templates", "minify", "colorama"),
        # What this module itself takes.
        *("patokaz.exchange", "patokaz.word", "pytest", "yaml"),
    ]
)


def build_here(root: Path) -> None:
    """What runs in the process that is killed."""
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        os.dup2(nowhere.fileno(), 1)
        build(Options(root, datetime.date(2026, 11, 23), handbooks=False), lambda *_: None)


def start(root: Path) -> BaseProcess:
    process = CONTEXT.Process(target=build_here, args=(root,))
    process.start()
    return process


def whole_build(root: Path) -> float:
    """Build to the end; the seconds it took."""
    begun = time.monotonic()
    process = start(root)
    process.join(120)
    assert process.exitcode == 0
    return time.monotonic() - begun


def state(site: Path) -> str:
    """A digest over the names and bytes of every file."""
    digest = hashlib.sha256()
    for path in sorted(site.rglob("*")):
        digest.update(f"{path.relative_to(site)}\0{'d' if path.is_dir() else 'f'}\0".encode())
        if path.is_file():
            digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def edit(root: Path, number: int) -> None:
    """Another state of the sources, so that the old and the new site differ."""
    base = sample_files()[f"{SOP}/en.md"].decode()
    (root / SOP / "en.md").write_text(base + (f"\nState {number}.\n" if number else ""), encoding="utf-8")


def kill(process: BaseProcess) -> bool:
    """Kill it; whether it was still running."""
    process.kill()
    process.join(30)
    return process.exitcode == -signal.SIGKILL


def kill_after(root: Path, seconds: float) -> bool:
    process = start(root)
    process.join(seconds)
    return kill(process)


def kill_at_publishing(root: Path, seconds: float) -> bool:
    """Kill ``seconds`` after the staged site gets its marker, which is the last thing before the exchange."""
    process = start(root)
    marker = root / f".site.stage-{process.pid}" / "site" / ".patokaz-site"
    while process.is_alive() and not marker.exists():
        time.sleep(0.0005)
    time.sleep(seconds)
    return kill(process)


def kill_after_publishing(root: Path, seconds: float) -> bool:
    """Kill ``seconds`` after another folder has the name of the site: what is left to do is to clean up."""
    before = (root / "site").stat().st_ino
    process = start(root)
    while process.is_alive() and (root / "site").stat().st_ino == before:
        time.sleep(0.0005)
    time.sleep(seconds)
    return kill(process)


KINDS = {"build": kill_after, "publishing": kill_at_publishing, "published": kill_after_publishing}


def left_overs(root: Path) -> list[str]:
    return sorted(path.name for path in root.iterdir() if path.name.startswith(".site."))


def kill_many(root: Path, seed: int) -> tuple[int, dict[str, int]]:
    """A lane: kills at moments spread over a build, most of them early because they cost less, then about the publishing."""
    states = []
    seconds = 0.0
    for number in (0, 1):
        edit(root, number)
        seconds = whole_build(root)
        states.append(state(root / "site"))
    assert states[0] != states[1]
    assert left_overs(root) == []

    rnd = random.Random(seed)
    number = KILLS // LANES
    moments = [("build", rnd.uniform(0.01, 0.4) * seconds) for _ in range(number * 3 // 5)]
    moments += [("build", rnd.uniform(0.4, 1.02) * seconds) for _ in range(number - number * 3 // 5 - number // 5)]
    moments += [("publishing", rnd.uniform(0, 0.006)) for _ in range(number // 5)]
    moments += [("published", rnd.uniform(0, 0.002))]
    killed, seen = 0, dict.fromkeys(("old", "new"), 0)
    old = 1
    for kind, moment in moments:
        edit(root, 1 - old)
        killed += KINDS[kind](root, moment)
        current = state(root / "site")
        assert current in states, f"killed {moment:.4f} s into {kind}, the site is neither the old nor the new one"
        seen["old" if current == states[old] else "new"] += 1
        old = states.index(current)
    edit(root, 0)
    whole_build(root)
    assert left_overs(root) == []
    assert state(root / "site") == states[0]
    return killed, seen


def test_killed_builds_leave_a_whole_site(tmp_path: Path) -> None:
    roots = [Sources(sample_files()).write(tmp_path / f"library-{lane}") for lane in range(LANES)]
    with concurrent.futures.ThreadPoolExecutor(LANES) as pool:
        results = list(pool.map(kill_many, roots, range(20261123, 20261123 + LANES)))
    assert sum(killed for killed, _ in results) > KILLS // 2
    for side in ("old", "new"):
        assert sum(seen[side] for _, seen in results) > 0, (
            "every kill hit one side of the publishing: this proves little"
        )


def command(root: Path) -> subprocess.Popen[bytes]:
    arguments = [
        sys.executable,
        "-m",
        "patokaz",
        "--root",
        str(root),
        "build",
        "--no-handbooks",
        "--today",
        "2026-11-23",
    ]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True)


def test_killed_command_leaves_no_half_site(tmp_path: Path) -> None:
    """Through the program itself, killed once a staging folder exists: there is no site yet, and the next build cleans up."""
    root = Sources(sample_files()).write(tmp_path / "library")
    process = command(root)
    stage = root / f".site.stage-{process.pid}"
    while process.poll() is None and not stage.exists():
        time.sleep(0.001)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    assert left_overs(root) == [stage.name]
    assert not (root / "site").exists()
    whole_build(root)
    assert left_overs(root) == []
    assert (root / "site" / "index.html").is_file()


def test_two_builds_at_once_end_in_one_whole_site(tmp_path: Path) -> None:
    """They do not share a staging folder, and the last to publish wins."""
    root = Sources(sample_files()).write(tmp_path / "library")
    whole_build(root)
    expected = state(root / "site")
    processes = [start(root), start(root)]
    for process in processes:
        process.join(120)
    assert [process.exitcode for process in processes] == [0, 0]
    assert state(root / "site") == expected
    assert left_overs(root) == []
