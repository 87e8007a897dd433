"""The gates of search: the shipped engine over the real library, asked as in the development set and as made by machine."""

from __future__ import annotations

import functools
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from made import ROOT, dictionary_forms, library_entries, made
from test_sets import compiled

from patokaz.pages.finding import COMMON, SCRIPT

sys.path.insert(0, str(ROOT / "benchmarks"))

from finding import corpus, peers
from finding.engines import run

import search as benchmark

pytestmark = pytest.mark.slow

SEED, NUMBER = 1, 2_000


def figures(queries: Path | None = None) -> dict[str, Any]:
    """Figures of the engine over the library, as ``benchmarks/search.py`` counts them."""
    found = corpus.from_library(ROOT, queries)
    systems = peers.ours(found, corpus.library_glossary(ROOT))
    return benchmark.figures(found, {language: run(system) for language, system in systems.items()})


@functools.cache
def development() -> dict[str, Any]:
    return figures()


def recall(measured: dict[str, Any], key: str) -> float:
    return float(measured["by"][key]["recall@5"] if key else measured["overall"]["recall@5"])


def below(measured: dict[str, Any], least: dict[str, float]) -> dict[str, float]:
    return {key: recall(measured, key) for key, value in least.items() if recall(measured, key) < value}


def test_development_set() -> None:
    least = {"": 0.94, "exact": 0.98, "script": 0.98, "typo": 0.98, "mk": 0.93, "sq": 0.93, "en": 0.93}
    assert below(development(), least) == {}


def test_hardly_any_query_finds_nothing() -> None:
    assert development()["overall"]["empty"] <= 0.01


@pytest.mark.parametrize("language", ["mk", "sq", "en"])
def test_index_is_small(language: str) -> None:
    """At most 1.75 kB a page and language; what all languages load counts in equal shares.

    The goal of 1.5 kB is for libraries of 300 pages and more (``benchmarks/search_speed.py``); of one with 80 pages,
    the names of concepts and the words of the panel alone are 0.3 kB a page.
    """
    size = {key: len(text.encode()) for key, text in compiled().search_scripts.items()}
    pages = sum(1 for _ in compiled().in_language(language))
    assert size[language, SCRIPT] + size["mk", COMMON] // 3 <= 1_750 * pages


def test_queries_made_by_machine(tmp_path: Path) -> None:
    pytest.importorskip("simplemma")
    queries = made(library_entries(ROOT), SEED, NUMBER, dictionary_forms())
    file = tmp_path / "made.json"
    file.write_text(json.dumps(queries), encoding="utf-8")
    least = {"made-script": 0.99, "made-diacritics": 0.99, "made-typo": 0.96, "made-inflected": 0.88}
    assert below(figures(file), least) == {}
