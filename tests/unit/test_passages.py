"""A translation compared passage by passage with an original that moved on."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patokaz.model.texts import FrontMatter, Text
from patokaz.parse.texts import parse_text
from patokaz.translations import Passage, differences, follows_of, follows_stamp, passages
from patokaz.translations.alignment import likeliest, out_of_order, paired

Sections = list[tuple[str, list[str]]]


def text(language: str, sections: Sections, front: str = "") -> Text:
    """A text whose first section stands before the first heading."""
    parts = [f"---\ntitle: {language} title\nsummary: {language} summary\n{front}---"]
    for name, blocks in sections:
        parts += [f"## {language} heading {name} {{#{name}}}"] if name else []
        parts += [f"{language} {words}" for words in blocks]
    parsed, findings = parse_text("\n\n".join(parts) + "\n", f"{language}.md", language, FrontMatter)
    assert parsed is not None, findings
    return parsed


def stamped(source: Text, translation: Text) -> Text:
    """The translation with the stamps that say that it follows ``source``."""
    stamp = {"revision": "1.0", "fingerprint": source.fingerprint}
    front = FrontMatter.model_validate({**translation.front.model_dump(exclude_none=True), "translates": stamp})
    return dataclasses.replace(translation, front=front, follows=follows_of(source, "1.0"))


def seen(was: Sections, now: Sections, front: tuple[str, str] = ("", "")) -> list[tuple[str, str, str]]:
    """(state, original, translation) of all that is not current, after the original went from ``was`` to ``now``."""
    translation = stamped(text("en", was, front[0]), text("mk", was, front[0]))
    return briefly(passages(text("en", now, front[1]), translation))


def briefly(found: Sequence[Passage]) -> list[tuple[str, str, str]]:
    return [
        (p.state, p.source.words if p.source else "", p.target.words if p.target else "")
        for p in found
        if p.state != "current"
    ]


BASE: Sections = [("", ["a", "b"]), ("one", ["c", "d", "e"]), ("two", ["f", "g"])]


def test_nothing_changed() -> None:
    assert seen(BASE, BASE) == []


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ([BASE[0], ("one", ["c", "D", "e"]), BASE[2]], [("changed", "en D", "mk d")]),
        ([BASE[0], ("one", ["c", "new", "d", "e"]), BASE[2]], [("new", "en new", "")]),
        ([BASE[0], ("one", ["c", "e"]), BASE[2]], [("gone", "", "mk d")]),
        # A step that moved is told where it now stands.
        ([BASE[0], ("one", ["d", "e", "c"]), BASE[2]], [("changed", "en c", "mk c")]),
        ([BASE[0], ("one", ["c", "e"]), ("two", ["f", "d", "g"])], [("changed", "en d", "mk d")]),
        ([BASE[0], ("one", ["c", "f", "e"]), ("two", ["g"])], [("changed", "en f", "mk f"), ("gone", "", "mk d")]),
        # A section that moved, or has another id: its heading is what the translator must look at.
        ([BASE[0], BASE[2], BASE[1]], [("changed", "en heading two", "mk heading two")]),
        ([BASE[0], ("uno", BASE[1][1]), BASE[2]], [("changed", "en heading uno", "mk heading one")]),
        (BASE[:2], [("gone", "", "mk heading two"), ("gone", "", "mk f"), ("gone", "", "mk g")]),
        (
            [BASE[0], BASE[1], ("new", ["x"]), BASE[2]],
            [("new", "en heading new", ""), ("new", "en x", "")],
        ),
    ],
)
def test_each_change_names_its_passage(now: Sections, expected: list[tuple[str, str, str]]) -> None:
    found = seen(BASE, now)
    assert Counter(found) == Counter(expected)


def test_what_is_gone_stands_where_it_stood() -> None:
    was, now = text("en", BASE), text("en", [BASE[0], ("one", ["c", "e"]), BASE[2]])
    found = passages(now, stamped(was, text("mk", BASE)))
    assert [p.state for p in found if p.section == "one"] == ["current", "current", "gone", "current"]
    now = text("en", [BASE[0], BASE[2]])
    found = passages(now, stamped(was, text("mk", BASE)))
    sections = [p.section for p in found]
    assert sections == sorted(sections, key=["front", "", "one", "two"].index)


def test_of_several_that_changed_numbers_and_references_tell_which_is_which() -> None:
    was: Sections = [("", ["wait 7 days", "see [x](term:x)", "go"])]
    now: Sections = [("", ["first, this", "wait only 7 days", "then see [x](term:x)", "go"])]
    assert seen(was, now) == [
        ("new", "en first, this", ""),
        ("changed", "en wait only 7 days", "mk wait 7 days"),
        ("changed", "en then see [x](term:x)", "mk see [x](term:x)"),
    ]


def test_front_matter() -> None:
    was = "asks: [a, 'b {#one}']\nlabels: {p: P, q: Q}\n"
    assert seen(BASE, BASE, (was, "asks: [A, 'b {#one}']\nlabels: {p: P, q: Q}\n")) == [("changed", "A", "a")]
    assert seen(BASE, BASE, (was, "asks: ['b {#one}']\nlabels: {p: P, q: Q}\n")) == [("gone", "", "a")]
    assert seen(BASE, BASE, (was, "asks: [a, 'b {#one}']\nlabels: {p: P!, r: R}\n")) == [
        ("changed", "P!", "P"),
        ("new", "R", ""),
        ("gone", "", "Q"),
    ]


def test_languages_may_ask_different_numbers_of_questions() -> None:
    was = text("en", BASE, "asks: ['b {#one}', 'c {#one}', d]\n")
    translation = stamped(was, text("mk", BASE, "asks: [д, 'б {#one}']\n"))
    assert {p.state for p in passages(was, translation)} == {"current"}
    now = text("en", BASE, "asks: ['b {#one}', 'c {#one}', e]\n")
    assert briefly(passages(now, translation)) == [("changed", "e", "д")]
    assert briefly(passages(text("en", BASE, "asks: ['b {#one}', d]\n"), translation)) == [("gone", "", "")]


def test_stamp_alone_is_current_or_wholly_behind() -> None:
    translation = dataclasses.replace(stamped(text("en", BASE), text("mk", BASE)), follows=None)
    assert {p.state for p in passages(text("en", BASE), translation)} == {"current"}
    found = passages(text("en", [*BASE[:2], ("two", ["f", "h"])]), translation)
    assert {p.state for p in found} == {"changed"}
    assert found[-1].target is not None
    assert found[-1].target.words == "mk g"


def test_passages_that_do_not_fit_the_stamp_are_not_believed() -> None:
    translation = stamped(text("en", BASE), text("mk", BASE))
    other = follows_of(text("en", BASE[:2]), "1.0")
    false = dataclasses.replace(translation, follows=other)
    assert follows_stamp(translation)
    assert not follows_stamp(false)
    assert {p.state for p in passages(text("en", BASE[:2]), false)} == {"changed", "gone"}


def test_translation_edited_before_its_stamp() -> None:
    """A translator who has added the new passage and not yet stamped is told of it, not of the others."""
    was, now = text("en", BASE), text("en", [*BASE[:2], ("two", ["f", "1. x", "g"])])
    assert {b.kind for b in now.blocks if b.section == "two"} == {"heading", "paragraph"}
    ahead = text("mk", [*BASE[:2], ("two", ["f", "1. x", "g"])])
    translation = dataclasses.replace(stamped(was, text("mk", BASE)), blocks=ahead.blocks)
    assert briefly(passages(now, translation)) == [("changed", "en 1. x", "mk 1. x")]


def test_no_translation_and_the_original_itself() -> None:
    source = text("en", BASE)
    assert {(p.state, p.target) for p in passages(source, None)} == {("new", None)}
    assert all(p.state == "current" and p.source is p.target for p in passages(source, source))


# Whatever happens to an original

_WORDS = st.sampled_from("abcdefgh")
_SECTIONS = st.lists(st.sampled_from(["one", "two", "three", "four"]), unique=True, max_size=4).flatmap(
    lambda names: st.tuples(*(st.lists(_WORDS, max_size=6) for _ in ["", *names])).map(
        lambda listed: list(zip(["", *names], listed, strict=True))
    )
)


@given(_SECTIONS, _SECTIONS)
def test_every_passage_is_told_once_and_no_change_is_missed(was: Sections, now: Sections) -> None:
    old, source, rendering = text("en", was), text("en", now), text("mk", was)
    found = passages(source, stamped(old, rendering))
    assert [p.source for p in found if p.source is not None] == list(source.blocks)
    shown = Counter(id(p.target) for p in found if p.target is not None)
    assert set(shown) == {id(block) for block in rendering.blocks}
    assert set(shown.values()) == {1}
    assert (old.fingerprint == source.fingerprint) == all(p.state == "current" for p in found)
    for p in found:
        assert (p.state == "new") == (p.target is None)
        assert (p.state == "gone") == (p.source is None)


@given(_SECTIONS, st.data())
def test_current_means_that_the_words_are_those_that_were_translated(was: Sections, data: st.DataObject) -> None:
    """Blocks of the translation hold the words that they render: what counts as current must render its own original."""
    now = [(name, data.draw(st.permutations([*words, "z"]))) for name, words in data.draw(st.permutations(was[1:]))]
    found = passages(text("en", [was[0], *now]), stamped(text("en", was), text("mk", was)))
    for p in found:
        if p.state == "current":
            assert p.source is not None
            assert p.target is not None
            assert p.source.words.removeprefix("en ") == p.target.words.removeprefix("mk ")


@given(st.lists(_WORDS), st.lists(_WORDS))
def test_pairs_hold_every_index_once_in_order(left: list[str], right: list[str]) -> None:
    pairs = list(paired(left, right))
    assert [i for i, _ in pairs if i is not None] == list(range(len(left)))
    assert [j for _, j in pairs if j is not None] == list(range(len(right)))
    assert all(left[i] == right[j] for i, j in pairs if i is not None and j is not None)


@given(st.lists(_WORDS, max_size=8), st.lists(_WORDS, max_size=8))
def test_likeliest_pairs_hold_every_index_once_in_order(left: list[str], right: list[str]) -> None:
    sides = [text(language, [("", words)]).blocks[2:] for language, words in (("en", left), ("mk", right))]
    pairs = list(likeliest(*sides))
    assert [i for i, _ in pairs if i is not None] == list(range(len(left)))
    assert [j for _, j in pairs if j is not None] == list(range(len(right)))
    assert sum(i is not None and j is not None for i, j in pairs) == min(len(left), len(right))


def test_huge_gaps_are_paired_in_order() -> None:
    left, right = (text(language, [("", ["w"] * 300)]).blocks[2:] for language in ("en", "mk"))
    assert list(likeliest(left, right)) == [(k, k) for k in range(300)]


@given(st.permutations(range(8)))
def test_what_stays_in_order_rises_and_nothing_could_be_added(positions: list[int]) -> None:
    moved = out_of_order(positions)
    kept = [position for index, position in enumerate(positions) if index not in moved]
    assert kept == sorted(kept)
    for index in moved:
        longer = [position for k, position in enumerate(positions) if k == index or k not in moved]
        assert longer != sorted(longer)


# Structure


@pytest.mark.parametrize(
    ("other", "words"),
    [
        ([BASE[0], ("one", ["c", "e"]), BASE[2]], "section `one` lacks a paragraph of the original: “en e”"),
        ([BASE[0], ("one", ["c", "d", "e", "x"]), BASE[2]], "section `one` has a paragraph that the original does not"),
        ([("", ["a"]), *BASE[1:]], "the text before the first section lacks a paragraph"),
        ([BASE[0], ("uno", BASE[1][1]), BASE[2]], "section `one` lacks a heading of level 2"),
    ],
)
def test_first_difference_of_structure_is_told(other: Sections, words: str) -> None:
    first = next(differences(text("en", BASE), text("mk", other)))
    assert str(first).startswith(words)


def test_questions_are_no_structure() -> None:
    assert list(differences(text("en", BASE, "asks: [a, b]\n"), text("mk", BASE))) == []


def test_lists_and_tables_are_structure() -> None:
    def told(source: str, translation: str) -> list[str]:
        read = [text(language, [("", [""])]) for language in ("en", "mk")]
        blocks = [
            parse_text(f"---\ntitle: A\nsummary: B\n---\n\n{body}\n", "x.md", "en", FrontMatter)[0]
            for body in (source, translation)
        ]
        return [
            str(d)
            for d in differences(
                *(dataclasses.replace(t, blocks=b.blocks) for t, b in zip(read, blocks, strict=True) if b is not None)
            )
        ]

    before = "the text before the first section"
    assert told("1. a\n2. b", "1. а\n2. б") == []
    assert told("1. a\n2. b", "- а\n- б") == [
        f"{before} has a point in a list where the original has a point in a numbered list: “a”"
    ]
    table = "| a | b |\n|---|---|\n| c | d |"
    assert told(table, table) == []
    assert told(table, f"{table}\n| e | f |") == [f"{before} has a cell in a table that the original does not have"]
