"""What runs over pages is one element of the structure tree: a table with one head, a list, an item, a paragraph."""

from __future__ import annotations

import io
import subprocess
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest
from sitekit import need

from patokaz.handbooks import print_pdf

ROWS, ITEMS = 90, 12
STYLES = '<link rel="stylesheet" href="../theme/assets/fonts/fonts-print.css"><link rel="stylesheet" href="print.css">'


def printed(body: str) -> bytes:
    head = f'<head><meta charset="utf-8"><title>T</title>{STYLES}</head>'
    return print_pdf(
        f'<!doctype html><html lang="en">{head}<body><section class="chapter"><h1>One</h1>{body}</section></body></html>'
    )


TABLE = (
    "<table><thead><tr><th>Place</th><th>Day</th><th>Who</th></tr></thead><tbody>"
    + "".join(f'<tr><th scope="row">Row{n}</th><td>cell{n}</td><td>other{n}</td></tr>' for n in range(ROWS))
    + "</tbody></table>"
)
LIST = "<ol>" + "".join(f"<li>Item{n} {'words ' * 90}</li>" for n in range(ITEMS)) + "</ol>"
PARAGRAPH = f"<p>Start {'prose ' * 1500} end.</p>"


@pytest.fixture(scope="module")
def pdf() -> pikepdf.Pdf:
    """A table, a list and a paragraph, each over several pages."""
    return pikepdf.open(io.BytesIO(printed(TABLE + LIST + PARAGRAPH)))


def kids(element: Any) -> list[Any]:
    found = element.get("/K", pikepdf.Array())
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def elements(element: Any) -> Iterator[Any]:
    """An element and all below it, in the order of reading."""
    yield element
    for kid in kids(element):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            assert kid.P.objgen == element.objgen, "the way up is that down"
            yield from elements(kid)


def all_of(pdf: pikepdf.Pdf, kind: str) -> list[Any]:
    (root,) = kids(pdf.Root.StructTreeRoot)
    return [element for element in elements(root) if str(element.S) == kind]


def test_a_table_over_pages_is_one_with_one_head(pdf: pikepdf.Pdf) -> None:
    assert len(pdf.pages) > 6
    (table,) = all_of(pdf, "/Table")
    assert [str(kid.S) for kid in kids(table)] == ["/THead", "/TBody"]
    head, body = kids(table)
    assert (len(kids(head)), len(kids(body))) == (1, ROWS)
    columns = [str(cell.ID) for cell in kids(kids(head)[0])]
    for row in kids(body):
        first, *cells = kids(row)
        for column, cell in enumerate(cells, 1):
            assert {str(name) for name in cell.A.Headers} == {str(first.ID), columns[column]}
    names = pdf.Root.StructTreeRoot.IDTree.Kids[0].Names
    known = {str(names[at]) for at in range(0, len(names), 2)}
    assert known == {str(cell.ID) for cell in all_of(pdf, "/TH")}, "no name of a head that is gone"


def test_lists_items_and_paragraphs_are_one(pdf: pikepdf.Pdf) -> None:
    (listed,) = all_of(pdf, "/L")
    assert len(kids(listed)) == ITEMS
    assert all([str(kid.S) for kid in kids(item)].count("/Lbl") == 1 for item in kids(listed))
    assert all([str(kid.S) for kid in kids(item)].count("/LBody") == 1 for item in kids(listed))
    assert len(all_of(pdf, "/P")) == 1
    assert len(all_of(pdf, "/Sect")) == 1


def test_all_content_has_its_element_and_repeated_heads_are_artifacts(pdf: pikepdf.Pdf) -> None:
    """Each piece of marked content belongs to one element, which names its page, and the way back leads there."""
    (root,) = kids(pdf.Root.StructTreeRoot)
    at = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
    held: Counter[tuple[int, int]] = Counter()
    holders = {}
    for element in elements(root):
        for kid in kids(element):
            if not isinstance(kid, pikepdf.Dictionary):
                held[at[element.Pg.objgen], int(kid)] += 1
                holders[at[element.Pg.objgen], int(kid)] = element.objgen
    assert set(held.values()) == {1}
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    back = {int(numbers[index]): numbers[index + 1] for index in range(0, len(numbers), 2)}
    marked, heads = set(), 0
    for number, page in enumerate(pdf.pages):
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) == "BDC" and "/MCID" in operands[1]:
                marked.add((number, int(operands[1].MCID)))
            heads += str(operator) == "BDC" and operands[0] == "/Artifact"
    assert marked == set(held)
    assert heads > len(pdf.pages)
    for (number, mcid), holder in holders.items():
        assert back[number][mcid].objgen == holder


def test_what_is_read_is_what_was_written(pdf: pikepdf.Pdf) -> None:
    """Joining moves no text: the order of reading is that of the HTML, each row once."""
    out = io.BytesIO()
    pdf.save(out)
    command = [need("pdftotext"), "-raw", "-", "-"]
    text = subprocess.run(command, input=out.getvalue(), capture_output=True, check=True, timeout=60).stdout.decode()
    words = text.split()
    rows = [word for word in words if word.startswith("Row")]
    assert rows == [f"Row{n}" for n in range(ROWS)]
    assert words.count("Place") > 1, "on paper each page has the head"


def test_neighbours_are_not_joined() -> None:
    """Two paragraphs, lists and tables that meet at the end of a page stay two."""
    for fill in range(30, 44):
        body = f"{'<p>x</p>' * fill}<table><tbody><tr><td>a</td></tr></tbody></table><table><tbody><tr><td>b</td></tr></tbody></table>"
        body += "<ul><li>a</li></ul><p>y</p><ul><li>b</li></ul>"
        with pikepdf.open(io.BytesIO(printed(body))) as made:
            counts = [len(all_of(made, kind)) for kind in ("/Table", "/L", "/LI", "/P")]
            assert counts == [2, 2, 2, fill + 1], fill


def test_equal_input_gives_equal_bytes() -> None:
    assert printed(TABLE) == printed(TABLE)
