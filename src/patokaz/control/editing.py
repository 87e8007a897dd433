"""Edits of ``record.yml`` as text: one key is set or one entry added, every other line and comment stays as it is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from patokaz.findings import KbError

_NO_TEXT = ("null", "true", "false", "yes", "no", "on", "off", "y", "n")
"""Plain words that YAML reads as something else than text."""


def flow(entry: Mapping[str, object]) -> str:
    """A mapping on one line: ``{revision: "1.1", date: 2026-11-24}``. Text is quoted unless it is a plain word."""
    return "{" + ", ".join(f"{key}: {_scalar(value)}" for key, value in entry.items()) + "}"


def _scalar(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, Mapping):
        return flow(value)
    if isinstance(value, str) and (not value.replace("-", "").isalpha() or value.lower() in _NO_TEXT):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def set_key(content: str, key: str, value: str) -> str:
    """The record with the top-level ``key`` set to ``value`` (YAML on the key's line); added before ``history`` if it is new."""
    lines = content.split("\n")
    first, last = _block(lines, key)
    if first is None:
        first = last = _history(lines)
    return "\n".join([*lines[:first], f"{key}: {value}", *lines[last:]])


def add_entry(content: str, key: str, entry: str) -> str:
    """The record with ``entry`` (YAML on one line) as the last of the block list under the top-level ``key``."""
    lines = content.split("\n")
    first, last = _block(lines, key)
    if first is None:
        before = _history(lines)
        return "\n".join([*lines[:before], f"{key}:", f"  - {entry}", *lines[before:]])
    head, body = lines[first], lines[first + 1 : last]
    value = head.partition(":")[2].split(" #")[0].strip()
    if value not in ("", "[]", "null"):
        raise KbError(f"`{key}:` is written on one line; write it as a list, a line for each entry, and try again")
    dashes = [line for line in body if line.lstrip().startswith("- ")]
    indent = dashes[0][: len(dashes[0]) - len(dashes[0].lstrip())] if dashes else "  "
    while body and not body[-1].strip():
        body.pop()
    return "\n".join([*lines[:first], f"{key}:", *body, f"{indent}- {entry}", *lines[first + 1 + len(body) :]])


def _history(lines: list[str]) -> int:
    first, _ = _block(lines, "history")
    if first is None:
        raise KbError("the record has no `history:` at the beginning of a line")
    return first


def _block(lines: list[str], key: str) -> tuple[int | None, int]:
    """The lines of a top-level key: from its own to the one after its value."""
    first = next((index for index, line in enumerate(lines) if line.startswith(f"{key}:")), None)
    if first is None:
        return None, 0
    end = first + 1
    while end < len(lines) and (lines[end][:1] in (" ", "\t") or lines[end].startswith("- ")):
        end += 1
    return first, end


def write_all(files: Mapping[Path, str | bytes]) -> None:
    """Write all files or, if one cannot be written, none: each beside its place first, then moved there."""
    parts: list[tuple[Path, Path]] = []
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f".{path.name}.part")
            parts.append((part, path))
            part.write_bytes(content.encode() if isinstance(content, str) else content)
    except OSError as error:
        _remove(part for part, _ in parts)
        raise KbError(f"cannot write {error.filename}: {error.strerror}; nothing was changed") from error
    for part, path in parts:
        part.replace(path)


def _remove(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
