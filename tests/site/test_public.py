"""Nothing that is for professionals reaches a byte of the public edition: every such field carries a canary."""

from __future__ import annotations

import gzip
import io
import itertools
import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pypdf
import pytest
import yaml
from sitekit import LANGUAGES, Site, make, snapshot

from patokaz.checking import checked
from patokaz.findings import errors_in
from patokaz.load import MemoryTree
from patokaz.pages import compile_library
from sample import FORM, LAW, PUBLIC_SOP, SOP, TODAY, Sources, sample_files

CANARY = "zqkvxwjy"
_FREE = {
    *("name", "duty", "short", "note", "what", "phone", "email", "web", "address", "hours", "start", "text", "why"),
    *("form", "preferred", "admitted", "definition", "title", "summary", "designation", "issuer", "number", "aliases"),
}
"""Keys whose values are words that somebody wrote; the values of all other keys are ids, dates or fixed words."""


class Canaries:
    """Numbered canaries, each planted once: number → where."""

    def __init__(self) -> None:
        self.planted: dict[str, str] = {}
        self._numbers = itertools.count(100)

    def new(self, where: str) -> str:
        # Letters only: labels must have the same digits in every language (KB827).
        word = CANARY + "".join(chr(ord("a") + int(digit)) for digit in str(next(self._numbers)))
        self.planted[word] = where
        return word

    def plant(self, value: Any, where: str, *, free: bool = False) -> Any:
        """The value with a canary in each text somebody wrote."""
        if isinstance(value, dict):
            return {
                key: self.plant(item, f"{where}.{key}", free=free or (key in _FREE and where.count(".") > -1))
                for key, item in value.items()
            }
        if isinstance(value, list):
            return [self.plant(item, f"{where}.{number}", free=free) for number, item in enumerate(value)]
        return f"{value} {self.new(where)}" if free and isinstance(value, str) else value

    def in_text(self, text: str, where: str) -> str:
        """A Markdown text with canaries in its front matter and in every paragraph and heading."""
        _, front, body = text.split("---\n", 2)
        matter = yaml.safe_load(front)
        planted = {
            key: self.plant(value, f"{where}:{key}", free=key in ("title", "summary", "asks", "labels"))
            for key, value in matter.items()
        }
        if "translation" in planted:
            planted["translation"]["by"] += " " + self.new(f"{where}:translation.by")
        lines = []
        for number, line in enumerate(body.split("\n"), 1):
            heading = re.match(r"(#+ .*?)( \{#.*\})$", line)
            if heading:
                lines.append(f"{heading[1]} {self.new(f'{where}:{number}')}{heading[2]}")
            elif line.startswith("!["):
                lines.append(line.replace("](", f" {self.new(f'{where}:{number} image')}]("))
            else:
                lines.append(f"{line} {self.new(f'{where}:{number}')}" if line.strip() else line)
        return f"---\n{dump(planted)}---\n" + "\n".join(lines)


class _Plain(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - PyYAML names the argument
        return True


def dump(value: Any) -> str:
    return yaml.dump(value, Dumper=_Plain, allow_unicode=True, sort_keys=False, width=100_000)


def marked_picture(content: bytes, word: str) -> bytes:
    """A PNG with a text chunk before its end."""
    chunk = b"tEXt" + f"Comment\0{word}".encode()
    end = len(content) - 12
    return (
        content[:end] + struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", zlib.crc32(chunk)) + content[end:]
    )


@pytest.fixture(scope="module")
def planted() -> tuple[Sources, dict[str, str]]:
    """The sample library, richer in things for professionals, each with canaries; and where each canary is."""
    canaries = Canaries()
    files = more_for_professionals(sample_files())
    # Fingerprints hold no words, and ids with canaries would no longer fit them.
    files = {path: content for path, content in files.items() if not path.endswith(".follows.yml")}
    registers = ("terms", "roles", "institutions", "limits")
    for register in registers:
        path = f"glossary/{register}.yml"
        entries = yaml.safe_load(files[path])
        for index, entry in enumerate(entries):
            where = f"{register}.{entry['id']}"
            if entry.get("audience", "professional") == "professional":
                entries[index] = canaries.plant(entry, where)
                continue
            for number, contact in enumerate(entry.get("contacts", ())):
                if contact.get("audience", "professional") == "professional":
                    entry["contacts"][number] = canaries.plant(contact, f"{where}.{contact['id']}")
        files[path] = dump(entries).encode()
    for name, wanted in (("indicators", None), ("families", "reception"), ("sources", "S99")):
        path = f"glossary/{name}.yml"
        value = yaml.safe_load(files[path])
        if wanted is None:
            value = canaries.plant(value, name)
        else:
            value = [canaries.plant(e, f"{name}.{wanted}") if e["id"] == wanted else e for e in value]
        files[path] = dump(value).encode()
    home = yaml.safe_load(files["docs/home.yml"])
    home["urgent"] = [canaries.plant(t, "urgent") if t["target"].startswith("SOP-01") else t for t in home["urgent"]]
    home["entries"] = [canaries.plant(e, "entry") if e["id"] == "team-only" else e for e in home["entries"]]
    files["docs/home.yml"] = dump(home).encode()
    for path in sorted(files):
        if (
            path.startswith((SOP, FORM, "docs/law/inner-act", "docs/training/inner", "docs/handbooks/all"))
            or "inner-page" in path
        ):
            content = files[path]
            if path.endswith(".md"):
                files[path] = canaries.in_text(content.decode(), path).encode()
            elif path.endswith(".yml"):
                files[path] = dump(canaries.plant(yaml.safe_load(content), path)).encode()
            elif path.endswith(".png"):
                files[path] = marked_picture(content, canaries.new(path))
        elif path.startswith(MODULE) and path.endswith(".md"):
            files[path] = for_trainers(canaries, files[path].decode(), path).encode()
    return Sources(renamed(files, canaries)), canaries.planted


MODULE = "docs/training/TRN-01-help-line"


def for_trainers(canaries: Canaries, text: str, where: str) -> str:
    """A public module's text with canaries in what is for its trainers: explanations, and two sections with what is in them."""
    lines, level = [], 9
    for number, line in enumerate(text.split("\n"), 1):
        heading = re.match(r"(#+) (.*?)( \{#(.*)\})$", line)
        if heading and len(heading[1]) <= level:
            level = len(heading[1]) if heading[4] in ("on-the-line-notes", "before-the-day") else 9
        word = canaries.new(f"{where}:{number}") if (level < 9 and line.strip()) or "-why: " in line else ""
        lines.append(f"{heading[1]} {heading[2]} {word}{heading[3]}" if heading and word else f"{line} {word}".rstrip())
    return "\n".join(lines)


def more_for_professionals(files: dict[str, bytes]) -> dict[str, bytes]:
    """Kinds of things that the sample has only for the public, or not at all."""
    act = {path.replace(LAW, "docs/law/inner-act"): text for path, text in files.items() if path.startswith(LAW)}
    for path, text in act.items():
        words = text.decode().replace("id: example-act", "id: inner-act").replace("public", "professional")
        files[path] = words.replace("](law:example-act", "](law:inner-act").encode()
    record = yaml.safe_load(files[f"{SOP}/record.yml"])
    record["sources"].append("S99")
    record["measures"][0]["steps"][0]["basis"].append("inner-act/1")
    record["measures"][0]["steps"][0]["contacts"].append("team-line")
    files[f"{SOP}/record.yml"] = dump(record).encode()
    module = {key: record[key] for key in record if key not in ("family", "persons", "measures")}
    module |= {"id": "inner-module", "kind": "module", "minutes": 5, "participants": {"at_least": 1, "at_most": 2}}
    module |= {"objectives": ["can-read"], "agenda": [{"id": "reading", "minutes": 5}]}
    files["docs/training/inner-module/record.yml"] = dump(module).encode()
    text = "---\ntitle: Module\nsummary: What to learn.\nlabels: {can-read: Read, reading: Reading}\n---\n\nLearn.\n\n"
    text += (
        "## Objectives {#objectives}\n\nA.\n\n## Agenda {#agenda}\n\nB.\n\n## Part {#part}\n\nRead [](source:S99).\n"
    )
    files["docs/training/inner-module/en.md"] = text.encode()
    files["docs/en/inner-page.md"] = (
        b"---\ntitle: Inner page\nsummary: For us.\n---\n\nOnly for us.\n\n## More {#more}\n\nWords.\n"
    )
    contact = {
        "id": "team-line",
        "what": {"mk": "Линија", "sq": "Linja", "en": "Team line"},
        "phone": ["555 0199"],
        "email": "team@example.org",
        "web": "https://example.org/team",
        "address": {"mk": "Улица", "sq": "Rruga", "en": "Street"},
        "hours": {"mk": "дење", "sq": "ditën", "en": "by day"},
        "source": "S1",
        "checked": TODAY,
    }
    bodies = yaml.safe_load(files["glossary/institutions.yml"])
    bodies[0]["contacts"].append(contact)
    # The sample lets a public office name a role for professionals; that case is tested by itself below.
    bodies[0]["fills"] = ["social-worker"]
    inner = {**bodies[0], "id": "inner-office", "audience": "professional", "fills": ["response-team"], "contacts": []}
    bodies.append({**inner, "note": {"mk": "Белешка", "sq": "Shënim", "en": "Note"}})
    bodies[0]["predecessors"] = []
    files["glossary/institutions.yml"] = dump(bodies).encode()
    sources = yaml.safe_load(files["glossary/sources.yml"])
    sources.append(
        {
            "id": "S99",
            "title": "Inner notes",
            "url": "https://example.org/inner",
            "seen": "whole",
            "note": "Read in part",
        }
    )
    files["glossary/sources.yml"] = dump(sources).encode()
    home = yaml.safe_load(files["docs/home.yml"])
    home["entries"].append(
        {"id": "team-only", "title": {"mk": "Тим", "sq": "Ekip", "en": "Team"}, "roles": ["response-team"]}
    )
    files["docs/home.yml"] = dump(home).encode()
    book = yaml.safe_load(files["docs/handbooks/all.yml"])
    book["select"]["documents"] += ["inner-act", "inner-module"]
    files["docs/handbooks/all.yml"] = dump(book).encode()
    # A book for the public that asks for everything gets what is public.
    public = {**book, "id": "open", "audience": "public", "title": {"mk": "Отворен", "sq": "I hapur", "en": "Open"}}
    public["include"] = ["limits", "contacts", "terms", "sources", "indicators"]
    files["docs/handbooks/open.yml"] = dump(public).encode()
    return files


_IDS = {
    # Controlled series first: a capital id of eight letters is the longest that the engine takes.
    "SOP-01": f"{CANARY.upper()}-01",
    "FORM-01": f"{CANARY.upper()}-02",
    **{
        name: f"{name}-{CANARY}"
        for name in (
            *("first-help", "help-request", "make-safe", "ask-child", "fill-form", "safety", "case-code", "first-talk"),
            *("response-team", "inner-act", "inner-module", "inner-page", "inner-office", "team-line", "team-only"),
            *("papers-held", "answers-for-person", "door", "agrees-all"),
        )
    },
}


def renamed(files: dict[str, bytes], canaries: Canaries) -> dict[str, bytes]:
    """Ids, folders and file names for professionals carry the canary too."""
    pattern = re.compile(
        r"(?<![\w-])(" + "|".join(sorted(_IDS, key=len, reverse=True)) + r")(?=-first-help|-help-request|(?![\w-]))"
    )
    slugs = re.compile(r"-(first-help|help-request)(?![\w-])")

    def rename(text: str) -> str:
        return slugs.sub(lambda m: "-" + _IDS[m[1]], pattern.sub(lambda m: _IDS[m[1]], text))

    result = {}
    for path, content in files.items():
        new = content if path.endswith(".png") else rename(content.decode()).encode()
        result[rename(path)] = new
    result.pop("docs/handbooks/all.yml")
    result[f"docs/handbooks/all-{CANARY}.yml"] = (
        rename(files["docs/handbooks/all.yml"].decode()).replace("id: all\n", f"id: all-{CANARY}\n").encode()
    )
    return result


@pytest.fixture(scope="module")
def planted_root(planted: tuple[Sources, dict[str, str]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    return planted[0].write(tmp_path_factory.mktemp("planted") / "library")


@pytest.fixture(scope="module")
def public(planted_root: Path) -> Path:
    """The public edition, with its handbooks."""
    return make(planted_root, planted_root.parent / "public", "public", handbooks=True, jobs=2)


@pytest.fixture(scope="module")
def professional(planted_root: Path) -> Path:
    """The edition for professionals, with its handbooks in one language."""
    return make(
        planted_root, planted_root.parent / "professional", "professional", handbooks=True, languages=("en",), jobs=2
    )


def pieces(folder: Path) -> Iterator[tuple[str, str]]:
    """(where, text) of everything that a folder gives away: names, bytes, and what is packed inside."""
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        yield f"the name {name}", name
        if not path.is_file():
            continue
        content = path.read_bytes()
        yield name, content.decode("latin-1")
        yield f"{name} as UTF-16", content.decode("utf-16-be", "replace")
        if path.suffix == ".gz":
            yield f"{name} unpacked", gzip.decompress(content).decode("latin-1")
        if path.suffix == ".pdf":
            yield from inside_pdf(name, content)


def inside_pdf(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        for number, item in enumerate(pdf.objects):
            if isinstance(item, pikepdf.Stream):
                yield f"{name} stream {number}", item.read_bytes().decode("latin-1")
            yield f"{name} object {number}", " ".join(strings(item))
    words = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    yield f"{name} text", "".join(words.split())


def strings(item: Any) -> Iterator[str]:
    """All strings and names of a PDF object; what it only refers to has its own turn."""
    if isinstance(item, pikepdf.String):
        yield str(item)
        yield bytes(item).decode("latin-1")
    elif isinstance(item, pikepdf.Name):
        yield str(item)
    elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        for key, value in item.items():
            yield key
            if not getattr(value, "is_indirect", False):
                yield from strings(value)
    elif isinstance(item, pikepdf.Array):
        for value in item:
            if not getattr(value, "is_indirect", False):
                yield from strings(value)


def has_canary(text: str) -> bool:
    return CANARY in text.lower()


@pytest.mark.slow
def test_public_edition_holds_no_canary(public: Path) -> None:
    names = set(snapshot(public))
    printed = {name.removesuffix(".pdf") for name in names if name.endswith(".pdf")}
    assert {f"{name}-{lang}" for name in ("handbooks/open", "posters/ask-for-help") for lang in LANGUAGES} <= printed
    assert not [name for name in printed if "-trainer-" in name]
    assert "sops/sop-02.html" in names and "handbooks.html" in names
    assert not [where for where, text in pieces(public) if has_canary(text)]


# Words that the site never shows, in no edition, and titles of what is printed here in English only.
_NEVER_SHOWN = re.compile(
    r":asks|:translation\.by|sources\.S99\.note|institutions\.inner-office\.short|team-line\.what\.(?!en)"
    r"|handbooks/all\.yml\.title\.(?!en)"
)


@pytest.mark.slow
def test_edition_for_professionals_holds_the_canaries(
    professional: Path, planted: tuple[Sources, dict[str, str]]
) -> None:
    everything = {where: text.lower() for where, text in pieces(professional) if "as UTF-16" not in where}
    joined = "\n".join(everything.values())
    missing = [where for word, where in planted[1].items() if word not in joined and not _NEVER_SHOWN.search(where)]
    assert not missing
    assert len(planted[1]) > 200
    # Each place that could leak has something to leak.
    kinds = ("the name sops/", "the name images/", "the name roles/", "glossary/terms", "handbooks/", "the name law/")
    for kind in kinds:
        assert any(has_canary(text) for where, text in everything.items() if where.startswith(kind)), kind
    for part in (" text", " object ", ".pdf stream "):
        assert any(has_canary(text) for where, text in everything.items() if ".pdf" in where and part in where), part


# What is public must not carry what is not by naming it in a record. Either the check refuses it, or it is not shown.


def change(files: dict[str, bytes], path: str, *keys: str | int, value: Any) -> None:
    whole = yaml.safe_load(files[path])
    item = whole
    for key in keys[:-1]:
        item = item[key]
    item[keys[-1]] = value
    files[path] = dump(whole).encode()


_STEP = (f"{PUBLIC_SOP}/record.yml", "measures", 0, "steps", 0)
_NAMED: dict[str, tuple[tuple[Any, ...], Any]] = {
    "owner": ((f"{PUBLIC_SOP}/record.yml", "owner"), "response-team"),
    "applies_to": ((f"{PUBLIC_SOP}/record.yml", "applies_to"), ["social-worker", "response-team"]),
    "responsible": ((*_STEP, "responsible"), ["social-worker", "response-team"]),
    "accountable": ((*_STEP, "accountable"), "response-team"),
    "consulted": ((*_STEP, "consulted"), ["response-team"]),
    "informed": ((*_STEP, "informed"), ["response-team"]),
    "limit": ((*_STEP, "limit"), "first-talk"),
    "forms": ((*_STEP, "forms"), ["FORM-01"]),
    "basis": ((*_STEP, "basis"), ["inner-act/1"]),
    "contacts": ((*_STEP, "contacts"), ["help-line", "team-line"]),
    "limit-basis": (("glossary/limits.yml", 1, "basis"), ["inner-act/2"]),
    "fills": (("glossary/institutions.yml", 0, "fills"), ["social-worker", "response-team"]),
    "predecessors": (("glossary/institutions.yml", 0, "predecessors"), ["inner-office"]),
    "related": (("glossary/terms.yml", 0, "related"), ["case-code"]),
    "superseded_by": ((f"{LAW}/record.yml", "instrument", "superseded_by"), "inner-act"),
    "home-entry": (("docs/home.yml", "entries", 0, "roles"), ["border-police", "response-team"]),
}
_SECRETS = {
    "mk": ("Тим за итно постапување", "Барање за помош"),
    "sq": ("Ekipi i reagimit", "Kërkesë për"),
    "en": ("Response team", "Request for help", "First talk", "24 hours", "Inner", "INNER", "Team line", "555 0199"),
}
_ANYWHERE = ("FORM-01", "form-01", "INNER 9/9", "inner-act", "case code", "response-team", "first-talk", "team-line")


def named(case: str) -> dict[str, bytes]:
    files = more_for_professionals(sample_files())
    act = files["docs/law/inner-act/record.yml"].decode()
    files["docs/law/inner-act/record.yml"] = act.replace("EA 1/2020", "INNER 9/9").encode()
    where, value = _NAMED[case]
    change(files, *where, value=value)
    return files


@pytest.mark.parametrize("case", _NAMED)
def test_cases_are_right_but_for_what_they_name(case: str) -> None:
    library, findings = checked(MemoryTree(named(case)), TODAY)
    assert library is not None
    # A pathway that names the step has its own findings of the same change.
    assert {item.code for item in errors_in(findings) if not item.code.startswith("KB8")} <= {"KB701"}


@pytest.mark.parametrize("case", _NAMED)
def test_a_public_record_cannot_carry_what_it_names(case: str) -> None:
    files = named(case)
    library, findings = checked(MemoryTree(files), TODAY)
    if errors_in(findings):
        return
    assert library is not None
    compiled = compile_library(library, "public")
    leaks = []
    for (language, path), page in compiled.pages.items():
        text = "\n".join([value for value in vars(page).values() if isinstance(value, str)])
        leaks += [f"{language}/{path}: {word}" for word in (*_SECRETS[language], *_ANYWHERE) if word in text]
    assert not leaks


@pytest.mark.parametrize("language", LANGUAGES)
def test_sample_for_the_public_names_nothing_else(sample_public_site: Site, language: str) -> None:
    text = "\n".join(sample_public_site.text(name) for name in sample_public_site.pages)
    assert not [word for word in ("FORM-01", "case code", "шифра на случајот") if word in text]
