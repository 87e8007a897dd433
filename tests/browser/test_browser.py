"""The site in a real Chromium: from the disk and from a server, on a phone and a desk, by mouse and by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect
from sitekit import LANGUAGES, Site, address, split
from visitors import Visitors

from patokaz.pages.wording import wording

pytestmark = pytest.mark.browser

KINDS = {
    "home": "index",
    "sop": "sops/sop-01",
    "sops": "sops/index",
    "role": "roles/border-police",
    "roles": "roles/index",
    "law": "law/cets-197",
    "form": "forms/form-01",
    "terms": "glossary/terms",
    "institutions": "glossary/institutions",
    "limits": "glossary/limits",
    "indicators": "glossary/indicators",
    "sources": "glossary/sources",
    "module": "training/trn-01",
    "trainer": "training/trn-01-trainer",
    "leaflet": "leaflets/your-rights",
    "arabic": "leaflets/your-rights-ar",
    "persian": "leaflets/your-rights-fa",
    "leaflets": "leaflets/index",
    "find": "find",
    "handbooks": "handbooks",
    "about": "about",
}
"""One page of every kind of the real library."""

PHONE = {"width": 360, "height": 740}


def url_of(site: Site, served: str, way: str) -> str:
    return f"{site.folder.as_uri()}/" if way == "file" else served


@pytest.fixture(params=["file", "http"])
def base(request: pytest.FixtureRequest, real_site: Site, served: str) -> str:
    """Where the real site is, opened with a double click or from a server."""
    return url_of(real_site, served, request.param)


def test_every_page_of_the_sample_asks_for_nothing_else_and_complains_of_nothing(
    sample_site: Site, visitor: Visitors
) -> None:
    """In the default language, at the root, and in the one in which a text is missing, in a folder."""
    root = f"{sample_site.folder.as_uri()}/"
    person = visitor()
    page = person.page()
    for name in sample_site.pages:
        if split(name)[0] in ("mk", "sq"):
            page.goto(root + name)
    assert not person.troubles
    assert not [url for url in person.requests if not url.startswith(root)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_page_of_every_kind(base: str, visitor: Visitors, language: str) -> None:
    person = visitor()
    page = person.page()
    for path in KINDS.values():
        page.goto(base + address(language, path))
        assert page.locator("html").get_attribute("lang") == language
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator(".pk-header")).to_be_visible()
    assert not person.troubles
    assert not [url for url in person.requests if not url.startswith(base)]
    # Nothing is kept of the visit.
    assert person.context.cookies() == []
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    assert page.evaluate("indexedDB.databases().then(list => list.length)") == 0
    assert page.evaluate("navigator.serviceWorker ? navigator.serviceWorker.controller : null") is None


@pytest.mark.parametrize("start", ["index", "sops/sop-01", "glossary/terms"])
def test_language_switch_keeps_the_page_and_the_section(base: str, visitor: Visitors, start: str) -> None:
    page = visitor().page()
    section = {"index": "iam-title", "sops/sop-01": "make-safe", "glossary/terms": "victim"}[start]
    page.goto(f"{base}{address('mk', start)}#{section}")
    for language in ("sq", "en", "mk", "en", "sq", "mk"):
        page.click(f".pk-languages a[lang={language}]")
        page.wait_for_url(f"**/{address(language, start)}#{section}")
        assert page.url == f"{base}{address(language, start)}#{section}"
        assert page.locator("html").get_attribute("lang") == language
        assert page.locator(".pk-languages [aria-current]").get_attribute("lang") == language
        top = page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", section)
        # The section is on the screen and not under the header.
        assert page.evaluate("document.querySelector('.pk-header').getBoundingClientRect().bottom") <= top < 900


def test_language_switch_follows_the_section_that_is_chosen_later(base: str, visitor: Visitors) -> None:
    page = visitor().page()
    page.goto(base + address("mk", "sops/sop-01"))
    page.locator(".pk-contents a").nth(1).click()
    section = page.evaluate("location.hash")
    assert section
    page.click(".pk-languages a[lang=en]")
    page.wait_for_url(f"**/{address('en', 'sops/sop-01')}{section}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_home_to_the_steps_of_a_role(base: str, visitor: Visitors, language: str) -> None:
    person = visitor()
    page = person.page()
    page.goto(base + address(language, "index"))
    page.locator(".pk-iam a").first.click()
    page.wait_for_url(f"**/{address(language, 'roles/border-police')}")
    expect(page.locator("#steps")).to_have_text(wording(language)["your_steps"])
    step = page.locator(".pk-steps a").first
    number = step.locator("b").inner_text()
    step.click()
    anchor = page.evaluate("location.hash.slice(1)")
    expect(page.locator(f"[id='{anchor}']")).to_contain_text(number)
    assert split(page.url.removeprefix(base).partition("#")[0])[0] == language
    assert not person.troubles


TERM, TIP = "a.pk-term >> nth=0", "[role=tooltip] >> visible=true"


def shows_no_tip(page: Page) -> None:
    expect(page.locator(TIP)).to_have_count(0)


def test_explanation_of_a_term_on_hover(base: str, visitor: Visitors) -> None:
    page = visitor().page()
    page.goto(base + address("mk", "sops/sop-01"))
    shows_no_tip(page)
    page.hover(TERM)
    expect(page.locator(TIP)).to_have_count(1)
    described = page.locator(TERM).get_attribute("aria-describedby")
    assert page.locator(TIP).inner_text() == page.locator(f"[id='{described}']").text_content() != ""
    page.mouse.move(1, 1)
    shows_no_tip(page)


def test_explanation_of_a_term_by_keyboard(base: str, visitor: Visitors) -> None:
    page = visitor().page()
    page.goto(base + address("mk", "sops/sop-01"))
    page.focus(TERM)
    expect(page.locator(TIP)).to_have_count(1)
    page.keyboard.press("Escape")
    shows_no_tip(page)
    page.focus(".pk-brand")
    page.focus(TERM)
    expect(page.locator(TIP)).to_have_count(1)
    page.focus(".pk-brand")
    shows_no_tip(page)


def test_explanation_of_a_term_goes_away_with_escape_under_the_mouse(base: str, visitor: Visitors) -> None:
    page = visitor().page()
    page.goto(base + address("mk", "sops/sop-01"))
    page.hover(TERM)
    expect(page.locator(TIP)).to_have_count(1)
    page.keyboard.press("Escape")
    shows_no_tip(page)


def test_pointer_can_go_onto_an_explanation(base: str, visitor: Visitors) -> None:
    """WCAG 1.4.13: who enlarges the screen moves the pointer over the words that appeared."""
    page = visitor().page()
    page.goto(base + address("mk", "sops/sop-01"))
    page.hover(TERM)
    box = page.locator(TIP).bounding_box()
    assert box
    # A term that is broken over two lines lies in the boxes of its lines, not in the middle of the one round both.
    term = page.locator(TERM).evaluate("e => e.getClientRects()[0].toJSON()")
    page.mouse.move(term["x"] + 5, term["y"] + term["height"] / 2)
    page.mouse.move(box["x"] + 10, box["y"] + box["height"] / 2, steps=20)
    page.wait_for_timeout(400)
    expect(page.locator(TIP)).to_have_count(1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_menu_on_a_phone(real_site: Site, visitor: Visitors, language: str) -> None:
    person = visitor(**PHONE, has_touch=True)
    page = person.page()
    base = f"{real_site.folder.as_uri()}/"
    page.goto(base + address(language, "sops/sop-01"))
    menu = page.locator(".md-sidebar--primary")
    expect(menu).not_to_be_in_viewport()
    page.locator(".pk-menu").tap()
    expect(menu).to_be_in_viewport(ratio=0.9)
    page.wait_for_timeout(400)  # the drawer slides in
    box = menu.bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= 360
    page.keyboard.press("Escape")
    expect(menu).not_to_be_in_viewport()
    page.locator(".pk-menu").tap()
    page.wait_for_timeout(400)
    menu.locator("a", has_text=wording(language).section("limits")).first.tap()
    page.wait_for_url(f"**/{address(language, 'glossary/limits')}")
    assert not person.troubles


def test_menu_by_keyboard_on_a_phone(base: str, visitor: Visitors) -> None:
    page = visitor(**PHONE).page()
    page.goto(base + address("en", "sops/sop-01"))
    menu = page.locator(".md-sidebar--primary")
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.pk-menu, .pk-menu *, #__drawer')"):
            break
    else:
        raise AssertionError("the menu cannot be reached by the keyboard")
    page.keyboard.press("Space")
    expect(menu).to_be_in_viewport(ratio=0.9)


@pytest.mark.parametrize("screen", ["phone", "desktop"])
def test_keyboard_goes_only_where_one_can_see_it(real_site: Site, visitor: Visitors, screen: str) -> None:
    """The links of a closed drawer are not passed through, and what has the focus is on the screen."""
    page = visitor(**(PHONE if screen == "phone" else {})).page()
    page.goto(f"{real_site.folder.as_uri()}/{address('en', 'sops/sop-01')}")
    width = PHONE["width"] if screen == "phone" else 1300
    hidden = []
    for _ in range(40):
        page.keyboard.press("Tab")
        what, left, right, top, bottom = page.evaluate(
            """() => { const e = document.activeElement, b = e.getBoundingClientRect();
            return [e.outerHTML.slice(0, 120), b.left, b.right, b.top, b.bottom]; }"""
        )
        if right <= 0 or left >= width or bottom <= 0 or top >= 900:
            hidden.append(what)
    assert not hidden


def test_skip_link_goes_to_the_content(base: str, visitor: Visitors) -> None:
    for path in ("index", "sops/sop-01", "glossary/limits"):
        page = visitor().page()
        page.goto(base + address("mk", path))
        page.keyboard.press("Tab")
        skip = page.locator("a.pk-skip")
        expect(skip).to_be_focused()
        expect(skip).to_be_in_viewport()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('main, article') !== null")
        assert page.evaluate("document.activeElement.closest('.md-sidebar') === null")


WIDER = """() => {
  const inside = element => {
    for (let e = element.parentElement; e; e = e.parentElement) {
      const how = getComputedStyle(e).overflowX;
      if (how === 'auto' || how === 'scroll' || how === 'hidden' || how === 'clip') return true;
    }
    return false;
  };
  return [...document.querySelectorAll('body *')]
    .filter(e => { const b = e.getBoundingClientRect(); return b.width && b.height && b.right > 360.5 && b.left < 360 && !inside(e); })
    .map(e => `<${e.tagName.toLowerCase()} class="${e.className}"> ${Math.round(e.getBoundingClientRect().right)}: ${e.textContent.trim().slice(0, 40)}`);
}"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_wider_than_a_phone(real_site: Site, sample_site: Site, visitor: Visitors, language: str) -> None:
    page = visitor(**PHONE).page()
    pages = [(real_site, path) for path in KINDS.values()]
    pages += [(sample_site, path) for path in ("sops/sop-01", "sops/sop-02", "law/example-act", "forms/form-01")]
    problems = []
    for site, path in pages:
        page.goto(f"{site.folder.as_uri()}/{address(language, path)}")
        width = page.evaluate("document.scrollingElement.scrollWidth")
        problems += [f"{path}: the page is {width} wide"] if width > 360 else []
        problems += [f"{path}: {line}" for line in page.evaluate(WIDER)]
    assert not problems


def test_explanations_stay_on_a_phone(real_site: Site, visitor: Visitors) -> None:
    page = visitor(**PHONE).page()
    page.goto(f"{real_site.folder.as_uri()}/{address('mk', 'sops/sop-01')}")
    problems = []
    terms = page.locator("a.pk-term")
    assert terms.count() > 3
    for number in range(terms.count()):
        terms.nth(number).focus()
        box, term = page.locator(TIP).bounding_box(), terms.nth(number).bounding_box()
        assert box and term
        bottom = box["y"] + box["height"]
        beside = box["y"] >= term["y"] + term["height"] / 2 or bottom <= term["y"] + term["height"] / 2
        if box["x"] < 0 or box["x"] + box["width"] > 360 or box["y"] < 0 or bottom > 740 or not beside:
            problems.append((number, box, term))
    assert not problems
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 360


@pytest.mark.parametrize("language", LANGUAGES)
def test_fonts_are_ours(base: str, visitor: Visitors, language: str) -> None:
    person = visitor()
    page = person.page()
    page.goto(base + address(language, "sops/sop-01"))
    page.evaluate("document.fonts.ready.then(() => null)")
    for sample in ("Ѓѓ Ќќ Џџ Љљ Њњ Ѕѕ Јј Жж", "Ëë Çç", "Quick"):
        for weight in (400, 700):
            assert page.evaluate("([w, s]) => document.fonts.check(`${w} 16px 'Noto Sans'`, s)", [weight, sample])
    loaded = page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)")
    assert set(loaded) == {"Noto Sans"}
    assert {url.rpartition("/")[2] for url in person.requests if url.endswith(".woff2")} >= {
        "NotoSans-Regular.woff2",
        "NotoSans-Bold.woff2",
    }
    for selector in ("body", "h1", ".pk-text p", ".pk-card dd", ".pk-sidebar a", ".pk-header a", ".pk-footer p"):
        family = page.evaluate("s => getComputedStyle(document.querySelector(s)).fontFamily", selector)
        assert family.replace('"', "").split(",")[0] == "Noto Sans", selector
    # What Chromium drew the text with.
    session = person.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    for selector in ("h1", ".pk-text p", ".pk-card", ".pk-footer p"):
        node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
        fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        assert {font["familyName"] for font in fonts} <= {"Noto Sans"}, (selector, fonts)
        assert all(font["isCustomFont"] for font in fonts), (selector, fonts)


def test_overdue_review_is_told_from_the_day_after(sample_site: Site, visitor: Visitors) -> None:
    # SOP-01 of the sample was revised on 1 November 2026 and is reviewed every twelve months.
    due = "2027-11-01"
    words = wording("en")["notice_overdue"]
    for moment, told in (("2026-11-23T12:00:00", False), (f"{due}T12:00:00", False), ("2027-11-02T08:00:00", True)):
        page = visitor(day=f"{moment}Z", timezone_id="Europe/Skopje").page()
        page.goto(f"{sample_site.folder.as_uri()}/{address('en', 'sops/sop-01')}")
        note = page.locator("[data-review-due]")
        assert note.get_attribute("data-review-due") == due
        expect(note).to_have_text(words)
        if told:
            expect(note).to_be_visible()
        else:
            expect(note).to_be_hidden()


def test_without_scripts_everything_can_be_read(real_site: Site, visitor: Visitors) -> None:
    page = visitor(day=None, java_script_enabled=False).page()
    page.goto(f"{real_site.folder.as_uri()}/{address('en', 'sops/sop-01')}")
    expect(page.locator(".pk-card").first).to_be_visible()
    expect(page.locator(".pk-sidebar a").first).to_be_visible()
    page.click(".pk-languages a[lang=mk]")
    page.wait_for_url(f"**/{address('mk', 'sops/sop-01')}")


@pytest.mark.parametrize(
    ("name", "language"), [("nothing.html", "mk"), ("sops/nothing.html", "en"), ("en/sops/deep/nothing.html", "sq")]
)
def test_missing_page_leads_home(served: str, visitor: Visitors, name: str, language: str) -> None:
    person = visitor()
    page = person.page()
    page.goto(served + name)
    page.click(f"section[lang={language}] a")
    page.wait_for_url(served + address(language, "index"))
    # The status itself is told in the console; nothing else may be.
    assert [trouble for trouble in person.troubles if "404" not in trouble] == []


# Accessibility


@pytest.mark.parametrize("path", ["leaflets/your-rights", "leaflets/your-rights-ar"])
def test_quick_exit_of_a_leaflet_is_always_in_sight_and_leaves_no_way_back(
    base: str, visitor: Visitors, path: str
) -> None:
    page = visitor(**PHONE).page()
    page.goto(base + address("en", "index"))
    page.goto(base + address("en", path))
    page.mouse.wheel(0, 2500)
    leave = page.locator(".pk-leaflet-bar a")
    expect(leave).to_be_in_viewport(ratio=1)
    leave.click()
    page.wait_for_url("about:blank")
    page.go_back()
    assert path not in page.url


AXE_KINDS = ("home", "sop", "role", "law", "form", "institutions", "find", "handbooks")
AXE_KINDS += ("module", "trainer", "leaflet", "arabic", "persian", "leaflets")


@pytest.mark.parametrize(("language", "screen"), [("mk", "phone"), ("en", "desktop")])
@pytest.mark.parametrize("kind", AXE_KINDS)
def test_axe_finds_nothing(served: str, visitor: Visitors, kind: str, language: str, screen: str) -> None:
    page = visitor(**(PHONE if screen == "phone" else {})).page()
    page.goto(served + address(language, KINDS[kind]))
    check_axe(page)


SAMPLE_KINDS = (
    *("index", "sops/index", "sops/sop-01", "sops/sop-02", "roles/social-worker", "law/example-act", "handbooks"),
    *("forms/form-01", "glossary/terms", "glossary/limits", "glossary/institutions", "glossary/indicators"),
    *("find", "training/trn-01", "training/trn-01-trainer", "leaflets/where-to-call", "leaflets/where-to-call-ar"),
)


@pytest.mark.parametrize(("language", "screen"), [("mk", "desktop"), ("sq", "phone"), ("en", "phone")])
def test_axe_finds_nothing_in_the_sample(sample_site: Site, visitor: Visitors, screen: str, language: str) -> None:
    """Short registers too, with reviews that are overdue, a text that is missing and one that is behind."""
    page = visitor(**(PHONE if screen == "phone" else {}), day="2030-01-01T12:00:00Z").page()
    for path in SAMPLE_KINDS:
        page.goto(f"{sample_site.folder.as_uri()}/{address(language, path)}")
        check_axe(page)


def check_axe(page: Page) -> None:
    # Without the list of all that is right, which takes longer than to find what is wrong.
    results = Axe().run(page, options={"resultTypes": ["violations"]})
    assert results.response["testEngine"]["name"] == "axe-core"
    problems = [
        f"{v['id']} ({v['impact']}): {node['target']} {node['html'][:160]} {node.get('failureSummary', '')}"
        for v in results.response["violations"]
        for node in v["nodes"][:3]
    ]
    assert not problems


@pytest.mark.parametrize("language", LANGUAGES)
def test_targets_can_be_hit_with_a_finger(served: str, visitor: Visitors, language: str) -> None:
    """24 by 24 pixels (WCAG 2.5.8) for what stands alone: the header, the menu, the entries of the home page."""
    page = visitor(**PHONE).page()
    page.goto(served + address(language, "index"))
    small = page.evaluate(
        """[...document.querySelectorAll('.pk-header a, .pk-menu, .pk-urgent a, .pk-iam a')]
        .map(e => [e.textContent.trim(), e.getBoundingClientRect()])
        .filter(([, b]) => b.width < 24 || b.height < 24).map(([t, b]) => `${t}: ${b.width} × ${b.height}`)"""
    )
    assert not small


@pytest.mark.parametrize("language", LANGUAGES)
def test_on_paper_there_is_only_the_text(real_site: Site, visitor: Visitors, language: str) -> None:
    page = visitor().page()
    for path in ("sops/sop-01", "forms/form-01", "glossary/limits"):
        page.goto(f"{real_site.folder.as_uri()}/{address(language, path)}")
        page.emulate_media(media="print")
        for selector in (".pk-header", ".md-sidebar--primary", ".md-sidebar--secondary", ".md-overlay"):
            for element in page.locator(selector).all():
                expect(element).to_be_hidden()
        expect(page.locator("h1")).to_be_visible()
        expect(page.locator(".pk-text")).to_be_visible()
        left, right = page.evaluate(
            "(() => { const b = document.querySelector('article').getBoundingClientRect(); return [b.left, b.right]; })()"
        )
        assert left <= 40 and right >= 1260, "the text does not use the width of the paper"
        page.emulate_media(media="screen")


def test_every_page_has_a_picture_of_itself_for_the_tab(real_site: Site, visitor: Visitors) -> None:
    page = visitor().page()
    page.goto(f"{real_site.folder.as_uri()}/{address('en', 'sops/sop-01')}")
    icon = page.evaluate("document.querySelector('link[rel=icon]').href")
    assert Path(icon.removeprefix("file://")).is_file()
