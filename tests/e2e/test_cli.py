"""The commands on the sample library, as people call them."""

from __future__ import annotations

import importlib
import json
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from patokaz import cli
from patokaz.cli.main import COMMANDS, main
from patokaz.findings import CATALOGUE
from patokaz.model.schema import schemas
from patokaz.rules.reference import rule_reference
from sample import SAMPLE, SOP, TESTS, TODAY, overlay, read_case

DAY = ("--today", TODAY.isoformat())


def patokaz(root: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(main, ["--root", str(root), *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_check_in_words() -> None:
    result = patokaz(SAMPLE, "check", *DAY)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout.splitlines()[:4] == [
        "docs/law/example-act/en.md:19:1: KB403 warning: unverified: “Help is free of charge”",
        "    | [Help is free of charge](unverified:S2).",
        "    | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^",
        "    hint: find a source, or keep the mark",
    ]
    assert result.stdout.splitlines()[-1] == "4 warnings"


def test_check_as_json() -> None:
    result = patokaz(SAMPLE, "check", "--format", "json", *DAY)
    assert result.exit_code == 0
    assert [item["code"] for item in json.loads(result.stdout)] == ["KB403", "KB403", "KB602", "KB604"]


def test_check_as_sarif() -> None:
    result = patokaz(SAMPLE, "check", "--format", "sarif", *DAY)
    assert result.exit_code == 0
    assert [item["ruleId"] for item in json.loads(result.stdout)["runs"][0]["results"]] == [
        "KB403",
        "KB403",
        "KB602",
        "KB604",
    ]


def test_check_for_github() -> None:
    result = patokaz(SAMPLE, "check", "--format", "github", *DAY)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert len(lines) == 4
    assert all(re.match(r"::warning file=\S+,line=\d+,col=\d+,title=KB\d{3} [a-z-]+::", line) for line in lines)


@pytest.mark.parametrize("style", ["text", "json", "sarif", "github"])
def test_check_with_an_error_exits_1(library: Path, style: str) -> None:
    change(library / SOP / "en.md", "(role:border-police)", "(role:border-polise)")
    result = patokaz(library, "check", "--format", style, *DAY)
    assert result.exit_code == 1
    assert "KB201" in result.stdout


def test_check_shows_cyrillic_lines_with_a_caret(library: Path) -> None:
    change(library / SOP / "mk.md", "(role:border-police)", "(role:border-polise)")
    lines = patokaz(library, "check", *DAY).stdout.splitlines()
    head = next(number for number, line in enumerate(lines) if "KB201" in line)
    assert lines[head + 1][lines[head + 2].index("^") :].startswith("[Граничната полиција](role:border-polise)")


def test_today_decides_what_is_stale() -> None:
    assert patokaz(SAMPLE, "check", "--today", "2027-11-02").exit_code == 1
    assert patokaz(SAMPLE, "check", "--today", "2026-10-31").exit_code == 1
    assert patokaz(SAMPLE, "check", "--today", "tomorrow").exit_code == 2


def test_check_reads_only(library: Path) -> None:
    before = {path: path.read_bytes() for path in library.rglob("*") if path.is_file()}
    patokaz(library, "check", *DAY)
    assert before == {path: path.read_bytes() for path in library.rglob("*") if path.is_file()}


def test_folder_without_a_library_exits_3(tmp_path: Path) -> None:
    result = patokaz(tmp_path, "check", *DAY)
    assert result.exit_code == 3
    assert result.stderr.startswith("patokaz: no mkdocs.yml here")
    assert result.stdout == ""


def test_missing_folder_and_unknown_option_exit_2(tmp_path: Path) -> None:
    assert patokaz(tmp_path / "nowhere", "check").exit_code == 2
    assert patokaz(SAMPLE, "check", "--fast").exit_code == 2
    assert patokaz(SAMPLE, "chek").exit_code == 2


@pytest.mark.parametrize(
    "command",
    ["check", "build", "handbook", "print", "replacement", "poster", "serve", "translations", "schema", "rules"],
)
def test_help_says_what_a_command_does(command: str) -> None:
    result = patokaz(SAMPLE, command, "--help")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) > 4


# Translations


def test_translations_status() -> None:
    result = patokaz(SAMPLE, "translations", "status")
    assert result.exit_code == 0
    states = dict(re.split(r" {2,}", line, maxsplit=1) for line in result.stdout.splitlines())
    assert states == {
        "FORM-01": "mk: current  sq: current  en: original",
        "TRN-01": "mk: current  sq: current  en: original",
        "where-to-call": "mk: current  sq: current  en: original",
        "SOP-01": "mk: current  sq: behind 1  en: original",
        "SOP-01 (pathway)": "mk: current  sq: current  en: original",
        "SOP-02": "mk: current  sq: missing  en: original",
        "ask-for-help": "mk: current  sq: current  en: original",
        "ask-for-help (pathway)": "mk: current  sq: current  en: original",
        "example-act": "mk: current  sq: current  en: original",
        "index": "mk: current  sq: current  en: original",
    }


def test_stamp_makes_a_translation_current_and_changes_nothing_else(library: Path) -> None:
    path, follows = library / SOP / "sq.md", library / SOP / "sq.follows.yml"
    change(path, "jashtë [](source:S1).\n", "jashtë [](source:S1).\n\n![Një derë](door.png)\n")
    before = path.read_text(encoding="utf-8")
    result = patokaz(library, "translations", "stamp", "SOP-01", "--lang", "sq")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [str(path), str(library / SOP / "pathway.yml"), str(follows)]
    after = path.read_text(encoding="utf-8")
    assert [line for line in before.splitlines() if not line.startswith("translates:")] == [
        line for line in after.splitlines() if not line.startswith("translates:")
    ]
    assert 'revision: "1.1"' in after
    assert follows.read_text(encoding="utf-8") == (library / SOP / "mk.follows.yml").read_text(encoding="utf-8")
    assert "sq: current" in next(
        line for line in patokaz(library, "translations", "status").stdout.splitlines() if line.startswith("SOP-01")
    )
    assert "KB604" not in patokaz(library, "check", *DAY).stdout


def test_text_with_other_passages_is_not_stamped(library: Path) -> None:
    before = {path: path.read_bytes() for path in library.rglob("*") if path.is_file()}
    result = patokaz(library, "translations", "stamp", "SOP-01", "index", "--lang", "sq")
    assert result.exit_code == 3
    assert f"{SOP}/sq.md:15:1: section `make-safe` lacks a paragraph of the original: “![A door" in result.stderr
    assert before == {path: path.read_bytes() for path in library.rglob("*") if path.is_file()}


def test_stamp_after_the_original_changed(library: Path) -> None:
    change(library / SOP / "en.md", "to a quiet room", "to a quiet, warm room")
    assert "behind in one passage: sops" in patokaz(library, "check", *DAY).stdout
    patokaz(library, "translations", "stamp", "SOP-01", "--lang", "mk")
    status = patokaz(library, "translations", "status").stdout
    assert re.search(r"SOP-01 +mk: current  sq: behind", status)


def test_stamp_of_labels_changes_one_line_and_no_text(library: Path) -> None:
    path, text, follows = (library / SOP / name for name in ("pathway.yml", "sq.md", "sq.follows.yml"))
    change(path, "en: Find a bed", "en: Find a free bed")
    before = [file.read_text(encoding="utf-8") for file in (path, follows)]
    words = text.read_text(encoding="utf-8")
    assert (
        "SOP-01 (pathway)                 mk: behind 1  sq: behind 1"
        in patokaz(library, "translations", "status").stdout
    )
    result = patokaz(library, "translations", "stamp", "SOP-01", "--lang", "sq", "--part", "labels", "--by", "Ana")
    assert (result.exit_code, result.stdout.splitlines()) == (0, [str(path), str(follows)])
    after = [file.read_text(encoding="utf-8") for file in (path, follows)]
    changed, listed = (
        [pair[1] for pair in zip(old.splitlines(), new.splitlines(), strict=True) if pair[0] != pair[1]]
        for old, new in zip(before, after, strict=True)
    )
    assert len(changed) == len(listed) == 1
    assert changed[0].startswith("  sq: {fingerprint: ")
    assert listed[0].startswith('  "n-find-bed": ')
    # Who translated stays; only the state changes.
    assert 'by: "Patokaz"' in changed[0]
    assert text.read_text(encoding="utf-8") == words
    assert (
        "SOP-01 (pathway)                 mk: behind 1  sq: current"
        in patokaz(library, "translations", "status").stdout
    )


def test_first_stamp_of_labels_is_written_before_the_nodes(library: Path) -> None:
    path = library / "sops/pathways/ask-for-help/pathway.yml"
    nodes = path.read_text(encoding="utf-8").partition("nodes:")[2]
    path.write_text("# A remark.\nnodes:" + nodes, encoding="utf-8")
    assert "KB603" in patokaz(library, "check", *DAY).stdout
    for language in ("mk", "sq"):
        patokaz(library, "translations", "stamp", "ask-for-help", "--lang", language, "--part", "labels", "--by", "Ана")
    assert re.fullmatch(
        r"# A remark\.\ntranslations:\n"
        r'  mk: \{fingerprint: "[0-9a-f]{16}", by: "Ана", reviewed_by: null\}\n'
        r'  sq: \{fingerprint: "[0-9a-f]{16}", by: "Ана", reviewed_by: null\}\n'
        rf"nodes:{re.escape(nodes)}",
        path.read_text(encoding="utf-8"),
    )
    assert "KB603" not in patokaz(library, "check", *DAY).stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("SOP-01", "--lang", "en", "--part", "labels"), "SOP-01 has no translated labels in `en`"),
        (("SOP-02", "--lang", "mk", "--part", "labels"), "SOP-02 has no translated labels in `mk`"),
        (("SOP-09", "--lang", "sq"), "there is no document or page `SOP-09`"),
        (("SOP-02", "--lang", "sq"), "SOP-02 has no translation in `sq`"),
        (("SOP-02", "--lang", "en"), "SOP-02 has no translation in `en`"),
    ],
)
def test_stamp_of_nothing_exits_3(arguments: tuple[str, ...], words: str) -> None:
    result = patokaz(SAMPLE, "translations", "stamp", *arguments)
    assert result.exit_code == 3
    assert words in result.stderr


# Generated files


def test_schema_writes_every_schema(tmp_path: Path) -> None:
    result = patokaz(SAMPLE, "schema", "--out", str(tmp_path / "schemas"))
    assert result.exit_code == 0
    written = {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "schemas").iterdir()}
    assert written == schemas()


def test_rules_prints_the_reference() -> None:
    result = patokaz(SAMPLE, "rules")
    assert result.exit_code == 0
    assert result.stdout == rule_reference()
    assert all(code in result.stdout for code in CATALOGUE)


# Handbooks


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("full", "--lang", "mk"), "this edition shows no handbook `full`; there are: all"),
        (("all", "--lang", "de"), "the library is not made in `de`; it is in: mk, sq, en"),
        (("../all", "--lang", "mk"), "this edition shows no handbook"),
    ],
)
def test_handbook_that_does_not_exist(tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    result = patokaz(SAMPLE, "handbook", *arguments, "--out", str(tmp_path / "x.pdf"), *DAY)
    assert result.exit_code == 3
    assert words in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_handbook_without_pictures_is_printed(library: Path, tmp_path: Path) -> None:
    pypdf = pytest.importorskip("pypdf")
    for language, picture in (
        ("en", "![A door with a sign: quiet room](door.png)\n"),
        ("mk", "![Врата со натпис: тивка просторија](door.png)\n"),
    ):
        change(library / SOP / f"{language}.md", picture, "")
    out = tmp_path / "all.pdf"
    result = patokaz(library, "handbook", "all", "--lang", "mk", "--out", str(out), *DAY)
    assert result.exit_code == 0, result.output
    assert result.stdout.strip() == str(out)
    assert not list(tmp_path.glob(".*"))
    reader = pypdf.PdfReader(out)
    words = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    assert "Прва помош" in words
    assert "Барање за помош" in words
    assert str(reader.trailer["/Root"]["/Lang"]).startswith("mk")


def test_handbook_of_a_library_with_errors_is_not_printed(library: Path, tmp_path: Path) -> None:
    (library / SOP / "en.md").unlink()
    result = patokaz(library, "handbook", "all", "--lang", "mk", "--out", str(tmp_path / "x.pdf"), *DAY)
    assert result.exit_code == 1
    assert "KB005" in result.stdout
    assert not (tmp_path / "x.pdf").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("SOP-02", "--lang", "mk"), "this edition shows no pathway `SOP-02`; there are: SOP-01, ask-for-help"),
        (("SOP-01", "--lang", "fr"), "the library is not made in `fr`; it is in: mk, sq, en"),
        (("SOP-01", "--lang", "mk", "--audience", "public"), "this edition shows no pathway `SOP-01`"),
    ],
)
def test_poster_that_does_not_exist(tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    result = patokaz(SAMPLE, "poster", *arguments, "--out", str(tmp_path / "x.pdf"), *DAY)
    assert result.exit_code == 3
    assert words in result.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_poster_is_printed(library: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    out = tmp_path / "out" / "poster.pdf"
    result = patokaz(library, "poster", "SOP-01", "--lang", "sq", "--out", str(out), *DAY)
    assert (result.exit_code, result.stdout.strip()) == (0, str(out))
    assert out.read_bytes().startswith(b"%PDF-")
    assert [path.name for path in out.parent.iterdir()] == ["poster.pdf"]


@pytest.mark.slow
def test_handbook_document_and_replacement_are_printed(library: Path, tmp_path: Path) -> None:
    """Every single print leaves its PDF and nothing else; the second handbook is linked from what the first one rendered."""
    pypdf = pytest.importorskip("pypdf")
    folder = tmp_path / "out"
    folder.mkdir()
    out = folder / "all.pdf"
    result = patokaz(library, "handbook", "all", "--lang", "mk", "--out", str(out), *DAY)
    assert result.exit_code == 0, result.output
    assert result.stdout.strip() == str(out)
    whole = out.read_bytes()
    kept = {path.name for path in (library / ".cache/patokaz/chapters").iterdir()}

    alone = folder / "sop.pdf"
    result = patokaz(library, "print", "SOP-01", "--lang", "mk", "--out", str(alone), *DAY)
    assert (result.exit_code, result.stdout.strip()) == (0, str(alone)), result.output
    cover, first, *_ = [page.extract_text() for page in pypdf.PdfReader(alone).pages]
    assert "Прва помош" in cover and "верзија" in cover.lower()
    assert "Прва помош" in first
    new = {path.name for path in (library / ".cache/patokaz/chapters").iterdir()} - kept
    assert len(new) == 1, "the cover only: the chapters are those of the handbook"

    manifest = folder / "chapters.json"
    built = patokaz(library, "build", "--lang", "mk", "--site-dir", str(tmp_path / "site"), "--jobs", "1", *DAY)
    assert built.exit_code == 0, built.output
    assert (tmp_path / "site/handbooks/all-mk.pdf").read_bytes() == whole
    manifest.write_bytes((tmp_path / "site/handbooks/chapters.json").read_bytes())
    exchange = folder / "exchange.pdf"
    arguments = (
        "replacement",
        "--from",
        str(manifest),
        "--handbook",
        "all",
        "--lang",
        "mk",
        "--out",
        str(exchange),
        *DAY,
    )
    result = patokaz(library, *arguments)
    assert (result.exit_code, exchange.exists()) == (3, False)
    assert "nothing of the handbook `all` changed since edition 2026.1" in result.stderr

    change(library / "docs/forms/FORM-01-help-request/mk.md", "title: ", "title: Ново ")
    result = patokaz(library, *arguments)
    assert (result.exit_code, result.stdout.strip()) == (0, str(exchange)), result.output
    filing, *pages = [" ".join(page.extract_text().split()) for page in pypdf.PdfReader(exchange).pages]
    assert "Страници за замена" in filing and "FORM-01 Ново" in filing
    assert "Извадете" in filing and "Ставете" in filing
    entries = json.loads(manifest.read_text(encoding="utf-8"))["handbooks"]["all"]["mk"]
    form = next(entry for entry in entries if entry["document"] == "FORM-01")
    assert f"страница {form['first']}" in filing or f"страници {form['first']}–" in filing
    assert len(pages) < len(pypdf.PdfReader(out).pages)
    assert sorted(path.name for path in folder.iterdir()) == ["all.pdf", "chapters.json", "exchange.pdf", "sop.pdf"]


def test_a_print_looks_at_drawings_in_its_language_only(tmp_path: Path) -> None:
    """What is too small in English stops a print in English, and the check; the Macedonian one is sound."""
    long = "This is a very long sentence with the number {} that needs many lines in its box"
    sources = overlay(read_case(TESTS / "cases/rules/KB837.yml")["good"])
    path = "sops/pathways/ask-for-help/pathway.yml"
    text = re.sub(
        r'\{en: "Step (\d+)"\}',
        lambda m: f'{{mk: "Чекор {m[1]}", en: "{long.format(m[1])}"}}',
        sources.files[path].decode(),
    )
    sources.files[path] = text.encode()
    root = sources.write(tmp_path / "library")
    assert patokaz(root, "translations", "stamp", "ask-for-help", "--lang", "mk").exit_code == 0
    for language, code in (("mk", 0), ("en", 1)):
        result = patokaz(root, "handbook", "all", "--lang", language, "--out", str(tmp_path / f"{language}.pdf"), *DAY)
        assert (result.exit_code, (tmp_path / f"{language}.pdf").is_file()) == (code, code == 0), result.output
        assert ("KB837" in result.output) == (code == 1)
    assert "in `en`, less than 7" in patokaz(root, "check", *DAY).output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("print", "SOP-09", "--lang", "mk"), "this edition shows no document `SOP-09`"),
        (("print", "SOP-01", "--lang", "mk", "--audience", "public"), "this edition shows no document `SOP-01`"),
        (("print", "SOP-01", "--lang", "de"), "the library is not made in `de`"),
        (("replacement", "--from", "mkdocs.yml", "--handbook", "all", "--lang", "mk"), "mkdocs.yml:1:1: not JSON"),
    ],
)
def test_what_cannot_be_printed_is_said_in_a_line(tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    given = [str(SAMPLE / "mkdocs.yml") if argument == "mkdocs.yml" else argument for argument in arguments]
    result = patokaz(SAMPLE, *given, "--out", str(tmp_path / "x.pdf"), *DAY)
    assert result.exit_code == 3
    assert words in result.stderr and len(result.stderr.splitlines()) == 1
    assert not list(tmp_path.iterdir())


# Build: what does not need a whole site


def test_build_into_a_foreign_folder_is_refused(library: Path) -> None:
    (library / "photos").mkdir()
    (library / "photos" / "summer.jpg").touch()
    result = patokaz(library, "build", "--no-handbooks", "--site-dir", str(library / "photos"), *DAY)
    assert result.exit_code == 3
    assert "did not write" in result.stderr
    assert [path.name for path in (library / "photos").iterdir()] == ["summer.jpg"]


def test_build_into_the_sources_is_refused(library: Path) -> None:
    change(library / "mkdocs.yml", "site_dir: site", "site_dir: docs")
    before = sorted(path.relative_to(library) for path in library.rglob("*"))
    assert patokaz(library, "build", "--no-handbooks", *DAY).exit_code == 3
    assert sorted(path.relative_to(library) for path in library.rglob("*")) == before


def test_language_that_the_engine_does_not_speak(library: Path) -> None:
    change(
        library / "mkdocs.yml",
        "{locale: en, name: English}",
        "{locale: en, name: English}\n        - {locale: xx, name: X}",
    )
    result = patokaz(library, "build", "--no-handbooks", *DAY)
    assert result.exit_code == 3
    assert "the engine has no words for language `xx`" in result.stderr
    assert not (library / "site").exists()


def test_every_command_is_found_where_it_is_defined() -> None:
    """Commands are imported when they are called: the table that says where must name all of them, and nothing else."""
    for module in Path(cli.__file__).parent.glob("*.py"):
        importlib.import_module(f"patokaz.cli.{module.stem}")
    context = click.Context(main)
    assert sorted(main.commands) == main.list_commands(context) == sorted(COMMANDS)
    for name, module in COMMANDS.items():
        command = main.get_command(context, name)
        assert command is not None
        assert command.name == name
        defined = command.commands["export"] if isinstance(command, click.Group) else command
        assert defined.callback.__module__ == module
