"""The style sheets of print, parsed once in a process: those that a page names itself WeasyPrint would parse anew for every page."""

from __future__ import annotations

import copy
import functools
import importlib
import re
from importlib import resources
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any

from patokaz.findings import SetupError

PANGO_HELP = "WeasyPrint needs Pango: apt-get install -y --no-install-recommends libpangoft2-1.0-0 libharfbuzz-subset0"

BASE = f"{(Path(str(resources.files('patokaz'))) / 'resources/print').as_uri()}/"
"""What addresses in a composed document begin from."""

PARTS = ("../theme/assets/fonts/fonts-print.css", "print.css", "drawing.css")
"""The sheets that every part names."""

_Sheets = tuple[Any, dict[str, Any]]
"""(Their fonts, the parsed sheets by name)."""

_SHARED: dict[tuple[str, ...], _Sheets] = {}

_SHEET = re.compile(r'<link rel="stylesheet" href="([^"]+)">|<style>(.*?)</style>', re.DOTALL)


def weasyprint() -> Any:
    """The library, which is loaded when something is printed. Raises :class:`SetupError` when Pango is missing."""
    try:
        import weasyprint
    except OSError as error:
        raise SetupError(f"{PANGO_HELP} ({error})") from error
    return weasyprint


@functools.cache
def _agent() -> Any:
    sheet = copy.copy(importlib.import_module("weasyprint.html").UA_STYLESHEET)
    sheet.matcher = copy.copy(sheet.matcher)
    rules = {
        pseudo: [rule for rule in sheet.matcher.other_selectors if rule[3] == pseudo] for pseudo in (None, "marker")
    }
    by_name = sheet.matcher.lower_local_name_selectors
    sheet.matcher.other_selectors = rules[None]
    sheet.matcher.lower_local_name_selectors = {**by_name, "li": [*by_name["li"], *rules["marker"]]}
    return sheet


def agent(*, forms: bool) -> list[Any]:
    """WeasyPrint's own sheets, without the rules by which every element might be a note or have a marker.

    With them it would make the styles of six more boxes for each element, which are then not there.
    """
    return [_agent(), *([importlib.import_module("weasyprint.html").UA_FORM_STYLESHEET] if forms else [])]


def apart(html: str, fetcher: Any) -> tuple[str, dict[str, Any]]:
    """(A composed document without the style sheets of its head, the options by which WeasyPrint is given them).

    All are given as sheets of the user, in the order of the head, so that they override one another as there.
    """
    head, end, body = html.partition("</head>")
    found = _SHEET.findall(head)
    fonts, ours = _shared(_named(head))
    sheets = [
        ours[name] if name else weasyprint().CSS(string=text, base_url=BASE, url_fetcher=fetcher, font_config=fonts)
        for name, text in found
    ]
    return _SHEET.sub("", head) + end + body, {"stylesheets": sheets, "font_config": fonts}


def _named(head: str) -> tuple[str, ...]:
    return tuple(name for name, _ in _SHEET.findall(head) if name)


def _shared(names: tuple[str, ...]) -> _Sheets:
    """The sheets with these names, and their fonts. Each set of sheets has its own fonts: no page can depend on what was printed before."""
    if names not in _SHARED:
        from weasyprint.text.fonts import FontConfiguration

        fonts = FontConfiguration()
        _SHARED[names] = fonts, {name: weasyprint().CSS(url=BASE + name, font_config=fonts) for name in names}
        # The fonts lie in a folder that goes when they are forgotten: at the end of this process, for those of a pool end without it.
        Finalize(None, _SHARED.pop, (names, None), exitpriority=0)
    return _SHARED[names]
