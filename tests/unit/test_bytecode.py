"""The bytecode of templates: kept where Python keeps that of modules, never needed, never stale."""

import sys
from pathlib import Path

import jinja2
import pytest

from patokaz.pages.bytecode import Beside


def says(folder: Path) -> str:
    return (
        jinja2.Environment(loader=jinja2.FileSystemLoader(folder), bytecode_cache=Beside())
        .get_template("a.html.j2")
        .render()
    )


@pytest.fixture
def template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    file = tmp_path / "a.html.j2"
    file.write_text("one")
    return file


def test_it_lies_beside_the_template_and_is_renewed_with_it(template: Path) -> None:
    assert says(template.parent) == "one"
    (kept,) = (template.parent / "__pycache__").iterdir()
    assert kept.suffix == ".pyc"
    first = kept.read_bytes()
    template.write_text("two")
    assert says(template.parent) == "two"
    assert kept.read_bytes() != first


@pytest.mark.parametrize("content", [b"", b"no bytecode", bytes(4096)])
def test_a_damaged_file_does_no_harm(template: Path, content: bytes) -> None:
    says(template.parent)
    (kept,) = (template.parent / "__pycache__").iterdir()
    kept.write_bytes(content)
    assert says(template.parent) == "one"


def test_nothing_is_written_where_python_is_told_not_to(template: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert says(template.parent) == "one"
    assert [item.name for item in template.parent.iterdir()] == ["a.html.j2"]


def test_a_folder_that_cannot_be_written_does_no_harm(template: Path) -> None:
    (template.parent / "__pycache__").write_text("in the way")
    assert says(template.parent) == "one"
