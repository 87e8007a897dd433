"""The alphabetical index: everything of an edition that can be looked up, for readers without scripts and on paper.

What is a draft, unreviewed or unverified is said where an entry leads; only what must not be acted on is marked here too.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from patokaz.model.glossary import Institution, Term
from patokaz.model.library import Document
from patokaz.model.records import LawRecord, SopRecord
from patokaz.pages.generated import generated
from patokaz.pages.page import Page
from patokaz.pages.render import render
from patokaz.pages.sorting import Alphabet, Key
from patokaz.pages.view import View
from patokaz.pages.wording import best, capital

PATH = "find"
"""The path of the page; also its section and its kind."""

_REGISTERS = {"limit": "limits", "role": "roles", "indicator": "indicator_groups"}
"""Registers whose entries have one name and no more: scheme of a reference → attribute of the view."""

_TIED = "\u00a0"
"""The space between a name and its number: in narrow columns they stay together."""


@dataclass(frozen=True)
class Place:
    """Where an entry leads, ``path`` or ``path#anchor``, and in a few words (HTML) what is there.

    ``why`` is set for a form that must not be used: ``note`` is then the term to use instead.
    """

    target: str
    note: Markup
    why: str | Markup = ""


@dataclass(frozen=True)
class Entry:
    """Words that a reader may look up, their language, and the places that have them.

    ``refused``: a form that the term base forbids; each place is a term to use instead.
    """

    words: str
    language: str
    places: tuple[Place, ...]
    refused: bool = False


@dataclass(frozen=True)
class Letter:
    """The entries under one heading. ``number`` is 0 for digits, 1 … n for the letters, n + 1 for other scripts."""

    number: int
    name: str
    entries: tuple[Entry, ...]

    @property
    def anchor(self) -> str:
        """The heading id."""
        return f"letter-{self.number:02}"


def alphabet_page(view: View) -> Page:
    """The page of the index."""
    body = render("find.html.j2", view, PATH, letters=letters_of(view))
    return generated(
        view,
        PATH,
        PATH,
        view.words.section(PATH),
        str(body),
        kind=PATH,
        summary=view.words["find_summary"],
        assets=("find.css",),
    )


def letters_of(view: View) -> tuple[Letter, ...]:
    """The index of what ``view`` shows, in the order of its language's alphabet; letters without entries are left out."""
    alphabet = view.words.alphabet
    merged: dict[tuple[str, str, bool], Entry] = {}
    for entry in _found(view):
        key = (entry.words, entry.language, entry.refused)
        known = merged[key].places if key in merged else ()
        merged[key] = replace(entry, places=tuple(dict.fromkeys((*known, *entry.places))))
    # Keys of the alphabet may be equal where words are not: the words themselves decide, so that the order is total.
    ordered = sorted(merged.items(), key=lambda item: (_order(alphabet, item[0][0])[0], item[0]))
    groups: dict[int, list[Entry]] = {}
    for _, entry in ordered:
        groups.setdefault(_order(alphabet, entry.words)[1], []).append(entry)
    return tuple(Letter(n, _heading(view, n), tuple(entries)) for n, entries in sorted(groups.items()))


@functools.lru_cache(maxsize=32768)
def _order(alphabet: Alphabet, words: str) -> tuple[Key, int]:
    """The sort key of words and the number of their letter. Kept, so that a live preview sorts anew only what was edited."""
    return alphabet.key(words), alphabet.group(words)


def _heading(view: View, number: int) -> str:
    letters = view.words.alphabet.letters
    if number == 0:
        return view.words["find_digits"]
    return capital(letters[number - 1]) if number <= len(letters) else view.words["find_others"]


def _found(view: View) -> Iterator[Entry]:
    """Every entry with one place, in the order of the library."""
    for document in view.documents.values():
        yield from _document(view, document)
    for name, page in view.hand_pages.items():
        text = page.texts.get(view.language, page.texts[page.source_language])
        yield Entry(text.front.title, text.language, (Place(view.path_of(name), _word(view, "page")),))
    for scheme, register in _REGISTERS.items():
        for name, item in getattr(view, register).items():
            yield _named(view, item.name, scheme, name, _word(view, scheme))
    for body in view.institutions.values():
        yield from _institution(view, body)
    for name, (body, contact) in view.contacts.items():
        note = Markup("{}, {}").format(_word(view, "contact"), view.say(body.short or body.name))
        yield _named(view, contact.what, "contact", name, note)
    for name, term in view.terms.items():
        yield from _term(view, name, term)


def _word(view: View, kind: str) -> Markup:
    return escape(view.words[f"find_{kind}"])


def _place(view: View, scheme: str, name: str, note: Markup, why: str | Markup = "") -> Place:
    target = view.target(scheme, name)
    assert target is not None, "only what the view shows is listed"
    return Place(target, note, why)


def _named(view: View, words: Mapping[str, str], scheme: str, name: str, note: Markup) -> Entry:
    return Entry(*best(words, view.language, view.order), (_place(view, scheme, name, note),))


def _document(view: View, document: Document) -> Iterator[Entry]:
    """The title of a document, and the headings under which its steps or articles stand."""
    text = document.text_for(view.language, view.order)
    here, record = view.path_of(document.id), document.record
    headings = {heading.anchor: heading.words for heading in text.headings}
    ended = _ended(view, document)

    def under(anchor: str, note: str) -> Entry:
        place = Place(f"{here}#{anchor}", escape(note) + ended)
        return Entry(headings.get(anchor, anchor), text.language, (place,))

    def title(path: str, note: str | Markup) -> Entry:
        return Entry(text.front.title, text.language, (Place(path, escape(note) + ended),))

    if isinstance(record, SopRecord):
        yield title(here, document.id)
        if document.id in view.pathways:
            yield title(view.pathway_path(document.id), f"{document.id}, {view.words['find_pathway']}")
        for number, measure in enumerate(record.measures, 1):
            yield under(measure.id, f"{document.id}{_TIED}{number}")
        for step in view.steps_by_document[document.id]:
            yield under(step.anchor, f"{document.id}{_TIED}{step.number}")
    elif isinstance(record, LawRecord):
        # Also by the name that lawyers cite, with the numbers of the articles.
        cited, language = _designation(view, record)
        yield title(here, view.say({language: cited}))
        yield Entry(cited, language, (Place(here, _word(view, "law") + ended),))
        for article in record.articles:
            if article.number is None:
                yield under(article.anchor, cited)
                continue
            name = view.article_name(document, article).replace(" ", _TIED)
            yield under(article.anchor, f"{cited}, {name}")
            yield Entry(cited, language, (Place(f"{here}#{article.anchor}", escape(name)),))
    else:
        yield title(here, document.id if record.kind == "form" else _word(view, record.kind))


def _ended(view: View, document: Document) -> Markup:
    """What must be said of a document wherever it is named: that nobody may act on it any more."""
    record = document.record
    if record.status in ("superseded", "withdrawn"):
        return Markup(", {}").format(view.words[f"status_{record.status}"])
    if isinstance(record, LawRecord) and record.instrument.standing == "superseded":
        return Markup(", {}").format(view.words["standing_superseded"])
    return Markup("")


def _designation(view: View, record: LawRecord) -> tuple[str, str]:
    designation = record.instrument.designation
    if isinstance(designation, str):
        return designation, view.language
    return best(designation, view.language, view.order)


def _institution(view: View, body: Institution) -> Iterator[Entry]:
    """Its name and its short name; those of a body that has ended with the date and with what came after it."""
    until = f", {view.words['until']} {view.words.partial_date(body.until)}" if body.until else ""
    later = _word(view, "later")
    after = tuple(
        _place(view, "institution", other.id, later.format(name=view.say(other.short or other.name)))
        for other in view.institutions.values()
        if body.id in other.predecessors
    )
    entry = _named(view, body.name, "institution", body.id, _word(view, "institution") + until)
    yield replace(entry, places=entry.places + after)
    if body.short:
        entry = _named(view, body.short, "institution", body.id, view.say(body.name) + until)
        yield replace(entry, places=entry.places + after)


def _term(view: View, name: str, term: Term) -> Iterator[Entry]:
    """All forms of a term in this language; those that are forbidden lead to the preferred one."""
    preferred, language = best(
        {language: forms.preferred for language, forms in term.forms.items()}, view.language, view.order
    )
    forms, said = term.forms[language], view.say({language: preferred})
    yield Entry(preferred, language, (_place(view, "term", name, _word(view, "term")),))
    for other in (*([forms.short] if forms.short else []), *forms.admitted):
        note = Markup("{}: {}").format(_word(view, "term"), said)
        yield Entry(other, language, (_place(view, "term", name, note),))
    for bad in forms.forbidden:
        yield Entry(bad.form, language, (_place(view, "term", name, said, view.say(bad.why)),), refused=True)
