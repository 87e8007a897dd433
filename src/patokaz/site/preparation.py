"""Steps 1 to 3 for MkDocs: load, check and compile once per build, and keep the last good state for the preview."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from pathlib import Path

from patokaz.checking import checked, sound_edition
from patokaz.findings import Finding, FindingsError, SetupError, errors_in
from patokaz.load import DiskTree
from patokaz.model.base import Audience
from patokaz.pages import Compiled, compile_library
from patokaz.pages.overview import overview
from patokaz.site.tree import write_tree

CACHE = ".cache/patokaz"
"""Where a plain ``mkdocs build`` or ``mkdocs serve`` puts the compiled tree, under the library's root."""


@dataclass
class Preparation:
    """What a build works with. ``compiled`` may be given from outside (``patokaz build``) or is made by :meth:`run`."""

    root: Path
    audience: Audience
    preview: bool = False
    compiled: Compiled | None = None
    findings: tuple[Finding, ...] = ()
    folder: Path = field(default_factory=Path)

    def run(self, today: datetime.date) -> None:
        """Load, check, compile and write the tree; of a preview without the search, which the plugin serves when it is asked for.

        Raises :class:`FindingsError` on errors, unless this is a preview with an earlier good state: then that state
        stays and the findings are shown on its pages.
        """
        tree = DiskTree(self.root)
        library, self.findings = checked(tree, today)
        errors = errors_in(self.findings)
        if errors or library is None:
            if self.preview and self.compiled is not None:
                return
            raise FindingsError(errors)
        state = overview(library, self.findings, today)
        if not self.preview:
            # A preview shows what is being written, an edition what is in force.
            library = sound_edition(library, self.findings, tree, today)
        self.compiled = compile_library(library, self.audience, overview=state)
        self.folder = self.root / CACHE / f"tree-{self.audience}"
        write_tree(self.compiled, self.folder, tree.read, search=not self.preview)

    def ready(self) -> Compiled:
        """The compiled library; raises :class:`SetupError` before :meth:`run`."""
        if self.compiled is None:
            raise SetupError("the library is not compiled yet")
        return self.compiled
