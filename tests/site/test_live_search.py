"""The search of a preview: made when it is asked for, from the pages as they are then."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

sys.path.append(str(Path(__file__).parents[1] / "unit"))

from test_public_edition import compiled

from patokaz.pages.finding import COMMON, SCRIPT
from patokaz.site.live_search import with_search
from patokaz.site.tree import write_tree
from sample import SOP, sample_files

BEFORE, AFTER = "quiet room", "silent chamber"


def asked(application: Any, path: str) -> tuple[str, str]:
    """(status, text) of what the server answers."""
    told: list[str] = []
    parts = application({"PATH_INFO": path}, lambda status, _: told.append(status))
    return told[0], b"".join(parts).decode()


def files(words: str) -> dict[str, bytes]:
    given = sample_files()
    name = f"{SOP}/en.md"
    assert BEFORE.encode() in given[name]
    return {**given, name: given[name].replace(BEFORE.encode(), words.encode())}


@pytest.mark.parametrize("root", ["/", "/kb/"])
def test_search_is_as_new_as_the_pages(root: str) -> None:
    states = [compiled(files(words), "professional") for words in (BEFORE, AFTER)]
    now = states[0]

    def other(environ: Any, start_response: Any) -> list[bytes]:
        start_response("404 Not Found", [])
        return [b""]

    application = with_search(other, root, lambda: now)
    for now in states:
        for language in now.languages:
            folder = "" if language == now.languages[0] else f"{language}/"
            answer = asked(application, f"{root}{folder}{SCRIPT}")
            assert answer == ("200 OK", now.search_scripts[language, SCRIPT])
        assert asked(application, root + COMMON)[1] == now.search_scripts[now.languages[0], COMMON]
    assert states[0].search_scripts["en", SCRIPT] != states[1].search_scripts["en", SCRIPT]
    for path in ("assets/patokaz/search.js", "en/index.html", "xx/find.js", ""):
        assert asked(application, root + path)[0].startswith("404")


def test_only_a_preview_goes_without_search_on_disk(tmp_path: Path) -> None:
    state = compiled(sample_files(), "professional")
    for search in (True, False):
        write_tree(state, tmp_path, lambda _: b"", search=search)
        assert (tmp_path / "mk" / COMMON).is_file() is search
        assert (tmp_path / "en" / SCRIPT).is_file() is search
