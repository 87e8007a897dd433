"""A site is replaced as a whole, and nothing that Patokaz did not write is ever replaced."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from patokaz.findings import KbError
from patokaz.release import atomic
from patokaz.release.atomic import MARKER, check_replaceable, publish, recover, staging_folder


def folder(path: Path, content: str, *, marker: bool = True) -> Path:
    path.mkdir()
    (path / "index.html").write_text(content, encoding="utf-8")
    if marker:
        (path / MARKER).touch()
    return path


def names(path: Path) -> list[str]:
    return sorted(item.name for item in path.iterdir())


def test_first_publishing(tmp_path: Path) -> None:
    publish(folder(tmp_path / "staged", "new", marker=False), tmp_path / "site")
    assert names(tmp_path) == ["site"]
    assert names(tmp_path / "site") == [MARKER, "index.html"]


@pytest.mark.parametrize("atomically", [True, False])
def test_publishing_over_an_older_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, atomically: bool) -> None:
    if not atomically:
        monkeypatch.setattr(atomic, "_exchange", lambda *_: False)
    target = folder(tmp_path / "site", "old")
    (target / "gone.html").touch()
    publish(folder(tmp_path / "staged", "new"), target)
    assert names(tmp_path) == ["site"]
    assert names(target) == [MARKER, "index.html"]
    assert (target / "index.html").read_text(encoding="utf-8") == "new"


def test_crash_between_the_two_renames_is_mended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system cannot exchange two folders, the older one waits aside."""
    target = folder(tmp_path / "site", "old")
    staged = folder(tmp_path / "staged", "new")
    monkeypatch.setattr(atomic, "_exchange", lambda *_: False)
    rename = Path.rename

    def crash(self: Path, goal: Path) -> Path:
        if self == staged:
            raise OSError("power cut")
        return rename(self, goal)

    monkeypatch.setattr(Path, "rename", crash)
    with pytest.raises(OSError, match="power cut"):
        publish(staged, target)
    monkeypatch.undo()
    assert not target.exists()
    recover(target)
    assert (target / "index.html").read_text(encoding="utf-8") == "old"
    recover(target)
    assert names(tmp_path) == ["site", "staged"]


def test_recover_never_overwrites_a_site(tmp_path: Path) -> None:
    target = folder(tmp_path / "site", "new")
    folder(tmp_path / ".site.old", "old")
    recover(target)
    assert (target / "index.html").read_text(encoding="utf-8") == "new"


def test_foreign_folder_is_refused(tmp_path: Path) -> None:
    foreign = folder(tmp_path / "holiday", "photos", marker=False)
    with pytest.raises(KbError, match="did not write"):
        check_replaceable(foreign)
    assert names(foreign) == ["index.html"]


def test_file_and_link_are_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "link").symlink_to(folder(tmp_path / "site", "x"))
    for name in ("file", "link"):
        with pytest.raises(KbError, match="not a folder"):
            check_replaceable(tmp_path / name)


def test_empty_missing_and_own_folders_are_accepted(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    check_replaceable(tmp_path / "empty")
    check_replaceable(tmp_path / "missing")
    check_replaceable(folder(tmp_path / "site", "x"))


def test_left_overs_of_dead_builds_are_removed_and_those_of_living_kept(tmp_path: Path) -> None:
    done = subprocess.Popen([sys.executable, "-c", "pass"])
    done.wait()
    dead = folder(tmp_path / f".site.stage-{done.pid}", "half")
    living = folder(tmp_path / f".site.stage-{os.getppid()}", "working")
    other = folder(tmp_path / f".other.stage-{done.pid}", "half")
    mine = staging_folder(tmp_path / "site")
    assert not dead.exists()
    assert living.exists()
    assert other.exists()
    assert mine.is_dir()
    assert names(mine) == []


def test_staging_makes_missing_parents(tmp_path: Path) -> None:
    assert staging_folder(tmp_path / "a" / "b" / "site").is_dir()


def test_folder_moved_aside_is_removed_once_the_site_is_there(tmp_path: Path) -> None:
    """A crash after both renames leaves the older site aside for ever."""
    target = folder(tmp_path / "site", "new")
    folder(tmp_path / ".site.old", "old")
    recover(target)
    staging_folder(target)
    assert not (tmp_path / ".site.old").exists()
