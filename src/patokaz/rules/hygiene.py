"""Rules about the cleanliness of texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from patokaz.findings import Location
from patokaz.model.base import Path
from patokaz.model.library import Library
from patokaz.model.records import LawRecord, SopRecord
from patokaz.model.texts import Text
from patokaz.parse.texts import ALLOWED_TAGS
from patokaz.rules.names import nodes
from patokaz.rules.registry import Context, rule

Yield = Iterator[tuple[Location, str, str]]

_PLACEHOLDER = re.compile(r"\b(TODO|FIXME|XXX|TBD|lorem ipsum|Lorem ipsum)\b")
_WEB = ("https://", "http://")
_WEB_HINT = "write a full https: or http: address, or null"
_SAFE_SCHEMES = frozenset({"https", "http", "mailto", "tel"})


@rule("KB501")
def no_raw_html(context: Context) -> Yield:
    """HTML would escape the checks, the print and the translation tools."""
    for text in context.library.texts():
        for mark in text.marks:
            if mark.kind == "html":
                what = "an HTML comment" if mark.value == "!--" else f"raw HTML `<{mark.value}>`"
                allowed = ", ".join(f"`<{name}>`" for name in ALLOWED_TAGS)
                yield mark.location, what, f"use Markdown; allowed are {allowed}, without attributes"


@rule("KB502")
def no_placeholders(context: Context) -> Yield:
    """Looks at everything a reader sees: texts, front matter, wordings of the glossary."""
    for text in context.library.texts():
        fields = [text.front.title, text.front.summary, *text.front.asks, *text.front.labels.values()]
        for field in fields:
            match = _PLACEHOLDER.search(field)
            if match:
                yield Location(text.path), f"placeholder `{match[0]}` in the front matter", "write the words"
        for index, line in enumerate(text.body.split("\n")):
            match = _PLACEHOLDER.search(line)
            if match:
                yield (
                    Location(text.path, text.body_line + index, match.start() + 1, len(match[0])),
                    f"placeholder `{match[0]}`",
                    "write the text",
                )
    for where, value in _strings_of(context.library):
        match = _PLACEHOLDER.search(value)
        if match:
            yield where, f"placeholder `{match[0]}`", "write the words"


def _strings_of(library: Library) -> Iterator[tuple[Location, str]]:
    """Every piece of text in the records and the glossary, with its place."""
    groups = tuple(group.model_dump() for group in library.indicator_groups.values())
    files: dict[str, object] = {"glossary/indicators.yml": {"groups": groups}}
    for name in ("terms", "thesaurus", "roles", "institutions", "limits", "safeguards", "families", "sources"):
        files[f"glossary/{name}.yml"] = tuple(entry.model_dump() for entry in getattr(library, name).values())
    if library.home:
        files["docs/home.yml"] = library.home.model_dump()
    for handbook in library.handbooks.values():
        files[f"docs/handbooks/{handbook.id}.yml"] = handbook.model_dump()
    for document in library.documents.values():
        files[document.places.path] = document.record.model_dump()
        if document.pathway:
            files[document.pathway_path] = document.pathway.model_dump()
    for path, content in files.items():
        places = library.places.get(path)
        if places:
            yield from ((places.at(*where), text) for where, text in _strings(content, ()))


def _strings(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _strings(inner, (*path, key))
    elif isinstance(value, tuple):
        for index, inner in enumerate(value):
            yield from _strings(inner, (*path, index))


def wordings(library: Library) -> Iterator[tuple[Location, str, dict[str, str]]]:
    """Every wording ``{mk: …, sq: …}`` of the YAML files with its place and the key it stands under."""
    registers = [
        ("glossary/terms.yml", library.terms),
        ("glossary/roles.yml", library.roles),
        ("glossary/institutions.yml", library.institutions),
        ("glossary/limits.yml", library.limits),
        ("glossary/safeguards.yml", library.safeguards),
        ("glossary/families.yml", library.families),
    ]
    for path, entries in registers:
        for number, entry in enumerate(entries.values()):
            for key in ("name", "short", "duty", "definition", "start", "note", "summary", "why"):
                words = getattr(entry, key, None)
                if words:
                    yield library.places[path].at(number, key), key, words
    for number, body in enumerate(library.institutions.values()):
        for index, contact in enumerate(body.contacts):
            for key in ("what", "hours", "address"):
                if getattr(contact, key):
                    yield (
                        library.places["glossary/institutions.yml"].at(number, "contacts", index, key),
                        key,
                        getattr(contact, key),
                    )
    for g, group in enumerate(library.indicator_groups.values()):
        at = library.places["glossary/indicators.yml"].at
        yield at("groups", g, "name"), "name", group.name
        if group.note:
            yield at("groups", g, "note"), "note", group.note
        for i, indicator in enumerate(group.indicators):
            yield at("groups", g, "indicators", i, "text"), "text", indicator.text
    if library.home:
        at = library.places["docs/home.yml"].at
        for index, task in enumerate(library.home.urgent):
            yield at("urgent", index, "title"), "title", task.title
            yield at("urgent", index, "text"), "text", task.text
        for index, entry in enumerate(library.home.entries):
            yield at("entries", index, "title"), "title", entry.title
    for handbook in library.handbooks.values():
        yield library.places[f"docs/handbooks/{handbook.id}.yml"].at("title"), "title", handbook.title
    for number, term in enumerate(library.terms.values()):
        forms = {language: entry.preferred for language, entry in term.forms.items()}
        yield library.places["glossary/terms.yml"].at(number, "forms"), "forms", forms
    for document in library.documents.values():
        if isinstance(document.record, LawRecord):
            yield document.places.at("instrument", "issuer"), "issuer", document.record.instrument.issuer
        for index, history in enumerate(document.record.history):
            yield document.places.at("history", index, "summary"), "summary", history.summary
    yield from labels(library)


def labels(library: Library) -> Iterator[tuple[Location, str, dict[str, str]]]:
    """Every title of a phase and label of a node, as :func:`wordings`."""
    for document in library.pathways():
        at = library.places[document.pathway_path].at
        for number, phase in enumerate(document.pathway.phases if document.pathway else ()):
            yield at("phases", number, "title"), "title", phase.title
    for places, path, node in nodes(library):
        if node.label:
            yield places.at(*path, "label"), "label", node.label


@rule("KB503")
def images_have_alternatives(context: Context) -> Yield:
    """For readers who cannot see the picture, and for print in words."""
    for text in context.library.texts():
        for link in text.links:
            if link.is_image and not link.words.strip():
                yield (
                    link.location,
                    f"image `{link.target}` has no alternative text",
                    "write `![what the picture says](…)`",
                )


@rule("KB504")
def no_forbidden_forms(context: Context) -> Yield:
    """The term base says which forms mislead."""
    forbidden = {language: _Forbidden(forms) for language, forms in _forbidden_forms(context.library).items()}
    nothing = _Forbidden({})
    for where, _, wording in labels(context.library):
        for language, words in wording.items():
            for form, preferred, _ in forbidden.get(language, nothing).found(words):
                yield where, f"the term base forbids “{form}”", f"use “{preferred}”"
    for text in context.library.texts():
        own = forbidden.get(text.language, nothing)
        for words in (text.front.title, text.front.summary):
            for form, preferred, _ in own.found(words):
                yield Location(text.path), f"the term base forbids “{form}”", f"use “{preferred}”"
        if not own.in_any_way(text.body):
            continue
        for index, line in enumerate(text.body.split("\n")):
            for form, preferred, start in own.found(line):
                where = Location(text.path, text.body_line + index, start + 1, len(form))
                yield where, f"the term base forbids “{form}”", f"use “{preferred}”"


def _forbidden_forms(library: Library) -> dict[str, dict[str, str]]:
    """By language each forbidden form with the preferred one."""
    found: dict[str, dict[str, str]] = {}
    for term in library.terms.values():
        for language, forms in term.forms.items():
            for entry in forms.forbidden:
                found.setdefault(language, {})[entry.form] = forms.preferred
    return found


class _Forbidden:
    """The forbidden forms of a language. One pattern for all says first whether to look for each: texts seldom have any."""

    def __init__(self, forms: Mapping[str, str]) -> None:
        self._each = [(_as_word(re.escape(form)), form, preferred) for form, preferred in forms.items()]
        self._any = _as_word("|".join(map(re.escape, forms))) if forms else None

    def in_any_way(self, words: str) -> bool:
        """Whether any of the forms is in ``words``."""
        return self._any is not None and self._any.search(words) is not None

    def found(self, words: str) -> Iterator[tuple[str, str, int]]:
        """(form, preferred form, where it starts) of each form in ``words``."""
        if self.in_any_way(words):
            for pattern, form, preferred in self._each:
                match = pattern.search(words)
                if match:
                    yield form, preferred, match.start()


def _as_word(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)


@rule("KB505")
def steps_have_text(context: Context) -> Yield:
    """A heading alone tells an officer nothing."""
    for document in context.library.documents.values():
        if not isinstance(document.record, SopRecord):
            continue
        steps = {step.id for measure in document.record.measures for step in measure.steps}
        for text in document.texts.values():
            yield from _empty_steps(text, steps)


def _empty_steps(text: Text, steps: set[str]) -> Yield:
    lines = text.body.split("\n")
    for index, heading in enumerate(text.headings):
        end = text.headings[index + 1].line_index if index + 1 < len(text.headings) else len(lines)
        if heading.anchor in steps and not any(line.strip() for line in lines[heading.line_index + 1 : end]):
            yield heading.location, f"step `{heading.anchor}` has no text", "say what to do"


@rule("KB507")
def markup_is_seen(context: Context) -> Yield:
    """What the checks cannot see, they cannot check."""
    for text in context.library.texts():
        for mark in text.marks:
            if mark.kind == "unseen":
                hint = "write it on one line as `[words](target)`; no `[name]: address` lines, no HTML"
                yield mark.location, "a link, an image or HTML that the checks cannot follow", hint


@rule("KB506")
def links_are_safe(context: Context) -> Yield:
    """Nothing that runs code or points into the reader's machine."""
    for text in context.library.texts():
        for link in text.links:
            scheme, colon, _ = link.target.partition(":")
            if colon and scheme.isalpha() and scheme.lower() not in _SAFE_SCHEMES:
                yield link.location, f"link with `{scheme}:`", "use https:, mailto:, tel: or a reference such as `doc:`"
    library = context.library
    for number, source in enumerate(library.sources.values()):
        if source.url and not source.url.startswith(_WEB):
            yield library.places["glossary/sources.yml"].at(number, "url"), f"address `{source.url}`", _WEB_HINT
    for number, body in enumerate(library.institutions.values()):
        for index, contact in enumerate(body.contacts):
            if contact.web and not contact.web.startswith(_WEB):
                where = library.places["glossary/institutions.yml"].at(number, "contacts", index, "web")
                yield where, f"address `{contact.web}`", _WEB_HINT
