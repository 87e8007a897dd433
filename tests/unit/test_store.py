"""The store of rendered parts: what is kept, and what goes."""

import os
import time
from pathlib import Path

import pytest

from patokaz.handbooks import Store, store


def test_a_damaged_part_is_none(tmp_path: Path) -> None:
    kept = Store(tmp_path / "parts")
    assert kept.get("a") is None
    kept.put("a", b"%PDF")
    assert kept.get("a") == b"%PDF"
    (file,) = kept.folder.iterdir()
    file.write_bytes(file.read_bytes()[:-1])
    assert kept.get("a") is None


def test_what_another_run_is_writing_stays_and_what_a_killed_one_left_goes(tmp_path: Path) -> None:
    kept = Store(tmp_path)
    writing, left = tmp_path / ".a.1", tmp_path / ".b.2"
    for file in (writing, left):
        file.write_bytes(b"%")
    long_ago = time.time() - 2 * 3600
    os.utime(left, (long_ago, long_ago))
    kept.prune()
    assert writing.exists() and not left.exists()


def test_of_too_many_those_go_that_were_used_longest_ago(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "_KEPT", 2)
    kept = Store(tmp_path)
    for age, name in enumerate("abc"):
        kept.put(name, name.encode())
        used = time.time() - 100 * (age + 1)
        os.utime(tmp_path / f"{name}.part", (used, used))
    kept.prune()
    assert [kept.get(name) for name in "abc"] == [b"a", b"b", None]
