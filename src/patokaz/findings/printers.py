"""Findings as text, JSON, SARIF and GitHub annotations. Pure: values in, text out."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from patokaz.findings import CATALOGUE, Finding, Severity

SourceLine = Callable[[str, int], "str | None"]
"""Gives the text of a line (path, line from 1), or None when it cannot be shown."""

_MAX_WIDTH = 160
_COLOURS = {"error": "\x1b[1;31m", "warning": "\x1b[1;33m", "bold": "\x1b[1m", "dim": "\x1b[2m"}
_RESET = "\x1b[0m"


def as_text(findings: Sequence[Finding], line_of: SourceLine, *, colour: bool = False) -> str:
    """One block a finding: ``path:line:col: KBnnn severity: message``, the source line, a caret, the hint."""

    def paint(text: str, name: str) -> str:
        return f"{_COLOURS[name]}{text}{_RESET}" if colour else text

    blocks = []
    for item in findings:
        kind = paint(f"{item.code} {item.severity.value}:", item.severity.value)
        lines = [f"{paint(str(item.location), 'bold')}: {kind} {item.message}"]
        excerpt = line_of(item.location.path, item.location.line)
        if excerpt and excerpt.strip():
            lines += [paint(line, "dim") for line in _with_caret(excerpt, item.location.column, item.location.length)]
        if item.hint:
            lines.append(f"    hint: {item.hint}")
        blocks.append("\n".join(lines))
    blocks.append(summary(findings))
    return "\n".join(blocks) + "\n"


def _with_caret(line: str, column: int, length: int) -> list[str]:
    # A line longer than the screen is shown around the caret; tabs would shift it.
    line = line.rstrip("\r\n").replace("\t", " ")
    start = max(0, column - 1 - _MAX_WIDTH // 2)
    shown = line[start : start + _MAX_WIDTH]
    caret = column - 1 - start
    width = max(1, min(length, len(shown) - caret))
    return [f"    | {shown}", f"    | {' ' * caret}{'^' * width}"]


def summary(findings: Sequence[Finding]) -> str:
    """``2 errors, 1 warning`` or ``no findings``."""
    counts = [(sum(f.severity is severity for f in findings), severity.value) for severity in Severity]
    parts = [f"{number} {name}{'' if number == 1 else 's'}" for number, name in counts if number]
    return ", ".join(parts) or "no findings"


def as_json(findings: Sequence[Finding]) -> str:
    """A list of objects with ``code name severity path line column length message hint``."""
    rows = [
        {
            "code": f.code,
            "name": CATALOGUE[f.code].name,
            "severity": f.severity.value,
            "path": f.location.path,
            "line": f.location.line,
            "column": f.location.column,
            "length": f.location.length,
            "message": f.message,
            "hint": f.hint,
        }
        for f in findings
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2) + "\n"


def as_sarif(findings: Sequence[Finding], version: str) -> str:
    """SARIF 2.1.0 (OASIS), with the whole catalogue as rules."""
    codes = list(CATALOGUE)
    rules = [
        {
            "id": kind.code,
            "name": kind.name,
            "shortDescription": {"text": kind.summary},
            "defaultConfiguration": {"level": kind.severity.value},
        }
        for kind in CATALOGUE.values()
    ]
    results = [
        {
            "ruleId": f.code,
            "ruleIndex": codes.index(f.code),
            "level": f.severity.value,
            "message": {"text": f"{f.message}\n{f.hint}" if f.hint else f.message},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": f.location.path, "uriBaseId": "%SRCROOT%"},
                        "region": {
                            "startLine": f.location.line,
                            "startColumn": f.location.column,
                            "endColumn": f.location.column + f.location.length,
                        },
                    }
                }
            ],
        }
        for f in findings
    ]
    run = {
        "tool": {"driver": {"name": "patokaz", "version": version, "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    document = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def as_github(findings: Sequence[Finding]) -> str:
    """Workflow commands that GitHub shows beside the changed lines."""

    def escape(text: str, *, value: bool = False) -> str:
        pairs = [("%", "%25"), ("\r", "%0D"), ("\n", "%0A")] + ([(":", "%3A"), (",", "%2C")] if value else [])
        for old, new in pairs:
            text = text.replace(old, new)
        return text

    lines = []
    for f in findings:
        text = f"{f.message} ({f.hint})" if f.hint else f.message
        where = f"file={escape(f.location.path, value=True)},line={f.location.line},col={f.location.column}"
        title = escape(f"{f.code} {CATALOGUE[f.code].name}", value=True)
        lines.append(f"::{f.severity.value} {where},title={title}::{escape(text)}")
    return "\n".join(lines) + ("\n" if lines else "")
