"""What is left out of pages and of Material's style sheet changes nothing that a browser shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5
from fontTools.ttLib import TTFont
from sitekit import Site, make, words

from patokaz.pages.compiled import _ONLY_IN_VAZIRMATN
from patokaz.site import compact as compacting
from patokaz.site.compact import UNUSED, compact, tidy, trimmed
from patokaz.site.configure import theme_folder
from sample import SAMPLE, SOP

INLINE = {"a", "abbr", "b", "br", "code", "em", "img", "kbd", "label", "small", "span", "strong", "sub", "sup", "time"}
CSS_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")


def spelled_out(html: str) -> str:
    """A page with all that its templates write but Material's parts for its own scripts."""
    html = tidy(html)
    for part in UNUSED:
        assert html.count(part) == 1, f"Material's base.html no longer has {part!r}"
        html = html.replace(part, "")
    return html


def tokens(html: str) -> list[str]:
    """What an HTML 5 parser makes of a page: tags and words in order, white space only where it separates words."""
    found = list(_walk(tinyhtml5.parse(html, namespace_html_elements=False)))
    told = []
    for index, (kind, value) in enumerate(found):
        if kind == "text":
            value = re.sub(r"\s+", " ", value)
            value = value.lstrip() if index == 0 or found[index - 1][0] == "block" else value
            value = value.rstrip() if index + 1 == len(found) or found[index + 1][0] == "block" else value
        if value:
            told.append(value)
    return told


def _walk(element: Element) -> Iterator[tuple[str, str]]:
    kind = "inline" if element.tag in INLINE else "block"
    yield kind, f"<{element.tag} {sorted(element.attrib.items())}>"
    if element.text:
        yield "text", element.text
    for child in element:
        yield from _walk(child)
        if child.tail:
            yield "text", child.tail
    yield kind, f"</{element.tag}>"


def test_compact_pages_are_the_same_to_a_browser(
    sample_site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("patokaz.site.plugin.compact", spelled_out)
    full = make(SAMPLE, tmp_path / "site", "professional")
    larger = 0
    for name in sample_site.pages:
        before, after = (full / name).read_text(encoding="utf-8"), sample_site.text(name)
        assert tokens(after) == tokens(before), name
        larger += len(before) > len(after)
    assert larger == len(sample_site.pages)


def test_nothing_of_materials_scripts_is_left(site: Site) -> None:
    for name in site.pages:
        page = site.page(name)
        assert not page.xpath("//*[@data-md-component or @id='__search']"), name


@pytest.mark.parametrize(
    "html",
    [
        '<p>He wrote id="x" and &lt;li class="y"&gt; there.</p>\n',
        '<a href="https://example.org/?a=b&amp;c=d">x</a>\n',
        '<meta content="a b">\n<img alt="" src="a b.png">\n',
        "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n<li><p>c</p><p>d</p></li>\n</ul>\n",
        "<dl><div><dt>a</dt> <dd><p>b</p></dd></div></dl><a><p>c</p></a>\n<b>d</b>\n<b>e</b>\n",
        "<table><thead><tr><th>a</th>\n<th>b</th></tr></thead>\n<tbody><tr><td>1</td><td>2</td></tr></tbody></table>\n",
    ],
)
def test_compact_keeps_the_tree(html: str) -> None:
    assert tokens(compact(html)) == tokens(html)
    assert tokens(compact(compact(html))) == tokens(html)


def test_style_sheet_loses_only_rules_for_what_no_page_has(real_site: Site, sample_site: Site) -> None:
    (sheet,) = (Path(str(resources.files("material"))) / "templates/assets/stylesheets").glob("main.*.min.css")
    full = sheet.read_text(encoding="utf-8")
    (name,) = (name for name in real_site.files if name.startswith("assets/stylesheets/main."))
    published = real_site.text(name)
    assert published == trimmed(full) == trimmed(published)
    assert published.count("{") == published.count("}") and len(published) < len(full) / 2
    classes = {
        c for s in (real_site, sample_site) for n in s.pages for e in s.page(n).xpath("//@class") for c in e.split()
    }
    assert {"md-typeset", "md-sidebar--primary", "md-toggle", "md-overlay"} <= classes
    kept = set(CSS_RULE.findall(published))
    for selector, body in CSS_RULE.findall(full):
        if (selector, body) in kept:
            continue
        for one in compacting._NEGATION.sub("", selector).split(","):
            needed = set(re.findall(r"\.(-?[a-z][\w-]*)", one))
            assert needed - classes or "data-md-toggle=search" in one, f"{selector} is used"


def test_arabic_font_is_published_where_arabic_is_written(site: Site, library: Path, tmp_path: Path) -> None:
    folder = theme_folder() / "assets/fonts"
    faces = [TTFont(folder / f"{name}-Regular.woff2").getBestCmap() for name in ("Vazirmatn", "NotoSans")]
    lent = {chr(code) for code in set(faces[0]) - set(faces[1])}

    def fonts(folder: Path) -> bool:
        files = {path.name for path in (folder / "assets/fonts").iterdir()}
        linked = "fonts-arabic.css" in (folder / "index.html").read_text(encoding="utf-8")
        assert linked == ("fonts-arabic.css" in files) == ({"Vazirmatn-Bold.woff2", "OFL-Vazirmatn.txt"} <= files)
        assert linked == any("Vazirmatn" in name for name in files)
        return linked

    assert fonts(site.folder) == any(lent.intersection(words(site.page(name))) for name in site.pages)
    text = library / SOP / "en.md"
    text.write_text(text.read_text(encoding="utf-8").rstrip() + " مرحبا.\n", encoding="utf-8")
    assert fonts(make(library, tmp_path / "site", "professional"))
    assert all(_ONLY_IN_VAZIRMATN.fullmatch(sign) for sign in lent)
