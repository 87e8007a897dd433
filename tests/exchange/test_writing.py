"""Where delivered words go when the original has moved on: passages that are new, gone or moved, whole new texts, stamps and signatures."""

from __future__ import annotations

import re
from pathlib import Path

import polib
import pytest
from click.testing import CliRunner
from exchange_kit import (
    EN,
    MK,
    NOBODY,
    PATHWAY,
    Files,
    base,
    by_key,
    codes,
    edited,
    exported,
    filled,
    imported,
    library_of,
    stamped_now,
)

from patokaz.cli import main
from patokaz.exchange import Signatures
from patokaz.findings import errors_in
from patokaz.translations import Freshness, freshness, passages
from sample import PUBLIC_SOP, SOP, Sources, check_files, sample_files

FOLLOWS = f"{SOP}/mk.follows.yml"
OLD_CHILD = "Прашајте го детето што сака и запишете го тоа со неговите зборови."
NEW_CHILD = "Прашајте го детето што му треба и запишете го тоа со неговите зборови."
CHANGE = ("Ask the child what it wants", "Ask the child what it needs")


def states(files: Files, name: str = "SOP-01", language: str = "mk") -> list[str]:
    document = library_of(files).documents[name]
    return [p.state for p in passages(document.source_text, document.texts[language]) if p.state != "current"]


def done(
    files: Files,
    words: dict[str, str],
    signatures: Signatures = NOBODY,
    name: str = "SOP-01",
    language: str = "mk",
) -> Files:
    """The library after an import of these words by key; the others as they were exported."""
    content = filled(exported(files, name, language), by_key(words))
    received = imported(files, content, language, signatures=signatures)
    assert codes(received) == []
    return {**files, **received.files}


def body(files: Files, path: str = MK) -> str:
    return files[path].decode().split("\n---\n", 1)[1]


def test_changed_passage_is_taken_and_stamped() -> None:
    files = edited(base(), EN, CHANGE)
    assert states(files) == ["changed"]
    new = done(files, {"SOP-01#ask-child/2 paragraph": f"{NEW_CHILD} Видете го [образецот](doc:FORM-01#situation)."})
    assert body(new) == body(files).replace(OLD_CHILD, NEW_CHILD)
    assert states(new) == []
    document = library_of(new).documents["SOP-01"]
    assert freshness(document.texts["mk"], document.source_text) is Freshness.CURRENT
    assert not errors_in(check_files(new))


def test_part_of_the_changes_leaves_the_text_behind_with_the_rest() -> None:
    """What is not translated stays behind, and says so; what is, is current."""
    files = edited(base(), EN, CHANGE, ("Find a safe place", "Find a quiet place"))
    new = done(files, {"SOP-01#make-safe/1 heading": "Најдете тивко место"})
    assert states(new) == ["changed"]
    document = library_of(new).documents["SOP-01"]
    assert freshness(document.texts["mk"], document.source_text) is Freshness.BEHIND
    whole = done(new, {"SOP-01#ask-child/2 paragraph": f"{NEW_CHILD} Видете го [образецот](doc:FORM-01#situation)."})
    assert states(whole) == []


def test_translation_that_still_holds_is_confirmed_by_taking_fuzzy_away() -> None:
    files = edited(base(), EN, CHANGE)
    file = polib.pofile(exported(files, "SOP-01", "mk"))
    same = {entry.msgctxt: entry.msgstr for entry in file if entry.fuzzy}
    assert len(same) == 1
    new = done(files, same)
    assert body(new) == body(files)
    assert states(new) == []


def test_xliff_target_that_lost_its_state_is_taken_only_where_it_changed() -> None:
    """A tool may drop the state: an earlier translation that comes back as it was must not pass for a new one."""
    files = edited(base(), EN, CHANGE)
    content = exported(files, "SOP-01", "mk", ".xlf")
    assert content.count('state="needs-adaptation"') == 1
    bare = re.sub(' state="[a-z-]+"', "", content)
    assert imported(files, bare, "mk", "x.xlf").left == {"SOP-01": ("SOP-01#ask-child/2 paragraph",)}
    taken = imported(files, bare.replace(OLD_CHILD, NEW_CHILD), "mk", "x.xlf")
    assert (taken.taken, taken.left) == ({"SOP-01": 1}, {"SOP-01": ()})
    assert imported(files, content.replace(OLD_CHILD, NEW_CHILD), "mk", "x.xlf").taken == {"SOP-01": 0}


def test_new_passages_come_to_their_place() -> None:
    added = "### Ask the child {#ask-child}\n\n1. Sit down.\n2. Wait:\n   - five minutes\n\n| Who | When |\n|---|---|\n| you | now |\n"
    files = edited(base(), EN, ("### Ask the child {#ask-child}\n", added))
    words = {
        "2 item": "Седнете.",
        "3 item": "Почекајте:",
        "4 item": "пет минути",
        "5 cell": "Кој",
        "6 cell": "Кога",
        "7 cell": "вие",
        "8 cell": "сега",
    }
    new = done(files, {f"SOP-01#ask-child/{key}": value for key, value in words.items()})
    made = added
    pairs = [
        ("Ask the child", "Прашајте го детето"),
        ("Sit down.", "Седнете."),
        ("Wait:", "Почекајте:"),
        ("five minutes", "пет минути"),
        ("Who", "Кој"),
        ("When", "Кога"),
        ("you", "вие"),
        ("now", "сега"),
    ]
    for old, translated in pairs:
        made = made.replace(old, translated)
    assert body(new) == body(files).replace("### Прашајте го детето {#ask-child}\n", made)
    assert states(new) == []


def test_section_waits_until_all_its_new_passages_are_there() -> None:
    files = edited(
        base(), EN, ("### Ask the child {#ask-child}\n", "### Ask the child {#ask-child}\n\nSit down.\n\nWait.\n")
    )
    new = done(files, {"SOP-01#ask-child/2 paragraph": "Седнете.", "SOP-01#make-safe/1 heading": "Најдете тивко место"})
    assert body(new) == body(files).replace("Најдете безбедно место", "Најдете тивко место")
    assert states(new) == ["new", "new"]
    content = filled(exported(files, "SOP-01", "mk"), by_key({"SOP-01#ask-child/2 paragraph": "Седнете."}))
    received = imported(files, content, "mk", signatures=Signatures(by="Вера"))
    assert received.waiting == {"SOP-01": ("SOP-01#ask-child/2 paragraph",)}
    assert (received.files, received.taken) == ({}, {"SOP-01": 0})


def test_gone_passages_and_sections_go() -> None:
    files = edited(base(), EN, ("\n![A door with a sign: quiet room](door.png)\n", ""))
    new = done(files, {"SOP-01#front/1 title": "Прва помош сега"})
    assert body(new) == body(files).replace("\n![Врата со натпис: тивка просторија](door.png)\n", "")
    assert states(new) == []
    source = files[EN].decode()
    start, end = source.index("### Ask the child"), source.index("## Ask for help")
    shorter = {**files, EN: (source[:start] + source[end:]).encode()}
    gone = done(shorter, {"SOP-01#front/1 title": "Прва помош сега"})
    assert "{#ask-child}" not in body(gone)
    assert body(gone).startswith(body(new)[: body(new).index("### Прашајте")])
    assert states(gone) == []


def test_moved_section_moves_with_its_words() -> None:
    files = base()
    source = files[EN].decode()
    one, two, three = (
        source.index("### Find a safe"),
        source.index("### Ask the child"),
        source.index("## Ask for help"),
    )
    files[EN] = (source[:one] + source[two:three] + source[one:two] + source[three:]).encode()
    new = done(files, {"SOP-01#front/1 title": "Прва помош сега"})
    own = body(files)
    one, two, three = own.index("### Најдете безбедно"), own.index("### Прашајте"), own.index("## Побарајте")
    assert body(new) == own[:one] + own[two:three] + own[one:two] + own[three:]
    # Whether its words still hold in their new place is for the translator to say.
    assert states(new) == ["changed"]


def test_new_text_is_made_when_all_of_it_is_there() -> None:
    files = sample_files()
    english = dict(_units(files, "SOP-02", "sq"))
    content = filled(exported(files, "SOP-02", "sq"), lambda entry: f"Sh {entry.msgid}")
    received = imported(files, content, "sq", signatures=Signatures(by="Arta: ekipi"))
    assert codes(received) == []
    text = received.files[f"{PUBLIC_SOP}/sq.md"].decode()
    assert text.split("\n---\n", 1)[1].replace("Sh ", "") == body(files, f"{PUBLIC_SOP}/en.md")
    assert len(english) == received.taken["SOP-02"]
    new = library_of({**files, **received.files}).documents["SOP-02"]
    assert freshness(new.texts["sq"], new.source_text) is Freshness.CURRENT
    note = new.texts["sq"].front.translation
    assert note is not None
    assert (note.by, note.reviewed_by) == ("Arta: ekipi", None)
    first = next(iter(english))
    missing = filled(exported(files, "SOP-02", "sq"), lambda entry: None if entry.msgctxt == first else entry.msgid)
    assert codes(imported(files, missing, "sq")) == ["KB624"]


def _units(files: Files, name: str, language: str) -> list[tuple[str, str]]:
    return [(entry.msgctxt, entry.msgid) for entry in polib.pofile(exported(files, name, language))]


# Front matter


@pytest.mark.parametrize(
    "words",
    [
        "Да: помош",
        "yes",
        "# знак",
        "„Прва“ помош",
        '"Прва"',
        "'a",
        "- a",
        "{a}",
        "null",
        "a, b",
        "*a",
        "\\ b",
    ],
)
@pytest.mark.parametrize(
    "form", ["title: Прва помош", 'title: "Прва помош"', "title: 'Прва помош'", "title: >\n  Прва\n  помош"]
)
def test_front_matter_reads_as_it_was_meant(words: str, form: str) -> None:
    files = edited(base(), MK, ("title: Прва помош", form))
    new = done(files, {"SOP-01#front/1 title": words})
    text = library_of(new).documents["SOP-01"].texts["mk"]
    assert text.front.title == words
    assert body(new) == body(files)
    others = [line for line in files[MK].decode().split("\n") if line.startswith(("summary:", "asks:", "translation:"))]
    assert all(line in new[MK].decode().split("\n") for line in others)


def test_questions_go_by_the_section_that_answers() -> None:
    asks = 'asks: ["what do I do first"]'
    files = edited(base(), EN, (asks, "asks:\n- who asks the child {#ask-child}\n- what now\n- where to {#make-safe}"))
    files = edited(
        files, MK, ('asks: ["што правам прво"]', "asks:\n  - каде {#make-safe}\n  - што правам прво\n  - уште едно")
    )
    new = done(
        files,
        {
            "SOP-01#front/3 ask": "кој го прашува детето {#ask-child}",
            "SOP-01#front/4 ask": "што сега",
            "SOP-01#front/5 ask": "каде да одам {#make-safe}",
        },
    )
    assert library_of(new).documents["SOP-01"].texts["mk"].front.asks == (
        "кој го прашува детето {#ask-child}",
        "каде да одам {#make-safe}",
        "што сега",
        "уште едно",
    )


def test_labels_of_a_form() -> None:
    files = stamped_now(sample_files(), "FORM-01", "sq")
    path = "docs/forms/FORM-01-help-request/{}.md"
    new = done(files, {"FORM-01#front/4 label": "Dakord, me të gjitha"}, name="FORM-01", language="sq")
    old = files[path.format("sq")].decode().split("\n")
    changed = [line for line in new[path.format("sq")].decode().split("\n") if line not in old]
    assert changed == ["  agrees-all: Dakord, me të gjitha"]


# Pathways


def test_labels_of_a_pathway() -> None:
    pairs = ("en: Find a bed", "en: Find a room"), ("{mk: Помош, sq: Ndihma", "{sq: Ndihma")
    files = edited(base(), PATHWAY, *pairs)
    entries = polib.pofile(exported(files, "SOP-01", "mk", everything=False))
    assert [entry.msgctxt for entry in entries] == ["SOP-01#pathway/help phase", "SOP-01#pathway/find-bed node"]
    part = done(files, {"SOP-01#pathway/find-bed node": "Најдете соба, веднаш"})
    assert 'label: {mk: "Најдете соба, веднаш", sq: Gjeni një shtrat' in part[PATHWAY].decode()
    whole = done(part, {"SOP-01#pathway/help phase": "Помош"})
    assert "title: {sq: Ndihma, en: Help, mk: Помош}" in whole[PATHWAY].decode()
    assert MK not in {path for path in whole if whole[path] != files.get(path)}
    findings = [item for item in check_files(whole) if item.location.path == PATHWAY]
    assert [item.code for item in findings if "`mk`" in item.message] == []


# Signatures


def test_review_ends_when_words_change() -> None:
    files = edited(base(), MK, ("reviewed_by: null", "reviewed_by: Ана"))
    title = {"SOP-01#front/1 title": "Прва помош сега"}
    assert "{by: Patokaz, reviewed_by: null}" in done(files, title)[MK].decode()
    assert "{by: Patokaz, reviewed_by: Ана}" in done(files, {})[MK].decode()
    signed = done(files, title, Signatures(by="Бојан, Скопје", reviewed_by="Вера"))
    assert 'translation: {by: "Бојан, Скопје", reviewed_by: Вера}' in signed[MK].decode()


def test_reviewer_of_a_part_does_not_stand_for_the_whole() -> None:
    """A text that nobody reviewed stays unreviewed until somebody has seen all of it."""
    files = edited(base(), EN, CHANGE)
    words = {"SOP-01#ask-child/2 paragraph": f"{NEW_CHILD} Видете го [образецот](doc:FORM-01#situation)."}
    content = filled(exported(files, "SOP-01", "mk", everything=False), by_key(words))
    part = imported(files, content, "mk", signatures=Signatures(reviewed_by="Вера"))
    assert "reviewed_by: null" in part.files[MK].decode()
    assert part.unreviewed == ["SOP-01"]
    whole = done(files, words, Signatures(reviewed_by="Вера"))
    assert "reviewed_by: Вера" in whole[MK].decode()
    later = imported(base(), exported(base(), "SOP-01", "mk"), "mk", signatures=Signatures(reviewed_by="Вера"))
    assert "reviewed_by: Вера" in later.files[MK].decode()
    assert later.unreviewed == []


# The command


def test_commands_go_out_and_back(tmp_path: Path) -> None:
    root = Sources(edited(base(), EN, CHANGE)).write(tmp_path / "library")
    run = CliRunner()
    out = run.invoke(
        main, ["--root", str(root), "translations", "export", "--lang", "mk", "--out", str(tmp_path), "SOP-01"]
    )
    assert (out.exit_code, out.output) == (0, f"{tmp_path}/SOP-01.mk.po: 1 passage\n")
    path = tmp_path / "SOP-01.mk.po"
    path.write_text(
        filled(path.read_text(encoding="utf-8"), lambda entry: entry.msgstr.replace("сака", "бара")), encoding="utf-8"
    )
    back = run.invoke(main, ["--root", str(root), "translations", "import", str(path), "--lang", "mk"])
    assert back.exit_code == 0, back.output
    assert "SOP-01: 1 passage taken, 0 left" in back.output
    assert "што бара" in (root / MK).read_text(encoding="utf-8")
    again = run.invoke(main, ["--root", str(root), "translations", "export", "--lang", "mk", "SOP-01"])
    assert "Nothing is new" in again.output


def test_import_that_would_break_the_library_is_refused(tmp_path: Path) -> None:
    """What no single passage shows: a sealed text may not be edited under its number."""
    files = edited(base(), EN, CHANGE)
    root = Sources(files).write(tmp_path / "library")
    content = filled(exported(files, "SOP-01", "mk"), by_key({"SOP-01#pathway/find-bed node": "Најдете легло " * 7}))
    path = tmp_path / "x.po"
    path.write_text(content, encoding="utf-8")
    before = (root / PATHWAY).read_bytes()
    back = CliRunner().invoke(main, ["--root", str(root), "translations", "import", str(path), "--lang", "mk"])
    assert (back.exit_code, "KB825" in back.output) == (1, True)
    assert (root / PATHWAY).read_bytes() == before
