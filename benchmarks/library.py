"""A synthetic library, written twice: as Patokaz reads it and as plain MkDocs with Material and static-i18n reads it."""

from __future__ import annotations

import datetime
import functools
import hashlib
import json
import random
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml
from words import DURATIONS, LANGUAGES, SOURCE_LANGUAGE, WORDS, Words

from patokaz.model.revisions import Seal
from patokaz.model.texts import FrontMatter
from patokaz.pages.wording import wording
from patokaz.parse.texts import parse_text
from patokaz.translations import follows_file, follows_of, stamped

DAY = datetime.date(2026, 11, 23)
FAMILIES = ("arrival", "identification", "referral", "assistance")
LAW, ARTICLES = "model-act", tuple(str(number) for number in range(10, 18))
FORM, FIELDS = "FORM-01", ("place", "met-on", "language", "notes", "signed")
SOURCES = tuple(f"S{number}" for number in range(1, 9))
MEASURES, STEPS = 4, 3
REVISION = "1.0"
FIRST = DAY - datetime.timedelta(days=360)
"""When the first of several revisions was opened."""


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - PyYAML names the argument
        return True


def write_library(folder: Path, size: int) -> None:
    """Write ``size`` SOPs with what they refer to: ``folder/patokaz`` and ``folder/stock``."""
    texts = {(name, language): text for name, language, text in _texts(size)}
    _write_patokaz(folder / "patokaz", size, texts)
    _write_stock(folder / "stock", texts)


def write_controlled(folder: Path, size: int, revisions: int) -> Iterator[str]:
    """Write ``size`` SOPs into ``folder``, each with a working draft over ``revisions`` sealed ones (at least 1) a month apart.

    Yields the number of each revision when the library stands as it was then, the draft's at the end, so that the caller can keep
    that state elsewhere too. Each revision changes a sentence of every text.
    """
    texts = {(name, language): text for name, language, text in _texts(size)}
    for number in range(revisions + 1):
        histories = functools.partial(_history, number=number, sealed=revisions)
        _write_patokaz(folder, size, _revised(texts, number), histories)
        if number < revisions:
            for name in (*map(sop_id, range(1, size + 1)), LAW, FORM):
                _seal(folder / _source_folder(name), name, number)
        yield f"1.{number}"


# Texts, in the format of Patokaz


def sop_id(number: int) -> str:
    """The id of an SOP, such as ``SOP-001``."""
    return f"SOP-{number:03}"


def _family(name: str) -> str:
    return FAMILIES[int(name[-3:]) % len(FAMILIES)]


def _anchor(measure: int, step: int | None = None) -> str:
    return f"measure-{measure}" if step is None else f"step-{measure}-{step}"


def _texts(size: int) -> Iterator[tuple[str, str, str]]:
    """(document, language, whole text file) of every SOP, the law and the form."""
    names = [sop_id(number) for number in range(1, size + 1)]
    for language in LANGUAGES:
        words = WORDS[language]
        for number, name in enumerate(names):
            yield name, language, _sop_text(name, names[(number + 1) % size], words)
        yield LAW, language, _law_text(words)
        yield FORM, language, _form_text(words)


def _front(title: str, summary: str, **more: Any) -> str:
    return f"---\n{_yaml({'title': title, 'summary': summary, **more})}---\n\n"


def _sentence(choice: random.Random, words: Words, role: str | None = None) -> str:
    """About twenty words; with ``role`` the actor is a reference."""
    actor = f"[{words.roles[role]}](role:{role})" if role else choice.choice(list(words.roles.values()))
    return (
        f"{choice.choice(words.conditions)}, {actor} {choice.choice(words.actions)} "
        f"{choice.choice(words.places)} {choice.choice(words.purposes)}."
    )


def _sop_text(name: str, following: str, words: Words) -> str:
    choice = random.Random(f"{name} {words.name}")
    facts = random.Random(name)  # the same references in every language
    nouns = [words.nouns[(int(name[-3:]) + offset) % len(words.nouns)] for offset in range(MEASURES + 1)]
    lines = [_sentence(choice, words), ""]
    for measure in range(1, MEASURES + 1):
        lines += [f"## {words.headings['measure']} {nouns[measure]} {{#{_anchor(measure)}}}", ""]
        for step in range(1, STEPS + 1):
            role, limit, term = (facts.choice(list(ids)) for ids in (words.roles, words.limits, words.terms))
            article = facts.choice(ARTICLES)
            references = (
                f"{words.within} [{words.limits[limit]}](limit:{limit}).",
                f"{words.under} [{words.article.format(number=article)}](law:{LAW}/{article}).",
                f"{words.means} [{words.terms[term]}](term:{term}) [](source:{facts.choice(SOURCES)}).",
                f"{words.uses} [{words.form}](doc:{FORM}).",
                f"{words.see} [{following}](doc:{following}#{_anchor(measure, step)}).",
            )
            chosen = facts.sample(references, 2)
            lines += [
                f"### {words.headings['step']}: {nouns[step]} {{#{_anchor(measure, step)}}}",
                "",
                f"{_sentence(choice, words, role)} {chosen[0]}",
                "",
                f"1. {_sentence(choice, words)}",
                f"2. {chosen[1]}",
                "",
            ]
    title = f"{nouns[0][0].upper()}{nouns[0][1:]} {name[-3:]}"
    return _front(title, _sentence(choice, words)) + "\n".join(lines)


def _law_text(words: Words) -> str:
    choice = random.Random(f"{LAW} {words.name}")
    lines: list[str] = []
    for index, article in enumerate(ARTICLES):
        noun = words.nouns[index % len(words.nouns)]
        lines += [f"## {noun[0].upper()}{noun[1:]} {{#art-{article}}}", "", _sentence(choice, words), ""]
    return _front(words.law, _sentence(choice, words)) + "\n".join(lines)


def _form_text(words: Words) -> str:
    choice = random.Random(f"{FORM} {words.name}")
    labels = dict(zip(FIELDS, words.nouns, strict=False))
    body = f"## {words.headings['step']} {{#situation}}\n\n{_sentence(choice, words)}\n"
    return _front(words.form, _sentence(choice, words), labels=labels) + body


# As Patokaz reads it


def _write_patokaz(
    root: Path,
    size: int,
    texts: Mapping[tuple[str, str], str],
    control: Callable[[str], dict[str, Any]] | None = None,
) -> None:
    """``control`` gives the keys of document control by id, instead of those of a first draft; translations then follow passage by passage."""
    _write(root / "mkdocs.yml", _yaml(_patokaz_settings()))
    for register, entries in _registers().items():
        _write(root / f"glossary/{register}.yml", _yaml(entries))
    _write(root / "docs/home.yml", _yaml(_home()))
    records = {sop_id(number): _sop_record(sop_id(number)) for number in range(1, size + 1)}
    records |= {LAW: _law_record(), FORM: _form_record()}
    for name, record in records.items():
        folder = root / _source_folder(name)
        record |= control(name) if control else {}
        _write(folder / "record.yml", _yaml(record))
        original = texts[name, SOURCE_LANGUAGE]
        read, problems = parse_text(original, f"{name}/{SOURCE_LANGUAGE}.md", SOURCE_LANGUAGE, FrontMatter)
        assert read is not None, problems
        for language in LANGUAGES:
            text = texts[name, language]
            if language != SOURCE_LANGUAGE:
                text = stamped(text, revision=record["revision"], fingerprint=read.fingerprint, by="Benchmark")
                if control:
                    _write(folder / f"{language}.follows.yml", follows_file(follows_of(read, record["revision"], {})))
            _write(folder / f"{language}.md", text)


def _revised(texts: Mapping[tuple[str, str], str], number: int) -> dict[tuple[str, str], str]:
    """Every text as its revision ``1.<number>`` has it: a sentence more in its last section."""
    return {
        (
            name,
            language,
        ): f"{text.rstrip()}\n\n{_sentence(random.Random(f'{name} {language} {number}'), WORDS[language])}\n"
        for (name, language), text in texts.items()
    }


def _history(name: str, number: int, sealed: int) -> dict[str, Any]:
    """The keys of a record in its revision ``1.<number>``; those below ``sealed`` are in force."""
    days = [FIRST + datetime.timedelta(days=30 * n) for n in range(number + 1)]
    kinds = ["major", *("minor" if n % 3 else "editorial" for n in range(1, number + 1))]
    adopted: dict[str, Any] = {"status": "in-force", "effective": days[-1] + datetime.timedelta(days=7)}
    adopted["approvals"] = [
        {"body": "ministry", "act": f"Decision {number} on {name}", "date": days[-1], "status": status}
        for status in ("commission-adopted", "government-adopted")
    ]
    return {
        "revision": f"1.{number}",
        **(adopted if number < sealed else {"status": "draft"}),
        "history": [
            {"revision": f"1.{n}", "date": day, "kind": kinds[n], "summary": _each("nouns", key=n % 7)}
            for n, day in enumerate(days)
        ],
    }


def _seal(folder: Path, name: str, number: int) -> None:
    """The working files of a document as its sealed revision ``1.<number>``."""
    files = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
    effective = FIRST + datetime.timedelta(days=30 * number + 7)
    seal = Seal(
        id=name,
        revision=f"1.{number}",
        sealed=effective,
        status="in-force",
        adopted=True,
        effective=effective,
        languages=tuple(sorted(LANGUAGES)),
        anchors=(),
        files={file: hashlib.sha256(content).hexdigest() for file, content in files.items()},
    )
    sealed = folder / "revisions" / seal.revision
    sealed.mkdir(parents=True)
    for file, content in files.items():
        (sealed / file).write_bytes(content)
    _write(sealed / "seal.json", json.dumps(seal.model_dump(mode="json"), ensure_ascii=False, indent=1))


def _source_folder(name: str) -> str:
    return {LAW: f"docs/law/{LAW}", FORM: f"docs/forms/{FORM}"}.get(name) or f"sops/{_family(name)}/{name}"


def _patokaz_settings() -> dict[str, Any]:
    """The same settings as the repository's mkdocs.yml."""
    return {
        "site_name": WORDS[LANGUAGES[0]].site,
        "use_directory_urls": False,
        "theme": {"name": "material"},
        "plugins": [
            {
                "i18n": {
                    "docs_structure": "folder",
                    "fallback_to_default": False,
                    "reconfigure_material": False,
                    "reconfigure_search": False,
                    "languages": _languages(),
                }
            },
            {
                "patokaz": {
                    "audience": "professional",
                    "edition": {"id": "2026.1", "date": DAY},
                    "titles": _each("site"),
                }
            },
        ],
    }


def _languages() -> list[dict[str, Any]]:
    return [
        {"locale": language, "name": WORDS[language].name, "default": language == LANGUAGES[0]}
        for language in LANGUAGES
    ]


def _each(field: str, *, key: str | int | None = None) -> dict[str, str]:
    """One phrase in every language."""
    values = {language: getattr(WORDS[language], field) for language in LANGUAGES}
    return {language: value if key is None else value[key] for language, value in values.items()}


def _registers() -> dict[str, list[dict[str, Any]]]:
    english = WORDS["en"]
    checked = {"source": SOURCES[0], "checked": DAY}
    return {
        "families": [
            {"id": family, "name": _each("nouns", key=index), "summary": _each("purposes", key=index)}
            for index, family in enumerate(FAMILIES)
        ],
        "roles": [
            {"id": role, "name": _each("roles", key=role), "duty": _each("actions", key=index), "sources": [SOURCES[1]]}
            for index, role in enumerate(english.roles)
        ],
        "limits": [
            {
                "id": limit,
                "name": _each("limits", key=limit),
                "duration": DURATIONS[limit][0],
                "bound": DURATIONS[limit][1],
                "start": _each("conditions", key=index),
                "persons": ["adult", "child"],
                "basis": [f"{LAW}/{ARTICLES[index]}"],
                **checked,
                "review_every": "P12M",
            }
            for index, limit in enumerate(english.limits)
        ],
        "terms": [
            {
                "id": term,
                "forms": {
                    language: {"preferred": WORDS[language].terms[term], "review": "attested", "sources": [SOURCES[2]]}
                    for language in LANGUAGES
                },
                "definition": _each("purposes", key=index),
                "sources": [SOURCES[3]],
            }
            for index, term in enumerate(english.terms)
        ],
        "institutions": [
            {
                "id": "ministry",
                "name": _each("roles", key="coordination-office"),
                "fills": ["coordination-office"],
                "sources": [SOURCES[4]],
                "contacts": [{"id": "duty-line", "what": _each("nouns", key=1), "phone": ["000 000"], **checked}],
            }
        ],
        "sources": [{"id": name, "title": f"Synthetic source {name}"} for name in SOURCES],
    }


def _home() -> dict[str, Any]:
    return {
        "urgent": [
            {
                "target": f"{sop_id(1)}#{_anchor(1, step)}",
                "title": _each("nouns", key=step),
                "text": _each("purposes", key=step),
            }
            for step in range(1, 4)
        ],
        "entries": [
            {"id": role, "title": _each("roles", key=role), "roles": [role]} for role in list(WORDS["en"].roles)[:4]
        ],
    }


def _head(name: str, kind: str) -> dict[str, Any]:
    return {
        "id": name,
        "kind": kind,
        "owner": "coordination-office",
        "source_language": SOURCE_LANGUAGE,
        "revision": REVISION,
        "status": "draft",
        "review_every": "P12M",
        "sources": list(SOURCES[:2]),
        "history": [{"revision": REVISION, "date": DAY, "kind": "major", "summary": _each("nouns", key=6)}],
    }


def _sop_record(name: str) -> dict[str, Any]:
    facts = random.Random(f"record {name}")
    roles, limits = list(WORDS["en"].roles), list(WORDS["en"].limits)

    def step(measure: int, number: int) -> dict[str, Any]:
        responsible, accountable, informed = facts.sample(roles, 3)
        return {
            "id": _anchor(measure, number),
            "responsible": responsible,
            "accountable": accountable,
            "consulted": [],
            "informed": [informed],
            "limit": facts.choice([*limits, "at-once"]),
            "forms": [FORM] if number == 1 else [],
            "basis": [f"{LAW}/{facts.choice(ARTICLES)}"],
            "contacts": ["duty-line"] if number == STEPS else [],
            "sources": [facts.choice(SOURCES)],
        }

    return _head(name, "sop") | {
        "family": _family(name),
        "persons": ["adult", "child"],
        "applies_to": facts.sample(roles, 3),
        "measures": [
            {"id": _anchor(measure), "steps": [step(measure, number) for number in range(1, STEPS + 1)]}
            for measure in range(1, MEASURES + 1)
        ],
    }


def _law_record() -> dict[str, Any]:
    return _head(LAW, "law") | {
        "instrument": {"issuer": _each("site"), "designation": "MPA 1", "date": "2020", "standing": "in-force"},
        "articles": [{"id": article, "number": article, "sources": [SOURCES[5]]} for article in ARTICLES],
    }


def _form_record() -> dict[str, Any]:
    types = ("line", "date", "line", "area", "signature")
    fields = [{"id": name, "type": kind} for name, kind in zip(FIELDS, types, strict=True)]
    return _head(FORM, "form") | {"paper": "A4", "sections": [{"id": "situation", "fields": fields}]}


# As plain MkDocs reads it

_REFERENCE = re.compile(r"\[([^\[\]]*)\]\((role|limit|term|source|law|doc):([^()\s]+)\)")


def _write_stock(root: Path, texts: Mapping[tuple[str, str], str]) -> None:
    settings: dict[str, Any] = {
        "site_name": WORDS[LANGUAGES[0]].site,
        "theme": {"name": "material", "font": False},
        "markdown_extensions": ["attr_list"],
        "plugins": [
            "search",
            {"i18n": {"docs_structure": "folder", "reconfigure_search": True, "languages": _languages()}},
        ],
    }
    _write(root / "mkdocs.yml", _yaml(settings))
    without_search = settings | {"plugins": settings["plugins"][1:]}
    _write(root / "mkdocs-without-search.yml", _yaml(without_search))
    for (name, language), text in texts.items():
        written_out = _with_facts(name, language, text) if name.startswith("SOP-") else text
        _write(root / f"docs/{language}/{_stock_path(name)}", _plain(written_out, _stock_path(name)))
    for language in LANGUAGES:
        words = WORDS[language]
        _write(root / f"docs/{language}/index.md", f"# {words.site}\n\n{words.purposes[0]}\n")
        registers = {
            "roles": (words.roles, words.actions),
            "limits": (words.limits, words.conditions),
            "terms": (words.terms, words.purposes),
            "sources": ({name.lower(): name for name in SOURCES}, words.nouns),
        }
        for register, (entries, explanations) in registers.items():
            lines = [f"# {words.headings[register]}", ""]
            for (entry, title), explanation in zip(entries.items(), explanations, strict=False):
                lines += [f"## {title} {{#{entry}}}", "", explanation, ""]
            _write(root / f"docs/{language}/glossary/{register}.md", "\n".join(lines))


def _with_facts(name: str, language: str, text: str) -> str:
    """The text with its record's facts written out, as a team without Patokaz has to write them by hand."""
    words, own = WORDS[language], wording(language)
    record = _sop_record(name)
    steps = {step["id"]: step for measure in record["measures"] for step in measure["steps"]}

    def linked(scheme: str, names: Mapping[str, str], entries: list[str]) -> str:
        return ", ".join(f"[{names[entry]}]({scheme}:{entry})" for entry in entries)

    def facts(step: dict[str, Any]) -> str:
        limit = step["limit"]
        rows = {
            "who": linked("role", words.roles, [step["responsible"]]),
            "accountable": linked("role", words.roles, [step["accountable"]]),
            "informed": linked("role", words.roles, step["informed"]),
            "by_when": own["at_once"] if limit == "at-once" else linked("limit", words.limits, [limit]),
            "with_form": "".join(f"[{form}](doc:{form})" for form in step["forms"]),
            "basis": ", ".join(f"[MPA 1, {basis.partition('/')[2]}](law:{basis})" for basis in step["basis"])
            + "".join(f" [{source}](source:{source})" for source in step["sources"]),
        }
        return "".join(f"- **{own[key]}**: {value}\n" for key, value in rows.items() if value)

    control = {
        "id": name,
        "revision": record["revision"],
        "status": own["status_draft"],
        "owner": linked("role", words.roles, [record["owner"]]) if record["owner"] in words.roles else record["owner"],
        "persons": f"{own['person_adult']}, {own['person_child']}",
        "applies_to": linked("role", words.roles, record["applies_to"]),
    }
    panel = "".join(f"- **{own[key]}**: {value}\n" for key, value in control.items())
    opening, front, body = text.split("---\n", 2)
    lines = []
    for line in body.split("\n"):
        lines.append(line)
        heading = re.search(r"^### .*\{#([^}]+)\}$", line)
        if heading:
            lines += ["", facts(steps[heading[1]])]
    return f"{opening}---\n{front}---\n\n{own['notice_model']}\n\n{panel}\n" + "\n".join(lines)


def _stock_path(name: str) -> str:
    return {LAW: f"law/{LAW}.md", FORM: f"forms/{FORM.lower()}.md"}.get(
        name
    ) or f"sops/{_family(name)}/{name.lower()}.md"


def _plain(text: str, here: str) -> str:
    """References as relative links; what is only for Patokaz leaves the front matter."""
    up = "../" * here.count("/")

    def link(match: re.Match[str]) -> str:
        words, scheme, target = match.groups()
        name, _, anchor = target.partition("#")
        match scheme:
            case "law":
                law, _, article = target.partition("/")
                there = f"{_stock_path(law)}#art-{article}"
            case "doc":
                there = _stock_path(name) + (f"#{anchor}" if anchor else "")
            case _:
                there = f"glossary/{scheme}s.md#{target.lower()}"
        return f"[{words or target}]({up}{there})"

    _, front, body = text.split("---\n", 2)
    kept = yaml.safe_load(front)
    head = _yaml({"title": kept["title"], "description": kept["summary"]})
    labels = "".join(f"- {label}\n" for label in kept.get("labels", {}).values())
    return f"---\n{head}---\n{_REFERENCE.sub(link, body)}" + (f"\n{labels}" if labels else "")


def _yaml(value: Any) -> str:
    return yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)


def _write(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, encoding="utf-8")
