"""The script ``find.js`` of a language: its index, its rules and the words of the search panel."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from patokaz.search import packing
from patokaz.search.entries import KINDS, Entry
from patokaz.search.index import LEVELS, STEP, Index
from patokaz.search.rules import rules, table

_PART = re.compile(r"[0-9]+|[^\W\d_]+")


@dataclass(frozen=True)
class Surroundings:
    """What the panel shows beside entries, in the index's language: by id the names of roles, persons, statuses and kinds.

    ``urgent`` are the addresses of entries to show when nothing is found.
    """

    words: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    persons: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    urgent: tuple[str, ...] = ()


def code_key(code: str, language: str) -> str:
    """How a direct name is looked up: ``SOP-02`` → ``sop 2``, ``член 418-а`` → ``418 a``."""
    parts = _PART.findall(rules(language).fold(code))
    before = set(table()["before_numbers"].split())
    return " ".join(part.lstrip("0") or "0" if part.isdigit() else part for part in parts if part not in before)


def script(index: Index, surroundings: Surroundings) -> str:
    """The text of ``find.js``. Equal arguments give equal text."""
    values = shard(index, surroundings)
    return f"patokazFind({json.dumps(values, ensure_ascii=False, separators=(',', ':'))})\n"


def shard(index: Index, surroundings: Surroundings) -> dict[str, Any]:
    """What ``finder.js`` takes: plain values, everything long as packed text."""
    phrases, documents = _Numbers(), _Numbers()
    roles, persons = _Numbers(surroundings.roles), _Numbers(surroundings.persons)
    statuses = _Numbers(surroundings.statuses)
    places = {entry.href: number for number, entry in reversed(list(enumerate(index.entries)))}

    def line(entry: Entry) -> str:
        # A section is shown with its page's document.
        document = "|".join((entry.document, entry.revision, statuses.one(entry.status))) if entry.top else ""
        values = [
            entry.href if entry.top else "#" + entry.href.partition("#")[2],
            packing.number(KINDS.index(entry.kind)),
            "|".join(dict.fromkeys(code_key(code, index.language) for code in entry.codes)),
            documents.one(document.strip("|")),
            roles.many(entry.who),
            roles.many(sorted(entry.roles)),
            persons.many(entry.persons),
            phrases.one(entry.when),
            phrases.one(entry.form),
            phrases.one("|".join(entry.source)),
        ]
        return "\t".join(values).rstrip("\t")

    lines = [line(entry) for entry in index.entries]
    shown = "\n".join("\t".join(" ".join(text.split()) for text in (e.title, e.datum)).rstrip() for e in index.entries)
    pairs = packing.exchange(shown)
    means = [
        f"={places[concept.href]}" if concept.href in places else concept.forms[index.language][0]
        for concept in index.concepts
    ]
    return {
        "language": index.language,
        "rules": _rules(index),
        "words": dict(surroundings.words),
        "kinds": [[kind, surroundings.kinds.get(kind, kind)] for kind in KINDS],
        "roles": _called(roles, surroundings.roles),
        "persons": _called(persons, surroundings.persons),
        "statuses": _called(statuses, surroundings.statuses),
        "phrases": phrases.listed,
        "documents": documents.listed,
        "entries": "\n".join(lines),
        "shown": packing.exchanged(shown, pairs),
        "exchange": pairs,
        "lengths": "".join(map(packing.number, index.title_lengths)),
        "levels": [LEVELS, STEP],
        "vocabularies": [
            {
                "language": vocabulary.language,
                "words": packing.words(vocabulary.words),
                "stems": packing.stems(zip(vocabulary.words, vocabulary.stems, strict=True)),
                "postings": " ".join(map(packing.postings, vocabulary.postings)),
            }
            for vocabulary in index.vocabularies
        ],
        "names": {language: _names(names) for language, names in sorted(index.names.items())},
        "meanings": " ".join(map(packing.postings, index.meanings)),
        "means": means,
        "urgent": [places[href] for href in surroundings.urgent if href in places],
    }


def _called(numbers: _Numbers, names: Mapping[str, str]) -> list[list[str]]:
    """Ids with their names, by number; an id without a name stands for itself."""
    return [[name, names.get(name, name)] for name in numbers.listed]


def _rules(index: Index) -> dict[str, Any]:
    """The part of the table that queries to this index need: stop words only of its own language."""
    common = table()
    languages = sorted({index.language, *index.names, *(vocabulary.language for vocabulary in index.vocabularies)})
    own = {language: dict(common["languages"].get(language, {})) for language in languages}
    for language, parts in own.items():
        parts["stop"] = " ".join(sorted(rules(language).stop)) if language == index.language else ""
    return {**{key: value for key, value in common.items() if key != "languages"}, "languages": own}


def _names(names: Mapping[str, tuple[int, ...]]) -> list[str]:
    phrases = sorted(names, key=lambda phrase: phrase.replace(" ", "_"))
    return [
        packing.words([phrase.replace(" ", "_") for phrase in phrases]),
        " ".join(packing.numbers(sorted(names[phrase])) for phrase in phrases),
    ]


class _Numbers:
    """Texts by number, in the order in which they came."""

    def __init__(self, known: Iterable[str] = ()) -> None:
        self._numbers = {text: number for number, text in enumerate(known)}

    @property
    def listed(self) -> list[str]:
        return list(self._numbers)

    def one(self, text: str) -> str:
        """The number of a text, packed; nothing for an empty one."""
        return packing.number(self._numbers.setdefault(text, len(self._numbers))) if text else ""

    def many(self, texts: Iterable[str]) -> str:
        """The numbers of several texts, one after the other."""
        return "".join(map(self.one, texts))
