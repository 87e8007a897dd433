"""The engine's own words per language, and how it writes dates, durations and legal references."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from patokaz.findings import SetupError
from patokaz.model.base import Duration, Model, read
from patokaz.model.glossary import Limit
from patokaz.model.languages import WORDS, spoken, spoken_in_leaflets
from patokaz.pages.sorting import Alphabet
from patokaz.parse.strict_yaml import parse_yaml


class Plural(Model):
    """A unit of time for one and for other numbers."""

    one: str
    other: str


class WordFile(Model):
    """The shape of ``resources/words/<lang>.yml``, and with fewer words of ``words/leaflets/<lang>.yml``.

    ``alphabet``: the letters in their order, with spaces between them.
    """

    direction: Literal["ltr", "rtl"]
    date: str
    months: tuple[str, ...]
    alphabet: str
    plural: Literal["one-is-1", "one-ends-in-1"]
    units: dict[str, Plural]
    bounds: dict[str, str]
    sections: dict[str, str]
    words: dict[str, str]


@dataclass(frozen=True)
class Wording:
    """The engine's words in one language. ``wording["who"]`` raises ``KeyError`` for a key it does not have."""

    language: str
    file: WordFile

    def __getitem__(self, key: str) -> str:
        return self.file.words[key]

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``."""
        return self.file.direction

    def section(self, key: str) -> str:
        """The title of a section of the site."""
        return self.file.sections[key]

    @functools.cached_property
    def alphabet(self) -> Alphabet:
        """The order of the language's letters."""
        return Alphabet(tuple(self.file.alphabet.split()))

    def date(self, day: datetime.date) -> str:
        """A day as people write it."""
        return self.file.date.format(
            day=day.day, number=f"{day.month:02d}", month=self.file.months[day.month - 1], year=day.year
        )

    def partial_date(self, text: str) -> str:
        """A year, month or day of a source."""
        parts = [int(part) for part in text.split("-")]
        if len(parts) == 3:
            return self.date(datetime.date(*parts))
        return text if len(parts) == 1 else f"{self.file.months[parts[1] - 1]} {parts[0]}"

    def duration(self, duration: Duration) -> str:
        """``30 days``; several units are joined by spaces."""
        words = []
        for unit in ("years", "months", "days", "hours", "minutes"):
            number = getattr(duration, unit)
            if number:
                words.append(self.count(unit, number))
        return " ".join(words)

    def count(self, unit: str, number: int) -> str:
        """``30 days``, ``1 page``."""
        plural = self.file.units[unit]
        return (plural.one if self._is_one(number) else plural.other).format(n=number)

    def minutes(self, number: int) -> str:
        """A length of minutes, from an hour on in hours: ``4 hours 30 minutes``."""
        return self.duration(Duration(hours=number // 60, minutes=number % 60))

    def _is_one(self, number: int) -> bool:
        # CLDR plural rules: Macedonian takes "one" for 1, 21, 31 … but not 11; Albanian and English for 1 only.
        if self.file.plural == "one-ends-in-1":
            return number % 10 == 1 and number % 100 != 11
        return number == 1

    def limit(self, limit: Limit) -> str:
        """``at least 30 days``."""
        return self.file.bounds[limit.bound].format(duration=self.duration(limit.duration))


@functools.cache
def wording(language: str) -> Wording:
    """The words of a language, or those of leaflets where it has no others.

    Raises :class:`SetupError` if the engine does not speak it.
    """
    name = f"leaflets/{language}.yml" if language in spoken_in_leaflets() else f"{language}.yml"
    if language not in spoken() | spoken_in_leaflets():
        raise SetupError(
            f"the engine has no words for language `{language}`: add src/patokaz/resources/words/{language}.yml; it speaks {', '.join(sorted(spoken()))}"
        )
    parsed = parse_yaml((WORDS / name).read_text(encoding="utf-8"), f"words/{name}")
    result = read(WordFile, parsed.value)
    if isinstance(result, tuple) or parsed.findings:
        raise SetupError(f"words/{name}: {parsed.findings or result}")
    return Wording(language, result)


def capital(words: str) -> str:
    """Words at the head of a page or line: the first letter large, the rest as it stands."""
    return words[:1].upper() + words[1:]


def best(words: Mapping[str, str], language: str, order: tuple[str, ...]) -> tuple[str, str]:
    """(words, their language): in ``language``, else in the first of ``order`` that has them."""
    for candidate in (language, *order, *words):
        if candidate in words:
            return words[candidate], candidate
    return "", language
