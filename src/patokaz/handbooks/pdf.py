"""HTML → PDF by WeasyPrint, byte-identical for equal input, with nothing fetched but our own fonts and images."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import io
import logging
import mimetypes
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pikepdf

from patokaz.findings import KbError
from patokaz.handbooks import styles
from patokaz.handbooks.drawings import DRAWING
from patokaz.handbooks.mend import leave_out_programs, mend
from patokaz.handbooks.tagging import noted
from patokaz.handbooks.tree import lead_by_first_words, mark_long_words, name_languages_by_class, rules_of, tree_of

_PRINT = "resources/print"

_MOST_GARBAGE = 1_000_000
"""So many objects of parts that are printed may wait to be collected: some 200 MB. A process that prints fewer, as for the handbooks of a library, never stops for it."""

_MILLIMETRE = 25.4 / 96
"""Millimetres in a CSS pixel."""


def print_pdf(
    html: str, images: Mapping[str, bytes] | None = None, type_size: float = 1, *, fields: bool = False
) -> bytes:
    """Print a composed document, tagged, with document language and bookmarks, ``type_size`` times as large as it is laid out.

    ``fields``: its inputs become fields of a form.

    Raises :class:`SetupError` when Pango is missing, :class:`KbError` when WeasyPrint could not load something:
    a page with a missing font or image is not a page we hand out.
    """
    with _no_garbage_collection():
        return _packed(_written(html, images, type_size, fields=fields))


def print_part(html: str, images: Mapping[str, bytes] | None = None, type_size: float = 1) -> bytes:
    """What :func:`print_pdf` prints, for the linker alone: without the programs of its fonts, of which a book has one each.

    Raises as :func:`print_pdf`.
    """
    with _no_garbage_collection(), _whole_fonts():
        return _packed(_written(html, images, type_size, programs=False))


def prepare() -> None:
    """Do beforehand what takes its time only once: load WeasyPrint and the fonts, parse the sheets of parts. Raises :class:`SetupError`."""
    sheets = "".join(f'<link rel="stylesheet" href="{name}">' for name in styles.PARTS)
    print_part(
        f'<!doctype html><html lang="en"><head><title>-</title>{sheets}</head><body><p>a <b>b</b></p></body></html>'
    )


def _written(
    html: str,
    images: Mapping[str, bytes] | None,
    type_size: float,
    *,
    fields: bool = False,
    programs: bool = True,
) -> bytes:
    prefix = hashlib.sha256(html.encode()).hexdigest()[:12]

    def finish(_: object, pdf: Any) -> None:
        mend(pdf, notes, prefix, type_size)
        if not programs:
            leave_out_programs(pdf)

    with _complaints() as complaints, noted() as notes:
        source, options = _source(html, images)
        lead_by_first_words(source.etree_element)
        pdf: bytes = source.write_pdf(
            finisher=finish,
            pdf_variant="pdf/ua-1",
            pdf_tags=True,
            pdf_forms=fields,
            # It is compressed once, when its objects are packed.
            uncompressed_pdf=True,
            dpi=150,
            zoom=type_size,
            **options,
        )
    if complaints:
        raise KbError("WeasyPrint complained:\n" + "\n".join(complaints))
    return pdf


def _packed(pdf: bytes) -> bytes:
    """A PDF as WeasyPrint wrote it, with its objects in streams, compressed. From a file qpdf reads it twice as fast as from Python."""
    out = io.BytesIO()
    with tempfile.TemporaryFile() as file:
        file.write(pdf)
        file.flush()
        with pikepdf.open(file, access_mode=pikepdf.AccessMode.mmap) as document:
            mode = pikepdf.ObjectStreamMode.generate
            document.save(out, deterministic_id=True, fix_metadata_version=False, object_stream_mode=mode)
    return out.getvalue()


def pages_in(pdf: bytes) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


def pages_needed(html: str) -> int:
    """On how many pages a composed document without images comes out. Raises :class:`SetupError` as :func:`print_pdf`."""
    with _no_garbage_collection():
        return len(_rendered(html))


@dataclass(frozen=True)
class Placed:
    """A line of text, or what has an ``id``, as it came out: page from 0, and its box on it in millimetres."""

    page: int
    id: str
    x: float
    y: float
    width: float
    height: float


def placed(html: str) -> tuple[Placed, ...]:
    """Where the lines and the boxes with an ``id`` of a composed document without images come out. Lines have no id.

    Raises :class:`SetupError` as :func:`print_pdf`.
    """
    with _no_garbage_collection():
        return tuple(_places(_rendered(html)))


def _rendered(html: str) -> Any:
    source, options = _source(html, None)
    return source.render(**options).pages


def _places(pages: Any) -> Iterator[Placed]:
    for number, page in enumerate(pages):
        for box in page._page_box.descendants(placeholders=True):
            name = (
                box.element.get("id", "") if box.element is not None and not box.element_tag.endswith("before") else ""
            )
            is_line = type(box).__name__ == "LineBox"
            if is_line or name:
                sides = (box.position_x, box.position_y, box.width, box.height)
                yield Placed(number, "" if is_line else name, *(side * _MILLIMETRE for side in sides))


def _source(html: str, images: Mapping[str, bytes] | None) -> tuple[Any, dict[str, Any]]:
    """(A document for WeasyPrint, the options with which to render it)."""
    weasyprint = styles.weasyprint()
    root = Path(str(resources.files("patokaz")))

    class _Ours(weasyprint.urls.URLFetcher):  # type: ignore[misc, name-defined]
        """Reads the package's fonts and styles, the library's images, and drawings that the address itself holds; refuses everything else."""

        def fetch(self, url: str, headers: object = None) -> object:  # noqa: ARG002
            if url.startswith(DRAWING):
                # No request: the address is the drawing. No text of an author can bring one.
                return super().fetch(url)
            path = Path(unquote(urlsplit(url).path))
            name = path.as_posix().partition(f"/{_PRINT}/")[2]
            response = weasyprint.urls.URLFetcherResponse
            if images and name in images:
                return response(url, images[name], {"Content-Type": mimetypes.guess_type(name)[0] or ""})
            if urlsplit(url).scheme == "file" and path.is_relative_to(root / "resources"):
                kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
                return response(url, path.read_bytes(), {"Content-Type": kind})
            raise ValueError(f"refused: {url}")

    class _Composed(weasyprint.HTML):  # type: ignore[misc, name-defined]
        """A document whose tree of elements is there: WeasyPrint itself reads text only."""

        def __init__(self, root: Any, fetcher: _Ours) -> None:
            self.base_url, self.url_fetcher, self.media_type = styles.BASE, fetcher, "print"
            self.wrapper_element = weasyprint.cssselect2.ElementWrapper.from_html_root(root, content_language=None)
            self.etree_element = self.wrapper_element.etree_element

        def _ua_stylesheets(self, forms: bool = False) -> list[Any]:
            return styles.agent(forms=forms)

    fetcher = _Ours()
    text, options = styles.apart(html, fetcher)
    tree = tree_of(text)
    mark_long_words(tree)
    if languages := name_languages_by_class(tree):
        options["stylesheets"].append(weasyprint.CSS(string=rules_of(languages)))
    return _Composed(tree, fetcher), options


def text_engine() -> str:
    """The versions of the libraries that shape and lay out text. Raises :class:`SetupError` when Pango is missing."""
    styles.weasyprint()
    from weasyprint.text.ffi import harfbuzz, pango

    return f"pango {pango.pango_version()} harfbuzz {harfbuzz.hb_version_atleast(7, 0, 0)}"


@contextlib.contextmanager
def _no_garbage_collection() -> Iterator[None]:
    # A render makes millions of objects that stay to its end: collecting during it costs a quarter of the time (measured in the print
    # reference). When all are done with, they are still the youngest and are collected without a look at any others. A process that
    # only prints has switched collecting off and does it after several.
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled or gc.get_count()[0] > _MOST_GARBAGE:
            gc.collect(0)
        if enabled:
            gc.enable()


@contextlib.contextmanager
def _whole_fonts() -> Iterator[None]:
    # To choose the glyphs of fonts that are left out takes one part in twenty-five of a render. WeasyPrint's option `full_fonts` would
    # also write the width and the meaning of every glyph that a font has. Printing is divided between processes, not threads.
    styles.weasyprint()
    from weasyprint.pdf.fonts import Font

    clean = Font.clean
    Font.clean = lambda *_: None
    try:
        yield
    finally:
        Font.clean = clean


@contextlib.contextmanager
def _complaints() -> Iterator[list[str]]:
    """Collects WeasyPrint's errors and warnings."""
    lines: list[str] = []

    class _Handler(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(record.getMessage())

    logger = logging.getLogger("weasyprint")
    handler = _Handler(logging.WARNING)
    logger.addHandler(handler)
    try:
        yield lines
    finally:
        logger.removeHandler(handler)
