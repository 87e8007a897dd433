"""JSON Schemas of the YAML files, from the model, so that editors complete and validate what the loader accepts."""

from __future__ import annotations

import json
from typing import Any

from pydantic import TypeAdapter

from patokaz.model.glossary import (
    Concept,
    Family,
    HandbookRecord,
    Home,
    IndicatorFile,
    Institution,
    Limit,
    Role,
    SourceEntry,
    Term,
)
from patokaz.model.pathway import Pathway, Safeguard
from patokaz.model.records import RECORD_TYPES


def schemas() -> dict[str, str]:
    """File name → JSON text: one per kind of record, one per glossary file, home and handbook."""
    shapes: dict[str, Any] = dict(RECORD_TYPES)
    # A record of kind pathway and the pathway itself are two files: the latter is the one people edit most.
    shapes["pathway-record"] = shapes.pop("pathway")
    shapes["pathway"] = Pathway
    shapes |= {"home": Home, "handbook": HandbookRecord, "indicators": IndicatorFile}
    lists = {
        "terms": Term,
        "thesaurus": Concept,
        "roles": Role,
        "institutions": Institution,
        "limits": Limit,
        "safeguards": Safeguard,
        "families": Family,
        "sources": SourceEntry,
    }
    shapes |= {name: tuple[model, ...] for name, model in lists.items()}  # type: ignore[valid-type]
    found = {}
    for name, shape in sorted(shapes.items()):
        schema = TypeAdapter(shape).json_schema()
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        found[f"{name}.schema.json"] = json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    return found
