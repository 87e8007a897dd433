"""What a passage must have in every language: where it refers and links to, its numbers, and what it stresses."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from patokaz.model.blocks import Block
from patokaz.model.texts import Link, Reference, Text

MONTHS = {
    "en": "January February March April May June July August September October November December",
    "mk": "јануари февруари март април мај јуни јули август септември октомври ноември декември",
    "sq": "janar shkurt mars prill maj qershor korrik gusht shtator tetor nëntor dhjetor",
}
"""The months in order, as they are written inside a sentence. Endings may follow; where a language has none here, months are not compared."""

_DATE = re.compile(r"(?<!\d)(?:(\d{1,2})[./](\d{1,2})[./](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2}))(?!\d)")
_YEARS = re.compile(r"(?<!\d)(1[89]|20)(\d\d)[-–/](\d\d)(?!\d)")
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:([., \u00a0\u202f])\d{3})(?:\1\d{3})*(?![.,]?\d)")
_DIGITS = re.compile(r"\d+")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(?:.+?)(?<=\S)\1")
_HOST = re.compile(r"https?://([^/?#]+)")


@dataclass(frozen=True)
class Content:
    """What a passage says beside its words.

    ``targets`` counts where it leads: ``term:victim``, an address's host, ``image``. ``numbers`` counts those outside references, ``inside`` those in
    the words of references by their target; ``wordless`` are the references whose words the engine writes. ``strong`` counts stressed places.
    """

    targets: Counter[str] = field(default_factory=Counter)
    numbers: Counter[str] = field(default_factory=Counter)
    inside: Mapping[str, Counter[str]] = field(default_factory=dict)
    wordless: frozenset[str] = frozenset()
    strong: int = 0


class Contents:
    """The content of every passage of a text."""

    def __init__(self, text: Text) -> None:
        self._language = text.language
        self._found: dict[int, list[Reference | Link]] = {}
        self._done: dict[int, Content] = {}
        lines: dict[int, list[tuple[int, int, Block]]] = {}
        for block in text.blocks:
            for span in block.spans:
                lines.setdefault(span.line, []).append((span.start, span.end, block))
        items: list[Reference | Link] = [*text.references, *text.links]
        for item in items:
            at = item.location.column - 1
            for start, end, block in lines.get(item.location.line, ()):
                if start <= at < end:
                    self._found.setdefault(id(block), []).append(item)

    def of(self, block: Block) -> Content:
        """The content of a passage of the text."""
        if id(block) not in self._done:
            self._done[id(block)] = self._content(block)
        return self._done[id(block)]

    def _content(self, block: Block) -> Content:
        words, targets, wordless = block.words, Counter[str](), set[str]()
        inside: dict[str, Counter[str]] = {}
        for item in self._found.get(id(block), ()):
            target = _target(item)
            targets[target] += 1
            address = f"{item.scheme}:{item.target}" if isinstance(item, Reference) else item.target
            own = " ".join(unicodedata.normalize("NFC", item.words).split())
            if own == address:
                # A bare address: its numbers are no words.
                words = words.replace(address, " ", 1)
                continue
            words = words.replace(f"[{own}]({address})", " ", 1)
            if not own:
                wordless.add(target)
            elif isinstance(item, Reference) and item.scheme == "doc":
                # The id of a document may stand in the words or be left to the engine.
                own = own.replace(item.target.partition("#")[0], " ")
            inside.setdefault(target, Counter()).update(numbers(own, self._language))
        strong = len(_STRONG.findall(block.words))
        return Content(targets, Counter(numbers(words, self._language)), inside, frozenset(wordless), strong)


def _target(item: Reference | Link) -> str:
    """Where it leads. Pictures and pages of other sites may differ by language, their number and the site may not."""
    if isinstance(item, Reference):
        return f"{item.scheme}:{item.target}"
    host = _HOST.match(item.target)
    return "image" if item.is_image else host[1] if host else item.target


def numbers(words: str, language: str) -> Iterator[str]:
    """The numbers of a text in ASCII digits, those of months as ``month 5``.

    ``1.000``, ``1,000`` and ``1 000`` are one number, as are the years of ``2018–19`` and ``2018–2019``; ``3.5`` and ``3,5`` are two, alike in every language.
    """
    if not _DIGITS.search(words):
        return
    words = _DIGITS.sub(lambda match: "".join(str(unicodedata.digit(sign)) for sign in match[0]), words)
    for match in _DATE.finditer(words):
        day, month, year = match.group(1, 2, 3) if match[1] else match.group(6, 5, 4)
        yield from (str(int(day)), f"month {int(month)}", year)
    words = _DATE.sub(" ", words)
    words = _YEARS.sub(r"\1\2 \1\3", words)
    pattern = _months(language)
    if pattern:
        for match in pattern.finditer(words):
            yield f"month {1 + MONTHS[language].split().index(match['before'] or match['after'])}"
    words = _THOUSANDS.sub(lambda match: "".join(_DIGITS.findall(match[0])), words)
    yield from _DIGITS.findall(words)


@functools.cache
def _months(language: str) -> re.Pattern[str] | None:
    """A month beside a number: ``3 May``, ``3. maj 2011``, ``May 2011``, ``maj të vitit 2011``, ``March to May 2011``."""
    if language not in MONTHS:
        return None
    names = "|".join(sorted(MONTHS[language].split(), key=len, reverse=True))
    return re.compile(
        rf"(?<=\d)\.?\s+(?P<before>{names})\w{{0,3}}\b|\b(?P<after>{names})\w{{0,3}}(?=(?:\s+[^\W\d]+){{0,3}}\s+\d)"
    )


def number_differences(source: Content, target: Content, languages: tuple[str, str]) -> tuple[list[str], list[str]]:
    """The numbers that the original has and the translation lacks, and the other way round, sorted.

    Not compared: numbers in the words of a reference that has no words in the other language; months, where the months of one of the
    ``languages`` are not known.
    """
    skipped = source.wordless | target.wordless
    ours, theirs = (_all_numbers(content, skipped) for content in (source, target))
    dated = all(language in MONTHS for language in languages)

    def listed(found: Counter[str]) -> list[str]:
        return sorted(number for number in found.elements() if dated or not number.startswith("month"))

    return listed(ours - theirs), listed(theirs - ours)


def _all_numbers(content: Content, skipped: frozenset[str]) -> Counter[str]:
    found = Counter(content.numbers)
    for target, inside in content.inside.items():
        if target not in skipped:
            found += inside
    return found
