"""Runs ``finder.js``, the reader's side of search, in Node: a test gives a script of its own and gets back what it returns.

Node is the one that comes with playwright. One process answers many inputs: starting it costs more than most answers.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from playwright._impl._driver import compute_driver_executable

from patokaz.search.index import Index
from patokaz.search.shard import Surroundings, common_script, script
from patokaz.site.configure import theme_folder

FINDER = theme_folder() / "assets" / "patokaz" / "finder.js"

_END = "})();"
# The file shows nothing of its inside but the engine. In tests one more line lets a script speak from there.
_OPENED = f"window.patokazInside = (text) => eval(text);\n{_END}"
_RUNNER = """
const {finder, script, given} = JSON.parse(require("fs").readFileSync(0, "utf8"));
global.window = {};
new Function(finder)();
const answer = new Function("inside", "given", script)(window.patokazInside, given);
process.stdout.write(JSON.stringify(answer === undefined ? null : answer));
"""

ANSWERS = """
new Function("patokazFindCommon", given.common)(window.patokazFindCommon);
new Function("patokazFind", given.index)(window.patokazFind);
return given.asked.map(([query, options]) => window.patokazFinder.find(query, options));
"""


def javascript(script: str, given: Any, finder: str | None = None) -> Any:
    """What ``script``, the body of a function of ``given`` and ``inside``, returns; all values travel as JSON.

    ``inside`` evaluates a text within ``finder.js`` (or within the text ``finder``), where all its functions are in reach.

    Raises:
        AssertionError: the script threw; the message is Node's.
    """
    text = (FINDER.read_text(encoding="utf-8") if finder is None else finder).rstrip()
    if finder is None:
        assert text.endswith(_END), "finder.js no longer ends as one function"
        text = text.removesuffix(_END) + _OPENED
    node = str(compute_driver_executable()[0])
    # Only ASCII travels: lone surrogates have no bytes of their own in UTF-8.
    task = json.dumps({"finder": text, "script": script, "given": given})
    done = subprocess.run([node, "-e", _RUNNER], input=task, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def answers(
    index: Index,
    around: Surroundings,
    asked: Iterable[str | tuple[str, Mapping[str, Any]]],
    finder: str | None = None,
    languages: Sequence[str] = ("mk", "sq", "en"),
) -> list[dict[str, Any]]:
    """What the engine over ``index`` answers to queries, each with its options or without."""
    pairs = [(query, {}) if isinstance(query, str) else query for query in asked]
    given = {"common": common_script(languages, index.concepts), "index": script(index, around), "asked": pairs}
    found = javascript(ANSWERS, given, finder)
    assert isinstance(found, list)
    return found


_UNPACKED = """
let index, common;
new Function("patokazFindCommon", given.common)((values) => window.patokazFindCommon((common = values)));
new Function("patokazFind", given.index)((values) => window.patokazFind((index = values)));
const [unpackWords, pairs, replaced] = ["unpackWords", "pairs", "replaced"].map((name) => inside(name));
const exchanged = pairs(index.exchange);
[...exchanged].forEach((pair) => exchanged.set(pair[1], pair[0]));
const names = Object.entries(common.names).map(([language, [phrases]]) => [language, unpackWords(phrases)]);
return {
  words: index.vocabularies.map((packed) => [packed.language, unpackWords(packed.words)]),
  names: names,
  shown: replaced(index.shown, exchanged),
  plain: JSON.stringify({...index, vocabularies: 0, shown: 0}),
};
"""


def unpacked(index: str, common: str) -> dict[str, Any]:
    """What the texts of ``find.js`` and ``find-common.js`` give away.

    ``words`` and ``names`` are lists of (language, skeletons) and (language, phrases of stems), ``shown`` the titles and
    quick answers, ``plain`` what is not packed.
    """
    found = javascript(_UNPACKED, {"index": index, "common": common})
    assert isinstance(found, dict)
    return found
