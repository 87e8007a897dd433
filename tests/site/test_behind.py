"""What a page says of the passages in which it is behind, and what translators and the coverage page show."""

from __future__ import annotations

import datetime
import random
import re
from dataclasses import replace
from typing import Any

import pytest
from lxml import html

from patokaz.handbooks import Binder, compose
from patokaz.load import DiskTree, MemoryTree, load
from patokaz.model.library import Document, Library
from patokaz.model.texts import FrontMatter
from patokaz.pages import Compiled, Page, compile_library
from patokaz.pages.documents import document_pages
from patokaz.pages.findable import findable
from patokaz.pages.view import View
from patokaz.pages.wording import wording
from patokaz.parse.texts import parse_text
from patokaz.translations import passages
from sample import FORM, LAW, SOP, TESTS, overlay

CHANGES: dict[str, Any] = {
    f"{SOP}/en.md": {
        "replace": [
            ["summary: What to do in", "summary: What must be done in"],
            ["a quiet room and", "a warm room and"],
            ["Ask the child {#ask", "Ask every child {#ask"],
            ["Fill in [](doc:FORM-01)", "Read it aloud first.\n\nFill in [](doc:FORM-01)"],
            ["![A door with a sign: quiet room](door.png)\n\n", ""],
        ]
    },
    f"{SOP}/pathway.yml": {"replace": ["en: Find a bed", "en: Find two beds"]},
    f"{LAW}/mk.md": {"replace": ["reviewed_by: null", "reviewed_by: Ана, date: 2026-11-20"]},
}


def library_with(changes: dict[str, Any]) -> Library:
    found = load(MemoryTree(overlay(changes).files)).library
    assert found is not None
    return found


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    return compile_library(library_with(CHANGES), "professional")


def tree(*parts: str) -> html.HtmlElement:
    return html.fromstring(f"<div>{''.join(parts)}</div>")


def told(page: Page) -> list[str]:
    """The anchors that the notice on top of the page leads to."""
    return [
        a.get("href")[1:]
        for a in tree(page.head).xpath("//*[contains(@class, 'pk-notice-behind')]//a[starts-with(@href, '#')]")
    ]


def test_each_passage_is_marked_where_it_stands(compiled: Compiled) -> None:
    page = compiled.pages["mk", "sops/sop-01"]
    assert told(page) == [f"behind-{number}" for number in range(1, 6)]
    assert wording("mk")["behind_places"].format(count=5) in page.head
    found = tree(page.head, page.body)
    marks = {mark.get("id"): mark for mark in found.find_class("pk-behind")}
    w = wording("mk")
    assert {name: mark.text_content() for name, mark in marks.items()} == {
        "behind-1": f"1 · {w['behind_changed']}",
        "behind-2": f"2 · {w['behind_changed']}",
        "behind-3": f"3 · {w['behind_gone']}",
        "behind-4": f"4 · {w['behind_changed']}",
        "behind-5": f"5 · {w['behind_new']}",
    }
    assert "pk-summary" in marks["behind-1"].getparent().get("class")
    assert "Одведете го лицето" in marks["behind-2"].getparent().text_content()
    assert marks["behind-3"].getparent().find("img") is not None
    assert marks["behind-4"].getparent().getprevious().get("id") == "ask-child"
    # What is missing is missed after what stands before it.
    assert marks["behind-5"].getparent().getprevious().get("id") == "fill-form"


def test_original_and_current_pages_have_no_marks(compiled: Compiled) -> None:
    for page in compiled.pages.values():
        behind = page.language != "en" and page.path in ("sops/sop-01", "pathways/sop-01")
        assert (told(page) != []) == behind, (page.language, page.path)
        assert ("pk-behind" in page.head + page.body) == behind, (page.language, page.path)


def test_labels_of_a_pathway_are_marked(compiled: Compiled) -> None:
    page = compiled.pages["mk", "pathways/sop-01"]
    assert told(page) == ["n-find-bed"]
    (mark,) = tree(page.body).find_class("pk-behind")
    assert mark.xpath("ancestor::li/@id")[-1] == "n-find-bed"


def test_labels_of_a_form_are_marked() -> None:
    library = library_with({f"{FORM}/en.md": {"replace": ["  place: Place", "  place: Exact place"]}})
    page = compile_library(library, "professional").pages["sq", "forms/form-01"]
    (mark,) = tree(page.head, page.body).find_class("pk-behind")
    assert mark.getparent().get("class") in ("pk-label", "pk-box")
    assert told(page) == [mark.get("id")]


def test_translators_see_what_is_behind_beside_the_original(compiled: Compiled) -> None:
    page = compiled.pages["mk", "translations/sops/sop-01"]
    rows = [[cell.text_content() for cell in row.iter("td")] for row in tree(page.body).iter("tr")][1:]
    states = [
        wording("mk")[f"passage_{state}"] for state in ("changed", "changed", "gone", "changed", "new", "changed")
    ]
    assert [row[1].split(" ")[0] for row in rows] == states
    assert rows[1][0].startswith("Take the person to a warm room and call [](contact:help-line)")
    assert rows[2][0] == ""
    assert rows[4] == ["Read it aloud first.", f"{states[4]} "]
    assert rows[5][0] == "Find two beds"
    assert wording("en")["translation_none"] in compiled.pages["en", "translations/sops/sop-01"].body
    # The page is there in every language, only for what is behind.
    made = {(page.language, page.path) for page in compiled.pages.values() if page.path.startswith("translations/")}
    assert made == {(language, "translations/sops/sop-01") for language in ("mk", "sq", "en")}


def test_coverage_tells_state_reviewer_and_date(compiled: Compiled) -> None:
    page = tree(compiled.pages["en", "coverage"].body)
    w = wording("en")
    rows = {
        row.find("th").text_content(): [cell.text_content() for cell in row.iter("td")]
        for row in page.xpath("//tbody/tr")
    }
    assert rows["SOP-01 First help"] == [
        f"{w['coverage_behind'].format(count=5)}{w['unreviewed']}",
        # The picture that the original no longer has was never translated.
        f"{w['coverage_behind'].format(count=4)}{w['unreviewed']}",
        w["coverage_original"],
    ]
    assert rows[f"SOP-01 First help{w['coverage_labels']}"][0].startswith(w["coverage_behind"].format(count=1))
    assert rows["SOP-02 How to ask for help"][1] == w["coverage_missing"]
    day = w.date(datetime.date(2026, 11, 20))
    assert rows["Example Act"][0] == f"{w['coverage_current']}{w['coverage_reviewed'].format(name='Ана')} · {day}"
    counts = [cell.find_class("pk-small")[0].text_content() for cell in page.xpath("//thead//th[position()>1]")]
    assert counts == [w["coverage_count"].format(count=count, all=10) for count in (8, 7, 10)]
    assert page.xpath("//a[contains(@href, 'translations')]/@href")[:2] == [
        "../translations/sops/sop-01.html",
        "../sq/translations/sops/sop-01.html",
    ]


def test_public_edition_has_no_pages_for_translators() -> None:
    library = library_with(
        {"docs/en/index.md": {"replace": ["Exampleland does not exist", "Exampleland cannot exist"]}}
    )
    found = compile_library(library, "public")
    assert not [path for _, path in found.pages if path.startswith(("translations", "coverage"))]
    page = found.pages["mk", "index"]
    assert told(page) == ["behind-1"]
    assert "translations/" not in page.head


def test_search_finds_neither_marks_nor_pages_for_translators(compiled: Compiled) -> None:
    view = View(compiled.library, "professional", "mk")
    entries = findable(view, compiled.in_language("mk"))
    assert not [entry for entry in entries if entry.href.startswith("translations/")]
    assert not [entry for entry in entries if wording("mk")["behind_changed"] in repr(entry)]


def test_marks_are_printed(compiled: Compiled) -> None:
    (record,) = compiled.library.handbooks.values()
    book = compose(record, Binder(compiled, "mk"))
    assert book is not None
    printed = "".join(re.split("</?body>", part.html)[1] for part in book.parts)
    page = html.fragment_fromstring(printed, create_parent="div")
    for number in range(1, 6):
        (mark,) = page.xpath(f"//*[@id='sops-sop-01--behind-{number}']")
        assert mark.text_content().startswith(f"{number} · ")
        assert page.xpath(f"//a[@href='#sops-sop-01--behind-{number}']")
    assert wording("mk")["for_translators"] not in printed


# Whatever changes in an original of the real library, each passage has one mark and the notice leads to all


def much_changed(document: Document, choose: random.Random) -> Document:
    """The document with words changed, passages removed and added all over its original."""
    source = document.source_text
    lines = source.body.split("\n")
    for index in sorted(
        {span.line - source.body_line for block in source.blocks for span in block.spans}, reverse=True
    ):
        kind = choose.choice(["keep", "keep", "word", "remove", "add"])
        if kind == "word":
            lines[index] = re.sub(r"\b(the|a|is|to)\b", "some", lines[index])
        elif kind == "remove" and not lines[index].startswith(("#", "|")):
            lines[index] = ""
        elif kind == "add" and not lines[index].startswith("|"):
            lines[index : index + 1] = [lines[index], "", f"Another passage {index}.", ""]
    front = f"---\ntitle: {choose.choice(['Other', 'New'])}\nsummary: Another summary.\n---\n"
    text, findings = parse_text(front + "\n".join(lines), source.path, source.language, FrontMatter)
    assert text is not None, findings
    front_now = source.front.model_copy(update={"title": text.front.title})
    changed = replace(text, front=front_now, body_line=text.body_line)
    return replace(document, texts={**document.texts, source.language: changed})


def test_every_passage_has_one_mark_and_the_notice_leads_to_all() -> None:
    library = load(DiskTree(TESTS.parent)).library
    assert library is not None
    choose = random.Random("marks")
    documents = {name: much_changed(document, choose) for name, document in library.documents.items()}
    for language in ("mk", "sq"):
        view = View(replace(library, documents=documents), "professional", language)
        for name, document in documents.items():
            pages = list(document_pages(document, view))
            # Participants see less of a module than its trainers.
            page = pages[-1] if document.record.kind == "module" else pages[0]
            behind = [
                p
                for p in passages(document.source_text, document.texts[language])
                if p.state != "current" and (p.source or p.target).kind != "ask"  # type: ignore[union-attr]
            ]
            numbers = sorted(int(n) for n in re.findall(r'id="behind-(\d+)"', page.head + page.body))
            assert numbers == list(range(1, len(behind) + 1)), name
            assert [place for place in told(page) if place.startswith("behind-")] == [f"behind-{n}" for n in numbers], (
                name
            )
            assert len(behind) > 1, name
