"""The matrix of responsibilities in a real Chromium: on a phone, on a desk, by keyboard and on paper."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect
from sitekit import LANGUAGES, Site, address
from test_browser import PHONE, WIDER, check_axe
from visitors import Visitors

pytestmark = pytest.mark.browser

REGION = ".pk-matrix"


def matrices(site: Site) -> list[str]:
    """The matrix pages of a site, by path."""
    return [page.removesuffix(".html") for page in site.pages if page.startswith("matrix/") and "index" not in page]


def open_page(page: Page, site: Site, language: str, path: str) -> None:
    page.goto(f"{site.folder.as_uri()}/{address(language, path)}")


@pytest.mark.parametrize("site_name", ["sample_site", "real_site"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(request: pytest.FixtureRequest, visitor: Visitors, site_name: str, scheme: str) -> None:
    """In the light on a phone, in the dark on a desk; the pages take turns in the languages."""
    site: Site = request.getfixturevalue(site_name)
    assert matrices(site)
    page = visitor(**(PHONE if scheme == "light" else {}), color_scheme=scheme).page()
    for number, path in enumerate(("matrix/index", *matrices(site))):
        open_page(page, site, LANGUAGES[number % len(LANGUAGES)], path)
        check_axe(page)


@pytest.mark.parametrize("language", LANGUAGES)
def test_only_the_region_scrolls_sideways(real_site: Site, visitor: Visitors, language: str) -> None:
    page = visitor(**PHONE).page()
    for path in ("matrix/index", *matrices(real_site)):
        open_page(page, real_site, language, path)
        assert page.evaluate("document.scrollingElement.scrollWidth") == PHONE["width"]
        assert page.evaluate(WIDER) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_heads_stay_in_sight_and_the_keyboard_scrolls(real_site: Site, visitor: Visitors, language: str) -> None:
    page = visitor(**PHONE).page()
    open_page(page, real_site, language, "matrix/identification")
    region = page.locator(REGION)
    head, row = region.locator("thead th").nth(1), region.locator("tbody th[scope=row]").first
    left = row.bounding_box()
    region.focus()
    expect(region).to_be_focused()
    for _ in range(8):
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowDown")
    page.wait_for_function("s => document.querySelector(s).scrollLeft > 100", arg=REGION)
    page.wait_for_function("s => document.querySelector(s).scrollTop > 100", arg=REGION)
    box, moved, top = region.bounding_box(), row.bounding_box(), head.bounding_box()
    assert left and box and moved and top
    assert moved["x"] == pytest.approx(left["x"], abs=1), "the name of the step left the screen"
    assert top["y"] == pytest.approx(box["y"], abs=2), "the names of the roles left the region"


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_of_roles_are_whole(real_site: Site, visitor: Visitors, language: str) -> None:
    """No name is cut by its cell, none is too small, and none lies over its neighbour."""
    page = visitor(**PHONE).page()
    for path in matrices(real_site):
        open_page(page, real_site, language, path)
        cut = page.evaluate(
            """() => [...document.querySelectorAll('.pk-matrix thead th')].flatMap(th => {
              const cell = th.getBoundingClientRect();
              return [...th.querySelectorAll('a')].flatMap(a => [...a.getClientRects()].filter(r =>
                r.top < cell.top - 1 || r.bottom > cell.bottom + 1 || r.left < cell.left - 1 || r.right > cell.right + 1)
                .map(() => a.textContent))
                .concat(parseFloat(getComputedStyle(th).fontSize) < 12 ? [`${th.textContent}: small`] : []);
            })"""
        )
        assert not cut, path


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_paper_it_lies_across_and_nothing_is_cut(real_site: Site, visitor: Visitors, language: str) -> None:
    # A4 across without margins of 12 mm is 273 mm, 1032 CSS pixels.
    page = visitor(width=1032, height=700).page()
    page.emulate_media(media="print")
    for path in matrices(real_site):
        open_page(page, real_site, language, path)
        pdf = page.pdf(prefer_css_page_size=True)
        boxes = {tuple(round(float(n)) for n in box.split()) for box in re.findall(rb"/MediaBox \[([^\]]+)\]", pdf)}
        assert boxes == {(0, 0, 842, 595)}
        right, hidden = page.evaluate(
            "s => { const r = document.querySelector(s), t = r.querySelector('table'); "
            "return [t.getBoundingClientRect().right, r.scrollWidth - r.clientWidth]; }",
            REGION,
        )
        assert right <= 1032.5 and hidden <= 1, path
