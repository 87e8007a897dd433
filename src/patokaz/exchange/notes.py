"""What a translator is told about a unit: where it stands, what must stay as it is, and what the term base says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from patokaz.exchange.inline import inside
from patokaz.exchange.units import Unit
from patokaz.model.glossary import Term
from patokaz.search.rules import rules

_KINDS = {
    "title": "title of the document",
    "summary": "summary of the document",
    "ask": "how an officer would ask for it; in the words that officers type, not a literal translation",
    "label": "label of a form",
    "heading": "heading",
    "paragraph": "paragraph",
    "item": "item of a list",
    "cell": "cell of a table",
    "node": "label in a chart, at most 90 characters",
    "phase": "title of a part of a chart",
}


@dataclass
class Notes:
    """Writes the notes for units of one pair of languages. ``terms`` is the term base."""

    terms: Mapping[str, Term]
    original: str
    language: str
    _forms: dict[str, list[tuple[tuple[str, ...], Term]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        own = rules(self.original)
        for term in self.terms.values():
            forms = term.forms.get(self.original)
            for form in (forms.preferred, *((forms.short,) if forms.short else ()), *forms.admitted) if forms else ():
                phrase = own.phrase(own.words(form))
                if phrase:
                    self._forms.setdefault(phrase[0], []).append((phrase, term))

    def of(self, listed: Sequence[Unit]) -> tuple[tuple[str, ...], ...]:
        """The notes of each unit, a line each."""
        heading = ""
        found: list[tuple[str, ...]] = []
        for unit in listed:
            if unit.kind == "heading":
                heading = unit.source
            found.append(tuple(self._lines(unit, heading)))
        return tuple(found)

    def _lines(self, unit: Unit, heading: str) -> Iterator[str]:
        yield f"What it is: {_KINDS.get(unit.kind, unit.kind)}"
        if heading and unit.kind in ("paragraph", "item", "cell"):
            yield f"Under: {heading}"
        seen = inside(unit.source)
        if seen.placeholders:
            yield "Keep: " + ", ".join(f"{name}{_times(count)}" for name, count in seen.placeholders.items())
        if seen.numbers:
            yield "Numbers: " + ", ".join(f"{name}{_times(count)}" for name, count in seen.numbers.items())
        for term in self.terms_in(unit.source):
            yield from self._term(term)

    def terms_in(self, source: str) -> tuple[Term, ...]:
        """The terms that a passage names by reference or by one of their forms, inflected too, in the order of the passage."""
        seen = inside(source)
        named = [name.removeprefix("term:") for name in seen.placeholders if name.startswith("term:")]
        found = {name: self.terms[name] for name in named if name in self.terms}
        bare = source
        for span in reversed(seen.spans):
            bare = bare[: span.start] + bare[span.inner_start : span.inner_end] + bare[span.end :]
        own = rules(self.original)
        stems = own.phrase(own.words(bare))
        for at, stem in enumerate(stems):
            for phrase, term in self._forms.get(stem, ()):
                if stems[at : at + len(phrase)] == phrase:
                    found.setdefault(term.id, term)
        return tuple(found.values())

    def _term(self, term: Term) -> Iterator[str]:
        forms = term.forms.get(self.language)
        if forms is None:
            yield f"Term {term.id}: the term base has no form in this language yet"
            return
        line = f"Term {term.id}: {forms.preferred}"
        if forms.short:
            line += f" ({forms.short})"
        if forms.review == "unreviewed":
            line += ", not reviewed"
        if forms.admitted:
            line += f"; admitted: {', '.join(forms.admitted)}"
        yield line
        for bad in forms.forbidden:
            why = bad.why.get(self.language) or bad.why.get(self.original) or next(iter(bad.why.values()))
            yield f"Term {term.id}: not “{bad.form}”: {why}"


def _times(count: int) -> str:
    return f" (×{count})" if count > 1 else ""
