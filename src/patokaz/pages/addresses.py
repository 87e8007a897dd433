"""Where pages stand: paths inside a language's folder, without suffix, and the links between them."""

from __future__ import annotations

FOLDERS = {
    "sop": "sops",
    "law": "law",
    "form": "forms",
    "module": "training",
    "leaflet": "leaflets",
    "pathway": "pathways",
}
"""The site's folder of each kind of document; also the key of its section."""

TRAINER = "-trainer"
"""What the path of a module's page for its trainers ends with."""


def relative(here: str, there: str) -> str:
    """The relative address of path ``there`` seen from page ``here``."""
    folder = here.rpartition("/")[0]
    other, _, name = there.rpartition("/")
    return name if other == folder else "../" * here.count("/") + there


def file_of(path: str, language: str, *, default: str) -> str:
    """The file of a page seen from the site's root; the default language has no folder."""
    return ("" if language == default else f"{language}/") + f"{path}.html"


def in_language(here: str, language: str, other: str, *, default: str) -> str:
    """The link from page ``here`` in ``language`` to the same page in ``other``; the default language has no folder."""
    up = "../" * (here.count("/") + (language != default))
    return up + file_of(here, other, default=default)


def revision_path(name: str, revision: str) -> str:
    """The page of a single revision of the document ``name``, for ever."""
    return f"revisions/{name.lower()}/{revision}"
