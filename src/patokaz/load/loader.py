"""A tree of sources → :class:`Library`.

Nothing is raised for bad content: the library holds what could be read, the findings say what could not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from patokaz.findings import Finding, Location, SetupError, did_you_mean, finding, in_order
from patokaz.load.folders import id_in_folder, in_document, in_revision, is_handbook
from patokaz.load.reading import SourceReader
from patokaz.load.seals import edited_since, no_document, read_seals
from patokaz.load.trees import Tree
from patokaz.model.base import Path
from patokaz.model.glossary import (
    Concept,
    Family,
    HandbookRecord,
    Home,
    IndicatorFile,
    IndicatorGroup,
    Institution,
    Limit,
    Role,
    SourceEntry,
    Term,
)
from patokaz.model.library import Document, HandPage, Library, Settings
from patokaz.model.pathway import Pathway, Safeguard
from patokaz.model.revisions import CITED_FILE, REVISIONS_FOLDER, Cited
from patokaz.model.texts import Follows, FrontMatter, PageFrontMatter, Text
from patokaz.parse.records import M, to_list, to_model, to_record
from patokaz.parse.settings import CONFIG_FILE, parse_settings
from patokaz.parse.texts import parse_text

PATHWAY_FILE = "pathway.yml"
_REGISTERS = (
    "terms",
    "thesaurus",
    "roles",
    "institutions",
    "limits",
    "safeguards",
    "indicators",
    "families",
    "sources",
)
IMAGE_SUFFIXES = (".png", ".jpg", ".jpeg", ".svg", ".webp")
_NOT_CONTENT = ("docs/adr", "docs/contributing")
_LANGUAGE_FILE = re.compile(r"^([a-z]{2,3})\.md$")
_FOLLOWS = ".follows.yml"


@dataclass
class Loaded:
    """The result of loading: the library as far as it could be read (None without settings), and findings."""

    library: Library | None
    findings: tuple[Finding, ...]


def load(tree: Tree, *, heads: bool = False) -> Loaded:
    """Load everything. Raises :class:`SetupError` only when the tree has no ``mkdocs.yml``.

    ``heads``: of translations and hand-written pages only the front matter is taken apart. That is enough for document control – records,
    seals, freshness, titles – and finds the same in loading; rules over texts and pages need all.
    """
    if CONFIG_FILE not in tree.files():
        raise SetupError(
            f"no {CONFIG_FILE} here: run patokaz in the root of a library (the folder with mkdocs.yml, sops/, docs/, glossary/)"
        )
    return _Loader(tree, heads=heads).load()


@dataclass
class _Loader(SourceReader):
    heads: bool = False
    broken: set[str] = field(default_factory=set)
    unreadable: set[str] = field(default_factory=set)

    def load(self) -> Loaded:
        for path in self.tree.strays():
            self.findings.append(
                finding(
                    "KB004",
                    Location(path),
                    "this link leads out of the library or to a folder",
                    "put the file itself here",
                )
            )
        content = self.text_of(CONFIG_FILE)
        settings, problems = parse_settings(content) if content is not None else (None, ())
        self.findings += problems
        if settings is None:
            return Loaded(None, in_order(self.findings))
        groups = self.indicator_groups()
        library = Library(
            settings=settings,
            documents=self.documents(),
            pages=self.pages(settings),
            terms=self.register("terms", Term),
            thesaurus=self.register("thesaurus", Concept),
            roles=self.register("roles", Role),
            institutions=self.register("institutions", Institution),
            limits=self.register("limits", Limit),
            safeguards=self.register("safeguards", Safeguard),
            indicator_groups=groups,
            families=self.register("families", Family),
            sources=self.register("sources", SourceEntry),
            home=self.single("docs/home.yml", Home),
            handbooks=self.handbooks(),
            places=self.places,
            broken=frozenset(self.broken),
            unreadable=frozenset(self.unreadable),
        )
        self.unknown_files(settings)
        return Loaded(library, in_order(self.findings))

    def register(self, name: str, model: type[M]) -> dict[str, M]:
        """The entries of ``glossary/<name>.yml`` by id; a missing file is an empty register."""
        path = f"glossary/{name}.yml"
        if path not in self.tree.files():
            return {}
        loaded = self.yaml_of(path)
        if loaded is None or loaded[0] is None:
            self.unreadable.add(name)
            return {}
        entries = to_list(model, *loaded, lambda entry: str(entry.id))  # type: ignore[attr-defined]
        self.findings += entries.findings
        self.broken |= entries.broken
        self.places[path] = entries.places
        return entries.by_id

    def single(self, path: str, model: type[M]) -> M | None:
        """A file that is one mapping; None if it is absent or does not fit."""
        loaded = self.yaml_of(path) if path in self.tree.files() else None
        if loaded is None:
            return None
        entry, problems = to_model(model, loaded[0], loaded[1])
        self.findings += problems
        return entry

    def indicator_groups(self) -> dict[str, IndicatorGroup]:
        """Groups by id; ids of groups and of indicators are unique over the file."""
        path = "glossary/indicators.yml"
        file = self.single(path, IndicatorFile)
        if file is None:
            self.unreadable.add("indicators")
        groups: dict[str, IndicatorGroup] = {}
        seen: set[str] = set()
        for number, group in enumerate(file.groups if file else ()):
            ids: list[tuple[Path, str]] = [(("groups", number, "id"), group.id)]
            ids += [(("groups", number, "indicators", i, "id"), item.id) for i, item in enumerate(group.indicators)]
            for where, name in ids:
                if name in seen:
                    self.findings.append(
                        finding(
                            "KB106",
                            self.places[path].at(*where),
                            f"id `{name}` is used twice in this file",
                            "give one of them another id",
                        )
                    )
                seen.add(name)
            groups[group.id] = group
        return groups

    def handbooks(self) -> dict[str, HandbookRecord]:
        """Handbooks by id, in the order of their file names."""
        found: dict[str, HandbookRecord] = {}
        for path in self.tree.files():
            if is_handbook(path):
                handbook = self.single(path, HandbookRecord)
                if handbook and handbook.id != PurePosixPath(path).stem:
                    where = self.places[path].at("id")
                    self.findings.append(
                        finding(
                            "KB107",
                            where,
                            f"the file of handbook `{handbook.id}` is named `{PurePosixPath(path).name}`",
                            f"name it `{handbook.id}.yml`",
                        )
                    )
                if handbook:
                    found[handbook.id] = handbook
                    self.places[f"docs/handbooks/{handbook.id}.yml"] = self.places[path]
        return found

    # Documents and pages

    def documents(self) -> dict[str, Document]:
        """Every folder with a ``record.yml``."""
        documents: dict[str, Document] = {}
        folders: dict[str, list[str]] = {}
        sealed: dict[str, list[str]] = {}
        for path in self.tree.files():
            if in_document(path):
                folders.setdefault(path.rpartition("/")[0], []).append(path)
            elif in_revision(path):
                sealed.setdefault(path.split(f"/{REVISIONS_FOLDER}/")[0], []).append(path)
        for folder, files in sorted(folders.items()):
            document = self.document(folder, files)
            if document is None:
                continue
            if document.id in documents:
                other = documents[document.id].folder
                where = document.places.at("id")
                self.findings.append(
                    finding(
                        "KB106", where, f"document id `{document.id}` is used twice", f"the other one is in {other}"
                    )
                )
                continue
            seals, problems = read_seals(self.tree, document, sealed.get(folder, ()))
            self.findings += problems
            edited = edited_since(self.tree, seals.get(document.record.revision), files)
            documents[document.id] = replace(document, seals=seals, edited_since_seal=edited)
        for folder in sealed.keys() - folders.keys():
            self.findings.append(no_document(folder))
        return documents

    def document(self, folder: str, files: list[str]) -> Document | None:
        """One document, or None with findings."""
        path = f"{folder}/record.yml"
        if path not in files:
            self.findings.append(
                finding("KB005", Location(path), "the folder has no record.yml", "add it, or move the files")
            )
            return None
        loaded = self.yaml_of(path)
        if loaded is None:
            self.broken.add(id_in_folder(folder))
            return None
        record, problems = to_record(*loaded)
        self.findings += problems
        texts: dict[str, Text] = {}
        images: list[str] = []
        pathway: Pathway | None = None
        for file in files:
            if file == path:
                continue
            name = file.rpartition("/")[2]
            match = _LANGUAGE_FILE.match(name)
            if match:
                content = self.text_of(file)
                whole = not self.heads or record is None or match[1] == record.source_language
                text, found = (
                    parse_text(content, file, match[1], FrontMatter, body=whole) if content is not None else (None, ())
                )
                self.findings += found
                if text:
                    texts[match[1]] = text
            elif name.endswith(_FOLLOWS):
                continue
            elif name.lower().endswith(IMAGE_SUFFIXES):
                images.append(file)
            elif name == PATHWAY_FILE and folder.startswith("sops/"):
                pathway = self.single(file, Pathway)
                if pathway is None:
                    self.broken.add(file)
            else:
                hint = "a document folder holds record.yml, <language>.md, images and, under sops/, pathway.yml"
                self.findings.append(finding("KB006", Location(file), f"unexpected file `{name}`", hint))
        self.follow(texts, files)
        if record is None:
            value = loaded[0]
            self.broken.add(str(value["id"]) if isinstance(value, dict) and value.get("id") else id_in_folder(folder))
            return None
        if record.kind == "pathway" and f"{folder}/{PATHWAY_FILE}" not in files:
            message, hint = f"a pathway has no {PATHWAY_FILE}", "add it, with its nodes"
            self.findings.append(finding("KB005", loaded[1].at("kind"), message, hint))
        source = f"{folder}/{record.source_language}.md"
        if record.source_language not in texts:
            self.broken.add(record.id)
            if source not in files:
                where = loaded[1].at("source_language")
                self.findings.append(
                    finding(
                        "KB005",
                        where,
                        f"the text in the source language, `{source}`, is missing",
                        "write it, or correct `source_language`",
                    )
                )
            return None
        return Document(record, texts, folder, loaded[1], tuple(images), pathway)

    def follow(self, texts: dict[str, Text], files: Iterable[str]) -> None:
        """Give each translation what its ``<lang>.follows.yml`` says; one without a text is reported."""
        languages = {f"{language}{_FOLLOWS}": language for language in texts}
        for file in files:
            name = file.rpartition("/")[2]
            if name in languages:
                texts[languages[name]] = self.following(texts[languages[name]], file)
            elif name.endswith(_FOLLOWS) and file.removesuffix(_FOLLOWS) + ".md" not in files:
                self.nothing_follows(file)

    def following(self, text: Text, file: str) -> Text:
        """The text with what ``file`` says of the passages that it follows."""
        return replace(text, follows=self.single(file, Follows))

    def nothing_follows(self, file: str) -> None:
        """Report a ``.follows.yml`` that has no text beside it."""
        name = file.rpartition("/")[2]
        message = f"there is no {name.removesuffix(_FOLLOWS)}.md beside `{name}`"
        self.findings.append(finding("KB006", Location(file), message, "remove it, or add the translation"))

    def pages(self, settings: Settings) -> dict[str, HandPage]:
        """Hand-written pages: the same path in each language folder is one page."""
        texts: dict[str, dict[str, Text]] = {}
        files = frozenset(self.tree.files())
        for path in sorted(files):
            parts = path.split("/")
            if len(parts) < 3 or parts[0] != "docs" or parts[1] not in settings.languages or not path.endswith(".md"):
                continue
            page_id = "/".join(parts[2:]).removesuffix(".md")
            content = self.text_of(path)
            text, problems = (
                parse_text(content, path, parts[1], PageFrontMatter, body=not self.heads)
                if content is not None
                else (None, ())
            )
            self.findings += problems
            follows = path.removesuffix(".md") + _FOLLOWS
            if text:
                texts.setdefault(page_id, {})[parts[1]] = self.following(text, follows) if follows in files else text
            else:
                self.broken.add(page_id)
        pages = {}
        for page_id, by_language in sorted(texts.items()):
            ordered = {lang: by_language[lang] for lang in settings.languages if lang in by_language}
            source = next(
                (
                    lang
                    for lang, text in ordered.items()
                    if text.front.translates is None and text.front.translation is None
                ),
                next(iter(ordered)),
            )
            audiences = {t.front.audience for t in ordered.values() if isinstance(t.front, PageFrontMatter)}
            audience = "public" if audiences == {"public"} else "professional"
            pages[page_id] = HandPage(page_id, audience, source, ordered)  # type: ignore[arg-type]
        return pages

    def unknown_files(self, settings: Settings) -> None:
        """Report files that no part of the loader knows: a typo in a name would otherwise lose a document unseen."""
        known = [f"glossary/{name}.yml" for name in _REGISTERS]
        files = frozenset(self.tree.files())
        for path in sorted(files):
            parts = path.split("/")
            if (
                path == CONFIG_FILE
                or path in known
                or path == "docs/home.yml"
                or path.startswith(tuple(f"{p}/" for p in _NOT_CONTENT))
            ):
                continue
            if parts[0] == "docs" and len(parts) > 2 and parts[1] in settings.languages:
                if path.endswith(_FOLLOWS):
                    if path.removesuffix(_FOLLOWS) + ".md" not in files:
                        self.nothing_follows(path)
                elif not path.endswith(".md"):
                    self.findings.append(
                        finding(
                            "KB006",
                            Location(path),
                            f"unexpected file `{parts[-1]}`",
                            "a language folder holds Markdown pages",
                        )
                    )
                continue
            if in_document(path) or in_revision(path) or is_handbook(path):
                continue
            hint = (
                did_you_mean(path, known)
                if parts[0] == "glossary"
                else "see docs/contributing/source-formats.md for where things go"
            )
            self.findings.append(finding("KB006", Location(path), f"unexpected file `{path}`", hint))


@dataclass
class SealedReader(_Loader):
    """Reads the files of one sealed revision; what its seal has proven is not checked again."""

    def sealed(self, folder: str, files: tuple[str, ...]) -> tuple[Document | None, Cited]:
        """The document in ``folder``, None where it cannot be read, and the entries of registers that it named."""
        cited = f"{folder}/{CITED_FILE}"
        entries = self.single(cited, Cited) if cited in files else None
        document = self.document(folder, [path for path in files if path != cited])
        return document, entries or Cited()
