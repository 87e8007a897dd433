"""What can be found: entries, and concepts under all their names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

KINDS = (
    "step",
    "sop",
    "pathway",
    "form",
    "law",
    "contact",
    "limit",
    "term",
    "role",
    "indicator",
    "module",
    "leaflet",
    "page",
)
"""Kinds of entries, in the order in which a search lists them where nothing else decides."""


@dataclass(frozen=True)
class Entry:
    """A place that a search can lead to: a page, or a section of one.

    ``href`` is relative to the language's folder. The first entry of a page is the page itself (``top``); those of its sections follow.
    ``title`` to ``datum`` are shown as they are; ``titles`` (in other languages), ``asks``, ``body`` and ``codes`` are only looked up.
    A code is a direct name: ``SOP-02``, ``418-a``. ``who`` (who acts) and ``roles`` (whom it concerns) are
    role ids, ``persons`` those for whom alone it is, ``when`` a time limit in words, ``datum`` an answer in words with its ``source`` (words, address).
    What is only ``direct`` is found by its codes and by no word.
    """

    href: str
    kind: str
    title: str
    top: bool = True
    titles: Mapping[str, str] = field(default_factory=dict)
    asks: tuple[str, ...] = ()
    body: str = ""
    codes: tuple[str, ...] = ()
    direct: bool = False
    document: str = ""
    revision: str = ""
    status: str = ""
    who: tuple[str, ...] = ()
    roles: frozenset[str] = frozenset()
    persons: tuple[str, ...] = ()
    when: str = ""
    form: str = ""
    datum: str = ""
    source: tuple[str, ...] = ()


@dataclass(frozen=True)
class Concept:
    """One thing under its names: per language, the name that texts use first. ``href`` is the entry of a term, else empty."""

    forms: Mapping[str, tuple[str, ...]]
    href: str = ""
