"""Step 5: parts are rendered in several processes, each once; books are linked from them. The result does not depend on how many processes."""

from __future__ import annotations

import concurrent.futures
import contextlib
import gc
import hashlib
import os
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from patokaz.findings import SetupError
from patokaz.handbooks import (
    MANIFEST,
    Binder,
    Book,
    Composed,
    Entry,
    Linked,
    Manifest,
    Part,
    Store,
    compose,
    compose_poster,
    drawing_digest,
    entries_of,
    fingerprint,
    handbooks_of,
    key_of,
    link,
    posters_of,
    prepare,
    print_pdf,
)
from patokaz.load import Tree
from patokaz.pages import Compiled

Report = Callable[[str, int, int], None]
"""Called with (what is being done, how much is done, of how much); (step, 0, 0) when a step starts."""

_Result = TypeVar("_Result")

Sheet = Part | Composed
"""What is rendered alone: a part of a book, or a poster."""


def print_all(
    compiled: Compiled, languages: Sequence[str], tree: Tree, site: Path, jobs: int, kept: Path, report: Report
) -> int:
    """Print into ``site`` all that the edition shows, in ``languages``, and what it consists of; returns how many PDFs were made.

    ``kept`` is the folder of rendered parts (:class:`Store`).
    """
    books: list[Book] = []
    posters: list[Composed] = []
    for language in languages:
        binder = Binder(compiled, language)
        books += [book for record in handbooks_of(compiled) if (book := compose(record, binder)) is not None]
        posters += [compose_poster(item, compiled, language) for item in posters_of(compiled)]
    with press(tree, jobs, kept) as printer:
        printer.render([*(part for book in books for part in book.parts), *posters], report)
        done, total = 0, len(books) + len(posters)

        def written(path: str, pdf: bytes) -> None:
            nonlocal done
            target = site / path
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(pdf)
            done += 1
            report(f"Printed {path}", done, total)

        found: dict[str, dict[str, tuple[Entry, ...]]] = {}
        for book, linked in printer.linked(books):
            written(book.path, linked.pdf)
            found.setdefault(book.id, {})[book.language] = printer.entries(linked)
        if books:
            manifest = Manifest(compiled.library.settings.edition.id, found)
            (site / MANIFEST).write_text(manifest.json(), encoding="utf-8")
        for poster in posters:
            written(poster.path, printer.pdf_of(poster))
        printer.store.prune()
    return done


@contextlib.contextmanager
def press(tree: Tree, jobs: int, kept: Path) -> Iterator[Press]:
    """A press with ``jobs`` processes. Where ``kept`` cannot be written, parts are kept for this run only."""
    with contextlib.ExitStack() as stack:
        if not _writable(kept):
            kept = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        pool = (
            stack.enter_context(concurrent.futures.ProcessPoolExecutor(jobs, initializer=_ready)) if jobs > 1 else None
        )
        yield Press(tree, Store(kept), pool)


def _writable(folder: Path) -> bool:
    """Whether a folder can be written, or made. It is not made before there is something to keep."""
    try:
        nearest = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    except OSError:
        return False
    return nearest.is_dir() and os.access(nearest, os.W_OK)


def _ready() -> None:
    """Make a new process ready, while the one that started it may still read the library."""
    with contextlib.suppress(SetupError):  # which the first task will raise
        prepare()
    # What is there now stays: collecting garbage need not look at it.
    gc.freeze()


class Press:
    """Renders parts into a store and links books from it."""

    def __init__(self, tree: Tree, store: Store, pool: concurrent.futures.Executor | None) -> None:
        self.tree, self.store, self._pool = tree, store, pool
        self._keys: dict[int, tuple[Sheet, str]] = {}
        # This process need not load what draws: it asks one that must.
        self._drawing = pool.submit(drawing_digest) if pool else None

    def render(self, sheets: Sequence[Sheet], report: Report | None = None) -> None:
        """Render what the store lacks, the longest first, so that the processes end together."""
        missing = {self._key(sheet): sheet for sheet in sheets}
        missing = {key: sheet for key, sheet in missing.items() if self.store.get(key) is None}
        order = sorted(missing, key=lambda key: (-len(missing[key].html), key))
        tasks = [
            (missing[key].html, self._images(missing[key]), missing[key].type_size, key, self.store) for key in order
        ]
        for done, _ in enumerate(self._each(_render, tasks), 1):
            if report is not None:
                report("Rendered parts", done, len(order))

    def linked(self, books: Sequence[Book]) -> Iterator[tuple[Book, Linked]]:
        """Each book whose parts were rendered, linked; the longest first, so that the processes end together."""
        order = sorted(books, key=lambda book: -sum(len(part.html) for part in book.parts))
        tasks = [(book, [self._key(part) for part in book.parts], self.store) for book in order]
        yield from zip(order, self._each(_link, tasks), strict=True)

    def link(self, book: Book, only: Collection[str] | None = None, before: Part | None = None) -> Linked:
        """Render what is needed and link one book, or the parts ``only`` of it, with another part ``before``."""
        self.render([*book.parts, *([before] if before else [])])
        pdfs = [self.pdf_of(part) for part in book.parts]
        return link(book, pdfs, only, self.pdf_of(before) if before else None)

    def entries(self, linked: Linked) -> tuple[Entry, ...]:
        """What a linked book consists of."""
        return entries_of(linked.bound, {item.part.name: self._says(item.part) for item in linked.bound})

    def _says(self, part: Part) -> str:
        images = self._images(part)
        shown = [hashlib.sha256(images[name]).hexdigest() for name in sorted(images)]
        return fingerprint(part.says, *shown)

    def pdf_of(self, sheet: Sheet) -> bytes:
        """The PDF of something that was rendered."""
        found = self.store.get(self._key(sheet))
        assert found is not None, "rendered before"
        return found

    def _each(self, work: Callable[..., _Result], tasks: Sequence[tuple[object, ...]]) -> Iterator[_Result]:
        """The results in the order of ``tasks``."""
        if self._pool is None:
            yield from (work(*task) for task in tasks)
            return
        futures = [self._pool.submit(work, *task) for task in tasks]
        yield from (future.result() for future in futures)

    def _key(self, sheet: Sheet) -> str:
        # By identity: a part may be long, and the same one stands in several books.
        if id(sheet) not in self._keys:
            drawing = self._drawing.result() if self._drawing else None
            key = key_of(sheet.html, self._images(sheet), sheet.type_size, drawing=drawing)
            self._keys[id(sheet)] = (sheet, key)
        return self._keys[id(sheet)][1]

    def _images(self, sheet: Sheet) -> Mapping[str, bytes]:
        return {name: self.tree.read(source) for name, source in sheet.images.items() if name in sheet.html}


def _render(html: str, images: Mapping[str, bytes], type_size: float, key: str, store: Store) -> None:
    store.put(key, print_pdf(html, images, type_size))


def _link(book: Book, keys: Sequence[str], store: Store) -> Linked:
    pdfs = [store.get(key) for key in keys]
    assert all(pdf is not None for pdf in pdfs), "rendered before"
    return link(book, [pdf for pdf in pdfs if pdf is not None])
