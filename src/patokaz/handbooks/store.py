"""Rendered parts kept by content: a part that did not change is not rendered again, in this book, another one or a later run."""

from __future__ import annotations

import functools
import hashlib
import os
import time
from collections.abc import Mapping
from importlib import metadata, resources
from pathlib import Path

from patokaz.handbooks.pdf import text_engine

FOLDER = ".cache/patokaz/chapters"
"""Where a library keeps its rendered parts, from its root."""

_KEPT = 4000
"""How many parts a store holds; of more, those go that were used longest ago."""

_DIGEST = 32

_ABANDONED = 3600
"""Seconds after which nobody writes a file any more."""

_DRAWERS = (
    "arabic",
    "card_sheet",
    "elements",
    "form_fields",
    "joining",
    "leaflets",
    "mend",
    "pdf",
    "places",
    "sparing",
    "styles",
    "tagging",
    "tree",
)
"""Our modules that decide what a PDF looks like when its HTML is given."""


def key_of(html: str, images: Mapping[str, bytes], type_size: float = 1, *, drawing: bytes | None = None) -> str:
    """The name of what a part renders to: over its HTML, images and size, our fonts and styles, and the programs that draw.

    ``drawing``: what :func:`drawing_digest` says, if another process was asked.
    """
    digest = hashlib.sha256(drawing_digest() if drawing is None else drawing)
    digest.update(f"{type_size:g}\x1f{html}".encode())
    for name, content in sorted(images.items()):
        digest.update(f"\x1f{name}\x1f".encode() + hashlib.sha256(content).digest())
    return digest.hexdigest()


@functools.cache
def drawing_digest() -> bytes:
    """A digest over all that draws: styles, fonts, our own modules, and the versions of the libraries, which it loads.

    Raises :class:`SetupError` when Pango is missing.
    """
    digest = hashlib.sha256()
    root = Path(str(resources.files("patokaz"))) / "resources"
    files = [*root.joinpath("print").iterdir(), *root.joinpath("theme/assets/fonts").glob("*.ttf")]
    files += [root / "theme/assets/fonts/fonts-print.css"]
    files += [Path(__file__).with_name(f"{name}.py") for name in _DRAWERS]
    for file in sorted(file for file in files if file.is_file()):
        digest.update(file.name.encode() + hashlib.sha256(file.read_bytes()).digest())
    for name in ("weasyprint", "pydyf", "fonttools", "pillow", "pyphen", "tinycss2", "pikepdf"):
        digest.update(f"{name} {metadata.version(name)};".encode())
    digest.update(text_engine().encode())
    return digest.digest()


class Store:
    """Rendered parts in a folder, one file each: the SHA-256 of the PDF, then the PDF. Safe for several processes at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str) -> bytes | None:
        """The PDF; None if it is not there or the file is damaged."""
        file = self.folder / f"{key}.part"
        try:
            content = file.read_bytes()
            os.utime(file)
        except OSError:
            return None
        digest, found = content[:_DIGEST], content[_DIGEST:]
        return found if hashlib.sha256(found).digest() == digest else None

    def put(self, key: str, content: bytes) -> None:
        """Keep a PDF; whoever reads meanwhile sees the whole file or none."""
        self.folder.mkdir(parents=True, exist_ok=True)
        temporary = self.folder / f".{key}.{os.getpid()}"
        temporary.write_bytes(hashlib.sha256(content).digest() + content)
        temporary.replace(self.folder / f"{key}.part")

    def prune(self) -> None:
        """Remove what was used longest ago beyond the number that is kept, and what killed runs left."""
        if not self.folder.is_dir():
            return
        for stray in self.folder.glob(".*"):
            # A younger one may be what another run is writing.
            if time.time() - _touched(stray) > _ABANDONED:
                stray.unlink(missing_ok=True)
        files = sorted(self.folder.glob("*.part"), key=_touched, reverse=True)
        for file in files[_KEPT:]:
            file.unlink(missing_ok=True)


def _touched(file: Path) -> float:
    """When a file was last written or used; long ago if another run has removed it."""
    try:
        return file.stat().st_mtime
    except FileNotFoundError:
        return 0.0
