"""Words of the front matter and of ``pathway.yml`` written back where they stand, everything else as it was."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from patokaz.model.base import Path
from patokaz.parse.strict_yaml import parse_yaml


def scalar(words: str) -> str:
    """``words`` as a YAML value on one line: plain where that reads back as these words everywhere, otherwise in double quotes."""
    flow, block = parse_yaml(f"{{a: {words}, b: c}}\n", ""), parse_yaml(f"a: {words}\nb: c\n", "")
    wanted = {"a": words, "b": "c"}
    if not flow.findings and not block.findings and flow.value == wanted and block.value == wanted:
        return words
    return json.dumps(words, ensure_ascii=False)


def replaced(lines: Sequence[str], changes: Mapping[Path, str]) -> list[str] | None:
    """The lines of a YAML file with the text values at these paths replaced; None where one does not stand on one line or is not there."""
    parsed = parse_yaml("\n".join(lines) + "\n", "")
    result = list(lines)
    places = [(parsed.places.values[path], path) for path in changes if path in parsed.places.values]
    if len(places) != len(changes):
        return None
    for (line, column, length), path in sorted(places, reverse=True):
        row = result[line - 1]
        old = row[column - 1 : column - 1 + length]
        read = parse_yaml(f"- {old}\n", "")
        if read.findings or read.value != (_value(parsed.value, path),):
            return None
        quoted = json.dumps(changes[path], ensure_ascii=False)
        for new in (quoted,) if old.startswith(('"', "'")) else (changes[path], quoted):
            result[line - 1] = row[: column - 1] + new + row[column - 1 + length :]
            # Plain words stay plain where they read as themselves: a comma does in a list by lines, not in braces.
            check = parse_yaml("\n".join(result) + "\n", "")
            if not check.findings and _value(check.value, path) == changes[path]:
                break
    return result


def _value(value: object, path: Path) -> object:
    """The value at a path; None where there is no such place."""
    for step in path:
        if isinstance(value, Mapping):
            value = value.get(step)
        elif isinstance(value, tuple) and isinstance(step, int) and step < len(value):
            value = value[step]
        else:
            return None
    return value


def with_front(
    lines: Sequence[str], title: str, summary: str, asks: Sequence[str], labels: Mapping[str, str]
) -> list[str]:
    """The lines of a front matter with these words. A list or mapping whose length differs is written anew; others keep their form."""
    parsed = parse_yaml("\n".join(lines) + "\n", "").value
    old = dict(parsed) if isinstance(parsed, dict) else {}
    result = list(lines)
    changes: dict[Path, str] = {}
    anew: dict[str, list[str]] = {}
    for key, words in (("title", title), ("summary", summary)):
        if key not in old:
            anew[key] = [f"{key}: {scalar(words)}"]
        elif old[key] != words:
            changes[(key,)] = words
    was_asked = old.get("asks") or ()
    if len(was_asked) == len(asks):
        changes |= {("asks", n): words for n, words in enumerate(asks) if words != was_asked[n]}
    else:
        anew["asks"] = ["asks:", *(f"  - {scalar(words)}" for words in asks)] if asks else []
    was_labelled = old.get("labels") or {}
    if set(was_labelled) == set(labels):
        changes |= {("labels", name): words for name, words in labels.items() if words != was_labelled[name]}
    else:
        kept = [name for name in was_labelled if name in labels] + [name for name in labels if name not in was_labelled]
        anew["labels"] = ["labels:", *(f"  {name}: {scalar(labels[name])}" for name in kept)] if kept else []
    for path, words in changes.items():
        written = replaced(result, {path: words})
        if written is not None:
            result = written
        elif len(path) == 1:
            anew[str(path[0])] = [f"{path[0]}: {scalar(words)}"]
        elif path[0] == "asks":
            anew["asks"] = ["asks:", *(f"  - {scalar(line)}" for line in asks)]
        else:
            anew["labels"] = ["labels:", *(f"  {name}: {scalar(labels[name])}" for name in was_labelled)]
    for key, block in anew.items():
        result = with_key(result, key, block)
    return result


def with_key(lines: Sequence[str], key: str, block: Sequence[str]) -> list[str]:
    """The lines of a block mapping with everything that belongs to ``key`` replaced by ``block``; a new key stands at the end, before a stamp."""
    kept: list[str] = []
    inside = False
    place: int | None = None
    for line in lines:
        starts = line.startswith(f"{key}:")
        inside = starts or (inside and (line.startswith((" ", "\t", "- ")) or line.strip() in ("", "-")))
        if starts:
            place = len(kept)
        if not inside:
            kept.append(line)
    if place is None:
        stamps = [n for n, line in enumerate(kept) if line.startswith(("translates:", "translation:"))]
        place = stamps[0] if stamps else len(kept)
    return [*kept[:place], *block, *kept[place:]]


def with_wording(lines: Sequence[str], path: Path, original: str, language: str, words: str) -> list[str] | None:
    """``pathway.yml`` with the wording at ``path`` in ``language``; a new one stands behind the original. None where it cannot be placed."""
    parsed = parse_yaml("\n".join(lines) + "\n", "")
    if (*path, language) in parsed.places.values:
        return replaced(lines, {(*path, language): words})
    place = parsed.places.values.get((*path, original))
    key = parsed.places.keys.get((*path, original))
    if place is None or key is None:
        return None
    line, column, length = place
    row = lines[line - 1]
    result = list(lines)
    end = column - 1 + length
    if row[: key[1] - 1].strip():
        result[line - 1] = f"{row[:end]}, {language}: {scalar(words)}{row[end:]}"
    else:
        result.insert(line, f"{row[: key[1] - 1]}{language}: {scalar(words)}")
    check = parse_yaml("\n".join(result) + "\n", "")
    return result if not check.findings and _value(check.value, (*path, language)) == words else None
