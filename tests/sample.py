"""The sample library as values, and cases laid over it. Used by every test that needs a library.

A case changes files by path::

    docs/en/page.md: the whole content
    docs/en/page.md: {replace: [old, new]}              # old occurs exactly once; or a list of such pairs
    docs/en/page.md: {append: a line}
    docs/en/page.md: {bytes_hex: efbbbf}
    docs/en/page.md: {repeat: [text, 5000]}             # the whole content
    docs/en/page.md: {append_repeat: [text, 5000]}
    docs/en/page.md: {delete: true}
    docs/en/page.md: {symlink: ../other}                # relative to the link's folder
    docs/en/page.md: {folder: true}                     # an empty folder of that name
    delivered/x.mk.po: an exchange file               # imported, without anything being written
    delivered/SOP-01.en.docx: {word: nothing}         # the same for a Word file, with an edit of word_edits.EDITS
    sops/family/SOP-01-x: {seal: {revision: "1.0"}}     # its files as they are now, sealed; more keys as in seal.json
"""

from __future__ import annotations

import datetime
import functools
import hashlib
import json
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from patokaz.checking import checked, edition_on
from patokaz.exchange import Signatures, receive
from patokaz.findings import Finding, FindingsError, errors_in
from patokaz.load import DiskTree, MemoryTree, Tree, load
from patokaz.word import import_word
from patokaz.word.origin import origin

DELIVERED = "delivered/"
TESTS = Path(__file__).parent
SAMPLE = TESTS / "sample_kb"
TODAY = datetime.date(2026, 11, 23)

SOP = "sops/reception/SOP-01-first-help"
PUBLIC_SOP = "sops/information/SOP-02-ask-for-help"
LAW = "docs/law/example-act"
FORM = "docs/forms/FORM-01-help-request"


@dataclass
class Sources:
    """Files by path, symbolic links by path, and empty folders: what a library on disk can consist of."""

    files: dict[str, bytes] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    folders: list[str] = field(default_factory=list)

    def write(self, root: Path) -> Path:
        """Write everything under ``root``."""
        for path, content in self.files.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        for path in self.folders:
            (root / path).mkdir(parents=True)
        for path, goal in self.links.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.symlink_to(goal)
        return root


@functools.cache
def _read_sample() -> dict[str, bytes]:
    kept = ("mkdocs.yml", "docs/", "glossary/", "sops/")
    paths = {path.relative_to(SAMPLE).as_posix(): path for path in sorted(SAMPLE.rglob("*")) if path.is_file()}
    return {name: path.read_bytes() for name, path in paths.items() if name.startswith(kept)}


def sample_files() -> dict[str, bytes]:
    """The sources of the sample library: path → bytes. A fresh dictionary each time."""
    return dict(_read_sample())


def overlay(case: Mapping[str, Any] | None, base: Mapping[str, bytes] | None = None) -> Sources:
    """The sample library (or ``base``) with the changes of a case."""
    sources = Sources(dict(sample_files() if base is None else base))
    for path, change in (case or {}).items():
        _apply(sources, path, change)
    return sources


def _apply(sources: Sources, path: str, change: Any) -> None:
    files = sources.files
    if isinstance(change, str):
        files[path] = change.encode()
        return
    assert isinstance(change, dict), f"{path}: a change is text or a mapping"
    for kind, value in change.items():
        match kind:
            case "replace":
                for old, new in value if isinstance(value[0], list) else [value]:
                    text = files[path].decode()
                    assert text.count(old) == 1, f"{path}: {old!r} occurs {text.count(old)} times"
                    files[path] = text.replace(old, new).encode()
            case "append":
                files[path] += value.encode() + b"\n"
            case "bytes_hex":
                files[path] = bytes.fromhex(value)
            case "repeat":
                files[path] = (value[0] * value[1]).encode()
            case "append_repeat":
                files[path] += (value[0] * value[1]).encode() + b"\n"
            case "delete":
                # What a text follows goes with it.
                gone = (path, f"{path.removesuffix('.md')}.follows.yml")
                for name in [name for name in files if name in gone or name.startswith(f"{path}/")]:
                    del files[name]
            case "symlink":
                files.pop(path, None)
                sources.links[path] = value
            case "word":
                from word_edits import edited

                files[path] = edited(*Path(path).stem.split("."), value)
            case "folder":
                files.pop(path, None)
                sources.folders.append(path)
            case "seal":
                _seal(files, path, value)
            case _:
                raise AssertionError(f"{path}: unknown change {kind!r}")


def _seal(files: dict[str, bytes], folder: str, value: Mapping[str, Any]) -> None:
    names = [path for path in files if path.rpartition("/")[0] == folder]
    record = yaml.safe_load(files[f"{folder}/record.yml"])
    steps = [step for measure in record.get("measures", ()) for step in (measure, *measure["steps"])]
    seal = {
        "id": record["id"],
        "sealed": "2026-11-02",
        "status": "in-force" if value.get("adopted") else "draft",
        "adopted": False,
        "effective": None,
        "languages": sorted(path[-5:-3] for path in names if path.endswith(".md")),
        "anchors": [step["id"] for step in steps],
        "files": {path.rpartition("/")[2]: hashlib.sha256(files[path]).hexdigest() for path in names},
        **value,
    }
    for path in names:
        files[f"{folder}/revisions/{value['revision']}/{path.rpartition('/')[2]}"] = files[path]
    files[f"{folder}/revisions/{value['revision']}/seal.json"] = json.dumps(seal, default=str).encode()


def check_files(sources: Sources | Mapping[str, bytes], today: datetime.date = TODAY) -> tuple[Finding, ...]:
    """Load and check; from memory, or from disk where the sources hold links or empty folders."""
    files = sources.files if isinstance(sources, Sources) else sources
    if not isinstance(sources, Sources) or (not sources.links and not sources.folders):
        delivered = {path: data for path, data in files.items() if path.startswith(DELIVERED)}
        tree = MemoryTree({path: data for path, data in files.items() if path not in delivered})
        return (*_check_tree(tree, today), *_received(tree, delivered))
    with tempfile.TemporaryDirectory() as folder:
        return _check_tree(DiskTree(sources.write(Path(folder))), today)


def _received(tree: Tree, delivered: Mapping[str, bytes]) -> Iterator[Finding]:
    """What is wrong with exchange files; the language stands in the name, ``delivered/x.mk.po``."""
    library = load(tree).library if delivered else None
    for path, data in delivered.items():
        if library is not None and path.endswith(".docx"):
            name, language, _ = Path(path).name.split(".")
            try:
                yield from import_word(data, path, origin(library, name, language, tree.read)).findings
            except FindingsError as error:
                yield from error.findings
        elif library is not None:
            yield from receive(library, tree, {path: data}, path.split(".")[-2], Signatures()).findings


def _check_tree(tree: Tree, today: datetime.date) -> tuple[Finding, ...]:
    library, findings = checked(tree, today)
    if library is not None and not errors_in(findings):
        findings += edition_on(library, findings, tree, today)[1]
    return findings


def read_case(path: Path) -> dict[str, Any]:
    """A case file as plain values."""
    value = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert isinstance(value, dict), path
    return value


def write_expect(path: Path, lines: list[str]) -> bool:
    """Replace the key ``expect`` (the last of the file) by ``lines``; whether the file changed."""
    before = path.read_text(encoding="utf-8")
    kept = before.partition("\nexpect:")[0].rstrip("\n")
    block = "".join(f"  {line}\n" if line else "\n" for text in lines for line in text.split("\n"))
    after = f"{kept}\nexpect: |\n{block}" if lines else f'{kept}\nexpect: ""\n'
    path.write_text(after, encoding="utf-8")
    return before != after
