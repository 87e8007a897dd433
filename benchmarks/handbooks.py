"""What do the printed handbooks cost, whole and after one change? Patokaz beside mkdocs-with-pdf, headless Chromium and Typst.

```sh
python -m venv .cache/peers && .cache/peers/bin/pip install mkdocs-with-pdf mkdocs-material typst
python benchmarks/handbooks.py --peers .cache/peers/bin/python            # the library, and a synthetic one of 50 procedures
python benchmarks/handbooks.py --sizes 20 200 --linear                    # only Patokaz, growth from about 100 to 1,000 pages
```

Every book of one language is printed: by profession and the full one. ``handbook_peers.py`` gives the peers the same words.
"""

from __future__ import annotations

import argparse
import compileall
import datetime
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from handbook_peers import chromium, mkdocs, typst
from library import DAY, write_library

from patokaz.checking import checked, sound_edition
from patokaz.handbooks import Binder, Book, compose, handbooks_of
from patokaz.load import DiskTree
from patokaz.pages import compile_for_print
from patokaz.release.press import press

HERE = Path(__file__).parent
ROOT = HERE.parent
LANGUAGE = "en"
TODAY = datetime.date(2026, 11, 24)
SYNTHETIC_ROLES = ("border-police", "mobile-team")


@dataclass
class Cost:
    """Seconds on the clock and of the processors; the peak of the largest process in MB; pages of all PDFs.

    ``printing``: seconds on the clock from composed books to PDFs; the peers begin there.
    """

    wall: float
    cpu: float
    peak: float
    pages: int
    printing: float

    @property
    def row(self) -> str:
        """The cells of a table."""
        return f"{self.pages} | {self.wall:.1f} | {self.printing:.1f} | {self.cpu:.1f} | {self.peak:.0f} | {self.pages / self.wall:.0f}"


def books_of(tree: DiskTree, day: datetime.date, only: str = "") -> Iterator[Book]:
    """The composed books of a library; compiled in their language alone, as the command ``patokaz handbook`` does."""
    library, found = checked(tree, day, (LANGUAGE,))
    assert library is not None, [str(item) for item in found][:3]
    library = sound_edition(library, found, tree, day)
    binder = Binder(compile_for_print(library, "professional", languages=(LANGUAGE,)), LANGUAGE)
    records = (record for record in handbooks_of(binder.compiled) if only in ("", record.id))
    yield from (book for record in records if (book := compose(record, binder)) is not None)


def ours(root: Path, out: Path, jobs: int, only: str) -> None:
    """What the measured process does: everything from the sources to the PDFs."""
    tree, start = DiskTree(root), 0.0
    with press(tree, jobs, out / "kept") as printer:
        books = []
        for book in books_of(tree, TODAY if root.name != "patokaz" else DAY, only):
            start = start or time.perf_counter()
            books.append(book)
            printer.begin(book.parts)
        for book, linked in printer.linked(books):
            (out / book.file_name).write_bytes(linked.pdf)
    print(f"printing {time.perf_counter() - start}")


def measured(command: list[str], folder: Path, log: str) -> Cost:
    line = [sys.executable, str(HERE / "measure.py"), str(folder / f"{log}.log"), *command]
    # Whoever uses a program has its modules compiled after the first time; the peers' were when they were installed.
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    used = json.loads(subprocess.run(line, capture_output=True, text=True, check=True, cwd=folder, env=env).stdout)
    if used["code"]:
        raise SystemExit(f"{log} failed:\n" + (folder / f"{log}.log").read_text(errors="replace")[-2000:])
    return Cost(used["wall"], used["cpu"], used["peak"] / 1e6, 0, used["wall"])


def pages_in(folder: Path) -> int:
    total = 0
    for file in folder.glob("*.pdf"):
        with pikepdf.open(file) as pdf:
            total += len(pdf.pages)
    return total


def of_ours(root: Path, out: Path, jobs: int, only: str = "") -> Cost:
    command = [sys.executable, __file__, "--work", str(root), str(out), str(jobs), only]
    cost = measured(command, out, "patokaz")
    cost.pages = pages_in(out)
    cost.printing = float((out / "patokaz.log").read_text().rpartition("printing ")[2])
    return cost


def of_peer(make: Callable[[Book, Path], list[str]], books: list[Book], out: Path) -> Cost:
    """One process after the other; the seconds are summed, the peak is that of the largest."""
    total = Cost(0, 0, 0, 0, 0)
    for book in books:
        folder = out / book.id
        folder.mkdir(parents=True)
        cost = measured(make(book, folder), folder, "peer")
        total = Cost(
            total.wall + cost.wall, total.cpu + cost.cpu, max(total.peak, cost.peak), 0, total.printing + cost.printing
        )
        made = next(folder.rglob("book.pdf"))
        shutil.copyfile(made, out / f"{book.id}.pdf")
    total.pages = pages_in(out)
    return total


def synthetic(folder: Path, size: int) -> Path:
    """A library of ``size`` procedures with two handbooks by profession and a full one."""
    write_library(folder, size)
    root = folder / "patokaz"
    handbooks = root / "docs/handbooks"
    handbooks.mkdir(parents=True)
    families = "[arrival, identification, referral, assistance]"
    include = "include: [limits, contacts, terms, sources]\n"
    for name, select in (
        *((role, f"{{roles: [{role}], families: [], documents: [FORM-01, model-act]}}") for role in SYNTHETIC_ROLES),
        ("full", f"{{roles: [], families: {families}, documents: [FORM-01, model-act]}}"),
    ):
        title = f"{{mk: {name}, sq: {name}, en: Handbook {name}}}"
        (handbooks / f"{name}.yml").write_text(f"id: {name}\ntitle: {title}\nselect: {select}\n{include}")
    return root


def changed(root: Path, copy: Path) -> Path:
    """A copy of a library with one word more in one procedure."""
    shutil.copytree(root, copy, ignore=shutil.ignore_patterns(".git", ".cache", "site", ".venv"), dirs_exist_ok=True)
    text = sorted(copy.glob(f"sops/*/SOP-*/{LANGUAGE}.md"))[0]
    lines = text.read_text(encoding="utf-8").rstrip().split("\n")
    text.write_text("\n".join([*lines[:-1], f"{lines[-1]} Once more.", ""]), encoding="utf-8")
    return copy


def compare(name: str, root: Path, work: Path, peers: Path | None, jobs: int, runs: int) -> str:
    books = list(books_of(DiskTree(root), TODAY if root.name != "patokaz" else DAY))
    edited = changed(root, work / "changed")
    load = os.getloadavg()[0]
    costs: dict[str, list[Cost]] = {}
    for run in range(runs):
        for label, cost in once(root, edited, books, work / str(run), peers, jobs):
            costs.setdefault(label, []).append(cost)
    return table(name, costs, len(books), load)


def once(
    root: Path, edited: Path, books: list[Book], work: Path, peers: Path | None, jobs: int
) -> Iterator[tuple[str, Cost]]:
    """Everything once, one after the other: ``edited`` is the library at ``root`` with one procedure changed."""
    out = work / "ours"
    out.mkdir(parents=True)
    yield "Patokaz, cold, two processes", of_ours(root, out, jobs)
    yield "Patokaz, nothing changed (link only)", of_ours(root, out, jobs)
    yield "Patokaz, one procedure changed", of_ours(edited, out, jobs)
    makers: dict[str, Callable[[Book, Path], list[str]]] = {"Chromium, each whole": chromium}
    if peers:
        makers |= {
            "mkdocs-with-pdf, each whole": lambda book, folder: mkdocs(book, folder, peers),
            "Typst, each whole": lambda book, folder: typst(book, folder, peers),
        }
    for label, make in makers.items():
        yield label, of_peer(make, books, work / label.split(",")[0].lower())


def table(name: str, costs: dict[str, list[Cost]], books: int, load: float) -> str:
    """The run of each kind that took the middle time."""
    rows = {label: sorted(runs, key=lambda cost: cost.wall)[len(runs) // 2] for label, runs in costs.items()}
    lines = [
        f"### {name}: {books} handbooks, load {load:.1f} before, {os.getloadavg()[0]:.1f} after",
        "",
        "| | pages | wall s | of it printing | CPU s | peak MB | pages a second | mkdocs-with-pdf / this: wall | printing | CPU |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    base = rows.get("mkdocs-with-pdf, each whole")
    for label, cost in rows.items():
        ratios = (
            f"{base.wall / cost.wall:.1f} | {base.wall / cost.printing:.1f} | {base.cpu / cost.cpu:.1f}"
            if base
            else "||"
        )
        lines.append(f"| {label} | {cost.row} | {ratios} |")
    spread = [
        f"{label.removeprefix('Patokaz, ')} {min(c.wall for c in runs):.1f}–{max(c.wall for c in runs):.1f}"
        for label, runs in costs.items()
    ]
    lines += ["", f"Least and most wall seconds of {len(next(iter(costs.values())))} runs: {'; '.join(spread)}."]
    return "\n".join(lines) + "\n"


def linear(sizes: list[int], work: Path, jobs: int) -> str:
    rows = []
    for size in sizes:
        out = work / f"{size}-out"
        out.mkdir()
        root = synthetic(work / str(size), size)
        rows += [
            (size, "cold", of_ours(root, out, jobs, "full")),
            (size, "link only", of_ours(root, out, jobs, "full")),
        ]
    lines = [
        "| procedures | | pages | wall s | of it printing | CPU s | peak MB | pages a second |",
        "|--:|---|--:|--:|--:|--:|--:|--:|",
    ]
    lines += [f"| {size} | {what} | {cost.row} |" for size, what, cost in rows]
    first, last = rows[0][2], rows[-2][2]
    lines += [
        "",
        f"{last.pages / first.pages:.1f} times the pages cost {last.cpu / first.cpu:.1f} times the CPU seconds.",
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="*", default=[50])
    parser.add_argument("--peers", type=Path, help="The Python of an environment with mkdocs-with-pdf and typst.")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--runs", type=int, default=3, help="How often each is run; shown is the one in the middle.")
    parser.add_argument("--linear", action="store_true", help="Only Patokaz, the full handbook of each size.")
    parser.add_argument("--no-library", action="store_true", help="Leave out the repository's own library.")
    args = parser.parse_args()
    print(
        f"{time.strftime('%Y-%m-%d')}; {os.cpu_count()} cores; Python {platform.python_version()}; language {LANGUAGE}\n"
    )
    compileall.compile_dir(ROOT / "src", quiet=1)
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        if args.linear:
            print(linear(args.sizes, work, args.jobs))
            return
        peers = args.peers.absolute() if args.peers else None
        if not args.no_library:
            print(compare("The library", ROOT, work / "library", peers, args.jobs, args.runs), flush=True)
        for size in args.sizes:
            root = synthetic(work / str(size), size)
            print(
                compare(f"{size} synthetic procedures", root, work / f"{size}-out", peers, args.jobs, args.runs),
                flush=True,
            )


if __name__ == "__main__":
    if sys.argv[1:2] == ["--work"]:
        ours(Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]), sys.argv[5])
    else:
        main()
