"""The files of one document with the words that were taken: text, stamp, fingerprints of what it follows, and labels of its pathway."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from patokaz.exchange.body import Built, CannotBuildError, body
from patokaz.exchange.front import scalar, with_front, with_key, with_wording
from patokaz.exchange.units import IN_BODY, Subject, Unit, aligned
from patokaz.findings import Finding, Location, finding
from patokaz.load import Tree
from patokaz.model.blocks import FRONT, Block, short_hash
from patokaz.model.pathway import LabelStamp
from patokaz.model.texts import Follows, FrontMatter, PageFrontMatter, TranslationNote
from patokaz.parse.texts import parse_text
from patokaz.translations import Passage, labels_stamped, stamped
from patokaz.translations.labels import label_prints
from patokaz.translations.stamps import follows_file

UNKNOWN = "0" * 8
"""Stands in a follows file for a passage whose translation is behind: no passage has this fingerprint but by a chance of one in 2**32."""

Taken = Mapping[str, tuple[str, Location]]
"""Words and place in the exchange file by the key of a unit."""


@dataclass(frozen=True)
class Signatures:
    """Who translated and who reviewed; None where nobody is named."""

    by: str | None = None
    reviewed_by: str | None = None


@dataclass(frozen=True)
class Rewritten:
    """The files that change by path, and the keys of units that were taken but wait until the rest of their section is there."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    waiting: tuple[str, ...] = ()


def rewritten(
    tree: Tree, item: Subject, listed: Sequence[Unit], taken: Taken, signatures: Signatures, path: str, *, whole: bool
) -> tuple[Rewritten, tuple[Finding, ...]]:
    """What changes in a document, or why it cannot. ``whole`` says that the exchange file covers every passage, so that its reviewer reviewed the whole text.

    ``path`` is the exchange file, where a finding has no better place.
    """
    files: dict[str, bytes] = {}
    waiting: tuple[str, ...] = ()
    follows = item.target.follows if item.target else None
    sections = dict(follows.sections) if follows else {}
    revision = follows.revision if follows else item.revision
    texts = [unit for unit in listed if unit.block is not None]
    labels = [unit for unit in listed if unit.label]
    try:
        if any(unit.key in taken for unit in texts) or (whole and signatures.reviewed_by and item.target):
            content, followed, since, waiting = _text(tree, item, texts, taken, signatures, whole=whole)
            if len(waiting) < sum(unit.key in taken for unit in texts) or whole:
                files[item.path] = content.encode()
                sections, revision = followed, since
        prints = dict(follows.labels) if follows else {}
        if any(unit.key in taken for unit in labels) or (whole and signatures.reviewed_by and labels):
            files[item.pathway_places.path] = _pathway(tree, item, labels, taken, signatures, whole=whole).encode()
            now = label_prints(item.pathway, item.source.language) if item.pathway else {}
            done = {_print_name(unit) for unit in labels if unit.key in taken or unit.state == "current"}
            prints = {name: one if name in done else prints.get(name, UNKNOWN) for name, one in now.items()}
        if files and (item.target or item.path in files):
            name = item.path.removesuffix(".md") + ".follows.yml"
            files[name] = follows_file(Follows(revision=revision, sections=sections, labels=prints)).encode()
    except _RefusedError as refusal:
        where = taken[refusal.key][1] if refusal.key in taken else Location(path)
        return Rewritten(), (finding("KB624", where, str(refusal), refusal.hint),)
    changed = {name: data for name, data in files.items() if name not in tree.files() or tree.read(name) != data}
    return Rewritten(changed, waiting), ()


class _RefusedError(Exception):
    """The document cannot be written so; ``key`` names the unit, if one is to blame."""

    def __init__(self, message: str, hint: str, key: str = "") -> None:
        super().__init__(message)
        self.hint, self.key = hint, key


def _print_name(unit: Unit) -> str:
    name = unit.key.partition("#pathway/")[2].rpartition(" ")[0]
    return f"{'phase' if unit.kind == 'phase' else 'n'}-{name}"


# The text


def _text(
    tree: Tree, item: Subject, listed: Sequence[Unit], taken: Taken, signatures: Signatures, *, whole: bool
) -> tuple[str, dict[str, str], str, tuple[str, ...]]:
    """The content of the translation, the fingerprints that it follows by section, the revision of these, and the units that wait."""
    key_of = {id(unit.block): unit.key for unit in listed}
    words = {id(unit.block): taken[unit.key][0] for unit in listed if unit.key in taken}
    if item.target is None:
        missing = [unit.key for unit in listed if unit.key not in taken and unit.kind != "ask"]
        if missing:
            message = f"{item.path} does not exist yet, and {len(missing)} passages have no translation; the first is {missing[0]}"
            raise _RefusedError(message, "a new text is made when all of it is translated")
    # The blocks of these passages are those of the units: both come from the same texts.
    listed_passages = aligned(item)
    raw = tree.read(item.path).decode().split("\n") if item.target else []
    cut = item.target.body_line - 1 if item.target else 0
    try:
        lines, built = body(item.source, item.target, raw[cut:], listed_passages, words)
    except CannotBuildError as error:
        raise _RefusedError(f"{item.id}: {error}", "edit the file by hand", key_of.get(id(error.source), "")) from error
    current = {id(p.source) for p in listed_passages if p.state == "current" and p.source is not None} | words.keys()
    sections = _followed(listed_passages, built, current)
    old = raw[1 : cut - 1]
    front_words = _front_words(item, listed_passages, words)
    front = with_front([line.removesuffix("\r") for line in old], *front_words)
    if item.target is None and item.audience is not None:
        front = with_key(front, "audience", [f"audience: {item.audience}"])
    parts = [f"{section}:{one}" for section, prints in sections.items() for one in prints.split()]
    fingerprint = short_hash(*parts, digits=16)
    stamp = item.target.front.translates if item.target else None
    complete = fingerprint == item.source.fingerprint or stamp is None
    revision = item.revision if complete or stamp is None else stamp.revision
    head = stamped(
        "\n".join(["---", *front, "---", ""]), revision=revision, fingerprint=fingerprint, by=signatures.by or "Patokaz"
    )
    front = head.split("\n")[1:-2]
    changed = any(unit.key in taken for unit in listed)
    front = _signed(
        front, item.target.front.translation if item.target else None, signatures, changed=changed, whole=whole
    )
    endings = {line.removesuffix("\r"): line for line in old}
    end = "\r" if raw and raw[0].endswith("\r") else ""
    head_lines = [endings.get(line, line + end) for line in front]
    fences = (raw[0], raw[cut - 1]) if item.target else ("---", "---")
    content = "\n".join([fences[0], *head_lines, fences[1], *lines])
    _verify(content, item, built, front_words, key_of)
    placed = {id(one.source) for one in built}
    waiting = tuple(
        u.key for u in listed if u.key in taken and u.own is None and u.kind in IN_BODY and id(u.block) not in placed
    )
    return content, sections, revision, waiting


def _followed(listed: Iterable[Passage], built: Iterable[Built], current: set[int]) -> dict[str, str]:
    """By section, the fingerprints of what each passage of the new text renders; unknown for one that is behind."""
    prints: dict[str, list[str]] = {FRONT: []}
    for passage in listed:
        source = passage.source
        if source is None or source.kind not in ("title", "summary", "ask", "label"):
            continue
        if id(source) in current:
            prints[FRONT].append(source.fingerprint)
        elif passage.target is not None:
            prints[FRONT].append(UNKNOWN)
    for one in built:
        known = one.source is not None and id(one.source) in current
        prints.setdefault(one.like.section, []).append(one.source.fingerprint if known and one.source else UNKNOWN)
    return {section: " ".join(ones) for section, ones in prints.items() if ones}


FrontWords = tuple[str, str, tuple[str, ...], dict[str, str]]
"""Title, summary, questions and labels."""


def _front_words(item: Subject, listed: Iterable[Passage], words: Mapping[int, str]) -> FrontWords:
    """The words of the front matter as they are now."""
    front = item.target.front if item.target else None
    own_asks = [block for block in item.target.blocks if block.kind == "ask"] if item.target else []
    title, summary = (front.title, front.summary) if front else ("", "")
    asks: list[tuple[Block | None, str]] = list(zip(own_asks, front.asks, strict=True)) if front else []
    labels: dict[str, str] = {}
    place = 0
    for passage in listed:
        source, own = passage.source, passage.target
        new = words.get(id(source)) if source is not None else None
        kind = source.kind if source is not None else own.kind if own is not None else ""
        if kind == "title":
            title = new or title
        elif kind == "summary":
            summary = new or summary
        elif kind == "label" and source is not None and (new or own):
            labels[source.name] = new or (front.labels[source.name] if front else "")
        elif kind == "ask":
            at = next((n for n, (block, _) in enumerate(asks) if own is not None and block is own), None)
            if source is None and at is not None:
                del asks[at]
            elif at is not None:
                asks[at] = (own, new or asks[at][1])
                place = at + 1
            elif new:
                asks.insert(place, (None, new))
                place += 1
    return title, summary, tuple(line for _, line in asks), labels


def _signed(
    lines: list[str], note: TranslationNote | None, signatures: Signatures, *, changed: bool, whole: bool
) -> list[str]:
    """The front matter with who translated and reviewed it. A review ends when a passage is taken, unless a reviewer is named."""
    wanted = _signatures(
        note.by if note else None, note.reviewed_by if note else None, signatures, changed=changed, whole=whole
    )
    if note is not None and (note.by, note.reviewed_by) == wanted:
        return lines
    others = {
        key: value
        for key, value in (note.model_dump(exclude_none=True) if note else {}).items()
        if key not in ("by", "reviewed_by")
    }
    values = {"by": scalar(wanted[0]), "reviewed_by": scalar(wanted[1]) if wanted[1] else "null"}
    values |= {
        key: value.isoformat() if isinstance(value, datetime.date) else scalar(str(value))
        for key, value in others.items()
    }
    return with_key(
        lines, "translation", [f"translation: {{{', '.join(f'{key}: {value}' for key, value in values.items())}}}"]
    )


def _signatures(
    by: str | None, reviewed_by: str | None, signatures: Signatures, *, changed: bool, whole: bool
) -> tuple[str, str | None]:
    """(translator, reviewer). A reviewer of some passages stands only for a text that had been reviewed before."""
    if signatures.reviewed_by and (whole or reviewed_by):
        reviewed_by = signatures.reviewed_by
    elif changed:
        reviewed_by = None
    return signatures.by or by or "Patokaz", reviewed_by


def _verify(
    content: str, item: Subject, built: Sequence[Built], front_words: FrontWords, key_of: Mapping[int, str]
) -> None:
    """Read the new text as the library will: every passage is where and what it should be."""
    front_type = FrontMatter if item.audience is None else PageFrontMatter
    text, problems = parse_text(content.replace("\r\n", "\n"), item.path, item.language, front_type)
    if text is None:
        raise _RefusedError(
            f"{item.path} could not be read: {problems[0].message}", "write other words, or edit the file by hand"
        )
    front = text.front
    if (front.title, front.summary, front.asks, front.labels) != front_words:
        raise _RefusedError(f"{item.path}: the front matter would be read as something else", "edit the file by hand")
    found = [block for block in text.blocks if block.kind not in ("title", "summary", "ask", "label")]
    for number, one in enumerate(built):
        wanted = (one.like.section, one.like.kind, one.like.container, one.like.row, one.words)
        block = found[number] if number < len(found) else None
        if block is None or (block.section, block.kind, block.container, block.row, block.words) != wanted:
            key = key_of.get(id(one.source), "")
            raise _RefusedError(
                f"{key or one.like.section}: the passage would be read as something else", "begin with other words", key
            )
    if len(found) > len(built):
        raise _RefusedError(
            f"{item.path} would have more passages than it should",
            "look for words that begin with `#`, `-` or a number",
        )


# The pathway


def _pathway(
    tree: Tree, item: Subject, listed: Sequence[Unit], taken: Taken, signatures: Signatures, *, whole: bool
) -> str:
    """``pathway.yml`` with new labels and their stamp."""
    assert item.pathway is not None
    raw = tree.read(item.pathway_places.path).decode()
    lines = raw.replace("\r\n", "\n").split("\n")
    for unit in listed:
        if unit.key in taken and taken[unit.key][0] != unit.target:
            written = with_wording(lines, unit.label, item.source.language, item.language, taken[unit.key][0])
            if written is None:
                raise _RefusedError(
                    f"{unit.key}: the label cannot be placed in {item.pathway_places.path}",
                    "edit the file by hand",
                    unit.key,
                )
            lines = written
    old = item.pathway.translations.get(item.language)
    complete = all(unit.key in taken or unit.state == "current" for unit in listed)
    behind = old.fingerprint if old else UNKNOWN
    changed = any(unit.key in taken for unit in listed)
    by, reviewed_by = _signatures(
        old.by if old else None, old.reviewed_by if old else None, signatures, changed=changed, whole=whole
    )
    stamp = LabelStamp(
        fingerprint=item.pathway.fingerprint(item.source.language) if complete else behind,
        by=by,
        reviewed_by=reviewed_by,
    )
    content = labels_stamped("\n".join(lines), {**item.pathway.translations, item.language: stamp})
    return content.replace("\n", "\r\n") if "\r\n" in raw else content
