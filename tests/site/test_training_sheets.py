"""Sheets for a course: what is for the trainer reaches no participant, and every page says which revision it is of."""

from __future__ import annotations

import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from click.testing import CliRunner
from sitekit import LANGUAGES, need

from patokaz.checking import checked, edition_on
from patokaz.cli.main import main
from patokaz.findings import KbError
from patokaz.handbooks import SHEETS, Binder, Book, compose_sheet
from patokaz.load import MemoryTree
from patokaz.model.base import Audience
from patokaz.model.participants import for_participants
from patokaz.model.records import ModuleRecord
from patokaz.pages import Compiled, compile_library
from patokaz.pages.wording import wording
from patokaz.release.press import press
from sample import SAMPLE, TODAY, overlay, sample_files

MODULE = "docs/training/TRN-01-help-line"
OPEN = ("participant", "quiz", "attendance", "certificate")
"""Sheets that participants see."""


def compiled_with(case: dict[str, Any] | None = None, audience: Audience = "professional") -> Compiled:
    tree = MemoryTree(overlay(case).files)
    library, findings = checked(tree, TODAY)
    assert library is not None
    return compile_library(edition_on(library, findings, tree, TODAY)[0], audience)


def sheet(compiled: Compiled, name: str, language: str) -> Book:
    return compose_sheet(compiled.library.documents["TRN-01"], name, Binder(compiled, language))


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    return compiled_with()


@pytest.fixture(scope="module")
def printed(compiled: Compiled, tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Path]:
    """Each sheet in each language."""
    folder, files = tmp_path_factory.mktemp("sheets"), {}
    with press(MemoryTree(sample_files()), 1, folder / "kept") as printer:
        for language in LANGUAGES:
            for name in SHEETS:
                book = sheet(compiled, name, language)
                files[name, language] = folder / book.file_name
                files[name, language].write_bytes(printer.link(book).pdf)
    return files


def squeezed(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).replace("\u00ad", "").split())


def pages_of(file: Path) -> list[str]:
    command = [need("pdftotext"), "-enc", "UTF-8", "-raw", str(file), "-"]
    done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    return [squeezed(page) for page in done.stdout.decode().split("\f")[:-1]]


def strings_of(file: Path) -> str:
    """Every string and name of the PDF: titles, alternative texts, descriptions of links, names of destinations, metadata."""

    def within(item: Any, depth: int = 0) -> Iterator[str]:
        if isinstance(item, pikepdf.Stream) and item.get("/Type") == "/Metadata":
            yield item.read_bytes().decode()
        if isinstance(item, pikepdf.String | pikepdf.Name):
            yield str(item)
        elif isinstance(item, pikepdf.Array) and depth < 9:
            for part in item:
                yield from within(part, depth + 1)
        elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream) and depth < 9:
            for key, part in item.items():
                yield str(key)
                if not getattr(part, "is_indirect", False):
                    yield from within(part, depth + 1)

    with pikepdf.open(file) as pdf:
        return squeezed("\n".join(text for item in [*pdf.objects, pdf.trailer] for text in within(item)))


def secrets(compiled: Compiled, language: str) -> list[str]:
    """What is for the trainer: explanations, and the lines of notes without their markup."""
    document = compiled.library.documents["TRN-01"]
    assert isinstance(document.record, ModuleRecord)
    text, shown = (item.texts[language] for item in (document, for_participants(document)))
    lines = set(text.body.split("\n")) - set(shown.body.split("\n"))
    words = [re.split(r"\[|\{#", line.lstrip("# "))[0] for line in lines]
    found = [*words, *(text.front.labels[question.explanation] for question in document.record.quiz)]
    return [squeezed(words) for words in found if words.strip()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_the_trainer_reads_notes_and_key(
    compiled: Compiled, printed: dict[tuple[str, str], Path], language: str
) -> None:
    hidden = secrets(compiled, language)
    assert len(hidden) > 6
    w = wording(language)
    # “Choose every right answer” is for all.
    several = squeezed(w["quiz_several"])
    trainers = "".join(pages_of(printed["trainer", language])).replace(several, "")
    assert not [words for words in hidden if words not in trainers]
    assert trainers.count(squeezed(w["quiz_right"])) == 3
    marked = [squeezed(w[key]) for key in ("quiz_right", "trainer_only", "trainer_edition")]
    assert squeezed(w["trainer_edition"]) in strings_of(printed["trainer", language])
    for name in OPEN:
        file = printed[name, language]
        said = ("".join(pages_of(file)) + strings_of(file)).replace(several, "")
        assert not [words for words in hidden + marked if words in said], name


def test_no_byte_for_participants_depends_on_key_and_notes(compiled: Compiled) -> None:
    """Other right answers, other notes: the same HTML, from which the PDF is made; options are told apart by nothing."""
    other = compiled_with(
        {
            f"{MODULE}/record.yml": {
                "replace": [
                    ["right: [whom-line]", "right: [whom-nobody]"],
                    ["right: [when-now, when-night]", "right: [when-night, when-never]"],
                ]
            },
            f"{MODULE}/mk.md": {"replace": [["Нека се смеат", "Нека седнат"]]},
        }
    )
    for name in OPEN:
        assert [part.html for part in sheet(compiled, name, "mk").parts] == [
            part.html for part in sheet(other, name, "mk").parts
        ]
    assert sheet(compiled, "trainer", "mk").parts[1].html != sheet(other, "trainer", "mk").parts[1].html


def test_sources_of_notes_are_printed_for_the_trainer(compiled: Compiled) -> None:
    """What notes cite can be looked up on the same paper; a source that only notes cite is not on that of participants."""
    *_, sources = sheet(compiled, "trainer", "mk").parts
    assert sources.kind == "register"
    assert set(re.findall(r'<div id="[^"]*--(s[0-9]+)"', sources.html)) == {"s1", "s3"}
    assert [part.kind for part in sheet(compiled, "participant", "mk").parts] == ["front", "document"]


@pytest.mark.parametrize("name", SHEETS)
def test_each_page_says_what_it_is(compiled: Compiled, printed: dict[tuple[str, str], Path], name: str) -> None:
    record = compiled.library.documents["TRN-01"].record
    for language in LANGUAGES:
        w, edition = wording(language), compiled.library.settings.edition
        pages = pages_of(printed[name, language])
        assert pages
        for page in pages:
            wanted = ("TRN-01", f"{w['revision']} {record.revision}", w["status_draft"], f"{w['edition']} {edition.id}")
            assert not [words for words in (*wanted, w.date(record.review_due)) if squeezed(words) not in page]


def test_quiz_sheets_are_anonymous(printed: dict[tuple[str, str], Path]) -> None:
    (page,) = pages_of(printed["quiz", "en"])
    assert squeezed(wording("en")["sheet_anonymous"]) in page
    assert "1.Whomdoyoucall?" in page and "2.Whenmayyoucall?" in page
    assert wording("en")["changes_signature"] not in page


def test_attendance_asks_for_what_it_needs(printed: dict[tuple[str, str], Path]) -> None:
    for language in LANGUAGES:
        w = wording(language)
        (page,) = pages_of(printed["attendance", language])
        head = "№" + "".join(squeezed(w[key]) for key in ("changes_name", "sheet_institution", "changes_signature"))
        assert head + "".join(map(str, range(1, 26))) in page


def test_certificate_claims_nothing(printed: dict[tuple[str, str], Path]) -> None:
    for language in LANGUAGES:
        w, file = wording(language), printed["certificate", language]
        (page,) = pages_of(file)
        assert squeezed(w["sheet_no_approval"]) in page
        assert squeezed(f"{w['length']}: {w.minutes(90)}") in page
        with pikepdf.open(file) as pdf:
            assert [round(float(edge)) for edge in pdf.pages[0].mediabox] == [0, 0, 842, 595]
            assert str(pdf.Root.Lang) == language
            assert bool(pdf.Root.MarkInfo.Marked)


def test_printing_again_gives_the_same_bytes(
    compiled: Compiled, printed: dict[tuple[str, str], Path], tmp_path: Path
) -> None:
    with press(MemoryTree(sample_files()), 1, tmp_path) as printer:
        assert printer.link(sheet(compiled, "quiz", "sq")).pdf == printed["quiz", "sq"].read_bytes()


@pytest.mark.parametrize("name", SHEETS)
def test_validators_find_nothing(printed: dict[tuple[str, str], Path], name: str) -> None:
    pytest.importorskip("pdfua", reason="make test installs it")
    pytest.importorskip("outloud", reason="make test installs it")
    # TBL-012: a list to sign is a table of empty cells, with heads of columns and rows.
    skipped = "TAG-002,ORD-001" + (",TBL-012" if name == "attendance" else "")
    outloud = [str(Path(sys.executable).parent / "outloud"), "--skip", skipped, "--fail-on", "warning"]
    for command in ([sys.executable, "-m", "pdfua", "check"], outloud, [need("qpdf"), "--check"]):
        file = str(printed[name, "mk"])
        done = subprocess.run([*command, file], capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == 0, done.stdout + done.stderr


def test_what_cannot_be_printed_is_told() -> None:
    public = compiled_with(audience="public")
    with pytest.raises(KbError, match="professional"):
        sheet(public, "trainer", "mk")
    page = public.pages["mk", "training/trn-01"]
    bare = replace(public, pages={**public.pages, ("mk", page.path): replace(page, printed="<p>x</p>")})
    with pytest.raises(KbError, match="no quiz"):
        sheet(bare, "quiz", "mk")


def test_command_writes_nothing_for_a_module_that_is_not_there(tmp_path: Path) -> None:
    out = tmp_path / "x.pdf"
    arguments = ["training", "TRN-02", "--lang", "mk", "--sheet", "quiz", "-o", str(out), "--today", TODAY.isoformat()]
    result = CliRunner().invoke(main, ["--root", str(SAMPLE), *arguments])
    assert result.exit_code == 3
    assert "no training module `TRN-02`" in result.stderr
    assert not out.exists()
