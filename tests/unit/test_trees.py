"""A tree on disk shows what lies inside it, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from patokaz.findings import SetupError
from patokaz.load import DiskTree, MemoryTree, load
from sample import sample_files


def test_disk_and_memory_show_the_same(library: Path) -> None:
    disk, memory = DiskTree(library), MemoryTree(sample_files())
    assert disk.files() == memory.files()
    assert all(disk.read(path) == memory.read(path) for path in disk.files())
    assert disk.strays() == memory.strays() == ()


def test_hidden_files_and_back_ups_are_left_out(library: Path) -> None:
    for name in (".DS_Store", "en.md~", "Thumbs.db", ".git/config", ".hidden/en.md"):
        path = library / "docs" / "en" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x", encoding="utf-8")
    assert DiskTree(library).files() == MemoryTree(sample_files()).files()


def test_what_lies_beside_the_source_folders_is_no_source(library: Path) -> None:
    for name in ("site/index.md", ".cache/x.md", "notes/x.yml"):
        path = library / name
        path.parent.mkdir()
        path.write_text("x", encoding="utf-8")
    assert DiskTree(library).files() == MemoryTree(sample_files()).files()


def test_no_mkdocs_yml_cannot_continue(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="run patokaz in the root of a library"):
        load(DiskTree(tmp_path))


def test_links_out_and_circles_are_strays(library: Path) -> None:
    (library / "docs" / "out.md").symlink_to("/etc/hostname")
    (library / "docs" / "here").symlink_to(".")
    (library / "docs" / "self").symlink_to("self")
    tree = DiskTree(library)
    assert sorted(tree.strays()) == ["docs/here", "docs/out.md", "docs/self"]
    assert tree.files() == MemoryTree(sample_files()).files()


def test_mkdocs_yml_that_leads_out_is_a_stray(library: Path) -> None:
    (library / "mkdocs.yml").rename(library.parent / "outside.yml")
    (library / "mkdocs.yml").symlink_to("../outside.yml")
    assert DiskTree(library).strays() == ("mkdocs.yml",)


def test_source_folder_that_leads_out_is_a_stray(library: Path) -> None:
    (library / "glossary").rename(library.parent / "outside")
    (library / "glossary").symlink_to("../outside")
    assert DiskTree(library).strays() == ("glossary",)
