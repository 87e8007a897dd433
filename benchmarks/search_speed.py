"""How fast is search for a reader, and what does it weigh? Patokaz from file://, stock Material beside it over HTTP.

```sh
python benchmarks/search_speed.py                         # 100 and 999 procedures in three languages; builds four sites
python benchmarks/search_speed.py --sizes 100 --keep DIR  # sites are left in DIR and used again
```

Needs the environment of the tests and Chromium. Figures are the median of ``--runs`` fresh pages, the least in brackets.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import functools
import http.server
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from build import COMMANDS as BUILDS
from build import PATOKAZ, STOCK, library_of
from finding.visits import CAPTURED, FIND, FIRST, QUERIES_SHOWN, program
from finding.weight import grown, scripts
from playwright.sync_api import Browser, CDPSession, Page, sync_playwright
from words import LANGUAGES, WORDS

SLOW_FIRST, SLOW_QUERY = 4, 6
"""How much slower the processor is made for the first result, and for queries."""
READER = "en"
"""The language in which both sites are searched; stock has one index for all."""
NUMBER = 40
"""Queries a language, of which every beginning is asked."""
ASKED = 10
"""Queries that are timed from the letters to the results on the page, in both sites."""
GOALS = {"first": "300 / 500", "p95": "50", "heap": "10", "per page": "1.5", "scripts": "15", "grown": "3"}


@dataclass
class Figures:
    """Milliseconds, MB and kB of one site; a list has one value a run."""

    first: list[float] = field(default_factory=list)
    shown: list[float] = field(default_factory=list)
    heap: list[float] = field(default_factory=list)
    p95: dict[str, list[float]] = field(default_factory=dict)
    index: float = 0
    pages: int = 0


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    # Names of procedures have at most three digits.
    parser.add_argument("--sizes", type=int, nargs="+", default=[100, 999], help="numbers of procedures")
    parser.add_argument("--runs", type=int, default=5, help="how often each figure is taken")
    parser.add_argument("--keep", type=Path, help="folder in which built sites are left and looked for")
    parser.add_argument("--only", action="store_true", help="Patokaz alone")
    given = parser.parse_args()
    with contextlib.ExitStack() as open_things:
        folder = given.keep or Path(open_things.enter_context(tempfile.TemporaryDirectory(prefix="patokaz-search-")))
        playwright = open_things.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=program(), args=["--no-sandbox", "--disable-gpu"])
        print(f"{datetime.date.today()}, {os.cpu_count()} cores, Chromium {browser.version}, ", end="")  # noqa: DTZ011
        print(f"Python {platform.python_version()}; {given.runs} runs: median (least).\n")
        for size in given.sizes:
            ours = site_of(folder, size, PATOKAZ)
            stock = None if given.only else site_of(folder, size, STOCK)
            before = os.getloadavg()[0]
            figures = {PATOKAZ: of_ours(browser, ours, given.runs), STOCK: Figures()}
            if stock:
                with served(stock) as root:
                    figures[STOCK] = of_stock(browser, stock, root, given.runs)
            load = f"{before:.1f} to {os.getloadavg()[0]:.1f}"
            print(f"### {size} procedures in 3 languages, load {load}\n\n{table_of(figures)}\n", flush=True)
        print(f"Weight of search, kB as shipped: {weights(ours)}")
        browser.close()


def site_of(folder: Path, size: int, kind: str) -> Path:
    """The built site of ``size`` procedures; it is built where it is not there yet."""
    folder.mkdir(parents=True, exist_ok=True)
    library = library_of(folder.resolve(), size)
    site = library / ("site" if kind == PATOKAZ else "stock-site")
    if not site.exists():
        command = [sys.executable, *BUILDS[kind](library, site)[1:]]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=os.environ | {"NO_MKDOCS_2_WARNING": "true"})
    return site


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a local server of a folder."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


# What is asked


def queries(language: str) -> list[str]:
    """Half from the words of the synthetic library, half as officers type over the real one: those need guessing here."""
    words = WORDS[language]
    phrases = [*words.nouns, *words.terms.values(), *words.conditions, *words.purposes, *words.actions]
    rows = json.loads((Path(__file__).parents[1] / "tests" / "search" / "queries.json").read_text(encoding="utf-8"))
    typed = [row["query"] for row in rows if row["lang"] == language]
    half = NUMBER // 2
    return [every for known in (phrases, typed) for every in known[:: max(1, len(known) // half)][:half]]


def beginnings(asked: Sequence[str]) -> list[str]:
    """What is in the field while each query is being typed."""
    return [query[:end] for query in asked for end in range(1, len(query) + 1)]


# Visits


@contextlib.contextmanager
def visit(browser: Browser, url: str, slower: float) -> Iterator[tuple[Page, CDPSession]]:
    """A page in a context of its own, loaded, on a slower processor."""
    context = browser.new_context(viewport={"width": 360, "height": 640})
    context.set_default_timeout(300_000)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    page.goto(url, wait_until="load")
    yield page, session
    context.close()


def first_result(page: Page, query: str, option: str) -> float:
    """Milliseconds from the key / to the first option in the document, the query typed as soon as the field has focus."""
    page.evaluate(CAPTURED, [query, option])
    page.keyboard.press("/")
    return float(page.evaluate(FIRST))


def letters_to_results(page: Page, field: str, results: str) -> float:
    """Milliseconds from a query in the field to its results in the document, the median of several queries."""
    # The first one is in the field already.
    times = page.evaluate(QUERIES_SHOWN, [queries(READER)[1 : ASKED + 1], field, results])
    return float(statistics.median(time for time in times if time is not None))


def heap(session: CDPSession) -> float:
    """MB that the page's scripts hold after a collection."""
    session.send("HeapProfiler.collectGarbage")
    return float(session.send("Runtime.getHeapUsage")["usedSize"]) / 1e6


def of_ours(browser: Browser, site: Path, runs: int) -> Figures:
    """The figures of Patokaz from file://."""
    found = Figures()
    sizes, option = [], ".pk-find [role=option]"
    for language in LANGUAGES:
        here = site if language == LANGUAGES[0] else site / language
        sizes.append((here / "find.js").stat().st_size)
        page_url = (here / "sops" / "sop-001.html").as_uri()
        found.p95[language] = []
        for _ in range(runs):
            if language == READER:
                with visit(browser, page_url, SLOW_FIRST) as (page, _session):
                    found.first.append(first_result(page, queries(language)[0], option))
            with visit(browser, page_url, SLOW_QUERY) as (page, session):
                before = heap(session)
                first_result(page, queries(language)[0], option)
                if language == READER:
                    found.shown.append(letters_to_results(page, ".pk-find input", ".pk-find"))
                times = sorted(page.evaluate(FIND, beginnings(queries(language))))
                found.p95[language].append(times[int(len(times) * 0.95)])
                if language == READER:
                    found.heap.append(heap(session) - before)
    found.pages = len(list((site / READER).rglob("*.html")))
    found.index = (sum(sizes) + (site / "find-common.js").stat().st_size) / len(sizes) / 1000
    return found


def of_stock(browser: Browser, site: Path, root: str, runs: int) -> Figures:
    """The figures of Material's search. Its worker's memory is not the page's, so there is none to show."""
    found = Figures()
    (here,) = (site / READER).rglob("sop-001/index.html")
    url = root + here.parent.relative_to(site).as_posix() + "/"
    asked, option = queries(READER), ".md-search-result__item"
    for _ in range(runs):
        with visit(browser, url, SLOW_FIRST) as (page, _session):
            found.first.append(first_result(page, asked[0], option))
        with visit(browser, url, SLOW_QUERY) as (page, _session):
            first_result(page, asked[0], option)
            found.shown.append(letters_to_results(page, ".md-search__input", ".md-search-result"))
    found.pages = len(list((site / READER).rglob("*.html")))
    found.index = (site / "search" / "search_index.json").stat().st_size / len(LANGUAGES) / 1000
    return found


# Tables


def shown(values: Sequence[float], style: str = ".0f") -> str:
    """Median and least."""
    return f"{statistics.median(values):{style}} ({min(values):{style}})" if values else "–"


def table_of(figures: dict[str, Figures]) -> str:
    """Patokaz, stock and how many times as much stock needs."""
    ours, stock = figures[PATOKAZ], figures[STOCK]
    lines = ["| | Patokaz | stock | stock / Patokaz | goal |", "|---|--:|--:|--:|--:|"]

    def row(name: str, mine: str, other: str = "–", ratio: float | None = None, goal: str = "") -> None:
        lines.append(f"| {name} | {mine} | {other} | {f'{ratio:.1f}' if ratio else '–'} | {goal} |")

    def measured(name: str, mine: list[float], other: list[float], goal: str = "") -> None:
        row(
            name, shown(mine), shown(other), statistics.median(other) / statistics.median(mine) if other else None, goal
        )

    measured(f"first result at {SLOW_FIRST}×, ms", ours.first, stock.first, GOALS["first"])
    measured(f"letters to results on the page at {SLOW_QUERY}×, ms", ours.shown, stock.shown)
    for language, values in ours.p95.items():
        row(f"`find` over every beginning at {SLOW_QUERY}×, p95, {language}, ms", shown(values), goal=GOALS["p95"])
    row("JS heap added, MB", shown(ours.heap, ".1f"), goal=GOALS["heap"])
    each = [figure.index / figure.pages if figure.pages else 0 for figure in (ours, stock)]
    row("index a language, kB", f"{ours.index:.0f}", f"{stock.index:.0f}", stock.index / ours.index)
    row("index a page and language, kB", f"{each[0]:.2f}", f"{each[1]:.2f}", each[1] / each[0], GOALS["per page"])
    return "\n".join(lines)


def weights(site: Path) -> str:
    """Scripts that search loads, and what a page that nobody searches from has more."""
    parts = scripts(site)
    listed = " + ".join(f"{name} {size / 1000:.1f}" for name, size in parts.items())
    more = grown(site, READER)
    return (
        f"scripts {listed} = {sum(parts.values()) / 1000:.1f} (goal {GOALS['scripts']}); a page before search is opened "
        f"{' + '.join(f'{name} {size / 1000:.2f}' for name, size in more.items())} = "
        f"{sum(more.values()) / 1000:.2f} (goal {GOALS['grown']})"
    )


if __name__ == "__main__":
    main()
