"""Rules about translations held against their originals, passage by passage."""

from __future__ import annotations

import re
from collections.abc import Iterator

from patokaz.findings import Location
from patokaz.model.glossary import Term
from patokaz.model.texts import Reference
from patokaz.rules.comparison import Compared, pairs
from patokaz.rules.registry import Context, rule
from patokaz.search.rules import has_rules, rules
from patokaz.translations import Freshness, differences, freshness, number_differences, place_of

Yield = Iterator[tuple[Location, str, str]]


@rule("KB608")
def translations_have_the_passages(context: Context) -> Yield:
    """Passages are compared, marked as behind and printed one by one; each needs its counterpart."""
    for _, source, text in pairs(context.library):
        if text is not source and freshness(text, source) is Freshness.CURRENT:
            for difference in differences(source, text):
                where = str(place_of(source, difference.source)) if difference.source else source.path
                yield place_of(text, difference.near), str(difference), f"make it as it is in {where}, or change both"


@rule("KB609")
def translations_lead_where_the_original_leads(context: Context) -> Yield:
    """The order may differ, as the words do; images and pages of another site may be others in another language."""
    for item in context.compared:
        lacking, extra = item.source.targets - item.target.targets, item.target.targets - item.source.targets
        if lacking or extra:
            yield item.place, _difference(sorted(lacking.elements()), sorted(extra.elements()), "`"), _see(item)


@rule("KB610")
def translations_have_the_numbers(context: Context) -> Yield:
    """A wrong number in one language is a wrong limit, article or telephone number for those who read it."""
    for item in context.compared:
        lacking, extra = number_differences(item.source, item.target, item.languages)
        if lacking or extra:
            yield item.place, _difference(lacking, extra, ""), _see(item)


@rule("KB611")
def translations_stress_what_the_original_stresses(context: Context) -> Yield:
    """A warning that is bold for one reader is bold for all."""
    for item in context.compared:
        if item.target.strong < item.source.strong:
            message = f"{item.target.strong} of {item.source.strong} stressed places of the original are stressed"
            yield item.place, message, f"write `**…**` around the same words as in {item.original}"


def _difference(lacking: list[str], extra: list[str], sign: str) -> str:
    def listed(found: list[str]) -> str:
        return ", ".join(f"{sign}{item}{sign}" for item in found)

    parts = [f"lacks {listed(lacking)} of the original"] if lacking else []
    parts += [f"has {listed(extra)}, which the original has not"] if extra else []
    return f"the translation {' and '.join(parts)}"


def _see(item: Compared) -> str:
    return f"compare it with {item.original}"


# Terms


@rule("KB612")
def references_to_terms_use_their_forms(context: Context) -> Yield:
    """Readers must meet a concept under the one name that the glossary explains; inflected and shortened forms count."""
    terms = context.library.terms
    for _, source, text in pairs(context.library):
        if text is source or not has_rules(text.language):
            continue
        for reference in text.references:
            term = terms.get(reference.target) if reference.scheme == "term" else None
            if term is not None and text.language in term.forms and reference.words:
                yield from _judged(reference, term, text.language)


def _judged(reference: Reference, term: Term, language: str) -> Yield:
    forms, words = term.forms[language], reference.words
    allowed = [forms.preferred, *([forms.short] if forms.short else []), *forms.admitted]
    if any(_same(words, form, language) for form in allowed):
        return
    for entry in forms.forbidden:
        if re.search(rf"(?<!\w){re.escape(entry.form)}(?!\w)", words, re.IGNORECASE):
            return  # KB504 reports it.
        if _same(words, entry.form, language):
            message = f"“{words}” is a form of “{entry.form}”, which the term base forbids"
            yield reference.location, message, f"use “{forms.preferred}”"
            return
    if not any(_akin(words, form, language) for form in allowed):
        message = f"“{words}” is no form of the term `{term.id}`"
        yield reference.location, message, f"use “{'” or “'.join(allowed)}”, inflected as the sentence needs"


def _same(words: str, form: str, language: str) -> bool:
    """Whether ``words`` are ``form`` or its inflection."""
    return words.casefold() == form.casefold() or set(_stems(words, language)) == set(_stems(form, language))


def _akin(words: str, form: str, language: str) -> bool:
    """Whether ``words`` are ``form`` shortened to some of its words, with others added, or made into another part of speech."""
    ours, theirs = (_stems(text, language) for text in (words, form))
    return _within(ours, theirs) or _within(theirs, ours)


def _stems(words: str, language: str) -> tuple[str, ...]:
    table = rules(language)
    skeletons = list(table.words(words))
    return table.phrase(skeletons) or tuple(skeletons)


def _within(few: tuple[str, ...], many: tuple[str, ...]) -> bool:
    return bool(few) and all(any(_alike(stem, other) for other in many) for stem in few)


def _alike(one: str, other: str) -> bool:
    """Stems of one root: one begins with the other, or they share three letters or more, most of the shorter one."""
    short, long = sorted((one, other), key=len)
    same = next((index for index, pair in enumerate(zip(short, long, strict=False)) if pair[0] != pair[1]), len(short))
    return same == len(short) >= 2 or (same >= 3 and 5 * same >= 3 * len(short))
