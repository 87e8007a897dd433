"""Out and back without an edit is the identity, byte for byte: every published text, and any Markdown of our dialect."""

from __future__ import annotations

import functools
import itertools
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from patokaz.load import DiskTree, load
from patokaz.model.library import Library
from patokaz.pages.view import View
from patokaz.parse.leaves import Leaf, leaves
from patokaz.word import export, import_word
from patokaz.word.merging import merge
from patokaz.word.origin import origin
from word_edits import Trip, opened, part

ROOT = Path(__file__).parents[2]


@functools.cache
def published() -> tuple[DiskTree, Library]:
    tree = DiskTree(ROOT)
    library = load(tree).library
    assert library is not None
    return tree, library


def names() -> list[tuple[str, str]]:
    _, library = published()
    found = [(d.id, language) for d in library.documents.values() for language in d.texts]
    found += [(p.id, language) for p in library.pages.values() for language in p.texts]
    return sorted((name, language) for name, language in found if language in library.settings.languages)


@pytest.mark.parametrize(("name", "language"), names())
def test_published_text_comes_back_byte_for_byte(name: str, language: str) -> None:
    tree, library = published()
    text = origin(library, name, language, tree.read)
    data = export(text, View(library, "professional", language))
    back = import_word(data, "w.docx", text)
    assert back.content.encode() == tree.read(text.text.path)
    assert (back.changed, back.findings, back.tracked) == (0, (), ())


@pytest.mark.parametrize("language", ["mk", "sq", "en"])
def test_without_the_old_text_nothing_is_lost(language: str) -> None:
    """Not only the old bytes come back: from the Word file alone every heading, id, link, list and word is read."""
    tree, library = published()
    for name in sorted(library.documents):
        text = origin(library, name, language, tree.read)
        expected = leaves(text.body)
        alone = merge([], expected)
        assert alone.unreadable is None
        assert [leaf.key for leaf in leaves(alone.lines)] == [leaf.key for leaf in expected], name


def test_equal_sources_give_equal_bytes() -> None:
    assert Trip().data == Trip().data


def test_the_file_says_what_it_is() -> None:
    word = opened(Trip("SOP-01", "mk").data)
    core = word.core_properties
    assert (core.title, core.keywords, core.language) == ("Прва помош", "SOP-01", "mk")
    assert core.created is not None
    assert core.created.date().isoformat() == "2026-11-01"
    assert 'w:lang w:val="mk-MK"' in part(Trip("SOP-01", "mk").data, "word/styles.xml").decode()
    styles = [p.style.name for p in word.paragraphs if p.style is not None]
    assert [name for name in styles if name.startswith("Heading")] == [
        *("Heading 1", "Heading 2", "Heading 2", "Heading 1", "Heading 2")
    ]
    footer = word.sections[0].footer.paragraphs[0]
    assert footer.text.startswith("SOP-01 · Верзија 1.1 · нацрт · страница")
    panel = [[cell.text for cell in row.cells] for row in word.tables[0].rows]
    assert [row[1] for row in panel][:4] == ["SOP-01", "Прва помош", "1.1", "нацрт"]


def test_an_unreviewed_translation_says_so() -> None:
    shown = "\n".join(p.text for p in opened(Trip("SOP-01", "mk").data).paragraphs)
    assert "Преводот сѐ уште не е прегледан од изворен говорител." in shown
    assert "Модел-текст." in shown


def test_what_the_engine_says_is_shown_and_comes_back_empty() -> None:
    trip = Trip()
    shown = "\n".join(p.text for p in opened(trip.data).paragraphs)
    assert "Fill in FORM-01 Request for help with" in shown
    assert "Who acts: Social worker" in shown
    assert trip.back().content == trip.origin.content


WORDS = st.text(st.sampled_from("abжќё 1.#*_[]()<>&|`\\\"'„“-+>!~{}=:/"), min_size=1, max_size=30)
MARKED = st.sampled_from(
    (
        *("**strong**", "*em*", "`code`", "***both***", "H<sub>2</sub>O", "<br>", "a\\\nb", "a\nb", "a  b"),
        *("[the role](role:social-worker)", "[](doc:FORM-01)", "[](source:S1)", "[claim](unverified:S1)"),
        *("[claim](unverified:)", "[a **b** c](term:newcomer)", "**a [b](term:consent) c**"),
        *("<https://example.org/x>", "![alt](door.png)", "\\*not em\\*", "~~~"),
    )
)
INLINE = st.lists(st.one_of(MARKED, WORDS), min_size=1, max_size=5).map(" ".join)
BLOCK = st.one_of(
    INLINE,
    INLINE.map(lambda words: f"#### {' '.join(words.split())}"),
    st.lists(INLINE, min_size=1, max_size=4).map(lambda items: "\n".join(f"{n}. {i}" for n, i in enumerate(items, 1))),
    st.lists(INLINE, min_size=1, max_size=3).map(lambda items: "\n\n".join(f"- {item}" for item in items)),
    st.tuples(INLINE, INLINE, INLINE).map(lambda t: f"- {t[0]}\n  1. {t[1]}\n\n     {t[2]}"),
    st.lists(INLINE, min_size=1, max_size=3).map(lambda items: "\n>\n".join(f"> {item}" for item in items)),
    st.tuples(INLINE, INLINE).map(
        lambda t: "| a | b |\n|---|:-:|\n| {} | {} |".format(*(" ".join(x.split()) for x in t))
    ),
    st.just("```\ncode  here\n\n    more\n```"),
    st.just("> > deeper"),
)


@settings(max_examples=40)
@given(st.lists(BLOCK, min_size=1, max_size=6).map("\n\n".join))
def test_any_markdown_comes_back_byte_for_byte(body: str) -> None:
    trip = Trip("index", "en", body)
    back = trip.back()
    assert back.content == trip.origin.content


@given(st.lists(BLOCK, min_size=1, max_size=6).map("\n\n".join))
def test_any_markdown_can_be_written_anew(body: str) -> None:
    """From its leaves alone Markdown is written that reads the same, or the leaf is named that cannot be."""
    expected = leaves(body.split("\n"))
    alone = merge([], expected)
    if alone.unreadable is None and not alone.weakened:
        assert [leaf.key for leaf in leaves(alone.lines)] == [leaf.key for leaf in expected]


@given(st.lists(INLINE, min_size=2, max_size=6), st.data())
def test_a_changed_item_changes_only_its_own_lines(items: list[str], data: st.DataObject) -> None:
    body = "\n".join(f"{n}. {' '.join(item.split())}" for n, item in enumerate(items, 1)).split("\n")
    before = leaves(body)
    if not all(leaf.is_item for leaf in before) or len(before) != len(items):
        return
    number = data.draw(st.integers(0, len(items) - 1))
    other = leaves([f"1. {data.draw(st.sampled_from(['one', 'two words', '**three**']))}"])[0]
    changed = [*before[:number], other, *before[number + 1 :]]
    merged = merge(body, changed)
    assert [line for n, line in enumerate(merged.lines) if n != number] == [
        line for n, line in enumerate(body) if n != number
    ]
    assert [leaf.key for leaf in leaves(merged.lines)] == [leaf.key for leaf in changed]


@settings(max_examples=100)
@given(st.lists(BLOCK, min_size=1, max_size=5).map("\n\n".join), st.data())
def test_any_edit_of_any_markdown_reads_as_word_says(body: str, data: st.DataObject) -> None:
    """Leaves deleted, repeated, moved and exchanged for those of another text: the Markdown reads as these, or one is named."""
    lines = body.split("\n")
    others = leaves(data.draw(BLOCK).split("\n"))
    wanted = data.draw(st.lists(st.sampled_from([*leaves(lines), *others]), max_size=6))
    wanted = [leaf for leaf in wanted if leaf.kind == "heading" or (leaf.kind == "paragraph" and len(leaf.lists) < 2)]
    merged = merge(lines, wanted)
    if merged.unreadable is None and not merged.weakened:
        assert [leaf.key for leaf in leaves(merged.lines)] == [leaf.key for leaf in wanted]


@settings(max_examples=100)
@given(st.lists(BLOCK, min_size=1, max_size=5).map("\n\n".join), st.data())
def test_what_is_deleted_is_gone_and_the_rest_reads_as_before(body: str, data: st.DataObject) -> None:
    lines = body.split("\n")
    wanted: list[Leaf] = []
    stack: list[bool] = []
    for leaf in leaves(lines):
        kept = data.draw(st.booleans()) or leaf.header
        depth = len(leaf.lists)
        if leaf.is_item:
            # What an item holds goes with it.
            del stack[depth - 1 :]
            kept = kept and all(stack)
            stack.append(kept)
        kept = kept and all(stack[:depth])
        # Two stretches of source that touch are one.
        if kept and not (leaf.kind == "source" and wanted and wanted[-1].kind == "source"):
            wanted.append(leaf)
    # A list that is source and one that is not become one list where they touch; the import refuses that.
    pairs = itertools.pairwise(wanted)
    assume(not any({one.kind, two.kind} == {"source", "paragraph"} and (one.lists or two.lists) for one, two in pairs))
    merged = merge(lines, wanted)
    assert merged.unreadable is None
    assert [leaf.key for leaf in leaves(merged.lines)] == [leaf.key for leaf in wanted]
