"""What a team subscribes to: reviews due as an iCalendar file, published changes as an Atom feed, each in one language.

Bytes depend on the library only: days come from records, seals and the edition, never from the clock.
"""

from __future__ import annotations

import datetime
import urllib.parse
import uuid
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from patokaz.model.library import Document
from patokaz.model.records import HistoryEntry
from patokaz.model.revisions import Seal
from patokaz.pages.overview import Overview
from patokaz.pages.view import View
from patokaz.pages.wording import best

CALENDAR, FEED = "reviews.ics", "changes.atom"
"""Their files, in each language's folder."""

LINKS = {CALENDAR: ("feed_reviews", "iCalendar"), FEED: ("feed_changes", "Atom")}
"""The words that lead to each file, and the name of its format."""

_ATOM = "http://www.w3.org/2005/Atom"
_LINE = 75
"""Octets of a line of iCalendar without its end (RFC 5545, 3.1)."""


def feed_files(view: View, shown: Overview) -> dict[tuple[str, str], str]:
    """Both files of the view's language by (language, path). Only what the view's audience may see is in them."""
    return {
        (view.language, CALENDAR): reviews_calendar(view, shown),
        (view.language, FEED): changes_feed(view),
    }


# Reviews


def reviews_calendar(view: View, shown: Overview) -> str:
    """An all-day event for each review that is due, by RFC 5545: lines of at most 75 octets that end with CRLF."""
    stamp = f"{view.library.settings.edition.date:%Y%m%d}T000000Z"
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Patokaz//Document control//EN",
        "CALSCALE:GREGORIAN",
        f"NAME:{_escaped(_feed_title(view, 'feed_reviews'))}",
        f"X-WR-CALNAME:{_escaped(_feed_title(view, 'feed_reviews'))}",
    ]
    for row in shown.rows:
        document = view.documents.get(row.id)
        if document is None or row.review_due is None:
            continue
        name = _name(document, view)
        lines += [
            "BEGIN:VEVENT",
            f"UID:{row.id.lower()}.review@{_authority(view)}",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{row.review_due:%Y%m%d}",
            f"DTEND;VALUE=DATE:{row.review_due + datetime.timedelta(days=1):%Y%m%d}",
            f"SUMMARY;LANGUAGE={view.language}:{_escaped(view.words['review_of'].format(title=name))}",
            f"DESCRIPTION;LANGUAGE={view.language}:{_escaped(_owner(document, view))}",
            *((f"URL:{address}",) if (address := _absolute(view, view.path_of(row.id))) else ()),
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _owner(document: Document, view: View) -> str:
    role = view.roles.get(document.record.owner)
    return f"{view.words['owner']}: {view.plain(role.name)}" if role else ""


def _escaped(text: str) -> str:
    """A value of the type TEXT (RFC 5545, 3.3.11)."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """A content line in pieces of at most 75 octets, no sign of which is torn; each further piece starts with a space."""
    pieces, size = [""], 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > _LINE:
            pieces.append(" ")
            size = 1
        pieces[-1] += sign
        size += octets
    return "\r\n".join(pieces)


# Changes


def changes_feed(view: View) -> str:
    """The sealed revisions that the edition shows, newest first, each with the summary of its changes (RFC 4287).

    An entry's id comes from the hash of its record, so that it stays whatever the library is called or where it is published.
    """
    feed = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": view.language})
    published = sorted(_published(view), key=lambda item: (item[1].sealed, item[0].id, item[1].number), reverse=True)
    settings = view.library.settings
    newest = published[0][1].sealed if published else settings.edition.date
    _add(feed, "id", _urn("feed", settings.site_url or view.plain(settings.names), view.language))
    _add(feed, "title", _feed_title(view, "feed_changes"))
    _add(feed, "updated", _moment(newest))
    _add(ET.SubElement(feed, "author"), "name", view.plain(settings.names))
    address = _absolute(view, FEED, suffix="")
    if address:
        ET.SubElement(feed, "link", {"rel": "self", "href": address})
    for document, seal in published:
        _entry(feed, document, seal, view)
    ET.indent(feed, " ")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(feed, encoding="unicode")}\n'


def _published(view: View) -> Iterator[tuple[Document, Seal]]:
    for document in view.documents.values():
        for seal in document.seals.values():
            if is_shown(document, seal, view):
                yield document, seal


def is_shown(document: Document, seal: Seal, view: View) -> bool:
    """Whether the edition may tell of a sealed revision: to professionals of all, to the public of those that have a page in it."""
    return view.audience == "professional" or seal.revision in view.addresses(document)


def _entry(feed: ET.Element, document: Document, seal: Seal, view: View) -> None:
    entry = ET.SubElement(feed, "entry")
    _add(entry, "id", _urn(document.id, seal.revision, seal.files.get("record.yml", ""), view.language))
    _add(entry, "title", f"{_name(document, view)} · {seal.revision}")
    _add(entry, "updated", _moment(seal.sealed))
    path = view.addresses(document).get(seal.revision)
    if path:
        href = _absolute(view, path) or f"{path}.html"
        ET.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": href})
    ET.SubElement(entry, "category", {"term": seal.status, "label": view.words[f"status_{seal.status}"]})
    change = _history(document, seal, view)
    if change is not None:
        summary, language = best(change.summary, view.language, view.order)
        _add(entry, "summary", summary, **({} if language == view.language else {"xml:lang": language}))
    _add(entry, "content", _counts_from(seal, view))


def _counts_from(seal: Seal, view: View) -> str:
    """The status of a revision and the day from which it counts."""
    if not seal.adopted or seal.effective is None:
        return view.words[f"status_{seal.status}"]
    key = "as_of_withdrawn" if seal.status == "withdrawn" else "as_of_from"
    return view.words[key].format(start=view.words.date(seal.effective))


def _history(document: Document, seal: Seal, view: View) -> HistoryEntry | None:
    """The entry of a revision in the history: of the revision itself where the edition has it, else of what is shown."""
    sealed = (a.document for a in view.library.archive if a.document.id == document.id and a.revision == seal.revision)
    record = next(sealed, document).record
    return next((entry for entry in record.history if entry.revision == seal.revision), None)


# Both


def _name(document: Document, view: View) -> str:
    title = view.title(document.id)
    return f"{document.id} {title}" if document.record.kind in ("sop", "form") else title


def _feed_title(view: View, key: str) -> str:
    return f"{view.plain(view.library.settings.names)}: {view.words[key]}"


def _authority(view: View) -> str:
    """The host of the published site; a word of our own where there is none."""
    return urllib.parse.urlsplit(view.library.settings.site_url).hostname or "patokaz"


def _absolute(view: View, path: str, suffix: str = ".html") -> str:
    """The address of a page or file of the language's folder; empty where the library does not say where it is published."""
    root = view.library.settings.site_url
    folder = "" if view.language == view.order[0] else f"{view.language}/"
    return f"{root.rstrip('/')}/{folder}{path}{suffix}" if root else ""


def _moment(day: datetime.date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _urn(*parts: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_OID, "\x1f".join(parts)).urn


def _add(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, name, attributes).text = text
