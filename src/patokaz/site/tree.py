"""The compiled tree on disk: plain Markdown in ``<lang>/…``, which MkDocs takes as its ``docs_dir``."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

from patokaz.pages import Compiled, Page


def write_tree(compiled: Compiled, folder: Path, read: Callable[[str], bytes]) -> None:
    """Make ``folder`` hold exactly the compiled pages and images.

    Files that are already right are left alone, so that a live reload sees only what changed. ``read`` gives the bytes
    of a source image.
    """
    wanted: dict[Path, bytes] = {}
    for page in compiled.pages.values():
        wanted[folder / page.language / f"{page.path}.md"] = _markdown(page).encode()
    for target, source in compiled.assets.items():
        content = read(source)
        for language in compiled.languages:
            wanted[folder / language / target] = content
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


def _markdown(page: Page) -> str:
    # A JSON string is a YAML string. MkDocs needs the title; all else comes from memory in the page context.
    return f"---\ntitle: {json.dumps(page.title, ensure_ascii=False)}\n---\n\n{page.body}\n"
