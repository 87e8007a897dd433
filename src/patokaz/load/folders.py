"""What a file of a library is, by where it lies."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from patokaz.model.library import DOCUMENT_FOLDERS
from patokaz.model.revisions import REVISIONS_FOLDER


def in_revision(path: str) -> bool:
    """Whether a file belongs to a sealed revision: ``<document folder>/revisions/<n>/<file>``."""
    parts = path.split("/")
    return len(parts) == 6 and parts[3] == REVISIONS_FOLDER and in_document("/".join([*parts[:3], "record.yml"]))


def is_handbook(path: str) -> bool:
    """Whether a file is ``docs/handbooks/<id>.yml``."""
    return path.startswith("docs/handbooks/") and path.endswith(".yml") and path.count("/") == 2


def in_document(path: str) -> bool:
    """Whether a file lies in a document's folder: ``sops/<family>/<folder>/`` or ``docs/<kind>/<folder>/``."""
    parts = path.split("/")
    if len(parts) != 4:
        return False
    return parts[0] == "sops" or "/".join(parts[:2]) in DOCUMENT_FOLDERS


def id_in_folder(folder: str) -> str:
    """The id that a folder's name gives its document: ``SOP-02`` of ``SOP-02-preliminary-identification``."""
    name = PurePosixPath(folder).name
    match = re.match(r"[A-Z]{2,8}-\d{2,3}", name)
    return match[0] if match else name
