"""Rules about facts that age, and facts without a source."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from patokaz.findings import Location
from patokaz.model.base import Duration
from patokaz.model.records import LawRecord
from patokaz.rules.registry import Context, rule

Yield = Iterator[tuple[Location, str, str]]

CONTACT_PERIOD = Duration(months=12)
"""How long a checked contact counts: our own rule; contacts of mobile teams were seen to change (facts 7.1: S73, S86, S88)."""


@rule("KB401")
def limits_are_fresh(context: Context) -> Yield:
    """A limit is checked again within its own period."""
    places = context.library.places.get("glossary/limits.yml")
    for number, limit in enumerate(context.library.limits.values()):
        due = limit.review_every.after(limit.checked)
        if places and due < context.today:
            yield (
                places.at(number, "checked"),
                f"time limit `{limit.id}` was last checked on {limit.checked}, and is due since {due}",
                "check it against its source, then set `checked`",
            )


@rule("KB402")
def contacts_are_fresh(context: Context) -> Yield:
    """An old number sends a person to nobody."""
    for where, name, checked in _contacts(context):
        if CONTACT_PERIOD.after(checked) < context.today:
            yield (
                where,
                f"contact `{name}` was last checked on {checked}",
                "call it or look at its source, then set `checked`",
            )


@rule("KB403")
def unverified_is_listed(context: Context) -> Yield:
    """So that nobody forgets them."""
    library = context.library
    for text in library.texts():
        if text.language == _source_language(context, text.path):
            for reference in text.references:
                if reference.scheme == "unverified":
                    yield reference.location, f"unverified: “{reference.words}”", "find a source, or keep the mark"
    for document in library.of_kind("law"):
        assert isinstance(document.record, LawRecord)
        for index, article in enumerate(document.record.articles):
            if article.unverified:
                where = document.places.at("articles", index, "unverified")
                yield where, f"{document.id}/{article.id} is unverified", "find a source, or keep the mark"
    for number, body in enumerate(library.institutions.values()):
        if body.unverified:
            where = library.places["glossary/institutions.yml"].at(number, "unverified")
            yield where, f"institution `{body.id}` is unverified", "find a source, or keep the mark"
    for number, limit in enumerate(library.limits.values()):
        if limit.unverified:
            yield (
                library.places["glossary/limits.yml"].at(number, "unverified"),
                f"time limit `{limit.id}` is unverified",
                "find a source, or keep the mark",
            )


def _source_language(context: Context, path: str) -> str:
    for document in context.library.documents.values():
        if path.startswith(f"{document.folder}/"):
            return document.record.source_language
    for page in context.library.pages.values():
        if any(text.path == path for text in page.texts.values()):
            return page.source_language
    return ""


@rule("KB404")
def reviews_are_not_overdue(context: Context) -> Yield:
    """Each document has a day by which its owner looks at it again."""
    for document in context.library.documents.values():
        due = document.record.review_due
        if due < context.today and document.record.status not in ("superseded", "withdrawn"):
            yield (
                document.places.at("review_every"),
                f"the review of {document.id} was due on {due}",
                f"its owner is `{document.record.owner}`",
            )


@rule("KB405")
def checks_lie_in_the_past(context: Context) -> Yield:
    """Nobody has checked anything tomorrow."""
    library = context.library
    for number, limit in enumerate(library.limits.values()):
        if limit.checked > context.today:
            yield (
                library.places["glossary/limits.yml"].at(number, "checked"),
                f"`checked` is {limit.checked}, after today ({context.today})",
                "write the day of the check",
            )
    for where, name, checked in _contacts(context):
        if checked > context.today:
            yield (
                where,
                f"contact `{name}`: `checked` is {checked}, after today ({context.today})",
                "write the day of the check",
            )


def _contacts(context: Context) -> Iterator[tuple[Location, str, datetime.date]]:
    places = context.library.places.get("glossary/institutions.yml")
    for number, body in enumerate(context.library.institutions.values()):
        for index, contact in enumerate(body.contacts):
            if places:
                yield places.at(number, "contacts", index, "checked"), contact.id, contact.checked


@rule("KB406")
def verified_facts_have_sources(context: Context) -> Yield:
    """Either a source, or the mark `unverified`."""
    library = context.library
    for document in library.of_kind("law"):
        assert isinstance(document.record, LawRecord)
        for index, article in enumerate(document.record.articles):
            if not article.sources and not article.unverified:
                yield (
                    document.places.at("articles", index),
                    f"article `{article.id}` has no source",
                    "add `sources: [S…]` or `unverified: true`",
                )
    places = library.places.get("glossary/indicators.yml")
    for g, group in enumerate(library.indicator_groups.values()):
        for i, indicator in enumerate(group.indicators):
            if places and not indicator.sources and not indicator.unverified:
                yield (
                    places.at("groups", g, "indicators", i),
                    f"indicator `{indicator.id}` has no source",
                    "add `sources: [S…]` or `unverified: true`",
                )
