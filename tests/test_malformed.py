"""Libraries broken in every way we could think of, through the real commands.

Each is refused with places and hints, never with a traceback, and ``patokaz build`` leaves the site of before untouched.
``python tests/test_malformed.py --update`` writes the expectations anew; then read what changed.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from patokaz.cli import main
from sample import TESTS, TODAY, overlay, read_case, write_expect

CASES = TESTS / "cases" / "malformed"
PATHS = sorted(CASES.iterdir())
UPDATE = "run `python tests/test_malformed.py --update`, then read what changed"
IN_A_PROCESS_OF_ITS_OWN = {"broken-yaml", "mkdocs-missing", "deep-nesting"}


def name_of(path: Path) -> str:
    return path.stem.partition("-")[2]


CASES = [pytest.param(path, id=name_of(path)) for path in PATHS]


def run(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["--root", str(root), *arguments, "--today", TODAY.isoformat()])


def said(result: Result) -> list[str]:
    """Errors with their hints, as a person reads them; where it cannot continue, the words on standard error."""
    if result.exit_code == 3:
        return [line for line in result.stderr.splitlines() if not line.startswith("Step ")]
    blocks: list[list[str]] = []
    for line in result.stdout.splitlines():
        if re.match(r"\S.*:\d+:\d+: KB\d{3} ", line):
            blocks.append([line])
        elif line.startswith("    hint: ") and blocks:
            blocks[-1].append(line)
    return ["\n".join(block) for block in blocks if " error: " in block[0]]


def site_bytes(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}


def broken(path: Path, folder: Path) -> Path:
    return overlay(read_case(path)["files"]).write(folder / "library")


@pytest.mark.parametrize("path", CASES)
def test_check_reports(path: Path, tmp_path: Path) -> None:
    case = read_case(path)
    result = run(broken(path, tmp_path), "check")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    assert "Traceback" not in result.output
    assert result.exit_code == case.get("exit", 1)
    assert "".join(f"{text}\n" for text in said(result)) == case["expect"], UPDATE


@pytest.mark.parametrize("path", CASES)
def test_build_leaves_the_site_alone(path: Path, tmp_path: Path) -> None:
    root = broken(path, tmp_path)
    (root / "site").mkdir()
    (root / "site" / "index.html").write_text("the site of before", encoding="utf-8")
    (root / "site" / ".patokaz-site").touch()
    before = site_bytes(root / "site")
    result = run(root, "build", "--no-handbooks")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    assert "Traceback" not in result.output
    assert result.exit_code == read_case(path).get("exit", 1)
    assert site_bytes(root / "site") == before
    assert [item.name for item in root.iterdir() if ".stage-" in item.name or item.name.endswith(".old")] == []


@pytest.mark.parametrize("path", CASES)
def test_every_error_has_a_hint(path: Path) -> None:
    """Read from the expectation, which the tests above hold to what the command says."""
    case = read_case(path)
    lines = case["expect"].splitlines()
    if case.get("exit") == 3:
        assert len(lines) == 1
        return
    heads = [number for number, line in enumerate(lines) if not line.startswith("    hint: ")]
    assert heads
    for number in heads:
        assert number + 1 < len(lines), lines[number]
        assert lines[number + 1].startswith("    hint: "), lines[number]


@pytest.mark.parametrize("path", [path for path in PATHS if name_of(path) in IN_A_PROCESS_OF_ITS_OWN], ids=name_of)
def test_as_a_program(path: Path, tmp_path: Path) -> None:
    """The same through ``python -m patokaz``: nothing of the in-process runner hides a traceback."""
    command = [sys.executable, "-m", "patokaz", "--root", str(broken(path, tmp_path)), "check", "--today", "2026-11-23"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)
    assert done.returncode == read_case(path).get("exit", 1)
    assert "Traceback" not in done.stdout + done.stderr


def test_cases_are_numbered_and_named_once() -> None:
    numbers = [path.name[:2] for path in PATHS]
    assert numbers == [f"{number:02}" for number in range(1, len(PATHS) + 1)]
    assert len(PATHS) >= 40
    names = {name_of(path) for path in PATHS}
    assert len(names) == len(PATHS)
    assert names >= IN_A_PROCESS_OF_ITS_OWN
    for path in PATHS:
        assert set(read_case(path)) <= {"about", "files", "exit", "expect"}
        assert read_case(path)["about"].endswith(".")


if __name__ == "__main__":
    assert sys.argv[1:] == ["--update"], __doc__
    for path in PATHS:
        with tempfile.TemporaryDirectory() as folder:
            result = run(broken(path, Path(folder)), "check")
            if result.exception is not None and not isinstance(result.exception, SystemExit):
                print(f"crashes: {path.name}: {result.exception!r}")
            words = [text.replace(folder, "") for text in said(result)]
            if write_expect(path, words):
                print(f"written: {path.name}")
