"""The matrix of responsibilities against the records: every letter of every step and task, nothing else."""

from __future__ import annotations

import pytest
from lxml import html
from sitekit import DEFAULT, LANGUAGES, REPOSITORY, words

from patokaz.checking import checked
from patokaz.load import DiskTree, MemoryTree
from patokaz.model.base import Audience
from patokaz.model.library import Library
from patokaz.model.records import SopRecord
from patokaz.pages.matrix import matrix_pages, pathways_of_role
from patokaz.pages.page import Page
from patokaz.pages.view import View
from patokaz.pages.wording import wording
from sample import TODAY, sample_files

WORDS = {"R": "who", "A": "accountable", "C": "consulted", "I": "informed"}


@pytest.fixture(scope="module", params=["sample", "real"])
def library(request: pytest.FixtureRequest) -> Library:
    tree = MemoryTree(sample_files()) if request.param == "sample" else DiskTree(REPOSITORY)
    found, _ = checked(tree, TODAY)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def sample() -> Library:
    found, _ = checked(MemoryTree(sample_files()), TODAY)
    assert found is not None
    return found


def pages(library: Library, language: str = "en", audience: Audience = "professional") -> dict[str, Page]:
    return {page.path: page for page in matrix_pages(View(library, audience, language))}


def letters(page: Page) -> dict[str, dict[str, str]]:
    """The address of each row → the address of each role → letters."""
    body = html.fragment_fromstring(page.body, create_parent="div")
    roles = [str(a.get("href")) for a in body.xpath(".//thead/tr/th/span/a")]
    found: dict[str, dict[str, str]] = {}
    for row in body.xpath(".//tbody/tr[th/@scope='row']"):
        cells = row.findall("td")
        assert len(cells) == len(roles)
        seen = [str(cell.text or "").replace(" ", "") for cell in cells]
        found[row.find("th/a").get("href")] = {role: text for role, text in zip(roles, seen, strict=True) if text}
    return found


def of(*groups: tuple[str, ...]) -> dict[str, str]:
    """Letters by role, from who acts, answers, is asked and is told."""
    found: dict[str, str] = {}
    for letter, names in zip("RACI", groups, strict=True):
        for name in names:
            found[f"../roles/{name}.html"] = found.get(f"../roles/{name}.html", "") + letter
    return found


def expected(library: Library, family: str) -> dict[str, dict[str, str]]:
    """What the records say, read here from the model."""
    view = View(library, "professional", "en")
    rows: dict[str, dict[str, str]] = {}
    for document in library.documents.values():
        record = document.record
        if getattr(record, "family", None) != family:
            continue
        if isinstance(record, SopRecord):
            for measure in record.measures:
                for step in measure.steps:
                    address = f"../sops/{document.id.lower()}.html#{step.id}"
                    rows[address] = of(step.responsible, (step.accountable,), step.consulted, step.informed)
        for node in view.pathways.get(document.id, ()):
            if node.node.type == "task" and not node.node.step:
                own = node.node
                address = f"../pathways/{document.id.lower()}.html#n-{own.id}"
                answers = (own.accountable,) if own.accountable else ()
                rows[address] = of((own.actor,) if own.actor else (), answers, own.consulted, own.informed)
    return rows


def test_every_letter_is_that_of_a_record(library: Library) -> None:
    found = pages(library)
    told = 0
    for family in library.families:
        rows = expected(library, family)
        assert (f"matrix/{family}" in found) == bool(rows)
        if rows:
            assert letters(found[f"matrix/{family}"]) == rows
            told += len(rows)
    assert told >= len(list(library.steps()))


def test_the_index_leads_to_every_matrix(library: Library) -> None:
    for language in LANGUAGES:
        found = pages(library, language)
        index = html.fragment_fromstring(found["matrix/index"].body, create_parent="div")
        assert [f"matrix/{a.get('href')}" for a in index.iter("a")] == [
            f"{p}.html" for p in found if p != "matrix/index"
        ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_rows_and_columns_can_be_told_apart(library: Library, language: str) -> None:
    for path, page in pages(library, language).items():
        if path == "matrix/index":
            continue
        body = html.fragment_fromstring(page.body, create_parent="div")
        (region,) = body.find_class("pk-matrix")
        assert (region.get("role"), region.get("tabindex"), region.get("aria-label")) == ("region", "0", page.title)
        width = len(body.xpath(".//thead/tr/th[@scope='col']"))
        for row in body.xpath(".//tbody/tr"):
            assert row.find("th").get("scope") in ("row", "rowgroup")
            assert 1 + sum(int(cell.get("colspan", "1")) for cell in row.findall("td")) == width
        roles = [words(th) for th in body.xpath(".//thead/tr/th[position() > 1]")]
        occurring = [role for role in roles if role]
        assert len(set(occurring)) == width - 1
        assert page.assets == ("matrix.css",)
        assert (page.kind, page.section) == ("matrix", "matrix")


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_are_explained_before_the_table(sample: Library, language: str) -> None:
    body = html.fragment_fromstring(pages(sample, language)["matrix/reception"].body, create_parent="div")
    say = wording(language)
    (legend,) = body.find_class("pk-legend")
    told = {words(div.find("dt")): words(div.find("dd")) for div in legend.findall("div")}
    assert told == {letter: say[key] for letter, key in WORDS.items()}
    # The legend stands before the table, in the order of reading, and leaves no letter out.
    assert body.index(legend) < body.index(body.find_class("pk-matrix")[0])
    letters = {letter for cell in body.xpath(".//tbody//td") for letter in str(cell.text or "").split()}
    assert letters
    assert letters <= set(told)


def test_groups_are_named_with_their_state(sample: Library) -> None:
    body = html.fragment_fromstring(pages(sample)["matrix/reception"].body, create_parent="div")
    heads = [words(th) for th in body.xpath(".//th[@scope='rowgroup']")]
    assert heads == [
        "SOP-01 First helpRevision 1.1 · draft",
        "1 Make the place safe",
        "2 Ask for help",
        "Pathway: SOP-01 First helpRevision 1.1 · draft",
    ]


def test_a_public_edition_shows_neither_steps_nor_roles_of_professionals(sample: Library) -> None:
    found = pages(sample, "en", "public")
    assert "matrix/reception" not in found
    text = "".join(page.body + page.title for page in found.values())
    assert "response-team" not in text and "SOP-01" not in text
    assert "matrix/information" in found


def test_pathways_of_a_role(sample: Library) -> None:
    view = View(sample, "professional", DEFAULT)
    found = {d.id: [node.id for node in nodes] for d, nodes in pathways_of_role(view, "social-worker")}
    assert found == {"SOP-01": ["is-child", "ask-child", "find-bed", "agrees", "form"], "ask-for-help": ["answer"]}
    assert [d.id for d, _ in pathways_of_role(view, "border-police")] == ["SOP-01"]
    assert pathways_of_role(View(sample, "public", DEFAULT), "border-police") == []
