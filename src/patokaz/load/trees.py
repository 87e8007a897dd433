"""Where sources come from: a tree is an interface, so that one loader reads the disk, a sealed state or a test's dictionary."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Protocol

from patokaz.parse.settings import CONFIG_FILE

SOURCE_FOLDERS = ("sops", "docs", "glossary")


class Tree(Protocol):
    """Where sources come from."""

    def files(self) -> tuple[str, ...]:
        """All files under the source folders and ``mkdocs.yml``, sorted, with ``/``."""

    def read(self, path: str) -> bytes:
        """The bytes of a file; raises ``OSError``."""

    def strays(self) -> tuple[str, ...]:
        """Entries that lead out of the tree."""


class DiskTree:
    """A folder on disk. Hidden files and editors' back-ups are left out; symbolic links must stay inside."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self._prefix = f"{str(self.root).rstrip('/')}/"
        self._strays: list[str] = []
        self._files = tuple(sorted(self._walk()))

    def _walk(self) -> Iterable[str]:
        if (self.root / CONFIG_FILE).is_file() and self._inside(self.root / CONFIG_FILE):
            yield CONFIG_FILE
        for top in SOURCE_FOLDERS:
            if not self._inside(self.root / top):
                continue
            # Sealed revisions make tens of thousands of files: paths stay strings here.
            for folder, folders, names in os.walk(self.root / top):
                inside = folder[len(str(self.root)) :].replace(os.sep, "/").strip("/")
                links = {name for name in (*folders, *names) if os.path.islink(os.path.join(folder, name))}  # noqa: PTH114, PTH118
                outside = {name for name in sorted(links) if name[0] != "." and not self._inside(Path(folder, name))}
                folders[:] = sorted(name for name in folders if name[0] != "." and name not in outside)
                for name in names:
                    if name[0] == "." or name.endswith("~") or name == "Thumbs.db" or name in outside:
                        continue
                    yield f"{inside}/{name}"

    def _inside(self, path: Path) -> bool:
        if path.is_symlink():
            try:
                target = path.resolve()
            except (OSError, RuntimeError):
                target = None
            if target is None or not target.is_relative_to(self.root) or target.is_dir():
                # A link to a folder inside the tree is refused too: it could make a circle.
                self._strays.append(path.relative_to(self.root).as_posix())
                return False
        return True

    def files(self) -> tuple[str, ...]:
        """See :class:`Tree`."""
        return self._files

    def read(self, path: str) -> bytes:
        """See :class:`Tree`."""
        with open(f"{self._prefix}{path}", "rb") as file:  # noqa: PTH123 - twice as fast, and read for every sealed file
            return file.read()

    def strays(self) -> tuple[str, ...]:
        """See :class:`Tree`."""
        return tuple(self._strays)


class MemoryTree:
    """Sources in a dictionary, for tests and sealed states."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = dict(files)

    def files(self) -> tuple[str, ...]:
        """See :class:`Tree`."""
        return tuple(sorted(self._files))

    def read(self, path: str) -> bytes:
        """See :class:`Tree`."""
        return self._files[path]

    def strays(self) -> tuple[str, ...]:
        """See :class:`Tree`."""
        return ()
