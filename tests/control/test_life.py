"""The life of a document through the commands, on the sample library: opened, adopted, sealed, superseded."""

from __future__ import annotations

import datetime
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from lxml import html

from javascript import ANSWERS, javascript
from patokaz.checking import checked, edition_on
from patokaz.cli import main
from patokaz.findings import errors_in
from patokaz.handbooks import Binder, compose, compose_document, compose_revision
from patokaz.handbooks.watermark import watermark_url
from patokaz.load import DiskTree, sealed_document
from patokaz.pages import Compiled, compile_library
from patokaz.pages.finding import COMMON, SCRIPT
from patokaz.pages.wording import wording
from sample import PUBLIC_SOP, SAMPLE, SOP

OPENED, ADOPTED, EFFECTIVE = "2026-11-24", "2026-11-26", "2026-12-15"


def patokaz(root: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(main, ["--root", str(root), *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


def files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    path.write_text(text.replace(old, new), encoding="utf-8")


def reviewed(folder: Path) -> None:
    """Every translation in a folder as if a native speaker had reviewed it."""
    for name in ("mk.md", "sq.md", "pathway.yml"):
        path = folder / name
        if path.exists():
            path.write_text(path.read_text(encoding="utf-8").replace("reviewed_by: null", "reviewed_by: A. Reviewer"))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(SAMPLE, tmp_path / "kb")
    return tmp_path / "kb"


@pytest.fixture
def adopted(root: Path) -> Path:
    """SOP-02 with 1.0 sealed as a draft, and 1.1 adopted, sealed and in force from the middle of December."""
    assert patokaz(root, "seal", "SOP-02", "--draft", "--today", OPENED).exit_code == 0
    done = patokaz(root, "revise", "SOP-02", "--kind", "minor", "-m", "Call again", "--today", OPENED)
    assert done.stdout == f"SOP-02@1.1 is open: {PUBLIC_SOP}/record.yml\n"
    replace(root / PUBLIC_SOP / "en.md", "For everybody", "For anybody")
    act = ("--body", "help-office", "--act", "Decision 1", "--date", ADOPTED, "--effective", EFFECTIVE)
    done = patokaz(root, "adopt", "SOP-02", *act, "--today", ADOPTED)
    assert done.stdout == "SOP-02@1.1 is in-force; now run patokaz seal SOP-02\n"
    done = patokaz(root, "seal", "SOP-02", "--without", "mk", "--today", ADOPTED)
    assert done.exit_code == 0, done.output
    return root


def edition(root: Path, day: str, audience: str = "professional") -> Compiled:
    tree, today = DiskTree(root), datetime.date.fromisoformat(day)
    library, findings = checked(tree, today)
    assert library is not None
    assert not errors_in(findings), [str(item) for item in errors_in(findings)]
    shown, apart = edition_on(library, findings, tree, today)
    assert not apart
    return compile_library(shown, audience)  # type: ignore[arg-type]


def asked(compiled: Compiled, language: str, query: str) -> list[dict[str, Any]]:
    """The hits of the engine that ships."""
    scripts = {"common": compiled.search_scripts["mk", COMMON], "index": compiled.search_scripts[language, SCRIPT]}
    (answer,) = javascript(ANSWERS, {**scripts, "asked": [[query, {}]]})
    return answer["hits"]


def test_revise_touches_the_record_only_and_only_what_it_must(root: Path) -> None:
    patokaz(root, "seal", "SOP-01", "--draft", "--today", OPENED)
    before = files(root)
    words = ("-m", "A step: call", "--in", "mk", "Чекор", "--in", "sq", "Hap")
    patokaz(root, "revise", "SOP-01", "--kind", "major", *words, "--today", OPENED)
    after = files(root)
    assert {name for name in after if after[name] != before.get(name)} == {f"{SOP}/record.yml"}
    old, new = (state[f"{SOP}/record.yml"].decode().split("\n") for state in (before, after))
    assert [line for line in new if line not in old] == [
        'revision: "2.0"',
        '  - {revision: "2.0", date: 2026-11-24, kind: major, summary: {en: "A step: call", mk: Чекор, sq: Hap}}',
    ]
    assert len(new) == len(old) + 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("revise", "SOP-01", "--kind", "minor", "-m", "x"), "SOP-01@1.1 is not sealed"),
        (("revise", "SOP-10", "--kind", "minor", "-m", "x"), "did you mean `SOP-02` or `SOP-01`"),
        (("seal", "SOP-01"), "is `draft`, not adopted"),
        (("seal", "SOP-01", "--draft", "--without", "en"), "language of the original"),
        (("seal", "SOP-01", "--draft", "--without", "ar"), "has no text in `ar`"),
        (("adopt", "SOP-01", "--body", "help-ofice", "--act", "A", "--date", ADOPTED), "did you mean `help-office`"),
        (("adopt", "SOP-01", "--body", "help-office", "--act", "A", "--date", "2027-01-01"), "does not lie between"),
        (("adopt", "SOP-01", "--body", "help-office", "--act", "A", "--date", "2026-10-01"), "does not lie between"),
        (
            ("adopt", "SOP-01", "--body", "help-office", "--act", "A", "--date", ADOPTED, "--effective", "2026-11-02"),
            "before the adoption",
        ),
        (("adopt", "SOP-01", "--body", "help-office", "--act", "A", "--date", ADOPTED), "say from when it counts"),
        (
            ("adopt", "SOP-01", "--body", "help-office", "--act", "A", "--date", ADOPTED, "--status", "withdrawed"),
            "has no step `withdrawed`",
        ),
    ],
)
def test_refusals_write_nothing(root: Path, arguments: tuple[str, ...], words: str) -> None:
    before = files(root)
    result = patokaz(root, *arguments, "--today", "2026-11-27")
    assert result.exit_code == 3
    assert words in result.stderr
    assert files(root) == before


def test_unreviewed_translations_are_never_sealed_as_adopted(root: Path) -> None:
    act = ("--body", "help-office", "--act", "Decision 1", "--date", ADOPTED, "--effective", EFFECTIVE)
    patokaz(root, "adopt", "SOP-01", *act, "--today", ADOPTED)
    before = files(root)
    result = patokaz(root, "seal", "SOP-01", "--today", ADOPTED)
    assert result.exit_code == 3
    assert "cannot be sealed as adopted" in result.stderr
    assert files(root) == before
    reviewed(root / SOP)
    result = patokaz(root, "seal", "SOP-01", "--today", ADOPTED)
    assert "is behind the original" in result.stderr, "the sample's Albanian text is behind"


def test_sealed_bytes_are_watched(adopted: Path) -> None:
    sealed = adopted / PUBLIC_SOP / "revisions" / "1.1" / "en.md"
    data = sealed.read_bytes()
    sealed.write_bytes(data.replace(b"a", b"b", 1))
    result = patokaz(adopted, "check", "--today", ADOPTED)
    assert result.exit_code == 1
    assert f"{PUBLIC_SOP}/revisions/1.1/en.md:1:1: KB901 error: the sealed file was altered" in result.stdout
    assert patokaz(adopted, "build", "--no-handbooks", "--today", ADOPTED).exit_code == 1
    assert not (adopted / "site").exists()


def test_sealed_document_is_what_was_sealed(adopted: Path) -> None:
    tree = DiskTree(adopted)
    library, _ = checked(tree, datetime.date.fromisoformat(ADOPTED))
    assert library is not None
    old, new = (sealed_document(tree, library.documents["SOP-02"], number) for number in ("1.0", "1.1"))
    assert "For everybody" in old.document.source_text.body
    assert "For anybody" in new.document.source_text.body
    assert sorted(old.document.texts) == ["en", "mk"]
    assert sorted(new.document.texts) == ["en"]
    assert {role.id for role in new.cited.roles} == {"social-worker"}
    seal = json.loads((adopted / PUBLIC_SOP / "revisions/1.1/seal.json").read_text())
    assert seal["adopted"] is True
    assert "mk.md" not in seal["files"]


def test_a_future_date_is_honoured(adopted: Path) -> None:
    """Before the day nothing is in force and the page says so; on the day it is."""
    before, after = edition(adopted, "2026-12-14"), edition(adopted, EFFECTIVE)
    assert "takes effect on 15 December 2026" in before.pages["en", "sops/sop-02"].head
    page = after.pages["en", "sops/sop-02"]
    assert "takes effect" not in page.head
    assert "pk-notice-model" not in page.head
    assert "For anybody" in page.body


def test_what_is_in_force_is_shown_while_the_next_one_is_written(adopted: Path) -> None:
    patokaz(adopted, "revise", "SOP-02", "--kind", "major", "-m", "New start", "--today", "2027-01-10")
    replace(adopted / PUBLIC_SOP / "en.md", "For anybody", "For xylophonists")
    professional, public = (edition(adopted, "2027-01-11", audience) for audience in ("professional", "public"))
    for compiled in (professional, public):
        page = compiled.pages["en", "sops/sop-02"]
        assert "For anybody" in page.body
        assert "1.1" in page.panel
    draft = professional.pages["en", "revisions/sop-02/2.0"]
    assert "For xylophonists" in draft.body
    assert draft.watermark == "not in force"
    assert 'href="../revisions/sop-02/2.0.html"' in professional.pages["en", "sops/sop-02"].panel
    assert ("en", "revisions/sop-02/2.0") not in public.pages
    assert not any(
        "xylophonists" in part for page in public.pages.values() for part in (page.body, page.head, page.tail)
    )


def test_old_revisions_stay_readable_marked_and_out_of_search(adopted: Path) -> None:
    compiled = edition(adopted, "2027-01-11")
    for language, words in (("en", "superseded by 1.1"), ("mk", "заменета со 1.1"), ("sq", "zëvendësuar nga 1.1")):
        page = compiled.pages[language, "revisions/sop-02/1.0"]
        assert page.watermark == words
        assert "pk-notice-stop" in page.head
        assert 'href="../../sops/sop-02.html"' in page.head
        assert "SOP-02@1.0/contact.call" in page.body
        assert 'id="call"' in page.body
    assert "For everybody" in compiled.pages["en", "revisions/sop-02/1.0"].body
    first = asked(compiled, "en", "SOP-02@1.0")[0]
    assert (first["href"], first["revision"], first["datum"]) == (
        "revisions/sop-02/1.0.html",
        "1.0",
        "superseded by 1.1",
    )
    assert asked(compiled, "en", "SOP-02 revision 1.0")[0]["href"] == "revisions/sop-02/1.0.html"
    # Unless its number is asked for, nothing leads to it.
    for words in ("SOP-02", "call", "call at once", page.title):
        assert not [hit for hit in asked(compiled, "sq", words) if hit["href"].startswith("revisions/")], words
    public = edition(adopted, "2027-01-11", "public")
    assert ("en", "revisions/sop-02/1.0") not in public.pages, "a sealed draft is for professionals"
    assert ("en", "revisions/sop-02/1.1") in public.pages


def panel(compiled: Compiled, language: str, path: str) -> dict[str, str]:
    """Labels and values of the panel of document control."""
    listed = html.fromstring(compiled.pages[language, path].panel).iterfind(".//dl/div")
    return {str(item[0].text_content()): str(item[1].text_content()) for item in listed}


@pytest.mark.parametrize("language", ["mk", "sq", "en"])
def test_a_first_revision_that_is_not_in_force_yet_claims_it_nowhere(adopted: Path, language: str) -> None:
    """Adopted for a day to come, and nothing before it: on the document's own page, in lists and on paper."""
    w, day = wording(language), datetime.date.fromisoformat
    act = ("--body", "help-office", "--act", "Decision 3", "--date", "2027-01-10", "--effective", "2027-02-01")
    patokaz(adopted, "adopt", "FORM-01", *act, "--today", "2027-01-10")
    sealed = patokaz(adopted, "seal", "FORM-01", "--without", "mk", "--without", "sq", "--today", "2027-01-10")
    assert sealed.exit_code == 0
    before, after = edition(adopted, "2027-01-11"), edition(adopted, "2027-02-01")
    for compiled, status, label in ((before, "to-come", "takes_effect"), (after, "in-force", "effective")):
        own = panel(compiled, language, "forms/form-01")
        assert (own[w["status"]], own[w[label]]) == (w[f"status_{status}"], w.date(day("2027-02-01")))
        book = compose_document(compiled.library.documents["FORM-01"], Binder(compiled, language))
        cover, chapter = (part.html for part in book.parts)
        said = f"{w['revision']} 1.0 · {w[f'status_{status}']}"
        assert said in cover and said in chapter
        listed = compiled.pages[language, "forms/index"].body
        assert w[f"status_{status}"] in listed
        coming = w["notice_not_yet"].format(date=w.date(day("2027-02-01"))).replace("..", ".")
        assert (coming in cover) is (status == "to-come")


@pytest.mark.parametrize("language", ["mk", "sq", "en"])
def test_the_panel_of_an_old_revision_says_what_it_is_and_what_it_was(adopted: Path, language: str) -> None:
    w, day = wording(language), datetime.date.fromisoformat
    patokaz(adopted, "revise", "SOP-02", "--kind", "minor", "-m", "Again", "--today", "2027-01-10")
    act = ("--body", "help-office", "--act", "Decision 2", "--date", "2027-01-10", "--effective", "2027-02-01")
    patokaz(adopted, "adopt", "SOP-02", *act, "--today", "2027-01-10")
    assert patokaz(adopted, "seal", "SOP-02", "--without", "mk", "--today", "2027-01-10").exit_code == 0
    never, first, second = "revisions/sop-02/1.0", "revisions/sop-02/1.1", "revisions/sop-02/1.2"
    before, after = edition(adopted, "2027-01-11"), edition(adopted, "2027-02-01")
    force = panel(before, language, first)
    assert (force[w["status"]], force[w["effective"]]) == (w["status_in-force"], w.date(day(EFFECTIVE)))
    assert w["review_due"] in force and w["predecessors"] not in force
    coming = panel(before, language, second)
    assert (coming[w["status"]], coming[w["takes_effect"]]) == (w["status_to-come"], w.date(day("2027-02-01")))
    since = f"{w['effective'].lower()} {w.date(day('2027-02-01'))}"
    was = w["as_of_from_to"].format(start=w.date(day(EFFECTIVE)), end=w.date(day("2027-01-31")))
    for path, status in ((never, w["status_draft"]), (first, was)):
        old, page = panel(after, language, path), after.pages[language, path]
        assert old[w["status"]] == f"{w['watermark_superseded'].format(revision='1.2')} ({since})"
        assert old[w["status"]].startswith(page.watermark)
        assert old[w["predecessors"]] == status
        assert not {w["effective"], w["review_due"]} & old.keys() and page.review_due is None
    assert panel(after, language, second) == {**panel(after, language, "sops/sop-02")}


def test_the_panel_of_a_withdrawn_document_says_since_when(adopted: Path) -> None:
    """Its last revision in force says on which days it was; the one that withdrew it was nothing before."""
    patokaz(adopted, "revise", "SOP-02", "--kind", "major", "-m", "Withdrawn", "--today", "2027-01-10")
    act = ("--body", "help-office", "--act", "Decision 2", "--date", "2027-01-10", "--effective", "2027-02-01")
    assert patokaz(adopted, "adopt", "SOP-02", *act, "--today", "2027-01-10").exit_code == 0
    replace(adopted / PUBLIC_SOP / "record.yml", "status: in-force", "status: withdrawn")
    assert patokaz(adopted, "seal", "SOP-02", "--without", "mk", "--today", "2027-01-10").exit_code == 0
    compiled, w = edition(adopted, "2027-02-01"), wording("en")
    old, last = (panel(compiled, "en", f"revisions/sop-02/{number}") for number in ("1.1", "2.0"))
    assert old[w["status"]] == last[w["status"]] == "withdrawn on 1 February 2027"
    assert old[w["predecessors"]] == "in force from 15 December 2026 to 31 January 2027"
    assert w["predecessors"] not in last
    for number in ("1.1", "2.0"):
        assert (
            patokaz(adopted, "cite", f"SOP-02@{number}", "--today", "2027-02-01").stdout.split("\n")[1] == "withdrawn"
        )


def printed(root: Path, name: str, language: str, day: str) -> str:
    """The words of what `patokaz print` makes."""
    out = root / "printed.pdf"
    done = patokaz(root, "print", name, "--lang", language, "-o", str(out), "--today", day)
    assert done.exit_code == 0, done.output
    command = ["pdftotext", "-enc", "UTF-8", str(out), "-"]
    return subprocess.run(command, capture_output=True, check=True, timeout=60).stdout.decode()


@pytest.mark.slow
@pytest.mark.parametrize(("language", "now"), [("en", "superseded by 1.1"), ("mk", "заменета со 1.1")])
def test_an_old_revision_is_printed_as_it_was_and_says_what_it_is(adopted: Path, language: str, now: str) -> None:
    (adopted / "mkdocs.yml").open("a").write("site_url: https://guide.example.org/\n")
    old, new = (printed(adopted, f"SOP-02@{number}", language, "2027-01-11") for number in ("1.0", "1.1"))
    pages = old.split("\f")[:-1]
    assert len(pages) > 1
    for number, page in enumerate(pages):
        assert f"1.0 · {now}" in " ".join(page.split())
        assert ("revisions/sop-02/1.0.html" in "".join(page.split())) == (number < 2)
    assert "SOP-02@1.0/contact.call" in old
    flat, w = " ".join(old.split()), wording(language)
    assert f"{w['status']} {now} (" in flat and f"{w['predecessors']} {w['status_draft']}" in flat
    assert w["review_due"] not in flat and w["not_in_print"] not in flat and f"({w['see_page']} –" not in flat
    until = wording(language)["printed_until"].partition("{")[0]
    assert until in " ".join(new.split()) and until not in " ".join(old.split()), "it counts until no day"
    assert ("For everybody" in old, "For anybody" in new) == (language == "en", True)
    assert "revisions/sop-02/1.1.html" in "".join(new.split())
    drawn = Binder(edition(adopted, "2027-01-11"), language)
    (kept,) = (
        item for item in drawn.compiled.library.archive if (item.document.id, item.revision) == ("SOP-02", "1.0")
    )
    assert all(
        now.upper() not in part.html and watermark_url(now, "ltr") in part.html
        for part in compose_revision(kept, drawn).parts
    )


@pytest.mark.slow
def test_an_old_revision_brings_the_pathway_that_it_had(root: Path) -> None:
    """What is drawn is the sealed pathway, and its addresses lead to the sealed revision."""
    assert patokaz(root, "seal", "SOP-01", "--draft", "--today", OPENED).exit_code == 0
    patokaz(root, "revise", "SOP-01", "--kind", "minor", "-m", "Again", "--today", OPENED)
    replace(root / SOP / "pathway.yml", "A person arrives", "Someone knocks")
    act = ("--body", "help-office", "--act", "Decision 1", "--date", ADOPTED, "--effective", ADOPTED)
    assert patokaz(root, "adopt", "SOP-01", *act, "--today", ADOPTED).exit_code == 0
    done = patokaz(root, "seal", "SOP-01", "--without", "mk", "--without", "sq", "--today", ADOPTED)
    assert done.exit_code == 0, done.output
    old, new = (printed(root, name, "en", EFFECTIVE) for name in ("SOP-01@1.1", "SOP-01"))
    assert "A person arrives" in " ".join(old.split()) and "Someone knocks" not in " ".join(old.split())
    assert "Someone knocks" in " ".join(new.split())
    # In the old one no reference has a page, so none has a dash in its place, and none is explained.
    for text, has_dashes in ((" ".join(old.split()), False), (" ".join(new.split()), True)):
        assert ("(p. –)" in text) == (wording("en")["not_in_print"] in text) == has_dashes


@pytest.mark.parametrize(
    ("name", "audience", "said"),
    [
        ("SOP-02@3.0", "professional", "this edition shows no revision `3.0` of SOP-02; there are: 1.0, 1.1"),
        ("SOP-02@1.0", "public", "this edition shows no revision `1.0` of SOP-02; there are: 1.1"),
        ("SOP-09@1.0", "professional", "this edition shows no document `SOP-09@1.0`. did you mean"),
        ("SOP-02@", "public", "SOP-02@ names no revision; there are: 1.1"),
        ("SOP-01@1.1", "public", "this edition shows no document `SOP-01@1.1`."),
    ],
)
def test_a_revision_that_is_not_shown_is_not_printed(adopted: Path, name: str, audience: str, said: str) -> None:
    done = patokaz(adopted, "print", name, "--lang", "en", "--audience", audience, "--today", "2027-01-11")
    assert done.exit_code == 3
    assert done.stderr.startswith(f"patokaz: {said}")


def test_whoever_leans_on_it_is_told(adopted: Path) -> None:
    compiled = edition(adopted, EFFECTIVE)
    said = "This document follows SOP-02 1.0, which has changed since: 1.1: Call again"
    assert said in compiled.pages["en", "sops/sop-01"].head
    findings = checked(DiskTree(adopted), datetime.date.fromisoformat(EFFECTIVE))[1]
    assert "SOP-01 leans on SOP-02@1.0" in " ".join(item.message for item in findings if item.code == "KB912")


def test_redirects_keep_addresses_alive(adopted: Path) -> None:
    patokaz(adopted, "revise", "SOP-02", "--kind", "minor", "-m", "Renamed", "--today", "2027-01-10")
    record = adopted / PUBLIC_SOP / "record.yml"
    for language in ("en", "mk"):
        replace(adopted / PUBLIC_SOP / f"{language}.md", "{#call}", "{#telephone}")
    replace(record, "- id: call", "- id: telephone")
    result = patokaz(adopted, "check", "--today", "2027-01-10")
    assert "KB909 error: `#call` of revision" in result.stdout
    replace(record, "history:", "redirects: {call: telephone}\nhistory:")
    library, findings = checked(DiskTree(adopted), datetime.date(2027, 1, 10))
    assert library is not None
    assert not [item for item in findings if item.code in ("KB208", "KB814", "KB909", "KB910")]
    page = compile_library(library, "professional").pages["en", "sops/sop-02"]
    assert '<a id="call"></a><h3 id="telephone">' in page.body


@pytest.mark.parametrize(
    ("citation", "expected"),
    [
        ("SOP-02@1.0/contact.call", "revisions/sop-02/1.0.html#call\nsuperseded by 1.1\nnow: sops/sop-02.html#call\n"),
        (
            "SOP-02@1.1/contact.call",
            "revisions/sop-02/1.1.html#call\nin force since 2026-12-15\nnow: sops/sop-02.html#call\n",
        ),
        ("SOP-02@1.0", "revisions/sop-02/1.0.html\nsuperseded by 1.1\nnow: sops/sop-02.html\n"),
        ("SOP-01@1.1/safety.make-safe", "sops/sop-01.html#make-safe\nnever in force\n"),
        ("FORM-01@1.0/situation", "forms/form-01.html#situation\nnever in force\n"),
    ],
)
def test_citations_resolve(adopted: Path, citation: str, expected: str) -> None:
    assert patokaz(adopted, "cite", citation, "--today", EFFECTIVE).stdout == expected


def test_a_citation_says_from_when_a_revision_counts(adopted: Path) -> None:
    said = [patokaz(adopted, "cite", f"SOP-02@{number}", "--today", "2026-12-14").stdout for number in ("1.0", "1.1")]
    assert [text.split("\n")[1] for text in said] == ["never in force", "adopted, in force from 2026-12-15"]


@pytest.mark.parametrize(
    ("citation", "words"),
    [
        ("SOP-02", "is no citation such as"),
        ("SOP-20@1.0", "there is no document `SOP-20`"),
        ("SOP-02@3.0", "has no revision 3.0 that is sealed; there are: 1.0, 1.1"),
        ("SOP-02@1.0/contact.cal", "did you mean `call`?"),
        ("SOP-02@1.0/other.call", "has no section `call`"),
    ],
)
def test_wrong_citations_are_explained(adopted: Path, citation: str, words: str) -> None:
    result = patokaz(adopted, "cite", citation, "--today", EFFECTIVE)
    assert result.exit_code == 3
    assert words in result.stderr


def test_a_revision_keeps_its_picture(root: Path) -> None:
    """The picture is replaced under the same name; the old page still shows the old one."""
    patokaz(root, "seal", "SOP-01", "--draft", "--today", OPENED)
    patokaz(root, "revise", "SOP-01", "--kind", "minor", "-m", "New picture", "--today", OPENED)
    picture = next((root / SOP).glob("*.[ps][nv]g"))
    compiled = edition(root, OPENED)
    assert compiled.assets[f"images/sop-01/1.1/{picture.name}"] == f"{SOP}/revisions/1.1/{picture.name}"
    assert f'src="../../images/sop-01/1.1/{picture.name}"' in compiled.pages["en", "revisions/sop-01/1.1"].body
    assert f'src="../images/sop-01/{picture.name}"' in compiled.pages["en", "sops/sop-01"].body


def test_a_handbook_says_that_its_basis_moved_on(adopted: Path) -> None:
    path = adopted / "docs/handbooks/all.yml"
    path.write_text(path.read_text(encoding="utf-8") + "basis: [SOP-02@1.0]\n", encoding="utf-8")
    compiled = edition(adopted, EFFECTIVE)
    said = "This selection was put together for SOP-02 1.0, which has changed since: 1.1: Call again"
    composed = compose(compiled.library.handbooks["all"], Binder(compiled, "en"))
    assert composed is not None
    assert said in composed.parts[0].html
    assert said in compiled.pages["en", "handbooks"].body


def test_what_changed_and_for_whom(adopted: Path) -> None:
    """A page for the revision and a list for the edition; the dependant's notice and the history lead there."""
    compiled = edition(adopted, EFFECTIVE)
    page = compiled.pages["en", "changes/sop-02/1.1"]
    assert "everybody" in page.body
    assert "anybody" in page.body
    assert page.body.count("<ins>") == page.body.count("<del>") > 0
    listed = compiled.pages["en", "changes/index"].body
    assert 'href="../changes/sop-02/1.1.html"' in listed
    assert "15 December 2026" in listed
    assert 'href="../changes/sop-02/1.1.html"' in compiled.pages["en", "sops/sop-01"].head
    assert 'href="../changes/sop-02/1.1.html"' in compiled.pages["en", "sops/sop-02"].tail
    public = edition(adopted, EFFECTIVE, "public")
    assert ("en", "changes/sop-02/1.1") not in public.pages, "the draft before it is for professionals"
    assert "changes" not in dict(public.sections["en"])


@pytest.mark.parametrize("word", ["No", "null", "ON", "y", "Да", "a: b", "say “x”", "- x", "#", "1.0"])
def test_any_summary_stays_the_text_that_was_given(root: Path, word: str) -> None:
    patokaz(root, "seal", "SOP-01", "--draft", "--today", OPENED)
    assert patokaz(root, "revise", "SOP-01", "--kind", "minor", "-m", word, "--today", OPENED).exit_code == 0
    library, _ = checked(DiskTree(root), datetime.date.fromisoformat(OPENED))
    assert library is not None
    assert library.documents["SOP-01"].record.history[-1].summary == {"en": word}
