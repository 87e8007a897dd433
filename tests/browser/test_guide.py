"""The guide in a real Chromium: every path of every pathway, and that nothing of it stays anywhere."""

from __future__ import annotations

import functools
import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import Page, expect
from sitekit import LANGUAGES, REPOSITORY, Site, address
from test_browser import check_axe
from visitors import Visitor, Visitors

from patokaz.pages.view import View
from patokaz.pages.wording import capital, wording
from patokaz.pathways.resolve import Resolved
from patokaz.pathways.walks import WalkStep, paths, walk_successors
from sample import SAMPLE

pytestmark = pytest.mark.browser

PHONE = {"width": 360, "height": 640}
MOST = 20_000
"""Paths of one pathway that are walked; a pathway with more fails, so that none is left out unseen."""


def pathway_ids(root: Path) -> list[str]:
    """The documents of a library that have a pathway."""
    files = sorted(root.glob("sops/*/*/pathway.yml"))
    return [yaml.safe_load((file.parent / "record.yml").read_text(encoding="utf-8"))["id"] for file in files]


GUIDES = [("sample_site", name) for name in pathway_ids(SAMPLE)] + [("real_site", n) for n in pathway_ids(REPOSITORY)]


TAKING_TURNS = [(*case, LANGUAGES[number % len(LANGUAGES)]) for number, case in enumerate(GUIDES)]
"""Each guide in one language, for what takes long and does not hang on the words of one."""


@dataclass(frozen=True)
class Guide:
    """The guide of one pathway in one language, and where it is opened."""

    base: str
    url: str
    view: View
    nodes: tuple[Resolved, ...]

    @functools.cached_property
    def by_id(self) -> dict[str, Resolved]:
        return {node.id: node for node in self.nodes}

    @functools.cached_property
    def paths(self) -> list[tuple[WalkStep, ...]]:
        found = list(paths(self.nodes, MOST + 1))
        assert 0 < len(found) <= MOST
        return found

    @functools.cached_property
    def onward(self) -> Mapping[str, tuple[WalkStep, ...]]:
        return walk_successors(self.nodes)

    @property
    def start(self) -> str:
        return next(node.id for node in self.nodes if node.node.type == "start")

    @functools.cached_property
    def longest(self) -> tuple[WalkStep, ...]:
        return max(self.paths, key=len)

    def clicks(self, path: Sequence[WalkStep]) -> list[int]:
        """Which of the links of each screen a path takes."""
        return [self.onward[here.target].index(step) for here, step in itertools.pairwise(path)]

    def route(self, path: Sequence[WalkStep]) -> list[tuple[str, str, str]]:
        """(number, label, answer) of each stop, as the route so far lists them."""
        found = []
        for index, here in enumerate(path):
            node = self.by_id[here.target]
            step = path[index + 1] if index + 1 < len(path) else None
            answer = capital(self.view.answer_word(step.answer)) if step and step.answer else ""
            if node.node.type == "call" and node.node.pathway in self.view.pathways:
                answer = self.view.words["guide_title"].format(title=self.view.title(node.node.pathway))
            found.append((node.number, self.view.plain(node.words), answer))
        return found


@pytest.fixture
def guide_of(request: pytest.FixtureRequest):
    """A function: (site's fixture, document, language, way) → its guide."""

    def make(site_name: str, name: str, language: str, way: str = "file") -> Guide:
        site: Site = request.getfixturevalue(site_name)
        view = site.view(language)
        server = {"sample_site": "sample_served", "real_site": "served"}[site_name]
        base = f"{site.folder.as_uri()}/" if way == "file" else request.getfixturevalue(server)
        return Guide(base, base + address(language, view.guide_path(name)), view, view.pathways[name])

    return make


@pytest.fixture(params=LANGUAGES)
def guide(request: pytest.FixtureRequest, guide_of) -> Guide:
    """The guide of the sample's pathway with every type of node."""
    return guide_of("sample_site", "SOP-01", request.param)


NOW = ".pk-guide-now"
ROUTE = ".pk-guide-route li"


def links(page: Page):
    """The links onwards of the screen that is shown, other guides aside."""
    return page.locator(f"{NOW} .pk-guide-ways a[href^='#']")


def shown(page: Page) -> list[str]:
    """The ids of the screens that can be seen."""
    return page.evaluate(
        "[...document.querySelectorAll('.pk-guide-node')].filter(e => e.getClientRects().length).map(e => e.id)"
    )


def stops(page: Page) -> list[tuple[str, str, str]]:
    """(number, label, answer) of each stop of the route so far."""
    found = page.evaluate(
        """[...document.querySelectorAll('.pk-guide-route li')].map(li =>
        ['.pk-guide-stop-number', '.pk-guide-stop', '.pk-guide-given'].map(s => (li.querySelector(s) || {}).textContent || ''))"""
    )
    return [tuple(stop) for stop in found]


def covering(guide: Guide) -> list[tuple[WalkStep, ...]]:
    """Paths that together go along every flow."""
    chosen, taken = [], set()
    for path in sorted(guide.paths, key=len, reverse=True):
        flows = {(here.target, step) for here, step in itertools.pairwise(path)}
        if not flows <= taken:
            chosen.append(path)
            taken |= flows
    assert len(taken) == sum(map(len, guide.onward.values()))
    return chosen


def nothing_is_kept(page: Page, visitor: Visitor, guide: Guide, history: int) -> None:
    assert page.url == guide.url
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    assert page.evaluate("[location.hash, location.search, window.name]") == ["", "", ""]
    assert page.evaluate("history.length") == history and page.evaluate("history.state") is None
    assert visitor.context.cookies() == []
    assert not visitor.troubles
    assert not [url for url in visitor.requests if not url.startswith(guide.base)]


WALK = """told => {
  const [walks, stops] = JSON.parse(told);
  const text = (item, name) => (item.querySelector(name) || {}).textContent || '';
  const back = document.querySelector('.pk-guide-back');
  const nodes = [...document.querySelectorAll('.pk-guide-node')];
  const problems = [];
  // Giving the focus lays the page out, a thousand times a minute; that it is really given is looked at elsewhere.
  let focused = null;
  HTMLElement.prototype.focus = function () { focused = this; };
  window.scrollTo = () => {};
  const ends = new Set();
  let before = [];
  let clicks = 0;
  for (const walk of walks) {
    // Back to where this path leaves the one before it, then on by its own answers.
    let same = 1;
    while (same < before.length && same < walk.length && before[same].join() === walk[same].join()) same++;
    for (let n = before.length; n > same; n--, clicks++) back.click();
    for (const [id, number] of walk.slice(before.length ? same : 1)) {
      document.querySelectorAll(".pk-guide-now .pk-guide-ways a[href^='#']")[number].click();
      clicks++;
      const now = document.querySelector('.pk-guide-now');
      if (now.id !== id || focused !== now.querySelector('h2')) problems.push(['not at', id, walk]);
    }
    const end = walk[walk.length - 1][0];
    // So does asking what can be seen: once for each end; of the others, what the styles show is known by its class.
    const shown = (ends.has(end)
      ? [...document.getElementsByClassName('pk-guide-now')]
      : nodes.filter(e => e.getClientRects().length)).map(e => e.id).join();
    ends.add(end);
    if (shown !== end) problems.push([shown, 'is shown, not', end, walk]);
    if (document.querySelector(".pk-guide-now .pk-guide-ways a[href^='#']")) problems.push(['is no end', end]);
    const listed = [...document.querySelectorAll('.pk-guide-route li')].map(li =>
      [text(li, '.pk-guide-stop-number'), text(li, '.pk-guide-stop'), text(li, '.pk-guide-given')].join('|')).join();
    const expected = walk.map(([id], n) =>
      [...stops[id].slice(0, 2), (walk[n + 1] && walk[n + 1][2]) || stops[id][2]].join('|')).join();
    if (listed !== expected) problems.push([listed, 'is listed, not', expected]);
    before = walk;
  }
  return {walked: walks.length, clicks, problems: problems.slice(0, 3)};
}"""


@pytest.mark.parametrize("way", ["file", "http"])
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("site_name", "name"), GUIDES)
def test_every_path(guide_of, visitor: Visitors, site_name: str, name: str, language: str, way: str) -> None:
    """Every path, by clicks on its answers and on Back, ends where it should with the route so far.

    From a server, which sends the same files, as many paths as take every answer once.
    """
    guide = guide_of(site_name, name, language, way)
    person = visitor(**PHONE)
    page = person.page()
    page.goto(guide.url)
    history = page.evaluate("history.length")
    walks = []
    for path in guide.paths if way == "file" else covering(guide):
        answers = [answer for _, _, answer in guide.route(path)]
        walks.append(list(zip([s.target for s in path], [None, *guide.clicks(path)], ["", *answers], strict=False)))
        assert guide.by_id[path[-1].target].node.type in ("outcome", "call")
    stops = {name: guide.route([WalkStep(name)])[0] for name in guide.by_id}
    # As one text: what is told as values is turned over value by value on its way, which takes longer than the walk.
    result = page.evaluate(WALK, json.dumps([walks, stops]))
    assert result["problems"] == []
    assert result["walked"] == len(walks)
    expect(page.locator(ROUTE)).to_have_count(len(walks[-1]))
    nothing_is_kept(page, person, guide, history)


ON_SCREEN = """() => {
  const whole = e => { const b = e.getBoundingClientRect();
    return b.height > 0 && b.top >= 0 && b.left >= 0 && b.bottom <= innerHeight && b.right <= innerWidth; };
  const screens = [...document.querySelectorAll('.pk-guide-node')].filter(e => e.getClientRects().length);
  const question = screens[0].querySelector('h2');
  return {
    screens: screens.map(e => e.id),
    question: whole(question),
    exit: [...document.querySelectorAll('.pk-guide-exit')].some(whole),
    focused: document.activeElement === question,
    top: scrollY,
    buttons: [...document.querySelectorAll('.pk-guide button')].filter(e => e.getClientRects().length).length,
  };
}"""


@pytest.mark.parametrize(("site_name", "name", "language"), TAKING_TURNS)
def test_walk_with_a_finger(guide_of, visitor: Visitors, site_name: str, name: str, language: str) -> None:
    """The longest path on a phone: each screen begins at the top, with its question on it."""
    guide = guide_of(site_name, name, language)
    page = visitor(**PHONE, has_touch=True).page()
    page.goto(guide.url)
    path = guide.longest
    for here, number in zip(path, [*guide.clicks(path), None], strict=True):
        seen = page.evaluate(ON_SCREEN)
        assert seen["screens"] == [here.target]
        assert seen["question"] and seen["exit"] and seen["top"] == 0
        assert seen["focused"] or here is path[0]
        if number is not None:
            links(page).nth(number).tap()
    assert stops(page) == guide.route(path)


@pytest.mark.parametrize(("site_name", "name", "language"), TAKING_TURNS)
def test_walk_without_a_script(guide_of, visitor: Visitors, site_name: str, name: str, language: str) -> None:
    guide = guide_of(site_name, name, language)
    page = visitor(day=None, java_script_enabled=False, **PHONE).page()
    page.goto(guide.url)
    for path in (min(guide.paths, key=len), guide.longest):
        for here, number in zip(path, [*guide.clicks(path), None], strict=True):
            seen = page.evaluate(ON_SCREEN)
            assert seen["screens"] == [here.target]
            assert seen["question"] and seen["exit"] and seen["buttons"] == 0
            if number is not None:
                page.locator(f"[id='{here.target}'] .pk-guide-ways a[href^='#']").nth(number).click()
        page.click(".pk-guide-again a >> visible=true")
    page.go_back()
    expect(page.locator(".pk-guide-node >> visible=true")).to_have_id(guide.longest[-1].target)


def walk(page: Page, guide: Guide, length: int) -> tuple[WalkStep, ...]:
    """Walk the longest path until its ``length``-th screen, by clicks of the page itself; what was walked."""
    path = guide.longest[:length]
    page.evaluate(
        """([links, numbers]) => numbers.forEach(number => document.querySelectorAll(links)[number].click())""",
        [f"{NOW} .pk-guide-ways a[href^='#']", guide.clicks(path)],
    )
    return path


def test_back(guide: Guide, visitor: Visitors) -> None:
    page = visitor().page()
    page.goto(guide.url)
    expect(page.locator(".pk-guide-back")).to_be_hidden()
    path = walk(page, guide, 6)
    for length in range(5, 0, -1):
        page.click(".pk-guide-back")
        assert shown(page) == [path[length - 1].target]
        assert stops(page) == guide.route(path[:length])
    expect(page.locator(".pk-guide-back")).to_be_hidden()
    expect(page.locator(".pk-guide-route")).to_be_hidden()


def test_change_of_an_earlier_answer(guide: Guide, visitor: Visitors) -> None:
    page = visitor().page()
    page.goto(guide.url)
    path = walk(page, guide, 9)
    route = guide.route(path)
    answered = [index for index, (_, _, answer) in enumerate(route) if answer]
    changes = page.locator(f"{ROUTE} button >> visible=true")
    expect(changes).to_have_count(len(answered))
    first = answered[0]
    assert changes.first.get_attribute("aria-label") == f"{guide.view.words['guide_change']}: {route[first][1]}"
    changes.first.click()
    assert shown(page) == [path[first].target]
    assert stops(page) == guide.route(path[: first + 1])
    expect(page.locator(f"{NOW} h2")).to_be_focused()
    last = links(page).count() - 1
    assert last not in (0, guide.clicks(path)[first])
    links(page).nth(last).click()
    step = guide.onward[path[first].target][last]
    assert stops(page) == guide.route((*path[: first + 1], step))


def test_start_again(guide: Guide, visitor: Visitors) -> None:
    page = visitor().page()
    page.goto(guide.url)
    expect(page.locator(".pk-guide-again >> visible=true")).to_have_count(0)
    walk(page, guide, 5)
    page.click(".pk-guide-again a >> visible=true")
    assert shown(page) == [guide.start]
    assert len(stops(page)) == 1
    assert page.url == guide.url


def test_keyboard(guide: Guide, visitor: Visitors) -> None:
    """The next question has the focus, its answers are the next stops, and Escape changes nothing."""
    page = visitor(**PHONE).page()
    page.goto(guide.url)
    path = guide.longest[:6]
    for here, number in zip(path, guide.clicks(path), strict=False):
        if here is not path[0]:
            expect(page.locator(f"{NOW} h2")).to_be_focused()
            page.keyboard.press("Escape")
            assert shown(page) == [here.target]
            assert page.evaluate("document.activeElement === document.querySelector('.pk-guide-now h2')")
        target = links(page).nth(number)
        for _ in range(15):
            page.keyboard.press("Tab")
            if target.evaluate("e => e === document.activeElement"):
                break
        else:
            raise AssertionError(f"the answer {number} of {here.target} cannot be reached")
        page.keyboard.press("Enter")
    assert shown(page) == [path[-1].target]
    assert stops(page) == guide.route(path)


def test_print(guide: Guide, visitor: Visitors) -> None:
    page = visitor().page()
    page.add_init_script("window.print = () => { document.title = 'printed'; }")
    page.goto(guide.url)
    path = walk(page, guide, len(guide.longest))
    page.click(".pk-guide-print")
    assert page.title() == "printed"
    page.emulate_media(media="print")
    assert shown(page) == []
    for selector in ("button", ".pk-guide-exit", ".pk-guide-again", ".pk-header", ".pk-sidebar"):
        expect(page.locator(f"{selector} >> visible=true")).to_have_count(0)
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(f"{ROUTE} >> visible=true")).to_have_count(len(path))
    words, record = guide.view.words, guide.view.documents["SOP-01"].record
    for here, item in zip(path, page.locator(ROUTE).all(), strict=True):
        node, said = guide.by_id[here.target], item.inner_text()
        assert guide.view.plain(guide.view.roles[node.actor].name) in said
        if node.limit:
            assert words["by_when"] in said and guide.view.limit_words(node.limit) in said
        assert all(form in said for form in node.forms)
    paper = page.locator("article").inner_text()
    for part in (words["guides"], words["notice_model"], f"{words['revision']} {record.revision}"):
        assert part in paper
    assert f"{words['edition']} {guide.view.library.settings.edition.id}" in paper


def test_print_of_the_first_screen(guide: Guide, visitor: Visitors) -> None:
    page = visitor().page()
    page.goto(guide.url)
    page.emulate_media(media="print")
    expect(page.locator(f"{ROUTE} >> visible=true")).to_have_count(1)


@pytest.mark.parametrize("way", ["file", "http"])
def test_quick_exit(guide_of, visitor: Visitors, way: str) -> None:
    guide = guide_of("sample_site", "SOP-01", "mk", way)
    person = visitor(**PHONE)
    page = person.page()
    page.goto(guide.base + address("mk", "index"))
    page.goto(guide.url)
    walk(page, guide, 5)
    before = len(person.requests)
    page.click(".pk-guide-exit")
    page.wait_for_url("about:blank")
    assert page.locator("body").inner_text() == "" and page.title() == ""
    assert person.requests[before:] == []
    # Back does not lead to the guide: it has left the history.
    page.go_back()
    assert page.url == guide.base + address("mk", "index")


def test_quick_exit_blanks_before_it_leaves(guide: Guide, visitor: Visitors) -> None:
    page = visitor().page()
    page.goto(guide.url)
    seen = page.evaluate(
        """() => { document.querySelector('.pk-guide-exit').click();
        return [getComputedStyle(document.documentElement).display, document.title]; }"""
    )
    assert seen == ["none", ""]


def test_quick_exit_without_a_script(guide: Guide, visitor: Visitors) -> None:
    page = visitor(day=None, java_script_enabled=False).page()
    page.goto(guide.url)
    page.click(".pk-guide-exit")
    page.wait_for_url("about:blank")


def test_an_address_with_a_question_begins_at_the_start(guide: Guide, visitor: Visitors) -> None:
    person = visitor()
    page = person.page()
    page.goto(f"{guide.url}#{guide.nodes[4].id}")
    assert shown(page) == [guide.start]
    nothing_is_kept(page, person, guide, page.evaluate("history.length"))


def test_leaving_and_coming_back_shows_no_question_of_the_address(guide: Guide, visitor: Visitors) -> None:
    page = visitor().page()
    page.goto(guide.url)
    walk(page, guide, 4)
    page.reload()
    assert shown(page) == [guide.start] and len(stops(page)) == 1


# What a phone shows

EACH = """measure => {
  const screens = [...document.querySelectorAll('.pk-guide-node')];
  const found = [];
  for (const screen of screens) {
    screens.forEach(other => other.classList.toggle('pk-guide-now', other === screen));
    found.push([screen.id, new Function('screen', 'return ' + measure)(screen)]);
  }
  return found;
}"""


def each_screen(page: Page, measure: str) -> dict[str, object]:
    """What an expression in ``screen`` gives for each screen, while it is the one that is shown."""
    session = page.context.new_cdp_session(page)
    session.send("Page.setBypassCSP", {"enabled": True})
    page.reload()
    return dict(page.evaluate(EACH, measure))


EVERY_GUIDE = [(*case, language) for case in GUIDES for language in LANGUAGES]


WIDEST = """[document.scrollingElement.scrollWidth, ...[...document.querySelectorAll('article *')]
    .map(e => Math.ceil(e.getBoundingClientRect().right - 0.5))].reduce((a, b) => Math.max(a, b))"""
ANSWERS = """{
    end: [...screen.querySelectorAll('h2, .pk-guide-ways a')].pop().getBoundingClientRect().bottom,
    boxes: [...screen.querySelectorAll('.pk-guide-ways a')].map(e => e.getBoundingClientRect())
      .map(b => [b.width, b.height]),
}"""


@pytest.mark.parametrize(("site_name", "name", "language"), EVERY_GUIDE)
def test_every_screen_fits_on_a_phone(guide_of, visitor: Visitors, site_name: str, name: str, language: str) -> None:
    """Nothing is wider than the narrowest phone; question and answers are on the screen, large enough for a finger."""
    guide, narrow = guide_of(site_name, name, language), 320
    page = visitor(**PHONE).page()
    page.goto(guide.url)
    found = each_screen(page, ANSWERS)
    assert set(found) == set(guide.by_id)
    questions = {node.id for node in guide.nodes if node.node.type == "decision"}
    ends = {name: screen["end"] for name, screen in found.items() if name in questions}
    assert {name: end for name, end in ends.items() if end > PHONE["height"]} == {}

    page.reload()
    walk(page, guide, len(guide.longest))
    full = page.locator(".pk-guide").bounding_box()
    assert full
    assert {width for screen in found.values() for width, _ in screen["boxes"]} == {full["width"]}
    assert min(height for screen in found.values() for _, height in screen["boxes"]) >= 44
    for target in page.locator(".pk-guide button >> visible=true").all() + page.locator(".pk-guide-exit").all():
        box = target.bounding_box()
        assert box and box["height"] >= 44 and box["width"] >= 44

    page.set_viewport_size({"width": narrow, "height": PHONE["height"]})
    widths = page.evaluate(EACH, WIDEST)
    assert {name: width for name, width in widths if width > narrow} == {}


SMALL = """[...document.querySelectorAll('article *')].filter(e => e.getClientRects().length
  && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())
  && parseFloat(getComputedStyle(e).fontSize) < 16).map(e => `${e.className}: ${e.textContent}`).join('\\n')"""


def test_nothing_is_written_small(guide: Guide, visitor: Visitors) -> None:
    page = visitor(**PHONE).page()
    page.goto(guide.url)
    assert set(each_screen(page, SMALL).values()) == {""}
    page.reload()
    walk(page, guide, 6)
    assert page.evaluate(SMALL) == ""


def test_right_to_left(guide: Guide, visitor: Visitors) -> None:
    """The engine has no such language yet; the styles are ready for it."""
    page = visitor(**PHONE).page()
    page.goto(guide.url)
    walk(page, guide, 6)
    page.evaluate("document.documentElement.dir = document.body.dir = 'rtl'")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 360
    back, exit_ = page.locator(".pk-guide-back").bounding_box(), page.locator(".pk-guide-exit").bounding_box()
    assert back and exit_ and exit_["x"] < 60 and exit_["x"] + exit_["width"] <= back["x"]


def test_forced_colours(guide: Guide, visitor: Visitors) -> None:
    page = visitor(**PHONE, forced_colors="active").page()
    page.goto(guide.url)
    walk(page, guide, 2)
    for selector in (".pk-guide-now .pk-guide-ways a", ".pk-guide-exit", ".pk-guide-back"):
        style = page.locator(selector).first.evaluate(
            "e => { const s = getComputedStyle(e); return [s.borderTopStyle, parseFloat(s.borderTopWidth), s.borderTopColor !== getComputedStyle(document.body).backgroundColor]; }"
        )
        assert style[0] == "solid" and style[1] >= 2 and style[2], selector


def test_nothing_distracts(guide: Guide, visitor: Visitors) -> None:
    page = visitor().page()
    page.goto(guide.url)
    expect(page.locator(".pk-header")).to_be_visible()
    for selector in (".pk-sidebar", ".pk-contents"):
        expect(page.locator(f"{selector} >> visible=true")).to_have_count(0)


@pytest.mark.parametrize(("site_name", "name", "language"), TAKING_TURNS)
def test_axe_finds_nothing(guide_of, visitor: Visitors, site_name: str, name: str, language: str) -> None:
    """On a screen of each type that the longest path passes."""
    guide = guide_of(site_name, name, language)
    page = visitor(**({} if language == "en" else PHONE), day="2030-01-01T12:00:00Z").page()
    page.goto(guide.url)
    path, seen = guide.longest, set()
    for here, number in zip(path, [*guide.clicks(path), None], strict=True):
        kind = guide.by_id[here.target].node.type
        if kind not in seen or number is None:
            seen.add(kind)
            check_axe(page)
        if number is not None:
            links(page).nth(number).click()


def test_words_of_the_guide_differ_between_languages() -> None:
    """No word was left in another language."""
    keys = [key for key in wording("en").file.words if key.startswith(("guide_", "pathway_"))]
    assert len(keys) > 20
    for key in keys:
        assert len({wording(language)[key] for language in LANGUAGES}) == len(LANGUAGES), key
