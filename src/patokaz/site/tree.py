"""The compiled tree on disk: a stub ``<lang>/….md`` per page, which MkDocs takes as its ``docs_dir``, images and downloads.

A stub holds the title only. The page itself is compiled already and is put in by the plugin, so that Markdown is
rendered once, and by one library, for site and print (ADR 0009).
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

from patokaz.pages import Compiled, Page


def write_tree(compiled: Compiled, folder: Path, read: Callable[[str], bytes], *, search: bool = True) -> None:
    """Make ``folder`` hold exactly the compiled pages, images and downloads.

    Files that are already right are left alone, so that a live reload sees only what changed. ``read`` gives the bytes
    of a source image. ``search``: whether the scripts of the search are part of it.
    """
    wanted: dict[Path, bytes] = {}
    made = {**compiled.downloads, **(compiled.search_scripts if search else {})}
    for page in compiled.pages.values():
        wanted[folder / page.language / f"{page.path}.md"] = _stub(page).encode()
    for target, source in compiled.assets.items():
        content = read(source)
        for language in compiled.languages:
            wanted[folder / language / target] = content
    for (language, target), text in made.items():
        wanted[folder / language / target] = text.encode()
    for path, content in wanted.items():
        if path.is_file() and path.read_bytes() == content:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f"{path.name}.{os.getpid()}.part")
        temporary.write_bytes(content)
        temporary.replace(path)
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif path not in wanted:
            path.unlink()


def _stub(page: Page) -> str:
    # A JSON string is a YAML string.
    return f"---\ntitle: {json.dumps(page.title, ensure_ascii=False)}\n---\n"
