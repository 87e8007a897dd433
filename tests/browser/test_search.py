"""Search from end to end: the real library's site as it ships, opened from the disk on a phone, with the network off."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sitekit import LANGUAGES, Site, address, split
from test_browser import check_axe
from test_search_panel import FIELD, OPTION, PANEL, PHONE, TOLD, active, loaded, say, settle, titles, told
from visitors import Visitor, Visitors

from patokaz.pages.wording import wording

pytestmark = pytest.mark.browser

SITUATIONS = json.loads((Path(__file__).parents[1] / "search" / "situations.json").read_text(encoding="utf-8"))
AT_LEAST = 28
"""Of thirty situations of a language, how many must have a right place in view."""

Open = Callable[..., tuple[Page, Visitor]]


@pytest.fixture(scope="module")
def root(real_site: Site) -> str:
    return f"{real_site.folder.as_uri()}/"


@pytest.fixture
def opened(root: str, visitor: Visitors) -> Open:
    """A function: (language, typed) → a page on a phone, without network, with the panel open, and who visits."""

    def make(language: str, typed: str = "", path: str = "index", **options: Any) -> tuple[Page, Visitor]:
        person = visitor(**{**PHONE, "has_touch": True, "offline": True, **options})
        page = person.page()
        page.goto(root + address(language, path))
        page.click(".pk-search")
        loaded(page)
        page.keyboard.type(typed)
        settle(page)
        return page, person

    return make


SEEN = """options => options.map(option => {
    const title = option.querySelector('strong').getBoundingClientRect();
    const head = document.querySelector('.pk-find-head').getBoundingClientRect();
    return [option.href, title.top >= head.bottom && title.bottom <= innerHeight];
}).filter(([, seen]) => seen).map(([href]) => href)"""
"""The targets of options whose titles are wholly in view."""


def in_view(page: Page, root: str) -> list[str]:
    """The places (``path`` or ``path#anchor``) that options in view lead to, in order."""
    found = []
    for href in page.locator(f"{PANEL} a[role=option]").evaluate_all(SEEN):
        name, _, anchor = href.removeprefix(root).partition("#")
        found.append(split(name)[1] + (f"#{anchor}" if anchor else ""))
    return found


def is_right(place: str, right: list[str]) -> bool:
    """``path#anchor`` asks for that very link, a bare ``path`` for the page or a section of it."""
    return place in right or place.partition("#")[0] in right


def type_anew(page: Page, query: str) -> None:
    """As a reader does: the field is emptied, then key after key."""
    page.fill(FIELD, "")
    page.keyboard.type(query)
    settle(page)


# Situations


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_right_place_is_in_view(opened: Open, root: str, language: str) -> None:
    page, person = opened(language)
    own = [row for row in SITUATIONS if row["lang"] == language]
    assert len(own) == 30
    failed = []
    for row in own:
        type_anew(page, row["typed"])
        places = in_view(page, root)
        if not any(is_right(place, row["right"]) for place in places):
            failed.append(f"{row['id']} “{row['typed']}”: {', '.join(places)}")
    print(*failed, sep="\n")
    assert len(own) - len(failed) >= AT_LEAST, "\n".join(failed)
    assert not person.troubles
    assert not [url for url in person.requests if not url.startswith(root)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_hit_is_whole_above_the_keyboard_of_a_phone(opened: Open, language: str) -> None:
    page, _ = opened(language, height=330)
    for row in (row for row in SITUATIONS if row["lang"] == language):
        type_anew(page, row["typed"])
        expect(page.locator(OPTION).first).to_be_in_viewport(ratio=1)


# What is named is opened


@pytest.mark.parametrize(
    ("language", "typed", "target"),
    [
        ("mk", "SOP-02", "sops/sop-02"),
        ("sq", "sop 2", "sops/sop-02"),
        ("en", "form-01", "forms/form-01"),
        ("en", "418-a", "law/mk-criminal-code#art-418-a"),
        ("mk", "418-а", "law/mk-criminal-code#art-418-a"),
        ("mk", "член 418", "law/mk-criminal-code#art-418"),
        ("sq", "CETS 197 neni 13", "law/cets-197#art-13"),
        ("en", "CETS 197 art 13", "law/cets-197#art-13"),
    ],
)
def test_enter_opens_what_was_named(opened: Open, root: str, language: str, typed: str, target: str) -> None:
    page, person = opened(language, typed)
    page.keyboard.press("Enter")
    path, _, anchor = target.partition("#")
    page.wait_for_url(root + address(language, path) + (f"#{anchor}" if anchor else ""))
    expect(page.locator(f"[id='{anchor}']" if anchor else "h1")).to_be_in_viewport()
    assert not person.troubles


@pytest.mark.parametrize("typed", ["???", "👩", "член", "чл."])
def test_what_names_no_document_opens_none(opened: Open, typed: str) -> None:
    """Signs alone, and the word that stands before a number, are a part of every document's name."""
    page, person = opened("mk", typed)
    url = page.url
    page.keyboard.press("Enter")
    settle(page)
    assert page.url == url
    expect(page.locator(PANEL)).to_be_visible()
    assert not person.troubles


# Answers without a click


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_limit_is_answered_with_its_source(opened: Open, real_site: Site, language: str) -> None:
    view = real_site.view(language)
    name = view.plain(view.limits["reflection-cets"].name)
    page, _ = opened(language, name)
    option = page.locator(f"{OPTION}[href$='#reflection-cets']")
    expect(option).to_be_in_viewport(ratio=1)
    expect(option.locator(".pk-find-datum")).to_contain_text("30")
    expect(option.locator(".pk-find-place")).to_contain_text(f"{wording(language)['search_source']}: CETS 197")


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("mk", "СОС линија"),
        ("sq", "linja sos"),
        ("en", "helpline nr"),
        ("en", "sos line"),
    ],
)
def test_a_contact_is_answered_with_its_source(opened: Open, real_site: Site, language: str, typed: str) -> None:
    number = real_site.view(language).contacts["sos-line"][1].phone[0]
    page, _ = opened(language, typed)
    option = page.locator(f"{OPTION}[href$='institutions.html#sos-line']")
    expect(option.locator(".pk-find-datum")).to_be_in_viewport(ratio=1)
    expect(option.locator(".pk-find-datum")).to_contain_text(number)
    expect(option.locator(".pk-find-place")).to_contain_text(f"{wording(language)['search_source']}: S98")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_term_is_answered_with_its_source(opened: Open, real_site: Site, language: str) -> None:
    view = real_site.view(language)
    term = view.terms["recovery-and-reflection-period"]
    first, _, _ = view.plain(term.definition).partition(". ")
    page, _ = opened(language, view.term_form(term))
    option = page.locator(f"{OPTION}[href$='terms.html#recovery-and-reflection-period']")
    expect(option).to_be_in_viewport(ratio=1)
    expect(option.locator(".pk-find-meaning")).to_contain_text(first)
    expect(option.locator(".pk-find-place")).to_contain_text(f"{wording(language)['search_source']}: S12")


@pytest.mark.parametrize(
    ("language", "typed", "spoken", "means"),
    [
        ("en", "толкувач", "mk", "interpreter"),
        ("mk", "interpreter", "en", "толкувач"),
        ("en", "perkthyes", "sq", "interpreter"),
    ],
)
def test_what_another_language_said_is_told(
    opened: Open, root: str, language: str, typed: str, spoken: str, means: str
) -> None:
    page, _ = opened(language, typed)
    assert f"{typed} → {means}" in told(page)
    expect(page.locator(f"{TOLD} [lang={spoken}]")).to_have_text(typed)
    assert "sops/sop-02#get-interpreter" in in_view(page, root)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_found_offers_the_urgent_tasks_and_the_hotline(opened: Open, root: str, language: str) -> None:
    page, _ = opened(language, "xqzzkw")
    assert told(page) == wording(language)["search_nothing"]
    assert {"sops/sop-01#make-safe", "glossary/institutions#sos-line"} <= set(in_view(page, root))
    expect(page.locator(PANEL)).to_contain_text("0800 11111")


# The reader's role


def test_a_chosen_role_comes_first_and_is_forgotten(opened: Open, root: str) -> None:
    page, person = opened("en", "victim", width=1300, height=900)
    before = titles(page.locator(PANEL))
    page.select_option(f"{PANEL} select", "prosecutor")
    settle(page)
    assert titles(page.locator(PANEL))[0] != before[0]
    expect(page.locator(OPTION).first).to_contain_text("Public prosecutor")
    page.goto(root + address("en", "about"))
    page.keyboard.press("/")
    loaded(page)
    expect(page.locator(f"{PANEL} select")).to_have_value("")
    say(page, "victim")
    assert titles(page.locator(PANEL)) == before
    page.go_back()
    page.click(".pk-search")
    loaded(page)
    expect(page.locator(f"{PANEL} select")).to_have_value("")
    expect(page.locator(FIELD)).to_have_value("")
    assert not person.troubles


# What is typed stays here


def test_nothing_typed_is_kept_or_sent(opened: Open, root: str) -> None:
    page, person = opened("mk", "tajno ime")
    url, history = page.url, page.evaluate("history.length")
    for query in ("жртва", "SOP-02", "tajno ime 42"):
        type_anew(page, query)
    page.get_by_role("button", name=wording("mk")["search_filters"]).tap()
    page.select_option(f"{PANEL} select", "border-police")
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    assert page.evaluate("[location.hash, location.search, window.name, history.state]") == ["", "", "", None]
    assert page.evaluate("indexedDB.databases().then(list => list.length)") == 0
    assert page.evaluate("window.caches ? caches.keys().then(keys => keys.length) : 0") == 0
    assert page.evaluate("history.length") == history
    assert page.url == url and person.context.cookies() == []
    assert not [address for address in person.requests if not address.startswith(root) or "?" in address]
    page.locator(OPTION).first.click()
    page.wait_for_url(lambda there: there != url)
    assert "?" not in page.url and "tajno" not in page.url
    page.go_back()
    page.wait_for_url(url)
    assert "tajno" not in page.content()
    assert not person.troubles


def test_works_where_storage_is_refused(root: str, visitor: Visitors) -> None:
    person = visitor(**PHONE, offline=True)
    page = person.page()
    page.add_init_script(
        """for (const name of ['localStorage', 'sessionStorage', 'indexedDB'])
        Object.defineProperty(window, name, {get() { throw new DOMException('refused', 'SecurityError'); }});"""
    )
    page.goto(root + address("mk", "index"))
    assert page.evaluate("() => { try { return localStorage.length; } catch (error) { return error.name; } }") == (
        "SecurityError"
    )
    page.keyboard.press("/")
    loaded(page)
    type_anew(page, "tolkuvac")
    assert "sops/sop-02#get-interpreter" in in_view(page, root)
    page.keyboard.press("Enter")
    assert active(page)
    assert not person.troubles


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_scripts_the_alphabetical_page_leads_on(root: str, visitor: Visitors, language: str) -> None:
    person = visitor(day=None, java_script_enabled=False, offline=True, **PHONE)
    page = person.page()
    page.goto(root + address(language, "sops/sop-01"))
    page.get_by_role("link", name=wording(language)["search"], exact=True).click()
    page.wait_for_url(root + address(language, "find"))
    for target in ("forms/form-01.html", "glossary/institutions.html#sos-line", "law/cets-197.html#art-13"):
        page.goto(root + address(language, "find"))
        page.locator(f".pk-text a[href='{target}']").first.click()
        page.wait_for_url(f"**/{target}")
        expect(page.locator("h1")).to_have_count(1)
    assert not person.troubles


# Whatever is typed

HOSTILE = {
    "long word": "ж" * 10_000,
    "long text": "жртва victim viktimë " * 500,
    "emoji": "👩‍👧 🏳️‍🌈 жртва 🆘",
    "control characters": "vic\x00tim\x07 \x1b[31m\u2028\u2029\ufeff\ud83d",
    "markup": "<img src=x onerror=\"document.title='caught'\"><script>document.title='caught'</script>",
    "quotes": "\"'`'); document.title='caught'; //\\ &amp; &#60; ${document.title='caught'}",
    "patterns": "(.*)+[a-z{1,99999}]\\p{L}(?<=x)*$^|$&$1$`",
    "directions": "\u202e\u2066victim\u2069\u202d \u200f\u200eжртва\u061c",
    "mixed scripts": "vіctіm жrtva ضحية قربانی 受害者 ѕѕ",
    "names of objects": "constructor __proto__ hasOwnProperty toString",
    "signs": "%00 ../../etc/passwd ?a=b&c=d#e ' OR 1=1 --",
}


@pytest.mark.parametrize("query", HOSTILE.values(), ids=HOSTILE)
def test_hostile_queries_leave_the_page_alive(opened: Open, query: str) -> None:
    page, person = opened("en")
    title, url = page.title(), page.url
    say(page, query)
    assert page.locator(f"{PANEL} :is(img, script, iframe)").count() == 0
    assert page.title() == title and page.url == url
    # It still goes over no side, and answers the next question.
    assert page.locator(PANEL).evaluate("e => e.scrollWidth - e.clientWidth") == 0
    for key in ("ArrowDown", "ArrowUp", "End"):
        page.keyboard.press(key)
    type_anew(page, "interpreter")
    assert titles(page.locator(PANEL))[0].casefold() == "interpreter"
    assert not person.troubles


# Accessibility


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("language", "typed"), [("mk", "rok za razmisluvanje"), ("sq", "linja sos"), ("en", "толкувач")]
)
def test_axe_finds_nothing_in_real_results(opened: Open, language: str, typed: str, scheme: str) -> None:
    page, _ = opened(language, typed, color_scheme=scheme)
    page.get_by_role("button", name=re.compile(f"^{wording(language)['search_filters']}")).tap()
    page.focus(FIELD)
    page.keyboard.press("ArrowDown")
    assert active(page)
    check_axe(page)
