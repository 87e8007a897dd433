"""One structure tree from those of the parts: one document, one tree of ids, one way back from content to elements."""

from __future__ import annotations

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

from patokaz.handbooks.mend import kids_of, kind_of, name_tree


class Structure:
    """Collects the trees of parts; ``next_key`` is the key of the next page or annotation in the parent tree."""

    def __init__(self, book: pikepdf.Pdf) -> None:
        self._book = book
        self._root = book.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document))
        self._kids: list[Object] = []
        self._numbers: list[Object | int] = []
        self._ids: dict[str, Object] = {}
        self.next_key = 0

    def add(self, part: pikepdf.Pdf, pages: list[pikepdf.Page], title: str) -> dict[int, Object]:
        """Take in the tree of a part whose pages were copied to the book; returns the element of each annotation by its key.

        The keys of ``pages`` and their annotations are renumbered.
        """
        copied = self._book.copy_foreign(part.Root.StructTreeRoot)
        start = self.next_key
        for page in pages:
            page.obj.StructParents = start + int(page.obj.StructParents)
            for item in page.obj.get("/Annots", []):
                item.StructParent = start + int(item.StructParent)
        annotated: dict[int, Object] = {}
        numbers = list(copied.ParentTree.Nums)
        for number, value in zip(numbers[::2], numbers[1::2], strict=True):
            key = start + int(number)
            self._numbers += [key, value]
            self.next_key = max(self.next_key, key + 1)
            if isinstance(value, Dictionary):
                annotated[key] = value
        for document in copied.K:
            for kid in kids_of(document):
                kid.P = self._root
                if kind_of(kid) == "/Sect":
                    kid.T = String(title)
                self._kids.append(kid)
        if "/IDTree" in copied:
            names = copied.IDTree.Kids[0].Names
            self._ids |= {str(names[index]): names[index + 1] for index in range(0, len(names), 2)}
        return annotated

    def close(self) -> None:
        """Write the tree to the book."""
        book = self._book
        root = book.make_indirect(
            Dictionary(
                Type=Name.StructTreeRoot,
                K=Array([self._root]),
                ParentTree=book.make_indirect(Dictionary(Nums=Array(self._numbers))),
                ParentTreeNextKey=self.next_key,
            )
        )
        if self._ids:
            root.IDTree = name_tree(book, self._ids)
        self._root.K = Array(self._kids)
        self._root.P = root
        book.Root.StructTreeRoot = root
        book.Root.MarkInfo = Dictionary(Marked=True)
