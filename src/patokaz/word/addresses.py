"""Names that survive a word processor: addresses of references, names of bookmarks, styles that mark what is not text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote

from patokaz.model.blocks import short_hash
from patokaz.parse.texts import SCHEMES

SCHEME = "patokaz:"
"""Opens the address of every reference in a Word file: ``patokaz:role/border-police``."""

RECORD, NOTICE, SOURCE, CELL_HEAD = "Patokaz Record", "Patokaz Notice", "Patokaz Source", "Patokaz Table Head"
QUOTE_ITEM = "Patokaz Quote Item"
"""Names of our paragraph styles."""

MARK, CODE, KEYBOARD = "Patokaz Mark", "Patokaz Code", "Patokaz Keyboard"
"""Names of our character styles. ``MARK`` is on words that the engine adds: they are no part of the text."""

CONTROL = "Patokaz Control"
"""Name of the style of the document-control table."""

IMAGE = "image"
"""The scheme that stands for a picture of the text, which a Word file names and does not hold."""

HEADING, GUARD = "id_", "record_"
"""How names of bookmarks begin: on a heading with an id; on words of the record, with their fingerprint."""

_OWN = re.compile(r"^(.*)\?w=([0-9a-f]{8})$")
_LONGEST = 40
"""Word cuts names of bookmarks at 40 characters."""


def shown_fingerprint(words: str) -> str:
    """Of words that the engine says, without their white space: it is lost between cells and runs."""
    return short_hash("".join(words.split()))


def address_of(target: str, own: str = "") -> str:
    """The address of a Markdown target in a Word file. ``own`` are the words that the engine says, if it says them."""
    scheme, colon, rest = target.partition(":")
    if not colon or scheme not in (*SCHEMES, IMAGE):
        return target
    words = f"?w={shown_fingerprint(own)}" if own else ""
    name, hash_sign, anchor = rest.partition("#")
    return f"{SCHEME}{scheme}" + (f"/{name}" if name else "") + words + hash_sign + anchor


def target_of(address: str) -> tuple[str, str]:
    """(Markdown target, fingerprint of the engine's words or nothing) of an address in a Word file."""
    if not address.lower().startswith(SCHEME):
        return address, ""
    path, hash_sign, anchor = unquote(address[len(SCHEME) :]).lstrip("/").partition("#")
    own = _OWN.match(path)
    scheme, _, name = (own[1] if own else path).partition("/")
    return f"{scheme}:{name}{hash_sign}{anchor}", own[2] if own else ""


def bookmark_of(anchor: str) -> str:
    """The bookmark of a heading id: letters, digits and ``_`` only, at most 40 characters."""
    plain = HEADING + re.sub("[^a-z0-9]", "_", anchor)
    exact = re.fullmatch("[a-z0-9-]+", anchor) and len(plain) <= _LONGEST
    return plain if exact else f"{plain[: _LONGEST - 9]}_{short_hash(anchor)}"


def anchor_of(bookmark: str, known: Iterable[str]) -> str:
    """The heading id of a bookmark, nothing for another kind of bookmark."""
    if not bookmark.lower().startswith(HEADING):
        return ""
    names = {bookmark_of(anchor): anchor for anchor in known}
    return names.get(bookmark.lower(), bookmark[len(HEADING) :].lower().replace("_", "-"))
