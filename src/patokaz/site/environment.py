"""The theme's templates, read once: static-i18n builds the site anew for every language, and a preview at every edit.

Material brings thousands of icons that no page uses. Listing them and compiling the same templates again took a third of
a preview's rebuild.
"""

from __future__ import annotations

import os
from pathlib import PurePath

import jinja2
from jinja2.bccache import Bucket
from mkdocs.theme import Theme

ICONS = ".icons"


class _Kept(jinja2.BytecodeCache):
    """Compiled templates of this process. jinja2 keys them by name and file and compares their source."""

    def __init__(self) -> None:
        self.code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what an earlier build compiled."""
        if bucket.key in self.code:
            bucket.bytecode_from_string(self.code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what this build compiled."""
        self.code[bucket.key] = bucket.bytecode_to_string()


_KEPT = _Kept()


class _WithoutIcons(jinja2.FileSystemLoader):
    """The theme's folders; Material's icons are not listed, so that MkDocs does not look at each of them."""

    def list_templates(self) -> list[str]:
        """All names but those of icons, sorted."""
        found: set[str] = set()
        for top in self.searchpath:
            for folder, folders, names in os.walk(top):
                folders[:] = [name for name in folders if name != ICONS]
                inside = PurePath(folder).relative_to(top)
                found |= {(inside / name).as_posix() for name in names}
        return sorted(found)


class _LeanEnvironment:
    """Stands in for the method ``get_env`` of one theme."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme

    def __call__(self) -> jinja2.Environment:
        """An environment as MkDocs makes it, with our loader and the templates compiled so far."""
        env = type(self.theme).get_env(self.theme)
        env.loader = _WithoutIcons(self.theme.dirs)
        env.bytecode_cache = _KEPT
        return env


def keep_templates(theme: Theme) -> None:
    """Make the environments of ``theme`` list no icons and share compiled templates. Idempotent."""
    if not isinstance(vars(theme).get("get_env"), _LeanEnvironment):
        theme.get_env = _LeanEnvironment(theme)  # type: ignore[method-assign]
