"""What a translator's tool gets: valid files, and with each passage what it is, what must stay, and what the term base says."""

from __future__ import annotations

import functools
import os
from pathlib import Path

import polib
import pytest
from exchange_kit import EN, MK, SQ, WRITERS, Files, base, edited, exported, imported, units_of
from lxml import etree

from patokaz.exchange.inline import inside
from sample import overlay, sample_files

SCHEMAS = [Path(__file__).parent / "xliff-1.2-as-exported.xsd"]
if os.environ.get("PATOKAZ_XLIFF_SCHEMA"):
    SCHEMAS.append(Path(os.environ["PATOKAZ_XLIFF_SCHEMA"]))
CHANGE = ("Ask the child what it wants", "Ask the child what it needs")


@functools.cache
def schema(path: Path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(path)))


def sealed() -> Files:
    """The sample library whose first SOP was sealed as it was translated, and has moved on."""
    folder = EN.rpartition("/")[0]
    return edited(overlay({folder: {"seal": {"revision": "1.1"}}}, base()).files, EN, CHANGE)


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: path.stem)
@pytest.mark.parametrize("name", ["SOP-01", "SOP-02", "FORM-01", "ask-for-help", "example-act", "index"])
def test_xliff_is_valid(name: str, path: Path) -> None:
    for language in ("mk", "sq"):
        document = etree.fromstring(exported(sealed(), name, language, ".xlf").encode())
        assert schema(path).validate(document), schema(path).error_log


def test_schema_can_refuse() -> None:
    content = exported(sample_files(), "SOP-01", "mk", ".xlf")
    for old, new in (
        ('state="translated"', 'state="done"'),
        ('<ph id="1">', "<ph>"),
        ("<note>", "<remark/><note>"),
        ('date="', 'date="x'),
    ):
        assert old in content
        assert not schema(SCHEMAS[0]).validate(etree.fromstring(content.replace(old, new, 1).encode()))


def test_header_says_what_the_file_is_for() -> None:
    metadata = polib.pofile(exported(base(), "SOP-01", "mk")).metadata
    source = units_of(base(), "SOP-01", "mk")[0]
    assert metadata["Language"] == "mk"
    assert metadata["Content-Type"] == "text/plain; charset=UTF-8"
    assert (metadata["X-Patokaz-Document"], metadata["X-Patokaz-Revision"]) == ("SOP-01", "1.1")
    assert len(metadata["X-Patokaz-Fingerprint"]) == 16
    assert metadata["POT-Creation-Date"] == "2026-11-01 00:00+0000"
    assert source.where.path == EN


def test_translator_is_told_what_to_keep_and_which_terms_to_use() -> None:
    entries = {
        entry.msgctxt: entry.comment.split("\n") for entry in polib.pofile(exported(sample_files(), "SOP-01", "sq"))
    }
    assert entries["SOP-01#/1 paragraph"] == [
        "What it is: paragraph",
        "Keep: term:newcomer",
        "Term newcomer: i porsaardhur",
        "Term newcomer: not “ndërhyrës”: Fjalë fyese.",
    ]
    form = entries["SOP-01#fill-form/2 paragraph"]
    assert form[1] == "Under: Fill in the form"
    assert form[2] == "Keep: doc:FORM-01, term:consent, limit:time-to-think, law:example-act/2, institution:help-office"
    assert form[3] == "Numbers: 30, 2"
    assert "Term consent: pëlqim (PLQ)" in form


def test_terms_are_found_in_their_inflected_forms_without_a_reference() -> None:
    files = edited(sample_files(), EN, ("Take the person to", "Take all new arrivals to"))
    entries = {entry.msgctxt: entry.comment for entry in polib.pofile(exported(files, "SOP-01", "sq"))}
    assert "Term newcomer: i porsaardhur" in entries["SOP-01#make-safe/2 paragraph"]


def test_earlier_original_stands_beside_its_translation_where_a_seal_has_kept_it() -> None:
    entry = next(e for e in polib.pofile(exported(sealed(), "SOP-01", "mk")) if e.fuzzy)
    assert entry.previous_msgid.startswith("Ask the child what it wants and")
    assert entry.msgid.startswith("Ask the child what it needs and")
    root = etree.fromstring(exported(sealed(), "SOP-01", "mk", ".xlf").encode())
    (alternative,) = root.iter("{*}alt-trans")
    assert "".join(alternative[0].itertext()) == entry.previous_msgid


@pytest.mark.parametrize("suffix", WRITERS)
def test_region_that_a_tool_adds_to_the_language_does_not_matter(suffix: str) -> None:
    content = exported(sample_files(), "SOP-01", "mk", suffix)
    content = content.replace("Language: mk", "Language: mk_MK").replace(
        'target-language="mk"', 'target-language="mk-MK"'
    )
    assert imported(sample_files(), content, "mk", f"x{suffix}").findings == ()


def test_hard_line_breaks_go_out_and_come_back() -> None:
    """A break by two spaces and one by a backslash are the same to a translator; a changed passage has the latter."""
    lines = "> Понатаму:  \n> прво,\\\n> второ и\n> трето."
    files = edited(base(), MK, ("останува надвор [](source:S1).", f"останува надвор [](source:S1).\n\n{lines}"))
    files = edited(
        files,
        EN,
        ("stay outside [](source:S1).", "stay outside [](source:S1).\n\n> Then:\n> first,\\\n> second and\n> third."),
    )
    own = next(unit for unit in units_of(files, "SOP-01", "mk") if unit.target.startswith("Понатаму"))
    assert own.target == "Понатаму:\\\nпрво,\\\nвторо и трето."
    content = (
        exported(files, "SOP-01", "mk", ".xlf")
        .replace("второ и трето.</target>", "второ.</target>")
        .replace("needs-adaptation", "translated")
    )
    received = imported(files, content, "mk", "x.xlf")
    assert received.findings == ()
    assert "> Понатаму:\\\n> прво,\\\n> второ.\n" in received.files[MK].decode()


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("within 1,000 days", {"1000": 1}),
        ("1.000 ditë", {"1000": 1}),
        ("2018–19", {"2018": 1, "2019": 1}),
        ("2018–2019", {"2018": 1, "2019": 1}),
        ("1,5 or 1.5", {"1": 2, "5": 2}),
        ("see [SOP-02](doc:SOP-02), step 2", {"2": 1}),
        ("call `112` at 7", {"7": 1}),
        ("[30 days](limit:x)", {"30": 1}),
        ("https://example.org/2020 and <https://example.org/2021>", {"2020": 1}),
    ],
)
def test_numbers_of_a_passage(words: str, numbers: dict[str, int]) -> None:
    assert inside(words).numbers == numbers


def test_nothing_of_another_language_is_exported() -> None:
    assert "Прва" not in exported(sample_files(), "SOP-01", "sq")
    assert SQ in sample_files()
