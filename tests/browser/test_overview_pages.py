"""The state of the documents and what was in force on a day, in a real Chromium and opened from the disk."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from sitekit import LANGUAGES, address
from test_browser import PHONE, WIDER, check_axe
from visitors import Visitors

from patokaz.release.build import Options, build

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "control"))

from test_overview import AFTER, make

pytestmark = pytest.mark.browser

ROWS = ".pk-as-of tbody tr"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample library of the overview's tests as a site for professionals: SOP-02 in two revisions, one after the other."""
    root = make(tmp_path_factory.mktemp("days") / "kb")
    folder = root.parent / "site"
    build(Options(root, AFTER, site_dir=folder, handbooks=False), lambda *_: None)
    return folder


def open_page(page: Page, site: Path, language: str, path: str) -> None:
    page.goto(f"{site.as_uri()}/{address(language, path)}")


def shown(page: Page) -> list[str]:
    """What each document says of the chosen day."""
    return [" ".join(row.locator("li:visible").all_inner_texts()) for row in page.locator(ROWS).all()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_day_shows_what_was_in_force(site: Path, visitor: Visitors, language: str) -> None:
    page = visitor().page()
    open_page(page, site, language, "as-of")
    before = page.url
    all_days = shown(page)
    field = page.locator("#pk-day")
    number = next(i for i, words in enumerate(all_days) if "1.1" in words)
    assert "1.2" in all_days[number]
    nothing = all_days[0]
    for day, revision in (
        ("2026-12-14", None),
        ("2026-12-15", "1.1"),
        ("2027-01-31", "1.1"),
        ("2027-02-01", "1.2"),
        ("2030-01-01", "1.2"),
    ):
        field.fill(day)
        words = shown(page)
        assert words[number].startswith(f"{revision},") if revision else words[number] == nothing, day
        assert [w for i, w in enumerate(words) if i != number] == [nothing] * (len(words) - 1)
        expect(page.locator("output")).to_contain_text("1" if revision else "0")
    field.fill("")
    assert shown(page) == all_days
    expect(page.locator("output")).to_be_empty()
    assert page.url == before
    assert page.evaluate("localStorage.length + sessionStorage.length + document.cookie.length") == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_script_the_table_tells_all_days(site: Path, visitor: Visitors, language: str) -> None:
    page = visitor(java_script_enabled=False).page()
    open_page(page, site, language, "as-of")
    expect(page.locator("#pk-day")).to_be_hidden()
    words = next(words for words in shown(page) if "1.1" in words)
    assert words.startswith("1.2,")
    assert "2026" in words
    assert "2027" in words
    page.locator(".pk-as-of a", has_text="1.1").click()
    expect(page.locator(".pk-notice-current")).to_be_visible()
    assert page.url.endswith("revisions/sop-02/1.1.html")


@pytest.mark.parametrize("screen", [PHONE, {"width": 1300, "height": 900}], ids=["phone", "desk"])
def test_nothing_scrolls_sideways_and_axe_finds_nothing(site: Path, visitor: Visitors, screen: dict[str, int]) -> None:
    page = visitor(**screen).page()
    for language in LANGUAGES:
        for path in ("status", "as-of"):
            open_page(page, site, language, path)
            assert page.evaluate("document.scrollingElement.scrollWidth") == screen["width"], (language, path)
            assert page.evaluate(WIDER) == []
            check_axe(page)


def test_on_a_phone_each_value_says_what_it_is(site: Path, visitor: Visitors) -> None:
    page = visitor(**PHONE).page()
    open_page(page, site, "en", "status")
    labels = page.evaluate(
        "[...document.querySelector('.pk-status tbody tr').querySelectorAll('td')].map(td => getComputedStyle(td, '::before').content)"
    )
    assert labels == ['"In force"', '"Working text"', '"Languages"', '"Next review"', '"Findings"']
