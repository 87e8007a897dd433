"""What a preview keeps from one rebuild to the next: pages whose content and surroundings are the same are not rendered again."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

TEMPLATE = "kept.html"
"""Stands in for a page's template where its HTML is known already; what it gives is thrown away."""

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
        """The HTML of the page: what is known, else ``html``, which is kept."""
        return self._html.setdefault(key, html)
