"""What a plain scalar means, and where it stands."""

from __future__ import annotations

import datetime

import pytest

from patokaz.findings import Location
from patokaz.parse.strict_yaml import parse_yaml

READ = {
    "text": "text",
    "две зборови": "две зборови",
    "true": True,
    "false": False,
    "null": None,
    "~": None,
    "": None,
    "0": 0,
    "7": 7,
    "-7": -7,
    "123456789012345678": 123456789012345678,
    "2026-11-23": datetime.date(2026, 11, 23),
    "P30D": "P30D",
    "1.2.3": "1.2.3",
    "SOP-02": "SOP-02",
    "2026-11": "2026-11",
    "no thank you": "no thank you",
    "a:b": "a:b",
    "x#y": "x#y",
    '"1.10"': "1.10",
    "'yes'": "yes",
    '"null"': "null",
    '""': "",
    "'2026-11-23'": "2026-11-23",
    "[a, 1, true]": ("a", 1, True),
    "{a: 1, b: [x]}": {"a": 1, "b": ("x",)},
    "[]": (),
    "{}": {},
    "tRUE": "tRUE",
    ".": ".",
    "-": (None,),
    "e3": "e3",
    "12:60": "12:60",
}

REFUSED = {
    "1.10": "KB012",
    "1.0": "KB012",
    ".5": "KB012",
    "5.": "KB012",
    "1e3": "KB012",
    "1.5e-3": "KB012",
    ".inf": "KB012",
    "-.INF": "KB012",
    ".nan": "KB012",
    "1_000.5": "KB012",
    "yes": "KB013",
    "No": "KB013",
    "ON": "KB013",
    "off": "KB013",
    "y": "KB013",
    "N": "KB013",
    "True": "KB013",
    "FALSE": "KB013",
    "NULL": "KB013",
    "Null": "KB013",
    "010": "KB014",
    "0o17": "KB014",
    "0x1F": "KB014",
    "0b101": "KB014",
    "1_000": "KB014",
    "+7": "KB014",
    "12:30": "KB014",
    "12:30:59": "KB014",
    "2026-1-2": "KB014",
    "2026-11-23T10:00:00Z": "KB014",
    "2026-11-23 10:00:00": "KB014",
    "1234567890123456789": "KB014",
    "2026-13-01": "KB105",
    "2026-02-30": "KB105",
    "0000-01-01": "KB105",
    "&a x": "KB015",
    "*a": "KB015",
    "!!str x": "KB015",
    "!ENV x": "KB015",
    "[a": "KB010",
    "'a": "KB010",
    "a: b: c": "KB010",
    "@a": "KB010",
    "\ta: b": "KB010",
    "[a]: b": "KB010",
    "a\n---\nb": "KB010",
}


@pytest.mark.parametrize(("source", "value"), READ.items(), ids=READ)
def test_scalar_is_read(source: str, value: object) -> None:
    parsed = parse_yaml(source, "x.yml")
    assert parsed.findings == ()
    assert parsed.value == value
    assert type(parsed.value) is type(value)


@pytest.mark.parametrize(("source", "code"), REFUSED.items(), ids=[repr(key) for key in REFUSED])
def test_scalar_is_refused(source: str, code: str) -> None:
    assert [item.code for item in parse_yaml(source, "x.yml").findings] == [code]


def test_places_of_values_and_keys() -> None:
    places = parse_yaml("a:\n  - x\n  - {б: вредност}\n", "x.yml").places
    assert places.at("a", 0) == Location("x.yml", 2, 5, 1)
    assert places.at("a", 1, "б") == Location("x.yml", 3, 9, 8)
    assert places.key("a", 1, "б") == Location("x.yml", 3, 6, 1)


def test_front_matter_counts_from_its_line_in_the_file() -> None:
    assert parse_yaml("a: 1.0", "x.md", first_line=2).findings[0].location == Location("x.md", 2, 4, 3)
    assert parse_yaml("a: [", "x.md", first_line=5).findings[0].location.line >= 5


def test_tags_are_allowed_in_mkdocs_yml_only() -> None:
    assert parse_yaml("a: !ENV HOME", "mkdocs.yml", allow_tags=True).value == {"a": "HOME"}
    assert parse_yaml("a: !ENV HOME", "x.yml").findings


def test_several_problems_are_found_in_one_run() -> None:
    assert [f.code for f in parse_yaml("a: 1.0\nb: yes\nb: 010\n", "x.yml").findings] == [
        "KB012",
        "KB013",
        "KB011",
        "KB014",
    ]


@pytest.mark.parametrize("depth", [32, 1000, 100_000])
def test_depth_is_bounded_without_recursion_errors(depth: int) -> None:
    assert [item.code for item in parse_yaml("[" * depth, "x.yml").findings] == ["KB016"]


def test_unclosed_quote_is_reported_where_it_opens() -> None:
    assert parse_yaml('a: "b\nc: d\ne: f\n', "x.yml").findings[0].location.line == 1
