"""What people do to a Word file, done with python-docx and, where Word writes more than that knows, with XML."""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

import docx
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph

from patokaz.load import MemoryTree, Tree, load
from patokaz.model.library import Library
from patokaz.pages.view import View
from patokaz.word import Imported, Origin, export, import_word
from patokaz.word.origin import origin
from sample import sample_files

WHO = 'w:author="A. Lawyer" w:date="2026-11-24T10:00:00Z"'


def opened(data: bytes) -> WordDocument:
    return docx.Document(io.BytesIO(data))


def saved(word: WordDocument) -> bytes:
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def repacked(data: bytes, change: Mapping[str, bytes | None]) -> bytes:
    """The zip with parts replaced, added or (None) taken out."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        parts = {name: source.read(name) for name in source.namelist()} | dict(change)
        for name, content in parts.items():
            if content is not None:
                target.writestr(name, content)
    return buffer.getvalue()


def part(data: bytes, name: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read(name)


class Trip:
    """One text on its way out and back. ``body`` replaces the text's own Markdown after the front matter."""

    def __init__(self, name: str = "SOP-01", language: str = "en", body: str | None = None) -> None:
        files = sample_files()
        tree: Tree = MemoryTree(files)
        library = load(tree).library
        assert library is not None
        if body is not None:
            path = origin(library, name, language, tree.read).text.path
            head = files[path].decode().partition("\n---\n")[0]
            files[path] = f"{head}\n---\n\n{body}\n".encode()
            tree = MemoryTree(files)
            library = load(tree).library
            assert library is not None
        self.library: Library = library
        self.origin: Origin = origin(library, name, language, tree.read)
        self.data = export(self.origin, View(library, "professional", language))

    def back(self, edit: Callable[[WordDocument], Any] | None = None, file: str = "w.docx") -> Imported:
        data = self.data
        if edit is not None:
            word = opened(data)
            edit(word)
            data = saved(word)
        return import_word(data, file, self.origin)

    def changed_lines(self, edit: Callable[[WordDocument], Any]) -> tuple[list[str], list[str]]:
        """(lines that are gone, lines that are new)."""
        before, after = self.origin.content.split("\n"), self.back(edit).content.split("\n")
        gone, new = list(before), list(after)
        for line in before:
            if line in new:
                new.remove(line)
                gone.remove(line)
        return gone, new


def paragraph(word: WordDocument, words: str) -> Paragraph:
    """The one body paragraph with these words, links and all."""
    found = [p for p in _all(word) if words in "".join(t.text or "" for t in p._p.iter(qn("w:t")))]
    assert len(found) == 1, [p.text for p in found]
    return found[0]


def _all(word: WordDocument) -> list[Paragraph]:
    return [Paragraph(p, word._body) for p in word.element.body.iter(qn("w:p"))]


def replace_words(word: WordDocument, old: str, new: str) -> None:
    """In the one run that holds them."""
    found = [t for t in word.element.body.iter(qn("w:t")) if old in (t.text or "")]
    assert len(found) == 1, [t.text for t in found]
    found[0].text = found[0].text.replace(old, new)
    found[0].set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def delete(item: Paragraph) -> None:
    item._p.getparent().remove(item._p)


def copied_after(item: Paragraph, words: str) -> Paragraph:
    """A paragraph of the same kind after ``item``, as the Enter key makes it."""
    element = copy.deepcopy(item._p)
    for child in list(element):
        if child.tag != qn("w:pPr"):
            element.remove(child)
    item._p.addnext(element)
    new = Paragraph(element, item._parent)
    new.add_run(words)
    return new


def split_runs(item: Paragraph) -> None:
    """Every word in a run of its own with spelling marks between, as Word saves what it has looked at."""
    for run in list(item._p.iter(qn("w:r"))):
        text = run.find(qn("w:t"))
        if text is None:
            continue
        for piece in (text.text or "").replace(" ", " \0").split("\0"):
            one = copy.deepcopy(run)
            one.find(qn("w:t")).text = piece
            one.find(qn("w:t")).set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            run.addprevious(parse_xml(f'<w:proofErr {nsdecls("w")} w:type="spellStart"/>'))
            run.addprevious(one)
            run.addprevious(parse_xml(f'<w:proofErr {nsdecls("w")} w:type="spellEnd"/>'))
        run.getparent().remove(run)


def track_deletion(item: Paragraph, words: str) -> None:
    """Strike ``words`` out in the one run that holds them."""
    run, before, after = _around(item, words)
    middle = (
        f'<w:del {nsdecls("w")} w:id="90" {WHO}><w:r><w:delText xml:space="preserve">{words}</w:delText></w:r></w:del>'
    )
    _put(run, before, middle, after)


def track_insertion(item: Paragraph, at: str, words: str) -> None:
    """Insert ``words`` after ``at``."""
    run, before, after = _around(item, at)
    middle = f'<w:ins {nsdecls("w")} w:id="91" {WHO}><w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:ins>'
    _put(run, before + at, middle, after)


def _around(item: Paragraph, words: str) -> tuple[Any, str, str]:
    run = next(r for r in item._p.iter(qn("w:r")) if words in "".join(t.text or "" for t in r.iter(qn("w:t"))))
    before, _, after = run.find(qn("w:t")).text.partition(words)
    return run, before, after


def _put(run: Any, before: str, middle: str, after: str) -> None:
    for words in (before, None, after):
        if words is None:
            run.addprevious(parse_xml(middle))
        elif words:
            one = copy.deepcopy(run)
            one.find(qn("w:t")).text = words
            one.find(qn("w:t")).set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            run.addprevious(one)
    run.getparent().remove(run)


def delete_mark(item: Paragraph) -> None:
    """Strike out the end of a paragraph, so that it runs on into the next."""
    properties = item._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:rPr {nsdecls("w")}><w:del w:id="92" {WHO}/></w:rPr>'))


def _commented(word: WordDocument) -> None:
    word.add_comment(paragraph(word, "Ask the child what").runs[0], text="Who asks?", author="A. Lawyer")


def _without_a_step(word: WordDocument) -> None:
    delete(next(p for p in word.paragraphs if p.text == "Ask the child"))


EDITS: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda data: data,
    "cut": lambda data: data[: len(data) // 2],
    "macros": lambda data: repacked(data, {"word/vbaProject.bin": b"x"}),
    "step deleted": lambda data: _with(data, _without_a_step),
    "comment": lambda data: _with(data, _commented),
}
"""What the cases of rules do to a Word file."""


def _with(data: bytes, edit: Callable[[WordDocument], Any]) -> bytes:
    word = opened(data)
    edit(word)
    return saved(word)


def edited(name: str, language: str, edit: str) -> bytes:
    """The Word file of a text of the sample library, with one of :data:`EDITS`."""
    return EDITS[edit](Trip(name, language).data)
