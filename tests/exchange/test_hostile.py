"""Files that nobody sends in good faith, or that a tool has broken: each is a finding with its line, and nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from exchange_kit import MK, by_key, codes, exported, filled, imported
from hypothesis import given
from hypothesis import strategies as st

from patokaz.cli import main
from patokaz.exchange.judge import stays_one
from patokaz.exchange.markup import MarkupError, parse_xml
from patokaz.load.reading import MAX_BYTES
from sample import sample_files

KEY = "SOP-01#make-safe/2 paragraph"
LAUGHS = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
DOCTYPES = {
    "external entity": '<!DOCTYPE xliff [<!ENTITY e SYSTEM "file:///etc/hostname">]>',
    "external document type": '<!DOCTYPE xliff SYSTEM "http://127.0.0.1:9/x.dtd">',
    "billion laughs": f'<!DOCTYPE xliff [<!ENTITY l0 "ha">{LAUGHS}]>',
    "processing instruction": '<?xml-stylesheet href="x.xsl"?>',
}


@pytest.mark.parametrize("name", DOCTYPES)
def test_xliff_with_a_document_type_is_refused_unread(name: str) -> None:
    content = exported(sample_files(), "SOP-01", "mk", ".xlf")
    content = content.replace("<xliff", f"{DOCTYPES[name]}<xliff", 1).replace("Прва помош", "&e;&l9;", 1)
    received = imported(sample_files(), content, "mk", "x.xlf")
    assert [(item.code, item.location.line) for item in received.findings] == [("KB621", 2)]
    assert received.files == {}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('target-language="mk"', 'target-language="sq"'),
        ('category="SOP-01"', 'category="SOP-77"'),
        ('category="SOP-01"', ""),
        ("document:1.2", "document:2.0"),
        ("</xliff>", ""),
        ("<body>", "<body>" + "<group>" * 60),
        ("</file>", '</file><file original="x" source-language="en" datatype="x"><body/></file>'),
    ],
    ids=lambda value: value[:24],
)
def test_xliff_that_is_not_ours_is_refused(old: str, new: str) -> None:
    content = exported(sample_files(), "SOP-01", "mk", ".xlf")
    assert old in content
    received = imported(sample_files(), content.replace(old, new, 1), "mk", "x.xlf")
    assert codes(received) == ["KB621"]


def test_nesting_has_an_end() -> None:
    with pytest.raises(MarkupError, match="nested"):
        parse_xml("<a>" * 100_000)


def test_inline_element_that_a_tool_emptied_gets_its_signs_back() -> None:
    content = exported(sample_files(), "SOP-01", "mk", ".xlf")
    target = next(line for line in content.split("\n") if "<target" in line and "Граничната полиција" in line)
    tool = (
        target.replace('<bpt id="2">[</bpt>', '<bx id="2"/>')
        .replace('<ept id="2">](role:border-police)</ept>', '<ex id="2"/>')
        .replace('<ph id="1">[](contact:help-line)</ph>', '<x id="1"/>')
        .replace('<ph id="3">[](source:S1)</ph>', '<mrk mtype="protected"><x id="3"/></mrk>')
    )
    assert tool != target
    assert imported(sample_files(), content.replace(target, tool), "mk", "x.xlf").files == {}
    strange = target.replace('<ph id="1">[](contact:help-line)</ph>', '<x id="9"/>')
    assert codes(imported(sample_files(), content.replace(target, strange), "mk", "x.xlf")) == ["KB621"]


@given(st.integers(0, 4000))
def test_po_cut_anywhere_loses_no_letter(end: int) -> None:
    """A file that breaks off is refused, or what stands before the break is as it was."""
    content = exported(sample_files(), "SOP-01", "mk")
    received = imported(sample_files(), content.encode()[: min(end, len(content))], "mk")
    assert received.files == {}
    assert set(codes(received)) <= {"KB001", "KB621"}


@pytest.mark.parametrize(
    "data", [b"", b"\x00" * 100, "ќ".encode("cp1251"), b"\xff\xfea\x00", b"/etc/passwd", b"msgid", b"{}"]
)
@pytest.mark.parametrize("name", ["x.po", "x.xlf", "x.exe"])
def test_anything_at_all_is_a_finding(data: bytes, name: str) -> None:
    received = imported(sample_files(), data, "mk", name)
    assert codes(received)
    assert set(codes(received)) <= {"KB001", "KB009", "KB621"}


def test_byte_order_mark_and_windows_line_ends_of_tools_are_taken() -> None:
    for suffix in (".po", ".xlf"):
        content = exported(sample_files(), "SOP-01", "mk", suffix).replace("\n", "\r\n")
        assert codes(imported(sample_files(), b"\xef\xbb\xbf" + content.encode(), "mk", f"x{suffix}")) == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Одведете го\x07 лицето", "KB009"),
        ("Одведете го\u2028 лицето", "KB009"),
        ("Одведете го\ue000 лицето", "KB009"),
        ("Одведете го \u202eлицето", "KB009"),
        ("Одведете го \u2067лицето", "KB009"),
        ("<script>alert(1)</script>", "KB501"),
        ("<!-- скриено -->", "KB501"),
        ("[лицето](javascript:alert(1))", "KB622"),
        ("![слика](https://example.org/x.png)", "KB622"),
        ("Одведете го лицето.\n\nИ уште нешто.", "KB624"),
        ("- Одведете го лицето.", "KB624"),
        ("1. Одведете го лицето.", "KB624"),
        ("> Одведете го лицето.", "KB624"),
        ("```", "KB624"),
        ("Одведете го лицето {{ secret }} во 2 часот", "KB623"),
        ("**Одведете** го лицето", "KB622"),
    ],
)
def test_words_that_would_break_a_page_are_refused(words: str, code: str) -> None:
    rest = " [](contact:help-line) [полиција](role:border-police) [](source:S1)."
    done = filled(exported(sample_files(), "SOP-01", "mk"), by_key({KEY: words + rest}))
    received = imported(sample_files(), done, "mk")
    assert code in codes(received)
    assert received.files == {}
    assert all(item.location.path == "x.po" and item.location.line > 10 and item.hint for item in received.findings)


@pytest.mark.parametrize("kind", ["paragraph", "item"])
@pytest.mark.parametrize(
    "words",
    [
        "---",
        "***",
        "[a]: https://example.org",
        "# x",
        "+ x",
        "3) x",
        "    x\\\n    y",
        "a\\\n- b",
        "a\\\n---",
        "a|b\\\n-|-",
        "~~~",
        ">x",
    ],
)
def test_beginnings_that_markdown_reads_as_something_else(words: str, kind: str) -> None:
    assert not stays_one(words, kind)
    assert stays_one(f"Збор {words}".split("\n")[0].removesuffix("\\"), kind)


@pytest.mark.parametrize("words", ["Трча {#x}", "Трча\\\nи стои"])
def test_heading_keeps_its_id(words: str) -> None:
    done = filled(exported(sample_files(), "SOP-01", "mk"), by_key({"SOP-01#make-safe/1 heading": words}))
    assert set(codes(imported(sample_files(), done, "mk"))) & {"KB622", "KB624"}


def test_marks_of_direction_that_are_closed_are_taken() -> None:
    """Marks and isolates have their use beside Arabic names; overrides have none."""
    done = filled(
        exported(sample_files(), "SOP-01", "mk"), by_key({"SOP-01#front/1 title": "Прва \u2067помош\u2069\u200e"})
    )
    received = imported(sample_files(), done, "mk")
    assert codes(received) == []
    assert "\u2067помош\u2069\u200e" in received.files[MK].decode()


def test_huge_file_is_refused_unread(library: Path, tmp_path: Path) -> None:
    huge = tmp_path / "huge.po"
    with huge.open("wb") as file:
        file.truncate(50_000_000)
    done = CliRunner().invoke(main, ["--root", str(library), "translations", "import", str(huge), "--lang", "mk"])
    assert done.exit_code == 1
    assert "KB007" in done.output
    assert f"more than {MAX_BYTES:,}" in done.output


def test_one_refusal_keeps_everything_unwritten(library: Path, tmp_path: Path) -> None:
    files = {path: path.read_bytes() for path in library.rglob("*") if path.is_file()}
    good, bad = tmp_path / "good.po", tmp_path / "bad.po"
    good.write_text(
        filled(exported(sample_files(), "FORM-01", "mk"), by_key({"FORM-01#front/1 title": "Барање"})), encoding="utf-8"
    )
    bad.write_text(filled(exported(sample_files(), "SOP-01", "mk"), by_key({KEY: "Тргнете."})), encoding="utf-8")
    command = ["--root", str(library), "translations", "import", "--lang", "mk", str(good)]
    done = CliRunner().invoke(main, [*command, str(bad)])
    assert (done.exit_code, "KB622" in done.output) == (1, True)
    assert {path: path.read_bytes() for path in library.rglob("*") if path.is_file()} == files
    assert CliRunner().invoke(main, command).exit_code == 0
    assert {path: path.read_bytes() for path in library.rglob("*") if path.is_file()} != files
