"""HTML → PDF by WeasyPrint, byte-identical for equal input, with nothing fetched but our own fonts and images."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import io
import logging
import mimetypes
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pikepdf

from patokaz.findings import KbError, SetupError
from patokaz.handbooks.drawings import DRAWING
from patokaz.handbooks.mend import mend
from patokaz.handbooks.tagging import noted

_PRINT = "resources/print"

_MILLIMETRE = 25.4 / 96
"""Millimetres in a CSS pixel."""

PANGO_HELP = "WeasyPrint needs Pango: apt-get install -y --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0"


def print_pdf(
    html: str, images: Mapping[str, bytes] | None = None, type_size: float = 1, *, fields: bool = False
) -> bytes:
    """Print a composed document, tagged, with document language and bookmarks, ``type_size`` times as large as it is laid out.

    ``fields``: its inputs become fields of a form.

    Raises :class:`SetupError` when Pango is missing, :class:`KbError` when WeasyPrint could not load something:
    a page with a missing font or image is not a page we hand out.
    """
    source = _source(html, images)
    with _complaints() as complaints, _no_garbage_collection(), noted() as notes:
        pdf: bytes = source.write_pdf(
            pdf_variant="pdf/ua-1",
            pdf_tags=True,
            pdf_forms=fields,
            pdf_identifier=hashlib.sha256(html.encode()).digest()[:16],
            dpi=150,
            zoom=type_size,
        )
    if complaints:
        raise KbError("WeasyPrint complained:\n" + "\n".join(complaints))
    return mend(pdf, notes, type_size)


def pages_in(pdf: bytes) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


def pages_needed(html: str) -> int:
    """On how many pages a composed document without images comes out. Raises :class:`SetupError` as :func:`print_pdf`."""
    with _no_garbage_collection():
        return len(_source(html, None).render().pages)


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
        pages = _source(html, None).render().pages
    found = []
    for number, page in enumerate(pages):
        for box in page._page_box.descendants(placeholders=True):
            name = (
                box.element.get("id", "") if box.element is not None and not box.element_tag.endswith("before") else ""
            )
            is_line = type(box).__name__ == "LineBox"
            if is_line or name:
                sides = (box.position_x, box.position_y, box.width, box.height)
                found.append(Placed(number, "" if is_line else name, *(side * _MILLIMETRE for side in sides)))
    return tuple(found)


def _source(html: str, images: Mapping[str, bytes] | None) -> Any:
    try:
        import weasyprint
        from weasyprint.urls import URLFetcher, URLFetcherResponse
    except OSError as error:
        raise SetupError(f"{PANGO_HELP} ({error})") from error

    root = Path(str(resources.files("patokaz")))

    class _Ours(URLFetcher):  # type: ignore[misc]
        """Reads the package's fonts and styles, the library's images, and drawings that the address itself holds; refuses everything else."""

        def fetch(self, url: str, headers: object = None) -> object:  # noqa: ARG002
            if url.startswith(DRAWING):
                # No request: the address is the drawing. No text of an author can bring one.
                return super().fetch(url)
            path = Path(unquote(urlsplit(url).path))
            name = path.as_posix().partition(f"/{_PRINT}/")[2]
            if images and name in images:
                return URLFetcherResponse(url, images[name], {"Content-Type": mimetypes.guess_type(name)[0] or ""})
            if urlsplit(url).scheme == "file" and path.is_relative_to(root / "resources"):
                kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
                return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})
            raise ValueError(f"refused: {url}")

    base = f"{(root / _PRINT).as_uri()}/"
    return weasyprint.HTML(string=html, base_url=base, url_fetcher=_Ours())


def text_engine() -> str:
    """The versions of the libraries that shape and lay out text. Raises :class:`SetupError` when Pango is missing."""
    try:
        from weasyprint.text.ffi import harfbuzz, pango
    except OSError as error:
        raise SetupError(f"{PANGO_HELP} ({error})") from error
    return f"pango {pango.pango_version()} harfbuzz {harfbuzz.hb_version_atleast(7, 0, 0)}"


@contextlib.contextmanager
def _no_garbage_collection() -> Iterator[None]:
    # A render makes millions of long-lived objects: collecting during it costs a quarter of the time (measured in the print reference).
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


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
