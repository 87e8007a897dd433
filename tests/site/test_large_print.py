"""A handbook in large print: large everywhere, whole, and as good for a screen reader as the handbook itself."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from pathlib import Path

import pikepdf
import pytest
from sitekit import need

from patokaz.checking import checked
from patokaz.handbooks import BOOKLET, LARGE_PRINT, PAGES, Binder, Book, Format, compose, print_pdf
from patokaz.handbooks.store import key_of
from patokaz.load import DiskTree
from patokaz.pages import compile_for_print
from patokaz.pages.drawings import LEAST_POINTS
from patokaz.release.press import press
from printed_sizes import sizes
from sample import SAMPLE, TODAY

pytestmark = pytest.mark.slow

LEAST, BODY = 16.0, 18.0
"""Points that UKAAF asks for at least, and ideally (handbooks/formats.py)."""


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> tuple[Book, bytes]:
    """The sample's handbook in Macedonian."""
    library, _ = checked(DiskTree(SAMPLE), TODAY)
    assert library is not None
    compiled = compile_for_print(library, "professional", paper=LARGE_PRINT.drawn)
    book = compose(library.handbooks["all"], Binder(compiled, "mk", LARGE_PRINT))
    assert book is not None
    with press(DiskTree(SAMPLE), 1, tmp_path_factory.mktemp("kept")) as printer:
        return book, printer.link(book).pdf


@pytest.fixture(scope="module")
def opened(large: tuple[Book, bytes]) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(large[1]))


def drawn_on(pdf: pikepdf.Pdf) -> dict[int, list[float]]:
    """Number of a page from 0 → box in points of the drawing of a pathway on it."""
    at, found, waiting = (
        {page.obj.objgen: number for number, page in enumerate(pdf.pages)},
        {},
        [pdf.Root.StructTreeRoot],
    )
    while waiting:
        kids = waiting.pop().get("/K", pikepdf.Array())
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                waiting.append(kid)
                if kid.S == "/Figure" and float(kid.A.BBox[2] - kid.A.BBox[0]) > 200:
                    found[at[kid.Pg.objgen]] = [float(value) for value in kid.A.BBox]
    return found


def test_all_text_is_large(opened: pikepdf.Pdf) -> None:
    """No glyph outside the drawings, whose words stand beside them as text, is smaller than the least; most are of 18 pt."""
    drawn = drawn_on(opened)
    assert len(drawn) > 3, "drawings go on over pages"
    for number in drawn:
        assert min(sizes(opened.pages[number])) >= LEAST_POINTS * LARGE_PRINT.type_size
    all_sizes: Counter[float] = Counter()
    for number, page in enumerate(opened.pages):
        if number not in drawn:
            found = sizes(page)
            assert min(found) >= LEAST, (number + 1, found)
            all_sizes += found
    assert all_sizes.most_common(1)[0][0] == BODY
    assert sum(count for size, count in all_sizes.items() if size >= BODY) > 0.7 * all_sizes.total()


def test_pages_are_a4_and_drawings_take_their_width(opened: pikepdf.Pdf) -> None:
    for page in opened.pages:
        assert [float(value) for value in page.mediabox] == pytest.approx([0, 0, 595.28, 841.89], abs=0.1)
    boxes = list(drawn_on(opened).values())
    assert max(right - left for left, _, right, _ in boxes) == pytest.approx(190 / 25.4 * 72, abs=1)
    for left, bottom, right, top in boxes:
        assert left > 28 and right < 595 - 28 and bottom > 90 and top < 842 - 70


def test_nothing_is_cut_off(large: tuple[Book, bytes]) -> None:
    """Every word of the book is on a page, inside its edges, and no word lies on another."""
    book, pdf = large
    command = [need("pdftotext"), "-bbox", "-", "-"]
    listing = subprocess.run(command, input=pdf, capture_output=True, check=True, timeout=60).stdout.decode()
    said = ""
    pattern = r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)</word>'
    for page in listing.split("<page ")[1:]:
        words = [(*map(float, found[:4]), found[4]) for found in re.findall(pattern, page)]
        said += "".join(word[4] for word in words)
        for index, (left, top, right, bottom, word) in enumerate(words):
            assert left > 28 and right < 595 - 28 and top > 14 and bottom < 842 - 14, word
            for other in words[index + 1 :]:
                across = min(right, other[2]) - max(left, other[0])
                down = min(bottom, other[3]) - max(top, other[1])
                assert across < 2 or down < 0.6 * min(bottom - top, other[3] - other[1]), (word, other)
    bodies = " ".join(re.sub("<title>.*?</title>", "", item.html.partition("<body>")[2]) for item in book.parts)
    wanted = re.findall(r"\w{4,}", unicodedata.normalize("NFC", re.sub(r"<[^>]+>|&\w+;|[\ue000-\uf8ff]", " ", bodies)))
    assert len(wanted) > 500
    said = unicodedata.normalize("NFC", said)
    assert not {word for word, count in Counter(wanted).items() if said.count(word) < count}


@pytest.mark.parametrize("form", [LARGE_PRINT, BOOKLET], ids=lambda form: form.name)
def test_what_is_too_wide_is_broken_not_cut_off(form: Format) -> None:
    """A table of 24 columns, words and headings longer than a line, a running head of many lines."""
    word, columns = "Donaudampfschifffahrtsgesellschaftskapitän" * 6, range(24)
    cells = "".join(f"<th>Column{n} responsible</th>" for n in columns), "<td>responsibilities</td>" * 24
    html = (
        '<!doctype html><html lang="en"><head><title>T</title><link rel="stylesheet" href="../theme/assets/fonts/fonts-print.css">'
        f'<link rel="stylesheet" href="print.css"><link rel="stylesheet" href="{form.name}.css"><style>{form.page_rules}</style>'
        f"</head><body><section><h1>{'A heading of many words ' * 13}</h1><h2>{word}</h2><p>{word}</p>"
        f"<table><tr>{cells[0]}</tr><tr>{cells[1]}</tr></table><table><tr><td>a</td><td>{word}</td></tr></table></section></body></html>"
    )
    command = [need("pdftotext"), "-bbox", "-", "-"]
    pdf = print_pdf(html, None, form.type_size)
    listing = subprocess.run(command, input=pdf, capture_output=True, check=True, timeout=60).stdout.decode()
    width, height = form.width / 25.4 * 72, form.height / 25.4 * 72
    boxes = re.findall(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)"', listing)
    assert len(boxes) > 100 and listing.count("<page ") > 1
    for left, top, right, bottom in (map(float, box) for box in boxes):
        assert left > 28 and right < width - 28 and top > 8 and bottom < height - 14


def test_each_page_shows_its_number_large_in_the_corner(opened: pikepdf.Pdf) -> None:
    for number, page in enumerate(opened.pages, 1):
        if number == 1:
            continue
        stamped = page.Contents[0].read_bytes()
        found = re.search(rb"/PatokazNumber ([\d.]+) Tf ([\d.]+) ([\d.]+) Td", stamped)
        assert found and float(found[1]) == pytest.approx(16.2)
        assert 500 < float(found[2]) < 595 - 51 and 14 < float(found[3]) < 60


def test_it_is_tagged_and_validators_find_nothing(large: tuple[Book, bytes], tmp_path: Path) -> None:
    """TAG-002 takes long running heads for prose; ORD-001 is about the order of painting."""
    file = tmp_path / "large.pdf"
    file.write_bytes(large[1])
    qpdf = subprocess.run([need("qpdf"), "--check", str(file)], capture_output=True, text=True, timeout=60, check=False)
    assert qpdf.returncode == 0 and "WARNING" not in qpdf.stdout + qpdf.stderr, qpdf.stdout + qpdf.stderr
    pytest.importorskip("pdfua", reason="make test installs it")
    pytest.importorskip("outloud", reason="make test installs it")
    one = subprocess.run(
        [sys.executable, "-m", "pdfua", "check", str(file)], capture_output=True, text=True, check=False
    )
    assert one.returncode == 0, one.stdout
    command = [str(Path(sys.executable).parent / "outloud"), "--skip", "TAG-002,ORD-001", "--fail-on", "warning"]
    other = subprocess.run([*command, str(file)], capture_output=True, text=True, check=False)
    assert other.returncode == 0, other.stdout


def test_large_chapters_do_not_mix_with_others(large: tuple[Book, bytes]) -> None:
    """Formats differ in what their parts are kept under, even where the HTML is the same; the handbook itself knows of none."""
    assert key_of("<p>", {}) == key_of("<p>", {}, PAGES.type_size) != key_of("<p>", {}, LARGE_PRINT.type_size)
    assert {part.type_size for part in large[0].parts} == {LARGE_PRINT.type_size}
    assert large[0].file_name == "all-mk-large-print.pdf"
    assert PAGES.page_rules == ""
    html = '<!doctype html><html lang="en"><head><title>T</title><style>@page { size: 100mm }</style></head><body></body></html>'
    for size in (1, 1.8):
        with pikepdf.open(io.BytesIO(print_pdf(html, None, size))) as pdf:
            assert float(pdf.pages[0].mediabox[2]) == pytest.approx(size * 100 / 25.4 * 72, abs=0.1)
