"""The systems that are compared: ours, lunr as MkDocs sets it up, MiniSearch as it comes, MiniSearch with our keys."""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib import resources
from pathlib import Path

from finding.corpus import Corpus
from finding.engines import System
from patokaz.search.entries import Concept, Entry
from patokaz.search.index import build_index
from patokaz.search.rules import rules
from patokaz.search.shard import Surroundings, common_script, script
from patokaz.site.configure import theme_folder

_MINISEARCH = "minisearch@7.2.0"
_CACHE = Path(__file__).parents[2] / ".cache" / "benchmarks"


def ours(found: Corpus, glossary: Sequence[Concept]) -> dict[str, System]:
    """The shipped engine with the index as a page loads it."""
    engine = theme_folder() / "assets" / "patokaz" / "finder.js"
    common = common_script(found.languages, glossary)
    systems = {}
    for language, entries in found.entries.items():
        index = script(build_index(language, entries, glossary), Surroundings())
        systems[language] = replace(_system(found, language, "patokaz", engine, index), common=common)
    return systems


def others(
    found: Corpus, glossary: Sequence[Concept], given: argparse.Namespace
) -> Iterator[tuple[str, dict[str, System]]]:
    """Lunr and, where it can be had, MiniSearch."""
    if given.only:
        return
    plain = {
        language: json.dumps([{"title": e.title, "text": e.body} for e in entries], ensure_ascii=False)
        for language, entries in found.entries.items()
    }
    mkdocs = Path(str(resources.files("mkdocs")))
    lunr = mkdocs / "contrib" / "search" / "templates" / "search" / "lunr.js"
    yield "lunr (stock)", {language: _system(found, language, "lunr", lunr, index) for language, index in plain.items()}
    minisearch = given.minisearch or _fetched()
    if minisearch is None:
        print("MiniSearch left out: give --minisearch FILE, or install npm", file=sys.stderr)
        return
    yield (
        "MiniSearch",
        {language: _system(found, language, "minisearch", minisearch, index) for language, index in plain.items()},
    )
    yield (
        "MiniSearch, our keys",
        {language: _keyed(found, language, minisearch, glossary) for language in found.languages},
    )


def _system(found: Corpus, language: str, engine: str, file: Path, index: str) -> System:
    return System(
        engine,
        (file.resolve(),),
        index,
        tuple((q.id, q.query) for q in found.queries if q.language == language),
        tuple(found.place(entry.href) for entry in found.entries[language]),
    )


def _keyed(found: Corpus, language: str, file: Path, glossary: Sequence[Concept]) -> System:
    """MiniSearch over stems instead of words: titles of other languages as a field, names of concepts added to queries."""
    own = rules(language)

    def keys(text: str, spoken: str = language) -> list[str]:
        known = rules(spoken)
        return [
            known.stem(word) for word in (*known.words(text), *known.compound_words(text)) if word not in known.stop
        ]

    def keyed(entry: Entry) -> dict[str, str]:
        others = " ".join(key for spoken, title in entry.titles.items() for key in keys(title, spoken))
        fields = {"title": entry.title, "text": f"{entry.body} {entry.datum}", "asks": " ".join(entry.asks)}
        return {**{name: " ".join(keys(text)) for name, text in fields.items()}, "others": others}

    named: dict[str, set[str]] = {}
    for concept in glossary:
        meant = {key for form in concept.forms.get(language, ()) for key in keys(form)}
        for spoken, forms in concept.forms.items():
            for form in forms:
                named.setdefault(" ".join(keys(form, spoken)), set()).update(meant)

    def asked(query: str) -> str:
        words = [own.stem(word) for word in own.words(query)]
        added = set()
        for spoken in found.languages:
            said = [rules(spoken).stem(word) for word in rules(spoken).words(query)]
            for start in range(len(said)):
                for end in range(start + 1, min(len(said), start + 4) + 1):
                    added |= named.get(" ".join(said[start:end]), set())
            added.update(said)
        return " ".join([*[w for w in words if w not in own.stop], *sorted(added - set(words))])

    system = _system(
        found, language, "minisearch", file, json.dumps([keyed(e) for e in found.entries[language]], ensure_ascii=False)
    )
    queries = tuple((q.id, asked(q.query)) for q in found.queries if q.language == language)
    return System(system.engine, system.scripts, system.index, queries, system.places)


def _fetched() -> Path | None:
    """MiniSearch by npm, kept outside version control."""
    file = _CACHE / "package" / "dist" / "cjs" / "index.cjs"
    npm = shutil.which("npm")
    if not file.is_file() and npm:
        _CACHE.mkdir(parents=True, exist_ok=True)
        packed = subprocess.run(
            [npm, "pack", "--silent", _MINISEARCH], cwd=_CACHE, capture_output=True, text=True, check=False
        )
        if packed.returncode == 0:
            shutil.unpack_archive(_CACHE / packed.stdout.strip().splitlines()[-1], _CACHE)
    return file if file.is_file() else None
