"""The outline and the time limits of a pathway as HTML, without building a site."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

import pytest
from lxml import html
from sitekit import LANGUAGES, hrefs, rows, words

from patokaz.checking import checked
from patokaz.handbooks.places import Places
from patokaz.handbooks.rewrite import Binding, rewrite
from patokaz.handbooks.rewrite import outline as ids_of
from patokaz.load import MemoryTree
from patokaz.model.base import Audience
from patokaz.pages.outline import outline
from patokaz.pages.timeline import timeline
from patokaz.pages.view import View
from patokaz.pages.wording import wording
from sample import SOP, TODAY, overlay

HERE = "pathways/sop-01"


def view_of(language: str, audience: Audience = "professional", case: Mapping[str, object] | None = None) -> View:
    """The sample library with the changes of a case."""
    library, findings = checked(MemoryTree(overlay(case).files), TODAY)
    assert library is not None, findings
    return View(library, audience, language)


def told(view: View, document: str = "SOP-01", here: str = HERE) -> html.HtmlElement:
    """The outline and the time limits as a tree."""
    shown = view.library.documents[document]
    return html.fragment_fromstring(outline(view, here, shown) + timeline(view, here, shown), create_parent="div")


def item(page: html.HtmlElement, node: str) -> html.HtmlElement:
    return page.get_element_by_id(f"n-{node}")


def ways(page: html.HtmlElement, node: str) -> list[str]:
    return [words(li) for li in item(page, node).findall("ul/li")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_node_stands_once_with_its_number_and_label(language: str) -> None:
    view = view_of(language)
    page = told(view)
    nodes = view.pathways["SOP-01"]
    items = page.xpath(".//ol[contains(@class, 'pk-outline')]/li")
    assert [li.get("id") for li in items] == [f"n-{node.id}" for node in nodes]
    for li, node in zip(items, nodes, strict=True):
        assert li.findtext("p/strong") == view.plain(node.words)
        assert li.findtext("p/b") == (f"{node.number}." if node.number else None)
    assert [h.get("id") for h in page.iter("h2")] == ["outline", "timeline"]
    assert [(h.get("id"), words(h)) for h in page.iter("h3")] == [
        (f"phase-{phase.id}", phase.title[language]) for phase in view.documents["SOP-01"].pathway.phases
    ]


def test_answers_lead_to_their_nodes() -> None:
    page = told(view_of("en"))
    assert ways(page, "danger") == [
        "Yes: go on with 3. Come at once",
        "Not sure: go on with 4. Find a safe place",
        "No: go on with 4. Find a safe place",
    ]
    assert hrefs(item(page, "danger").find("ul")) == ["#n-call-team", "#n-safe-place", "#n-safe-place"]
    assert ways(page, "agrees") == [
        "Yes: go on with 12. Fill in the form",
        "Not sure: go back to 7. Prepare both",
        "No: go on with 14. The person may come back at any time",
    ]


def test_parallel_tasks_end_together_even_where_the_join_comes_next() -> None:
    page = told(view_of("en"))
    assert words(item(page, "prepare").findall("p")[1]) == wording("en")["guide_all"]
    assert ways(page, "prepare") == ["8. Find a bed", "9. Find an interpreter"]
    for node in ("find-bed", "find-interpreter"):
        assert ways(page, node) == ["When all of these tasks are done: 10. Both are ready"]


def test_what_simply_comes_next_is_not_said() -> None:
    page = told(view_of("en"))
    for node in ("arrives", "call-team", "safe-place", "ask-child", "prepared", "form", "over", "may-return"):
        assert ways(page, node) == []
    # A task that does not go on with the next number says so.
    change = ["pin: {column: side}\n    next: prepare", "pin: {column: side}\n    next: may-return"]
    moved = told(view_of("en", case={f"{SOP}/pathway.yml": {"replace": change}}))
    assert ways(moved, "ask-child") == ["Then 14. The person may come back at any time"]


def test_a_call_leads_to_the_other_pathway() -> None:
    page = told(view_of("en"))
    assert ways(page, "hand-over") == ["Go on in the other pathway: When somebody asks for help"]
    assert hrefs(item(page, "hand-over").find("ul")) == ["ask-for-help.html"]


def test_facts_of_a_node_come_from_its_step() -> None:
    page = told(view_of("en"))
    facts = rows(item(page, "form").find("dl"))
    assert {label: words(value) for label, value in facts.items()} == {
        "Who acts": "Social worker",
        "By when": "at least 30 days",
        "Form": "FORM-01 Request for help",
        "Legal basis": "EA 1/2020, Article 2S2",
        "Step": "SOP-01 2.1 Fill in the form",
    }
    assert hrefs(facts["Who acts"]) == ["../roles/social-worker.html"]
    assert hrefs(facts["Step"]) == ["../sops/sop-01.html#fill-form"]
    assert words(rows(item(page, "call-team").find("dl"))["Call"]) == "Help line 555 0100"
    assert words(rows(item(page, "ask-child").find("dl"))["Only for"]) == "children"


def test_labels_in_another_language_say_so() -> None:
    # The label is the heading of a step of SOP-02, which has no Albanian text.
    page = told(view_of("sq"), "ask-for-help", "pathways/ask-for-help")
    (span,) = item(page, "answer").xpath("p/strong/span")
    assert (span.get("lang"), span.text) == ("mk", "Јавете се")


def test_nothing_of_a_pathway_that_the_edition_does_not_show() -> None:
    view = view_of("en", "public")
    assert "SOP-01" not in view.pathways
    shown = view.library.documents["SOP-01"]
    assert outline(view, HERE, shown) == ""
    assert timeline(view, HERE, shown) == ""


def test_in_a_book_links_stay_inside() -> None:
    view = view_of("mk")
    text = str(outline(view, HERE, view.documents["SOP-01"]))
    binding = Binding(frozenset({HERE}), frozenset(), "p.")
    book = html.fragment_fromstring(rewrite(text, HERE, ids_of(text, HERE).ids, binding, Places()), create_parent="div")
    ids = {element.get("id") for element in book.iter() if element.get("id")}
    links = [str(a.get("href")) for a in book.iter("a") if a.get("href")]
    assert len(links) > 10
    assert {link.removeprefix("#") for link in links} <= ids


# Time limits


def deadlines(page: html.HtmlElement) -> list[tuple[str, dict[str, str]]]:
    found = []
    for li in page.xpath(".//ol[contains(@class, 'pk-timeline')]/li"):
        dl = li.find("dl")
        found.append((words(li.find("p")), {k: words(v) for k, v in rows(dl).items()} if dl is not None else {}))
    return found


def test_limits_in_the_order_of_the_nodes() -> None:
    page = told(view_of("en"))
    assert deadlines(page) == [
        ("at once: 3. Come at once", {}),
        ("at once: 4. Find a safe place", {"Legal basis": "EA 1/2020, Article 1S1"}),
        ("at most 24 hours: 6. Ask the child", {"Runs from": "1. A person arrives", "Sources": "S1"}),
        (
            "at least 30 days: 12. Fill in the form",
            {"Runs from": "11. Does the person agree?", "Legal basis": "EA 1/2020, Article 2S2"},
        ),
    ]
    at_once = page.xpath(".//ol[contains(@class, 'pk-timeline')]/li[@class='pk-at-once']")
    assert len(at_once) == 2
    for link in page.xpath(".//ol[contains(@class, 'pk-timeline')]//a[starts-with(@href, '#')]"):
        assert page.get_element_by_id(link.get("href")[1:]) is not None


@pytest.mark.parametrize(("language", "longest"), [("en", "1 day"), ("mk", "1 ден"), ("sq", "1 ditë")])
def test_the_longest_path_says_what_it_leaves_out(language: str, longest: str) -> None:
    last = words(told(view_of(language)).findall("p")[-1])
    assert last == (
        f"{wording(language)['timeline_longest']}: {longest} "
        f"(1 – 2 – 4 – 5 – 6 – 7 – 8 – 10 – 11 – 12 – 13). {wording(language)['timeline_counted']}"
    )


def test_unverified_limits_are_marked_in_both_lists() -> None:
    lines = "source: S1\n  checked: 2026-11-01\n  review_every: P12M\n  unverified: "
    page = told(view_of("en", case={"glossary/limits.yml": {"replace": [f"{lines}false", f"{lines}true"]}}))
    marked = [words(m.getparent()) for m in page.find_class("pk-mark")]
    assert marked == ["at most 24 hours unverified", "at most 24 hours unverified"]


def test_a_limit_without_a_clock_runs_from_its_own_event() -> None:
    view = view_of("en")
    nodes = view.pathways["SOP-01"]
    assert [node.id for node in nodes if node.node.clock] == ["ask-child", "form"]
    bare = view.library.documents["SOP-01"].pathway.model_copy(
        update={"nodes": tuple(n.node.model_copy(update={"clock": None}) for n in nodes)}
    )
    document = dataclasses.replace(view.documents["SOP-01"], pathway=bare)
    library = dataclasses.replace(view.library, documents={**view.library.documents, "SOP-01": document})
    found = dict(deadlines(told(View(library, "professional", "en"))))
    assert found["at most 24 hours: 6. Ask the child"]["Runs from"] == "the person arrives"


def test_no_limits_no_list() -> None:
    view = view_of("en")
    assert timeline(view, "pathways/ask-for-help", view.documents["ask-for-help"]) == ""
