"""Pocket cards: first contact, signs, whom to call and the track of children, each twice on one sheet of A3, to cut to A6.

Every word comes from the library: steps, indicators, contacts and pathways of the documents that the set is made of.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Any

from markupsafe import Markup, escape

from patokaz.findings import KbError
from patokaz.handbooks import marks
from patokaz.handbooks.composed import Composed, print_templates, standing
from patokaz.handbooks.guides import cut_marks
from patokaz.handbooks.main_way import main_way
from patokaz.handbooks.pdf import placed
from patokaz.model.glossary import Indicator, IndicatorGroup
from patokaz.model.library import Document
from patokaz.model.records import SopRecord
from patokaz.pages import Compiled
from patokaz.pages.notices import document_notices, label_notices
from patokaz.pages.registers import REGISTERS
from patokaz.pages.view import View
from patokaz.pages.wording import capital
from patokaz.pathways.resolve import Resolved

_WIDTH, _HEIGHT = 105.0, 148.5
"""A6 in millimetres, as an eighth of A3."""

_MARGIN = 5.0
_ACROSS, _DOWN = 4, 2
_ROOM = _HEIGHT - 2 * _MARGIN


@dataclass(frozen=True)
class CardSet:
    """The documents of a set: the SOP of the first contact and the pathway of children."""

    first_contact: Document
    child_track: Document


@dataclass(frozen=True)
class _Card:
    title: str
    foot: tuple[str | Markup, ...]
    qr: marks.Code | None
    watermark: str = ""
    note: str | Markup = ""
    steps: tuple[dict[str, Any], ...] = ()
    groups: tuple[dict[str, Any], ...] = ()
    calls: tuple[dict[str, Any], ...] = ()
    more: str = ""

    def without_code(self) -> _Card:
        """The card with the address in words only."""
        if self.qr is None:
            return self
        address = Markup('<a href="{}">{}</a>').format(self.qr.address, self.qr.words)
        return replace(self, qr=None, foot=(*self.foot, address))


@dataclass
class _Maker:
    compiled: Compiled
    view: View
    chosen: CardSet
    until: str = field(init=False)

    def __post_init__(self) -> None:
        # The cards are one set: all count as long as the first that is due.
        names = (self.chosen.first_contact.id, self.chosen.child_track.id, *self.forms)
        self.until = marks.until((self.view.documents[name] for name in names), self.view)

    def foot(self, document: Document | None) -> tuple[str | Markup, ...]:
        """What a card says of itself."""
        settings, view = self.compiled.library.settings, self.view
        edition = f"{view.plain(settings.names)} {settings.edition.id}, {view.words.date(settings.edition.date)}"
        if document is None:
            return (f"{view.words.section('institutions')} · {edition}", self.until)
        text, here = document.text_for(view.language, view.order), view.path_of(document.id)
        notices = document_notices(document, text, view, here)
        if document.pathway is not None:
            notices = [*notices, *label_notices(document, view, here)]
        line = " · ".join((*marks.designation(document, view.words), edition))
        words = " ".join(dict.fromkeys(notice.words for notice in notices))
        return tuple(item for item in (line, words, self.until) if item)

    def standing(self, document: Document, path: str) -> dict[str, Any]:
        """Title, foot, code and word behind the text of a document's card."""
        page = self.compiled.pages[self.view.language, path]
        return {
            "title": page.title,
            "foot": self.foot(document),
            "qr": marks.code(page, self.compiled, self.view),
            "watermark": marks.watermark(marks.mark(page, self.view), self.view),
        }

    def first_contact(self) -> _Card:
        """Steps with who acts and by when; who acts in most of them stands once on top."""
        view, document = self.view, self.chosen.first_contact
        steps = view.steps_by_document[document.id]
        usual = Counter(rooted.step.responsible for rooted in steps).most_common(1)[0][0]
        lines = tuple(
            {
                "number": rooted.number,
                "words": view.heading(document, rooted.anchor),
                "who": "" if rooted.step.responsible == usual else self._names(rooted.step.responsible),
                "limit": self._limit(rooted.step.limit),
            }
            for rooted in steps
        )
        note = Markup("<strong>{}:</strong> {}").format(view.words["who"], self._names(usual))
        return _Card(**self.standing(document, view.path_of(document.id)), note=note, steps=lines)

    def signs(self, count: int) -> _Card:
        """The groups of indicators with their first ones, ``count`` in all, dealt out in rounds."""
        view = self.view
        rounds = sorted(
            (place, order) for order, group in enumerate(self.groups) for place in range(len(group.indicators))
        )
        shown = Counter(order for _, order in rounds[:count])
        groups = tuple(
            {"name": view.say(group.name), "signs": [self._sign(item) for item in group.indicators[: shown[order]]]}
            for order, group in enumerate(self.groups)
        )
        page = self.compiled.pages[view.language, REGISTERS["indicators"]]
        form = next(iter(self.forms), None)
        document = view.documents[form] if form else self.chosen.first_contact
        return replace(
            _Card(**self.standing(document, view.path_of(document.id))),
            title=view.words.section("indicators"),
            note=view.words["indicators_note"],
            groups=groups,
            more=f"{view.words['more']}: {', '.join(self.forms)}" if self.forms else "",
            qr=marks.code(page, self.compiled, view),
        )

    @property
    def groups(self) -> tuple[IndicatorGroup, ...]:
        """The groups of indicators."""
        return tuple(self.view.indicator_groups.values())

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms of the first contact, where the signs are noted down."""
        steps = self.view.steps_by_document[self.chosen.first_contact.id]
        named = dict.fromkeys(name for rooted in steps for name in rooted.step.forms)
        return tuple(name for name in named if name in self.view.documents)

    def calls(self) -> _Card:
        """The contacts that have a number, with the day it was checked and the source that printed it."""
        view = self.view
        lines = tuple(
            {
                "body": view.say(body.name),
                "what": view.say(contact.what),
                "phones": ", ".join(contact.phone),
                "hours": view.say(contact.hours),
                "checked": view.words.date(contact.checked),
                "source": f"{contact.source}, {view.library.sources[contact.source].title}",
            }
            for body, contact in view.contacts.values()
            if contact.phone
        )
        page = self.compiled.pages[view.language, REGISTERS["institutions"]]
        return _Card(view.words["whom_to_call"], self.foot(None), marks.code(page, self.compiled, view), calls=lines)

    def child_track(self) -> _Card:
        """The main way through the pathway; who acts in most of it stands once on top."""
        view, document = self.view, self.chosen.child_track
        nodes = main_way(view.pathways[document.id])
        usual = Counter(node.actor for node in nodes).most_common(1)[0][0]
        lines = tuple(
            {
                "number": node.number,
                "words": view.node_label(node) + self._aside(node),
                "who": "" if node.actor == usual else self._names((node.actor,)),
                "limit": self._limit(node.limit),
            }
            for node in nodes
        )
        note = Markup("<strong>{}:</strong> {}").format(view.words["who"], self._names((usual,)))
        more = f"{view.words['more']}: {document.id}"
        return _Card(**self.standing(document, view.pathway_path(document.id)), note=note, steps=lines, more=more)

    def _aside(self, node: Resolved) -> Markup:
        """Where a question leads beside the main way: its other answers and what is done then."""
        view = self.view
        onward: dict[str, list[str]] = {}
        nodes = {other.id: other for other in view.pathways[self.chosen.child_track.id]}
        for answer in node.node.answers:
            if not answer.main:
                onward.setdefault(answer.to, []).append(view.answer_word(answer.answer))
        # A number without a label would send its reader to a page that is not in the pocket.
        return Markup("").join(
            Markup(" <em>{}</em>: {}.").format(capital(" / ".join(answers)), view.node_label(nodes[target]))
            for target, answers in onward.items()
        )

    def _names(self, roles: tuple[str, ...]) -> str:
        view = self.view
        return capital(", ".join(view.plain(view.roles[name].name) for name in roles if name in view.roles))

    def _limit(self, name: str | None) -> Markup | str:
        if not name:
            return ""
        limit = self.view.limits.get(name)
        return escape(self.view.limit_words(name)) + self._unverified(is_so=limit is not None and limit.unverified)

    def _unverified(self, *, is_so: bool) -> Markup:
        return Markup(' <span class="pk-mark">{}</span>').format(self.view.words["unverified"]) if is_so else Markup("")

    def _sign(self, item: Indicator) -> Markup:
        return self.view.say(item.text) + self._unverified(is_so=item.unverified)


def card_set(compiled: Compiled, first_contact: str | None, child_track: str | None) -> CardSet:
    """The documents of the set: those named, else the SOP of the home page's first urgent task and the only pathway for children alone.

    Raises :class:`KbError` where the library does not decide it.
    """
    view, home = View(compiled.library, compiled.audience, compiled.languages[0]), compiled.library.home
    if first_contact is None and home is not None:
        first_contact = home.urgent[0].target.partition("#")[0]
    if child_track is None:
        own = [name for name in view.pathways if set(getattr(view.documents[name].record, "persons", ())) == {"child"}]
        child_track = own[0] if len(own) == 1 else None
    sop = view.documents.get(first_contact or "")
    if sop is None or not isinstance(sop.record, SopRecord):
        raise KbError(
            "no procedure for the card of the first contact in this edition: name one with --first-contact ID"
        )
    if child_track is None or child_track not in view.pathways:
        raise KbError("no pathway for the card of the child track in this edition: name one with --child-track ID")
    return CardSet(sop, view.documents[child_track])


def compose_cards(chosen: CardSet, compiled: Compiled, language: str) -> Composed:
    """The sheet in one language. Raises :class:`KbError` when a card does not fit: which one, and by how much."""
    view = View(compiled.library, compiled.audience, language)
    maker = _Maker(compiled, view, chosen)
    # Most signs that fit, by halving: a card grows with each.
    most, too_many = 0, sum(len(group.indicators) for group in maker.groups) + 1
    while maker.groups and too_many - most > 1:
        middle = (most + too_many) // 2
        fits = _excess(_html([maker.signs(middle).without_code()], view))[0] <= 0
        most, too_many = (middle, too_many) if fits else (most, middle)
    # An edition for the public may have no indicators, and a library no number.
    cards = [maker.first_contact(), *([maker.signs(most)] if maker.groups else [])]
    cards += [*([maker.calls()] if any(c.phone for _, c in view.contacts.values()) else []), maker.child_track()]
    excess = _excess(_html(cards, view))
    if any(over > 0 for over in excess):
        # Where words and code do not both fit, words come first.
        cards = [card.without_code() if over > 0 else card for card, over in zip(cards, excess, strict=True)]
        excess = _excess(_html(cards, view))
    long = [f"“{card.title}” by {over:.1f} mm" for card, over in zip(cards, excess, strict=True) if over > 0]
    if long:
        raise KbError(
            f"cards in `{language}` are too long for A6 at 9 pt: {', '.join(long)}. Shorten titles or the track."
        )
    return Composed("cards", "cards", language, _html([*cards, *cards], view), {})


def _excess(html: str) -> list[float]:
    """By how many millimetres each card is too long; negative where room is left."""
    return [box.height - _ROOM for box in placed(html) if box.id.startswith("card-")]


def _html(cards: list[_Card], view: View) -> str:
    laid = [(index % _ACROSS * _WIDTH, index // _ACROSS * _HEIGHT, card) for index, card in enumerate(cards)]
    return (
        print_templates()
        .get_template("cards.html.j2")
        .render(
            **standing(view),
            title=" · ".join(card.title for card in cards[:_ACROSS]),
            cuts=cut_marks(_ACROSS, _DOWN, _WIDTH, _HEIGHT),
            laid=laid,
        )
    )
