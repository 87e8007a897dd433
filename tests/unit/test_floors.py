"""The floors of the package (DESIGN, section Package) and the walls round each dependency, read from the imports."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import patokaz

ROOT = Path(patokaz.__file__).parent
MODULES = {
    ".".join(("patokaz", *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__"): path
    for path in sorted(ROOT.rglob("*.py"))
    if "resources" not in path.parts
}

FLOORS = {
    "findings": 0,
    "model": 1,
    "parse": 2,
    "translations": 2,
    "revisions": 2,
    "pathways": 2,
    "search": 2,
    "load": 3,
    "rules": 3,
    "pages": 3,
    "checking": 4,
    "exchange": 4,
    "word": 4,
    "site": 5,
    "handbooks": 5,
    "control": 5,
    "release": 6,
    "cli": 7,
    "__main__": 8,
}

WALLS = {
    "mkdocs": {"site"},
    "mkdocs_static_i18n": {"site"},
    "material": {"site"},
    "weasyprint": {"handbooks"},
    "pydyf": {"handbooks"},
    "pikepdf": {"handbooks"},
    "fontTools": {"handbooks"},
    "yaml": {"parse"},
    "tomllib": {"search"},
    "pydantic": {"model"},
    "click": {"cli"},
    "rich": {"cli"},
    "cmarkgfm": {"parse"},
    "docx": {"word"},
    "lxml": {"word"},
    "markdown_it": {"parse"},
    "polib": {"exchange"},
    "segno": {"handbooks"},
    "pathspec": {"site"},
    "uharfbuzz": {"pathways", "handbooks"},
    "minify": {"site"},
    "jinja2": {"pages", "handbooks", "site"},
    "markupsafe": {"pages", "handbooks"},
}


def part_of(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def imports(path: Path) -> Iterator[tuple[str, tuple[str, ...]]]:
    """(module, names) of every import at run time, also inside functions; what is only for types does not count."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING"):
            skipped |= {id(inner) for statement in node.body for inner in ast.walk(statement)}
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            yield from ((alias.name, ()) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield str(node.module), tuple(alias.name for alias in node.names)


def test_every_part_has_a_floor() -> None:
    """A new part is entered here and in DESIGN."""
    assert {part_of(module) for module in MODULES} - {""} == set(FLOORS)


@pytest.mark.parametrize("module", MODULES)
def test_imports_only_from_lower_floors(module: str) -> None:
    own = part_of(module)
    for name, _ in imports(MODULES[module]):
        other = part_of(name) if name.startswith("patokaz.") else None
        if other and other != own:
            assert FLOORS[other] < FLOORS[own], f"{module} (floor {FLOORS[own]}) imports {name} (floor {FLOORS[other]})"


@pytest.mark.parametrize("module", MODULES)
def test_dependency_stays_behind_its_wall(module: str) -> None:
    for name, _ in imports(MODULES[module]):
        top = name.split(".")[0]
        if top in WALLS:
            assert part_of(module) in WALLS[top], f"{module} imports {name}"


@pytest.mark.parametrize("module", MODULES)
def test_only_known_dependencies(module: str) -> None:
    """What is imported is the standard library, ourselves, or a dependency that has a wall."""
    for name, _ in imports(MODULES[module]):
        top = name.split(".")[0]
        assert top in sys.stdlib_module_names or top == "patokaz" or top in WALLS, f"{module} imports {name}"


@pytest.mark.parametrize("module", MODULES)
def test_package_root_gives_its_version_only(module: str) -> None:
    for name, names in imports(MODULES[module]):
        if name == "patokaz":
            assert names == ("__version__",)
            assert part_of(module) == "cli"


@pytest.mark.parametrize("module", [name for name in MODULES if name != "patokaz.__main__"])
def test_module_has_a_docstring_and_imports(module: str) -> None:
    assert importlib.import_module(module).__doc__


def test_lower_floors_import_alone() -> None:
    """A fresh interpreter can load the model without a site generator, a printer or a terminal."""
    code = "import sys, patokaz.load, patokaz.rules; print([m for m in ('mkdocs','weasyprint','click','rich','jinja2') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"


def test_search_imports_alone() -> None:
    """Search knows entries only: neither MkDocs nor pages, so that a benchmark can index any set of texts."""
    code = "import sys, patokaz.search.shard; print([m for m in sys.modules if m.startswith(('mkdocs', 'jinja2', 'patokaz.')) and not m.startswith('patokaz.search')])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == "[]"


def test_no_cycle_between_modules() -> None:
    graph = {
        module: {name for name, _ in imports(path) if name in MODULES and name != module}
        for module, path in MODULES.items()
    }
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " -> ".join((*path, module))
        if module not in done:
            for other in sorted(graph[module]):
                # A package's __init__ collects its modules; a module may import the package of another part.
                if not module.startswith(f"{other}."):
                    visit(other, (*path, module))
            done.add(module)

    for module in graph:
        visit(module, ())
