"""What a preview keeps from one rebuild to the next: pages whose content and surroundings are the same are not made again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from patokaz.pages.addresses import file_of

Key = tuple[str, str]
"""(language, path)."""


@dataclass
class KeptPages:
    """Contexts and HTML of the pages of a preview's last build.

    Templates of the theme are not part of it: who edits them starts the preview again.
    """

    _contexts: dict[Key, dict[str, Any]] = field(default_factory=dict)
    _html: dict[Key, str] = field(default_factory=dict)

    def is_same(self, key: Key, context: dict[str, Any]) -> bool:
        """Whether the page was rendered with an equal context; if not, remembers this one."""
        if key in self._html and self._contexts.get(key) == context:
            return True
        self._contexts[key] = context
        self._html.pop(key, None)
        return False

    def context(self, key: Key) -> dict[str, Any]:
        """The context that :meth:`is_same` was asked about last."""
        return self._contexts[key]

    def keep(self, key: Key, html: str) -> str:
        """Keep the HTML of a page, and give it back."""
        self._html[key] = html
        return html

    def write(self, keys: Iterable[Key], site: Path, *, default: str) -> None:
        """Put into the folder ``site`` those of the pages that are not there: MkDocs empties it before each build."""
        for language, path in keys:
            target = site / file_of(path, language, default=default)
            if not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(self._html[language, path], encoding="utf-8")
