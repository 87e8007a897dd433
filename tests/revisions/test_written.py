"""Every format says every change, without colour, aloud, and as valid HTML."""

from __future__ import annotations

import random
import re
from collections import Counter
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from test_redlines import PATHS, redline_of
from text_edits import body, edited, text_of, with_text
from tinyhtml5.parser import HTMLParser

from patokaz.load import MemoryTree, load
from patokaz.pages.redline import redline
from patokaz.pages.redline_lines import Compared
from patokaz.pages.redline_names import Names
from patokaz.pages.redline_written import as_markdown, as_page, as_text
from patokaz.pages.view import View
from patokaz.revisions.changes import compare
from patokaz.revisions.inline import runs
from patokaz.revisions.kinds import PassageAdded, PassageRemoved, Reworded
from patokaz.revisions.words import Piece, pieces, whole, word_list
from sample import PUBLIC_SOP, read_case, sample_files

LIBRARY = load(MemoryTree(sample_files())).library
assert LIBRARY is not None
PAGE = LIBRARY.documents["ask-for-help"]
VIEW = View(LIBRARY, "professional", "en")

MARKS = {
    "text": (r"\{\+(.*?)\+\}", r"\[-(.*?)-\]", r"(?m)^\S.*$"),
    "md": (r"<ins>(.*?)</ins>", r"<del>(.*?)</del>", r"(?m)^#.*$"),
    "html": (r"<ins>(.*?)</ins>", r"<del>(.*?)</del>", r"<h3.*?>(.*?)</h3>"),
}


def marked(written: str, pattern: str) -> Counter[str]:
    """The words that a format marks, without tags and escapes."""
    bare = " ".join(re.sub(r"<span class=\"pk-aloud\">.*?</span>|<[^>]+>", "", m) for m in re.findall(pattern, written))
    return Counter(word_list(re.sub(r"\\(.)", r"\1", unescape(bare))))


@settings(max_examples=300)
@given(st.integers(0, 2**32), st.integers(1, 8))
def test_every_inserted_and_every_deleted_word_is_in_every_format(seed: int, count: int) -> None:
    rng = random.Random(seed)
    before = body(rng)
    old, new = (with_text(PAGE, text_of(part)) for part in (before, edited(rng, before, count)))
    gone: Counter[str] = Counter()
    come: Counter[str] = Counter()
    for change in compare(old, new, "en", old_limits={}, new_limits={}):
        match change:
            case Reworded(pieces=parts):
                gone.update(w for p in parts if p.kind == "deleted" for w in word_list(p.text))
                come.update(w for p in parts if p.kind == "inserted" for w in word_list(p.text))
            case PassageAdded(passage=passage):
                come.update(word_list(passage.words))
            case PassageRemoved(passage=passage):
                gone.update(word_list(passage.words))
    found = redline(Compared(old, new, "1.0", "working", {}, {}), Names(VIEW))
    for style, written in (("text", as_text(found)), ("md", as_markdown(found)), ("html", as_page(found, VIEW))):
        inserted, deleted, headings = (marked(written, pattern) for pattern in MARKS[style])
        # The heading of a section that is new or gone stands over what is said of it.
        assert not come - inserted - headings, style
        assert not gone - deleted - headings, style


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
@pytest.mark.parametrize("language", ["mk", "sq", "en"])
def test_pages_are_valid_and_mark_changes_without_colour(path: object, language: str) -> None:
    found, view = redline_of(read_case(path), language)  # type: ignore[arg-type]
    page = as_page(found, view)
    parser = HTMLParser()
    parser.parse(page)
    assert parser.errors == []
    tree = html.fromstring(page)
    assert tree.get("lang") == language
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link.removeprefix("#") for link in tree.xpath("//a/@href")} <= set(ids)
    for element in tree.xpath("//ins | //del"):
        first, *_, last = element.xpath("./span[@class='pk-aloud']")
        key = {"ins": ("redline_inserted", "redline_now"), "del": ("redline_deleted", "redline_before")}[element.tag]
        assert first.text_content() in {f" [{view.words[name]}: " for name in key}
        assert last.text_content().strip() == "]"
    assert not re.search(r"https?://|src=|@import|url\(", page)


def test_hostile_words_stay_words() -> None:
    """Markup in a text is shown as it is written, in a page and in Markdown."""
    old, new = (
        text_of([[["Wait here."]]]),
        text_of([[["Wait <script>alert(1)</script> `<b>` *here* & [x](https://a.b)."]]]),
    )
    found = redline(Compared(with_text(PAGE, old), with_text(PAGE, new), "1.0", "working", {}, {}), Names(VIEW))
    page = html.fromstring(as_page(found, VIEW))
    assert page.xpath("//script | //b | //a[contains(@href, 'a.b')]") == []
    assert "<script>alert(1)</script>" in page.text_content()
    assert "<script>" not in as_markdown(found)


SHOWN = {"Response team", "FORM-01", "Request for help", "at most 24 hours"}
"""What is for professionals in the sample library, as it is shown to them."""

HIDDEN = {*SHOWN, "response-team", "first-talk", "First talk", "24"}
"""The same and the names behind it."""


def test_a_public_redline_shows_nothing_that_is_for_professionals() -> None:
    """The change names a role, a form and a limit that the public edition lacks, as facts and in the text."""
    facts = "informed: [response-team]\n        limit: first-talk\n        forms: [FORM-01]\n        does: [refers]"
    case = {
        "document": "SOP-02",
        "before": {},
        "after": {
            f"{PUBLIC_SOP}/record.yml": {
                "replace": ["informed: []\n        limit: null\n        forms: []", facts],
            },
            f"{PUBLIC_SOP}/en.md": {
                "replace": [
                    "answers [](source:S3)",
                    "answers with [](doc:FORM-01) within [](limit:first-talk) [](source:S3)",
                ]
            },
        },
    }
    for audience in ("public", "professional"):
        found, view = redline_of(case, "en", audience)
        for written in (as_text(found), as_markdown(found), as_page(found, view)):
            said = {words for words in HIDDEN if words in written.replace("\\", "")}
            assert said == set() if audience == "public" else said >= SHOWN


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("Never leave.", "**Never** leave.", ["-Never", "+Never!", "= leave."]),
        ("See [the form](doc:A).", "See [the form](doc:B).", ["=See ", "-the form>", "+the form>", "=."]),
        ("[the form](doc:A) now", "[the sheet](doc:A) now", ["=the ", "-form", "+sheet", "= now"]),
        ("It is [so](unverified:).", "It is so.", ["=It is", "- ", "-so", "+ so", "=."]),
        ("a * b", "a * c", ["=a * ", "-b", "+c"]),
        (r"Rule \*1\* `x`", r"Rule \*1\* `y`", ["=Rule *1* ", "-x", "+y"]),
    ],
)
def test_marks_become_styles(old: str, new: str, shown: list[str]) -> None:
    """``!`` is strong, ``>`` leads elsewhere."""
    signs = {"equal": "=", "deleted": "-", "inserted": "+"}
    said = [
        f"{signs[run.kind]}{run.text}{'!' * run.style.strong}{'>' * run.retargeted}" for run in runs(pieces(old, new))
    ]
    assert _joined(said) == shown


def _joined(said: list[str]) -> list[str]:
    """Equal runs that differ in where they lead, as one: only their words are looked at."""
    joined: list[str] = []
    for part in said:
        if joined and part[0] == "=" and joined[-1][0] == "=":
            joined[-1] += part[1:]
        else:
            joined.append(part)
    return joined


@given(st.text(alphabet="ab *_`[]()\\<>:!|", max_size=40))
def test_any_marks_are_read(words: str) -> None:
    """What is not markup is shown; nothing is shown twice."""
    shown = "".join(run.text for run in runs(whole("equal", words)))
    assert Counter(re.findall("[ab]", shown)) <= Counter(re.findall("[ab]", words))
    assert runs((Piece("equal", words),)) == runs(whole("equal", words))
