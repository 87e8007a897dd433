"""How Word numbers paragraphs: which are items of which list, at which level, and with which number."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from docx.oxml.ns import qn

Kind = Literal["ol", "ul"]


@dataclass(frozen=True)
class Item:
    """A paragraph of a list: ``level`` from 0; ``number`` as counted, 1 for bullets."""

    kind: Kind
    level: int
    number: int


@dataclass
class Numbering:
    """The lists of a Word file. Ask in the order of the text: numbers are counted."""

    formats: dict[str, dict[int, str]] = field(default_factory=dict)
    starts: dict[tuple[str, int], int] = field(default_factory=dict)
    counters: dict[tuple[str, int], int] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Any) -> Numbering:
        """From the numbering part's root element, or None."""
        found = cls()
        if root is None:
            return found
        abstract = {str(item.get(qn("w:abstractNumId"))): item for item in root.findall(qn("w:abstractNum"))}
        for instance in root.findall(qn("w:num")):
            number = str(instance.get(qn("w:numId")))
            definition = abstract.get(_value(instance, "w:abstractNumId"))
            levels: dict[int, str] = {}
            overrides = instance.findall(qn("w:lvlOverride"))
            inner = [level for override in overrides for level in override.findall(qn("w:lvl"))]
            for level in (*(definition.findall(qn("w:lvl")) if definition is not None else ()), *inner):
                index = _whole(level.get(qn("w:ilvl")))
                levels[index] = _value(level, "w:numFmt") or "decimal"
                found.starts[number, index] = _whole(_value(level, "w:start") or "1")
            for override in overrides:
                if _value(override, "w:startOverride"):
                    start = _whole(_value(override, "w:startOverride"))
                    found.starts[number, _whole(override.get(qn("w:ilvl")))] = start
            found.formats[number] = levels
        return found

    def item(self, number: str, level: int) -> Item | None:
        """The next paragraph of list ``number`` at ``level``; None where it has no mark."""
        levels = self.formats.get(number)
        if not levels or levels.get(level, "none") == "none":
            return None
        key = (number, level)
        self.counters[key] = self.counters.get(key, self.starts.get(key, 1) - 1) + 1
        for deeper in [other for other in self.counters if other[0] == number and other[1] > level]:
            del self.counters[deeper]
        bullet = levels[level] == "bullet"
        return Item("ul" if bullet else "ol", level, 1 if bullet else self.counters[key])


def _value(element: Any, tag: str) -> str:
    found = element.find(qn(tag))
    return "" if found is None else str(found.get(qn("w:val")) or "")


def _whole(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0


def numbered(properties: Any) -> tuple[str, int] | None:
    """(list, level) of a paragraph's or style's properties; list ``0`` takes a style's numbering away."""
    found = properties.find(qn("w:numPr")) if properties is not None else None
    if found is None:
        return None
    return _value(found, "w:numId") or "0", _whole(_value(found, "w:ilvl"))
