"""The alphabetical index in a browser: a pad of letters for thumbs, nothing sideways, and no script needed."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from sitekit import LANGUAGES, Site, address
from visitors import Visitors

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [320, 360])
@pytest.mark.parametrize("language", LANGUAGES)
def test_on_a_phone(real_site: Site, visitor: Visitors, language: str, width: int) -> None:
    person = visitor(width=width, height=640, has_touch=True)
    page = person.page()
    page.goto(f"{real_site.folder.as_uri()}/{address(language, 'find')}")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    sizes = page.locator(".pk-contents a").evaluate_all(
        "links => links.map(a => [a.textContent, a.getBoundingClientRect().width, a.getBoundingClientRect().height])"
    )
    assert len(sizes) > 20
    assert not [size for size in sizes if min(size[1:]) < 44]
    # What a reader looks up is set larger than what is said of it, also where the words themselves are no link.
    for selector in (".pk-text li > a:first-child", ".pk-text b", ".pk-text s"):
        size, around = page.locator(selector).first.evaluate(
            "e => [e, e.parentElement].map(x => parseFloat(getComputedStyle(x).fontSize))"
        )
        assert size >= 16 > around
    assert not person.troubles


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [360, 1300])
def test_letters_and_entries_lead_there_without_scripts(
    real_site: Site, visitor: Visitors, language: str, width: int
) -> None:
    page = visitor(width=width, height=740, day=None, java_script_enabled=False).page()
    page.goto(f"{real_site.folder.as_uri()}/{address(language, 'find')}")
    letter = page.locator(".pk-contents a").nth(4)
    words = letter.inner_text()
    letter.click()
    heading = page.locator(".pk-text h2", has_text=words).first
    expect(heading).to_be_in_viewport()
    box, header = heading.bounding_box(), page.locator(".pk-header").bounding_box()
    assert box and header and box["y"] >= header["height"]
    link = page.locator(f"{page.url[page.url.index('#') :]} + ul a").first
    target = str(link.get_attribute("href"))
    link.click()
    page.wait_for_url(f"**/{target}")


def test_letters_stay_in_sight_where_there_is_room(real_site: Site, visitor: Visitors) -> None:
    page = visitor().page()
    page.goto(f"{real_site.folder.as_uri()}/{address('sq', 'find')}")
    page.locator(".pk-contents a").last.click()
    expect(page.locator(".pk-contents a").first).to_be_in_viewport()
    expect(page.locator(".pk-contents a").last).to_be_in_viewport()


def test_on_paper_the_letters_of_the_screen_are_left_out(real_site: Site, visitor: Visitors) -> None:
    page = visitor().page()
    page.goto(f"{real_site.folder.as_uri()}/{address('mk', 'find')}")
    page.emulate_media(media="print")
    expect(page.locator(".pk-contents")).to_be_hidden()
    assert page.locator(".pk-text li").first.evaluate("e => getComputedStyle(e).fontSize") == f"{8.5 * 96 / 72:.4f}px"
