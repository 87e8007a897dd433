"""What the engine takes from Material is still there: blocks, partials, and the style sheet's classes that pages use."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import jinja2
import jinja2.nodes
import pytest

from patokaz.site.configure import theme_folder

MATERIAL = Path(str(resources.files("material"))) / "templates"
OURS = theme_folder()


def blocks(template: Path) -> set[str]:
    environment = jinja2.Environment(extensions=["jinja2.ext.loopcontrols", "jinja2.ext.i18n", "jinja2.ext.do"])
    tree = environment.parse(template.read_text(encoding="utf-8"))
    return {block.name for block in tree.find_all(jinja2.nodes.Block)}


def test_every_block_that_we_fill_exists_in_material() -> None:
    ours, theirs = blocks(OURS / "main.html"), blocks(MATERIAL / "base.html")
    assert ours and ours <= theirs


def test_every_partial_that_we_replace_exists_in_material() -> None:
    replaced = [p.relative_to(OURS / "partials") for p in (OURS / "partials").rglob("*.html")]
    assert replaced
    for path in replaced:
        assert (MATERIAL / "partials" / path).is_file(), path
    assert (MATERIAL / "404.html").is_file()


@pytest.mark.parametrize("name", ["md-main", "md-grid", "md-content", "md-sidebar--primary", "md-toggle", "md-skip"])
def test_classes_that_our_styles_build_on(name: str) -> None:
    (sheet,) = (MATERIAL / "assets" / "stylesheets").glob("main.*.min.css")
    assert f".{name}" in sheet.read_text(encoding="utf-8")
