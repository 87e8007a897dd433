"""Formats of books: the page, how large its type is, and how much room drawings have. The words and their order are the same in all."""

from __future__ import annotations

from dataclasses import dataclass

from patokaz.pages.pathways import PAPER

_POINT = 72 / 25.4
"""Points in a millimetre."""


@dataclass(frozen=True)
class Format:
    """How a book is laid out; lengths in millimetres of the printed page.

    ``type_size``: how many times as large type is printed as print.css says. The page is laid out that many times smaller and
    enlarged as it is written, so that no rule of print.css is said twice; the style sheets ``narrow.css`` and ``NAME.css`` say what
    few words a line need. ``margins``: top, right, bottom, left. ``chart``: the room of a drawing, ``chart_side`` the margins beside it.
    """

    name: str
    width: float
    height: float
    type_size: float
    margins: tuple[float, float, float, float]
    chart: tuple[float, float]
    chart_side: float = 10.0

    @property
    def drawn(self) -> tuple[float, float]:
        """The room of a drawing as it is laid out."""
        return self.chart[0] / self.type_size, self.chart[1] / self.type_size

    @property
    def page_rules(self) -> str:
        """The CSS of its pages; empty for the handbook as print.css has it."""
        if self == PAGES:
            return ""
        margins = " ".join(map(self._laid_out, self.margins))
        side = self._laid_out(self.chart_side)
        return (
            f"@page {{ size: {self._laid_out(self.width)} {self._laid_out(self.height)}; margin: {margins}; }} "
            f"@page chart {{ margin-left: {side}; margin-right: {side}; }}"
        )

    @property
    def number_at(self) -> tuple[float, float]:
        """Where a running number ends, in points from the right and from below: the margin, and the middle of the foot."""
        middle = self.margins[2] * _POINT / 2
        return round(self.margins[1] * _POINT, 2), round(middle - 3.18 * self.type_size, 2)

    def _laid_out(self, length: float) -> str:
        return f"{length / self.type_size:.4f}mm"


PAGES = Format("pages", 210, 297, 1, (22, 18, 22, 22), PAPER)
"""A4, as print.css has it: text of 10 pt."""

BOOKLET = Format("booklet", 148.5, 210, 1, (16, 13, 17, 15), (128, 160))
"""Half of an A4 sheet. Pages of A4 would come to 10 pt × 0.707 = 7 pt on it, so the book is laid out anew with the type of print.css."""

LARGE_PRINT = Format("large-print", 210, 297, 1.8, (25, 18, 32, 18), (190, 205))
"""A4 with text of 18 pt: UKAAF, Creating clear print and large print documents (G003, 2019), asks for 16 pt at least, ideally 18 pt, on A4."""

FORMATS = {item.name: item for item in (PAGES, BOOKLET, LARGE_PRINT)}
"""All formats by name."""
