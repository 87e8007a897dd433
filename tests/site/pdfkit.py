"""What tests read from a printed page: its figures, and the words in a part of it."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pikepdf
from sitekit import need

from patokaz.handbooks.mend import kids_of

MM = 72 / 25.4
"""Points in a millimetre."""


def figures(file: Path) -> list[tuple[int, list[float], str]]:
    """(page from 1, box in points from below, alternative text) of every figure."""
    found = []
    with pikepdf.open(file) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        waiting = [pdf.Root.StructTreeRoot]
        while waiting:
            for kid in kids_of(waiting.pop()):
                if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                    waiting.append(kid)
                    if kid.S == "/Figure":
                        box = [float(value) for value in kid.A.BBox]
                        found.append((numbers[kid.Pg.objgen], box, str(kid.Alt)))
    return sorted(found)


def words_in(file: Path, number: int, x: float, y: float, width: float, height: float) -> str:
    """The words on page ``number`` in a box that is given in millimetres from the top left corner."""
    box = [f"{side * 10:.0f}" for side in (x, y, width, height)]
    options = [item for pair in zip(("-x", "-y", "-W", "-H"), box, strict=True) for item in pair]
    page = ("-f", str(number), "-l", str(number), "-r", "254", "-enc", "UTF-8")
    done = subprocess.run([need("pdftotext"), *page, *options, str(file), "-"], capture_output=True, check=True)
    return " ".join(done.stdout.decode().split())


def words_behind(file: Path, number: int, box: list[float]) -> str:
    """The words on page ``number`` that stand in the box of a figure."""
    with pikepdf.open(file) as pdf:
        page_height = float(pdf.pages[number - 1].mediabox[3])
    left, bottom, right, top = box
    return words_in(file, number, *(side / MM for side in (left, page_height - top, right - left, top - bottom)))
