"""What printed pages say of themselves: codes that lead to their revision, until when a copy counts, and the word across drafts."""

from __future__ import annotations

import datetime
import io
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st
from pdfkit import figures, words_behind
from PIL import Image
from sitekit import LANGUAGES, REPOSITORY, need

from patokaz.checking import checked, edition_on
from patokaz.handbooks import (
    SHEETS,
    Binder,
    Book,
    compose,
    compose_document,
    compose_form,
    compose_poster,
    compose_sheet,
    print_pdf,
)
from patokaz.handbooks.form_fields import print_form
from patokaz.handbooks.marks import code, mark
from patokaz.handbooks.qr import QUIET, modules_of, outline_of
from patokaz.handbooks.watermark import GREY, watermark_url
from patokaz.load import MemoryTree
from patokaz.model.base import Audience
from patokaz.model.library import Library
from patokaz.pages import Compiled, Page, compile_library
from patokaz.pages.view import View
from patokaz.pages.wording import wording
from patokaz.release.press import press
from sample import FORM, PUBLIC_SOP, TODAY, overlay, sample_files

SITE = "https://guide.example.org/help"
DUE = datetime.date(2027, 11, 1)
MODULE = "docs/training/TRN-01-help-line"
EDITION = datetime.date(2026, 11, 23)
_CORNER = re.compile(r"(-?\d+) (-?\d+)")


def compiled_with(
    case: dict[str, Any] | None = None, *, address: str = SITE, audience: Audience = "professional"
) -> tuple[Compiled, MemoryTree]:
    """The sample library with a case laid over it, at an address."""
    files = overlay(case).files
    if address:
        files["mkdocs.yml"] += f"site_url: {address}\n".encode()
    tree = MemoryTree(files)
    library, findings = checked(tree, TODAY)
    assert library is not None
    edition, _ = edition_on(library, findings, tree, TODAY)
    return compile_library(edition, audience), tree


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    return compiled_with()[0]


def document_of(compiled: Compiled, language: str, name: str = "SOP-01") -> Book:
    return compose_document(compiled.library.documents[name], Binder(compiled, language))


@pytest.fixture(scope="module")
def printed(compiled: Compiled, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """FORM-01 alone in Macedonian: a cover and a chapter."""
    folder = tmp_path_factory.mktemp("marks")
    with press(MemoryTree(sample_files()), 1, folder / "kept") as printer:
        (folder / "form.pdf").write_bytes(printer.link(document_of(compiled, "mk", "FORM-01")).pdf)
    return folder / "form.pdf"


def texts(file: Path) -> list[str]:
    command = [need("pdftotext"), "-enc", "UTF-8", str(file), "-"]
    done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    return [" ".join(page.split()) for page in done.stdout.decode().split("\f")[:-1]]


def picture(file: Path, number: int, dots: int) -> Image.Image:
    command = [need("pdftoppm"), "-gray", "-r", str(dots), "-f", str(number), "-l", str(number), str(file)]
    done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    return Image.open(io.BytesIO(done.stdout))


# Codes


def inside(path: str, x: float, y: float) -> bool:
    """Whether a point is in the outline, by counting the edges to the left of it."""
    crossings = 0
    for line in path.split("z")[:-1]:
        corners = [(int(a), int(b)) for a, b in _CORNER.findall(line)]
        for (x1, y1), (x2, y2) in zip(corners, [*corners[1:], corners[0]], strict=True):
            crossings += x1 == x2 and x1 < x and min(y1, y2) < y < max(y1, y2)
    return crossings % 2 == 1


@given(st.lists(st.lists(st.booleans(), min_size=7, max_size=7).map(tuple), min_size=1, max_size=7).map(tuple))
def test_outline_holds_what_is_black(rows: tuple[tuple[bool, ...], ...]) -> None:
    path = outline_of(rows)
    assert rows == tuple(tuple(inside(path, x + 0.5, y + 0.5) for x in range(len(row))) for y, row in enumerate(rows))


def test_modules_are_those_of_the_address() -> None:
    for address in (SITE, f"{SITE}/{'long/' * 40}", "https://пример.mk/постапки/1.0.html"):
        wanted = segno.make_qr(address, error="m", boost_error=False)
        assert [[int(module) for module in row] for row in modules_of(address)] == [list(row) for row in wanted.matrix]


def test_printed_squares_are_those_of_the_address(printed: Path) -> None:
    """Each code, looked at as a picture: every module, the white zone round it, and at least 20 mm wide."""
    address = f"{SITE}/forms/form-01.html"
    rows, dots = modules_of(address), 200
    found = figures(printed)
    assert [(number, alt) for number, _, alt in found] == [(n, wording("mk")["qr_code"]) for n in (1, 2)]
    for number, (left, bottom, right, top), _ in found:
        image = picture(printed, number, dots)
        module = (right - left) / (len(rows) + 2 * QUIET)
        assert module * len(rows) / 72 * 25.4 >= 20
        assert right - left == pytest.approx(top - bottom, abs=0.1)
        for y in range(-QUIET, len(rows) + QUIET):
            for x in range(-QUIET, len(rows) + QUIET):
                at = ((left + (x + QUIET + 0.5) * module), (842 - top + (y + QUIET + 0.5) * module))
                shown = image.getpixel((int(at[0] * dots / 72), int(at[1] * dots / 72))) < 128
                assert shown == (0 <= y < len(rows) and 0 <= x < len(rows) and rows[y][x]), (number, x, y)


def test_address_stands_in_words_and_leads_there(printed: Path) -> None:
    for page in texts(printed)[:2]:
        assert "guide.example.org/help/forms/form-01.html" in page.replace(" ", "")
    with pikepdf.open(printed) as pdf:
        for page in pdf.pages[:2]:
            assert f"{SITE}/forms/form-01.html" in [str(item.A.URI) for item in page.Annots if "/A" in item]


def test_code_leads_to_the_sealed_revision() -> None:
    compiled, _ = compiled_with({PUBLIC_SOP: {"seal": {"revision": "1.0"}}})
    for language, folder in (("mk", ""), ("en", "en/")):
        made = code(compiled.pages[language, "sops/sop-02"], compiled, View(compiled.library, "professional", language))
        assert made is not None
        assert made.address == f"{SITE}/{folder}revisions/sop-02/1.0.html"
        assert (language, "revisions/sop-02/1.0") in compiled.pages


def test_a_procedure_alone_names_the_pages_that_it_has(compiled: Compiled, tmp_path: Path) -> None:
    """Its pathway is a chapter behind it and says on which page each of its steps is; what is not there has a dash."""
    file = tmp_path / "sop.pdf"
    with press(MemoryTree(sample_files()), 1, tmp_path / "kept") as printer:
        file.write_bytes(printer.link(document_of(compiled, "en")).pdf)
    cover, *pages = texts(file)
    step = "1.1 Find a safe place"
    first = next(number for number, page in enumerate(pages, 2) if step in page)
    assert any(f"SOP-01 {step} (p. {first})" in page for page in pages[first:])
    assert any("(p. –)" in page for page in pages)
    assert "“p. –”" in cover


def test_every_chapter_and_the_cover_of_a_handbook_have_a_code(compiled: Compiled) -> None:
    book = compose(compiled.library.handbooks["all"], Binder(compiled, "en"))
    assert book is not None
    links = {part.name: re.findall(r'<div class="qr".*?<a href="([^"]+)">', part.html) for part in book.parts}
    assert links.pop("front") == [f"{SITE}/en/handbooks.html"]
    assert links.pop("find") == []
    assert links["sops-sop-01"] == [f"{SITE}/en/sops/sop-01.html"]
    assert links["glossary-limits"] == [f"{SITE}/en/glossary/limits.html"]
    assert all(len(found) == 1 for found in links.values())


def test_without_an_address_nothing_claims_one(compiled: Compiled) -> None:
    without, _ = compiled_with(address="")
    for made in (document_of(without, "en"), compose(without.library.handbooks["all"], Binder(without, "en"))):
        assert made is not None
        assert not any('class="qr"' in part.html for part in made.parts)
    # A site that moves is no reason to exchange pages.
    says = [[part.says for part in document_of(item, "en").parts] for item in (compiled, without)]
    assert says[0] == says[1]


# Until when a copy counts


@pytest.mark.parametrize("language", LANGUAGES)
def test_cover_and_chapters_say_until_when_they_count(compiled: Compiled, language: str) -> None:
    said = wording(language)["printed_until"].format(date=wording(language).date(DUE))
    handbook = compose(compiled.library.handbooks["all"], Binder(compiled, language))
    assert handbook is not None
    for part in (*document_of(compiled, language).parts, *handbook.parts):
        assert (said in part.html) == (part.kind in ("front", "document")), part.name


def test_each_page_names_document_revision_status_and_edition(printed: Path) -> None:
    w = wording("mk")
    pages = texts(printed)
    assert len(pages) > 1
    for page in pages:
        for fact in ("FORM-01", f"{w['revision']} 1.0 · {w['status_draft']}", f"{w['edition']} 2026.1, 23.11.2026 г."):
            assert fact in page


# The word across the page


def library_with(compiled: Compiled, name: str, **record: Any) -> Library:
    documents = dict(compiled.library.documents)
    changed = documents[name].record.model_copy(update=record)
    documents[name] = replace(documents[name], record=changed, standing=None)
    return replace(compiled.library, documents=documents)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_strongest_word_is_chosen(compiled: Compiled, language: str) -> None:
    w = wording(language)
    page = compiled.pages[language, "forms/form-01"]

    def word(shown: Page = page, **record: Any) -> str:
        return mark(shown, View(library_with(compiled, "FORM-01", **record), "professional", language))

    assert word() == w["status_draft"]
    assert word(status="superseded") == w["status_superseded"]
    assert word(status="withdrawn") == w["status_withdrawn"]
    for status in ("consultation", "commission-adopted"):
        assert word(status=status) == w["watermark_not_in_force"]
    # The original is nobody's translation.
    assert word(status="in-force") == ("" if language == "en" else w["guide_unreviewed"])
    assert word(replace(page, watermark="superseded by 1.1")) == "superseded by 1.1"
    assert word(replace(page, document=None)) == ""


def test_a_changed_word_changes_what_the_chapter_says(compiled: Compiled) -> None:
    force = replace(compiled, library=library_with(compiled, "FORM-01", status="in-force"))
    draft, adopted = (document_of(item, "en", "FORM-01").parts[1] for item in (compiled, force))
    assert "data:image/svg+xml" in draft.html and "data:image/svg+xml" not in adopted.html
    assert draft.says != adopted.says


def test_the_word_is_seen_on_each_page_and_not_read(printed: Path) -> None:
    """It is drawn first, as an artifact, in outlines; the only figures are the codes."""
    pages = texts(printed)
    word = wording("mk")["status_draft"]
    assert not any(word.upper() in page for page in pages)
    grey = int(GREY[1:3], 16)
    with pikepdf.open(printed) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            operators = [str(item.operator) for item in pikepdf.parse_content_stream(page)]
            assert operators.index("Do") < operators.index("BT")
            before = operators[: operators.index("Do")]
            assert before.count("BMC") + before.count("BDC") == before.count("EMC") + 1
            shades = picture(printed, number, 40).histogram()
            share = shades[grey] / sum(shades)
            assert 0.02 < share < 0.12, "a large word, and most of the page is free"


# What hangs on a wall, and forms alone


def grey_box(image: Image.Image) -> tuple[float, float]:
    """How much of a page's width and height the word takes."""
    grey = int(GREY[1:3], 16)
    box = image.point([255 if shade == grey else 0 for shade in range(256)]).getbbox()
    assert box is not None
    return (box[2] - box[0]) / image.width, (box[3] - box[1]) / image.height


@pytest.fixture(scope="module")
def poster(compiled: Compiled, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The poster of SOP-01 in English: two sheets."""
    file = tmp_path_factory.mktemp("posters") / "poster.pdf"
    file.write_bytes(print_pdf(compose_poster(compiled.library.documents["SOP-01"], compiled, "en").html))
    return file


def test_each_sheet_of_a_poster_says_what_it_is_and_where_its_present_text_is(poster: Path) -> None:
    w = wording("en")
    sheets, found = texts(poster), figures(poster)
    codes = [(number, box) for number, box, alt in found if alt == w["qr_code"]]
    assert [number for number, _ in codes] == [*range(1, len(sheets) + 1)] and len(sheets) > 1
    for number, sheet in enumerate(sheets):
        for fact in (
            f"SOP-01 · {w['revision']} 1.1 · {w['status_draft']} · {w['edition']} 2026.1, {w.date(EDITION)}",
            w["printed_until"].format(date=w.date(DUE)),
        ):
            assert fact in sheet, fact
        assert "guide.example.org/help/en/pathways/sop-01.html" in sheet.replace(" ", "")
        # The code stands clear of the chart below it, and in the page.
        left, bottom, right, _ = codes[number][1]
        (chart,) = (box for at, box, alt in found if at == number + 1 and alt != w["qr_code"])
        assert bottom >= chart[3] and right - left > 20 / 25.4 * 72
        across, down = grey_box(picture(poster, number + 1, 20))
        assert across > 0.4 and down > 0.4


@pytest.mark.parametrize("address", ["", SITE, f"https://guide.example.org/{'a-long-folder/' * 12}"])
def test_a_code_takes_no_sheet_and_no_room_of_the_chart(address: str) -> None:
    made, _ = compiled_with(address=address)
    html = compose_poster(made.library.documents["SOP-01"], made, "mk").html
    drawings = re.findall(r'class="pk-drawing" style="([^"]+)"', html)
    without, _ = compiled_with(address="")
    bare = compose_poster(without.library.documents["SOP-01"], without, "mk").html
    assert drawings == re.findall(r'class="pk-drawing" style="([^"]+)"', bare) != []
    with pikepdf.open(io.BytesIO(print_pdf(html))) as pdf:
        assert len(pdf.pages) == len(drawings)


@pytest.mark.parametrize("fillable", [True, False])
def test_a_form_alone_has_a_code_and_its_word(compiled: Compiled, tmp_path: Path, *, fillable: bool) -> None:
    w, view = wording("mk"), View(compiled.library, "professional", "mk")
    file = tmp_path / "form.pdf"
    file.write_bytes(print_form(compose_form(view.documents["FORM-01"], view, TODAY, fillable=fillable)))
    (found,) = figures(file)
    assert (found[0], found[2]) == (1, w["qr_code"])
    pages = texts(file)
    assert "guide.example.org/help/forms/form-01.html" in pages[0].replace(" ", "")
    for number, page in enumerate(pages, 1):
        assert f"{w['edition']} 2026.1, {w.date(EDITION)}" in page
        across, down = grey_box(picture(file, number, 20))
        assert across > 0.4 and down > 0.4
    assert w["status_draft"].upper() not in " ".join(pages)
    with pikepdf.open(file) as pdf:
        for page in pdf.pages:
            boxes = [[float(value) for value in item.Rect] for item in page.get("/Annots", [])]
            left, bottom, right, top = found[1]
            assert page != pdf.pages[0] or not [
                box for box in boxes if box[0] < right and left < box[2] and box[1] < top and bottom < box[3]
            ]


def test_the_word_on_a_form_follows_its_status(compiled: Compiled) -> None:
    def word(language: str, **record: Any) -> str:
        view = View(library_with(compiled, "FORM-01", **record), "professional", language)
        return compose_form(view.documents["FORM-01"], view, TODAY, fillable=True).html

    w = wording("mk")
    assert watermark_url(w["status_superseded"], "ltr") in word("mk", status="superseded")
    assert watermark_url(w["guide_unreviewed"], "ltr") in word("mk", status="in-force")
    assert "data:image/svg+xml" not in word("en", status="in-force")


def test_a_form_leads_to_its_sealed_revision() -> None:
    compiled, _ = compiled_with({FORM: {"seal": {"revision": "1.0"}}})
    view = View(compiled.library, "professional", "en")
    html = compose_form(view.documents["FORM-01"], view, TODAY, fillable=False).html
    assert f'href="{SITE}/en/revisions/form-01/1.0.html"' in html


# Sheets of a module


def addresses(compiled: Compiled, sheet: str, language: str) -> list[str]:
    """Where the codes on a sheet lead, part by part, less the folder of the site."""
    book = compose_sheet(compiled.library.documents["TRN-01"], sheet, Binder(compiled, language))
    found = []
    for part in book.parts:
        assert part.html.count('class="qr"') == 1, part.name
        ((address, words),) = re.findall(r'<p[^>]*><a href="(http[^"]+)">([^<]+)</a></p>', part.html)
        assert address == f"https://{words}"
        found.append(address.removeprefix(f"{SITE}/"))
        path = found[-1].removesuffix(".html")
        assert (language, path if language == "mk" else path.removeprefix(f"{language}/")) in compiled.pages
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sheet_of_a_module_leads_to_its_page(compiled: Compiled, language: str) -> None:
    folder = "" if language == "mk" else f"{language}/"
    sealed, _ = compiled_with({MODULE: {"seal": {"revision": "1.0"}}})
    for sheet in SHEETS:
        trainer, sources = "-trainer" if sheet == "trainer" else "", ["sources"] * (sheet == "trainer")
        *front, last = addresses(compiled, sheet, language)
        page = f"{folder}training/trn-01{trainer}.html"
        kept = f"{folder}revisions/trn-01/1.0{trainer}.html"
        if sources:
            assert last == f"{folder}glossary/sources.html"
        assert set(front if sources else [*front, last]) == {page}
        assert set(addresses(sealed, sheet, language)[: -len(sources) or None]) == {kept}


def test_for_the_public_no_sheet_leads_to_what_only_professionals_have() -> None:
    """The sealed draft of the module has a page for professionals only."""
    public, _ = compiled_with({MODULE: {"seal": {"revision": "1.0"}}}, audience="public")
    for sheet in SHEETS.keys() - {"trainer"}:
        assert set(addresses(public, sheet, "en")) == {"en/training/trn-01.html"}, sheet


def test_sheets_without_an_address_claim_none() -> None:
    without, _ = compiled_with(address="")
    for sheet in SHEETS:
        book = compose_sheet(without.library.documents["TRN-01"], sheet, Binder(without, "mk"))
        assert not any("qr" in part.html or "address" in part.html for part in book.parts), sheet


@pytest.mark.parametrize("sheet", ["attendance", "certificate"])
@pytest.mark.parametrize("address", [SITE, f"https://guide.example.org/{'a-long-folder/' * 4}"])
def test_a_code_on_a_blank_sheet_takes_no_second_page(address: str, sheet: str, tmp_path: Path) -> None:
    """It stands in the corner at the end of the line, inside the margins."""
    made, _ = compiled_with(address=address)
    book = compose_sheet(made.library.documents["TRN-01"], sheet, Binder(made, "mk"))
    file = tmp_path / "sheet.pdf"
    with press(MemoryTree(sample_files()), 1, tmp_path / "kept") as printer:
        file.write_bytes(printer.link(book).pdf)
    (page,), (found,) = texts(file), figures(file)
    with pikepdf.open(file) as pdf:
        _, _, width, height = (float(edge) for edge in pdf.pages[0].mediabox)
    _, _, right, top = found[1]
    assert found[2] == wording("mk")["qr_code"]
    assert right == pytest.approx(width - 18 / 25.4 * 72, abs=0.5)
    assert top == pytest.approx(height - 22 / 25.4 * 72, abs=0.5)
    assert f"{address.removeprefix('https://').rstrip('/')}/training/trn-01.html" in page.replace(" ", "")
    assert not words_behind(file, 1, found[1])


def test_the_word_is_as_large_on_a_page_in_landscape(compiled: Compiled, tmp_path: Path) -> None:
    """It runs from corner to corner of a certificate as on an upright page."""
    binder = Binder(compiled, "mk")
    book = compose_sheet(compiled.library.documents["TRN-01"], "certificate", binder)
    file = tmp_path / "certificate.pdf"
    with press(MemoryTree(sample_files()), 1, tmp_path / "kept") as printer:
        file.write_bytes(printer.link(book).pdf)
    across, down = grey_box(picture(file, 1, 40))
    assert across > 0.5 and down > 0.5


def test_text_on_the_word_keeps_its_contrast() -> None:
    """WCAG 1.4.3 for every ink of the print styles."""
    styles = (REPOSITORY / "src/patokaz/resources/print/print.css").read_text(encoding="utf-8")
    inks = set(re.findall(r"[{; ]color: (#[0-9a-f]+)", styles))
    assert len(inks) > 3
    assert min(contrast(ink, GREY) for ink in inks) >= 4.5


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(color: str) -> float:
    digits = color[1:] if len(color) == 7 else "".join(digit * 2 for digit in color[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_validators_find_nothing(printed: Path) -> None:
    pytest.importorskip("pdfua", reason="make test installs it")
    pytest.importorskip("outloud", reason="make test installs it")
    outloud = [str(Path(sys.executable).parent / "outloud"), "--skip", "TAG-002,ORD-001", "--fail-on", "warning"]
    for command in ([sys.executable, "-m", "pdfua", "check"], outloud, [need("qpdf"), "--check"]):
        done = subprocess.run([*command, str(printed)], capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_cover_of_a_law_calls_it_a_summary_and_no_model(compiled: Compiled, language: str) -> None:
    """A law in force is not to be told as something that a body has yet to adopt."""
    w = wording(language)
    law, sop = (document_of(compiled, language, name).parts[0].html for name in ("example-act", "SOP-01"))
    assert w["notice_summary"] in law and w["notice_model"] not in law
    assert w["notice_model"] in sop and w["notice_summary"] not in sop
