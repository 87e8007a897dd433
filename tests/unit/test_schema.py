"""The JSON Schemas in ``schemas/``, and the generated rule reference."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest

from patokaz.findings import CATALOGUE
from patokaz.model.schema import schemas
from patokaz.parse.strict_yaml import parse_yaml
from patokaz.rules import RULES
from patokaz.rules.reference import rule_reference
from sample import SAMPLE, TESTS

ROOT = TESTS.parent
jsonschema = pytest.importorskip("jsonschema")

GLOSSARY = (
    "terms",
    "thesaurus",
    "roles",
    "institutions",
    "limits",
    "indicators",
    "families",
    "sources",
    "safeguards",
)


def plain(value: object) -> object:
    """As an editor's validator sees it: lists, and dates as text."""
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return value.isoformat() if isinstance(value, datetime.date) else value


def read(path: Path) -> object:
    parsed = parse_yaml(path.read_text(encoding="utf-8"), path.name)
    assert parsed.findings == ()
    return plain(parsed.value)


def files_and_schemas() -> list[tuple[Path, str]]:
    pairs = [(SAMPLE / "glossary" / f"{name}.yml", name) for name in GLOSSARY]
    pairs += [(SAMPLE / "docs" / "home.yml", "home"), (SAMPLE / "docs" / "handbooks" / "all.yml", "handbook")]
    for path in sorted(SAMPLE.rglob("record.yml")):
        record = read(path)
        assert isinstance(record, dict)
        pairs.append((path, "pathway-record" if record["kind"] == "pathway" else record["kind"]))
    return pairs + [(path, "pathway") for path in sorted(SAMPLE.rglob("pathway.yml"))]


def test_written_schemas_are_up_to_date() -> None:
    """After a change of the model run ``patokaz schema``."""
    written = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "schemas").glob("*.json"))}
    assert sorted(written) == sorted(schemas()), "run `patokaz schema`"
    for name, text in schemas().items():
        assert written[name] == text, "run `patokaz schema`"


@pytest.mark.parametrize("name", sorted(schemas()))
def test_schema_is_a_schema(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(schemas()[name]))


@pytest.mark.parametrize(
    ("path", "name"), files_and_schemas(), ids=lambda value: value if isinstance(value, str) else value.stem
)
def test_sample_fits_its_schema(path: Path, name: str) -> None:
    schema = json.loads(schemas()[f"{name}.schema.json"])
    errors = [error.message for error in jsonschema.Draft202012Validator(schema).iter_errors(read(path))]
    assert errors == []


def test_schema_refuses_an_unknown_key() -> None:
    schema = json.loads(schemas()["home.schema.json"])
    home = read(SAMPLE / "docs" / "home.yml")
    assert isinstance(home, dict)
    assert list(jsonschema.Draft202012Validator(schema).iter_errors({**home, "more": 1}))


def test_rule_reference_is_up_to_date() -> None:
    """After a change of a rule run ``patokaz rules > docs/contributing/rules.md``."""
    written = (ROOT / "docs" / "contributing" / "rules.md").read_text(encoding="utf-8")
    assert written == rule_reference(), "run `patokaz rules > docs/contributing/rules.md`"


def test_rule_reference_names_every_code_once() -> None:
    lines = rule_reference().splitlines()
    for code in CATALOGUE:
        assert len([line for line in lines if line.startswith(f"| {code} |")]) == 1


def test_every_rule_says_why() -> None:
    assert [code for code, check in RULES.items() if not (check.__doc__ or "").strip()] == []
