"""The same site comes out of ProperDocs, which continues MkDocs 1: the way out when MkDocs 1 ends."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from sitekit import run, snapshot


def pages(folder: Path) -> dict[str, bytes]:
    generator = re.compile(rb'<meta name="?generator"? content="?[^">]*"?>')
    return {name: generator.sub(b"", content) for name, content in snapshot(folder).items()}


def test_properdocs_builds_the_same_pages(library: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(library, tmp_path / "other"))
    mkdocs = run("-m", "mkdocs", "build", "--strict", cwd=library)
    assert mkdocs.returncode == 0, mkdocs.stderr
    # It reads mkdocs.yml when there is no properdocs.yml; naming the file keeps it from advising a new name.
    properdocs = run("-m", "properdocs", "build", "--strict", "-f", "mkdocs.yml", cwd=other)
    assert properdocs.returncode == 0, properdocs.stderr
    assert "WARNING" not in properdocs.stderr
    ours, theirs = pages(library / "site"), pages(other / "site")
    assert len([name for name in ours if name.endswith(".html")]) > 50
    assert theirs.keys() == ours.keys()
    assert [name for name, content in ours.items() if theirs[name] != content] == []


def test_properdocs_refuses_what_mkdocs_refuses(library: Path) -> None:
    roles = library / "glossary" / "roles.yml"
    roles.write_text(roles.read_text(encoding="utf-8") + "- id: [\n", encoding="utf-8")
    done = run("-m", "properdocs", "build", "--strict", "-f", "mkdocs.yml", cwd=library)
    assert done.returncode != 0
    assert re.search(r"glossary/roles\.yml:\d+:\d+: KB\d+ error", done.stderr)
    assert not (library / "site").exists()
