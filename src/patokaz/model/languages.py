"""The languages that the engine has words for, by its own files."""

from __future__ import annotations

import functools
from importlib import resources
from importlib.resources.abc import Traversable

WORDS = resources.files("patokaz") / "resources" / "words"
"""``<lang>.yml`` for a working language; ``leaflets/<lang>.yml`` with fewer words for a language of leaflets only."""


def _in(folder: Traversable) -> frozenset[str]:
    return frozenset(item.name.removesuffix(".yml") for item in folder.iterdir() if item.name.endswith(".yml"))


@functools.cache
def spoken() -> frozenset[str]:
    """Languages that a site can be made in."""
    return _in(WORDS)


@functools.cache
def spoken_in_leaflets() -> frozenset[str]:
    """Languages beyond these that a leaflet can be shown in."""
    return _in(WORDS / "leaflets")
