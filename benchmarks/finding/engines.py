"""Runs a search engine in Node over queries: what it finds, how long it takes to load and to answer."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

from playwright._impl._driver import compute_driver_executable

_RUNNER = Path(__file__).with_name("run.js")


@dataclass(frozen=True)
class System:
    """An engine over one language. ``index`` is the text that a page would load, ``scripts`` the engine's files, ``common`` what all languages load.

    ``queries`` are (id, text as the engine takes it); ``places`` the ids of documents by number.
    """

    engine: str
    scripts: tuple[Path, ...]
    index: str
    queries: tuple[tuple[str, str], ...]
    places: tuple[str, ...]
    common: str = ""


@dataclass(frozen=True)
class Ranking:
    """Ids by query, best first; milliseconds to load the index, and per query."""

    results: dict[str, list[str]]
    milliseconds: list[float]
    load: float
    index_bytes: int
    common_bytes: int


def run(system: System) -> Ranking:
    """Answer every query of a system, each twice; the second time counts."""
    task = {
        "engine": system.engine,
        "scripts": [str(path) for path in system.scripts],
        "index": system.index,
        "common": system.common,
        "queries": system.queries,
    }
    node = str(compute_driver_executable()[0])
    done = subprocess.run([node, str(_RUNNER)], input=json.dumps(task), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{system.engine}: {done.stderr.strip()}")
    answer = json.loads(done.stdout)
    results = {
        name: list(dict.fromkeys(system.places[number] for number in numbers))
        for (name, _), numbers in zip(system.queries, answer["found"], strict=True)
    }
    return Ranking(results, answer["times"], answer["load"], len(system.index.encode()), len(system.common.encode()))
