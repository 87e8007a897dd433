"""``patokaz export`` and ``patokaz import``: what they write, what they say, and what they refuse."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from patokaz.cli import main
from sample import SOP
from word_edits import delete, opened, paragraph, replace_words, saved


def patokaz(root: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(main, ["--root", str(root), *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


@pytest.fixture
def file(library: Path, tmp_path: Path) -> Path:
    target = tmp_path / "sop.docx"
    done = patokaz(library, "export", "SOP-01", "--format", "docx", "--lang", "en", "--out", str(target))
    assert (done.exit_code, done.stdout) == (0, f"{target}\n")
    return target


def imported(library: Path, file: Path, *more: str) -> Result:
    return patokaz(library, "import", str(file), "--as", "SOP-01", "--lang", "en", *more)


def tree(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_untouched_nothing_is_written(library: Path, file: Path) -> None:
    before = tree(library)
    done = imported(library, file)
    assert (done.exit_code, done.stdout) == (0, f"nothing changed: {library / SOP / 'en.md'}\n")
    assert tree(library) == before


def test_an_edit_is_written_into_the_text(library: Path, file: Path) -> None:
    word = opened(file.read_bytes())
    replace_words(word, "Ask the child what", "First ask the child what")
    word.add_comment(paragraph(word, "First ask").runs[0], text="Why?", author="B. Commission")
    file.write_bytes(saved(word))
    before = tree(library)
    done = imported(library, file)
    assert done.exit_code == 0
    assert "a comment by B. Commission on" in done.stdout
    assert done.stdout.endswith(f"1 passage changed: {library / SOP / 'en.md'}\n")
    after = tree(library)
    assert {name for name in after if after[name] != before.get(name)} == {f"{SOP}/en.md"}
    assert after[f"{SOP}/en.md"] == before[f"{SOP}/en.md"].replace(
        b"\nAsk the child what", b"\nFirst ask the child what"
    )


def test_to_another_file(library: Path, file: Path, tmp_path: Path) -> None:
    before = tree(library)
    other = tmp_path / "new.md"
    assert imported(library, file, "--out", str(other)).exit_code == 0
    assert other.read_bytes() == before[f"{SOP}/en.md"]
    assert tree(library) == before


def test_an_error_names_the_file_and_writes_nothing(library: Path, file: Path) -> None:
    word = opened(file.read_bytes())
    replace_words(word, "Ask the child what", "Changed")
    delete(next(p for p in word.paragraphs if p.text == "Ask the child"))
    file.write_bytes(saved(word))
    before = tree(library)
    done = imported(library, file)
    assert done.exit_code == 1
    assert f"{file}:1:1: KB633 error: the heading of `ask-child` (“Ask the child”) is missing" in done.stdout
    assert "Nothing was written." in done.stderr
    assert tree(library) == before


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("export", "SOP-1", "--format", "docx", "--lang", "en"),
            "no document or page `SOP-1`. did you mean `SOP-01` or `SOP-02`?",
        ),
        (("export", "SOP-01", "--format", "docx", "--lang", "de"), "not made in `de`; it is in: mk, sq, en"),
        (("export", "SOP-02", "--format", "docx", "--lang", "sq"), "SOP-02 has no text in `sq`; it has: "),
        (("export", "SOP-01", "--format", "odt", "--lang", "en"), "'odt' is not 'docx'"),
        (("export", "SOP-01", "--format", "docx"), "Missing option '--lang'"),
        (("import", "nowhere.docx", "--as", "SOP-01", "--lang", "en"), "'nowhere.docx' does not exist"),
    ],
)
def test_bad_commands_say_what_is_wrong(library: Path, arguments: tuple[str, ...], said: str) -> None:
    done = patokaz(library, *arguments)
    assert done.exit_code in (2, 3)
    assert said in done.stderr
