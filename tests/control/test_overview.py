"""The state of every document, the feeds and what was in force on a day, on the sample library with revisions made as people make them.

``PYTHONPATH=tests python tests/control/test_overview.py --update`` writes the goldens in ``tests/control/overview`` anew; then read what changed.
"""

from __future__ import annotations

import datetime
import functools
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from patokaz.checking import checked, controlled, edition_on
from patokaz.cli import main
from patokaz.control import Adoption, adopt, revise, seal
from patokaz.load import DiskTree
from patokaz.model.revisions import Seal, in_force_on, spans, standing_on, state_of
from patokaz.pages import Compiled, compile_library
from patokaz.pages.feeds import changes_feed
from patokaz.pages.overview import Overview, overview
from patokaz.pages.view import View
from sample import PUBLIC_SOP, SAMPLE

GOLDENS = Path(__file__).parent / "overview"
OPENED, ADOPTED, EFFECTIVE, AFTER = (
    datetime.date.fromisoformat(d) for d in ("2026-11-24", "2026-11-26", "2026-12-15", "2026-12-20")
)
COMING = datetime.date(2027, 2, 1)
LANGUAGES = ("mk", "sq", "en")
ATOM = "{http://www.w3.org/2005/Atom}"

COMMANDS = {
    "status.txt": ("status", "--lang", "en"),
    "status.json": ("status", "--format", "json", "--check"),
    "as-of.txt": ("as-of", "2026-12-15", "--lang", "sq"),
    "as-of.json": ("as-of", "2027-02-01", "--format", "json"),
}


def make(root: Path) -> Path:
    """SOP-02: 1.0 a sealed draft, 1.1 in force since December, 1.2 adopted for February, 2.0 a draft. What leans on 1.0 is behind."""
    shutil.copytree(SAMPLE, root)
    _seal(root, OPENED, draft=True)
    _revise(root, OPENED, "minor", {"en": "Call again", "mk": "Повторно јавување"})
    _adopt(root, ADOPTED, "Decision 1", EFFECTIVE)
    _revise(root, ADOPTED, "editorial", {"en": "Commas"})
    _adopt(root, ADOPTED, "Decision 2", COMING)
    _revise(root, AFTER, "major", {"en": "A new order"})
    text = root / PUBLIC_SOP / "en.md"
    text.write_text(text.read_text(encoding="utf-8").replace("For everybody", "For anybody"), encoding="utf-8")
    return root


def _state(root: Path, day: datetime.date) -> tuple[DiskTree, tuple]:
    tree = DiskTree(root)
    library, findings = checked(tree, day)
    assert library is not None
    return tree, (library, findings)


def _seal(root: Path, day: datetime.date, **options: object) -> None:
    tree, (library, findings) = _state(root, day)
    seal(root, tree, library, library.documents["SOP-02"], findings, day, **options)  # type: ignore[arg-type]


def _revise(root: Path, day: datetime.date, kind: str, summary: dict[str, str]) -> None:
    _, (library, _) = _state(root, day)
    revise(root, library.documents["SOP-02"], kind, summary, day)  # type: ignore[arg-type]


def _adopt(root: Path, day: datetime.date, act: str, effective: datetime.date) -> None:
    _, (library, _) = _state(root, day)
    adoption = Adoption(body="help-office", act=act, date=day, effective=effective)
    adopt(root, library, library.documents["SOP-02"], adoption, day)
    _seal(root, day, without=("mk",))


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("overview") / "kb")


def run(root: Path, *arguments: str, day: datetime.date = AFTER) -> str:
    result = CliRunner().invoke(main, ["--root", str(root), *arguments, "--today", str(day)])
    assert result.exit_code == 0, result.output
    return result.stdout


@functools.cache
def edition(root: Path, audience: str, day: datetime.date = AFTER) -> tuple[Compiled, Overview]:
    tree, (library, findings) = _state(root, day)
    state = overview(library, findings, day)
    shown, apart = edition_on(library, findings, tree, day)
    assert not apart
    return compile_library(shown, audience, overview=state), state  # type: ignore[arg-type]


# What the commands say


@pytest.mark.parametrize("name", COMMANDS)
def test_golden(root: Path, name: str) -> None:
    assert run(root, *COMMANDS[name]) == (GOLDENS / name).read_text(encoding="utf-8"), __doc__


def test_heads_tell_the_same_as_the_whole_library(root: Path) -> None:
    """What `status` leaves unread changes nothing that it shows but the findings of rules that it does not run."""
    whole = overview(*_state(root, AFTER)[1], AFTER)
    library, findings = controlled(DiskTree(root), AFTER)
    assert library is not None
    short = overview(library, findings, AFTER)
    assert short.counts == whole.counts
    for one, other in zip(short.rows, whole.rows, strict=True):
        assert (one.languages, one.titles, one.standing, one.review_due) == (
            other.languages,
            other.titles,
            other.standing,
            other.review_due,
        )
        assert (one.leans, one.dependants) == (other.leans, other.dependants)


def test_status_judges_nothing_and_counts_errors(root: Path, tmp_path: Path) -> None:
    broken = tmp_path / "kb"
    shutil.copytree(root, broken)
    sealed = broken / PUBLIC_SOP / "revisions/1.1/en.md"
    sealed.write_bytes(sealed.read_bytes() + b"\n")
    rows = {row["id"]: row for row in json.loads(run(broken, "status", "--format", "json"))["documents"]}
    assert rows["SOP-02"]["findings"]["errors"] == 1
    result = CliRunner().invoke(main, ["--root", str(broken), "as-of", "2026-12-20", "--today", str(AFTER)])
    assert result.exit_code == 1
    assert "KB901" in result.stdout
    assert "SOP-02  " not in result.stdout


def test_a_review_is_overdue_on_the_day_after(root: Path) -> None:
    library, findings = _state(root, AFTER)[1]
    due = datetime.date(2027, 11, 1)
    for day, late in ((due, 0), (due + datetime.timedelta(days=1), 6)):
        state = overview(library, findings, day)
        assert state.counts.reviews_overdue == late
        assert {row.review_due for row in state.rows if row.id != "SOP-02"} == {due}
        # Since February 1.2 is in force: its interval began anew.
        assert [row.review_due for row in state.rows if row.id == "SOP-02"] == [datetime.date(2028, 2, 1)]


# Days


def sealed(number: int, effective: datetime.date, status: str) -> Seal:
    adopted = status in ("in-force", "withdrawn")
    facts = {"id": "SOP-02", "revision": f"1.{number}", "sealed": effective, "status": status, "adopted": adopted}
    return Seal.model_validate(facts | {"effective": effective, "languages": ("en",), "anchors": (), "files": {}})


DAYS = st.integers(0, 40).map(lambda n: datetime.date(2026, 1, 1) + datetime.timedelta(days=n))


@given(st.lists(st.tuples(DAYS, st.sampled_from(["in-force", "in-force", "withdrawn", "draft"])), max_size=6), DAYS)
def test_spans_say_what_was_in_force_on_every_day(
    given_seals: list[tuple[datetime.date, str]], day: datetime.date
) -> None:
    """Also where seals contradict each other, which the rules refuse."""
    seals = [sealed(number, effective, status) for number, (effective, status) in enumerate(given_seals)]
    found = spans(seals)
    holding = [span for span in found if span.start <= day and (span.last is None or day <= span.last)]
    assert len(holding) <= 1
    assert (holding[0].seal if holding else None) == in_force_on(seals, day)


@given(st.lists(st.tuples(DAYS, st.sampled_from(["in-force", "withdrawn", "draft"])), min_size=1, max_size=6), DAYS)
def test_each_revision_is_one_thing_on_a_day(given_seals: list[tuple[datetime.date, str]], day: datetime.date) -> None:
    found = [sealed(number, effective, status) for number, (effective, status) in enumerate(given_seals)]
    seals, force = {item.revision: item for item in found}, in_force_on(found, day)
    standing = standing_on(seals, day, found[-1].revision, "draft")
    for item in found:
        state = state_of(item.revision, seals, standing)
        assert (state == "in-force") == (item == force)
        assert (state == "to-come") == (item.adopted and item.effective is not None and item.effective > day)
        assert state != "superseded" or (force is not None and item.number < force.number)
        assert state != "withdrawn" or (force is None and standing.withdrawn is not None)
    # What is not sealed is a text that is being written, unless the document has ended.
    assert state_of("9.0", seals, standing) == ("withdrawn" if standing.withdrawn else "draft")


# Feeds


def unfolded(data: str) -> list[str]:
    """The content lines of an iCalendar file, by the grammar of RFC 5545, 3.1: nothing but CRLF ends a line."""
    raw = data.encode()
    assert raw.endswith(b"\r\n")
    assert raw.count(b"\r") == raw.count(b"\n") == raw.count(b"\r\n")
    physical = raw.removesuffix(b"\r\n").split(b"\r\n")
    for line in physical:
        assert len(line) <= 75
        line.decode()  # no sign is torn
    lines: list[bytes] = []
    for line in physical:
        if line[:1] == b" ":
            lines[-1] += line[1:]
        else:
            lines.append(line)
    return [line.decode() for line in lines]


def events(data: str) -> list[dict[str, str]]:
    """The events of a calendar, each property's value without parameters and escapes."""
    found: list[dict[str, str]] = []
    open_parts: list[str] = []
    for line in unfolded(data):
        head, colon, value = line.partition(":")
        assert colon
        name = head.partition(";")[0]
        assert name == name.upper()
        if name == "BEGIN":
            open_parts.append(value)
            if value == "VEVENT":
                found.append({})
        elif name == "END":
            assert open_parts.pop() == value
        elif open_parts[-1] == "VEVENT":
            assert name not in found[-1], f"{name} twice"
            found[-1][name] = value.replace("\\n", "\n").replace("\\,", ",").replace("\\;", ";").replace("\\\\", "\\")
        else:
            assert open_parts == ["VCALENDAR"]
    assert not open_parts
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_calendar(root: Path, language: str) -> None:
    compiled, state = edition(root, "professional")
    data = compiled.downloads[language, "reviews.ics"]
    assert data == compile_library(compiled.library, "professional", overview=state).downloads[language, "reviews.ics"]
    due = {row.id: row.review_due for row in state.rows}
    found = {event["UID"]: event for event in events(data)}
    assert found.keys() == {f"{name.lower()}.review@patokaz" for name in due}
    one = found["sop-02.review@patokaz"]
    assert (one["DTSTART"], one["DTEND"]) == ("20271215", "20271216")
    assert one["DTSTAMP"] == "20261123T000000Z", "the edition's date"
    assert View(compiled.library, "professional", language).title("SOP-02") in one["SUMMARY"]
    assert all({"UID", "DTSTAMP", "DTSTART", "SUMMARY"} <= event.keys() for event in found.values())


def entries(data: str) -> list[ET.Element]:
    """The entries of a feed that has all that RFC 4287 asks for."""
    feed = ET.fromstring(data)
    assert feed.tag == f"{ATOM}feed"
    ids = []
    for item in (feed, *feed.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(item.findall(f"{ATOM}{name}")) == 1
        ids.append(item.findtext(f"{ATOM}id"))
        datetime.datetime.fromisoformat(str(item.findtext(f"{ATOM}updated")))
    assert len(set(ids)) == len(ids)
    assert all(str(name).startswith("urn:uuid:") for name in ids)
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    return feed.findall(f"{ATOM}entry")


@pytest.mark.parametrize("language", LANGUAGES)
def test_feed_of_professionals_has_every_sealed_revision(root: Path, language: str) -> None:
    compiled, _ = edition(root, "professional")
    found = entries(compiled.downloads[language, "changes.atom"])
    assert [str(entry.findtext(f"{ATOM}title")).rsplit(" ", 1)[1] for entry in found] == ["1.2", "1.1", "1.0"]
    for entry in found:
        link = entry.find(f"{ATOM}link")
        assert link is not None
        assert (language, link.attrib["href"].removesuffix(".html")) in compiled.pages
    summary = found[1].find(f"{ATOM}summary")
    assert summary is not None
    said = {"mk": "Повторно јавување", "sq": "Повторно јавување", "en": "Call again"}
    assert summary.text == said[language]
    assert summary.attrib == ({"{http://www.w3.org/XML/1998/namespace}lang": "mk"} if language == "sq" else {})


def test_ids_of_entries_stay(root: Path) -> None:
    """Another day, another audience, another name of the site: who has read an entry is not shown it again."""

    def ids(data: str) -> dict[str, str]:
        return {str(e.findtext(f"{ATOM}title")).rsplit(" ", 1)[1]: str(e.findtext(f"{ATOM}id")) for e in entries(data)}

    now = ids(edition(root, "professional")[0].downloads["mk", "changes.atom"])
    later = ids(edition(root, "public", COMING)[0].downloads["mk", "changes.atom"])
    library, _ = controlled(DiskTree(root), AFTER)
    assert library is not None
    assert later.items() <= now.items()
    assert ids(changes_feed(View(library, "professional", "mk"))) == now


def test_the_public_sees_what_is_public(root: Path) -> None:
    compiled, _ = edition(root, "public")
    for language in LANGUAGES:
        found = entries(compiled.downloads[language, "changes.atom"])
        assert [str(e.findtext(f"{ATOM}title")).rsplit(" ", 1)[1] for e in found] == ["1.2", "1.1"], "1.0 was a draft"
        uids = {event["UID"].partition(".")[0] for event in events(compiled.downloads[language, "reviews.ics"])}
        view = View(compiled.library, "public", language)
        assert uids == {name.lower() for name in view.documents}
        assert (language, "status") not in compiled.pages
        page = compiled.pages[language, "as-of"].body
        assert "sop-02" in page
        assert "SOP-01" not in page
        assert "FORM-01" not in page


# Pages


@pytest.mark.parametrize("language", LANGUAGES)
def test_dashboard(root: Path, language: str) -> None:
    compiled, state = edition(root, "professional")
    page, view = compiled.pages[language, "status"], View(compiled.library, "professional", language)
    assert page.body.count("<tr><th") - page.body.count("<thead>") == len(state.rows)
    for row in state.rows:
        assert view.title(row.id) in page.body
    numbers = [part.partition("<")[0] for part in page.body.split("<dd>")[1:6]]
    counts = state.counts
    assert numbers == [
        str(n)
        for n in (
            counts.in_force,
            counts.drafts,
            counts.reviews_overdue,
            counts.translations_behind,
            counts.dependants_behind,
        )
    ]
    assert {item.dependant for item in state.behind} == {"SOP-01", "TRN-01", "ask-for-help"}
    assert page.body.count('href="changes/sop-02/1.1.html"') == 3
    assert any(key == "status" for key, _ in compiled.sections[language])


def links(body: str) -> Iterator[str]:
    yield from (part.partition('"')[0] for part in body.split('href="')[1:])


@pytest.mark.parametrize("audience", ["professional", "public"])
def test_links_of_days_lead_to_pages(root: Path, audience: str) -> None:
    compiled, _ = edition(root, audience)
    for language in LANGUAGES:
        body = compiled.pages[language, "as-of"].body
        assert 'data-from="2026-12-15" data-to="2027-01-31"' in body
        assert 'data-from="2027-02-01"' in body
        for href in links(body):
            assert (language, href.removesuffix(".html")) in compiled.pages or (language, href) in compiled.downloads, (
                href
            )


def test_days_of_a_hidden_revision_are_not_called_empty(root: Path) -> None:
    """A public document that was for professionals in an earlier revision: the public learns that it existed, and no more."""
    tree, (library, findings) = _state(root, COMING)
    shown, _ = edition_on(library, findings, tree, COMING)
    archive = [
        replace(
            item,
            document=replace(
                item.document, record=item.document.record.model_copy(update={"audience": "professional"})
            ),
        )
        if item.revision == "1.1"
        else item
        for item in shown.archive
    ]
    compiled = compile_library(
        replace(shown, archive=tuple(archive)), "public", overview=overview(library, findings, COMING)
    )
    body = compiled.pages["en", "as-of"].body
    assert "a revision that is not part of this edition, in force from 15 December 2026 to 31 January 2027" in body
    assert "1.1" not in body
    assert "1.1" not in compiled.downloads["en", "changes.atom"]


if __name__ == "__main__":
    assert sys.argv[1:] == ["--update"], __doc__
    GOLDENS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        made = make(Path(folder) / "kb")
        for name, command in COMMANDS.items():
            (GOLDENS / name).write_text(run(made, *command), encoding="utf-8")
