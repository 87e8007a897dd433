"""The pipeline: one function, readable from top to bottom. Steps carry the numbers of DESIGN and of the log."""

from __future__ import annotations

import datetime
import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from patokaz.checking import checked, sound_edition
from patokaz.findings import Finding, FindingsError, errors_in
from patokaz.handbooks import FOLDER, FORMATS, PAGES, Edition, read_manifest
from patokaz.load import DiskTree
from patokaz.model.base import Audience
from patokaz.model.library import Library
from patokaz.pages import Compiled, compile_for_print, compile_library
from patokaz.pages.overview import overview
from patokaz.release.atomic import check_replaceable, publish, recover, staging_folder
from patokaz.release.press import Report
from patokaz.release.printing import Printed, print_all
from patokaz.site import render_site


@dataclass(frozen=True)
class Options:
    """What to build. ``today`` decides what is stale; it is never read from the clock here.

    ``earlier``: the handbooks/chapters.json of the edition in the binders, for which pages to exchange are printed.
    """

    root: Path
    today: datetime.date
    audience: Audience | None = None
    site_dir: Path | None = None
    languages: tuple[str, ...] = ()
    handbooks: bool = True
    jobs: int = 1
    earlier: Path | None = None


@dataclass(frozen=True)
class Built:
    """The result of a build. ``printed`` counts PDFs; ``left_out`` says which were not made, and why."""

    site: Path
    pages: int
    printed: int
    left_out: tuple[str, ...]
    findings: tuple[Finding, ...]


def build(options: Options, report: Report) -> Built:
    """Build the site and all that it prints; all or nothing.

    Raises :class:`FindingsError` when the library has errors, :class:`KbError` when something outside it is wrong.
    Whenever it raises, and whenever it is killed, the previous site is whole.
    """
    earlier = read_manifest(options.earlier) if options.earlier is not None else None
    report("Step 1 - Loading", 0, 0)
    tree = DiskTree(options.root)
    report("Step 2 - Checking", 0, 0)
    library, findings = checked(tree, options.today)
    if library is None or errors_in(findings):
        raise FindingsError(findings)
    state = overview(library, findings, options.today)
    library = sound_edition(library, findings, tree, options.today)

    report("Step 3 - Compiling", 0, 0)
    audience = options.audience or library.settings.audience
    compiled = compile_library(library, audience, overview=state)

    target = (options.site_dir or options.root / library.settings.site_dir).resolve()
    check_replaceable(target)
    recover(target)
    work = staging_folder(target)
    try:
        with _reproducible(library):
            printed = Printed()
            if options.handbooks:
                report("Step 4 - Printing", 0, 0)
                languages = options.languages or compiled.languages
                edition, kept = _printed_edition(compiled, languages, options.today), options.root / FOLDER
                printed = print_all(edition, languages, tree, work / "print", options.jobs, kept, report, earlier)
                compiled = compiled.with_prints(printed.prints)
            report("Step 5 - Rendering the site", 0, 0)
            site = render_site(compiled, options.root, work, tree.read)
            if printed.prints:
                shutil.copytree(work / "print", site, dirs_exist_ok=True)
        report("Step 7 - Publishing", 0, 0)
        publish(site, target)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return Built(target, len(compiled.pages), len(printed.prints), printed.left_out, findings)


def _printed_edition(compiled: Compiled, languages: Collection[str], today: datetime.date) -> Edition:
    """The edition with its drawings made for each format, in the languages that are printed."""
    made = {
        form.name: compile_for_print(compiled.library, compiled.audience, paper=form.drawn, languages=languages)
        for form in FORMATS.values()
        if form != PAGES
    }
    return Edition({PAGES.name: compiled, **made}, today)


@contextmanager
def _reproducible(library: Library) -> Iterator[None]:
    """Dates in outputs come from SOURCE_DATE_EPOCH, else from the edition's date: never from the clock."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    midnight = datetime.datetime.combine(library.settings.edition.date, datetime.time(), datetime.UTC)
    os.environ["SOURCE_DATE_EPOCH"] = before or str(int(midnight.timestamp()))
    try:
        yield
    finally:
        if before is None:
            del os.environ["SOURCE_DATE_EPOCH"]
