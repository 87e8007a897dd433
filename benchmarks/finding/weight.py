"""How many bytes search has in a built site, and how many of them every page has before search is opened."""

from __future__ import annotations

import re
from pathlib import Path

import minify

from patokaz.site.configure import theme_folder

_BUTTON = re.compile(r"<a class=pk-search.*?</a>", re.DOTALL)
_STYLE = re.compile(r"[^{}]*\.pk-search[^{}]*\{[^{}]*\}")
_PART = re.compile(r"\n  // Search: .*(?=\n\}\)\(\);\n)", re.DOTALL)
"""Search is the last part of patokaz.js."""


def scripts(site: Path) -> dict[str, int]:
    """Bytes of the scripts that search loads, by name."""
    folder = site / "assets" / "patokaz"
    return {name: (folder / name).stat().st_size for name in ("search.js", "finder.js")}


def grown(site: Path, language: str) -> dict[str, int]:
    """Bytes that a page's HTML, patokaz.js and patokaz.css have more than they would without search."""
    folder = site / "assets" / "patokaz"
    (button,) = _BUTTON.findall((site / language / "sops" / "sop-001.html").read_text(encoding="utf-8"))
    style = (folder / "patokaz.css").read_text(encoding="utf-8")
    source = (theme_folder() / "assets" / "patokaz" / "patokaz.js").read_text(encoding="utf-8")
    without, cut = _PART.subn("", source)
    if cut != 1:
        raise ValueError("patokaz.js: the part that begins with “// Search: ” is not found")
    return {
        "HTML": len(button.encode()),
        "patokaz.js": (folder / "patokaz.js").stat().st_size - len(minify.string("text/javascript", without).encode()),
        "patokaz.css": sum(len(rule.encode()) for rule in _STYLE.findall(style)),
    }
