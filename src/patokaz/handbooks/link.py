"""The linker: the PDFs of a book's parts become one PDF, with right page numbers and working links. Parts are not rendered again.

Like a linker of programs: a part brings names (its sections), refers to names (links) and keeps places (page numbers).
A name that no part of the book brings is no error: the words stay, the link goes, and the place shows a dash.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterable
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

from patokaz.handbooks.fonts import PAGES, Fonts
from patokaz.handbooks.mend import name_tree
from patokaz.handbooks.metadata import describe
from patokaz.handbooks.numbers import RUNNING, fill_in, running_number
from patokaz.handbooks.parts import Book, Part, fingerprint
from patokaz.handbooks.places import SCHEME, without_places
from patokaz.handbooks.structure import Structure

_NUMBER_FONT = "PatokazNumber"


@dataclass(frozen=True)
class Bound:
    """Where a part stands in a book: its pages from ``first``, counted from 1. ``numbers`` is a fingerprint of the page numbers in it."""

    part: Part
    first: int
    pages: int
    numbers: str

    @property
    def last(self) -> int:
        """Its last page."""
        return self.first + self.pages - 1


@dataclass(frozen=True)
class Linked:
    """A linked book and where its parts stand."""

    pdf: bytes
    bound: tuple[Bound, ...]


def link(book: Book, pdfs: Iterable[bytes], only: Collection[str] | None = None, before: bytes | None = None) -> Linked:
    """Link the parts of ``book``, whose rendered PDFs are ``pdfs`` in the same order, taken one by one. Equal input gives equal bytes.

    ``only``: the names of the parts to print; the others count for page numbers. ``before``: a rendered PDF to put in front, not counted.
    """
    return _Linking(book, pdfs).run(only, before)


@dataclass(frozen=True)
class _Copied:
    """A part in the book: its pages there, the page of the book that is its first (from 0), and its annotations' elements by key.

    ``part`` is None for what is put in front and not counted.
    """

    part: Part | None
    pages: list[pikepdf.Page]
    first: int
    annotated: dict[int, Object]


class _Linking:
    def __init__(self, book: Book, pdfs: Iterable[bytes]) -> None:
        self.book, self.pdfs = book, pdfs
        self.out = pikepdf.new()
        self.fonts = Fonts(self.out)
        self.structure = Structure(self.out)
        self.lengths: list[int] = []
        """Pages of each part."""
        self.names: dict[str, int] = {}
        """Name → page of the book from 0."""
        self.places: dict[str, Object] = {}
        """The destinations of the names on pages that are printed."""
        self.bookmarks: list[pikepdf.OutlineItem] = []

    def run(self, only: Collection[str] | None, before: bytes | None) -> Linked:
        copied = []
        if before is not None:
            with pikepdf.open(io.BytesIO(before)) as source:
                copied.append(self._copy(source, None, 0))
        firsts = []
        for part, pdf in zip(self.book.parts, self.pdfs, strict=True):
            firsts.append(sum(self.lengths))
            # A part is closed at once: open, all of them would take twice the memory.
            with pikepdf.open(io.BytesIO(pdf)) as source:
                self._survey(source, firsts[-1])
                if only is None or part.name in only:
                    copied.append(self._copy(source, part, firsts[-1]))
        for item in copied:
            self._resolve(item.pages, item.annotated)
            self._number(item.part, item.pages, item.first)
        with self.out.open_outline() as outline:
            outline.root.extend(self.bookmarks)
        self._destinations()
        self.structure.close()
        self.fonts.embed()
        self._label(copied)
        describe(self.out, self.book)
        result = io.BytesIO()
        self.out.save(
            result,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            force_version="1.7",
        )
        bound = tuple(
            Bound(part, first + 1, length, self._numbers(part))
            for part, first, length in zip(self.book.parts, firsts, self.lengths, strict=True)
        )
        return Linked(result.getvalue(), bound)

    def _survey(self, source: pikepdf.Pdf, first: int) -> None:
        """Count the pages and gather the names of a part that begins on the page ``first``; of two equal names the first counts."""
        at = _numbered(source)
        for name, target in _named(source):
            self.names.setdefault(name, first + at[target[0].objgen])
        self.lengths.append(len(at))

    def _copy(self, source: pikepdf.Pdf, part: Part | None, first: int) -> _Copied:
        """Copy a part with its names, tags and bookmarks."""
        at, start = _numbered(source), len(self.out.pages)
        for page in source.pages:
            self.out.pages.append(page)
        pages = [self.out.pages[index] for index in range(start, len(self.out.pages))]
        for name, target in _named(source):
            place = Array([pages[at[target[0].objgen]].obj, Name.XYZ, target[2], target[3], 0])
            self.places.setdefault(name, place)
        annotated = self.structure.add(source, pages, part.title if part else self.book.title)
        with source.open_outline() as inner:
            self.bookmarks += _items(inner.root, at, pages)
        return _Copied(part, pages, first, annotated)

    def _page_of(self, name: str) -> int | None:
        """The page of a name, from 1."""
        return self.names[name] + 1 if self.book.numbered and name in self.names else None

    def _numbers(self, part: Part) -> str:
        return fingerprint(*(str(self._page_of(name)) for name in part.places))

    def _resolve(self, pages: list[pikepdf.Page], annotated: dict[int, Object]) -> None:
        """Point links at their places; those that lead to nothing in this print go, and their words stay."""
        for page in pages:
            kept = Array()
            for item in page.obj.get("/Annots", []):
                address = str(item.A.URI) if "/A" in item and "/URI" in item.A else ""
                if address.startswith(SCHEME):
                    name = address.removeprefix(SCHEME)
                    if name not in self.places:
                        _unlink(annotated[int(item.StructParent)])
                        continue
                    del item["/A"]
                    item.Dest = String(name)
                kept.append(item)
            if "/Annots" in page.obj:
                page.obj.Annots = kept

    def _number(self, part: Part | None, pages: list[pikepdf.Page], first: int) -> None:
        """Fill in the places of a part and stamp the running numbers of its pages."""
        resources = pages[0].obj.Resources.Font if "/Font" in pages[0].obj.Resources else None
        faces: dict[str, str] = {}
        if resources is not None:
            faces = {str(key)[1:]: str(font.BaseFont).partition("+")[2] for key, font in resources.items()}
            faces = {key: name for key, name in faces.items() if name.startswith(PAGES)}
            self.fonts.unify(resources)
        places = part.places if part else ()
        for index, page in enumerate(pages):
            streams: list[Object] = []
            if part is not None and self.book.numbered and index >= part.unnumbered:
                page.obj.Resources.Font[f"/{_NUMBER_FONT}"] = self.fonts.pages(RUNNING)
                width = float(page.obj.MediaBox[2])
                streams.append(
                    self.out.make_stream(running_number(first + index + 1, width, _NUMBER_FONT, self.book.format))
                )
            if faces and places:
                content = fill_in(page.obj.Contents.read_bytes(), faces, lambda number: self._page_of(places[number]))
                page.obj.Contents = self.out.make_stream(content)
            if streams:
                page.obj.Contents = Array([*streams, page.obj.Contents])

    def _destinations(self) -> None:
        if self.places:
            self.out.Root.Names = Dictionary(Dests=name_tree(self.out, self.places))

    def _label(self, copied: list[_Copied]) -> None:
        """Viewers name pages by the numbers that are printed on them."""
        numbers = Array()
        at = 0
        for item in copied:
            label = Dictionary(S=Name.D, St=item.first + 1) if item.part else Dictionary(S=Name("/r"), St=1)
            numbers.extend(Array([at, label]))
            at += len(item.pages)
        self.out.Root.PageLabels = Dictionary(Nums=numbers)


def _numbered(source: pikepdf.Pdf) -> dict[tuple[int, int], int]:
    """The pages of a PDF by object → their number from 0."""
    return {page.obj.objgen: number for number, page in enumerate(source.pages)}


def _named(source: pikepdf.Pdf) -> list[tuple[str, Object]]:
    """The named destinations that WeasyPrint wrote."""
    if "/Names" not in source.Root or "/Dests" not in source.Root.Names:
        return []
    names = source.Root.Names.Dests.Names
    return [(str(names[index]), names[index + 1]) for index in range(0, len(names), 2)]


def _unlink(element: Object) -> None:
    """A link that leads nowhere is a passage like others."""
    element.S = Name.Span
    element.K = Array([kid for kid in element.K if not (isinstance(kid, Dictionary) and kid.get("/Type") == Name.OBJR)])


def _items(
    items: list[pikepdf.OutlineItem], at: dict[tuple[int, int], int], pages: list[pikepdf.Page]
) -> list[pikepdf.OutlineItem]:
    made = []
    for item in items:
        target = item.destination
        assert isinstance(target, Array)
        place = Array([pages[at[target[0].objgen]].obj, Name.XYZ, target[2], target[3], 0])
        new = pikepdf.OutlineItem(without_places(item.title).strip(), place)
        new.children.extend(_items(item.children, at, pages))
        made.append(new)
    return made
