"""What goes out and comes back as it was changes nothing, and what is changed changes its place and no other."""

from __future__ import annotations

import functools
import re
import shutil
import subprocess
from pathlib import Path

import polib
import pytest
from exchange_kit import MK, WRITERS, base, codes, edited, exported, filled, imported
from hypothesis import given
from hypothesis import strategies as st

from patokaz.exchange import Signatures, package, receive, subject
from patokaz.load import DiskTree, load
from patokaz.model.library import Library
from sample import SOP, TESTS, sample_files

ROOT = TESTS.parent


@functools.cache
def real() -> tuple[DiskTree, Library]:
    tree = DiskTree(ROOT)
    library = load(tree).library
    assert library is not None
    return tree, library


def real_names() -> list[str]:
    _, library = real()
    return [*library.documents, *library.pages]


@pytest.mark.parametrize("suffix", WRITERS)
@pytest.mark.parametrize("language", ["mk", "sq"])
def test_published_texts_come_back_as_they_were(language: str, suffix: str) -> None:
    """Every document and page of the library, all passages and labels: not one byte changes."""
    tree, library = real()
    files: dict[str, bytes] = {}
    count = 0
    for name in real_names():
        item = subject(library, tree, name, language)
        assert item is not None, name
        one = package(library, item, everything=True)
        count += len(one.units)
        files[f"{name.replace('/', '.')}{suffix}"] = WRITERS[suffix](one).encode()
    received = receive(library, tree, files, language, Signatures())
    assert count > 1000
    assert (received.findings, received.files) == ((), {})
    assert not any(received.taken.values())


@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="gettext is not installed")
@pytest.mark.parametrize("name", real_names())
def test_gettext_accepts_the_files(name: str, tmp_path: Path) -> None:
    tree, library = real()
    for language in ("mk", "sq"):
        item = subject(library, tree, name, language)
        assert item is not None
        path = tmp_path / f"{language}.po"
        path.write_text(WRITERS[".po"](package(library, item, everything=True)), encoding="utf-8")
        command = ["msgfmt", "--check", "--output-file", str(tmp_path / "x.mo"), str(path)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert (done.returncode, done.stderr) == (0, "")


def test_every_word_of_the_published_texts_can_be_replaced() -> None:
    """With a mark before each translation the files differ from the old ones by these marks alone."""
    tree, library = real()
    for name in real_names():
        item = subject(library, tree, name, "sq")
        assert item is not None
        one = package(library, item, everything=True)
        done = filled(WRITERS[".po"](one), lambda entry: f"Ë {entry.msgstr}" if entry.msgstr else None)
        received = receive(library, tree, {"x.po": done.encode()}, "sq", Signatures())
        assert received.findings == (), name
        assert received.left[name] == ()
        for path, data in received.files.items():
            if path.endswith(".follows.yml"):
                continue
            new, old = data.decode(), tree.read(path).decode()
            assert new.count("Ë ") - old.count("Ë ") > 0
            # A value of YAML may need quotes now.
            bare, before = (re.sub('Ë |"', "", text).split() for text in (new, old))
            assert bare == before, path


@pytest.mark.parametrize("suffix", WRITERS)
def test_one_passage_changes_its_own_place_only(suffix: str) -> None:
    files = base()
    old, new = "Прашајте го детето што сака", "Прашајте го детето што му треба"
    content = exported(files, "SOP-01", "mk", suffix)
    assert content.count(old) == 1
    received = imported(files, content.replace(old, new), "mk", f"x{suffix}")
    assert received.findings == ()
    assert received.files.keys() == {MK}
    assert received.files[MK] == files[MK].replace(old.encode(), new.encode())
    assert received.taken == {"SOP-01": 1}


def test_windows_line_ends_stay() -> None:
    files = base()
    files[MK] = files[MK].replace(b"\n", b"\r\n")
    done = exported(files, "SOP-01", "mk").replace("Прва помош", "Прва помош на лице")
    received = imported(files, done, "mk")
    assert received.findings == ()
    assert received.files[MK] == files[MK].replace("Прва помош".encode(), "Прва помош на лице".encode())


def test_files_are_the_same_every_time() -> None:
    for suffix in WRITERS:
        assert exported(base(), "SOP-01", "sq", suffix) == exported(base(), "SOP-01", "sq", suffix)


def test_only_what_changed_is_exported() -> None:
    files = base()
    assert "msgctxt" not in exported(files, "SOP-01", "mk", everything=False)
    files = edited(files, f"{SOP}/en.md", ("Ask the child what it wants", "Ask the child what it needs"))
    file = polib.pofile(exported(files, "SOP-01", "mk", everything=False))
    assert [(entry.msgctxt, entry.fuzzy) for entry in file] == [("SOP-01#ask-child/2 paragraph", True)]
    assert file[0].msgstr.startswith("Прашајте го детето што сака")
    assert imported(files, f"{file}\n", "mk").files == {}


WORDS = st.sampled_from(
    [
        "help",
        "the *child*",
        "**at once**",
        "[police](role:border-police)",
        "`code`",
        "30 days",
        "a<br>b",
        "[](source:S1)",
        "1\\.",
        "x \\| y",
    ]
)
SENTENCE = st.lists(WORDS, min_size=1, max_size=4).map(lambda parts: "So " + " ".join(parts))
PROSE = SENTENCE.map(lambda words: words.replace("\\| y", "y"))
WRAPPED = st.lists(PROSE, min_size=1, max_size=3).flatmap(
    lambda parts: st.sampled_from(["\n", "\\\n", "  \n"]).map(lambda sign: sign.join(parts))
)


def indented(text: str, first: str, further: str) -> str:
    return "\n".join((first if n == 0 else further) + line for n, line in enumerate(text.split("\n")))


PIECES = st.one_of(
    WRAPPED,
    WRAPPED.map(lambda text: indented(text, "> ", "> ")),
    st.lists(WRAPPED, min_size=1, max_size=3).map(lambda items: "\n".join(indented(t, "- ", "  ") for t in items)),
    st.tuples(PROSE, WRAPPED, PROSE).map(lambda t: f"1. {t[0]}\n\n   {indented(t[1], '', '   ')}\n   - {t[2]}"),
    st.tuples(SENTENCE, SENTENCE, SENTENCE).map(lambda t: f"| {t[0]} | |\n|---|:-:|\n| {t[1]} | {t[2]} |"),
    PROSE.map(lambda words: f"```\n# {words}\n```"),
    st.tuples(PROSE, st.sampled_from(["", " ##"])).map(lambda t: f"#### {t[0]}{t[1]}"),
)
BODY = st.lists(PIECES, min_size=1, max_size=5).map("\n\n".join)


@given(body=BODY, suffix=st.sampled_from(list(WRITERS)), new=st.booleans())
def test_any_text_of_the_dialect_survives(body: str, suffix: str, new: bool) -> None:
    """A translation equal to its original word for word: identity where it exists, and made anew the original's own body."""
    files = sample_files()
    page = "docs/{}/page.md"
    front = "---\ntitle: A\nsummary: B\naudience: public\n"
    files[page.format("mk")] = f"{front}---\n\n{body}\n\n## Крај {{#end}}\n\nКрај.\n".encode()
    stamp = 'translates: {revision: "1.0", fingerprint: "00000000"}\ntranslation: {by: X, reviewed_by: null}\n'
    files[page.format("sq")] = files[page.format("mk")].replace(b"---\n\n", f"{stamp}---\n\n".encode(), 1)
    content = exported(files, "page", "sq", suffix)
    if new:
        # What was handed out for the existing translation is all that a new one needs.
        done = filled(exported(files, "page", "sq"), lambda entry: entry.msgid)
        without = {path: data for path, data in files.items() if path != page.format("sq")}
        received = imported(without, done, "sq")
        assert codes(received) == []
        made = received.files[page.format("sq")].decode().partition("\n---\n")[2]
        # Hard line breaks are written one way, and wrapped lines as one.
        again = imported(
            {**without, **received.files},
            exported({**without, **received.files}, "page", "sq", suffix),
            "sq",
            f"x{suffix}",
        )
        assert (again.files, codes(again)) == ({}, [])
        assert made.replace("\n", " ").split()[-1] == "Крај."
    else:
        received = imported(files, content, "sq", f"x{suffix}")
        assert (received.files, codes(received)) == ({}, [])
