"""What stands on each kind of page, compared with the records that it was made of."""

from __future__ import annotations

import posixpath
import re

import pytest
from lxml import html
from sitekit import LANGUAGES, Site, address, each, hrefs, marks, rows, section, text_of, words

from patokaz.checking import checked
from patokaz.load import MemoryTree
from patokaz.model.library import Document, visible
from patokaz.model.records import AT_ONCE, FormRecord, LawRecord, SopRecord
from patokaz.pages import compile_library
from patokaz.pages.addresses import FOLDERS
from patokaz.pages.view import Rooted
from patokaz.pages.wording import Wording, wording
from sample import SOP, TODAY, sample_files


def each_document(site: Site, kind: str) -> list[tuple[str, Document, html.HtmlElement]]:
    found = [
        (language, document, site.of(language, f"{FOLDERS[kind]}/{document.id.lower()}"))
        for language in LANGUAGES
        for document in site.library.of_kind(kind)
        if visible(document.record.audience, site.audience)
    ]
    assert found, f"the library of {site.name} shows no {kind}"
    return found


def step_href(site: Site, here: str, step: Rooted) -> str:
    folder = posixpath.dirname(here) or "."
    return f"{posixpath.relpath(f'sops/{step.document.id.lower()}.html', folder)}#{step.anchor}"


def notices(page: html.HtmlElement) -> dict[str, html.HtmlElement]:
    return {
        str(note.get("class")).split("pk-notice-")[1]: note
        for note in page.find_class("pk-head")[0].find_class("pk-notice")
        if note.get("hidden") is None
    }


# Procedures


def test_control_panel_of_procedures(site: Site) -> None:
    for language, document, page in each_document(site, "sop"):
        w, record, view = wording(language), document.record, site.view(language)
        assert isinstance(record, SopRecord)
        panels = [p for p in page.find_class("pk-control") if p.get("aria-label") == w["control"]]
        assert len(panels) == 1
        panel = rows(panels[0].find("dl"))
        roles = [f"../roles/{name}.html" for name in record.applies_to if name in view.roles]
        assert {label: words(dd) for label, dd in panel.items() if label not in (w["owner"], w["applies_to"])} == {
            w["id"]: document.id,
            w["revision"]: record.revision,
            w["status"]: w[f"status_{record.status}"],
            w["effective"]: w.date(record.effective) if record.effective else w["not_yet"],
            w["review_due"]: w.date(record.review_due),
            w["persons"]: ", ".join(w[f"person_{person}"] for person in record.persons),
            w["audience"]: w[f"audience_{record.audience}"],
        }
        assert hrefs(panel[w["owner"]]) == [f"../roles/{record.owner}.html"]
        assert words(panel[w["owner"]]) == view.roles[record.owner].name[language]
        assert hrefs(panel[w["applies_to"]]) == roles


def test_step_cards(site: Site) -> None:
    for language, document, page in each_document(site, "sop"):
        w, view = wording(language), site.view(language)
        rooted = [step for step in view.steps if step.document.id == document.id]
        assert len(page.find_class("pk-card")) == len(rooted)
        for step in rooted:
            card = section(page, step.anchor)[0]
            assert card.get("class") == "pk-card", f"{document.id}#{step.anchor}"
            check_card(site, step, rows(card), w)
            heading = page.get_element_by_id(step.anchor)
            assert heading.tag == "h3" and words(heading).startswith(f"{step.number} ")
            measure = page.get_element_by_id(step.measure.id)
            assert measure.tag == "h2" and words(measure).startswith(f"{step.number.split('.')[0]}. ")


def check_card(site: Site, rooted: Rooted, card: dict[str, html.HtmlElement], w: Wording) -> None:
    step, view = rooted.step, site.view(w.language)
    name = f"{rooted.document.id}#{step.id} ({w.language})"

    def links(label: str) -> list[str]:
        return hrefs(card[w[label]]) if w[label] in card else []

    for label, roles in (("who", step.responsible), ("consulted", step.consulted), ("informed", step.informed)):
        assert links(label) == [f"../roles/{r}.html" for r in roles if r in view.roles], f"{name}: {label}"
    if step.accountable in step.responsible:
        assert w["accountable"] not in card, name
    else:
        assert links("accountable") == [f"../roles/{step.accountable}.html"], name
    if step.limit is None:
        assert w["by_when"] not in card, name
    elif step.limit == AT_ONCE:
        assert words(card[w["by_when"]]) == w["at_once"], name
    elif step.limit in view.limits:
        limit = view.limits[step.limit]
        shown = w.limit(limit) + (f" {w['unverified']}" if limit.unverified else "")
        assert words(card[w["by_when"]]) == shown, name
        assert links("by_when") == [f"../glossary/limits.html#{step.limit}"], name
    assert links("with_form") == [f"../forms/{form.lower()}.html" for form in step.forms], name
    assert links("basis") == [f"../law/{b.partition('/')[0]}.html#art-{b.partition('/')[2]}" for b in step.basis], name
    for basis in step.basis:
        law = site.library.documents[basis.partition("/")[0]]
        assert view.designation(law) in words(card[w["basis"]]), name
    assert links("whom_to_call") == [f"../glossary/institutions.html#{c}" for c in step.contacts], name
    for contact in step.contacts:
        for number in view.contacts[contact][1].phone:
            assert number in words(card[w["whom_to_call"]]), name
    cited = [name for label in ("basis", "sources") if w[label] in card for name in marks(card[w[label]])]
    assert cited == list(step.sources), name
    if step.persons:
        assert words(card[w["only_for"]]) == ", ".join(w[f"person_{person}"] for person in step.persons), name


def test_history_and_sources_of_procedures(site: Site) -> None:
    for language, document, page in each_document(site, "sop"):
        w = wording(language)
        (history,) = page.find_class("pk-history")
        cells = [[words(td) for td in tr.iter("td")] for tr in history.iter("tr")][1:]
        assert [(row[0], row[1]) for row in cells] == [
            (entry.revision, w.date(entry.date)) for entry in reversed(document.record.history)
        ]
        cited = {str(a.text) for part in page.find_class("pk-sources") for a in part.iter("a")}
        assert set(document.record.sources) | set(marks(page)) == cited


# Notices


def test_model_text_says_so(site: Site) -> None:
    for kind in ("sop", "law", *(("form",) if site.audience == "professional" else ())):
        for language, document, page in each_document(site, kind):
            w = wording(language)
            shown = [words(note) for note in page.find_class("pk-notice")]
            model = kind != "law" and document.record.status in ("draft", "consultation", "commission-adopted")
            assert (w["notice_model"] in shown) is model
            assert (w["notice_summary"] in shown) is (kind == "law")


@pytest.mark.parametrize(
    ("status", "note"),
    [
        ("draft", "notice_model"),
        ("consultation", "notice_model"),
        ("commission-adopted", "notice_model"),
        ("government-adopted", "notice_model"),
        ("in-force", None),
        ("superseded", "notice_superseded"),
        ("withdrawn", "notice_withdrawn"),
    ],
)
def test_each_status_says_whether_one_may_act_on_it(status: str, note: str | None) -> None:
    files = sample_files()
    record = files[f"{SOP}/record.yml"].decode()
    files[f"{SOP}/record.yml"] = record.replace("status: draft", f"status: {status}").encode()
    library, _ = checked(MemoryTree(files), TODAY)
    assert library is not None
    compiled = compile_library(library, "professional")
    for language in LANGUAGES:
        w = wording(language)
        head = compiled.pages[language, "sops/sop-01"].head
        all_notes = ("notice_model", "notice_superseded", "notice_withdrawn", "notice_summary")
        assert [name for name in all_notes if w[name] in head] == ([note] if note else [])


def test_unreviewed_translation(sample_site: Site) -> None:
    for language, expected in (("mk", True), ("sq", True), ("en", False)):
        found = notices(sample_site.of(language, "sops/sop-01"))
        assert ("unreviewed" in found) is expected
        if expected:
            note = found["unreviewed"]
            w = wording(language)
            assert words(note) == f"{w['notice_unreviewed']} {w['open_original']}"
            up = "../en/" if language == "mk" else "../../en/"
            assert hrefs(note) == [f"{up}sops/sop-01.html"]


def test_translation_that_is_behind(sample_site: Site) -> None:
    note = notices(sample_site.of("sq", "sops/sop-01"))["behind"]
    w = wording("sq")
    first, second = note.findall("p")
    assert words(first) == f"{w['notice_behind']} {w['open_original']}"
    assert words(second) == f"{w['behind_places'].format(count=1)} 1 {w['for_translators']}"
    assert hrefs(note) == ["../../en/sops/sop-01.html", "#behind-1", "../translations/sops/sop-01.html"]
    assert "behind" not in notices(sample_site.of("mk", "sops/sop-01"))


def test_missing_translation_shows_the_original_and_says_so(sample_site: Site) -> None:
    page = sample_site.of("sq", "sops/sop-02")
    text = text_of(page)
    assert (page.get("lang"), text.get("lang"), text.get("dir")) == ("sq", "en", "ltr")
    assert words(notices(page)["fallback"]).startswith(wording("sq")["notice_fallback"].format(language="English"))
    (h1,) = page.iter("h1")
    assert h1.get("lang") == "en" and words(h1) == "SOP-02 How to ask for help"
    assert page.find_class("pk-summary")[0].get("lang") == "en"
    # What the engine writes inside the text is in the language of the page again.
    (card,) = page.find_class("pk-card")
    assert (card.get("lang"), card.get("dir")) == ("sq", "ltr")
    assert wording("sq")["who"] in rows(card)
    assert "fallback" not in notices(sample_site.of("mk", "sops/sop-02"))


def test_missing_translation_links_to_the_original(sample_site: Site) -> None:
    note = notices(sample_site.of("sq", "sops/sop-02"))["fallback"]
    assert hrefs(note) == ["../../en/sops/sop-02.html"]


def test_notices_agree_with_the_texts(site: Site) -> None:
    """On every document of every language: behind, unreviewed and fallback exactly where the texts say so."""
    for kind in FOLDERS:
        if not any(visible(d.record.audience, site.audience) for d in site.library.of_kind(kind)):
            continue
        for language, document, page in each_document(site, kind):
            text = document.texts.get(language)
            found = set(notices(page)) - {"model", "stop"}
            if text is None:
                assert "fallback" in found, f"{document.id} {language}"
                continue
            assert text_of(page).get("lang") is None
            if language == document.record.source_language:
                assert not found, f"{document.id} {language}"
                continue
            translation = text.front.translation
            assert ("unreviewed" in found) is (translation is None or translation.reviewed_by is None)
            assert "fallback" not in found


# Roles


def test_role_pages_list_exactly_the_steps_of_the_records(site: Site) -> None:
    for language in LANGUAGES:
        w, view = wording(language), site.view(language)
        for role in view.roles.values():
            here = f"roles/{role.id}"
            page = site.of(language, here)
            own = [s for s in view.steps if role.id in s.step.responsible]
            items = [li for ul in page.find_class("pk-steps") for li in ul.iterchildren("li")]
            assert [hrefs(li)[0] for li in items] == [step_href(site, here, step) for step in own], here
            for step, li in zip(own, items, strict=True):
                assert words(li).startswith(f"{step.number} "), here
                if step.step.limit in view.limits:
                    assert w.limit(view.limits[step.step.limit]) in words(li), here
                if step.step.limit == AT_ONCE:
                    assert w["at_once"] in words(li), here
                forms = [f"../forms/{form.lower()}.html" for form in step.step.forms if form in view.documents]
                assert [href for href in hrefs(li) if href.startswith("../forms/")] == forms, here
                for person in step.step.persons:
                    assert w[f"person_{person}"] in words(li), here
            acting = {
                view.href(here, f"{view.pathway_path(name)}#n-{node.id}")
                for name, nodes in view.pathways.items()
                for node in nodes
                if node.actor == role.id and node.node.type in ("task", "decision", "call")
            }
            named = {href for ul in page.find_class("pk-own-pathways") for href in hrefs(ul) if "#n-" in href}
            assert named == acting, here
            if not own:
                assert w["no_steps"] in words(page), here
            others = [
                s
                for s in view.steps
                if role.id not in s.step.responsible
                and role.id in (s.step.accountable, *s.step.consulted, *s.step.informed)
            ]
            listed = [href for ul in page.find_class("pk-other-steps") for href in hrefs(ul)]
            assert listed == [step_href(site, here, step) for step in others], here
            bodies = [b.id for b in view.institutions.values() if role.id in b.fills and b.until is None]
            filled = [h for h in hrefs(text_of(page)) if "glossary/institutions" in h]
            assert filled == [f"../glossary/institutions.html#{name}" for name in bodies], here
            assert words(page.find_class("pk-summary")[0]) == role.duty[language]


def test_list_of_roles(site: Site) -> None:
    for language in LANGUAGES:
        (table,) = site.of(language, "roles/index").find_class("pk-index")
        assert hrefs(table) == [f"{name}.html" for name in site.view(language).roles]


# Law


def test_law_pages(site: Site) -> None:
    for language, document, page in each_document(site, "law"):
        record, view = document.record, site.view(language)
        assert isinstance(record, LawRecord)
        here = f"law/{document.id}"
        headings = [h.get("id") for h in text_of(page).iter("h2")]
        assert [name for name in headings if name and name.startswith("art-")] == [a.anchor for a in record.articles]
        (instrument,) = page.find_class("pk-instrument")
        w = wording(language)
        panel = rows(instrument.find("dl"))
        assert words(panel[w["designation"]]) == view.designation(document)
        assert words(panel[w["issuer"]]) == record.instrument.issuer[language]
        assert words(panel[w["standing"]]) == w[f"standing_{record.instrument.standing}"]
        for article in record.articles:
            part = section(page, article.anchor)
            resting = [e for e in part if "pk-resting" in str(e.get("class"))]
            steps = view.steps_by_article.get(f"{document.id}/{article.id}", ())
            limits = [limit.id for limit in view.limits.values() if f"{document.id}/{article.id}" in limit.basis]
            found = [href for e in resting for href in hrefs(e)]
            expected = [step_href(site, here, s) for s in steps]
            expected += [f"../glossary/limits.html#{name}" for name in limits]
            assert found == expected, f"{here}#{article.anchor}"
            check_article(article, page.get_element_by_id(article.anchor), part, text_language(document, language), w)


def text_language(document: Document, language: str) -> str:
    return document.text_for(language, LANGUAGES).language


def check_article(
    article: object, heading: html.HtmlElement, part: list[html.HtmlElement], language: str, w: Wording
) -> None:
    number, aliases, unverified = (getattr(article, name) for name in ("number", "aliases", "unverified"))
    note = " ".join(words(e) for e in part if "pk-article-note" in str(e.get("class")))
    if number is None:
        assert w["number_unverified"] in note
    else:
        start = wording(language)["article"].format(number=number)
        assert words(heading).startswith(start[0].upper() + start[1:])
    for alias in aliases:
        assert alias in note
    if unverified:
        assert re.search(rf"\b{w['unverified']}\b", note)


# Forms


def test_forms_are_blank_and_complete(real_site: Site, sample_site: Site) -> None:
    for site in (real_site, sample_site):
        for language, document, page in each_document(site, "form"):
            record = document.record
            assert isinstance(record, FormRecord)
            text = document.text_for(language, LANGUAGES)
            assert not list(text_of(page).iter("input", "textarea", "select", "button", "form"))
            for part in record.sections:
                content = section(page, part.id)
                labels = [words(p) for e in content for p in e.find_class("pk-label")]
                assert labels == [text.front.labels[f.id] for f in part.fields], f"{document.id}#{part.id}"
                boxes = [words(li) for e in content for li in e.find_class("pk-box")]
                expected = []
                for f in part.fields:
                    expected += [text.front.labels[option] for option in f.options]
                    for group in f.groups:
                        expected += [i.text[language] for i in site.library.indicator_groups[group].indicators]
                assert boxes == expected, f"{document.id}#{part.id}"
                lines = sum(len(e.find_class("pk-line")) for e in content)
                plain = {"line": 1, "date": 1, "time": 1, "signature": 1}
                assert lines == sum((f.lines or 3) if f.type == "area" else plain.get(f.type, 0) for f in part.fields)


# Registers


def test_limits_with_source_and_day(site: Site) -> None:
    for language in LANGUAGES:
        w, view, page = wording(language), site.view(language), site.of(language, "glossary/limits")
        assert [h.get("id") for h in page.iter("h2")] == list(view.limits)
        for limit in view.limits.values():
            (entry,) = section(page, limit.id)
            (length,) = entry.find_class("pk-limit")
            assert words(length.find("strong")) == w.limit(limit)
            assert marks(length) == [limit.source]
            assert bool(length.find_class("pk-mark")) is limit.unverified
            facts = rows(entry.find_class("pk-forms")[0])
            assert words(facts[w["checked"]]) == w.date(limit.checked)
            assert words(facts[w["review_due"]]) == w.date(limit.review_every.after(limit.checked))
            assert words(facts[w["starts"]]) == limit.start[language]
            used = [step_href(site, "glossary/limits", s) for s in view.steps_by_limit.get(limit.id, ())]
            assert (hrefs(facts[w["used_in"]]) if w["used_in"] in facts else []) == used


def test_terms_with_their_forms(site: Site) -> None:
    for language in LANGUAGES:
        w, view, page = wording(language), site.view(language), site.of(language, "glossary/terms")
        assert {h.get("id") for h in page.iter("h2")} == set(view.terms)
        heads = [words(h) for h in page.iter("h2")]
        assert heads == sorted(heads, key=w.alphabet.key)
        for term in view.terms.values():
            (entry,) = section(page, term.id)
            assert term.definition[language] in words(entry)
            forms = rows(entry.find_class("pk-forms")[0])
            for other, form in term.forms.items():
                dd = forms[site.library.settings.language_names[other]]
                assert words(dd.xpath(".//strong")[0]) == form.preferred
                assert dd.xpath("./span")[0].get("lang") == other
                for admitted in form.admitted:
                    assert admitted in words(dd)
                bad = dd.find_class("pk-bad")
                assert len(bad) == len(form.forbidden)
                for line, entry_ in zip(bad, form.forbidden, strict=True):
                    assert words(line).startswith(f"{w['forbidden']}: {entry_.form}. ")
                    assert line.find("span").get("lang") == other
                    assert entry_.why[language] in words(line)
                assert (w["unreviewed"] in [words(m) for m in dd.find_class("pk-mark")]) is (
                    form.review == "unreviewed"
                )


def test_sample_has_forbidden_forms(sample_site: Site) -> None:
    assert "натрапник" in words(sample_site.of("mk", "glossary/terms"))


def test_institutions_with_their_contacts(site: Site) -> None:
    for language in LANGUAGES:
        w, view, page = wording(language), site.view(language), site.of(language, "glossary/institutions")
        assert [h.get("id") for h in page.iter("h2")] == list(view.institutions)
        shown = {str(e.get("id")): e for e in page.find_class("pk-contact")}
        assert list(shown) == list(view.contacts)
        for name, (_, contact) in view.contacts.items():
            text = words(shown[name])
            assert contact.what[language] in text and w.date(contact.checked) in text
            for number in contact.phone:
                assert number in text
            assert marks(shown[name]) == [contact.source]


def test_indicators(real_site: Site, sample_site: Site) -> None:
    for site in (real_site, sample_site):
        for language in LANGUAGES:
            w, page = wording(language), site.of(language, "glossary/indicators")
            assert w["indicators_note"] in words(page)
            for group in site.view(language).indicator_groups.values():
                (entry,) = section(page, group.id)
                items = list(entry.find_class("pk-indicators")[0].iter("li"))
                assert [li.get("id") for li in items] == [i.id for i in group.indicators]
                for li, indicator in zip(items, group.indicators, strict=True):
                    assert words(li).startswith(indicator.text[language])
                    assert bool(li.find_class("pk-mark")) is indicator.unverified


def test_sources_are_those_that_are_cited(site: Site) -> None:
    for language in LANGUAGES:
        page = site.of(language, "glossary/sources")
        entries = {str(div.get("id")): div for div in page.xpath("//dl[@class='pk-source-list']/div")}
        cited = site.view(language).cited
        assert list(entries) == [name.lower() for name in cited]
        for name, source in cited.items():
            assert source.title in words(entries[name.lower()])
            assert hrefs(entries[name.lower()]) == ([source.url] if source.url else [])
        used = {name for file, other, _ in each(site.pages) if other == language for name in marks(site.page(file))}
        assert used <= set(cited)


def test_unverified_is_visible(site: Site) -> None:
    for language in LANGUAGES:
        w = wording(language)
        for document in site.view(language).documents.values():
            text = document.text_for(language, LANGUAGES)
            page = site.of(language, f"{FOLDERS[document.record.kind]}/{document.id.lower()}")
            claims = [r for r in text.references if r.scheme == "unverified"]
            # A module quotes steps, whose claims are marked too.
            marked = [mark for mark in page.find_class("pk-unverified") if not mark.xpath("ancestor::details")]
            assert len(marked) == len(claims), f"{document.id} {language}"
            for claim, mark in zip(claims, marked, strict=True):
                (sign,) = mark.find_class("pk-mark")
                assert words(sign) == w["unverified"]
                assert mark.get("title") == w["unverified_title"]
                first = re.split(r"[\[*_]", claim.words)[0].strip()
                assert words(mark).startswith(first)


# Lists, home, handbooks


def test_lists_of_documents(site: Site) -> None:
    for language in LANGUAGES:
        for kind, folder in FOLDERS.items():
            documents = site.library.pathways() if kind == "pathway" else site.library.of_kind(kind)
            expected = [f"{d.id.lower()}.html" for d in documents if visible(d.record.audience, site.audience)]
            if not expected:
                assert address(language, f"{folder}/index") not in site.pages
                continue
            tables = site.of(language, f"{folder}/index").find_class("pk-index")
            found = [
                link.get("href")
                for table in tables
                for link in table.iter("a")
                if not link.get("href").startswith("../guide/") and not link.get("hreflang")
            ]
            assert sorted(found) == sorted(expected)


def test_home(real_site: Site, sample_site: Site) -> None:
    for site in (real_site, sample_site):
        home = site.library.home
        assert home is not None
        for language in LANGUAGES:
            page = site.of(language, "index")
            (urgent,) = page.find_class("pk-urgent")
            targets = [task.target.partition("#") for task in home.urgent]
            assert hrefs(urgent) == [f"sops/{name.lower()}.html#{anchor}" for name, _, anchor in targets]
            assert [words(a.find("strong")) for a in urgent.iter("a")] == [t.title[language] for t in home.urgent]
            (guides,) = page.find_class("pk-guides")
            assert sorted(hrefs(guides)) == sorted(f"guide/{d.id.lower()}.html" for d in site.library.pathways())
            (iam,) = page.find_class("pk-iam")
            for li, entry in zip(iam.iter("li"), home.entries, strict=True):
                assert words(li[0]) == entry.title[language]
                assert hrefs(li) == [f"roles/{name}.html" for name in entry.roles]
            (line,) = page.find_class("pk-hotline")
            numbers = {n for _, c in site.view(language).contacts.values() for n in c.phone}
            assert any(number in words(line) for number in numbers)


def test_handbooks_that_are_not_printed_are_not_linked(real_site: Site, sample_site: Site) -> None:
    for site in (real_site, sample_site):
        for language in LANGUAGES:
            page = site.of(language, "handbooks")
            assert not [href for href in hrefs(text_of(page)) if href.endswith(".pdf")]
            assert wording(language)["handbook_absent"] in words(page)
            titles = [words(li.find("strong")) for li in text_of(page).iter("li")]
            assert titles == [h.title[language] for h in site.library.handbooks.values()]


# Audiences


def test_public_edition_shows_what_is_public_and_nothing_else(sample_public_site: Site, sample_site: Site) -> None:
    paths = {path for _, language, path in each(sample_public_site.pages) if language == "mk"}
    assert paths == {
        "as-of",
        "index",
        "sops/index",
        "sops/sop-02",
        "law/index",
        "law/example-act",
        "pathways/index",
        "pathways/ask-for-help",
        "guide/ask-for-help",
        "matrix/index",
        "matrix/information",
        "roles/index",
        "roles/border-police",
        "roles/social-worker",
        "glossary/terms",
        "glossary/institutions",
        "glossary/limits",
        "glossary/sources",
        "training/index",
        "training/trn-01",
        "leaflets/index",
        "leaflets/where-to-call",
        "leaflets/where-to-call-ar",
        "find",
    }
    assert set(sample_public_site.pages) < set(sample_site.pages)
    for language in LANGUAGES:
        view = sample_public_site.view(language)
        assert {h.get("id") for h in sample_public_site.of(language, "glossary/terms").iter("h2")} == set(view.terms)
        assert "case-code" not in view.terms and "response-team" not in view.roles


def test_public_home_leads_only_to_what_is_public(sample_public_site: Site) -> None:
    page = sample_public_site.of("en", "index")
    assert hrefs(page.find_class("pk-urgent")[0]) == ["sops/sop-02.html#call"]
    assert hrefs(page.find_class("pk-guides")[0]) == ["guide/ask-for-help.html"]
    assert hrefs(page.find_class("pk-iam")[0]) == ["roles/border-police.html", "roles/social-worker.html"]


def test_only_the_public_edition_may_be_indexed(site: Site) -> None:
    for name in site.pages:
        robots = site.page(name).xpath("//meta[@name='robots']/@content")
        assert robots == ([] if site.audience == "public" else ["noindex"]), name
