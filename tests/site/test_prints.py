"""The page of everything that can be printed: each PDF of the build is on it once in its language, with figures that are true."""

from __future__ import annotations

import datetime
import json
import re
from collections import Counter
from pathlib import Path
from urllib.parse import urljoin

import pikepdf
import pytest
from click.testing import CliRunner
from sitekit import LANGUAGES, Site, hrefs, say_nothing, words

from patokaz.cli.main import main
from patokaz.release.build import Options, build
from sample import TODAY, Sources, overlay

LEAFLET = "docs/leaflets/where-to-call"
_FACTS = re.compile(r"(A\d(?: → A\d)?) · (\d+) \w+ · ([\d ]+) \w+$")


def page_of(language: str) -> str:
    return f"{language}/handbooks.html" if language != LANGUAGES[0] else "handbooks.html"


def listed(site: Site, language: str) -> dict[str, tuple[str, int, int]]:
    """What the page says of each PDF: its place in the site → paper, pages, bytes."""
    name = page_of(language)
    found = {}
    for link in site.page(name).iter("a"):
        href = str(link.get("href"))
        if href.endswith(".pdf"):
            facts = _FACTS.search(words(link.getnext()))
            assert facts, words(link.getnext())
            place = urljoin(name, href).replace("../", "")
            assert place not in found, "once"
            found[place] = facts[1], int(facts[2]), int(facts[3].replace(" ", ""))
    return found


@pytest.mark.slow
def test_every_pdf_is_on_the_page_of_its_language(printed_site: Site) -> None:
    made = {str(file.relative_to(printed_site.folder)) for file in printed_site.folder.rglob("*.pdf")}
    shown = Counter(place for language in LANGUAGES for place in listed(printed_site, language))
    assert set(shown) == made
    # A leaflet in no working language stands on the page of each.
    assert {place for place, count in shown.items() if count > 1} == {"leaflets/where-to-call-ar.pdf"}
    kinds = Counter(place.partition("/")[0] for place in made)
    assert kinds == {
        "handbooks": 9, "documents": 12, "forms": 6, "posters": 6, "leaflets": 4, "training": 15,
    }  # fmt: skip


@pytest.mark.slow
def test_figures_are_those_of_the_files(printed_site: Site) -> None:
    sides = {"A4": (210, 297), "A3": (297, 420)}
    for language in LANGUAGES:
        for place, (paper, pages, size) in listed(printed_site, language).items():
            file = printed_site.folder / place
            assert size == file.stat().st_size, place
            with pikepdf.open(file) as pdf:
                assert len(pdf.pages) == (-(-pages // 4) * 2 if place.endswith("-booklet.pdf") else pages), place
                box = [float(value) * 25.4 / 72 for value in pdf.pages[0].mediabox]
            assert sorted(box[2:]) == pytest.approx(sides[paper.partition(" ")[0]], abs=0.5), place


@pytest.mark.slow
def test_a_page_leads_to_its_own_pdfs(printed_site: Site) -> None:
    for name, own in (
        ("en/forms/form-01.html", {"../../forms/form-01-en.pdf", "../../forms/form-01-en-flat.pdf"}),
        ("forms/form-01.html", {"../forms/form-01-mk.pdf", "../forms/form-01-mk-flat.pdf"}),
        ("sq/sops/sop-01.html", {"../../documents/sop-01-sq.pdf"}),
    ):
        assert own <= {href for href in hrefs(printed_site.page(name)) if href.endswith(".pdf")}, name
        assert all((printed_site.folder / name).parent.joinpath(href).resolve().is_file() for href in own)


@pytest.mark.slow
def test_pages_to_exchange_since_an_earlier_edition(printed_site: Site, library: Path, tmp_path: Path) -> None:
    text = library / "sops/reception/SOP-01-first-help/en.md"
    text.write_text(text.read_text() + "\nOne more sentence.\n")
    settings = library / "mkdocs.yml"
    settings.write_text(settings.read_text().replace('id: "2026.1"', 'id: "2026.2"'))
    earlier = printed_site.folder / "handbooks/chapters.json"
    built = build(
        Options(library, TODAY, site_dir=tmp_path / "site", languages=("en",), earlier=earlier, jobs=2), say_nothing
    )
    site = Site("exchanged", library, built.site, "professional")
    place = "handbooks/all-en-replacement.pdf"
    shown = listed(site, "en")[place]
    with pikepdf.open(built.site / place) as pdf:
        assert shown[1:] == (len(pdf.pages), (built.site / place).stat().st_size)
        with pikepdf.open(built.site / "handbooks/all-en.pdf") as whole:
            assert 1 < len(pdf.pages) < len(whole.pages)
    assert "2026.1 → 2026.2" in words(site.page("en/handbooks.html"))
    assert json.loads((built.site / "handbooks/chapters.json").read_text())["edition"] == "2026.2"


@pytest.mark.slow
def test_a_leaflet_that_is_too_long_is_left_out_and_named(tmp_path: Path) -> None:
    long = {f"{LEAFLET}/en.md": {"append_repeat": ["\nA long paragraph of many words that goes on.\n", 250]}}
    root = Sources(overlay(long).files).write(tmp_path / "library")
    command = ["--root", str(root), "build", "--lang", "en", "--site-dir", str(tmp_path / "site"), "--jobs", "2"]
    done = CliRunner().invoke(main, [*command, "--today", TODAY.isoformat()])
    assert done.exit_code == 0, done.output
    assert re.search(r"not printed: the leaflet `where-to-call` in `en` .* too long", done.output)
    assert not (tmp_path / "site/leaflets/where-to-call-en.pdf").exists()
    assert "where-to-call-en.pdf" not in (tmp_path / "site/en/handbooks.html").read_text()


def test_an_earlier_edition_that_is_none_is_said(library: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "chapters.json"
    wrong.write_text("[]")
    command = ["--root", str(library), "build", "--replaces", str(wrong), "--site-dir", str(tmp_path / "site")]
    done = CliRunner().invoke(main, [*command, "--today", datetime.date(2026, 11, 23).isoformat()])
    assert done.exit_code == 3 and "not a chapters.json" in done.output
    assert not (tmp_path / "site").exists()
