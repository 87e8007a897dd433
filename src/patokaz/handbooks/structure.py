"""One structure tree from those of the parts: one document, ids that no other part has, one way back from content to elements."""

from __future__ import annotations

from collections.abc import Iterator

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, String

from patokaz.handbooks.mend import kids_of


class Structure:
    """Collects the trees of parts; ``next_key`` is the key of the next page or annotation in the parent tree."""

    def __init__(self, book: pikepdf.Pdf) -> None:
        self._book = book
        self._root = book.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document))
        self._kids: list[Object] = []
        self._numbers: list[Object | int] = []
        self._ids: dict[bytes, Object] = {}
        self.next_key = 0

    def add(self, part: pikepdf.Pdf, number: int, pages: list[pikepdf.Page], title: str) -> dict[int, Object]:
        """Take in the tree of a part whose pages were copied to the book; returns the element of each annotation by its key.

        ``number`` makes the ids of the part unique. The keys of ``pages`` and their annotations are renumbered.
        """
        copied = self._book.copy_foreign(part.Root.StructTreeRoot)
        start = self.next_key
        for page in pages:
            page.obj.StructParents = start + int(page.obj.StructParents)
            for item in page.obj.get("/Annots", []):
                item.StructParent = start + int(item.StructParent)
        annotated: dict[int, Object] = {}
        numbers = copied.ParentTree.Nums
        for index in range(0, len(numbers), 2):
            key, value = start + int(numbers[index]), numbers[index + 1]
            self._numbers += [key, value]
            self.next_key = max(self.next_key, key + 1)
            if isinstance(value, Dictionary):
                annotated[key] = value
        for document in copied.K:
            for kid in kids_of(document):
                kid.P = self._root
                if kid.S == Name.Sect and "/T" not in kid:
                    kid.T = String(title)
                self._kids.append(kid)
        for element in _elements(copied):
            self._rename(element, number)
        return annotated

    def _rename(self, element: Object, number: int) -> None:
        if "/ID" in element:
            name = b"%d-%s" % (number, bytes(element.ID))
            element.ID = String(name.decode())
            self._ids[name] = element
        attributes = element.get("/A")
        if isinstance(attributes, Dictionary) and "/Headers" in attributes:
            attributes.Headers = Array([String(f"{number}-{bytes(item).decode()}") for item in attributes.Headers])

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
            names = Array()
            for name, element in sorted(self._ids.items()):
                names.extend([String(name.decode()), element])
            limits = Array([names[0], names[len(names) - 2]])
            # The root of a name tree has no limits, a leaf has them.
            root.IDTree = Dictionary(Kids=Array([book.make_indirect(Dictionary(Names=names, Limits=limits))]))
        self._root.K = Array(self._kids)
        self._root.P = root
        book.Root.StructTreeRoot = root
        book.Root.MarkInfo = Dictionary(Marked=True)


def _elements(root: Object) -> Iterator[Object]:
    waiting = [root]
    while waiting:
        for kid in kids_of(waiting.pop()):
            if isinstance(kid, Dictionary) and "/S" in kid:
                yield kid
                waiting.append(kid)
