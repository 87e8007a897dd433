"""Render a compiled library into a folder, by MkDocs."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import BuildError, MkDocsException

from patokaz.findings import KbError, SetupError
from patokaz.pages import Compiled
from patokaz.parse.settings import CONFIG_FILE
from patokaz.site.plugin import PatokazPlugin
from patokaz.site.preparation import Preparation
from patokaz.site.tree import write_tree


def render_site(compiled: Compiled, root: Path, work: Path, read: Callable[[str], bytes]) -> Path:
    """Write the site of ``compiled`` to ``work/site`` and return that folder.

    ``root`` holds mkdocs.yml; ``read`` gives the bytes of source images. Raises :class:`KbError` if MkDocs refuses, warnings included.
    """
    tree, site = work / "tree", work / "site"
    write_tree(compiled, tree, read)
    # MkDocs tells every step; at this level only what is wrong is worth a line.
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    counter = _Warnings()
    logging.getLogger("mkdocs").addHandler(counter)
    try:
        config = load_config(str(root / CONFIG_FILE), site_dir=str(site))
        plugin = config.plugins.get("patokaz")
        if not isinstance(plugin, PatokazPlugin):
            raise SetupError("mkdocs.yml needs the plugin `patokaz`")
        plugin.use(Preparation(root, compiled.audience, compiled=compiled, folder=tree))
        config.plugins.on_startup(command="build", dirty=False)
        try:
            build(config)
        finally:
            config.plugins.on_shutdown()
    except (MkDocsException, BuildError) as error:
        raise KbError(f"MkDocs could not build the site: {error}") from error
    finally:
        logging.getLogger("mkdocs").removeHandler(counter)
    if counter.lines:
        raise KbError("MkDocs warned:\n" + "\n".join(counter.lines))
    return site


class _Warnings(logging.Handler):
    """Collects warnings: a strict build has none."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())
