"""Findings as text, JSON, SARIF and GitHub annotations."""

from __future__ import annotations

import json

from patokaz.findings import CATALOGUE, Finding, Location, Severity, errors_in, finding, in_order
from patokaz.findings.printers import as_github, as_json, as_sarif, as_text, summary


def one(line: int = 1, column: int = 1, length: int = 1, hint: str = "") -> Finding:
    return finding("KB201", Location("a.yml", line, column, length), "role `x` does not exist", hint)


def shown(item: Finding, line: str | None) -> list[str]:
    return as_text([item], lambda *_: line).splitlines()


def test_text_is_a_block_a_finding() -> None:
    assert shown(one(3, 8, 4, "did you mean `y`?"), "owner: name\n") == [
        "a.yml:3:8: KB201 error: role `x` does not exist",
        "    | owner: name",
        "    |        ^^^^",
        "    hint: did you mean `y`?",
        "1 error",
    ]


def test_caret_stands_under_cyrillic_letters() -> None:
    line = "сопственик: улога"
    lines = shown(one(1, line.index("улога") + 1, 5), line)
    assert lines[2].index("^") == lines[1].index("улога")
    assert lines[2].count("^") == len("улога")


def test_caret_is_not_shifted_by_tabs() -> None:
    lines = shown(one(1, 3), "\t\tx")
    assert lines[2].index("^") == lines[1].index("x")


def test_long_line_is_cut_around_the_caret() -> None:
    line = "а" * 5000 + "ГРЕШКА" + "б" * 5000
    lines = shown(one(1, 5001, 6), line)
    assert len(lines[1]) <= 170
    assert lines[2].index("^") == lines[1].index("ГРЕШКА")
    assert lines[2].count("^") == 6


def test_caret_is_never_longer_than_the_line() -> None:
    assert shown(one(1, 1, 500), "short")[2] == "    | ^^^^^"


def test_place_behind_the_line_and_missing_lines_are_survived() -> None:
    assert "^" in shown(one(1, 400), "short")[2]
    assert len(shown(one(), None)) == 2
    assert len(shown(one(), "   ")) == 2


def test_colours_only_where_asked() -> None:
    assert "\x1b[" not in as_text([one()], lambda *_: "x")
    assert "\x1b[1;31m" in as_text([one()], lambda *_: "x", colour=True)


def test_summary_counts() -> None:
    warning = finding("KB404", Location("a"), "m")
    assert summary([]) == "no findings"
    assert summary([one()]) == "1 error"
    assert summary([one(), one(2), warning]) == "2 errors, 1 warning"
    assert summary([warning, warning]) == "2 warnings"


def test_json_has_every_field() -> None:
    assert json.loads(as_json([one(3, 8, 4, "x")])) == [
        {
            "code": "KB201",
            "name": "unknown-role",
            "severity": "error",
            "path": "a.yml",
            "line": 3,
            "column": 8,
            "length": 4,
            "message": "role `x` does not exist",
            "hint": "x",
        }
    ]
    assert json.loads(as_json([])) == []


def test_json_keeps_cyrillic_readable() -> None:
    assert "Примерија" in as_json([finding("KB201", Location("a"), "Примерија")])


def test_sarif_has_the_required_keys() -> None:
    """SARIF 2.1.0: version and runs; a tool driver with a name; results with a message; indices into the rules."""
    document = json.loads(as_sarif([one(3, 8, 4, "x"), finding("KB404", Location("b"), "m")], "1.2.3"))
    assert document["version"] == "2.1.0"
    assert document["$schema"].startswith("https://")
    (run,) = document["runs"]
    driver = run["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("patokaz", "1.2.3")
    assert [rule["id"] for rule in driver["rules"]] == list(CATALOGUE)
    assert all(rule["shortDescription"]["text"] for rule in driver["rules"])
    assert {rule["defaultConfiguration"]["level"] for rule in driver["rules"]} <= {"error", "warning"}
    for result in run["results"]:
        assert driver["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in ("error", "warning")
        assert result["message"]["text"]
        (place,) = result["locations"]
        assert place["physicalLocation"]["artifactLocation"]["uri"] in ("a.yml", "b")
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 3, "startColumn": 8, "endColumn": 12}
    assert run["columnKind"] == "unicodeCodePoints"


def test_github_escapes_what_would_end_a_command() -> None:
    item = finding("KB201", Location("a,b:c.yml", 2, 3), "100 % of\nlines: x, y")
    assert as_github([item]) == (
        "::error file=a%2Cb%3Ac.yml,line=2,col=3,title=KB201 unknown-role::100 %25 of%0Alines: x, y\n"
    )
    assert as_github([]) == ""


def test_findings_are_ordered_and_reported_once() -> None:
    early, late = one(1), one(2)
    other_code = finding("KB101", Location("a.yml"), "m")
    assert in_order([late, early, early, other_code]) == (other_code, early, late)


def test_only_errors_stop_a_build() -> None:
    warning = finding("KB404", Location("a"), "m")
    assert warning.severity is Severity.WARNING
    assert errors_in([warning, one()]) == (one(),)
