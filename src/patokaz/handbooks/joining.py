"""Elements that run over pages, which WeasyPrint tags once a page, made one: a screen reader hears one table, with its head once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from patokaz.handbooks.elements import object_at
from patokaz.handbooks.tagging import Notes

_JOINED = frozenset({"/Sect", "/BlockQuote", "/Table", "/TBody", "/TFoot", "/L", "/LI", "/LBody", "/P"})
"""What goes on over pages. Rows do not, nor do links, which have an area on each page."""

_HEAD = "/THead"


def join_continued(pdf: Any, notes: Notes) -> dict[int, Any]:
    """Join the parts of each box that runs over pages, and make the heads that tables repeat artifacts (noted as margins).

    ``pdf`` is one of pydyf whose tags are not mended yet. Returns the elements that hold what others held, by the numbers of these.
    """
    return _Joining(pdf, notes).run()


class _Joining:
    def __init__(self, pdf: Any, notes: Notes) -> None:
        self.pdf, self.notes = pdf, notes
        self.into: dict[int, Any] = {}

    def run(self) -> dict[int, Any]:
        elements = sorted(self.notes.elements.items(), key=lambda item: item[0][0])
        for (page, box, kind), element in elements:
            before = self.notes.elements.get((page - 1, box, kind))
            if before is None:
                continue
            # What was before is itself joined with what was before it.
            first = self.into.get(before.number, before)
            if kind == _HEAD:
                self._repeated(first, element, page)
                self.into[element.number] = first
            elif kind in _JOINED:
                self._absorb(first, element)
                self.into[element.number] = first
        return self.into

    def _absorb(self, first: Any, second: Any) -> None:
        self._take_out(second)
        for kid in second["K"]:
            first["K"].append(kid)
            if not isinstance(kid, int) and "P" in object_at(self.pdf, kid):
                object_at(self.pdf, kid)["P"] = first.reference

    def _take_out(self, element: Any) -> None:
        object_at(self.pdf, element["P"])["K"].remove(element.reference)

    def _repeated(self, first: Any, second: Any, page: int) -> None:
        """Take out a head that was there before. What it heads is headed by the first one."""
        same = {
            id(again["ID"]): cell["ID"]
            for cell, again in zip(self._cells(first), self._cells(second), strict=True)
            if "ID" in cell and "ID" in again
        }
        table = object_at(self.pdf, second["P"])
        for cell in self._cells(table):
            headers = cell.get("A", {}).get("Headers")
            if headers:
                headers[:] = [same.get(id(name), name) for name in headers]
        self._take_out(second)
        self.notes.margins |= {(page, number) for number in self._contents(second)}

    def _cells(self, element: Any) -> Iterator[Any]:
        """The cells below a table or a part of it, in order; not those of tables in cells."""
        for kid in element["K"]:
            if not isinstance(kid, int):
                inner = object_at(self.pdf, kid)
                if inner.get("S") in ("/TH", "/TD"):
                    yield inner
                elif "K" in inner:
                    yield from self._cells(inner)

    def _contents(self, element: Any) -> Iterator[int]:
        for kid in element["K"]:
            if isinstance(kid, int):
                yield kid
            elif "K" in object_at(self.pdf, kid):
                yield from self._contents(object_at(self.pdf, kid))
