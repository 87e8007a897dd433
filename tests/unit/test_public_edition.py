"""Publication is default-deny: nothing that is for professionals reaches a public edition, not even its name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from patokaz.findings import errors_in
from patokaz.load import MemoryTree, load
from patokaz.model.library import Library
from patokaz.pages import Compiled, compile_library
from sample import FORM, LAW, PUBLIC_SOP, check_files, overlay, sample_files


def compiled(files: dict[str, bytes], audience: str = "public") -> Compiled:
    library = load(MemoryTree(files)).library
    assert library is not None
    return compile_library(library, audience)  # type: ignore[arg-type]


def secrets(library: Library) -> Iterator[str]:
    """Ids, names and titles of everything that is for professionals."""
    for register in (library.roles, library.institutions, library.limits, library.indicator_groups, library.terms):
        for name, entry in register.items():
            if entry.audience == "professional":  # type: ignore[attr-defined]
                yield name
                yield from getattr(entry, "name", {}).values()
                yield from (forms.preferred for forms in getattr(entry, "forms", {}).values())
                yield from getattr(entry, "definition", {}).values()
    for group in library.indicator_groups.values():
        if group.audience == "professional":
            for indicator in group.indicators:
                yield from indicator.text.values()
    for document in library.documents.values():
        if document.record.audience == "professional":
            yield document.id
            yield document.id.lower()
            yield from (text.front.title for text in document.texts.values())
            yield from (text.front.summary for text in document.texts.values())


def everything(edition: Compiled) -> str:
    """All words, links, names of files and lines of the navigation."""
    pages = [
        f"{path} {page.title} {page.summary} {page.head} {page.panel} {page.body} {page.tail}"
        for (_, path), page in edition.pages.items()
    ]
    return "\n".join([*pages, str(edition.assets), str(edition.sections), str(edition.siblings)])


def leaks(files: dict[str, bytes]) -> list[str]:
    edition = compiled(files)
    words = everything(edition)
    for source in edition.library.sources.values():
        words = words.replace(source.title, "")
    # `general` is a common word.
    return sorted({name for name in secrets(edition.library) if name in words and name != "general"})


def test_sample_leaks_nothing() -> None:
    assert leaks(sample_files()) == []


def test_what_is_public_is_there() -> None:
    words = everything(compiled(sample_files()))
    for name in ("Како да побарате помош", "Пример-закон", "555 0100", "Гранична полиција", "новодојденец"):
        assert name in words


def test_professional_edition_has_both() -> None:
    words = everything(compiled(sample_files(), "professional"))
    for name in ("Прва помош", "Како да побарате помош", "Тим за итно постапување", "FORM-01"):
        assert name in words


NAMED: dict[str, dict[str, Any]] = {
    "responsible": {f"{PUBLIC_SOP}/record.yml": {"replace": ["responsible: social-worker", "responsible: [social-worker, response-team]"]}},
    "accountable": {f"{PUBLIC_SOP}/record.yml": {"replace": ["accountable: social-worker", "accountable: response-team"]}},
    "consulted": {f"{PUBLIC_SOP}/record.yml": {"replace": ["consulted: []", "consulted: [response-team]"]}},
    "informed": {f"{PUBLIC_SOP}/record.yml": {"replace": ["informed: []", "informed: [response-team]"]}},
    "owner": {f"{PUBLIC_SOP}/record.yml": {"replace": ["owner: social-worker", "owner: response-team"]}},
    "applies_to": {f"{PUBLIC_SOP}/record.yml": {"replace": ["applies_to: [social-worker]", "applies_to: [response-team]"]}},
    "limit": {f"{PUBLIC_SOP}/record.yml": {"replace": ["limit: null", "limit: first-talk"]}},
    "form": {f"{PUBLIC_SOP}/record.yml": {"replace": ["forms: []", "forms: [FORM-01]"]}},
    "basis": {f"{LAW}/record.yml": {"replace": ["audience: public", "audience: professional"]}},
    "contact": {"glossary/institutions.yml": {"replace": ["    - id: help-line\n      audience: public", "    - id: help-line"]}},
    "institution": {"glossary/institutions.yml": {"replace": ["- id: help-office\n  audience: public", "- id: help-office"]}},
    "law owner": {f"{LAW}/record.yml": {"replace": ["owner: social-worker", "owner: response-team"]}},
    "related term": {"glossary/terms.yml": {"replace": ["related: [consent]", "related: [case-code]"]}},
    "observed by": {
        "glossary/indicators.yml": {
            "replace": [["- id: general\n    audience: professional", "- id: general\n    audience: public"], ["observed_by: [border-police]", "observed_by: [response-team]"]]
        }
    },
    "form with professional signs": {f"{FORM}/record.yml": {"replace": ["audience: professional", "audience: public"]}},
    "handbook": {"docs/handbooks/all.yml": {"replace": ["id: all\n", "id: all\naudience: public\n"]}},
}  # fmt: skip


@pytest.mark.parametrize("name", NAMED)
def test_public_record_that_names_a_professional_entry(name: str) -> None:
    """Either an error (KB701), or an edition without the name."""
    files = overlay(NAMED[name]).files
    if any(item.code == "KB701" for item in errors_in(check_files(files))):
        return
    assert leaks(files) == []


def test_hidden_limit_is_not_called_no_limit() -> None:
    """A public reader must not be told that there is no time limit where there is one."""
    files = overlay(NAMED["limit"]).files
    if any(item.code == "KB701" for item in errors_in(check_files(files))):
        return
    assert "no limit set" not in compiled(files).pages["en", "sops/sop-02"].body
