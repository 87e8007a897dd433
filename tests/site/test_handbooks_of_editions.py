"""Handbooks that name what their edition may not show, and handbooks in a language that a document does not have."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from click.testing import CliRunner, Result
from sitekit import need

from patokaz.cli.main import main
from patokaz.pages.wording import wording
from sample import TODAY, overlay

OPEN = """id: open
audience: public
title: {mk: "Отворен прирачник", sq: "Doracak i hapur", en: "Open handbook"}
select:
  roles: [social-worker]
  families: [reception, information]
  documents: [FORM-01, example-act]
include: [limits, contacts, terms, sources]
"""
"""A handbook for everybody that names SOP-01 by its family and FORM-01 by its id, which are for professionals."""

HIDDEN = ("SOP-01", "FORM-01", "First help", "Request for help", "Make the place safe")
SHOWN = ("SOP-02", "example-act", "Open handbook")

pytestmark = pytest.mark.slow


def patokaz(root: Path, *arguments: str) -> Result:
    result = CliRunner().invoke(main, ["--root", str(root), *arguments, "--today", str(TODAY)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
    return result


def library_with(folder: Path, case: dict[str, Any]) -> Path:
    root = folder / "library"
    overlay(case).write(root)
    return root


def text_of(pdf: Path) -> str:
    command = [need("pdftotext"), "-enc", "UTF-8", str(pdf), "-"]
    return " ".join(subprocess.run(command, capture_output=True, check=True, timeout=60).stdout.decode().split())


def all_that_it_says(pdf: Path) -> str:
    """Its text, and every string and name in it: bookmarks, destinations, alternative texts, properties."""
    found = [text_of(pdf)]
    with pikepdf.open(pdf) as document:
        waiting = [*document.objects, document.trailer]
        while waiting:
            item = waiting.pop()
            if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
                found += item.keys()
                waiting += [value for _, value in item.items() if not value_is_indirect(value)]
            elif isinstance(item, pikepdf.Array):
                waiting += [value for value in item if not value_is_indirect(value)]
            elif isinstance(item, pikepdf.String | pikepdf.Name):
                found.append(str(item))
    return "\n".join(found)


def value_is_indirect(value: Any) -> bool:
    return isinstance(value, pikepdf.Object) and value.is_indirect


def test_the_public_gets_nothing_that_its_handbook_names_and_may_not_show(tmp_path: Path) -> None:
    """By `handbook` and by `build`: the same bytes, with what is public and without a trace of the rest."""
    root = library_with(tmp_path, {"docs/handbooks/open.yml": OPEN})
    out = tmp_path / "open.pdf"
    done = patokaz(root, "handbook", "open", "--lang", "en", "--audience", "public", "-o", str(out))
    assert done.exit_code == 0, done.output
    said = all_that_it_says(out)
    assert [word for word in SHOWN if word.lower() not in said.lower()] == []
    assert [word for word in HIDDEN if word.lower() in said.lower()] == []
    site = tmp_path / "site"
    done = patokaz(root, "build", "--audience", "public", "--lang", "en", "--site-dir", str(site), "--jobs", "1")
    assert done.exit_code == 0, done.output
    assert (site / "handbooks/open-en.pdf").read_bytes() == out.read_bytes()
    assert not (site / "handbooks/all-en.pdf").exists(), "the other handbook is for professionals"
    # Who may see it gets it from the same record.
    done = patokaz(root, "handbook", "open", "--lang", "en", "--audience", "professional", "-o", str(out))
    assert done.exit_code == 0, done.output
    said = all_that_it_says(out)
    assert [word for word in (*SHOWN, *HIDDEN) if word.lower() not in said.lower()] == []


def test_a_handbook_for_professionals_is_not_printed_for_the_public(tmp_path: Path) -> None:
    """Not even its name is told: the public's handbooks are named instead."""
    root = library_with(tmp_path, {"docs/handbooks/open.yml": OPEN})
    for name in ("all", "other"):
        done = patokaz(root, "handbook", name, "--lang", "en", "--audience", "public", "-o", str(tmp_path / "x.pdf"))
        assert (done.exit_code, done.stdout) == (3, "")
        assert done.stderr.startswith(f"patokaz: this edition shows no handbook `{name}`; there are: open")
        assert not (tmp_path / "x.pdf").exists()


def test_a_handbook_of_nothing_that_may_be_shown_is_refused(tmp_path: Path) -> None:
    """By `handbook` in words; `build` leaves it out."""
    only = OPEN.replace("roles: [social-worker]", "roles: []").replace("[reception, information]", "[]")
    only = only.replace("[FORM-01, example-act]", "[FORM-01]")
    root = library_with(tmp_path, {"docs/handbooks/open.yml": only})
    done = patokaz(root, "handbook", "open", "--lang", "en", "--audience", "public", "-o", str(tmp_path / "x.pdf"))
    assert done.exit_code == 3
    assert done.stderr.startswith("patokaz: this edition shows no document of the handbook `open`")
    site = tmp_path / "site"
    done = patokaz(root, "build", "--audience", "public", "--lang", "en", "--site-dir", str(site), "--jobs", "1")
    assert done.exit_code == 0, done.output
    assert not (site / "handbooks/open-en.pdf").exists()


def test_a_handbook_that_names_what_does_not_exist_is_a_finding(tmp_path: Path) -> None:
    root = library_with(tmp_path, {"docs/handbooks/open.yml": OPEN.replace("FORM-01", "FORM-09")})
    done = patokaz(root, "handbook", "open", "--lang", "en", "-o", str(tmp_path / "x.pdf"))
    assert done.exit_code == 1
    assert "docs/handbooks/open.yml:7:" in done.stderr + done.stdout
    assert "FORM-09" in done.stderr + done.stdout
    assert not (tmp_path / "x.pdf").exists()


def test_a_document_without_a_text_in_the_language_is_printed_in_another_with_a_notice(
    library: Path, tmp_path: Path, printed_site: Any
) -> None:
    """SOP-02 has no text in Albanian. The handbook tells so on its chapter, in Albanian, and marks the passages' language."""
    out = tmp_path / "all.pdf"
    done = patokaz(library, "handbook", "all", "--lang", "sq", "-o", str(out))
    assert done.exit_code == 0, done.output
    words = wording("sq")
    notice = words["notice_fallback"].partition("{")[0].strip()
    for file in (out, printed_site.folder / "handbooks/all-sq.pdf"):
        said = text_of(file)
        assert said.count(notice) == 1
        start = said.index(notice)
        assert "SOP-02" in said[start - 400 : start]
        with pikepdf.open(file) as pdf:
            assert str(pdf.Root.Lang) == "sq"
            languages = {
                str(item.Lang) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/Lang" in item
            }
            assert languages - {"sq"}
