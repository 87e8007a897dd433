"""Pocket cards and leaflets: that nothing is clipped, how sheets are laid out, and what they say of themselves."""

from __future__ import annotations

import io
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from click.testing import CliRunner
from pdfkit import MM, figures, words_behind, words_in
from sitekit import need

from patokaz.checking import checked, edition_on
from patokaz.cli.main import main
from patokaz.findings import KbError
from patokaz.handbooks import card_set, compose_cards, compose_leaflet, leaflet_languages
from patokaz.handbooks.card_sheet import FOOT, Card, CardSheet
from patokaz.handbooks.main_way import main_way
from patokaz.handbooks.mend import kids_of
from patokaz.handbooks.qr import QUIET, modules_of
from patokaz.load import MemoryTree
from patokaz.pages import Compiled, compile_library
from patokaz.pages.view import View
from patokaz.pages.wording import wording
from sample import SAMPLE, TODAY, overlay

SITE = "https://guide.example.org"
LEAFLET = "docs/leaflets/where-to-call"


def compiled_with(case: dict[str, Any] | None = None, address: str = SITE) -> Compiled:
    """The sample library at an address, with a case laid over it."""
    files = overlay(case).files
    files["mkdocs.yml"] += f"site_url: {address}\n".encode() if address else b""
    tree = MemoryTree(files)
    library, findings = checked(tree, TODAY)
    assert library is not None
    edition, _ = edition_on(library, findings, tree, TODAY)
    return compile_library(edition, "professional")


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    return compiled_with()


@pytest.fixture(scope="module")
def leaflets(compiled: Compiled, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("leaflets")
    files = {}
    for language in ("en", "ar"):
        files[language] = folder / f"{language}.pdf"
        files[language].write_bytes(
            compose_leaflet(compiled.library.documents["where-to-call"], compiled, language).print()
        )
    return files


@pytest.fixture(scope="module")
def cards(compiled: Compiled, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("cards") / "cards.pdf"
    file.write_bytes(compose_cards(card_set(compiled, None, "ask-for-help"), compiled, "mk").print())
    return file


def words(file: Path, *options: str) -> str:
    done = subprocess.run(
        [need("pdftotext"), "-enc", "UTF-8", *options, str(file), "-"], capture_output=True, check=True
    )
    return " ".join(done.stdout.decode().split())


def part(file: Path, page: int, x: float, width: float) -> str:
    """The words of a page between ``x`` and ``x + width``, in millimetres."""
    return words_in(file, page, x, 0, width, 420)


def valid(file: Path, skip: str = "TAG-002,ORD-001") -> None:
    pytest.importorskip("pdfua", reason="make test installs it")
    pytest.importorskip("outloud", reason="make test installs it")
    outloud = [str(Path(sys.executable).parent / "outloud"), "--skip", skip, "--fail-on", "warning"]
    for command in ([sys.executable, "-m", "pdfua", "check"], outloud, [need("qpdf"), "--check"]):
        done = subprocess.run([*command, str(file)], capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == 0, done.stdout + done.stderr


def kinds(element: pikepdf.Object) -> set[str]:
    """What an element of the structure tree holds at any depth."""
    below = [kid for kid in kids_of(element) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
    return {str(kid.S) for kid in below}.union(*(kinds(kid) for kid in below))


# Leaflets


@pytest.mark.parametrize(("language", "cover"), [("en", 197.5), ("ar", 0.0)])
def test_the_cover_is_outside_on_the_side_where_reading_begins(
    leaflets: dict[str, Path], language: str, cover: float
) -> None:
    with pikepdf.open(leaflets[language]) as pdf:
        assert [[round(float(side) / MM) for side in page.mediabox] for page in pdf.pages] == [[0, 0, 297, 210]] * 2
        assert str(pdf.Root.Lang) == language
    shown = part(leaflets[language], 1, cover, 99.5)
    assert "guide.example.org" in shown and "where-to-call" in shown
    assert "where-to-call" not in part(leaflets[language], 2, cover, 99.5)
    inside = 197.5 if language == "ar" else 0.0
    assert part(leaflets[language], 2, inside, 99.5), "the text begins where the cover was lifted"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_cover_is_read_first(leaflets: dict[str, Path], language: str) -> None:
    with pikepdf.open(io.BytesIO(leaflets[language].read_bytes())) as pdf:
        first, second = pdf.Root.StructTreeRoot.K[0].K
        assert "/H1" in kinds(first) and "/H1" not in kinds(second)


def test_leaflets_are_valid(leaflets: dict[str, Path]) -> None:
    valid(leaflets["en"])
    # TXT-004 takes the contextual forms of a letter for different letters.
    valid(leaflets["ar"], "TAG-002,ORD-001,TXT-004")


def test_a_leaflet_that_is_too_long_says_by_how_much() -> None:
    long = compiled_with(
        {f"{LEAFLET}/en.md": {"append_repeat": ["\nA long paragraph of many words that goes on.\n", 250]}}
    )
    with pytest.raises(KbError, match=r"where-to-call.*at 9 pt.* \d+ mm.*too long"):
        compose_leaflet(long.library.documents["where-to-call"], long, "en").print()


WIDTH, HEIGHT = 105, 148.5


def test_languages_of_a_leaflet(compiled: Compiled) -> None:
    assert leaflet_languages(compiled.library.documents["where-to-call"], compiled) == ("mk", "sq", "en", "ar")


# Cards


def test_eight_cards_lie_on_one_sheet_each_within_its_margins(cards: Path, compiled: Compiled) -> None:
    with pikepdf.open(cards) as pdf:
        assert [[round(float(side) / MM) for side in page.mediabox] for page in pdf.pages] == [[0, 0, 420, 297]]
    for column in range(4):
        assert part(cards, 1, column * 105 + 4, 97), column
        assert not part(cards, 1, column * 105 - 4, 8), "nothing lies in the cut"


def test_cards_say_what_they_are_made_of(cards: Path, compiled: Compiled) -> None:
    shown, view = words(cards), View(compiled.library, "professional", "mk")
    contact = next(c for _, c in view.contacts.values() if c.phone)
    assert shown.count(contact.phone[0]) == 2 and view.words.date(contact.checked) in shown
    assert "SOP-01 · " in shown and "ask-for-help · " in shown
    due = min(compiled.library.documents[name].record.review_due for name in ("SOP-01", "FORM-01", "ask-for-help"))
    assert shown.count(view.words.date(due)) >= 8
    for rooted in view.steps_by_document["SOP-01"]:
        assert view.heading(rooted.document, rooted.anchor).split()[0] in shown


def test_cards_are_valid(cards: Path) -> None:
    valid(cards)


def codes(file: Path) -> list[tuple[int, int, list[float]]]:
    """(row and column of its card, box) of every code on a sheet."""
    found = [box for _, box, alt in figures(file) if alt == wording("mk")["qr_code"]]
    rows = [(round(1.5 - box[1] / MM / HEIGHT), int(box[0] / MM / WIDTH), box) for box in found]
    return sorted(rows)


def test_each_card_has_a_code_that_can_be_read_and_its_address_in_words(cards: Path, compiled: Compiled) -> None:
    shown = words(cards).replace(" ", "")
    for path in ("sops/sop-01", "glossary/indicators", "glossary/institutions", "pathways/ask-for-help"):
        assert shown.count(f"{SITE.removeprefix('https://')}/{path}.html") == 2
    found = codes(cards)
    assert [place[:2] for place in found] == [(row, column) for row in (0, 1) for column in range(4)]
    for row, column, box in found:
        left, bottom, right, top = (side / MM for side in box)
        least = min(len(modules_of(f"{SITE}/{path}.html")) for path in ("sops/sop-01", "glossary/institutions"))
        assert right - left >= 0.5 * (least + 2 * QUIET)
        # In the margins of its card, the white zone round it too, and nothing is written there.
        assert column * WIDTH + 5 <= left < right <= column * WIDTH + 100.1
        assert (1 - row) * HEIGHT + 5 <= bottom < top <= (2 - row) * HEIGHT - 5
        assert not words_behind(cards, 1, box)


def steps(*lines: str) -> tuple[dict[str, Any], ...]:
    return tuple({"number": str(n), "words": line, "who": "", "limit": ""} for n, line in enumerate(lines, 1))


def sheet_of(sheet: CardSheet, card: Card, tmp_path: Path) -> Path:
    """The sheet with only ``card``, twice."""
    file = tmp_path / "one.pdf"
    file.write_bytes(replace(sheet, cards=(card,)).print())
    return file


def test_a_code_that_the_foot_has_no_room_for_stands_beside_short_lines(compiled: Compiled, tmp_path: Path) -> None:
    """No word is smaller or left out for it; where all lines are long the address stands in words only."""
    sheet = compose_cards(card_set(compiled, None, "ask-for-help"), compiled, "mk")
    card, long = sheet.cards[0], "Долг ред што стигнува скоро до десната маргина"
    room = [long] * 14 + ["Кратко"] * 8 + [long] * 3
    for lines, place in ((["Кратко"] * 20, FOOT), (room, 14), ([long] * 25, None)):
        file = sheet_of(sheet, replace(card, note="", steps=steps(*lines)), tmp_path)
        shown, found = words(file), codes(file)
        assert shown.count("Кратко") == 2 * lines.count("Кратко") and shown.count("Долг") == 2 * lines.count(long)
        assert shown.replace(" ", "").count("guide.example.org/sops/sop-01.html") == 2
        assert len(found) == (0 if place is None else 2)
        for _, _, box in found:
            assert not words_behind(file, 1, box)
            from_top = 2 * HEIGHT - box[3] / MM
            beside = words_in(file, 1, 5, from_top, 60, (box[3] - box[1]) / MM)
            assert ("SOP-01 ·" in beside) == (place == FOOT) and "Долг" not in beside
        valid(file)


def test_without_an_address_cards_claim_none() -> None:
    compiled = compiled_with(address="")
    html = compose_cards(card_set(compiled, None, "ask-for-help"), compiled, "mk").html
    assert 'class="qr"' not in html and 'class="address"' not in html


def test_the_main_way_keeps_urgent_questions(compiled: Compiled) -> None:
    view = View(compiled.library, "professional", "en")
    nodes = view.pathways["ask-for-help"]
    way = main_way(nodes)
    assert way and {node.node.type for node in way if node.node.urgency is None} <= {"task", "call", "outcome"}


def test_a_card_that_is_too_long_is_named_with_its_excess() -> None:
    long = " ".join(["Многу"] * 500)
    compiled = compiled_with()
    chosen = card_set(compiled, None, "ask-for-help")
    for _, contact in compiled.library.contacts.values():
        object.__setattr__(contact, "what", {"mk": long})
    with pytest.raises(KbError, match=r"“.+” by \d+\.\d mm"):
        compose_cards(chosen, compiled, "mk").print()


def test_without_a_pathway_of_children_the_command_asks_for_one(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        main,
        ["--root", str(SAMPLE), "cards", "--lang", "mk", "--today", "2026-11-23", "--out", str(tmp_path / "x.pdf")],
    )
    assert done.exit_code == 3 and "--child-track ID" in done.output and not list(tmp_path.iterdir())
