"""Booklets: sheets that can be printed as they are, with type that can be read, and each thing in them once."""

from __future__ import annotations

import io
import subprocess
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result
from sitekit import need

from patokaz.cli.main import main
from patokaz.handbooks import BOOKLET, Book, Linked, Part, impose, link, print_sheet
from printed_sizes import sizes
from sample import TODAY

pytestmark = pytest.mark.slow


def handbook(root: Path, *arguments: str) -> Result:
    command = ["--root", str(root), "handbook", "all", "--lang", "mk", "--today", TODAY.isoformat(), *arguments]
    result = CliRunner().invoke(main, command)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


def texts(pdf: bytes, *options: str) -> list[str]:
    command = [need("pdftotext"), "-enc", "UTF-8", *options, "-", "-"]
    done = subprocess.run(command, input=pdf, capture_output=True, check=True, timeout=60)
    return done.stdout.decode().split("\f")[:-1]


def five_pages() -> tuple[Book, Linked]:
    """A linked book whose pages say which they are; each has a link and a heading."""
    pages = "".join(
        f'<h1 id="p{n}" style="break-before: page">Page {n} here</h1><p><a href="#p1">Go</a></p>' for n in range(1, 6)
    )
    html = (
        '<!doctype html><html lang="en"><head><title>T</title><link rel="stylesheet" href="../theme/assets/fonts/fonts-print.css">'
        f'<link rel="stylesheet" href="print.css"><style>{BOOKLET.page_rules}</style></head><body><section>{pages}</section></body></html>'
    )
    book = Book("handbooks", "b", "en", "The book", "Us", "2026-11-23", (Part("a", "document", "a", html, "a"),))
    return book, link(book, [print_sheet(book.parts[0], {})])


@pytest.fixture(scope="module")
def five() -> tuple[Book, Linked]:
    return five_pages()


def test_pages_lie_where_the_order_says(five: tuple[Book, Linked]) -> None:
    book, linked = five
    imposed = impose(linked, book).pdf
    halves = [
        [
            "".join(texts(imposed, "-f", str(side), "-l", str(side), "-x", x, "-y", "0", "-W", "421", "-H", "595"))
            for x in ("0", "421")
        ]
        for side in range(1, 5)
    ]
    shown = [[n for n in range(1, 6) if f"Page {n} here" in half] for side in halves for half in side]
    assert shown == [[], [1], [2], [], [], [3], [4], [5]]


def test_a_sheet_is_for_paper(five: tuple[Book, Linked]) -> None:
    """No links, no tags, no bookmarks; the same bytes again; what a print dialog starts from is right."""
    book, linked = five
    imposed = impose(linked, book).pdf
    assert imposed == impose(linked, book).pdf != impose(linked, replace(book, language="ar")).pdf
    with pikepdf.open(io.BytesIO(imposed)) as sheets:
        assert {"/StructTreeRoot", "/Outlines", "/MarkInfo", "/Names"}.isdisjoint(sheets.Root.keys())
        assert str(sheets.Root.Lang) == "en" and str(sheets.docinfo["/Title"]) == "The book"
        assert sheets.Root.ViewerPreferences.Duplex == "/DuplexFlipShortEdge"
        assert sheets.Root.ViewerPreferences.PrintScaling == "/None"
        forms = {}
        for page in sheets.pages:
            assert [float(value) for value in page.mediabox] == pytest.approx([0, 0, 841.89, 595.28], abs=0.1)
            assert "/Annots" not in page.obj and "/StructParents" not in page.obj
            forms |= {form.objgen: form for form in page.resources.get("/XObject", {}).values()}
        assert len(forms) == 5
        for form in forms.values():
            operators = {str(item.operator) for item in pikepdf.parse_content_stream(form)}
            assert not operators & {"BDC", "BMC", "EMC"}
        with pikepdf.open(io.BytesIO(linked.pdf)) as source:
            programs = [
                sum(isinstance(item, pikepdf.Dictionary) and "/FontFile2" in item for item in document.objects)
                for document in (source, sheets)
            ]
        assert programs[0] == programs[1] > 1, "each face once"


def test_the_handbook_as_a_booklet(library: Path, tmp_path: Path) -> None:
    """From the command to the paper: A4 across, text of 9 pt at least, in as many folds as were asked for."""
    out = tmp_path / "booklet.pdf"
    result = handbook(library, "--as", "booklet", "--signature", "4", "--out", str(out))
    assert result.exit_code == 0, result.output
    said = result.output.splitlines()
    assert said[0] == str(out)
    assert said[1].endswith("flip on the short edge, actual size; fold and staple 3, 3 sheets apart.")
    qpdf = subprocess.run([need("qpdf"), "--check", str(out)], capture_output=True, text=True, timeout=60, check=False)
    assert qpdf.returncode == 0 and "WARNING" not in qpdf.stdout + qpdf.stderr, qpdf.stdout + qpdf.stderr
    found: Counter[float] = Counter()
    with pikepdf.open(out) as sheets:
        assert len(sheets.pages) == 12
        for page in sheets.pages:
            found += sizes(page)
    body, _ = found.most_common(1)[0]
    assert body >= 9, "the size of most words"
    assert min(found) >= 5, "letters of the drawings, which stand as text beside them"
    assert len(texts(out.read_bytes())) == 12


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--as", "brochure"), "'brochure' is not one of 'pages', 'booklet', 'large-print'"),
        (("--as", "booklet", "--signature", "0"), "0 is not in the range x>=1"),
        (("--signature", "4"), "--signature is for --as booklet only"),
    ],
)
def test_what_cannot_be_printed_is_said(library: Path, tmp_path: Path, arguments: tuple[str, ...], words: str) -> None:
    result = handbook(library, *arguments, "--out", str(tmp_path / "x.pdf"))
    assert result.exit_code == 2 and words in result.output
    assert not (tmp_path / "x.pdf").exists()
