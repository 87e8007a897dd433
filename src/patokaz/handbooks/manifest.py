"""What an edition's handbooks consist of: the file that each build writes beside them, from which a later edition knows what changed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from patokaz.findings import KbError
from patokaz.handbooks.link import Bound

FILE = "handbooks/chapters.json"
"""The manifest's place in a site."""

_FORMAT = 1
_TYPES = {"int": int, "str": str}


@dataclass(frozen=True)
class Entry:
    """A part as it stands in a printed handbook.

    ``says`` is a fingerprint of what it says, images included and the edition left out; ``numbers`` one of the page numbers in it.
    ``first`` is its first page in the handbook, from 1.
    """

    name: str
    kind: str
    title: str
    document: str
    revision: str
    first: int
    pages: int
    says: str
    numbers: str

    @property
    def last(self) -> int:
        """Its last page."""
        return self.first + self.pages - 1


@dataclass(frozen=True)
class Manifest:
    """The parts of every handbook of an edition: by handbook, then by language, in printed order."""

    edition: str
    handbooks: Mapping[str, Mapping[str, tuple[Entry, ...]]]

    def json(self) -> str:
        """As text, the same for equal manifests."""
        handbooks = {
            name: {language: [asdict(entry) for entry in entries] for language, entries in sorted(by.items())}
            for name, by in sorted(self.handbooks.items())
        }
        content = {"format": _FORMAT, "edition": self.edition, "handbooks": handbooks}
        return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def entries_of(bound: Iterable[Bound], says: Mapping[str, str]) -> tuple[Entry, ...]:
    """The entries of a linked handbook; ``says`` gives the fingerprint of each part by name."""
    return tuple(
        Entry(
            item.part.name,
            item.part.kind,
            item.part.title,
            item.part.document,
            item.part.revision,
            item.first,
            item.pages,
            says[item.part.name],
            item.numbers,
        )
        for item in bound
    )


def read_manifest(file: Path) -> Manifest:
    """Read a manifest. Raises :class:`KbError` naming the file when it is not one."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        if content["format"] != _FORMAT:
            raise KbError(f"{file}: written by another version of patokaz (format {content['format']!r})")
        handbooks = {
            str(name): {str(language): tuple(_entry(item) for item in items) for language, items in by.items()}
            for name, by in content["handbooks"].items()
        }
        return Manifest(str(content["edition"]), handbooks)
    except OSError as error:
        raise KbError(f"{file}: cannot be read ({error.strerror})") from error
    except json.JSONDecodeError as error:
        raise KbError(f"{file}:{error.lineno}:{error.colno}: not JSON: {error.msg}") from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise KbError(f"{file}: not a chapters.json that patokaz build wrote") from error


def _entry(item: dict[str, Any]) -> Entry:
    if {name: type(value) for name, value in item.items()} != {
        field.name: _TYPES[str(field.type)] for field in fields(Entry)
    }:
        raise ValueError(item)
    return Entry(**item)
