"""How well and how fast does search find? Runs the shipped engine over a set of documents and queries, beside lunr and MiniSearch.

```sh
python benchmarks/search.py                                            # the development set over the real library
python benchmarks/search.py --docs D.json --queries Q.json             # any set: [{id, lang, title, body}], [{id, lang, category, query, relevant}]
python benchmarks/search.py --pages                                    # the same queries, each page one document without officers' questions
python benchmarks/search.py --distractors 1000 --json                  # among more pages; figures as JSON
```

Needs the environment of the tests (their Node runs the scripts) and, for MiniSearch, npm or ``--minisearch FILE``.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from finding import corpus, peers
from finding.engines import Ranking, run

DEPTH = 10
"""How many results count for MRR; recall is taken at 5."""


def main() -> None:
    given = _arguments()
    if bool(given.docs) != bool(given.queries):
        sys.exit("--docs and --queries go together")
    if given.docs and given.pages:
        sys.exit("--pages is for the library: --docs gives documents already")
    found = corpus.from_files(given.docs, given.queries) if given.docs else corpus.from_library(given.library)
    glossary = corpus.glossary_of(given.glossary) if given.glossary else corpus.library_glossary(given.library)
    if given.pages:
        found = corpus.as_pages(found)
    found = found.among(given.distractors)
    results: dict[str, dict[str, Any]] = {}
    for name, systems in (("patokaz", peers.ours(found, glossary)), *peers.others(found, glossary, given)):
        rankings = {language: run(system) for language, system in systems.items()}
        results[name] = figures(found, rankings)
    if given.json:
        print(
            json.dumps(
                {**results["patokaz"], "beside": {name: r for name, r in results.items() if name != "patokaz"}},
                ensure_ascii=False,
                indent=1,
            )
        )
        return
    print(table(found, results))
    if given.misses:
        print(misses(found, {language: run(system) for language, system in peers.ours(found, glossary).items()}))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Search quality, size and speed beside lunr and MiniSearch.")
    parser.add_argument("--docs", type=Path, help="documents as JSON (default: the pages of the library)")
    parser.add_argument("--queries", type=Path, help="queries as JSON (default: tests/search/queries.json)")
    parser.add_argument(
        "--glossary", type=Path, help='concepts as JSON: [{"mk": [forms], …}] (default: the library\'s)'
    )
    parser.add_argument("--library", type=Path, default=Path(__file__).parents[1], help="root of the library")
    parser.add_argument(
        "--pages", action="store_true", help="the library as plain documents, one a page, as --docs takes them"
    )
    parser.add_argument("--distractors", type=int, default=0, help="further made-up documents per language")
    parser.add_argument("--minisearch", type=Path, help="dist/cjs/index.cjs of the npm package `minisearch`")
    parser.add_argument("--only", action="store_true", help="Patokaz alone")
    parser.add_argument(
        "--misses", action="store_true", help="list the queries whose target is not among the first five"
    )
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    return parser.parse_args()


def figures(found: corpus.Corpus, rankings: dict[str, Ranking]) -> dict[str, Any]:
    """Recall@5 (a wanted place is among the first five), MRR@10, empty answers, bytes and milliseconds."""
    by: dict[str, list[corpus.Judged]] = {}
    for query in found.queries:
        judged = found.judge(query, rankings[query.language].results[query.id], DEPTH)
        for key in (f"{query.language}|{query.category}", query.language, query.category, ""):
            by.setdefault(key, []).append(judged)
    times = sorted(t for ranking in rankings.values() for t in ranking.milliseconds)
    overall = _means(by.pop(""))
    return {
        "overall": overall,
        "by": {key: _means(listed) for key, listed in sorted(by.items())},
        # What all languages load together counts once, in equal shares.
        "index_bytes": {
            language: ranking.index_bytes + ranking.common_bytes // len(rankings)
            for language, ranking in rankings.items()
        },
        "load_ms": {language: round(ranking.load, 1) for language, ranking in rankings.items()},
        "latency_ms": {"median": round(statistics.median(times), 2), "p95": round(times[int(len(times) * 0.95)], 2)},
    }


def _means(listed: list[corpus.Judged]) -> dict[str, float]:
    return {
        "queries": len(listed),
        "recall@5": round(statistics.mean(j.found for j in listed), 4),
        "mrr@10": round(statistics.mean(j.reciprocal for j in listed), 4),
        "empty": round(statistics.mean(j.empty for j in listed), 4),
    }


def table(found: corpus.Corpus, results: dict[str, dict[str, Any]]) -> str:
    """Figures of all systems as Markdown."""
    categories = sorted({query.category for query in found.queries})
    languages = list(found.languages)
    lines = [
        f"{len(found.documents)} documents, {len(found.queries)} queries. Recall@5 unless said.",
        "",
        f"| system | {' | '.join([*categories, *languages])} | all | MRR@10 | empty | index kB a language | load ms | median ms | p95 ms |",
        "|---" * (len(categories) + len(languages) + 8) + "|",
    ]
    for name, result in results.items():
        cells = [f"{result['by'][key]['recall@5']:.3f}" for key in (*categories, *languages)]
        overall = result["overall"]
        cells += [f"{overall['recall@5']:.3f}", f"{overall['mrr@10']:.3f}", f"{overall['empty']:.3f}"]
        cells += ["/".join(f"{size / 1000:.0f}" for size in result["index_bytes"].values())]
        cells += [
            f"{max(result['load_ms'].values()):.0f}",
            f"{result['latency_ms']['median']:.1f}",
            f"{result['latency_ms']['p95']:.1f}",
        ]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def misses(found: corpus.Corpus, rankings: dict[str, Ranking]) -> str:
    """The queries that fail, with what came first."""
    lines = []
    for query in found.queries:
        results = rankings[query.language].results[query.id]
        if not found.judge(query, results, DEPTH).found:
            lines.append(
                f"{query.id}: {query.query!r} wants {', '.join(query.relevant)}; got {', '.join(results[:4]) or 'nothing'}"
            )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
