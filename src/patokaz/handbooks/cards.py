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
from patokaz.handbooks.card_sheet import Card, CardSheet
from patokaz.handbooks.composed import standing
from patokaz.handbooks.main_way import main_way
from patokaz.model.glossary import Indicator
from patokaz.model.library import Document
from patokaz.model.records import SopRecord
from patokaz.pages import Compiled
from patokaz.pages.notices import document_notices, label_notices
from patokaz.pages.registers import REGISTERS
from patokaz.pages.view import View
from patokaz.pages.wording import capital
from patokaz.pathways.resolve import Resolved


@dataclass(frozen=True)
class CardSet:
    """The documents of a set: the SOP of the first contact and the pathway of children."""

    first_contact: Document
    child_track: Document


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

    def first_contact(self) -> Card:
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
        return Card(**self.standing(document, view.path_of(document.id)), note=note, steps=lines)

    def signs(self) -> Card:
        """The groups of indicators with all of theirs."""
        view = self.view
        groups = tuple(
            {"name": view.say(group.name), "signs": [self._sign(item) for item in group.indicators]}
            for group in view.indicator_groups.values()
        )
        page = self.compiled.pages[view.language, REGISTERS["indicators"]]
        form = next(iter(self.forms), None)
        document = view.documents[form] if form else self.chosen.first_contact
        return replace(
            Card(**self.standing(document, view.path_of(document.id))),
            title=view.words.section("indicators"),
            note=view.words["indicators_note"],
            groups=groups,
            more=f"{view.words['more']}: {', '.join(self.forms)}" if self.forms else "",
            qr=marks.code(page, self.compiled, view),
        )

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms of the first contact, where the signs are noted down."""
        steps = self.view.steps_by_document[self.chosen.first_contact.id]
        named = dict.fromkeys(name for rooted in steps for name in rooted.step.forms)
        return tuple(name for name in named if name in self.view.documents)

    def calls(self) -> Card:
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
        code = marks.code(page, self.compiled, view)
        return Card(view.words["whom_to_call"], self.foot(None), code, calls=lines, blanks=self._others())

    def _others(self) -> tuple[str, ...]:
        """Who acts in the first contact and for children beside whoever carries the card: their numbers are local ones."""
        steps = Counter(
            name
            for rooted in self.view.steps_by_document[self.chosen.first_contact.id]
            for name in rooted.step.responsible
        )
        acting = [*steps, *(node.actor for node in self.view.pathways[self.chosen.child_track.id])]
        own = steps.most_common(1)[0][0]
        return tuple(self._names((name,)) for name in dict.fromkeys(acting) if name != own and name in self.view.roles)

    def child_track(self) -> Card:
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
        return Card(**self.standing(document, view.pathway_path(document.id)), note=note, steps=lines, more=more)

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


def card_set(compiled: Compiled, first_contact: str | None = None, child_track: str | None = None) -> CardSet:
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


def compose_cards(chosen: CardSet, compiled: Compiled, language: str) -> CardSheet:
    """The sheet of a set in one language."""
    view = View(compiled.library, compiled.audience, language)
    maker = _Maker(compiled, view, chosen)
    # An edition for the public may have no indicators, and a library no number.
    cards = [maker.first_contact(), *([maker.signs()] if view.indicator_groups else [])]
    cards += [*([maker.calls()] if any(c.phone for _, c in view.contacts.values()) else []), maker.child_track()]
    return CardSheet(language, standing(view), tuple(cards))
