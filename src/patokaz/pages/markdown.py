"""The one Markdown dialect of the library, for the site and for print alike."""

from __future__ import annotations

import functools

import markdown

EXTENSIONS: tuple[str, ...] = ("attr_list", "tables", "sane_lists", "toc", "admonition", "def_list", "abbr")
EXTENSION_CONFIGS: dict[str, dict[str, object]] = {"toc": {"permalink": False}}


@functools.cache
def _converter() -> markdown.Markdown:
    return markdown.Markdown(extensions=list(EXTENSIONS), extension_configs=EXTENSION_CONFIGS, output_format="html")


def to_html(text: str) -> str:
    """Markdown → HTML, with the extensions of the site."""
    converter = _converter()
    converter.reset()
    return converter.convert(text)
