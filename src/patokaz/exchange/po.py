"""PO files of GNU gettext (``info gettext``, section PO Files), through polib."""

from __future__ import annotations

import re

import polib

from patokaz.exchange.delivery import Delivered, Delivery, Package, primary, text_of, unreadable
from patokaz.findings import Finding, Location

SUFFIX = ".po"
_HEADER = "X-Patokaz-Document"
_CHARSET = re.compile(r"charset=([\w.-]+)", re.IGNORECASE)
_ROW = re.compile(r'(?:(?:msgctxt|msgid|msgid_plural|msgstr|msgstr\[[0-9]+\])[ \t]*)?"(?:[^"\\]|\\.)*"')
_LINE = re.compile(r"line (\d+)\)?:?\s*(.*)")
_SAVE = "save it again with the tool it was translated with"
_HINT = "export it again, and take over what was translated with msgmerge"


def write_po(package: Package) -> str:
    """The PO file of a package. A translation whose original has changed is handed out as fuzzy. No clock is read: dates are those of the revision."""
    subject = package.subject
    day = f"{subject.date.isoformat()} 00:00+0000"
    file = polib.POFile(wrapwidth=0)
    file.metadata = {
        "Project-Id-Version": f"{subject.id} {subject.revision}",
        "POT-Creation-Date": day,
        "PO-Revision-Date": day,
        "Last-Translator": package.translator,
        "Language-Team": subject.language,
        "Language": subject.language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        _HEADER: subject.id,
        "X-Patokaz-Revision": subject.revision,
        "X-Patokaz-Fingerprint": subject.source.fingerprint,
    }
    for unit, notes in zip(package.units, package.notes, strict=True):
        file.append(
            polib.POEntry(
                msgctxt=unit.key,
                msgid=unit.source,
                previous_msgid=unit.previous or None,
                msgstr=unit.target,
                comment="\n".join(notes),
                occurrences=[(unit.where.path, str(unit.where.line))],
                flags=["fuzzy"] if unit.state == "changed" and unit.target else [],
            )
        )
    return f"{file}\n"


def read_po(data: bytes, path: str) -> tuple[Delivery | None, tuple[Finding, ...]]:
    """Read a PO file that was filled in. Fuzzy and empty entries are not done; obsolete ones are left out."""
    content, findings = text_of(data, path)
    if findings:
        return None, findings
    for number, line in enumerate(content.split("\n"), 1):
        # polib closes by itself what is not closed, and cuts off the last letter.
        if line.strip() and not line.lstrip().startswith("#") and not _ROW.fullmatch(line.strip()):
            return None, (
                unreadable(Location(path, number), "this is no line of a PO file, or its quotes are not closed", _SAVE),
            )
    try:
        # polib takes one that is the name of a file for that file; with a line feed behind it none is.
        file = polib.pofile(f"{content}\n")
    except (OSError, ValueError, IndexError) as error:
        match = _LINE.search(str(error))
        where = Location(path, int(match[1]) if match else 1)
        reason = match[2] if match and match[2] else "syntax error"
        return None, (unreadable(where, f"the PO file cannot be read: {reason}", _SAVE),)
    charset = _CHARSET.search(file.metadata.get("Content-Type", ""))
    if charset and charset[1].upper() not in ("UTF-8", "UTF8"):
        message = f"the PO file says that it is in {charset[1]}"
        return None, (unreadable(Location(path), message, "save it as UTF-8"),)
    document, language = file.metadata.get(_HEADER, ""), file.metadata.get("Language", "")
    if not document or not language:
        message = f"the header names no document ({_HEADER}) or no Language"
        return None, (unreadable(Location(path), message, _HINT),)
    units = tuple(
        Delivered(
            entry.msgctxt or "",
            entry.msgid,
            entry.msgstr,
            bool(entry.msgstr.strip()) and not entry.fuzzy,
            True,
            Location(path, _line_of(entry)),
        )
        for entry in file
        if not entry.obsolete
    )
    return Delivery(path, document, primary(language), units), ()


def _line_of(entry: polib.POEntry) -> int:
    return max(1, int(entry.linenum or 1))
