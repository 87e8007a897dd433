"""What the printer is given: a composed document, and the templates that compose one."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import jinja2

from patokaz.pages.bytecode import Beside
from patokaz.pages.view import View


def standing(view: View) -> dict[str, object]:
    """What every print template is given: language, words, edition."""
    settings = view.library.settings
    return {
        "language": view.language,
        "direction": view.words.direction,
        "w": view.words.file.words,
        "name": view.plain(settings.names),
        "edition": settings.edition,
        "edition_date": view.words.date(settings.edition.date),
        "edition_iso": settings.edition.date.isoformat(),
    }


@dataclass(frozen=True)
class Composed:
    """HTML ready to print. ``folder`` is where the PDF goes in the site; ``images`` maps a link in the HTML to a source file.

    ``type_size``: how many times as large it is printed as it is laid out.
    """

    folder: str
    id: str
    language: str
    html: str
    images: dict[str, str]
    type_size: float = 1

    @property
    def file_name(self) -> str:
        """``border-police-mk.pdf``."""
        return f"{self.id}-{self.language}.pdf"

    @property
    def path(self) -> str:
        """``handbooks/border-police-mk.pdf``, from the site's root."""
        return f"{self.folder}/{self.file_name}"


@functools.cache
def print_templates() -> jinja2.Environment:
    """The templates of ``resources/print``: escaping on, undefined names are errors."""
    return jinja2.Environment(
        loader=jinja2.PackageLoader("patokaz", "resources/print"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        bytecode_cache=Beside(),
    )
