"""Stamps: what a translation, or the labels of a pathway, say of the state of the original that they follow."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import MappingProxyType

from patokaz.model.pathway import LabelStamp
from patokaz.model.texts import Follows, Text


def stamped(content: str, *, revision: str, fingerprint: str, by: str) -> str:
    """The file ``content`` with its stamp set to the given state; other lines stay as they are.

    ``by`` is written only where no translator is named yet. Raises ``ValueError`` without front matter.
    """
    text = content.replace("\r\n", "\n")
    head, fence, body = text.partition("\n---\n")
    if not text.startswith("---\n") or not fence:
        raise ValueError("the text has no front matter")
    lines = _without(head.split("\n"), "translates")
    if not any(line.startswith("translation:") for line in lines):
        lines.append(f"translation: {{by: {json.dumps(by, ensure_ascii=False)}, reviewed_by: null}}")
    position = next(i for i, line in enumerate(lines) if line.startswith("translation:"))
    stamp = f'translates: {{revision: "{revision}", fingerprint: "{fingerprint}"}}'
    return "\n".join([*lines[:position], stamp, *lines[position:]]) + fence + body


def _without(lines: list[str], key: str) -> list[str]:
    """The lines of a block mapping without a key and the indented lines that belong to it."""
    kept: list[str] = []
    inside = False
    for line in lines:
        inside = line.startswith(f"{key}:") or (inside and line.startswith((" ", "\t")))
        if not inside:
            kept.append(line)
    return kept


def labels_stamped(content: str, stamps: Mapping[str, LabelStamp]) -> str:
    """The file ``pathway.yml`` with these stamps under ``translations``, a line a language; other lines stay as they are.

    The block stands where it stood before, otherwise before ``nodes``. Raises ``ValueError`` for a file without ``nodes:`` at
    the beginning of a line.
    """
    lines = content.replace("\r\n", "\n").split("\n")
    start = next((i for i, line in enumerate(lines) if line.startswith("translations:")), None)
    kept = _without(lines, "translations")
    if start is None:
        start = next((i for i, line in enumerate(kept) if line.startswith("nodes:")), None)
    if start is None:
        raise ValueError("the file has no `nodes:` at the beginning of a line")
    block = [f"  {language}: {_as_flow(stamp)}" for language, stamp in stamps.items()]
    return "\n".join([*kept[:start], "translations:", *block, *kept[start:]])


def _as_flow(stamp: LabelStamp) -> str:
    by, reviewed_by = (json.dumps(name, ensure_ascii=False) for name in (stamp.by, stamp.reviewed_by))
    return f'{{fingerprint: "{stamp.fingerprint}", by: {by}, reviewed_by: {reviewed_by}}}'


def follows_of(source: Text, revision: str, labels: Mapping[str, str] = MappingProxyType({})) -> Follows:
    """What a translation of the present ``source`` follows. ``labels`` are the fingerprints of :func:`patokaz.translations.labels.label_prints`."""
    sections: dict[str, list[str]] = {}
    for block in source.blocks:
        sections.setdefault(block.section, []).append(block.fingerprint)
    joined = {section: " ".join(prints) for section, prints in sections.items()}
    return Follows(revision=revision, sections=joined, labels=dict(labels))


def follows_path(text: Text) -> str:
    """Where the passages that a text follows are written: ``mk.follows.yml`` beside ``mk.md``."""
    return f"{text.path.removesuffix('.md')}.follows.yml"


def follows_file(follows: Follows) -> str:
    """``<lang>.follows.yml``: a section or label a line, in the order of the original."""
    lines = [f"revision: {json.dumps(follows.revision)}"]
    for name, entries in (("sections", follows.sections), ("labels", follows.labels)):
        if entries:
            lines += [f"{name}:", *(f"  {_quoted(key)}: {_quoted(value)}" for key, value in entries.items())]
    return "\n".join(lines) + "\n"


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)
