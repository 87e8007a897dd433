"""Numbers, references and stress of a passage, as they are compared between languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patokaz.model.texts import FrontMatter, Text
from patokaz.parse.texts import parse_text
from patokaz.translations.content import MONTHS, Contents, number_differences, numbers


def text(language: str, body: str) -> Text:
    parsed, findings = parse_text(
        f"---\ntitle: A\nsummary: B\n---\n\n{body}\n", f"{language}.md", language, FrontMatter
    )
    assert parsed is not None, findings
    return parsed


def differ(english: str, macedonian: str, language: str = "mk") -> tuple[list[str], list[str]]:
    source, target = text("en", english), text(language, macedonian)
    return number_differences(
        Contents(source).of(source.blocks[2]), Contents(target).of(target.blocks[2]), ("en", language)
    )


@pytest.mark.parametrize(
    ("english", "other", "language"),
    [
        ("on 3 May 2011", "на 3.5.2011", "mk"),
        ("on 3 May 2011", "на 03.05.2011 година", "mk"),
        ("on 3 May 2011", "më 3 maj 2011", "sq"),
        ("in May 2011", "në maj të vitit 2011", "sq"),
        ("from March to May 2011", "од март до мај 2011", "mk"),
        ("2026-11-23", "23 ноември 2026", "mk"),
        ("1,234,567 people", "1.234.567 лица", "mk"),
        ("1,000 people", "1 000 лица", "mk"),
        ("3.5 %", "3,5 %", "mk"),
        ("2018–19", "2018–2019", "mk"),
        ("[Article 10](law:a/10) and [](doc:SOP-02)", "[SOP-02](doc:SOP-02) и [член 10](law:a/10)", "mk"),
        ("[](limit:x)", "[најмногу 7 дена](limit:x)", "mk"),
        ("see <https://a.example/1>", "види <https://a.example/2>", "mk"),
        ("in May 2011", "في مايو 2011", "ar"),
        ("7 days", "٧ أيام", "ar"),
    ],
)
def test_the_same_numbers_written_as_each_language_writes_them(english: str, other: str, language: str) -> None:
    assert differ(english, other, language) == ([], [])


@pytest.mark.parametrize(
    ("english", "other", "lacking", "extra"),
    [
        ("30 days", "13 дена", ["30"], ["13"]),
        ("3 May 2011", "3.6.2011", ["month 5"], ["month 6"]),
        ("3 May 2011", "3 јуни 2011", ["month 5"], ["month 6"]),
        ("1,000", "10.000", ["1000"], ["10000"]),
        ("SOP-02", "SOP-2", ["02"], ["2"]),
        ("[30 days](limit:x)", "[13 дена](limit:x)", ["30"], ["13"]),
        ("7 and 7", "7", ["7"], []),
        ("You may call 112", "Може да се јавите", ["112"], []),
    ],
)
def test_other_numbers(english: str, other: str, lacking: list[str], extra: list[str]) -> None:
    assert differ(english, other) == (lacking, extra)


@pytest.mark.parametrize("language", sorted(MONTHS))
def test_every_month_is_known_by_its_number(language: str) -> None:
    for number, month in enumerate(MONTHS[language].split(), 1):
        assert f"month {number}" in numbers(f"7 {month} 2011", language)
        assert f"month {number}" in numbers(f"{month} 2011", language)


@given(st.integers(1000, 10**9))
def test_thousands_may_be_set_apart(number: int) -> None:
    for sign in (",", ".", " ", "\u00a0"):
        assert list(numbers(f"{number:,}".replace(",", sign), "en")) == [str(number)]


@given(st.lists(st.integers(0, 10**6)))
def test_every_number_is_counted(listed: list[int]) -> None:
    assert list(numbers("; ".join(map(str, listed)), "mk")) == list(map(str, listed))


def test_targets_count_by_passage() -> None:
    source = text(
        "en",
        "See [a](term:a) and [](source:S1) [](source:S1).\n\n| [b](term:b) | ![c](c.png) |\n|---|---|\n| <https://a.example/x> | **d** |",
    )
    contents = Contents(source)
    assert [dict(contents.of(block).targets) for block in source.blocks[2:]] == [
        {"term:a": 1, "source:S1": 2},
        {"term:b": 1},
        {"image": 1},
        {"a.example": 1},
        {},
    ]
    assert [contents.of(block).strong for block in source.blocks[2:]] == [0, 0, 0, 0, 1]
