"""Style sheets that are parsed once for all parts: they apply as those of a page's own head do, and nothing of them stays behind."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from patokaz.handbooks import BOOKLET
from patokaz.handbooks.pdf import placed
from patokaz.handbooks.styles import BASE, PARTS, weasyprint

pytestmark = pytest.mark.slow

WORDS = "Please stay with the person until help arrives. " * 12
BODY = (
    '<section class="cover"><p class="cover-title" id="title">A handbook</p><p class="cover-notice" id="notice">A model.</p></section>'
    f'<section class="chapter" id="a"><h1 id="one">One</h1><p id="p" style="margin-top: 3mm">{WORDS * 3}</p></section>'
)


def page(*rules: str) -> str:
    links = "".join(f'<link rel="stylesheet" href="{name}">' for name in (*PARTS, "booklet.css"))
    styles = "".join(f"<style>{rule}</style>" for rule in rules)
    return f'<!doctype html><html lang="en"><head><title>T</title>{links}{styles}</head><body>{BODY}</body></html>'


def in_place(html: str) -> list[tuple[int, str, float, float]]:
    """Where the boxes with an id come out when WeasyPrint itself reads the head."""
    return [
        (number, box.element.get("id"), round(box.position_x, 3), round(box.position_y, 3))
        for number, sheet in enumerate(weasyprint().HTML(string=html, base_url=BASE).render().pages)
        for box in sheet._page_box.descendants()
        if box.element is not None and box.element.get("id") and type(box).__name__ != "LineBox"
    ]


@pytest.mark.parametrize(
    "rules",
    [
        (),
        # A later rule for every page leaves the cover alone; what is important stays so; a rule for an id is stronger than one for a class.
        (BOOKLET.page_rules,),
        (
            BOOKLET.page_rules,
            "#title { font-size: 12pt; margin-top: 1mm } .cover-notice { margin-top: 2mm !important }",
        ),
    ],
)
def test_shared_sheets_apply_as_those_of_the_head(rules: tuple[str, ...]) -> None:
    html = page(*rules)
    millimetre = 96 / 25.4
    shared = [
        (box.page, box.id, round(box.x * millimetre, 3), round(box.y * millimetre, 3)) for box in placed(html) if box.id
    ]
    assert shared == in_place(html)
    assert {name for _, name, _, _ in shared} >= {"title", "notice", "one", "p"}


def test_a_process_that_printed_leaves_no_fonts_behind(tmp_path: Path) -> None:
    script = f"""
from patokaz.handbooks import Part, print_pdf
from patokaz.load import MemoryTree
from patokaz.release.press import press
from pathlib import Path

if __name__ == "__main__":
    html = {page()!r}
    print_pdf(html)
    with press(MemoryTree({{}}), 2, Path({str(tmp_path / "kept")!r})) as printer:
        printer.render([Part(name, "document", name, html.replace("One", name), name) for name in "abc"])
"""
    (tmp_path / "printing.py").write_text(script)
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    done = subprocess.run(
        [sys.executable, str(tmp_path / "printing.py")],
        env={**os.environ, "TMPDIR": str(temporary)},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert len(list((tmp_path / "kept").glob("*.part"))) == 3
    assert list(temporary.iterdir()) == []
