"""The change notice is one page, whatever changed, and names every role that it concerns."""

from __future__ import annotations

import io
import re
from typing import Any

import pypdf
import pytest
from test_redlines import CASES, redline_of

from patokaz.handbooks import compose_notice, compose_redline, print_pdf
from patokaz.handbooks.notices import LEAST_ROWS
from patokaz.revisions.changes import by_role
from patokaz.revisions.kinds import Change, Place
from sample import SOP, read_case

pytestmark = pytest.mark.slow

MANY = 60


def many_steps() -> dict[str, Any]:
    """An edit that adds :data:`MANY` steps, for three roles in turn."""
    roles = ("border-police", "social-worker", "response-team")
    facts = "".join(
        f"      - {{id: extra-{n}, responsible: {roles[n % 3]}, accountable: social-worker, limit: at-once, sources: [S1]}}\n"
        for n in range(MANY)
    )
    words = "".join(f"### Do one more thing, number {n} {{#extra-{n}}}\n\nDo it with care.\n\n" for n in range(MANY))
    anchor = "## Ask for help {#request}"
    return {
        "before": {},
        "after": {
            f"{SOP}/record.yml": {"replace": ["  - id: request\n", f"{facts}  - id: request\n"]},
            f"{SOP}/en.md": {"replace": [anchor, f"{words}{anchor}"]},
        },
    }


def printed(html: str) -> list[str]:
    """The words of each page."""
    pages = pypdf.PdfReader(io.BytesIO(print_pdf(html))).pages
    return [re.sub(r"\s+", " ", page.extract_text()) for page in pages]


@pytest.mark.parametrize("language", ["mk", "sq", "en"])
def test_notice_of_few_changes_says_all_and_fills_the_page_with_rows(language: str) -> None:
    found, view = redline_of(read_case(CASES / "16-responsible-changed.yml"), language)
    (page,) = printed(compose_notice(found, view).html)
    words = view.words.file.words
    for said in (found.title, found.new, words["changes_read"], words["who"], words["changes_signature"]):
        assert said in page
    for role, _ in found.concerned:
        assert role in page
    html = compose_notice(found, view).html
    assert html.count('<td class="no">') > 15
    assert words["changes_more"].split(":")[0] not in page


def test_notice_of_many_changes_is_still_one_page_and_says_how_many_more() -> None:
    found, view = redline_of(many_steps(), "en")
    html = compose_notice(found, view).html
    (page,) = printed(html)
    assert html.count('<td class="no">') >= LEAST_ROWS
    match = re.search(r"do not fit on this page: (\d+)\. They concern: ([^.]*)\.", page)
    assert match is not None
    listed = html.count("<li><b>")
    everywhere = {tuple(group.place for group in groups) for _, groups in found.concerned}
    assert int(match[1]) + listed == sum(len(places) for places in everywhere)
    assert all(role in page for role, _ in found.concerned)


def test_printed_redline_marks_changes_in_black_and_white() -> None:
    found, view = redline_of(read_case(CASES / "21-negation-inserted.yml"), "en")
    assert "{+do not+}" in " ".join(printed(compose_redline(found, view).html))
    found, view = redline_of(read_case(CASES / "22-number-changed.yml"), "en")
    assert re.search(r"\[-15-\] ?\{\+50\+\}", " ".join(printed(compose_redline(found, view).html)))


def test_changes_by_role_begin_with_those_for_everybody() -> None:
    place = Place("step", "one")
    own = [Change(place, ("b", "a")), Change(place, ("a",)), Change(place, ())]
    assert by_role(own, ("a", "b", "c")) == {"": (own[2],), "a": (own[0], own[1]), "b": (own[0],)}
