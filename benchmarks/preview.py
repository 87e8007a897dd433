"""How soon an edit shows in the preview: Patokaz and plain MkDocs, one after the other.

python benchmarks/preview.py --sizes 30 100 --edits 7
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from library import write_library

from patokaz.load import SOURCE_FOLDERS

ROOT = Path(__file__).resolve().parents[1]
FIRST, EVERY = 300.0, 0.02
"""Seconds that a preview may take to begin, and seconds between two looks at a page."""
REST = 1.0
"""Seconds between an edit that has shown and the next one: the preview is waiting again."""


@dataclass(frozen=True)
class Place:
    """Words in a source file, the page on which they show, and the folder of mkdocs.yml."""

    root: Path
    file: Path
    words: str
    page: str


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="*", default=[100], help="numbers of SOPs of synthetic libraries")
    parser.add_argument("--edits", type=int, default=7, help="edits of each preview")
    given = parser.parse_args()
    print("| library | edit | first build, s | edit shows after, s: median (least to most) | stock / Patokaz |")
    print("|---|---|--:|--:|--:|")
    with tempfile.TemporaryDirectory(prefix="patokaz-preview-") as name:
        folder = Path(name)
        show("the one that ships", "label of a pathway", given.edits, shipped(folder / "shipped"))
        for size in given.sizes:
            write_library(folder / str(size), size)
            for place in synthetic(folder / str(size)):
                kind = "stock" if place.root.name == "stock" else "Patokaz"
                seconds = show(f"{size} SOPs, {kind}", "heading of a text", given.edits, place)
                if kind == "stock":
                    stock = seconds
                else:
                    print(f"| | | | | **{stock / seconds:.1f}** |", flush=True)


def shipped(root: Path) -> Place:
    """A copy of the library of this repository, and the label of a phase in it."""
    for part in (*SOURCE_FOLDERS, "overrides"):
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, root / part)
    shutil.copy(ROOT / "mkdocs.yml", root)
    (file,) = root.glob("sops/*/SOP-05-*/pathway.yml")
    return Place(root, file, "en: Help today", "en/pathways/sop-05.html")


def synthetic(folder: Path) -> tuple[Place, Place]:
    """The same sentence in the stock texts and in ours."""
    (ours,) = (folder / "patokaz").glob("sops/*/SOP-001/en.md")
    (stock,) = (folder / "stock/docs/en").glob("sops/*/sop-001.md")
    family = stock.parent.name
    words = "Measures at interview"
    return (
        Place(folder / "stock", stock, words, f"en/sops/{family}/sop-001/"),
        Place(folder / "patokaz", ours, words, "en/sops/sop-001.html"),
    )


def show(library: str, edit: str, number: int, place: Place) -> float:
    """Print a line of the table; the median of the seconds."""
    first, seconds = measure(place, number)
    median = statistics.median(seconds)
    print(
        f"| {library} | {edit} | {first:.1f} | {median:.2f} ({min(seconds):.2f} to {max(seconds):.2f}) | |", flush=True
    )
    return median


def measure(place: Place, number: int) -> tuple[float, list[float]]:
    """Seconds until the preview shows the page, and from each of ``number`` edits until the page shows it."""
    good = place.file.read_text(encoding="utf-8")
    assert place.words in good
    seconds = []
    with serving(place.root) as address:
        began = time.monotonic()
        wait_for(address + place.page, place.words.partition(": ")[2] or place.words, FIRST)
        first = time.monotonic() - began
        for turn in range(number):
            time.sleep(REST)
            # Letters, no digit: a digit that other languages lack is an error in a label.
            word = "Changed" + "abcdefghijklmnopqrstuvwxyz"[turn % 26]
            began = time.monotonic()
            place.file.write_text(good.replace(place.words, f"{place.words} {word}"), encoding="utf-8")
            wait_for(address + place.page, word, 60)
            seconds.append(time.monotonic() - began)
    return first, seconds


@contextlib.contextmanager
def serving(root: Path) -> Iterator[str]:
    """The address of ``mkdocs serve`` in a folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # click 8.3 makes --livereload, which is on by default, an option that has to be given.
    command = [sys.executable, "-m", "mkdocs", "serve", "--quiet", "--livereload", "-a", f"127.0.0.1:{port}"]
    process = subprocess.Popen(command, cwd=root, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"})
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(30)


def wait_for(url: str, words: str, most: float) -> None:
    """Look at a page until it has the words; raises TimeoutError."""
    until = time.monotonic() + most
    while time.monotonic() < until:
        with (
            contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError),
            urllib.request.urlopen(url, timeout=60) as answer,
        ):
            if words in answer.read().decode():
                return
        time.sleep(EVERY)
    raise TimeoutError(f"{url} does not show “{words}”")


if __name__ == "__main__":
    main()
