"""A sheet of pocket cards: eight of A6 on A3, to cut. Each card is fitted to its room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from patokaz.findings import TooLongError
from patokaz.handbooks import marks
from patokaz.handbooks.composed import print_templates
from patokaz.handbooks.guides import cut_marks
from patokaz.handbooks.pdf import placed, print_pdf

_WIDTH, _HEIGHT = 105.0, 148.5
"""A6 in millimetres, as an eighth of A3."""

_MARGIN = 5.0
_ACROSS, _DOWN = 4, 2
_ROOM = _HEIGHT - 2 * _MARGIN

FOOT = -1
"""The place of a code beside the foot of its card."""


@dataclass(frozen=True)
class Card:
    """One card: what stands on it, each part where there is one."""

    title: str
    foot: tuple[str | Markup, ...]
    qr: marks.Code | None
    square: int | None = FOOT
    """Beside which step or group, counted from 0, the code begins; None for the address in words only."""
    watermark: str = ""
    note: str | Markup = ""
    steps: tuple[dict[str, Any], ...] = ()
    groups: tuple[dict[str, Any], ...] = ()
    calls: tuple[dict[str, Any], ...] = ()
    blanks: tuple[str, ...] = ()
    """Whose numbers are to be written in by hand."""
    more: str = ""

    @property
    def count(self) -> int:
        """How many signs it shows."""
        return sum(len(group["signs"]) for group in self.groups)

    def with_signs(self, count: int) -> Card:
        """The groups with their first signs, ``count`` in all, dealt out in rounds."""
        lengths = [len(group["signs"]) for group in self.groups]
        rounds = sorted((place, order) for order, length in enumerate(lengths) for place in range(length))
        shown = Counter(order for _, order in rounds[:count])
        groups = [{**group, "signs": group["signs"][: shown[order]]} for order, group in enumerate(self.groups)]
        # A group's name alone is no sign.
        return replace(self, groups=tuple(group for group in groups if group["signs"]))

    @property
    def places(self) -> tuple[int, ...]:
        """Where its code can stand, the best place first."""
        return (FOOT, *range(max(len(self.steps), len(self.groups)))) if self.qr else ()


@dataclass(frozen=True)
class CardSheet:
    """The cards composed for print in one language; ``standing`` is what every template is given."""

    language: str
    standing: Mapping[str, object]
    cards: tuple[Card, ...]

    @property
    def html(self) -> str:
        """All that can stand on them; nothing else decides what they look like."""
        return self._html(self.cards)

    @property
    def path(self) -> str:
        """``cards/cards-mk.pdf``, from the site's root."""
        return f"cards/cards-{self.language}.pdf"

    def print(self) -> bytes:
        """The PDF. Raises :class:`TooLongError` when a card does not fit: which one, and by how much."""
        cards = [self._coded(self._fitting(card) if card.groups else card) for card in self.cards]
        excess = self._excess(cards)
        long = [f"“{card.title}” by {over:.1f} mm" for card, over in zip(cards, excess, strict=True) if over > 0]
        if long:
            raise TooLongError(
                f"cards in `{self.language}` are too long for A6 at 9 pt: {', '.join(long)}. Shorten titles or the track."
            )
        return print_pdf(self._html([*cards, *cards]))

    def _fitting(self, card: Card) -> Card:
        """The card with the most signs that fit, found by halving: it grows with each."""
        most, too_many = 0, card.count + 1
        while too_many - most > 1:
            middle = (most + too_many) // 2
            fits = self._excess([replace(card.with_signs(middle), square=None)])[0] <= 0
            most, too_many = (middle, too_many) if fits else (most, middle)
        return card.with_signs(most)

    def _coded(self, card: Card) -> Card:
        """The card with its code where that pushes nothing out: words come first.

        Beside a long foot there is no room for it, but beside lines of the card that are short it takes none.
        """
        for place in card.places:
            coded = replace(card, square=place)
            if self._excess([coded])[0] <= 0:
                return coded
        return replace(card, square=None)

    def _excess(self, cards: Sequence[Card]) -> list[float]:
        """By how many millimetres each card is too long; negative where room is left."""
        return [box.height - _ROOM for box in placed(self._html(cards)) if box.id.startswith("card-")]

    def _html(self, cards: Sequence[Card]) -> str:
        laid = [(index % _ACROSS * _WIDTH, index // _ACROSS * _HEIGHT, card) for index, card in enumerate(cards)]
        return (
            print_templates()
            .get_template("cards.html.j2")
            .render(
                **self.standing,
                title=" · ".join(card.title for card in cards[:_ACROSS]),
                cuts=cut_marks(_ACROSS, _DOWN, _WIDTH, _HEIGHT),
                laid=laid,
                foot=FOOT,
            )
        )
