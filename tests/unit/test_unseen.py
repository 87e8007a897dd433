"""Mistakes that once passed every rule, one change each; those that still do are bugs of the engine."""

from __future__ import annotations

from typing import Any

import pytest

from sample import FORM, LAW, SOP, check_files, overlay, sample_files

MISTAKES: dict[str, tuple[str, dict[str, Any]]] = {
    "month 13 in a partial date": ("KB105", {f"{LAW}/record.yml": {"replace": ['in_force: "2020-06"', 'in_force: "2020-13"']}}),
    "month 0 in a partial date": ("KB105", {"glossary/institutions.yml": {"replace": ['since: "2024-05"', 'since: "2024-00"']}}),
    "day 31 in February": ("KB105", {f"{LAW}/record.yml": {"replace": ["date: 2020-05-16", 'date: "2020-02-31"']}}),
    "term without a language": (
        "KB601",
        {"glossary/terms.yml": {"replace": ["    sq: {preferred: pëlqim, short: PLQ, admitted: [], forbidden: [], review: reviewed, sources: [S1]}\n", ""]}},
    ),
    "issuer without a language": ("KB601", {f"{LAW}/record.yml": {"replace": [", sq: Kuvendi i Shembullisë", ""]}}),
    "institution that is unverified": ("KB403", {"glossary/institutions.yml": {"replace": ["unverified: false", "unverified: true"]}}),
    "article that is unverified": ("KB403", {f"{LAW}/record.yml": {"replace": ['aliases: ["2-a"]', 'unverified: true, aliases: ["2-a"]']}}),
    "placeholder as a term": ("KB502", {"glossary/terms.yml": {"replace": ["preferred: newcomer", "preferred: TODO"]}}),
    "placeholder as an issuer": ("KB502", {f"{LAW}/record.yml": {"replace": ["Parliament of Exampleland", "TODO"]}}),
    "placeholder as a source": ("KB502", {"glossary/sources.yml": {"replace": ["title: Example Act (invented)", "title: TODO"]}}),
    "unknown section of a page": ("KB208", {"docs/en/index.md": {"append": "[See](doc:index#nothing)."}}),
    "forbidden form in a title": ("KB504", {f"{SOP}/en.md": {"replace": ["title: First help", "title: Help an intruder"]}}),
    "choice without options": ("KB308", {f"{FORM}/record.yml": {"replace": ["{id: place, type: line}", "{id: place, type: choice}"]}}),
    "signs without groups": ("KB308", {f"{FORM}/record.yml": {"replace": ["type: indicators, groups: [general]", "type: indicators"]}}),
    "predecessor that is a role": ("KB202", {"glossary/institutions.yml": {"replace": ["predecessors: []", "predecessors: [border-police]"]}}),
    "address of a contact": ("KB506", {"glossary/institutions.yml": {"replace": ["web: null", "web: javascript:alert(1)"]}}),
    "option with the id of a field": ("KB106", {f"{FORM}/record.yml": {"replace": ["options: [food, clothes]", "options: [place, clothes]"]}}),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_is_seen(name: str) -> None:
    code, case = MISTAKES[name]
    before = [item for item in check_files(sample_files()) if item.code == code]
    after = [item for item in check_files(overlay(case)) if item.code == code]
    assert len(after) > len(before)
