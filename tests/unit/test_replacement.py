"""Replacement sets: what is said to be exchanged turns the old binder into the new handbook, whatever changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patokaz.findings import KbError
from patokaz.handbooks import Change, Entry, Manifest, changes, read_manifest

KINDS = {"front": "front", "find": "index"}


def printed(parts: dict[str, tuple[str, int]]) -> tuple[Entry, ...]:
    """The entries of a handbook with these parts: name → (what it says, pages)."""
    found: list[Entry] = []
    first = 1
    for name, (says, pages) in parts.items():
        found.append(Entry(name, KINDS.get(name, "document"), name, name, "1.0", first, pages, says, ""))
        first += pages
    starts = repr([(entry.name, entry.first) for entry in found])
    return tuple(replace(entry, numbers=starts) if entry.name in KINDS else entry for entry in found)


HANDBOOKS = st.permutations(["a", "b", "c", "d", "e"]).flatmap(
    lambda order: st.integers(1, 5).flatmap(
        lambda count: st.tuples(*(st.tuples(st.sampled_from("xy"), st.integers(1, 3)) for _ in range(count))).map(
            lambda said: printed(
                {"front": ("f", 1), **dict(zip(sorted(order[:count]), said, strict=False)), "find": ("i", 1)}
            )
        )
    )
)


@given(HANDBOOKS, HANDBOOKS)
def test_following_the_instruction_gives_the_new_handbook(old: tuple[Entry, ...], new: tuple[Entry, ...]) -> None:
    # A part that says the same has the same pages.
    lengths = {(entry.name, entry.says): entry.pages for entry in new}
    old = tuple(replace(entry, pages=lengths.get((entry.name, entry.says), entry.pages)) for entry in old)
    binder = {entry.name: entry for entry in old}
    for change in changes(old, new):
        if change.old is not None:
            assert binder.pop(change.old.name) == change.old
        if change.new is not None:
            binder[change.new.name] = change.new
    assert {name: (entry.says, entry.pages) for name, entry in binder.items()} == {
        entry.name: (entry.says, entry.pages) for entry in new
    }
    assert not changes(new, new)


def test_what_did_not_change_stays() -> None:
    old = printed({"front": ("f", 1), "a": ("x", 2), "b": ("x", 3), "c": ("x", 1), "find": ("i", 1)})
    new = printed({"front": ("f", 1), "a": ("x", 2), "b": ("y", 4), "c": ("x", 1), "find": ("i", 1)})
    found = changes(old, new)
    assert [(change.old.name, change.new.name) for change in found if change.old and change.new] == [
        ("front", "front"),
        ("b", "b"),
        ("find", "find"),
    ]
    assert found[1] == Change(old[2], new[2])
    assert (old[2].first, old[2].last, new[2].first, new[2].last) == (4, 6, 4, 7)
    same_length = printed({"front": ("f", 1), "a": ("x", 2), "b": ("y", 3), "c": ("x", 1), "find": ("i", 1)})
    assert [change.new.name for change in changes(old, same_length) if change.new] == ["b"], "no number moved"


def test_a_part_that_is_gone_stands_where_it_stood() -> None:
    old = printed({"front": ("f", 1), "a": ("x", 1), "b": ("x", 1), "c": ("x", 1)})
    new = printed({"front": ("g", 1), "a": ("x", 1), "c": ("y", 1), "d": ("x", 1)})
    assert [((c.old and c.old.name), (c.new and c.new.name)) for c in changes(old, new)] == [
        ("front", "front"),
        ("b", None),
        ("c", "c"),
        (None, "d"),
    ]


def test_manifest_is_read_back(tmp_path: Path) -> None:
    manifest = Manifest("2026.1", {"all": {"mk": printed({"front": ("f", 1), "a": ("x", 2)})}})
    file = tmp_path / "chapters.json"
    file.write_text(manifest.json(), encoding="utf-8")
    assert read_manifest(file) == manifest


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "chapters.json:1:2: not JSON"),
        ("[]", "not a chapters.json"),
        ('{"format": 7}', "another version"),
        ('{"format": 1, "edition": "1", "handbooks": {"a": {"mk": [{"name": "x"}]}}}', "not a chapters.json"),
        ('{"format": 1, "edition": "1", "handbooks": {"a": 3}}', "not a chapters.json"),
        ("\x00", "not JSON"),
    ],
)
def test_a_file_that_is_no_manifest_is_refused(tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "chapters.json"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(KbError, match=said.replace("[", r"\[")):
        read_manifest(file)


def test_a_file_of_other_bytes_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "chapters.json"
    file.write_bytes(b"\xff\xfe%PDF")
    with pytest.raises(KbError, match=r"chapters\.json"):
        read_manifest(file)
