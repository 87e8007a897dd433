"""Whether a file is a Word file that may be opened. Looks at the zip itself, before any other code reads it."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

from patokaz.findings import Finding, Location, finding

MAX_FILE = 50_000_000
"""Bytes of the file itself: a hundred times an SOP with pictures."""
MAX_ENTRIES = 2_000
MAX_ENTRY, MAX_TOTAL = 30_000_000, 120_000_000
"""Bytes of one part and of all parts when unpacked."""
MAX_RATIO, RATIO_FROM = 200, 200_000
"""How much smaller a part may be packed than unpacked, for parts of this many bytes and more; XML of Word reaches 60."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_RUNS = re.compile(r"macroenabled|vba|activex|oleobject|ms-office\.intel", re.IGNORECASE)
_EMBEDDED = re.compile(
    r"(^|/)(embeddings|activex|ctrlprops)/|vbaproject|vbadata|\.(exe|dll|js|vbs|ps1|bat|cmd|scr|com|lnk|hta)$"
)
_DECLARED = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"""^<\?xml[^>]*encoding\s*=\s*["']([^"']+)["']""")
_PLAIN_ENCODINGS = (b"utf-8", b"us-ascii", b"ascii")
_LEAVING = (
    "afChunk",
    "aFChunk",
    "oleObject",
    "package",
    "control",
    "vbaProject",
    "attachedTemplate",
    "frame",
    "subDocument",
)
"""Kinds of relationships that bring foreign content along, inside or outside the file."""

_HINT = "ask for the file as a plain Word document (.docx), without macros, embedded files or links to templates"


def check_package(data: bytes, name: str) -> Finding | None:
    """What keeps the file ``name`` with these bytes from being opened; None if it may be."""
    where = Location(name)
    if len(data) > MAX_FILE:
        return finding("KB632", where, f"the file has {len(data):,} bytes, more than {MAX_FILE:,}", _HINT)
    if data.startswith(_OLE):
        return finding(
            "KB631",
            where,
            "the file is protected by a password, or of the old kind .doc",
            "open it in Word, take the password away and save it as .docx",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _unsound(package, where)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, ValueError, RuntimeError, OSError) as error:
        return finding("KB631", where, f"the file is no Word file: {error}", "open it in Word and save it as .docx")
    except zipfile.zlib.error as error:  # type: ignore[attr-defined]
        return finding("KB631", where, f"the file is damaged: {error}", "ask for it again")


def _unsound(package: zipfile.ZipFile, where: Location) -> Finding | None:
    entries = package.infolist()
    dangerous = next(_bad_entries(entries), None)
    if dangerous:
        return finding("KB632", where, dangerous, _HINT)
    if any(entry.flag_bits & 1 for entry in entries):
        return finding("KB631", where, "the file is protected by a password", "take the password away in Word")
    parts: dict[str, bytes] = {}
    total = 0
    for entry in entries:
        content = _unpacked(package, entry)
        total += len(content)
        if len(content) > MAX_ENTRY or total > MAX_TOTAL:
            return finding("KB632", where, f"`{entry.filename}` is larger than a Word file needs when unpacked", _HINT)
        if len(content) >= RATIO_FROM and len(content) > MAX_RATIO * max(1, entry.compress_size):
            return finding("KB632", where, f"`{entry.filename}` is packed like a zip bomb", _HINT)
        parts[entry.filename] = content
    if "[Content_Types].xml" not in parts:
        return finding("KB631", where, "the file is a zip, but no Word file", "open it in Word and save it as .docx")
    for part, content in parts.items():
        if part.lower().endswith((".xml", ".rels", ".vml")):
            problem = _unsafe_xml(content)
            if problem:
                return finding("KB632", where, f"`{part}` {problem}", _HINT)
    return _contents(parts, where)


def _bad_entries(entries: list[zipfile.ZipInfo]) -> Iterator[str]:
    if len(entries) > MAX_ENTRIES:
        yield f"the file has {len(entries):,} parts, more than {MAX_ENTRIES:,}"
    seen: set[str] = set()
    for entry in entries:
        name = entry.orig_filename
        if name.startswith(("/", "\\")) or "\\" in name or ":" in name or "\0" in name or ".." in name.split("/"):
            yield f"a part is named `{name!r}`, which leads out of the file"
        elif name.lower() in seen:
            yield f"two parts are named `{name}`"
        elif _EMBEDDED.search(name.lower()):
            yield f"`{name}` is a program or a file inside the file"
        elif entry.file_size > MAX_ENTRY:
            yield f"`{name}` is larger than a Word file needs when unpacked"
        seen.add(name.lower())


def _unpacked(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The content of an entry, one byte more than allowed at most, whatever its header says of its size."""
    with package.open(entry) as stream:
        return stream.read(MAX_ENTRY + 1)


def _unsafe_xml(content: bytes) -> str:
    # In UTF-16 every second byte of these words is zero.
    if _DECLARED.search(content) or _DECLARED.search(content.replace(b"\0", b"")):
        return "declares a document type or entities"
    encoding = _ENCODING.match(content.lstrip(b"\xef\xbb\xbf"))
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or (encoding and encoding[1].lower() not in _PLAIN_ENCODINGS):
        return "is not written in UTF-8"
    return ""


def _contents(parts: dict[str, bytes], where: Location) -> Finding | None:
    """Kinds of parts and relationships."""
    try:
        types = ElementTree.fromstring(parts["[Content_Types].xml"])  # noqa: S314 - no document type, see above
        relations = {
            name: ElementTree.fromstring(content)  # noqa: S314
            for name, content in parts.items()
            if name.lower().endswith(".rels")
        }
    except ElementTree.ParseError as error:
        return finding("KB631", where, f"the file is damaged: {error}", "open it in Word and save it again")
    kinds = [item.get("ContentType", "") for item in types]
    runs = next((kind for kind in kinds if _RUNS.search(kind)), None)
    if runs:
        return finding("KB632", where, f"the file can hold macros or embedded objects ({runs})", _HINT)
    if _MAIN not in kinds:
        return finding("KB631", where, "the file is no Word document", "open it in Word and save it as .docx")
    for name, root in relations.items():
        for relation in root:
            kind = relation.get("Type", "").rpartition("/")[2]
            target = relation.get("Target", "")
            outside = relation.get("TargetMode", "").lower() == "external"
            if kind in _LEAVING or (outside and kind != "hyperlink"):
                return finding("KB632", where, f"`{name}` brings in foreign content ({kind}: {target[:80]})", _HINT)
            if not outside and _leads_out(name, target):
                return finding("KB632", where, f"`{name}` leads out of the file ({target[:80]})", _HINT)
    return None


def _leads_out(relations: str, target: str) -> bool:
    folder = posixpath.dirname(posixpath.dirname(relations))
    path = posixpath.normpath(target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target))
    return "\\" in target or ":" in target.split("/")[0] or path.startswith("..")
