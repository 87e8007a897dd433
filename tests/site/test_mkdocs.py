"""MkDocs by itself: build, strict, and the live preview."""

from __future__ import annotations

import contextlib
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sitekit import LANGUAGES, Site, address, environment, run, snapshot

from sample import PUBLIC_SOP, SOP

BUILD = ("-m", "mkdocs", "build", "--strict")


def test_build_gives_the_pages_of_patokaz_build(library: Path, sample_site: Site) -> None:
    done = run(*BUILD, cwd=library)
    assert done.returncode == 0, done.stderr
    own = {name: content for name, content in snapshot(library / "site").items() if name.endswith(".html")}
    other = {name: content for name, content in snapshot(sample_site.folder).items() if name.endswith(".html")}
    assert own.keys() == other.keys()
    # MkDocs takes its day from the clock; these pages name it.
    of_a_day = {address(language, path) for language in LANGUAGES for path in ("status", "as-of")}
    assert of_a_day <= own.keys()
    assert {name: c for name, c in own.items() if name not in of_a_day} == {
        name: c for name, c in other.items() if name not in of_a_day
    }
    assert not list((library / "site").rglob("*.pdf"))


def test_error_is_told_with_its_place_before_the_site_is_touched(library: Path) -> None:
    (library / "site").mkdir()
    (library / "site" / "old.html").write_text("the last good site", encoding="utf-8")
    before = snapshot(library / "site")
    record = library / PUBLIC_SOP / "record.yml"
    record.write_text(record.read_text(encoding="utf-8").replace("owner: social-worker", "owner: nobody"), "utf-8")
    line = record.read_text(encoding="utf-8").split("\n").index("owner: nobody") + 1
    done = run(*BUILD, cwd=library)
    assert done.returncode != 0
    assert re.search(rf"{re.escape(PUBLIC_SOP)}/record\.yml:{line}:8: KB\d+ error: .*nobody", done.stderr)
    assert "Traceback" not in done.stderr
    assert snapshot(library / "site") == before
    assert not (library / ".cache").exists()


def test_second_build_is_the_same(library: Path) -> None:
    """The compiled tree of the first build is kept in .cache; what is no longer there must not stay."""
    assert run(*BUILD, cwd=library).returncode == 0
    first = snapshot(library / "site")
    assert run(*BUILD, cwd=library).returncode == 0
    assert snapshot(library / "site") == first


# The live preview


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def preview(library: Path, tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """A running preview of ``library``: a function from a page's address to its text."""
    port = free_port()
    command = [sys.executable, "-m", "mkdocs", "serve", "--livereload", "--dev-addr", f"127.0.0.1:{port}"]
    with (tmp_path / "serve.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=library, env=environment(), stdout=log, stderr=subprocess.STDOUT)
        try:

            def page(name: str) -> str:
                assert server.poll() is None, (tmp_path / "serve.log").read_text(encoding="utf-8")
                with (
                    contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError),
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/{name}", timeout=10) as answer,
                ):
                    return str(answer.read().decode())
                return ""

            yield page
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait(10)


def wait_for(page: Callable[[str], str], name: str, condition: Callable[[str], bool], seconds: float = 30) -> str:
    end = time.monotonic() + seconds
    text = ""
    while time.monotonic() < end:
        text = page(name)
        if text and condition(text):
            return text
        time.sleep(0.2)
    raise AssertionError(f"{name} did not become right in {seconds} s:\n{text[:3000]}")


@pytest.mark.slow
def test_preview_follows_edits_and_shows_findings(library: Path, preview: Callable[[str], str]) -> None:
    name = address("en", "sops/sop-01")
    text = library / SOP / "en.md"
    good = text.read_text(encoding="utf-8")
    first = wait_for(preview, name, lambda page: "quiet room" in page)
    assert "pk-findings" not in first

    # An edit shows up.
    edited = good.replace("quiet room and call", "silent chamber and call")
    assert edited != good
    text.write_text(edited, encoding="utf-8")
    wait_for(preview, name, lambda page: "silent chamber" in page)

    # An error shows what is wrong, and the last good text stays.
    broken = edited.replace("silent chamber", "dark cellar").replace("role:border-police", "role:border-polise")
    text.write_text(broken, encoding="utf-8")
    page = wait_for(preview, name, lambda page: "pk-findings" in page)
    assert "silent chamber" in page and "dark cellar" not in page
    assert f"{SOP}/en.md:" in page and "border-polise" in page

    # Mending it removes what was said.
    text.write_text(edited.replace("silent chamber", "bright hall"), encoding="utf-8")
    page = wait_for(preview, name, lambda page: "bright hall" in page)
    assert "pk-findings" not in page or "border-polise" not in page

    # Every language is served, and the pages reload by themselves.
    for language in LANGUAGES:
        assert "livereload" in preview(address(language, "index"))
