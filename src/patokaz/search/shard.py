"""The scripts that a page loads for search.

``find.js`` of its language has the index and the panel's words; ``find-common.js``, for all languages, the rules for words and the names of concepts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from patokaz.search import packing
from patokaz.search.entries import KINDS, Concept, Entry
from patokaz.search.index import LEVELS, STEP, Index, names_of
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


def common_script(languages: Iterable[str], concepts: Sequence[Concept]) -> str:
    """The text of ``find-common.js``. ``concepts`` are those of every index that is used with it, in the same order."""
    names = names_of(concepts)
    known = table()
    own = {language: dict(known["languages"].get(language, {})) for language in sorted({*languages, *names})}
    for language, parts in own.items():
        parts["stop"] = " ".join(sorted(rules(language).stop))
    values = {
        "signs": packing.SIGNS,
        "rules": {**{key: value for key, value in known.items() if key != "languages"}, "languages": own},
        "names": {language: _names(phrases) for language, phrases in sorted(names.items())},
    }
    return _call("patokazFindCommon", values)


def script(index: Index, surroundings: Surroundings) -> str:
    """The text of ``find.js``. Equal arguments give equal text."""
    return _call("patokazFind", _values(index, surroundings))


def _call(function: str, values: Mapping[str, Any]) -> str:
    return f"{function}({json.dumps(values, ensure_ascii=False, separators=(',', ':'))})\n"


def _values(index: Index, surroundings: Surroundings) -> dict[str, Any]:
    """What ``finder.js`` takes: plain values, everything long as packed text."""
    phrases, documents = _Numbers(), _Numbers()
    roles, persons = _Numbers(surroundings.roles), _Numbers(surroundings.persons)
    statuses = _Numbers(surroundings.statuses)
    occurring = {entry.kind for entry in index.entries}
    kinds = _Numbers(kind for kind in KINDS if kind in occurring)
    places = {entry.href: number for number, entry in reversed(list(enumerate(index.entries)))}

    def line(entry: Entry) -> str:
        # A section is shown with its page's document.
        shows_revision = entry.top and entry.revision
        document = "|".join((entry.document, entry.revision, statuses.one(entry.status))) if shows_revision else ""
        values = [
            entry.href if entry.top else "#" + entry.href.partition("#")[2],
            kinds.one(entry.kind),
            "|".join(dict.fromkeys(code_key(code, index.language) for code in entry.codes)),
            documents.one(document),
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
    # A concept that no text names leads nowhere and has no name to show.
    means = [
        f"={places[concept.href]}" if concept.href in places else concept.forms[index.language][0] if named else ""
        for concept, named in zip(index.concepts, index.meanings, strict=True)
    ]
    return {
        "language": index.language,
        "words": dict(surroundings.words),
        "kinds": _called(kinds, surroundings.kinds),
        "roles": _called(roles, surroundings.roles),
        "persons": _called(persons, surroundings.persons),
        "statuses": _called(statuses, surroundings.statuses),
        "phrases": phrases.listed,
        "documents": documents.listed,
        "entries": "\n".join(lines),
        "shown": packing.exchanged(shown, pairs),
        "exchange": " ".join(f"{sign}={letter}" for sign, letter in zip(pairs[::2], pairs[1::2], strict=True)),
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
        "meanings": " ".join(map(packing.postings, index.meanings)),
        "means": means,
        "urgent": [places[href] for href in surroundings.urgent if href in places],
    }


def _called(numbers: _Numbers, names: Mapping[str, str]) -> list[dict[str, str]]:
    """Ids with their names, by number; an id without a name stands for itself."""
    return [{"id": name, "name": names.get(name, name)} for name in numbers.listed]


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
