"""What search finds in the registers: terms, limits, institutions with their contacts, and indicators. Each is a quick answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from patokaz.pages.cards import basis_links
from patokaz.pages.view import View
from patokaz.search.entries import Entry

_FIRST_SENTENCE = re.compile(r"^.+?[.!?](?=\s|$)", re.DOTALL)
_LONGEST = 160
"""Characters of a definition that a result shows."""


def register_entries(path: str, view: View) -> Iterator[Entry]:
    """The entries of the register page ``path``; none for other pages."""
    entries = _REGISTERS.get(path)
    if entries:
        yield from entries(f"{path}.html", view)


def _terms(here: str, view: View) -> Iterator[Entry]:
    for name, term in view.terms.items():
        definition = view.plain(term.definition)
        yield Entry(
            href=f"{here}#{name}",
            kind="term",
            title=view.term_form(term),
            top=False,
            body=definition,
            datum=_opening(definition),
            source=_source(term.sources[0], view) if term.sources else (),
        )


def _opening(text: str) -> str:
    """The first sentence, if it is short enough to be shown whole: half a definition can say the opposite."""
    first = _FIRST_SENTENCE.search(text)
    opening = first[0] if first else text
    return opening if len(opening) <= _LONGEST else ""


def _limits(here: str, view: View) -> Iterator[Entry]:
    for name, limit in view.limits.items():
        length = view.words.limit(limit)
        basis = next((b for b in limit.basis if b.partition("/")[0] in view.documents), None)
        there = view.target("law", basis) if basis else None
        yield Entry(
            href=f"{here}#{name}",
            kind="limit",
            title=view.plain(limit.name),
            top=False,
            body=f"{view.plain(limit.start)} . {view.plain(limit.note) if limit.note else ''}",
            persons=limit.persons if len(limit.persons) == 1 else (),
            datum=f"{length} ({view.words['unverified']})" if limit.unverified else length,
            source=(basis_links(view, "", [basis]).striptags(), _page(there))
            if basis and there
            else _source(limit.source, view),
        )


def _institutions(here: str, view: View) -> Iterator[Entry]:
    for name, body in view.institutions.items():
        title = view.plain(body.name)
        fills = ", ".join(view.plain(view.roles[role].name) for role in body.fills if role in view.roles)
        yield Entry(
            href=f"{here}#{name}",
            kind="contact",
            title=f"{title} ({view.plain(body.short)})" if body.short else title,
            top=False,
            body=f"{fills} . {view.plain(body.note) if body.note else ''}",
            roles=frozenset(body.fills) & view.roles.keys(),
        )
        for contact in body.contacts:
            if contact.id in view.contacts:
                reached = [*contact.phone, *([contact.email] if contact.email and not contact.phone else [])]
                yield Entry(
                    href=f"{here}#{contact.id}",
                    kind="contact",
                    title=f"{view.plain(contact.what)} – {title}",
                    top=False,
                    body=view.plain(contact.hours) if contact.hours else "",
                    datum=", ".join(reached),
                    source=_source(contact.source, view),
                )


def _indicators(here: str, view: View) -> Iterator[Entry]:
    for name, group in view.indicator_groups.items():
        signs = " . ".join(view.plain(item.text) for item in group.indicators)
        yield Entry(href=f"{here}#{name}", kind="indicator", title=view.plain(group.name), top=False, body=signs)


def _source(name: str, view: View) -> tuple[str, ...]:
    there = view.target("source", name)
    return (f"{name}", _page(there)) if there else ()


def _page(there: str) -> str:
    path, hash_sign, anchor = there.partition("#")
    return f"{path}.html{hash_sign}{anchor}"


_REGISTERS: dict[str, Callable[[str, View], Iterator[Entry]]] = {
    "glossary/terms": _terms,
    "glossary/limits": _limits,
    "glossary/institutions": _institutions,
    "glossary/indicators": _indicators,
}
