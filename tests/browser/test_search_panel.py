"""The search panel in a real Chromium, over an engine of the test's own: what a reader sees, types, hears and leaves."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect
from sitekit import LANGUAGES, Site, address
from test_browser import WIDER, check_axe
from visitors import Visitor, Visitors

from patokaz.pages.wording import wording
from patokaz.site.configure import theme_folder

pytestmark = pytest.mark.browser

FAKE = Path(__file__).with_name("fake_finder.js")
SCRIPT = theme_folder() / "assets" / "patokaz" / "search.js"
PHONE = {"width": 360, "height": 640}
SCREENS = {"phone": {**PHONE, "has_touch": True}, "desktop": {}}
PREFIX = "search_"
EVIL = "<img src=x onerror=\"document.title='caught'\"> & 'quoted' \"twice\" </strong><script>1</script>"

PANEL = "dialog.pk-find"
FIELD = f"{PANEL} input"
OPTION = f"{PANEL} [role=option]"
TOLD = f"{PANEL} .pk-find-told"


def entry(kind: str, title: str, href: str, **more: object) -> dict[str, object]:
    """An entry of the engine with everything that the contract names."""
    empty = dict.fromkeys(("context", "id", "revision", "status", "who", "when", "form", "persons", "datum"), "")
    return {"kind": kind, "title": title, "href": href, "marks": [], "source": None, "direct": False, **empty, **more}


def step(title: str, **more: object) -> dict[str, object]:
    """A step that many roles share: the longest rows that there are."""
    who = "border police, labour inspectorate, centre for social work, mobile identification team, health worker"
    place = {"context": "First help of those who arrive", "id": "SOP-01", "revision": "1.1", "status": "draft"}
    return entry("step", title, "sops/sop-01.html#make-safe", **place, who=who, when="at once", form="FORM-01", **more)


ENTRIES = [
    step("1.1 Find a safe place for the person that you have met"),
    entry("limit", "Time for the person to think", "glossary/limits.html#time-to-think", datum="at least 30 days")
    | {"source": {"title": "Example Act, Article 2", "href": "law/example-act.html#art-2"}},
    step("1.2 Ask the person who is a child what it wants", persons="children"),
    *(step(f"2.{number} Speak with the person, part {number}") for number in range(1, 9)),
    entry("term", "newcomer, a person", "glossary/terms.html#newcomer", datum="A person who has arrived. " * 12),
    entry("sop", "SOP-01 First help", "sops/sop-01.html", id="SOP-01", revision="1.1", status="draft", direct=True),
    entry("sop", "First help of last year", "sops/sop-02.html", status="superseded", old=True),
    entry("form", EVIL, "forms/form-01.html", id="FORM-01", context=EVIL, status=EVIL, who=EVIL, when=EVIL),
    entry("law", "قانون المثال", "law/example-act.html", context="Example Act"),
    *(entry("law", f"Repeated paragraph {number}", "law/example-act.html#art-2") for number in range(40)),
]
KINDS = {"step": "Steps", "sop": "Procedures", "form": "Forms", "law": "Law", "limit": "Time limits", "term": "Terms"}
ANSWERS = {
    "hotline": {
        "understood": [{"typed": "hotline", "means": "линија за помош", "language": "en"}],
        "instead": "person",
    },
    EVIL.lower(): {"understood": [{"typed": EVIL, "means": EVIL, "language": "en"}], "instead": EVIL},
}


def shard(language: str) -> dict[str, object]:
    """What the engine of a language holds."""
    words = wording(language).file.words
    return {
        "language": language,
        "words": {key.removeprefix(PREFIX): words[key] for key in words if key.startswith(PREFIX)},
        "kinds": [{"id": name, "name": title} for name, title in KINDS.items()],
        "roles": [{"id": "border-police", "name": "Border police"}, {"id": "social-worker", "name": "Social worker"}],
        "persons": [{"id": "adult", "name": "adults"}, {"id": "child", "name": "children"}],
        "entries": ENTRIES,
        "answers": ANSWERS,
        "urgent": [ENTRIES[0], entry("sop", "Help line", "sops/sop-02.html", datum="0800 11111")],
    }


@pytest.fixture(scope="module")
def root(sample_site: Site, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The address of a copy of the sample site with an engine; the Albanian one is missing."""
    folder = shutil.copytree(sample_site.folder, tmp_path_factory.mktemp("search") / "site")
    shutil.copyfile(FAKE, folder / "assets" / "patokaz" / "finder.js")
    for language in LANGUAGES:
        page = folder / address(language, "find")
        page.write_text(f"<!doctype html><html lang={language}><title>A–Z</title><h1>A–Z</h1>", encoding="utf-8")
        if language != "sq":
            content = json.dumps(shard(language), ensure_ascii=False)
            page.with_suffix(".js").write_text(f"patokazFind({content})", encoding="utf-8")
    return f"{folder.as_uri()}/"


Opened = tuple[Page, Visitor]


@pytest.fixture
def opened(root: str, visitor: Visitors) -> Callable[..., Opened]:
    """A function: (screen, path, typed) → a page of the English site with the panel open, and who visits."""

    def make(screen: str = "desktop", typed: str = "", path: str = "sops/sop-01", **options: object) -> Opened:
        person = visitor(**{**SCREENS[screen], **options})
        page = person.page()
        page.goto(root + address("en", path))
        page.click(".pk-search")
        loaded(page)
        page.keyboard.type(typed)
        settle(page)
        return page, person

    return make


def loaded(page: Page) -> None:
    expect(page.locator(f"{PANEL}:not([aria-busy])")).to_be_visible()


def settle(page: Page) -> None:
    """The frame in which results appear has passed."""
    page.evaluate("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(null))))")


def say(page: Page, query: str) -> None:
    page.fill(FIELD, query)
    settle(page)


def asked(page: Page) -> list[tuple[str, Mapping[str, object]]]:
    """What the engine was asked: (query, filters that are set)."""
    found = page.evaluate("window.patokazFinder.asked")
    return [(query, {name: value for name, value in filters.items() if value}) for query, filters in found]


def active(page: Page) -> str:
    """The title of the option that a screen reader is at."""
    found = page.evaluate(
        """() => { const o = document.getElementById(document.activeElement.getAttribute('aria-activedescendant'));
        return o && [o.getAttribute('aria-selected'), (o.querySelector('strong') || o).textContent]; }"""
    )
    assert found is None or found[0] == "true"
    selected = page.locator(f"{OPTION}[aria-selected=true]").count()
    assert selected == (0 if found is None else 1)
    return found[1] if found else ""


def titles(scope: Page | Locator) -> list[str]:
    return scope.locator("[role=option] strong").all_text_contents()


def told(page: Page) -> str:
    return " ".join(page.locator(TOLD).inner_text().split())


WORDS = wording("en")


# Opening and closing


@pytest.mark.parametrize("screen", SCREENS)
def test_nothing_of_it_is_loaded_before_it_is_wanted(root: str, visitor: Visitors, screen: str) -> None:
    person = visitor(**SCREENS[screen])
    page = person.page()
    page.goto(root + address("mk", "sops/sop-01"))
    page.wait_for_load_state("networkidle")
    parts = ("search.js", "search.css", "finder.js", "find.js")
    assert not [url for url in person.requests if url.endswith(parts)]
    (page.tap if screen == "phone" else page.click)(".pk-search")
    loaded(page)
    wanted = [f"{root}assets/patokaz/{name}" for name in ("search.css", "search.js", "finder.js")] + [f"{root}find.js"]
    assert [url for url in person.requests if url.endswith(parts)] == wanted
    page.keyboard.press("Escape")
    page.click(".pk-search")
    expect(page.locator(FIELD)).to_be_focused()
    assert len([url for url in person.requests if url.endswith(parts)]) == len(wanted)
    assert not person.troubles


@pytest.mark.parametrize("screen", SCREENS)
def test_button_comes_right_after_the_brand(root: str, visitor: Visitors, screen: str) -> None:
    page = visitor(**SCREENS[screen]).page()
    page.goto(root + address("mk", "index"))
    page.focus(".pk-brand")
    page.keyboard.press("Tab")
    button = page.locator(".pk-header button.pk-search")
    expect(button).to_be_focused()
    expect(button).to_have_accessible_name(wording("mk")["search"])
    box = button.bounding_box()
    assert box and box["width"] >= 44 and box["height"] >= 44
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name=wording("mk")["search"])).to_be_visible()
    expect(page.get_by_role("combobox", name=wording("mk")["search"], exact=True)).to_be_focused()


@pytest.mark.parametrize("key", ["/", "Shift+/"])
def test_slash_opens_it(root: str, visitor: Visitors, key: str) -> None:
    """With Shift too: that is where Macedonian and Albanian keyboards have the slash."""
    page = visitor().page()
    page.goto(root + address("en", "index"))
    if key == "/":
        page.keyboard.press("/")
    else:
        page.evaluate(
            "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: '/', shiftKey: true, bubbles: true}))"
        )
    expect(page.locator(FIELD)).to_be_focused()
    expect(page.locator(FIELD)).to_have_value("")
    page.keyboard.type("418/a")
    expect(page.locator(FIELD)).to_have_value("418/a")


@pytest.mark.parametrize("modifier", ["ctrlKey", "altKey", "metaKey"])
def test_slash_with_a_modifier_belongs_to_the_browser(root: str, visitor: Visitors, modifier: str) -> None:
    page = visitor().page()
    page.goto(root + address("en", "index"))
    event = f"new KeyboardEvent('keydown', {{key: '/', {modifier}: true, bubbles: true, cancelable: true}})"
    assert page.evaluate(f"document.body.dispatchEvent({event})") is True
    expect(page.locator(PANEL)).to_have_count(0)


def test_escape_clears_and_then_closes(opened) -> None:
    page, _ = opened(typed="person")
    expect(page.locator(OPTION).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(FIELD)).to_have_value("")
    expect(page.locator(FIELD)).to_be_focused()
    expect(page.locator(OPTION)).to_have_count(0)
    page.keyboard.press("Escape")
    expect(page.locator(PANEL)).to_be_hidden()
    expect(page.locator("button.pk-search")).to_be_focused()


def test_focus_is_at_the_button_after_a_slash_too(root: str, visitor: Visitors) -> None:
    page = visitor(height=400).page()
    page.goto(root + address("en", "sops/sop-01"))
    page.evaluate("scrollTo(0, 300)")
    page.keyboard.press("/")
    loaded(page)
    page.keyboard.press("Escape")
    expect(page.locator("button.pk-search")).to_be_focused()
    assert page.evaluate("scrollY") == 300


@pytest.mark.parametrize("way", ["button", "backdrop"])
def test_closing_forgets_what_was_typed(opened, way: str) -> None:
    page, _ = opened(typed="person")
    if way == "button":
        page.get_by_role("button", name=WORDS["search_close"]).click()
    else:
        page.mouse.click(20, 600)
    expect(page.locator(PANEL)).to_be_hidden()
    page.keyboard.press("/")
    expect(page.locator(FIELD)).to_have_value("")
    expect(page.locator(OPTION)).to_have_count(0)


def test_what_is_typed_before_everything_is_loaded_is_kept(root: str, visitor: Visitors) -> None:
    page = visitor().page()
    page.goto(root + address("en", "index"))
    # In one go: no script can be loaded between opening and typing.
    page.evaluate(
        """() => { document.querySelector('.pk-search').click();
        document.execCommand('insertText', false, 'person'); }"""
    )
    loaded(page)
    expect(page.locator(FIELD)).to_have_value("person")
    expect(page.locator(FIELD)).to_be_focused()
    expect(page.locator(OPTION).first).to_be_visible()


def test_without_a_part_the_index_serves(root: str, visitor: Visitors) -> None:
    page = visitor().page()
    page.route("**/finder.js", lambda route: route.abort())
    page.goto(root + address("sq", "sops/sop-01"))
    page.click(".pk-search")
    page.wait_for_url(root + address("sq", "find"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_scripts_the_link_leads_to_the_index(root: str, visitor: Visitors, language: str) -> None:
    page = visitor(day=None, java_script_enabled=False, **PHONE).page()
    page.goto(root + address(language, "sops/sop-01"))
    link = page.get_by_role("link", name=wording(language)["search"], exact=True)
    box = link.bounding_box()
    assert box and box["width"] >= 44 and box["height"] >= 44
    link.click()
    page.wait_for_url(root + address(language, "find"))


# The combobox


def test_roles_of_a_combobox(opened) -> None:
    page, _ = opened()
    field = page.locator(FIELD)
    expect(field).to_have_attribute("role", "combobox")
    expect(field).to_have_attribute("aria-autocomplete", "list")
    expect(field).to_have_attribute("aria-expanded", "false")
    assert page.evaluate("document.querySelector('dialog.pk-find').matches(':modal')")
    page.keyboard.type("person")
    expect(field).to_have_attribute("aria-expanded", "true")
    box = page.locator(f"[id='{field.get_attribute('aria-controls')}']")
    expect(box).to_have_attribute("role", "listbox")
    groups = box.locator("> [role=group]")
    assert [group.get_attribute("aria-label") for group in groups.all()] == [WORDS["search_best"], "Steps", "Terms"]
    for option in page.locator(OPTION).all():
        assert option.get_attribute("tabindex") == "-1"
        expect(option).to_have_accessible_name(re.compile(r"\w"))
    assert page.locator(f"{OPTION}[id]").count() == len(
        set(page.locator(OPTION).evaluate_all("all => all.map(o => o.id)"))
    )
    for name, value in (
        ("autocomplete", "off"),
        ("autocapitalize", "off"),
        ("spellcheck", "false"),
        ("enterkeyhint", "search"),
    ):
        expect(field).to_have_attribute(name, value)
    assert field.get_attribute("name") is None


def test_arrow_keys_go_through_the_options_and_back_to_the_field(opened) -> None:
    page, _ = opened(typed="person")
    listed = page.locator(OPTION).evaluate_all("all => all.map(o => (o.querySelector('strong') || o).textContent)")
    assert len(listed) > 6
    seen = []
    for _ in listed:
        page.keyboard.press("ArrowDown")
        seen.append(active(page))
        expect(page.locator(f"{OPTION}[aria-selected=true]")).to_be_in_viewport(ratio=0.99)
    assert seen == listed
    page.keyboard.press("ArrowDown")
    assert active(page) == ""
    page.keyboard.press("ArrowUp")
    assert active(page) == listed[-1]
    page.keyboard.press("Home")
    assert active(page) == listed[0]
    page.keyboard.press("End")
    assert active(page) == listed[-1]
    # The best hit is not hidden by the field, which stays above.
    page.keyboard.press("Home")
    head, first = page.locator(f"{PANEL} .pk-find-head").bounding_box(), page.locator(OPTION).first.bounding_box()
    assert head and first and first["y"] >= head["y"] + head["height"] - 0.5
    page.keyboard.type("s")
    settle(page)
    assert active(page) == ""


def test_home_and_end_move_in_the_text_where_no_option_is_active(opened) -> None:
    page, _ = opened(typed="erso")
    page.keyboard.press("Home")
    page.keyboard.type("p")
    page.keyboard.press("End")
    page.keyboard.type("n")
    expect(page.locator(FIELD)).to_have_value("person")


def test_enter_opens_what_the_query_named(opened, root: str) -> None:
    page, _ = opened(path="index", typed="sop-01")
    page.keyboard.press("Enter")
    page.wait_for_url(root + address("en", "sops/sop-01"))


def test_enter_does_not_wait_for_the_frame(opened, root: str) -> None:
    """Typed and sent in one go, faster than results can appear."""
    page, _ = opened(path="index")
    page.evaluate(
        """() => { document.execCommand('insertText', false, 'sop-01');
        document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true})); }"""
    )
    page.wait_for_url(root + address("en", "sops/sop-01"))


def test_enter_opens_the_active_option(opened, root: str) -> None:
    page, _ = opened(path="index", typed="person")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(root + address("en", "glossary/limits") + "#time-to-think")


def test_enter_on_words_chooses_the_best_hit_first(opened, root: str) -> None:
    page, _ = opened(path="index", typed="time for")
    page.keyboard.press("Enter")
    assert page.url == root + address("en", "index")
    assert active(page) == "Time for the person to think"
    page.keyboard.press("Enter")
    page.wait_for_url(root + address("en", "glossary/limits") + "#time-to-think")


def test_enter_on_a_phone_makes_room_for_what_was_found(opened) -> None:
    page, _ = opened("phone", "person", is_mobile=True)
    page.keyboard.press("Enter")
    expect(page.locator(FIELD)).not_to_be_focused()
    expect(page.locator(FIELD)).to_have_value("person")
    expect(page.locator(OPTION).first).to_be_visible()


def test_hit_of_the_same_page_closes_the_panel(opened, root: str) -> None:
    page, _ = opened(typed="safe place")
    page.click(OPTION)
    page.wait_for_url(root + address("en", "sops/sop-01") + "#make-safe")
    expect(page.locator(PANEL)).to_be_hidden()
    expect(page.locator("#make-safe")).to_be_in_viewport()


def test_options_are_links_that_open_in_a_tab_of_their_own(opened, root: str) -> None:
    page, person = opened(typed="safe place")
    with person.context.expect_page() as other:
        page.locator(OPTION).first.click(modifiers=["ControlOrMeta"])
    other.value.wait_for_url(root + address("en", "sops/sop-01") + "#make-safe")
    expect(page.locator(PANEL)).to_be_visible()
    expect(page.locator(FIELD)).to_have_value("safe place")


def test_number_of_results_is_told_when_the_typing_rests(opened) -> None:
    page, _ = opened()
    page.evaluate(
        """() => { window.heard = []; const live = document.querySelector('.pk-find [role=status]');
        new MutationObserver(() => window.heard.push(live.textContent)).observe(live, {childList: true}); }"""
    )
    page.keyboard.type("perso", delay=30)
    page.keyboard.type("n")
    expect(page.get_by_role("status")).to_have_text(re.compile(rf"^{WORDS['search_results']}: 12"))
    assert len(page.evaluate("heard")) == 1
    say(page, "hotline")
    heard = f"{WORDS['search_nothing']} hotline → линија за помош {WORDS['search_instead']} person"
    expect(page.get_by_role("status")).to_have_text(heard)


def test_one_question_a_frame(opened) -> None:
    page, _ = opened()
    before = len(asked(page))
    page.evaluate("() => { for (const letter of 'person') document.execCommand('insertText', false, letter); }")
    settle(page)
    assert asked(page)[before:] == [("person", {})]


# Results


def test_best_hits_stand_first_and_further_ones_by_kind(opened) -> None:
    page, _ = opened(typed="person")
    found = [str(e["title"]) for e in ENTRIES if "person" in str(e["title"])]
    best, steps, terms = page.locator(f"{PANEL} [role=listbox] > [role=group]").all()
    assert titles(best) == found[:3]
    assert titles(steps) == found[3:8]
    assert titles(terms) == found[-1:]
    every = page.get_by_role("option", name=f"{WORDS['search_all']}: 10")
    every.click()
    settle(page)
    assert asked(page)[-1] == ("person", {"kind": "step"})
    assert titles(page.locator(PANEL)) == [t for t in found if t[0].isdigit()]
    expect(page.locator(FIELD)).to_be_focused()
    page.get_by_role("button", name=WORDS["search_reset"]).click()
    settle(page)
    assert asked(page)[-1] == ("person", {})
    expect(page.locator(FIELD)).to_be_focused()


@pytest.mark.parametrize("screen", SCREENS)
def test_typing_goes_back_to_the_best_hit(opened, screen: str) -> None:
    page, _ = opened(screen, "person", height=400)
    page.locator(OPTION).last.scroll_into_view_if_needed()
    assert page.locator(PANEL).evaluate("e => e.scrollTop") > 0
    say(page, "perso")
    settle(page)
    assert page.locator(PANEL).evaluate("e => e.scrollTop") == 0
    expect(page.locator(OPTION).first).to_be_in_viewport()


def test_more_than_the_engine_gives_is_said(opened) -> None:
    page, _ = opened(typed="repeated")
    assert told(page) == f"{WORDS['search_results']}: 30+"
    assert len(titles(page.locator(PANEL))) == 30


def test_words_of_a_step(opened) -> None:
    page, _ = opened(typed="is a child")
    (option,) = page.locator(OPTION).all()
    lines = option.inner_text().split("\n")
    assert lines == [
        "1.2 Ask the person who is a child what it wants",
        f"at once · FORM-01 · {WORDS['search_only_for']}: children · {ENTRIES[0]['who']}",
        "SOP-01 · 1.1 · draft · First help of those who arrive",
    ]
    assert option.locator("mark").all_text_contents() == ["is a child"]


def test_quick_answer_is_large_and_has_its_source(opened) -> None:
    page, _ = opened(typed="to think")
    option = page.locator(OPTION)
    datum = option.locator(".pk-find-datum")
    expect(datum).to_have_text("at least 30 days")
    size = "e => parseFloat(getComputedStyle(e).fontSize)"
    assert datum.evaluate(size) > option.locator("strong").evaluate(size)
    expect(option).to_contain_text(f"{WORDS['search_source']}: Example Act, Article 2")


def test_marks_are_where_the_engine_puts_them(opened) -> None:
    page, _ = opened(typed="المث")
    (title,) = page.locator(f"{OPTION} strong").all()
    assert title.text_content() == "قانون المثال"
    assert title.locator("mark").all_text_contents() == ["المث"]


def test_what_was_understood_is_told(opened) -> None:
    page, _ = opened(typed="hotline")
    assert "hotline → линија за помош" in told(page)
    assert page.locator(f"{TOLD} [lang=en]").text_content() == "hotline"


def test_did_you_mean(opened) -> None:
    page, _ = opened(typed="hotline")
    assert WORDS["search_instead"] in told(page)
    page.get_by_role("button", name="person", exact=True).click()
    settle(page)
    expect(page.locator(FIELD)).to_have_value("person")
    expect(page.locator(FIELD)).to_be_focused()
    assert asked(page)[-1] == ("person", {})
    assert len(titles(page.locator(PANEL))) > 5


def test_nothing_found_offers_what_is_urgent(opened) -> None:
    page, _ = opened(typed="xyzzy")
    assert told(page) == WORDS["search_nothing"]
    group = page.get_by_role("group", name=WORDS["search_urgent"])
    assert titles(group) == [ENTRIES[0]["title"], "Help line"]
    expect(group).to_contain_text("0800 11111")
    expect(group.get_by_text(WORDS["search_urgent"])).to_be_visible()
    page.keyboard.press("ArrowDown")
    assert active(page) == ENTRIES[0]["title"]


def test_an_empty_field_says_what_to_type_and_asks_nothing(opened) -> None:
    page, _ = opened(typed="   ")
    assert told(page) == WORDS["search_hint"]
    assert asked(page) == []
    expect(page.locator(OPTION)).to_have_count(0)


# What is typed stays text and stays here


def test_injection_is_shown_as_text(opened) -> None:
    page, person = opened()
    # Letters before, between and after the marks, and all of them marked.
    for query in ("quoted", "<img", "script>", EVIL):
        say(page, query)
        (option,) = page.locator(OPTION).all()
        assert option.locator("strong").text_content() == EVIL
        assert page.locator(f"{PANEL} :is(img, script)").count() == 0
    assert (option.text_content() or "").count(EVIL) == 5
    assert told(page).count(EVIL) == 3
    page.get_by_role("button", name=EVIL, exact=True).click()
    expect(page.locator(FIELD)).to_have_value(EVIL)
    assert page.title() != "caught"
    assert not person.troubles


def test_nothing_is_kept_or_sent(opened, root: str) -> None:
    page, person = opened()
    url, history = page.url, page.evaluate("history.length")
    for query in ("person", EVIL, "xyzzy", "hotline"):
        say(page, query)
    page.select_option(f"{PANEL} select", "social-worker")
    page.click(f"{PANEL} [name=persons] >> nth=0")
    say(page, "secret name")
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    assert page.evaluate("[location.hash, location.search, window.name]") == ["", "", ""]
    assert page.evaluate("indexedDB.databases().then(list => list.length)") == 0
    assert page.evaluate("history.length") == history and page.evaluate("history.state") is None
    assert page.url == url and person.context.cookies() == []
    assert not [address for address in person.requests if not address.startswith(root)]
    page.goto(root + address("en", "index"))
    page.go_back()
    page.wait_for_url(url)
    assert "secret" not in page.content()
    page.click(".pk-search")
    loaded(page)
    expect(page.locator(FIELD)).to_have_value("")
    expect(page.locator(f"{PANEL} select")).to_have_value("")
    expect(page.locator(f"{PANEL} [aria-pressed=true]")).to_have_count(0)
    assert not person.troubles


def test_leaving_a_page_that_the_browser_keeps_clears_it(opened) -> None:
    page, _ = opened(typed="secret name")
    page.click(f"{PANEL} [name=persons] >> nth=0")
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    expect(page.locator(PANEL)).to_be_hidden()
    expect(page.locator(FIELD)).to_have_value("")
    assert page.locator(f"{PANEL} [aria-pressed=true]").count() == 0
    assert "secret" not in page.locator(PANEL).inner_text()


def test_works_where_storage_is_refused(root: str, visitor: Visitors) -> None:
    person = visitor()
    page = person.page()
    page.add_init_script(
        """for (const name of ['localStorage', 'sessionStorage', 'indexedDB'])
        Object.defineProperty(window, name, {get() { throw new DOMException('refused', 'SecurityError'); }});"""
    )
    page.goto(root + address("en", "index"))
    page.keyboard.press("/")
    loaded(page)
    say(page, "person")
    expect(page.locator(OPTION).first).to_be_visible()
    assert not person.troubles


# Filters


def test_filters(opened) -> None:
    page, _ = opened(typed="person")
    page.get_by_role("combobox", name=WORDS["search_role"]).select_option(label="Social worker")
    settle(page)
    assert asked(page)[-1] == ("person", {"role": "social-worker"})
    child = page.get_by_role("group", name=WORDS["search_persons"]).get_by_role("button", name="children")
    expect(child).to_have_attribute("aria-pressed", "false")
    child.click()
    expect(child).to_have_attribute("aria-pressed", "true")
    expect(child).to_be_focused()
    terms = page.get_by_role("group", name=WORDS["search_kind"]).get_by_role("button", name="Terms")
    terms.click()
    assert asked(page)[-1] == ("person", {"role": "social-worker", "persons": "child", "kind": "term"})
    assert titles(page.locator(PANEL)) == ["newcomer, a person"]
    child.click()
    expect(child).to_have_attribute("aria-pressed", "false")
    assert asked(page)[-1] == ("person", {"role": "social-worker", "kind": "term"})
    # They stay for this visit of the page, and are seen to.
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    say(page, "place")
    assert asked(page)[-1] == ("place", {"role": "social-worker", "kind": "term"})
    page.get_by_role("button", name=WORDS["search_reset"]).click()
    settle(page)
    assert asked(page)[-1] == ("place", {})
    expect(page.locator(f"{PANEL} select")).to_have_value("")
    expect(terms).to_have_attribute("aria-pressed", "false")


def test_superseded_revisions_only_when_asked_for(opened) -> None:
    page, _ = opened(typed="first help")
    assert "First help of last year" not in titles(page.locator(PANEL))
    page.get_by_role("button", name=WORDS["search_superseded"]).click()
    assert asked(page)[-1] == ("first help", {"all": True})
    assert "First help of last year" in titles(page.locator(PANEL))
    expect(page.locator(OPTION, has_text="last year")).to_contain_text("superseded")


def test_filters_fold_on_a_phone(opened) -> None:
    page, _ = opened("phone", "person")
    fold = page.get_by_role("button", name=re.compile(f"^{WORDS['search_filters']}"))
    kinds = page.locator(f"{PANEL} [role=group]", has=page.locator("[aria-pressed]")).last
    expect(kinds).to_be_hidden()
    expect(fold).to_have_attribute("aria-expanded", "false")
    fold.tap()
    expect(fold).to_have_attribute("aria-expanded", "true")
    kinds.get_by_role("button", name="Terms").tap()
    fold.tap()
    expect(kinds).to_be_hidden()
    expect(fold).to_have_text(f"{WORDS['search_filters']} (1)")


# What is seen


@pytest.mark.parametrize("language", ["mk", "en"])
def test_first_results_are_in_view_above_the_keyboard_of_a_phone(root: str, visitor: Visitors, language: str) -> None:
    page = visitor(width=360, height=330, has_touch=True).page()
    page.goto(root + address(language, "sops/sop-01"))
    page.tap(".pk-search")
    loaded(page)
    say(page, "person")
    for number in range(3):
        expect(page.locator(f"{OPTION} strong").nth(number)).to_be_in_viewport(ratio=1)
    for number in range(2):
        expect(page.locator(OPTION).nth(number)).to_be_in_viewport(ratio=1)


def test_panel_ends_where_the_keyboard_begins(opened) -> None:
    page, _ = opened("phone", "person")
    page.evaluate(
        """() => { Object.defineProperty(visualViewport, 'height', {value: 330});
        visualViewport.dispatchEvent(new Event('resize')); }"""
    )
    assert page.locator(PANEL).evaluate("e => e.getBoundingClientRect().bottom") == 330
    page.keyboard.press("ArrowUp")
    bottom = page.locator(f"{OPTION}[aria-selected=true]").evaluate("e => e.getBoundingClientRect().bottom")
    assert 200 < bottom <= 330


def test_targets_are_as_large_as_a_thumb(opened) -> None:
    page, _ = opened("phone", "person")
    page.get_by_role("button", name=WORDS["search_filters"]).tap()
    small = page.evaluate(
        """[...document.querySelectorAll('.pk-find :is(a, button, input, select)')]
        .map(e => [e.textContent, e.getBoundingClientRect()]).filter(([, b]) => b.width < 44 || b.height < 44)
        .map(([t, b]) => `${t}: ${b.width} × ${b.height}`)"""
    )
    assert not small


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("width", [320, 360, 620, 1300])
def test_nothing_goes_over_the_side(opened, width: int, direction: str) -> None:
    page, _ = opened(width=width)
    page.evaluate("d => { document.body.dir = d; }", direction)
    if width < 600:
        page.get_by_role("button", name=WORDS["search_filters"]).click()
    for query in ("person", EVIL, "hotline", "w" * 200):
        say(page, query)
        left, right = page.locator(PANEL).evaluate(
            "e => [e.getBoundingClientRect().left, e.getBoundingClientRect().right]"
        )
        over = page.locator(f"{PANEL} *").evaluate_all(
            """(all, [left, right]) => all.filter(e => !e.matches('.pk-hidden, option')).map(e => [e, e.getBoundingClientRect()])
            .filter(([e, b]) => b.width && (b.left < left - .5 || b.right > right + .5)
              && getComputedStyle(e.parentNode).overflowX !== 'hidden').map(([e]) => e.outerHTML.slice(0, 90))""",
            [left, right],
        )
        assert not over
        assert page.locator(PANEL).evaluate("e => e.scrollWidth - e.clientWidth") == 0
        assert page.evaluate("document.scrollingElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [320, 360])
@pytest.mark.parametrize("language", LANGUAGES)
def test_header_keeps_its_parts_apart_on_a_phone(root: str, visitor: Visitors, language: str, width: int) -> None:
    page = visitor(width=width, height=640).page()
    page.goto(root + address(language, "index"))
    assert page.evaluate(WIDER.replace("360", str(width))) == []
    name, search = page.evaluate(
        """() => { const range = document.createRange(); range.selectNodeContents(document.querySelector('.pk-brand'));
        return [range.getBoundingClientRect().right, document.querySelector('.pk-search').getBoundingClientRect().left]; }"""
    )
    assert name <= search


def test_right_to_left(opened) -> None:
    page, _ = opened("phone", "قانون")
    page.evaluate("document.body.dir = 'rtl'")
    close = page.get_by_role("button", name=WORDS["search_close"]).bounding_box()
    field = page.locator(FIELD).bounding_box()
    assert close and field and close["x"] < field["x"]
    for query, direction in (("قانون", "rtl"), ("safe place", "ltr")):
        say(page, query)
        title = page.locator(f"{OPTION} strong").first
        expect(title).to_have_attribute("dir", "auto")
        assert title.evaluate("e => getComputedStyle(e).direction") == direction
        box, option = title.bounding_box(), page.locator(OPTION).first.bounding_box()
        assert box and option
        # Either begins at the right side of its row.
        assert option["x"] + option["width"] - box["x"] - box["width"] < 20
    say(page, "hotline")
    assert page.locator(f"{TOLD} i").evaluate("e => new DOMMatrix(getComputedStyle(e).transform).a") == -1


AXE_STATES = {"results": "person", "nothing": "xyzzy", "instead": "hotline", "empty": ""}


@pytest.mark.parametrize("state", AXE_STATES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", SCREENS)
def test_axe_finds_nothing(opened, screen: str, scheme: str, state: str) -> None:
    page, _ = opened(screen, AXE_STATES[state], color_scheme=scheme)
    if screen == "phone":
        page.get_by_role("button", name=WORDS["search_filters"]).tap()
    page.click(f"{PANEL} [name=persons] >> nth=0")
    page.focus(FIELD)
    page.keyboard.press("ArrowDown")
    check_axe(page)


def test_forced_colours_still_show_what_is_active(opened) -> None:
    page, _ = opened(typed="person", forced_colors="active")
    page.keyboard.press("ArrowDown")
    outlines = page.locator(OPTION).evaluate_all("all => all.map(o => getComputedStyle(o).outlineStyle)")
    assert outlines[0] == "solid" and set(outlines[1:]) == {"none"}


def test_it_is_not_on_paper(opened) -> None:
    page, _ = opened(typed="person")
    page.emulate_media(media="print")
    expect(page.locator(PANEL)).to_be_hidden()


def test_quick_exit_of_a_guide_is_in_the_panel(opened) -> None:
    page, _ = opened("phone", "person", path="guide/sop-01")
    exit_link = page.locator(f"{PANEL} .pk-guide-exit")
    expect(exit_link).to_be_in_viewport(ratio=1)
    exit_link.tap()
    page.wait_for_url("about:blank")
    page.go_back()
    # The guide has left the history.
    assert page.url == "about:blank"


# Words


def test_panel_uses_every_word_and_no_other() -> None:
    used = set(re.findall(r"words\.(\w+)", SCRIPT.read_text(encoding="utf-8"))) | {"role", "persons", "kind"}
    for language in LANGUAGES:
        keys = {key.removeprefix(PREFIX) for key in wording(language).file.words if key.startswith(PREFIX)}
        assert keys == used


def test_words_of_the_panel_differ_between_languages() -> None:
    keys: Sequence[str] = [key for key in WORDS.file.words if key == "search" or key.startswith(PREFIX)]
    assert len(keys) > 15
    for key in keys:
        assert len({wording(language)[key] for language in LANGUAGES}) == len(LANGUAGES), key
