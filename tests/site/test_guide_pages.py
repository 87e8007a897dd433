"""The guide's pages: each node once, every answer leads to a screen, and nothing that could keep or send an answer."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

import pytest
from lxml import html
from sitekit import LANGUAGES, Site, address, hrefs, rows, words

from patokaz.pages.view import View
from patokaz.pages.wording import capital
from patokaz.pathways.resolve import Resolved
from patokaz.pathways.walks import walk_successors


def guides(site: Site) -> Iterator[tuple[View, str, tuple[Resolved, ...], html.HtmlElement]]:
    """(view, document, its nodes, the guide's page) in each language."""
    for language in LANGUAGES:
        view = site.view(language)
        for name, nodes in view.pathways.items():
            yield view, name, nodes, site.of(language, view.guide_path(name))


def screens(page: html.HtmlElement) -> list[html.HtmlElement]:
    return page.find_class("pk-guide-node")


def ways(screen: html.HtmlElement) -> list[html.HtmlElement]:
    return screen.xpath(".//ul[contains(@class, 'pk-guide-ways')]//a")


def facts(screen: html.HtmlElement) -> dict[str, html.HtmlElement]:
    found: dict[str, html.HtmlElement] = {}
    for block in screen.find_class("pk-guide-facts"):
        for label, value in rows(block).items():
            assert label not in found, f"{screen.get('id')}: {label} stands twice"
            found[label] = value
    return found


def test_there_are_guides_of_every_visible_pathway(site: Site) -> None:
    for language in LANGUAGES:
        found = {name for name in site.pages if name.startswith(address(language, "guide/x").removesuffix("x.html"))}
        view = site.view(language)
        assert found == {address(language, view.guide_path(name)) for name in view.pathways}


def test_the_samples_have_guides(sample_site: Site, sample_public_site: Site) -> None:
    """So that the other tests look at something."""
    assert set(sample_site.view("en").pathways) == {"SOP-01", "ask-for-help"}
    assert set(sample_public_site.view("en").pathways) == {"ask-for-help"}


def test_each_node_is_one_screen(site: Site) -> None:
    for _, name, nodes, page in guides(site):
        assert [screen.get("id") for screen in screens(page)] == [node.id for node in nodes], name
        for node, screen in zip(nodes, screens(page), strict=True):
            assert f"pk-guide-{node.node.type}" in str(screen.get("class")).split()
            numbers = [words(number) for number in screen.find_class("pk-guide-number")]
            assert numbers == ([node.number] if node.number else [])
            (heading,) = screen.iter("h2")
            assert heading.get("id") == screen.get("aria-labelledby") and heading.get("tabindex") == "-1"


def test_each_screen_says_its_label_in_the_best_language(site: Site) -> None:
    for view, _, nodes, page in guides(site):
        for node, screen in zip(nodes, screens(page), strict=True):
            (heading,) = screen.iter("h2")
            assert words(heading) == view.plain(node.words)
            shown = heading.xpath(".//@lang") or [view.language]
            assert words(heading) == node.words[shown[0]]


def test_answers_lead_where_the_pathway_says(site: Site) -> None:
    for view, name, nodes, page in guides(site):
        onward = walk_successors(nodes)
        known = {node.id for node in nodes}
        numbers = {node.id: node.number for node in nodes}
        for node, screen in zip(nodes, screens(page), strict=True):
            here = [link for link in ways(screen) if str(link.get("href")).startswith("#")]
            steps = onward[node.id]
            assert [str(link.get("href"))[1:] for link in here] == [step.target for step in steps], (name, node.id)
            assert {step.target for step in steps} <= known
            for step, link in zip(steps, here, strict=True):
                word = words(link.find("span"))
                if step.answer:
                    assert word == capital(view.answer_word(step.answer))
                else:
                    assert word == view.words["guide_afterwards" if node.node.type == "call" else "guide_continue"]
                (back,) = link.findall("small") or [None]
                assert (back is not None) == step.loop
                assert back is None or numbers[step.target] in words(back)


def test_a_call_leads_to_the_other_guide(site: Site) -> None:
    for view, name, nodes, page in guides(site):
        for node, screen in zip(nodes, screens(page), strict=True):
            others = [str(link.get("href")) for link in ways(screen) if not str(link.get("href")).startswith("#")]
            visible = node.node.type == "call" and node.node.pathway in view.pathways
            assert others == ([view.href(view.guide_path(name), view.guide_path(node.node.pathway))] if visible else [])


def test_only_ends_lead_nowhere(site: Site) -> None:
    for _, _, nodes, page in guides(site):
        for node, screen in zip(nodes, screens(page), strict=True):
            assert bool(ways(screen)) == (node.node.type != "outcome")
        start = next(node.id for node in nodes if node.node.type == "start")
        offers = page.find_class("pk-guide-again")
        # Each outcome offers the start again, and the foot of the page does.
        assert len(offers) == 1 + sum(node.node.type == "outcome" for node in nodes)
        assert all(hrefs(again) == [f"#{start}"] for again in offers)


def test_a_split_lists_its_branches(site: Site) -> None:
    for view, _, nodes, page in guides(site):
        labels = {node.id: view.plain(node.words) for node in nodes}
        for node, screen in zip(nodes, screens(page), strict=True):
            listed = [words(item) for item in screen.xpath(".//ul[contains(@class, 'pk-guide-branches')]/li")]
            assert listed == ([labels[target] for target in node.node.next] if node.node.type == "split" else [])


def test_facts_are_those_of_the_node(site: Site) -> None:
    for view, name, nodes, page in guides(site):
        w, here = view.words, view.guide_path(name)
        for node, screen in zip(nodes, screens(page), strict=True):
            found = facts(screen)
            assert hrefs(found[w["who"]]) == [view.href(here, f"roles/{node.actor}")]
            assert (w["by_when"] in found) == (node.limit is not None)
            if node.limit:
                assert view.limit_words(node.limit) in words(found[w["by_when"]])
            assert (w["starts"] in found) == (node.limit in view.limits)
            for label, names, scheme in (
                ("with_form", node.forms, "doc"),
                ("whom_to_call", node.contacts, "contact"),
                ("informed", node.informed, "role"),
                ("consulted", node.consulted, "role"),
                ("basis", node.basis, "law"),
            ):
                expected = [view.href(here, str(view.target(scheme, target))) for target in names]
                assert hrefs(found[w[label]]) == expected if names else w[label] not in found, (node.id, label)
            for contact in node.contacts:
                assert view.phone(contact) in words(found[w["whom_to_call"]])
            if node.named:
                step = f"{view.path_of(node.named.document.id)}#{node.named.step.id}"
                assert hrefs(found[w["step"]]) == [view.href(here, step)]
            else:
                assert w["step"] not in found


def test_question_and_answers_come_before_what_is_less_urgent(site: Site) -> None:
    for view, _, _, page in guides(site):
        for screen in screens(page):
            order = list(screen.iter("h2", "dt", "a"))
            position = {words(dt): order.index(dt) for dt in screen.iter("dt")}
            first_way = next((order.index(link) for link in ways(screen)), None)
            if first_way is not None:
                assert position[view.words["who"]] < first_way
                for label in ("basis", "step", "informed"):
                    assert position.get(view.words[label], first_way + 1) > first_way


def test_says_what_it_is_not(site: Site) -> None:
    for view, name, _, page in guides(site):
        said = words(page.find_class("pk-guide-notes")[0])
        assert view.words["guides"] in said and view.words["guide_private"] in said
        record = view.documents[name].record
        assert f"{view.words['revision']} {record.revision}" in said
        assert view.library.settings.edition.id in said


def test_notices_of_the_document_are_told(sample_site: Site) -> None:
    """SOP-01 of the sample is a draft; its Albanian text is behind, its Macedonian one unreviewed."""
    expected = {
        "en": {"notice_model"},
        "mk": {"notice_model", "notice_unreviewed"},
        "sq": {"notice_model", "notice_unreviewed", "notice_behind"},
    }
    every = {"notice_model", "notice_unreviewed", "notice_behind", "notice_unstamped", "notice_superseded"}
    for language, keys in expected.items():
        view = sample_site.view(language)
        page = sample_site.of(language, "guide/sop-01")
        said = words(page.xpath("//article")[0])
        assert {key for key in every if view.words[key] in said} == keys
        above = words(page.find_class("pk-head")[0])
        assert (view.words["notice_behind"] in above) == (language == "sq")
        marks = words(page.find_class("pk-guide-marks")[0])
        assert view.words["guide_model"] in marks
        assert (view.words["guide_unreviewed"] in marks) == (language != "en")


def test_nothing_can_be_typed_kept_or_sent(site: Site) -> None:
    for view, name, _, page in guides(site):
        (article,) = page.xpath("//article")
        assert not list(article.iter("form", "input", "textarea", "select", "script", "style", "iframe", "img"))
        assert {button.get("type") for button in article.iter("button")} == {"button"}
        for link in article.iter("a"):
            href = str(link.get("href"))
            assert "?" not in href, (name, href)
            assert ":" not in href or link.get("class") == "pk-guide-exit", (name, href)
        (exit_,) = article.find_class("pk-guide-exit")
        assert (exit_.get("href"), exit_.get("rel")) == ("about:blank", "noreferrer")
        assert words(exit_) == view.words["guide_exit"]


def test_answers_are_no_contents_of_the_page(site: Site) -> None:
    """A list of all questions beside the question would distract."""
    for _, name, _, page in guides(site):
        assert not page.find_class("pk-contents"), name


def test_link_targets_exist(site: Site) -> None:
    for view, name, _, page in guides(site):
        here = address(view.language, view.guide_path(name))
        for href in page.xpath("//article//a/@href"):
            path, _, anchor = str(href).partition("#")
            if path == "about:blank":
                continue
            target = posixpath.normpath(posixpath.join(posixpath.dirname(here), path)) if path else here
            assert target in site.pages, (here, href)
            assert not anchor or site.page(target).xpath("//*[@id=$name]", name=anchor), (here, href)


@pytest.mark.parametrize("name", ["guide.css", "guide.js"])
def test_assets_are_only_loaded_by_guides(sample_site: Site, name: str) -> None:
    users = {page for page in sample_site.pages if f"assets/patokaz/{name}" in sample_site.text(page)}
    assert users == {page for page in sample_site.pages if "guide/" in page}


def test_the_script_keeps_nothing(sample_site: Site) -> None:
    text = sample_site.text("assets/patokaz/guide.js")
    for word in ("localStorage", "sessionStorage", "indexedDB", "cookie", "innerHTML", "eval(", "pushState", "fetch("):
        assert word not in text.partition('"use strict"')[2], word
