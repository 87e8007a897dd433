"""The library's places, lookups and durations."""

from __future__ import annotations

import datetime

import pytest

from patokaz.findings import Location
from patokaz.load import MemoryTree, load
from patokaz.model.base import Duration
from patokaz.model.library import Library, Places, visible
from sample import SOP, check_files, overlay, sample_files


@pytest.fixture(scope="module")
def sample() -> Library:
    library = load(MemoryTree(sample_files())).library
    assert library is not None
    return library


def test_place_of_an_unknown_value_is_that_of_what_encloses_it() -> None:
    places = Places("x.yml", {(): (1, 1, 1), ("a",): (2, 3, 4)}, {("a",): (2, 1, 1)})
    assert places.at("a") == Location("x.yml", 2, 3, 4)
    assert places.at("a", 5, "b") == Location("x.yml", 2, 3, 4)
    assert places.at("z") == Location("x.yml", 1, 1, 1)
    assert places.key("a") == Location("x.yml", 2, 1, 1)
    assert places.key("a", "z") == Location("x.yml", 2, 3, 4)
    assert Places("y.yml").at("a") == Location("y.yml")


def test_visibility_is_default_deny() -> None:
    assert visible("public", "public")
    assert visible("public", "professional")
    assert visible("professional", "professional")
    assert not visible("professional", "public")


def test_sample_is_complete(sample: Library) -> None:
    assert list(sample.settings.languages) == ["mk", "sq", "en"]
    assert sorted(sample.documents) == [
        "FORM-01",
        "SOP-01",
        "SOP-02",
        "TRN-01",
        "ask-for-help",
        "example-act",
        "where-to-call",
    ]
    assert list(sample.contacts) == ["help-line"]
    assert len(list(sample.steps())) == 4
    assert [d.id for d in sample.of_kind("sop")] == ["SOP-01", "SOP-02"]
    assert [d.id for d in sample.pathways()] == ["SOP-01", "ask-for-help"]
    assert list(sample.thesaurus) == ["identity-document", "unpaid-wages"]
    assert list(sample.safeguards) == ["consent-before-referral"]
    assert list(sample.indicators) == ["papers-held", "answers-for-person"]
    assert sample.documents["SOP-01"].images == (f"{SOP}/door.png",)


def test_sample_has_no_error() -> None:
    codes = [(item.code, item.severity.value) for item in check_files(sample_files())]
    assert codes == [("KB403", "warning"), ("KB403", "warning"), ("KB602", "warning"), ("KB604", "warning")]


def test_text_for_a_missing_language_is_the_source(sample: Library) -> None:
    document = sample.documents["SOP-02"]
    assert document.text_for("mk", ("mk", "sq", "en")).language == "mk"
    assert document.text_for("sq", ("mk", "sq", "en")).language == "en"


def test_anchors_are_in_the_order_of_the_record(sample: Library) -> None:
    assert sample.documents["SOP-01"].anchors() == ("safety", "make-safe", "ask-child", "request", "fill-form")
    assert sample.documents["example-act"].anchors() == ("art-1", "art-2", "art-3")
    assert sample.documents["FORM-01"].anchors() == ("situation", "help")


@pytest.mark.parametrize(
    ("duration", "day", "due"),
    [
        ("P30D", "2026-01-31", "2026-03-02"),
        ("P1M", "2026-01-31", "2026-02-28"),
        ("P1M", "2024-01-31", "2024-02-29"),
        ("P12M", "2024-02-29", "2025-02-28"),
        ("P1Y", "2025-12-31", "2026-12-31"),
        ("P11M", "2026-01-15", "2026-12-15"),
        ("P1W", "2026-12-28", "2027-01-04"),
        ("PT72H", "2026-11-23", "2026-11-26"),
        ("PT90M", "2026-11-23", "2026-11-23"),
    ],
)
def test_day_after_a_duration(duration: str, day: str, due: str) -> None:
    assert Duration.parse(duration).after(datetime.date.fromisoformat(day)).isoformat() == due


@pytest.mark.parametrize(
    "text", ["", "P", "PT", "P1", "1D", "P1D2H", "P-1D", "P1.5D", "p1d", "P1D ", "P1H", "P0D", "PT0M"]
)
def test_bad_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Duration.parse(text)


def test_duration_with_a_line_break_is_refused() -> None:
    with pytest.raises(ValueError):
        Duration.parse("P1D\n")


def test_day_behind_the_calendar_is_its_last_day() -> None:
    assert Duration.parse("P1Y").after(datetime.date(9999, 6, 1)) == datetime.date.max


def test_place_is_right_behind_a_broken_entry() -> None:
    """The third role's source does not exist; the first role cannot be read."""
    case = {
        "glossary/roles.yml": {
            "replace": [
                ["- id: border-police", "- id: Border_Police"],
                ["en: Comes when somebody is in danger.\n  sources: [S1]", "en: Comes.\n  sources: [S9]"],
            ]
        }
    }
    (item,) = [item for item in check_files(overlay(case)) if item.code == "KB211"]
    assert item.location == Location("glossary/roles.yml", 26, 13, 2)


def test_unreadable_register_is_reported_once() -> None:
    case = {"glossary/roles.yml": {"replace": ["- id: social-worker", "- id: 'social-worker"]}}
    assert [item.code for item in check_files(overlay(case)) if item.severity.value == "error"] == ["KB010"]


def test_duration_in_arabic_digits_is_refused() -> None:
    with pytest.raises(ValueError):
        Duration.parse("P٣D")
