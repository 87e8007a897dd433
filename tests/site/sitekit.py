"""Sites that tests look at, each built once per run whatever the number of its processes, and reading of their pages."""

from __future__ import annotations

import datetime
import functools
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from lxml import html

from patokaz.checking import checked
from patokaz.load import DiskTree
from patokaz.model.base import Audience
from patokaz.model.library import Library
from patokaz.pages.view import View
from patokaz.release.build import Options, build
from run_wide import folder_of_run, once
from sample import SAMPLE, TODAY, Sources, sample_files

REPOSITORY = Path(__file__).resolve().parents[2]
LANGUAGES = ("mk", "sq", "en")
DEFAULT = LANGUAGES[0]


@dataclass(frozen=True)
class Site:
    """A built site and the library that it was made of."""

    name: str
    root: Path
    folder: Path
    audience: Audience
    _documents: dict[str, html.HtmlElement] = field(default_factory=dict, repr=False)

    @functools.cached_property
    def library(self) -> Library:
        """The library behind the site."""
        library, _ = checked(DiskTree(self.root), TODAY)
        assert library is not None
        return library

    def __hash__(self) -> int:
        return hash(self.folder)

    @functools.cache  # noqa: B019 - a handful of sites for the whole run
    def view(self, language: str) -> View:
        """What the site may show in a language."""
        return View(self.library, self.audience, language)

    @functools.cached_property
    def files(self) -> tuple[str, ...]:
        """All files, relative."""
        return tuple(
            sorted(path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file())
        )

    @functools.cached_property
    def pages(self) -> tuple[str, ...]:
        """All pages but 404.html."""
        return tuple(name for name in self.files if name.endswith(".html") and name != "404.html")

    def text(self, name: str) -> str:
        """The text of a file."""
        return (self.folder / name).read_text(encoding="utf-8")

    def page(self, name: str) -> html.HtmlElement:
        """A page as a tree."""
        if name not in self._documents:
            parser = html.HTMLParser(encoding="utf-8")
            self._documents[name] = html.document_fromstring((self.folder / name).read_bytes(), parser=parser)
        return self._documents[name]

    def of(self, language: str, path: str) -> html.HtmlElement:
        """The page ``path`` (without suffix) in a language."""
        return self.page(address(language, path))


def address(language: str, path: str) -> str:
    """The file of a page; the default language has no folder."""
    return f"{path}.html" if language == DEFAULT else f"{language}/{path}.html"


def split(name: str) -> tuple[str, str]:
    """(language, path without suffix) of a page's file."""
    first, _, rest = name.partition("/")
    language, path = (first, rest) if first in LANGUAGES and rest else (DEFAULT, name)
    return language, path.removesuffix(".html")


def words(element: html.HtmlElement) -> str:
    """The visible words of an element, with single spaces."""
    return " ".join(str(element.text_content()).split())


def rows(dl: html.HtmlElement) -> dict[str, html.HtmlElement]:
    """The ``dt`` words of a definition list → their ``dd``."""
    labels, values = dl.xpath("./dt | ./div/dt"), dl.xpath("./dd | ./div/dd")
    return {words(dt): dd for dt, dd in zip(labels, values, strict=True)}


def hrefs(element: html.HtmlElement) -> list[str]:
    """The targets of the links in an element, in order; citation marks left out."""
    return [str(a.get("href")) for a in element.iter("a") if not is_mark(a)]


def is_mark(link: html.HtmlElement) -> bool:
    """Whether a link is a citation mark: to the register, or to the list at the page's foot."""
    return link.get("class") == "pk-source" or str(link.get("href")).startswith("#S")


def marks(element: html.HtmlElement) -> list[str]:
    """The sources that an element cites by marks, in order. Each mark leads to its source."""
    found = [a for a in element.iter("a") if is_mark(a)]
    names = [words(a) for a in found]
    assert all(str(a.get("href")).lower().endswith(f"#{name.lower()}") for name, a in zip(names, found, strict=True))
    return names


def ids(element: html.HtmlElement) -> list[str]:
    """All ids under an element."""
    return [str(item.get("id")) for item in element.iter() if isinstance(item.tag, str) and item.get("id")]


def text_of(page: html.HtmlElement) -> html.HtmlElement:
    """The part of a page that holds the document's own text."""
    (text,) = page.find_class("pk-text")
    return text


def section(page: html.HtmlElement, anchor: str) -> list[html.HtmlElement]:
    """The elements after the heading ``anchor`` up to the next heading of its level or above."""
    heading = page.get_element_by_id(anchor)
    found = []
    for element in heading.itersiblings():
        if element.tag in ("h1", "h2", "h3", "h4") and element.tag <= heading.tag:
            break
        found.append(element)
    return found


def say_nothing(step: str, done: int, of: int) -> None:
    """A report of progress for nobody."""


def make(root: Path, target: Path, audience: Audience, *, handbooks: bool = False, **options: object) -> Path:
    """Build a site in this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("SOURCE_DATE_EPOCH", raising=False)
        build(
            Options(root=root, today=TODAY, audience=audience, site_dir=target, handbooks=handbooks, **options),  # type: ignore[arg-type]
            say_nothing,
        )
    return target


def environment(**more: str) -> dict[str, str]:
    """The environment for a command of its own: nothing of the machine that could change an output."""
    kept = {name: value for name, value in os.environ.items() if name not in ("SOURCE_DATE_EPOCH", "FORCE_COLOR", "CI")}
    return {**kept, "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1", **more}


def run(*command: str, cwd: Path, **env: str) -> subprocess.CompletedProcess[str]:
    """Run ``python …`` in a folder."""
    return subprocess.run(
        [sys.executable, *command],
        cwd=cwd,
        env=environment(**env),
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


# Run with python -c: the clock is moved before anything else is imported, then the library is built.
BUILD_ELSEWHEN = """
import sys, time
days = int(sys.argv[1])
clock, local, universal = time.time, time.localtime, time.gmtime
time.time = lambda: clock() + days * 86400
time.localtime = lambda seconds=None: local(time.time() if seconds is None else seconds)
time.gmtime = lambda seconds=None: universal(time.time() if seconds is None else seconds)
import datetime
from patokaz.cli import main
assert days == 0 or abs((datetime.date.today() - datetime.date.fromtimestamp(clock())).days - days) <= 1
sys.argv = ["patokaz", *sys.argv[2:]]
if __name__ == "__main__":
    main()
"""


def make_elsewhen(root: Path, target: Path, *, days: int, jobs: int, **env: str) -> Path:
    """Build the professional edition with handbooks in a process of its own, ``days`` from now."""
    arguments = ["build", "--audience", "professional", "--site-dir", str(target), "--jobs", str(jobs)]
    done = run(
        "-c", BUILD_ELSEWHEN, str(days), "--root", str(root), *arguments, "--today", TODAY.isoformat(), cwd=root, **env
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return target


class Sites:
    """Builds sites when first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._made: dict[str, Site] = {}

    def _site(self, name: str, root: Path, audience: Audience) -> Site:
        if name not in self._made:
            target = self.folder / name
            self._made[name] = Site(name, root, once(target, lambda: make(root, target, audience)), audience)
        return self._made[name]

    def real(self) -> Site:
        """The repository's own library."""
        return self._site("real", REPOSITORY, "professional")

    def sample(self) -> Site:
        """The sample library for professionals."""
        return self._site("sample", SAMPLE, "professional")

    def public(self) -> Site:
        """The sample library for the public."""
        return self._site("public", SAMPLE, "public")

    def printed(self) -> Site:
        """The sample library for professionals with its handbooks, made by two processes at its own time."""
        if "printed" not in self._made:
            root, target = self.folder / "printed-library", self.folder / "printed"

            def write_and_make() -> None:
                Sources(sample_files()).write(root)
                make_elsewhen(root, target, days=0, jobs=2, PYTHONHASHSEED="1", TZ="UTC")

            self._made["printed"] = Site("printed", root, once(target, write_and_make), "professional")
        return self._made["printed"]


_sites: list[Sites] = []


def sites(factory: pytest.TempPathFactory) -> Sites:
    """The sites of this run, shared by all folders of tests and by all processes that run them."""
    if not _sites:
        folder = folder_of_run(factory) / "sites"
        folder.mkdir(exist_ok=True)
        _sites.append(Sites(folder))
    return _sites[0]


def snapshot(folder: Path) -> dict[str, bytes]:
    """Path → bytes of every file."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def need(program: str) -> str:
    """The path of a program that the tests need; fails with what to do."""
    found = shutil.which(program)
    if found is None:
        pytest.fail(f"{program} is missing: sh scripts/need-browser.sh")
    return found


def each(language_pages: tuple[str, ...]) -> Iterator[tuple[str, str, str]]:
    """(file, language, path) of pages."""
    for name in language_pages:
        yield (name, *split(name))


def day(text: str) -> datetime.date:
    """A date."""
    return datetime.date.fromisoformat(text)
