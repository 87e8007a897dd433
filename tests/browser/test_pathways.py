"""Drawings in a real Chromium: no word clipped, links and keyboard, dark and forced colours, phones, axe."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sitekit import LANGUAGES, Site, address
from test_browser import PHONE, check_axe
from visitors import Visitors

from patokaz.pages.drawings import figures
from patokaz.pathways.chart import Captions
from patokaz.pathways.drawings import draw, draw_for_phone
from patokaz.pathways.svg import Address, to_svg
from right_to_left import parts
from sample import Sources

pytestmark = pytest.mark.browser

DESK = {"width": 1300, "height": 900}
ASSETS = Path(__file__).parents[2] / "src/patokaz/resources/theme/assets"

CLIPPED = """
() => {
  const clipped = [], shown = [];
  for (const svg of document.querySelectorAll("svg.pw")) {
    if (!svg.getClientRects().length) continue;
    const outer = svg.getBoundingClientRect();
    for (const group of svg.querySelectorAll(".pw-shape")) {
      const home = group.getBoundingClientRect();
      for (const text of group.parentNode.querySelectorAll("text")) {
        const box = text.getBoundingClientRect();
        const disc = text.previousElementSibling;
        const inside = disc && disc.tagName === "circle" ? disc.getBoundingClientRect() : home;
        shown.push(text.textContent);
        if (box.left < inside.left - 1 || box.right > inside.right + 1 || box.top < inside.top - 3 || box.bottom > inside.bottom + 3)
          clipped.push([text.textContent, box.left - inside.left, inside.right - box.right]);
      }
    }
    for (const text of svg.querySelectorAll("text")) {
      const box = text.getBoundingClientRect();
      shown.push(text.textContent);
      if (box.left < outer.left - 1 || box.right > outer.right + 1 || box.top < outer.top - 3 || box.bottom > outer.bottom + 3)
        clipped.push([text.textContent, "outside"]);
    }
    for (const plate of svg.querySelectorAll(".pw-plate")) {
      const home = plate.getBoundingClientRect(), box = plate.nextElementSibling.getBoundingClientRect();
      if (box.left < home.left - 1 || box.right > home.right + 1) clipped.push([plate.nextElementSibling.textContent, "plate"]);
    }
  }
  return [clipped, shown.length];
}
"""


def clipped(page: Page) -> tuple[list[Any], int]:
    page.evaluate("document.fonts.ready.then(() => true)")
    found: tuple[list[Any], int] = page.evaluate(CLIPPED)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [360, 1300])
def test_no_word_is_clipped_on_the_screen(real_site: Site, visitor: Visitors, language: str, width: int) -> None:
    page = visitor(width=width).page()
    root = f"{real_site.folder.as_uri()}/"
    view = real_site.view(language)
    for name in view.pathways:
        page.goto(root + address(language, view.pathway_path(name)))
        faults, shown = clipped(page)
        assert faults == [], name
        assert shown > 30
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_no_word_is_clipped_from_right_to_left(visitor: Visitors, language: str, tmp_path: Path) -> None:
    drawings = []
    for number, (part, captions) in enumerate(parts(language)):
        phone = Captions(captions.spots, {}, captions.answers, rtl=True)
        for size, drawing in (("w", draw(part.chart, captions)), ("p", draw_for_phone(part.chart, phone))):
            addresses = {box.id: Address("#", box.id) for box in drawing.boxes}
            drawings.append(
                to_svg(drawing, prefix=f"{size}{number}", title="A", description="B", addresses=addresses, lanes={})
            )
    styles = ("fonts/fonts.css", "fonts/fonts-arabic.css", "patokaz/patokaz.css", "patokaz/pathway.css")
    head = "".join(f'<link rel="stylesheet" href="{(ASSETS / name).as_uri()}">' for name in styles)
    document = f'<!doctype html><html lang="{language}" dir="rtl"><meta charset="utf-8">{head}<body>{"".join(drawings)}'
    (tmp_path / "drawing.html").write_text(document, encoding="utf-8")
    page = visitor(width=1300).page()
    page.goto((tmp_path / "drawing.html").as_uri())
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('12px Vazirmatn'))")
    faults, shown = clipped(page)
    assert faults == []
    assert shown > 60


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_box_leads_to_its_step_and_every_head_to_its_role(
    real_site: Site, visitor: Visitors, language: str
) -> None:
    page = visitor().page()
    root = f"{real_site.folder.as_uri()}/"
    view = real_site.view(language)
    for name, nodes in view.pathways.items():
        here = view.pathway_path(name)
        page.goto(root + address(language, here))
        by_label = {f"{node.number}.": node for node in nodes if node.number}
        links = page.locator(".pw-wide a[id]").evaluate_all(
            "list => list.map(a => [a.getAttribute('href'), a.getAttribute('aria-label'), a.getAttribute('class')])"
        )
        seen = []
        for href, label, kind in links:
            if kind == "pw-link":
                continue
            node = by_label[label.split()[0]]
            seen.append(node.id)
            assert view.plain(node.words) in label
            step = view.step_of(node)
            if step is not None:
                assert href == view.href(here, f"{view.path_of(step.document.id)}#{step.anchor}")
            elif node.node.pathway:
                assert href == view.href(here, view.pathway_path(node.node.pathway))
            else:
                assert href == f"#n-{node.id}"
                assert page.locator(f"[id='n-{node.id}']").count() == 1
        # Keyboard order is the order of the pathway, phase by phase.
        shown = [spot.id for f in figures(view.documents[name], view, here) for spot in f.part.chart.spots]
        own = {node.id for node in nodes if node.number}
        assert seen == [spot for spot in shown if spot in own]
        heads = page.locator(".pw-wide a.pw-head").evaluate_all("list => list.map(a => a.getAttribute('href'))")
        assert set(heads) == {f"../roles/{node.actor}.html" for node in nodes}


def test_a_box_is_reached_and_opened_by_the_keyboard(real_site: Site, visitor: Visitors) -> None:
    page = visitor().page()
    view = real_site.view("en")
    page.goto(f"{real_site.folder.as_uri()}/{address('en', view.pathway_path('border-first-contact'))}")
    first = page.locator(".pw-wide a.pw-task").first
    target = first.get_attribute("href") or ""
    first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{target.removeprefix('..')}")


def test_one_drawing_is_shown_at_a_time(real_site: Site, visitor: Visitors) -> None:
    for width, shown, hidden in ((360, ".pw-phone", ".pw-wide"), (1300, ".pw-wide", ".pw-phone")):
        page = visitor(width=width).page()
        page.goto(f"{real_site.folder.as_uri()}/{address('sq', 'pathways/sop-04')}")
        expect(page.locator(shown).first).to_be_visible()
        expect(page.locator(hidden).first).to_be_hidden()


@pytest.mark.parametrize(
    ("language", "scheme", "size"),
    [("mk", "light", PHONE), ("sq", "light", DESK), ("en", "dark", PHONE), ("mk", "dark", DESK)],
    ids=["mk-light-phone", "sq-light-desk", "en-dark-phone", "mk-dark-desk"],
)
def test_axe_finds_nothing_on_pathways(
    real_site: Site, visitor: Visitors, language: str, scheme: str, size: dict[str, int]
) -> None:
    page = visitor(**size, color_scheme=scheme).page()
    for path in ("pathways/index", "pathways/border-first-contact", "sops/sop-05", "matrix/referral"):
        page.goto(f"{real_site.folder.as_uri()}/{address(language, path)}")
        check_axe(page)


def test_axe_finds_nothing_in_the_dark(real_site: Site, visitor: Visitors) -> None:
    page = visitor(color_scheme="dark").page()
    for path in ("index", "sops/sop-01", "roles/border-police", "law/cets-197", "forms/form-01", "glossary/terms",
                 "glossary/institutions", "glossary/limits", "handbooks", "guide/border-first-contact"):  # fmt: skip
        page.goto(f"{real_site.folder.as_uri()}/{address('en', path)}")
        check_axe(page)


def test_dark_and_forced_colours_reach_the_drawing(real_site: Site, visitor: Visitors) -> None:
    def colours(**options: Any) -> tuple[str, str]:
        page = visitor(**options).page()
        page.goto(f"{real_site.folder.as_uri()}/{address('en', 'pathways/sop-04')}")
        script = "s => [getComputedStyle(document.querySelector('.pw-wide .pw-task .pw-shape')).fill, getComputedStyle(document.querySelector('.pw-wide .pw-task text')).fill]"
        fill, ink = page.evaluate(script)
        return fill, ink

    light, dark = colours(color_scheme="light"), colours(color_scheme="dark")
    assert light[0] != dark[0]
    assert light[1] != dark[1]
    # Chromium's forced colours stand for a reader's own; the shapes take them instead of ours.
    forced = colours(forced_colors="active")
    assert forced[0] not in (light[0], dark[0])


def test_motion_is_not_used(sample_site: Site) -> None:
    css = (sample_site.folder / "assets/patokaz/pathway.css").read_text(encoding="utf-8")
    assert "animation" not in css
    assert "transition" not in css


def test_a_pathway_that_is_not_sound_is_never_drawn(tmp_path: Path) -> None:
    """The build stops before anything is written; see tests/cases/rules for the findings."""
    from sitekit import make

    from patokaz.findings import FindingsError
    from sample import overlay

    change = {"sops/pathways/ask-for-help/pathway.yml": {"replace": ["next: helped", "next: nowhere"]}}
    root: Path = Sources(overlay(change).files).write(tmp_path / "library")
    with pytest.raises(FindingsError) as error:
        make(root, tmp_path / "site", "professional")
    assert {item.code for item in error.value.findings} >= {"KB801"}
    assert not (tmp_path / "site").exists()
