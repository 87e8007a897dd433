"""Modules: what is for trainers reaches trainers only, and participants check their answers against the procedure itself."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from patokaz.checking import checked, edition_on
from patokaz.findings import errors_in
from patokaz.load import DiskTree, MemoryTree, load
from patokaz.model.library import Library
from patokaz.model.participants import for_participants
from patokaz.model.records import ModuleRecord
from patokaz.pages import Compiled, compile_library
from patokaz.pages.page import Page
from patokaz.pages.wording import wording
from sample import TESTS, TODAY, check_files, overlay

MODULE = "docs/training/TRN-01-help-line"
TRAINERS = ("telephones", "Charge them", "laugh", "Batteries", "answers there", "never closed", "trainer", "обучувач", "Батерии", "trajnues")  # fmt: skip
"""Words of the sample's notes, of its explanations, and of the edition for trainers."""


def library(case: dict[str, Any] | None = None) -> Library:
    found = load(MemoryTree(overlay(case).files)).library
    assert found is not None
    return found


def compiled(audience: str, case: dict[str, Any] | None = None) -> Compiled:
    return compile_library(library(case), audience)  # type: ignore[arg-type]


def page(edition: Compiled, path: str, language: str = "en") -> Page:
    return edition.pages[language, path]


def everything(edition: Compiled) -> str:
    """All that is published: pages with their names, and what the search finds."""
    parts = (f"{key} {vars(item)}" for key, item in edition.pages.items())
    return "\n".join((*parts, *edition.search_scripts.values(), str(edition.sections), str(edition.siblings)))


def test_public_edition_has_nothing_for_trainers() -> None:
    words = everything(compiled("public"))
    assert "Whom do you call?" in words
    assert not [word for word in TRAINERS if word in words]
    known = everything(compiled("professional"))
    assert not [word for word in TRAINERS if word not in known]


def test_no_byte_of_the_public_edition_depends_on_the_key() -> None:
    """Another key, other notes and explanations: the same pages and the same search."""
    other = {
        f"{MODULE}/record.yml": {"replace": [["right: [whom-line]", "right: [whom-nobody]"], ["right: [when-now, when-night]", "right: [when-night, when-never]"]]},
        # Not in the original: that would put the translations behind, which their pages say.
        f"{MODULE}/mk.md": {"replace": [["Бидејќи линијата никогаш не се затвора.", "Друго."], ["Нека се смеат", "Нека седнат"], ["Понесете два телефона", "Понесете ѕвоно"]]},
    }  # fmt: skip
    assert errors_in(check_files(overlay(other))) == ()
    one, two = compiled("public"), compiled("public", other)
    assert one.pages == two.pages
    assert one.search_scripts == two.search_scripts
    one, two = compiled("professional"), compiled("professional", other)
    changed = {path for (_, path), item in one.pages.items() if two.pages[item.language, path] != item}
    assert changed == {"training/trn-01-trainer"}


@pytest.mark.parametrize("language", ["mk", "sq", "en"])
def test_trainers_have_notes_key_and_reasons(language: str) -> None:
    edition = compiled("professional")
    tree = html.fromstring(page(edition, "training/trn-01-trainer", language).body)
    assert len(tree.xpath("//*[@class='pk-right']")) == 3
    assert len(tree.xpath("//*[@class='pk-key']")) == 2
    assert len(tree.xpath("//*[contains(@class, 'pk-trainer')]")) == 2
    assert not tree.xpath("//details")
    own = html.fromstring(page(edition, "training/trn-01", language).body)
    assert not own.xpath("//*[@class='pk-right' or @class='pk-key' or contains(@class, 'pk-trainer')]")
    options = [[option.text.strip() for option in one.xpath("//ol//ul/li")] for one in (own, tree)]
    assert options[0] == options[1]
    assert len(options[0]) == 5


def test_an_answer_is_checked_against_the_step_itself() -> None:
    """The words of the step open in place, without a script and without a field that could keep what was chosen."""
    own = page(compiled("professional"), "training/trn-01")
    tree = html.fromstring(own.body)
    for check in tree.xpath("//details[@class='pk-check']"):
        assert "The social worker answers" in check.text_content()
        assert check.xpath(".//a/@href")[0] == "../sops/sop-02.html#call"
    assert len(tree.xpath("//details[@class='pk-check']")) == 2
    assert not tree.xpath("//input | //form | //script | //button")
    assert all(not name.endswith(".js") for name in own.assets)
    assert "details" not in own.printed
    assert "Whom do you call?" in own.printed


def test_agenda_counts_from_the_start() -> None:
    tree = html.fromstring(page(compiled("public"), "training/trn-01").body)
    lines = [[cell.text_content() for cell in line.xpath("td")] for line in tree.xpath("//table//tbody/tr")]
    assert lines == [["0:00", "Opening", "30"], ["0:30", "On the line", "45"], ["1:15", "Closing", "15"], ["", "Total", "90"]]  # fmt: skip


def test_words_of_the_engine_are_marked_in_a_text_of_another_language() -> None:
    case = {f"{MODULE}/sq.md": {"delete": True}}
    tree = html.fromstring(page(compiled("professional", case), "training/trn-01", "sq").body)
    assert tree.xpath("//summary/@lang") == ["sq", "sq"]
    assert tree.xpath("//dl[@class='pk-card']/@lang") == ["sq"]
    assert tree.xpath("//tr[th]/@lang") == ["sq"]


def test_a_public_module_names_no_procedure_for_professionals() -> None:
    case = {f"{MODULE}/record.yml": {"replace": ["steps: [SOP-02/contact.call]", "steps: [SOP-01/safety.make-safe]"]}}
    assert [item.code for item in errors_in(check_files(overlay(case)))] == ["KB701"]


BEHIND = {f"{MODULE}/en.md": {"replace": [["Let them laugh", "Let them sit"], ["Because the line is never closed.", "It never closes."], ["Call each other.", "Call one another."], ["  q-whom: Whom do you call?", "  q-whom: Whom will you call?"]]}}  # fmt: skip


@pytest.mark.parametrize("audience", ["public", "professional"])
def test_participants_are_told_of_passages_that_are_behind_where_they_see_them(audience: str) -> None:
    edition = compiled(audience, BEHIND)
    shown = page(edition, "training/trn-01", "mk")
    # Of four changes two are in what participants read: a question and the exercise.
    assert shown.body.count('class="pk-mark pk-behind"') == 2
    assert html.fromstring(f"<div>{shown.head}</div>").xpath("//a[starts-with(@href, '#')]/@href") == [
        "#behind-1",
        "#behind-2",
    ]
    assert wording("mk")["notice_behind"] in shown.head
    assert (
        not [word for word in ("them sit", "laugh", "never closes") if word in everything(edition)]
        or audience == "professional"
    )
    if audience == "professional":
        trainers = page(edition, "training/trn-01-trainer", "mk")
        assert trainers.body.count('class="pk-mark pk-behind"') == 4


def test_what_changed_between_revisions_is_told_to_the_public_without_what_is_for_trainers() -> None:
    """The page of changes compares two sealed states; a note and a reason changed, and one instruction."""
    sources = overlay({MODULE: {"seal": {"revision": "1.0", "adopted": True, "effective": "2026-11-02"}}})
    record = sources.files[f"{MODULE}/record.yml"].decode().replace('revision: "1.0"', 'revision: "1.1"')
    history = '  - {revision: "1.1", date: 2026-11-20, kind: minor, summary: {en: A call, mk: Повик, sq: Thirrje}}\n'
    record = record.replace("applies_to:", f"{history}applies_to:").replace(
        "right: [whom-line]", "right: [whom-nobody]"
    )
    sources.files[f"{MODULE}/record.yml"] = record.encode()
    seal = {"revision": "1.1", "adopted": True, "effective": "2026-11-20"}
    sources = overlay({**BEHIND, MODULE: {"seal": seal}}, sources.files)
    tree = MemoryTree(sources.files)
    working, findings = checked(tree, TODAY)
    assert working is not None, findings
    library, _ = edition_on(working, findings, tree, TODAY)
    moved = everything(compile_library(library, "professional"))
    assert "Let them sit" in moved
    edition = compile_library(library, "public")
    (path,) = [path for language, path in edition.pages if language == "en" and path.startswith("changes/trn")]
    told = html.fromstring(page(edition, path).body).text_content()
    assert "one another" in told
    assert not [word for word in ("them sit", "laugh", "never closes", *TRAINERS) if word in told]


SECTIONS = st.lists(st.tuples(st.integers(2, 4), st.booleans()), max_size=12)


@given(SECTIONS)
def test_what_is_left_out_is_exactly_what_stands_under_the_headings_named(sections: list[tuple[int, bool]]) -> None:
    """By a second reading, line by line: a section ends at the next heading of its level or a higher one."""
    lines, hidden, depth = ["opening"], [], 9
    kept = ["opening"]
    for number, (level, is_hidden) in enumerate(sections):
        depth = 9 if level <= depth else depth
        if is_hidden:
            hidden.append(f"s{number}")
            depth = min(depth, level)
        here = [f"{'#' * level} Title {{#s{number}}}", f"words{number} [](source:S1)"]
        lines += here
        kept += here if depth == 9 else ["", ""]
    source = f"---\ntitle: A\nsummary: B\nlabels: {{q-why: why, q: whom}}\n---\n{chr(10).join(lines)}"
    module = library({f"{MODULE}/en.md": source}).documents["TRN-01"]
    assert isinstance(module.record, ModuleRecord)
    question = module.record.quiz[0].model_copy(update={"id": "q"})
    record = module.record.model_copy(update={"trainer_only": tuple(hidden), "quiz": (question,)})
    text = for_participants(replace(module, record=record)).texts["en"]
    assert text.body.split("\n") == kept
    assert [heading.line_index for heading in text.headings] == [i for i, line in enumerate(kept) if "#s" in line]
    assert len(text.references) == sum("source:" in line for line in kept)
    assert dict(text.front.labels) == {"q": "whom"}
    assert text.fingerprint == module.texts["en"].fingerprint


@pytest.fixture(scope="module")
def real() -> Library:
    found = load(DiskTree(TESTS.parent)).library
    assert found is not None
    return found


@pytest.mark.parametrize("path", ["training/trn-01", "training/trn-01-trainer"])
def test_the_real_module_is_the_same_in_every_language(real: Library, path: str) -> None:
    edition = compile_library(real, "professional")

    def shape(language: str) -> list[str]:
        tree = html.fromstring(f"<div>{edition.pages[language, path].body}</div>")
        return [f"{item.tag} {item.get('id', '')} {item.get('class', '')}" for item in tree.iter() if item.tag != "br"]

    counted = {language: [line for line in shape(language) if not line.startswith("a ")] for language in real.settings.languages}  # fmt: skip
    assert counted["mk"] == counted["sq"] == counted["en"]
    assert sum(line.startswith("details") for line in counted["en"]) == (0 if path.endswith("trainer") else 10)
