"""What a text can smuggle past the checks: either an error, or a page without scripts, foreign addresses and handlers."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from patokaz.findings import errors_in
from patokaz.load import MemoryTree, load
from patokaz.pages import compile_library
from sample import check_files, sample_files

BODIES = {
    "script": "<script>alert(1)</script>",
    "comment": "<!-- <script>alert(1)</script> -->",
    "script in a tilde fence": "~~~\n<script>alert(1)</script>\n~~~",
    "script in a backtick fence": "```\na\n\n<script>alert(1)</script>\n\nb\n```",
    "script behind an open fence": "```\n\n<script>alert(1)</script>",
    "script behind an indented fence": "    ```\n\n<script>alert(1)</script>\n\n    ```",
    "script behind a fence closed by a longer one": "```\n````\n\n<script>alert(1)</script>\n",
    "script behind a fence with words at its end": "```\n``` x\n<b>\n```\n\n<script>alert(1)</script>\n",
    "script behind a fence of two kinds": "~~~ a\n```\n~~~\n\n<script>alert(1)</script>\n\n```",
    "backtick fence with a backtick in its words": "``` a`b\n<script>alert(1)</script>\n",
    "tag between escaped backticks": "\\`<b onclick=alert(1)>x</b>\\`",
    "tag between unequal backticks": "``<b onclick=alert(1)>`",
    "tag over two lines": "<img\nsrc=x onerror=alert(1)>",
    "tag with capitals": "<SCRIPT>alert(1)</SCRIPT>",
    "processing instruction": "<?php x ?>",
    "declaration": "<!DOCTYPE html>",
    "character data": "<![CDATA[ <script>alert(1)</script> ]]>",
    "handler on an allowed tag": '<abbr onclick="alert(1)">x</abbr> <br onmouseover=alert(1)>',
    "style on an allowed tag": '<kbd style="background:url(//t.example/x)">x</kbd>',
    "handler in an attribute list": "[a](https://example.org){: onclick=alert(1) }",
    "style in an attribute list": "A paragraph.\n{: style=background:url(//t.example/x) }",
    "script address": "[a](javascript:alert)",
    "script address with brackets": "[a](javascript:alert(document.cookie(1)))",
    "script address in capitals": "[a](JavaScript:alert)",
    "script address in angle brackets": "[a](<javascript:alert(1)>)",
    "script address with a title": "[a](javascript:alert 'x')",
    "script address with a title in brackets": "[a](javascript:alert (x))",
    "script address with a space before": "[a]( javascript:alert )",
    "script address on the next line": "[a](\njavascript:alert)",
    "script address with words over two lines": "[a\nb](javascript:alert)",
    "script address with an entity": "[a](java&#115;cript:alert)",
    "script address with a named entity": "[a](javascript&colon;alert)",
    "script address with an escape": "[a](javascript\\:alert)",
    "script address by definition": "[click][x]\n\n[x]: javascript:alert(1)",
    "script address by definition of the words": "[x]\n\n[x]: javascript:alert(1)",
    "script address by definition over two lines": "[x]\n\n[x]:\njavascript:alert(1)",
    "script address by definition in a quotation": "[x]\n\n> [x]: javascript:alert(1)",
    "script address by itself": "<javascript:alert(1)>",
    "script address with nested words": "[a [b [c] d] e](javascript:alert)",
    "script address behind an image": "[![x](door.png)](javascript:alert)",
    "data address": "[a](data:text/html,x)",
    "vbscript address": "[a](vbscript:x)",
    "file address": "[a](file:///etc/passwd)",
    "address of the same scheme": "[a](//t.example/x)",
    "foreign image": "![x](https://t.example/x.png)",
    "foreign image by definition": "![dot][x]\n\n[x]: https://t.example/x.png",
    "foreign image in a link": "[![x](https://t.example/x.png)](https://example.org)",
    "foreign image over two lines": "![a\nb](https://t.example/x.png)",
    "image outside": "![x](../../../etc/passwd)",
    "role with a title": "[the team](role:response-team 'x')",
    "role over two lines": "[the\nteam](role:response-team)",
    "role by definition": "[the team][r]\n\n[r]: role:response-team",
    "role with a space before": "[the team]( role:response-team )",
    "handler in the words of a reference": '[<abbr onclick="x">team</abbr>](role:social-worker)',
    "script in the words of a term": "[<script>alert(1)</script>](term:newcomer)",
    "script in a heading": "## <script>alert(1)</script> {#a}",
    "handler in the id of a heading": '## A {#a"onclick="alert(1)}',
    "script in a table": "| a |\n|---|\n| <script>alert(1)</script> |",
    "abbreviation": 'HTML\n\n*[HTML]: "><script>alert(1)</script>',
    "template": "{{ 7*7 }}{% raw %}",
}  # fmt: skip

FOREIGN = ("script", "iframe", "object", "embed", "style", "link", "meta", "base", "svg", "math", "form")
"""Elements that no page part holds; of SVG only the drawings that the engine makes."""

SCHEMES = ("https:", "http:", "mailto:", "tel:", "about:blank")


class Judge(HTMLParser):
    """Collects what a browser would run or fetch, and addresses that our own pages would not hold."""

    def __init__(self) -> None:
        super().__init__()
        self.complaints: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        ours = tag == "svg" and dict(attrs).get("class") == "pw"
        if not ours and tag in FOREIGN:
            self.complaints.append(f"<{tag}>")
        for name, value in attrs:
            address = (value or "").strip().lower()
            if name.startswith("on") or (name == "style" and "url" in address):
                self.complaints.append(f"{tag} {name}={value}")
            if name in ("src", "srcset", "poster", "data", "background") and (
                ":" in address or address.startswith("//")
            ):
                self.complaints.append(f"{tag} {name}={value}")
            if name == "href" and (
                address.startswith("//")
                or (":" in address.split("/")[0].split("#")[0] and not address.startswith(SCHEMES))
            ):
                self.complaints.append(f"{tag} {name}={value}")


def complaints(html: str) -> list[str]:
    judge = Judge()
    judge.feed(html)
    judge.close()
    return judge.complaints


def pages_of(files: dict[str, bytes], audience: str) -> dict[tuple[str, str], str]:
    library = load(MemoryTree(files)).library
    assert library is not None
    compiled = compile_library(library, audience)  # type: ignore[arg-type]
    return {key: page.head + page.panel + page.body + page.tail for key, page in compiled.pages.items()}


def with_body(body: str) -> dict[str, bytes]:
    files = sample_files()
    files["docs/en/extra.md"] = f"---\ntitle: A\nsummary: B\naudience: public\n---\n\n{body}\n".encode()
    return files


@pytest.mark.parametrize("name", BODIES)
def test_body_is_refused_or_harmless(name: str) -> None:
    files = with_body(BODIES[name])
    if errors_in(check_files(files)):
        return
    html = pages_of(files, "public")["en", "extra"]
    assert complaints(html) == []
    assert "role:response-team" not in html
    assert "Response team" not in html


ODD_WORDS = "Zz<script>alert(1)</script> [x](javascript:alert) ![p](https://t.example/x.png) *em* _a_ `c` {: onclick=y } \"'&amp;"


WORDS_IN = [
    path
    for path in sample_files()
    if path.endswith((".yml", ".md")) and path not in ("mkdocs.yml", "glossary/sources.yml")
]


@pytest.mark.parametrize("path", WORDS_IN)
def test_words_of_records_and_glossary_are_words_only(path: str) -> None:
    """Titles, names, labels, definitions … appear as they are written: no HTML, no Markdown."""
    files = sample_files()
    text = files[path].decode()
    head, fence, body = text[4:].partition("\n---\n") if path.endswith(".md") else (text, "", "")
    changed = head
    for value in quotable(head):
        changed = changed.replace(value, "'" + ODD_WORDS.replace("'", "''") + "'", 1)
    assert changed != head or "home.yml" in path or head.count("summary") == 0
    files[path] = (f"---\n{changed}{fence}{body}" if fence else changed).encode()
    if errors_in(check_files(files)):
        return
    for audience in ("public", "professional"):
        for key, html in pages_of(files, audience).items():
            assert complaints(html) == [], key
            assert "<em>em</em>" not in html, key


def quotable(text: str) -> list[str]:
    """Plain scalars that are words: at least two letters in a row after a colon, on one line, not an id or a date."""
    found = re.findall(
        r"(?m)(?:(?<=mk: )|(?<=sq: )|(?<=en: )|(?<=title: )|(?<=summary: ))(?:\"[^\"\n]+\"|[^\[{\"'|>\s][^,}\n]*)", text
    )
    return [value for value in found if value.strip()]


def test_address_of_a_source_or_a_contact_is_safe() -> None:
    files = sample_files()
    files["glossary/sources.yml"] = files["glossary/sources.yml"].replace(
        b"https://example.org/notices", b"javascript:alert(1)"
    )
    files["glossary/institutions.yml"] = files["glossary/institutions.yml"].replace(
        b"web: null", b"web: javascript:alert(2)"
    )
    if errors_in(check_files(files)):
        return
    for html in pages_of(files, "public").values():
        assert complaints(html) == []
