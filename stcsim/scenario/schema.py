"""JSON Schema of scenario files, for editors: completion, hover texts with units, errors as one types."""

from __future__ import annotations

import json
from typing import Any

from stcsim.scenario.spec import ScenarioSpec

_EXTENDS = {
    "type": "string",
    "description": (
        "Scenario that this one builds on: a name of the library, or the path of a file in this folder or "
        "below. This file wins; lists of actors and arms merge by id; null takes a value away."
    ),
}


def _tidied(value: Any) -> Any:
    """Return a schema without the titles that only repeat names, and with units in the texts."""
    if isinstance(value, list):
        return [_tidied(v) for v in value]
    if not isinstance(value, dict):
        return value
    kept = {k: _tidied(v) for k, v in value.items() if not (k == "title" and isinstance(v, str))}
    if isinstance(kept.get("unit"), str) and isinstance(kept.get("description"), str):
        kept["description"] = f"{kept['description']} Unit: {kept['unit']}."
    return kept


def schema() -> dict[str, Any]:
    """Return the JSON Schema of a scenario file."""
    made = ScenarioSpec.model_json_schema()
    found: dict[str, Any] = _tidied(made)
    found["properties"] = {"extends": _EXTENDS, **found["properties"]}
    found["required"] = ["name"]
    found["anyOf"] = [{"required": ["extends"]}, {"required": ["format", "countries"]}]
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Scenario of stcsim"}
    return {**head, **found}


def schema_text() -> str:
    """Return the schema as the text of ``scenarios/schema.json``."""
    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"
