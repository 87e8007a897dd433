"""Every page of every site: whole, in every language, and nothing but our own files."""

from __future__ import annotations

import base64
import hashlib
import itertools
import posixpath
import re
from collections import Counter
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html
from sitekit import DEFAULT, LANGUAGES, Site, address, each, ids, words

from patokaz.site.context import CSP

# Where a page could load something from. `a` is not among them: following it is the reader's decision.
LOADING = {
    "script": ("src",),
    "link": ("href",),
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "image": ("href",),
    "use": ("href",),
    "iframe": ("src", "srcdoc"),
    "embed": ("src",),
    "object": ("data",),
    "video": ("src", "poster"),
    "audio": ("src",),
    "track": ("src",),
    "input": ("src", "formaction"),
    "button": ("formaction",),
    "form": ("action",),
    "body": ("background",),
    "base": ("href",),
}


def elements(tree: html.HtmlElement) -> list[html.HtmlElement]:
    return [element for element in tree.iter() if isinstance(element.tag, str)]


def target_of(site: Site, here: str, href: str) -> tuple[str, str] | str:
    """(file, anchor) that a relative link leads to, or what is wrong with it."""
    parts = urlsplit(href)
    if parts.scheme or parts.netloc or parts.path.startswith("/"):
        return "is not relative"
    if parts.query:
        return "has a query"
    path = unquote(parts.path)
    file = posixpath.normpath(posixpath.join(posixpath.dirname(here), path)) if path else here
    if file.startswith(".."):
        return "leads out of the site"
    if file not in site.files:
        return "leads to nothing"
    return file, unquote(parts.fragment)


def test_every_link_leads_somewhere(site: Site) -> None:
    known = {name: set(ids(site.page(name))) for name in site.pages}
    sources = site_sources(site)
    problems = []
    for name in site.pages:
        for element in elements(site.page(name)):
            loads = LOADING.get(element.tag, ())
            for attribute in (*loads, "href") if element.tag == "a" else loads:
                href = element.get(attribute)
                if href is None:
                    continue
                if href == "about:blank" and element.get("class") == "pk-guide-exit":
                    continue
                if element.tag == "a" and urlsplit(href).scheme in ("http", "https"):
                    if href not in sources:
                        problems.append(f"{name}: outside link {href} stands in no source")
                    continue
                found = target_of(site, name, href)
                if isinstance(found, str):
                    problems.append(f"{name}: <{element.tag} {attribute}={href!r}> {found}")
                elif found[1] and found[0].endswith(".html") and found[1] not in known[found[0]]:
                    problems.append(f"{name}: {href} has no such anchor")
                elif found[1] and not found[0].endswith(".html"):
                    problems.append(f"{name}: {href} has an anchor in what is no page")
    assert not problems


def site_sources(site: Site) -> str:
    return "\n".join(
        path.read_text(encoding="utf-8")
        for top in ("docs", "sops", "glossary")
        for path in sorted((site.root / top).rglob("*"))
        if path.suffix in (".yml", ".md")
    )


def test_styles_load_only_our_own_files(site: Site) -> None:
    problems = []
    sheets = [name for name in site.files if name.endswith(".css")]
    assert sheets
    for name in sheets:
        text = site.text(name)
        if "@import" in text:
            problems.append(f"{name}: @import")
        for match in re.finditer(r"url\(\s*(['\"]?)(.*?)\1\s*\)", text):
            href = match[2]
            if href.startswith("data:"):
                continue
            found = target_of(site, name, href)
            if isinstance(found, str):
                problems.append(f"{name}: url({href}) {found}")
        # The CSS of Material names its authors' licences and the SVG name space, nothing else.
        bare = re.sub(r"url\(\s*(['\"]?)data:.*?\1\s*\)", "", text)
        problems += [f"{name}: {address}" for address in re.findall(r"https?://[^\s)\"']+", bare)]
    assert not problems


def parts_of_search(site: Site) -> set[str]:
    """The files that the header's script puts in when search is first used: no page names them."""
    named = re.findall(r'"([\w.]+\.(?:js|css))"', site.text("assets/patokaz/patokaz.js"))
    assert {"search.css", "search.js", "finder.js"} <= set(named)
    indexes = {address(language, "find").replace(".html", ".js") for language in LANGUAGES}
    return {f"assets/patokaz/{name}" for name in named if name != "patokaz.js"} | indexes | {"find-common.js"}


def test_scripts_name_no_address(site: Site) -> None:
    scripts = [name for name in site.files if name.endswith((".js", ".mjs", ".wasm"))]
    assert set(scripts) - parts_of_search(site) == {
        f"assets/patokaz/{name}.js" for name in ("as-of", "guide", "leaflet", "patokaz")
    }
    text = "".join(site.text(name) for name in scripts)
    for word in ("http:", "https:", "fetch(", "XMLHttpRequest", "WebSocket", "sendBeacon", "EventSource", "import("):
        assert word not in text, word
    for word in ("localStorage", "sessionStorage", "indexedDB", "document.cookie", "innerHTML", "eval("):
        assert word not in text, word


def test_no_inline_script_or_style(site: Site) -> None:
    problems = []
    for name in site.pages:
        for element in elements(site.page(name)):
            if element.tag == "style" or element.get("style") is not None:
                problems.append(f"{name}: style in <{element.tag}>")
            if element.tag == "script" and (not element.get("src") or (element.text or "").strip()):
                problems.append(f"{name}: inline script")
            problems += [f"{name}: <{element.tag} {key}>" for key in element.attrib if key.lower().startswith("on")]
            if (element.get("href") or "").strip().lower().startswith(("javascript:", "data:")):
                problems.append(f"{name}: {element.get('href')}")
    assert not problems


def test_every_page_has_the_policy_before_it_loads_anything(site: Site) -> None:
    problems = []
    for name in site.pages:
        policies = site.page(name).xpath("//meta[@http-equiv='Content-Security-Policy']")
        if [str(policy.get("content")) for policy in policies] != [CSP]:
            problems.append(f"{name}: {len(policies)} policies")
            continue
        before = policies[0].xpath("preceding::*[self::script or self::link or self::img or self::style]")
        if before or policies[0].getparent().tag != "head":
            problems.append(f"{name}: loads something before the policy")
    assert not problems
    assert "unsafe" not in CSP and "*" not in CSP and "http" not in CSP


def test_404_stands_alone(site: Site) -> None:
    page = site.page("404.html")
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    for tag in ("style", "script"):
        (element,) = list(page.iter(tag))
        digest = base64.b64encode(hashlib.sha256((element.text or "").encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
        assert not element.attrib
    assert policy.startswith("default-src 'none'")
    assert not [e for e in elements(page) if e.get("style") or e.get("src") or e.tag == "link"]
    assert [s.get("lang") for s in page.iter("section")] == list(LANGUAGES)
    assert [a.get("href") for a in page.iter("a")] == [address(language, "index") for language in LANGUAGES]


def test_every_page_exists_in_every_language(site: Site) -> None:
    found: dict[str, set[str]] = {language: set() for language in LANGUAGES}
    for _, language, path in each(site.pages):
        found[language].add(path)
    assert found["mk"] == found["sq"] == found["en"]
    assert "index" in found["mk"] and any(path.startswith("sops/sop-") for path in found["mk"])
    for name, _language, path in each(site.pages):
        here = posixpath.dirname(name)
        switch = {
            a.get("lang"): posixpath.normpath(posixpath.join(here, str(a.get("href"))))
            for a in site.page(name).xpath("//*[@class='pk-languages']//a")
        }
        assert switch == {other: address(other, path) for other in LANGUAGES}, name


def test_anchors_are_the_same_in_every_language(site: Site) -> None:
    problems = []
    for _, language, path in each(site.pages):
        if language != DEFAULT:
            continue
        sets = {}
        for other in LANGUAGES:
            (content,) = site.of(other, path).xpath("//article")
            # Explanations of terms: a translation may use a term where another uses none. Letters: alphabets differ. Only one may be behind.
            sets[other] = {name for name in ids(content) if not name.startswith(("def-", "letter-", "behind-"))}
        problems += [
            f"{path}: {other} differs by {sorted(sets[other] ^ sets[DEFAULT])}"
            for other in LANGUAGES
            if sets[other] != sets[DEFAULT]
        ]
    assert not problems


def test_ids_are_unique_in_each_page(site: Site) -> None:
    problems = []
    for name in site.pages:
        problems += [f"{name}: #{x} × {n}" for x, n in Counter(ids(site.page(name))).items() if n > 1]
    assert not problems


def test_head_of_every_page(site: Site) -> None:
    titles: dict[tuple[str, str], str] = {}
    for name, language, path in each(site.pages):
        page = site.page(name)
        assert page.get("lang") == language, name
        assert page.xpath("//meta[@name='generator']/@content") == ["patokaz"], name
        assert page.xpath("//meta[@name='viewport']") and page.xpath("//meta[@name='referrer']"), name
        assert len(page.xpath("//h1")) == 1, name
        assert page.find("body").get("dir") == "ltr", name
        assert len(page.xpath("//main")) == 1, name
        (title,) = page.xpath("/html/head/title")
        assert words(page.xpath("//h1")[0]) and words(title), name
        other = titles.setdefault((language, words(title)), path)
        assert other == path, f"{name} and {other} have the same title"


def test_headings_do_not_skip_a_level(site: Site) -> None:
    problems = []
    for name in site.pages:
        levels = [int(h.tag[1]) for h in site.page(name).xpath("//h1|//h2|//h3|//h4|//h5|//h6")]
        jumps = [(a, b) for a, b in itertools.pairwise(levels) if b > a + 1]
        if levels[0] != 1 or jumps:
            problems.append(f"{name}: {jumps}")
    assert not problems


def test_every_page_can_be_reached(site: Site) -> None:
    for language in LANGUAGES:
        start = address(language, "index")
        seen, waiting = {start}, [start]
        while waiting:
            here = waiting.pop()
            for href in site.page(here).xpath("//a/@href"):
                found = None if ":" in href else target_of(site, here, str(href))
                if isinstance(found, tuple) and found[0].endswith(".html") and found[0] not in seen:
                    seen.add(found[0])
                    waiting.append(found[0])
        assert set(site.pages) <= seen


def test_only_files_that_pages_need(site: Site) -> None:
    used = parts_of_search(site)
    links = {name: [h for h in site.page(name).xpath("//@href | //@src") if h[0] != "#"] for name in site.pages}
    for name in (n for n in site.files if n.endswith(".css")):
        links[name] = re.findall(r"url\(\"?([^\")]+)", site.text(name))
    for name, hrefs in links.items():
        for href in hrefs:
            found = target_of(site, name, str(href))
            if isinstance(found, tuple):
                used.add(found[0])
    extra = {".patokaz-site", "404.html", "assets/fonts/OFL-NotoSans.txt"}
    extra |= {"assets/fonts/OFL-Vazirmatn.txt"} if "assets/fonts/Vazirmatn-Bold.woff2" in site.files else set()
    # A text in one language may leave out a picture that another shows; a document's pictures lie beside every language.
    pictures = {name for name in site.files if re.match(r"(?:\w\w/)?images/", name)}
    assert {re.sub(r"^(?:sq|en)/", "", name) for name in pictures} == {
        re.sub(r"^(?:sq|en)/", "", n) for n in pictures & used
    }
    assert set(site.files) - used - pictures == extra


@pytest.mark.parametrize(
    "unwanted",
    [
        r"assets/javascripts/",
        r"lunr",
        r"search/",
        r"search_index",
        r"\.ttf$",
        r"\.map$",
        r"\.py$",
        r"README",
        r"\.part$",
    ],
)
def test_nothing_of_the_theme_that_is_not_used(site: Site, unwanted: str) -> None:
    assert not [name for name in site.files if re.search(unwanted, name)]


def test_no_template_is_left_over(site: Site) -> None:
    texts = [name for name in site.files if not name.endswith((".woff2", ".png", ".css", ".js"))]
    assert not [name for name in texts if re.search(r"\{\{|\{%|\{#|\{:", site.text(name))]
    # A reference or Markdown that was not resolved would stay as it is written.
    raw = re.compile(r"\]\((?:role|term|doc|law|limit|institution|contact|source|unverified):|\]\(|\*\*|^#+ ", re.M)
    # Translators are shown passages as they are written.
    pages = [name for name in site.pages if "translations/" not in name]
    assert not [name for name in pages if raw.search(str(site.page(name).find("body").text_content()))]
