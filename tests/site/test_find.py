"""The alphabetical index: everything that can be looked up, under its letter, with where it leads."""

from __future__ import annotations

import dataclasses
import re

import pytest
from lxml import html
from sitekit import LANGUAGES, Site, text_of, words

from patokaz.checking import checked
from patokaz.load import MemoryTree
from patokaz.model.library import Library
from patokaz.model.records import FormRecord, LawRecord, SopRecord
from patokaz.pages.alphabet import Letter, alphabet_page, letters_of
from patokaz.pages.view import View
from sample import LAW, SOP, TODAY, overlay, sample_files


def items(page: html.HtmlElement) -> list[html.HtmlElement]:
    return list(text_of(page).iter("li"))


def head(item: html.HtmlElement) -> str:
    """The words that an entry is looked up by."""
    return words(item[0])


def leads(page: html.HtmlElement) -> set[tuple[str, str]]:
    """(words, link) of the entries that may be used."""
    return {(head(li), str(a.get("href"))) for li in items(page) if li[0].tag != "s" for a in li.iter("a")}


def wanted(view: View) -> set[tuple[str, str]]:
    """What must be there, from the records and registers themselves."""
    found = set()
    for document in view.documents.values():
        text, path = document.text_for(view.language, view.order), view.path_of(document.id)
        found.add((text.front.title, f"{path}.html"))
        if not isinstance(document.record, FormRecord):
            names = {h.anchor: h.words for h in text.headings}
            anchors = document.anchors() if isinstance(document.record, SopRecord | LawRecord) else ()
            found |= {(names[anchor], f"{path}.html#{anchor}") for anchor in anchors}
    for page in view.hand_pages.values():
        found.add((page.texts.get(view.language, page.texts[page.source_language]).front.title, f"{page.id}.html"))
    found |= {(view.plain(role.name), f"roles/{name}.html") for name, role in view.roles.items()}
    for register, entries in (
        ("limits", view.limits),
        ("indicators", view.indicator_groups),
        ("institutions", view.institutions),
    ):
        found |= {(view.plain(entry.name), f"glossary/{register}.html#{name}") for name, entry in entries.items()}
    for name, body in view.institutions.items():
        found |= {(view.plain(body.short), f"glossary/institutions.html#{name}")} if body.short else set()
    found |= {(view.plain(c.what), f"glossary/institutions.html#{name}") for name, (_, c) in view.contacts.items()}
    for name, term in view.terms.items():
        forms = term.forms[view.language]
        all_forms = [forms.preferred, *([forms.short] if forms.short else []), *forms.admitted]
        found |= {(form, f"glossary/terms.html#{name}") for form in all_forms}
    return {(" ".join(name.split()), href) for name, href in found}


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_can_be_looked_up(site: Site, language: str) -> None:
    view, page = site.view(language), site.of(language, "find")
    missing = wanted(view) - leads(page)
    assert not missing
    assert len(wanted(view)) > 20
    assert {f"sops/{s.document.id.lower()}.html#{s.anchor}" for s in view.steps} <= {href for _, href in leads(page)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_entries_stand_in_order_under_their_letters(site: Site, language: str) -> None:
    alphabet = site.view(language).words.alphabet
    text = text_of(site.of(language, "find"))
    seen: list[tuple[int, object]] = []
    for heading, entries in zip(text.findall("h2"), text.findall("ul"), strict=True):
        number = int(re.fullmatch(r"letter-(\d\d)", heading.get("id"))[1])
        for li in entries.iter("li"):
            assert alphabet.group(head(li)) == number, head(li)
            seen.append((number, alphabet.key(head(li))))
        if 0 < number <= len(alphabet.letters):
            assert words(heading).casefold() == alphabet.letters[number - 1]
    assert seen == sorted(seen) and len(seen) > 15  # type: ignore[type-var]


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_are_the_contents_of_the_page(site: Site, language: str) -> None:
    page = site.of(language, "find")
    (contents,) = page.find_class("pk-contents")
    headings = text_of(page).findall("h2")
    assert [(words(a), a.get("href")) for a in contents.iter("a")] == [(words(h), f"#{h.get('id')}") for h in headings]


@pytest.mark.parametrize("language", LANGUAGES)
def test_forbidden_forms_say_what_to_use(site: Site, language: str) -> None:
    view = site.view(language)
    expected = {
        (bad.form, f"glossary/terms.html#{name}", term.forms[language].preferred, bad.why[language])
        for name, term in view.terms.items()
        for bad in term.forms[language].forbidden
    }
    found = set()
    for li in items(site.of(language, "find")):
        if li[0].tag == "s":
            (link,) = li.findall("a")
            assert li[0].find(".//a") is None
            assert words(li).startswith(f"{head(li)} – {view.words['find_see']} {words(link)}. ")
            found.add((head(li), link.get("href"), words(link), str(link.tail).removeprefix(". ").strip()))
    assert found == expected and expected


@pytest.mark.parametrize(
    ("language", "until", "later"), [("mk", "до 2024", "потоа: МСПДМ"), ("sq", "deri 2024", "më pas: MPSDR"), ("en", "until 2024", "later: MSPDY")]
)  # fmt: skip
def test_former_names_are_dated_and_lead_on(real_site: Site, language: str, until: str, later: str) -> None:
    body = real_site.library.institutions["mlsp"]
    assert body.short
    named = {head(li): li for li in items(real_site.of(language, "find"))}
    for name in (body.name[language], body.short[language]):
        own, after = named[name].findall("a")
        assert words(own).endswith(f", {until}")
        assert (words(after), after.get("href")) == (later, "glossary/institutions.html#mspdy")


def test_text_in_another_language_is_marked(sample_site: Site) -> None:
    """SOP-02 of the sample has no Albanian text."""
    page = sample_site.of("sq", "find")
    for li in items(page):
        own = [a for a in li.iter("a") if str(a.get("href")).startswith("sops/sop-02")]
        marked = [span.get("lang") for span in li[0].iter("span")]
        assert marked == (["en"] if own else []), words(li)


def test_public_index_shows_only_what_is_public(sample_site: Site, sample_public_site: Site) -> None:
    for language in LANGUAGES:
        page = sample_public_site.of(language, "find")
        assert "SOP-02" in words(text_of(page)) and "SOP-01" not in words(text_of(page))
        assert leads(page) < leads(sample_site.of(language, "find"))


def test_equal_headings_are_one_entry(real_site: Site) -> None:
    for language in LANGUAGES:
        heads = [(li[0].tag == "s", head(li)) for li in items(real_site.of(language, "find"))]
        assert len(heads) == len(set(heads))
        cited = next(li for li in items(real_site.of(language, "find")) if head(li) == "CETS 197")
        law = real_site.library.documents["cets-197"].record
        assert isinstance(law, LawRecord)
        assert len(cited.findall("a")) == 1 + sum(article.number is not None for article in law.articles)


def test_an_entry_costs_few_bytes(real_site: Site) -> None:
    """A library of 100 procedures has thousands of entries: one that leads to one place has no more markup than a link."""
    text = real_site.text("find.html").partition("pk-text")[2]
    plain = re.findall(r"<li><a href=([^ >]+)>([^<]*)</a>([^<]*)(?=<li>|</ul>)", text)
    assert len(plain) > 250


# From values


def letters(library: Library, language: str = "en") -> tuple[Letter, ...]:
    return letters_of(View(library, "professional", language))


def library_of(case: dict[str, object]) -> Library:
    library, found = checked(MemoryTree(overlay(case).files), TODAY)
    assert library is not None, found
    return library


def heads(found: tuple[Letter, ...]) -> list[tuple[str, bool, frozenset[object]]]:
    return [(e.words, e.refused, frozenset(e.places)) for letter in found for e in letter.entries]


@pytest.mark.parametrize("language", LANGUAGES)
def test_order_of_the_sources_does_not_matter(language: str) -> None:
    library = library_of({})
    registers = ("documents", "pages", "terms", "roles", "institutions", "limits", "indicator_groups")
    turned = {name: dict(reversed(getattr(library, name).items())) for name in registers}
    assert heads(letters(dataclasses.replace(library, **turned), language)) == heads(letters(library, language))


def test_what_nobody_may_act_on_says_so() -> None:
    status = ["status: draft", "status: withdrawn"]
    library = library_of({f"{SOP}/record.yml": {"replace": status}})
    body = html.fragment_fromstring(alphabet_page(View(library, "professional", "en")).body, create_parent="div")
    notes = {str(a.get("href")): words(li) for li in body.iter("li") for a in li.iter("a")}
    marked = {href for href, note in notes.items() if "withdrawn" in note}
    assert marked == {href for href in notes if re.search(r"(?:sops|pathways)/sop-01\.html", href)}
    assert len(marked) > 4


def test_a_superseded_law_says_so() -> None:
    change = ["standing: in-force", "standing: superseded"]
    library = library_of({f"{LAW}/record.yml": {"replace": change}})
    found = [e for letter in letters(library) for e in letter.entries for p in e.places if p.target.startswith("law/")]
    assert found
    law = [p.note for e in found for p in e.places if p.target == "law/example-act"]
    assert law and all(note.endswith(", superseded") for note in law)


def test_markup_in_names_stays_text() -> None:
    files = sample_files()
    path = "glossary/roles.yml"
    old = next(r for r in files[path].decode().split("\n") if "en:" in r and "name:" in r)
    name = re.search(r"en: ([^},]+)", old)
    assert name
    new = old.replace(name[1], "'<b onclick=x>&\"'")
    library = library_of({path: {"replace": [old, new]}})
    body = alphabet_page(View(library, "professional", "en")).body
    assert "&lt;b onclick=x&gt;&amp;&#34;" in body and "<b onclick" not in body
