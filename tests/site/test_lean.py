"""What published pages leave to styles and script: nothing that a reader gets is lost."""

from __future__ import annotations

import pytest
from sitekit import Site

from patokaz.site.lean import lean


def test_marks_of_sources_lead_to_the_list_of_their_page(real_site: Site) -> None:
    marked = 0
    for name in real_site.pages:
        page = real_site.page(name)
        listed = set(page.xpath("//section[contains(@class, 'pk-sources')]//li/@id"))
        near = page.xpath("//a[starts-with(@href, '#S')]")
        assert {link.get("href") for link in near} <= {f"#{anchor}" for anchor in listed}, name
        marked += len(near)
        for line in page.xpath("//section[contains(@class, 'pk-sources')]//li[@id]"):
            (link,) = line.xpath("a")
            assert link.get("href").endswith(f"glossary/sources.html#{line.get('id').lower()}"), name
    assert marked > 1000


def test_a_mark_that_the_page_does_not_list_leads_to_the_register() -> None:
    mark = '<a class="pk-source" href="../glossary/sources.html#s{0}">S{0}</a>'
    foot = '<section class="pk-sources"><ul><li><a href="../glossary/sources.html#s1">S1</a> Title</li></ul></section>'
    html = lean(f"<p>{mark.format(1)}{mark.format(12)}</p>{foot}")
    assert '<a href="#S1">S1</a>' in html
    assert mark.format(12) in html
    assert '<li id="S1"><a href="../glossary/sources.html#s1">S1</a> Title</li>' in html
    assert lean(f"<p>{mark.format(1)}</p>") == f"<p>{mark.format(1)}</p>"


@pytest.mark.parametrize("name", ["sops/sop-02.html", "en/sops/sop-02.html"])
def test_cards_keep_labels_and_values_in_order(real_site: Site, name: str) -> None:
    for card in real_site.page(name).find_class("pk-card"):
        tags = [child.tag for child in card]
        assert tags and tags == ["dt", "dd"] * (len(tags) // 2)


def test_every_term_finds_its_definition_by_its_address(real_site: Site) -> None:
    found = 0
    for name in real_site.pages:
        page = real_site.page(name)
        for term in page.find_class("pk-term"):
            assert page.get_element_by_id(f"def-{term.get('href').partition('#')[2]}") is not None, name
            found += 1
    assert found > 100
