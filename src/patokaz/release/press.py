"""The press: parts are rendered in several processes, each once, and books linked from them. The result does not depend on how many processes."""

from __future__ import annotations

import concurrent.futures
import contextlib
import gc
import hashlib
import multiprocessing
import os
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from patokaz.findings import KbError, SetupError, TooLongError
from patokaz.handbooks import (
    BOOKLET,
    Binder,
    Book,
    Entry,
    Linked,
    Part,
    Sheet,
    Store,
    changes,
    drawing_digest,
    entries_of,
    filing,
    fingerprint,
    images_of,
    impose,
    key_of_sheet,
    link,
    prepare,
    print_sheet,
)
from patokaz.load import Tree

Report = Callable[[str, int, int], None]
"""Called with (what is being done, how much is done, of how much); (step, 0, 0) when a step starts."""

_LINKERS = 4
"""To link a book takes a tenth of what it takes to render its parts."""

_Result = TypeVar("_Result")
_Processes = concurrent.futures.Executor | None


@contextlib.contextmanager
def press(tree: Tree, jobs: int, kept: Path) -> Iterator[Press]:
    """A press with ``jobs`` processes that render and up to four that link; with one job all is done in this process.

    Where ``kept`` cannot be written, parts are kept for this run only.
    """
    with contextlib.ExitStack() as stack:
        if not _writable(kept):
            kept = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        printers = linkers = None
        if jobs > 1:
            # One processor is left to the process that reads the library meanwhile.
            turns = multiprocessing.Semaphore(max(1, (os.cpu_count() or 1) - 1))
            pool = concurrent.futures.ProcessPoolExecutor
            printers = stack.enter_context(pool(jobs, initializer=_get_ready, initargs=(turns,)))
            linkers = stack.enter_context(pool(min(jobs, _LINKERS)))
        try:
            yield Press(tree, Store(kept), printers, linkers)
        except BaseException:
            # What went wrong is said when the parts in work are done, not when all are.
            for processes in filter(None, (printers, linkers)):
                processes.shutdown(cancel_futures=True)
            raise


def _writable(folder: Path) -> bool:
    """Whether a folder can be written, or made. It is not made before there is something to keep."""
    try:
        nearest = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    except OSError:
        return False
    return nearest.is_dir() and os.access(nearest, os.W_OK)


def _get_ready(turns: contextlib.AbstractContextManager[object]) -> None:
    """Make a new process that renders ready, in its turn."""
    with turns, contextlib.suppress(SetupError):  # which the first task will raise
        prepare()
    # What is there now stays: collecting garbage need not look at it. That of parts is collected between them (handbooks/pdf.py).
    gc.freeze()
    gc.disable()


class Press:
    """Renders parts into a store and links books from it."""

    def __init__(self, tree: Tree, store: Store, printers: _Processes, linkers: _Processes) -> None:
        self.tree, self.store, self._printers, self._linkers = tree, store, printers, linkers
        self._keys: dict[int, tuple[Sheet, str]] = {}
        self._begun: dict[str, Callable[[], str]] = {}
        self._rendered = 0
        self._refused: dict[str, str] = {}
        self._drawing: concurrent.futures.Future[bytes] | None = None
        if printers and linkers:
            # This process need not load what draws: it asks one that must.
            self._drawing = printers.submit(drawing_digest)
            # Those that link are there before this process holds the library: what a book takes comes on top of what they began with.
            linkers.submit(os.getpid)

    def begin(self, sheets: Sequence[Sheet]) -> None:
        """Have what the store lacks rendered, the longest first, while others are composed. Without processes it is left to :meth:`render`."""
        wanted = {self._key(sheet): sheet for sheet in sheets}
        missing = {k: s for k, s in wanted.items() if k not in self._begun and self.store.get(k) is None}
        for key in sorted(missing, key=lambda key: (-len(missing[key].html), key)):
            task = (missing[key], self._images(missing[key]), key, self.store)
            self._begun[key] = _asked(self._printers, _render, *task)

    def render(self, sheets: Sequence[Sheet], report: Report | None = None) -> None:
        """Render what the store lacks, and wait for it."""
        self.begin(sheets)
        for key in dict.fromkeys(map(self._key, sheets)):
            if key in self._begun:
                if reason := self._begun.pop(key)():
                    self._refused[key] = reason
                self._rendered += 1
                if report is not None:
                    report("Rendered parts", self._rendered, self._rendered + len(self._begun))

    def refused(self, sheet: Sheet) -> str | None:
        """Why a leaflet or a set of cards could not be rendered; None where it could."""
        return self._refused.get(self._key(sheet))

    def linked(self, books: Sequence[Book], report: Report | None = None) -> Iterator[tuple[Book, Linked]]:
        """Each book, linked when its own parts are rendered, while those of others are: in the order in which they get ready, the longest first."""
        waiting: list[tuple[Book, Callable[[], Linked]]] = []
        self.begin([part for book in books for part in book.parts])
        turns = {key: turn for turn, key in enumerate(self._begun)}

        def place(book: Book) -> tuple[int, int]:
            last = max(turns.get(self._key(part), -1) for part in book.parts)
            return last, -sum(len(part.html) for part in book.parts)

        for book in sorted(books, key=place):
            self.render(book.parts, report)
            waiting.append((book, self._linking(book, imposed=book.format == BOOKLET)))
        for book, linked in waiting:
            yield book, linked()

    def link(self, book: Book, only: Collection[str] | None = None, before: Part | None = None) -> Linked:
        """Render what is needed and link one book, or the parts ``only`` of it, with another part ``before``."""
        self.render([*book.parts, *([before] if before else [])])
        return self._linking(book, only, before)()

    def _linking(
        self, book: Book, only: Collection[str] | None = None, before: Part | None = None, *, imposed: bool = False
    ) -> Callable[[], Linked]:
        keys = [self._key(part) for part in book.parts]
        front = self._key(before) if before else None
        return _asked(self._linkers, _link, book, keys, self.store, only, front, imposed)

    def exchange(
        self, book: Book, old: Sequence[Entry], new: Sequence[Entry], edition: str, binder: Binder
    ) -> bytes | None:
        """What changed in a book from ``old``, in ``edition``, to ``new``, behind the page that says what to exchange; None for nothing."""
        found = changes(old, new)
        if not found:
            return None
        sheet = filing(found, book.parts[0].title, edition, binder)
        wanted = {change.new.name for change in found if change.new is not None}
        return self.link(replace(book, title=f"{binder.words['filing_title']}: {book.title}"), wanted, sheet).pdf

    def entries(self, linked: Linked) -> tuple[Entry, ...]:
        """What a linked book consists of."""
        return entries_of(linked.bound, {item.part.name: self._says(item.part) for item in linked.bound})

    def _says(self, part: Part) -> str:
        images = self._images(part)
        shown = [hashlib.sha256(images[name]).hexdigest() for name in sorted(images)]
        return fingerprint(part.says, *shown)

    def pdf_of(self, sheet: Sheet) -> bytes:
        """The PDF of something that was rendered; raises :class:`KbError` where it could not be."""
        if reason := self.refused(sheet):
            raise KbError(reason)
        return _kept(self._key(sheet), self.store)

    def _key(self, sheet: Sheet) -> str:
        # By identity: a part may be long, and the same one stands in several books.
        if id(sheet) not in self._keys:
            drawing = self._drawing.result() if self._drawing else None
            key = key_of_sheet(sheet, self._images(sheet), drawing=drawing)
            self._keys[id(sheet)] = (sheet, key)
        return self._keys[id(sheet)][1]

    def _images(self, sheet: Sheet) -> Mapping[str, bytes]:
        return {link: self.tree.read(source) for link, source in images_of(sheet).items()}


def _asked(processes: _Processes, work: Callable[..., _Result], *task: object) -> Callable[[], _Result]:
    """What waits for the result of some work; without processes it is done then."""
    return processes.submit(work, *task).result if processes else partial(work, *task)


def _render(sheet: Sheet, images: Mapping[str, bytes], key: str, store: Store) -> str:
    """Render into the store; returns why it cannot be done where its words are too many for its paper, else nothing."""
    try:
        store.put(key, print_sheet(sheet, images))
    except TooLongError as error:
        return str(error)
    return ""


def _link(
    book: Book, keys: Sequence[str], store: Store, only: Collection[str] | None, before: str | None, imposed: bool
) -> Linked:
    """Link a book from the store, in which its parts, and what goes before them, lie under these keys."""
    pdfs = (_kept(key, store) for key in keys)
    linked = link(book, pdfs, only, _kept(before, store) if before else None)
    return impose(linked, book) if imposed else linked


def _kept(key: str, store: Store) -> bytes:
    pdf = store.get(key)
    assert pdf is not None, "rendered before"
    return pdf
