"""Compare the build of Patokaz with plain MkDocs, Material and static-i18n on the same synthetic library.

python benchmarks/build.py --sizes 30 100 300 --runs 1
python benchmarks/build.py --profile --sizes 100
"""

from __future__ import annotations

import argparse
import datetime
import itertools
import json
import os
import platform
import pstats
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from library import DAY, write_library

HERE = Path(__file__).parent
PACKAGES = ("patokaz", "mkdocs", "mkdocs-material", "mkdocs-static-i18n", "markdown")
STOCK, BARE, PATOKAZ = "stock", "stock without search", "Patokaz"
WARM_UP = 3
"""SOPs of an unmeasured first build, so that no build pays for compiling Python files or for a cold disk."""


@dataclass(frozen=True)
class Cost:
    """What one build cost and made."""

    wall: float
    cpu: float
    peak: int
    site: int
    pages: int
    index: int


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--sizes", type=int, nargs="+", default=[30, 100, 300], help="numbers of SOPs")
    parser.add_argument("--runs", type=int, default=1, help="builds of each kind and size; the median is shown")
    parser.add_argument("--profile", action="store_true", help="profile a Patokaz build of each size instead")
    parser.add_argument("--top", type=int, default=40, help="functions that --profile prints")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="patokaz-benchmark-") as name:
        folder = Path(name)
        if given.profile:
            for size in given.sizes:
                profile(library_of(folder, size), size, given.top)
            return
        compare(folder, given.sizes, given.runs)


def library_of(folder: Path, size: int) -> Path:
    """The folder of a library of ``size`` SOPs, written when it is not there yet."""
    library = folder / str(size)
    if not library.exists():
        write_library(library, size)
    return library


# Comparing


def compare(folder: Path, sizes: list[int], runs: int) -> None:
    """Build everything, then print tables."""
    print(f"{datetime.date.today()}, {machine()}; {versions()}; {runs} run(s)\n")  # noqa: DTZ011
    for kind in COMMANDS:
        run(library_of(folder, WARM_UP), kind)
    medians: dict[int, dict[str, Cost]] = {}
    for size in sizes:
        library = library_of(folder, size)
        # One of each per turn: what else the machine does meets all of them.
        turns = [{kind: run(library, kind) for kind in COMMANDS} for _ in range(runs)]
        medians[size] = {kind: median([turn[kind] for turn in turns]) for kind in COMMANDS}
        print(
            f"### {size} SOPs in 3 languages, load {os.getloadavg()[0]:.1f}\n\n{table_of(medians[size])}\n", flush=True
        )
    if len(sizes) > 1:
        print(f"### Growth: wall time per SOP\n\n{growth_of(medians)}")


def _stock_command(config: str) -> Callable[[Path, Path], list[str]]:
    def command(library: Path, site: Path) -> list[str]:
        config_file = library / "stock" / config
        return [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", str(config_file), "-d", str(site)]

    return command


def patokaz_command(library: Path, site: Path) -> list[str]:
    """The interpreter's arguments for a Patokaz build."""
    root = ["--root", str(library / "patokaz")]
    return [
        sys.executable,
        "-m",
        "patokaz",
        *root,
        "build",
        "--no-handbooks",
        "--today",
        str(DAY),
        "--site-dir",
        str(site),
    ]


COMMANDS = {
    STOCK: _stock_command("mkdocs.yml"),
    BARE: _stock_command("mkdocs-without-search.yml"),
    PATOKAZ: patokaz_command,
}
"""How each is built: from (library, site folder) to a command."""


def run(library: Path, kind: str) -> Cost:
    """One build as a process of its own, into a folder that is removed again."""
    with tempfile.TemporaryDirectory(dir=library) as name:
        site, log = Path(name) / "site", Path(name) / "log"
        measured = subprocess.run(
            [sys.executable, str(HERE / "measure.py"), str(log), *COMMANDS[kind](library, site)],
            check=True,
            capture_output=True,
            text=True,
            env=os.environ | {"NO_MKDOCS_2_WARNING": "true"},
        )
        found = json.loads(measured.stdout)
        if found["code"] != 0:
            sys.exit(f"the build of {kind} failed:\n{log.read_text()[-4000:]}")
        files = [path for path in site.rglob("*") if path.is_file()]
        return Cost(
            wall=found["wall"],
            cpu=found["cpu"],
            peak=found["peak"],
            site=sum(path.stat().st_size for path in files),
            pages=sum(path.suffix == ".html" for path in files),
            index=sum(
                path.stat().st_size
                for path in files
                if "search" in path.relative_to(site).parts[:-1] or path.name in ("find.js", "find-common.js")
            ),
        )


def median(costs: list[Cost]) -> Cost:
    """The run in the middle by wall time."""
    middle = statistics.median_low([cost.wall for cost in costs])
    return next(cost for cost in costs if cost.wall == middle)


def table_of(costs: dict[str, Cost]) -> str:
    """Both stock builds, Patokaz, and the ratios to Patokaz."""
    ours = costs[PATOKAZ]
    rows: list[tuple[str, Callable[[Cost], float], str]] = [
        ("wall time, s", lambda cost: cost.wall, ".1f"),
        ("CPU time, s", lambda cost: cost.cpu, ".1f"),
        ("peak memory, MiB", lambda cost: cost.peak / 2**20, ".0f"),
        ("site, MB", lambda cost: cost.site / 1e6, ".1f"),
        ("of it search index, MB", lambda cost: cost.index / 1e6, ".1f"),
        ("HTML pages", lambda cost: cost.pages, ".0f"),
    ]
    lines = [
        f"| | {STOCK} | {BARE} | {PATOKAZ} | {STOCK} / {PATOKAZ} | {BARE} / {PATOKAZ} |",
        "|---|--:|--:|--:|--:|--:|",
    ]
    for name, value, style in rows:
        cells = [format(value(costs[kind]), style) for kind in COMMANDS]
        # Only what is to be small is compared.
        compared = name not in ("of it search index, MB", "HTML pages")
        cells += [f"{value(costs[kind]) / value(ours):.2f}" if compared else "" for kind in (STOCK, BARE)]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def growth_of(medians: dict[int, dict[str, Cost]]) -> str:
    """Wall time per SOP, and its factors from size to size: 1 or less means linear or better."""
    sizes = sorted(medians)
    pairs = [*itertools.pairwise(sizes), *([(sizes[0], sizes[-1])] if len(sizes) > 2 else [])]
    titles = [*(f"{size} SOPs, ms each" for size in sizes), *(f"{first} → {last}" for first, last in pairs)]
    lines = [f"| | {' | '.join(titles)} |", "|---|" + "--:|" * len(titles)]
    for kind in COMMANDS:
        each = {size: medians[size][kind].wall / size for size in sizes}
        cells = [f"{each[size] * 1000:.0f}" for size in sizes]
        cells += [f"{each[last] / each[first]:.2f}" for first, last in pairs]
        lines.append(f"| {kind} | {' | '.join(cells)} |")
    return "\n".join(lines)


def machine() -> str:
    """The machine in a few words."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, Python {platform.python_version()}"


def versions() -> str:
    """The releases that are compared."""
    return ", ".join(f"{name} {metadata.version(name)}" for name in PACKAGES)


# Profiling


def profile(library: Path, size: int, top: int) -> None:
    """Print where a Patokaz build spends its time, callees included. Profiling itself makes it about twice as slow."""
    output = library / "profile"
    with tempfile.TemporaryDirectory(dir=library) as name:
        command = patokaz_command(library, Path(name) / "site")
        command[1:1] = ["-m", "cProfile", "-o", str(output)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    print(f"### {size} SOPs in 3 languages\n", flush=True)
    pstats.Stats(str(output)).sort_stats("cumulative").print_stats(top)


if __name__ == "__main__":
    main()
