"""Leaflets: one page in each of their languages, in that language from the quick exit to the sources."""

from __future__ import annotations

import re
from typing import get_args

import pytest
from lxml import html

from patokaz.load import DiskTree, MemoryTree, load
from patokaz.model.library import Document, Library
from patokaz.model.records import Status
from patokaz.pages import Compiled, compile_library
from patokaz.pages.page import Page
from patokaz.pages.wording import wording
from sample import TESTS, overlay

WORKING = ("mk", "sq", "en")
LEAFLET = "docs/leaflets/where-to-call"


@pytest.fixture(scope="module")
def real() -> Library:
    found = load(DiskTree(TESTS.parent)).library
    assert found is not None
    return found


@pytest.fixture(scope="module")
def edition(real: Library) -> Compiled:
    return compile_library(real, "public")


def leaflets(real: Library) -> list[Document]:
    found = list(real.of_kind("leaflet"))
    assert found
    return found


def tree(part: str) -> html.HtmlElement:
    return html.fromstring(f"<main>{part}</main>")


def others(real: Library) -> list[tuple[Document, str]]:
    return [(document, name) for document in leaflets(real) for name in document.texts if name not in WORKING]


@pytest.mark.parametrize("folder", WORKING)
def test_every_language_has_a_page_among_those_of_every_working_one(
    real: Library, edition: Compiled, folder: str
) -> None:
    for document, language in others(real):
        page = edition.pages[folder, f"leaflets/{document.id}-{language}"]
        assert (page.language, page.content_language) == (folder, language)
        assert page.content_direction == wording(language).direction
        # All that is not the body has its language and direction itself, and only names of languages have others.
        for part in (page.head, page.tail):
            (whole,) = tree(part)
            assert (whole.get("lang"), whole.get("dir")) == (language, wording(language).direction)
            marked = whole.xpath(".//*[@lang and not(@hreflang)]")
            assert not marked, [html.tostring(item) for item in marked]
        assert page.title == document.texts[language].front.title


def test_the_persian_and_arabic_pages_have_no_word_of_another_language(real: Library, edition: Compiled) -> None:
    """Latin letters stand in names and numbers of sources only; Cyrillic ones nowhere but in the list of languages."""
    for document, language in others(real):
        page = edition.pages["mk", f"leaflets/{document.id}-{language}"]
        head, body, tail = tree(page.head), tree(page.body), tree(page.tail)
        for item in (*head.xpath("//nav"), *tail.xpath("//bdi"), *body.xpath("//a[@class='pk-source']")):
            item.drop_tree()
        said = " ".join(part.text_content() for part in (head, body, tail))
        assert not re.search("[\u0400-\u04ff]", said)
        names = {"Open", "Gate", "Vinojug", "Gevgelija", "Tabanovce", "Kumanovo", "MYLA"}
        assert set(re.findall("[A-Za-z]{2,}", said)) <= names


def test_a_leaflet_is_listed_by_the_own_names_of_its_languages(real: Library, edition: Compiled) -> None:
    for folder in WORKING:
        index = tree(edition.pages[folder, "leaflets/index"].body)
        links = index.xpath("//*[@class='pk-versions']/a")
        assert [(a.get("lang"), a.get("dir"), a.text) for a in links] == [
            ("mk", "ltr", "Македонски"), ("sq", "ltr", "Shqip"), ("en", "ltr", "English"), ("ar", "rtl", "العربية"), ("fa", "rtl", "فارسی"),
        ]  # fmt: skip
        assert links[3].get("href") == "your-rights-ar.html"
        assert links[WORKING.index(folder)].get("href") == "your-rights.html"


def pages_of(edition: Compiled, document: Document) -> dict[str, Page]:
    """The page in each language of a leaflet, among the pages in English where it has a choice."""
    return {
        name: edition.pages[
            (name, f"leaflets/{document.id}") if name in WORKING else ("en", f"leaflets/{document.id}-{name}")
        ]
        for name in document.texts
    }


def test_nothing_is_lost_in_any_language(real: Library, edition: Compiled) -> None:
    """The same headings, lists, links, sources, marks and numbers to call."""
    for document in leaflets(real):
        shapes = {}
        for language, page in pages_of(edition, document).items():
            body = tree(page.body)
            shapes[language] = [
                (item.tag, item.get("id"), item.get("class"), item.get("href")) for item in body.iter() if item.tag != "main"
            ]  # fmt: skip
            assert "0800 11111, 02/2777-070" in [item.text for item in body.xpath("//span[@dir='ltr']")], language
        order = {language: sorted(map(str, shape)) for language, shape in shapes.items()}
        assert all(shape == order["en"] for shape in order.values())
        assert len(order) == 5


def test_every_page_has_a_way_out_and_says_what_it_is(real: Library, edition: Compiled) -> None:
    for document in leaflets(real):
        for language, page in pages_of(edition, document).items():
            words, head = wording(language), tree(page.head)
            first = head.xpath("//a")[0]
            assert (first.text, first.get("href")) == (words["guide_exit"], "about:blank")
            assert words["guide_exit"] in tree(page.body).text_content(), "the safety note names the button"
            notices = head.xpath("//*[contains(@class, 'pk-notice')]")
            said = " ".join(item.text_content() for item in notices)
            assert words["notice_model"] in said
            assert (words["notice_unreviewed"] in said) == (language != "en")
            assert not page.panel


def test_no_number_is_turned_around(real: Library) -> None:
    """Two groups of digits with a space between change places in a text from right to left; with a tied space they do not."""
    for document, language in others(real):
        if wording(language).direction == "rtl":
            assert not re.search(r"\d \d", document.texts[language].body), language


def test_a_leaflet_that_lacks_a_working_language_says_so_and_keeps_the_others() -> None:
    sources = overlay({f"{LEAFLET}/sq.md": {"delete": True}})
    library = load(MemoryTree(sources.files)).library
    assert library is not None
    edition = compile_library(library, "public")
    page = edition.pages["sq", "leaflets/where-to-call"]
    assert page.content_language == "en"
    assert wording("sq")["notice_fallback"].format(language="English") in page.head
    assert edition.pages["sq", "leaflets/where-to-call-ar"].content_language == "ar"
    assert "Shqip" not in page.head


def test_a_page_in_another_language_says_where_it_is_behind() -> None:
    """In its own words, with places that exist, and without the translators' page, which no other language has."""
    case = {f"{LEAFLET}/en.md": {"replace": ["Call [the help line]", "Ring [the help line]"]}}
    library = load(MemoryTree(overlay(case).files)).library
    assert library is not None
    page = compile_library(library, "professional").pages["en", "leaflets/where-to-call-ar"]
    words = wording("ar")
    assert words["notice_behind"] in page.head
    assert words["behind_places"].format(count=1) in page.head
    assert words["behind_changed"] in page.body
    head, body = tree(page.head), tree(page.body)
    places = [href[1:] for href in head.xpath("//a/@href") if href.startswith("#")]
    assert places == body.xpath("//*[contains(@class, 'pk-behind')]/@id") == ["behind-1"]
    assert not [href for href in head.xpath("//a/@href") if "translations/" in href]


@pytest.mark.parametrize("language", ["ar", "fa"])
def test_every_notice_of_a_leaflet_can_be_said(language: str) -> None:
    """Those that speak of printing, of a selection, of a law, of labels or of a text in another language cannot stand there."""
    elsewhere = {"notice_check", "notice_selection_behind", "notice_summary", "notice_fallback", "notice_labels_behind", "notice_labels_unreviewed"}  # fmt: skip
    needed = {key for key in wording("en").file.words if key.startswith(("notice_", "behind_"))}
    needed |= {f"status_{name}" for name in get_args(Status)}
    assert needed - elsewhere <= set(wording(language).file.words)
