"""``patokaz diff`` and ``notice`` on the sample library, with a sealed revision and a changed working text."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from patokaz.cli import main
from sample import SOP, Sources, overlay

LIMIT = {"glossary/limits.yml": {"replace": ["duration: PT24H", "duration: PT48H"]}}
EDITS = {
    f"{SOP}/en.md": {"replace": ["stay outside", "do not stay outside"]},
    f"{SOP}/record.yml": {
        "replace": ["        informed: [response-team]\n        limit: at-once", "        limit: at-once"]
    },
    **LIMIT,
}


@pytest.fixture
def revised(tmp_path: Path) -> Path:
    """SOP-01@1.1 is sealed as a draft, by the command, and then changed: a word, a role, a limit in the register."""
    root = overlay({}).write(tmp_path / "library")
    assert patokaz(root, "seal", "SOP-01", "--draft", "--today", "2026-11-23").exit_code == 0
    files = {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
    Sources(overlay(EDITS, files).files).write(root)
    return root


def patokaz(root: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(main, ["--root", str(root), *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


def test_diff_of_the_newest_sealed_revision_and_the_working_text(revised: Path) -> None:
    result = patokaz(revised, "diff", "SOP-01", "--lang", "en")
    assert result.exit_code == 0
    assert result.stdout.partition("\n\n")[2].split("\n")[5:] == [
        "Step 1.1: Find a safe place",
        "  - Is told: Response team → none",
        "  - Paragraph: Take the person to a quiet room and call 555 0100. The border police {+do not+} stay outside [S1].",
        "",
        "Step 1.2: Ask the child",
        "  - By when: at most 24 hours → at most 48 hours",
        "",
    ]


def test_equal_revisions_say_so_in_the_default_language(revised: Path) -> None:
    result = patokaz(revised, "diff", "SOP-01", "1.1", "1.1")
    assert result.exit_code == 0
    assert "Нема измени." in result.stdout


def test_formats_go_to_a_file(revised: Path, tmp_path: Path) -> None:
    for style, start in (("html", b"<!doctype html>"), ("md", b"# "), ("pdf", b"%PDF-")):
        target = tmp_path / f"out.{style}"
        result = patokaz(revised, "diff", "SOP-01", "1.1", "--lang", "en", "--format", style, "--out", str(target))
        assert (result.exit_code, result.stdout) == (0, f"{target}\n")
        assert target.read_bytes().startswith(start)


def test_notice_of_the_working_text(revised: Path, tmp_path: Path) -> None:
    target = tmp_path / "notice.pdf"
    result = patokaz(revised, "notice", "SOP-01", "--lang", "sq", "--out", str(target))
    assert (result.exit_code, result.stdout) == (0, f"{target}\n")
    assert target.read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("diff", "SOP-1", "1.1"), "there is no document `SOP-1`. did you mean `SOP-01`"),
        (("diff", "SOP-01", "1.0"), "SOP-01 has no sealed revision `1.0`. did you mean `1.1`?"),
        (("diff", "SOP-01", "1.1", "2.0"), "SOP-01 has no sealed revision `2.0`. known here: `1.1`, `working`"),
        (("diff", "SOP-02"), "SOP-02 has no sealed revision before the working text"),
        (("notice", "SOP-01", "1.1"), "SOP-01 has no sealed revision before 1.1"),
        (("diff", "SOP-01", "--lang", "de"), "the library is not made in `de`; it is in: mk, sq, en"),
    ],
)
def test_what_is_not_there_is_named_and_nothing_written(revised: Path, arguments: tuple[str, ...], words: str) -> None:
    before = sorted(revised.rglob("*"))
    result = patokaz(revised, *arguments)
    assert result.exit_code == 3
    assert words in result.stderr
    assert "Traceback" not in result.output
    assert sorted(revised.rglob("*")) == before


def test_a_working_text_with_errors_can_be_compared(revised: Path) -> None:
    """Names that lead nowhere are shown as they are written."""
    path = revised / SOP / "record.yml"
    text = path.read_text(encoding="utf-8").replace("limit: time-to-think", "limit: no-such-limit")
    path.write_text(text.replace("accountable: social-worker", "accountable: nobody-known", 1), encoding="utf-8")
    result = patokaz(revised, "diff", "SOP-01", "--lang", "en")
    assert result.exit_code == 0
    assert "→ no-such-limit" in result.stdout
    assert "Social worker → nobody-known" in result.stdout
