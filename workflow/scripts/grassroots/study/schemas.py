"""JSON Schemas of the files that a user writes, and docs/formats.md, both from the models.

`python -m grassroots.study.schemas` writes them; a test holds them in step. Editors that know
YAML complete and check keys by them.
"""

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from grassroots.study.claims import Claims
from grassroots.study.codebook import Codebook
from grassroots.study.config import Config
from grassroots.study.instrument import Instrument
from grassroots.study.protocol import Protocol

ROOT = Path(__file__).parents[4]

MODELS: dict[str, tuple[type[BaseModel], str]] = {
    "config": (Config, "config.yaml"),
    "protocol": (Protocol, "protocols/<protocol>.yaml"),
    "instrument": (Instrument, "protocols/instruments/<instrument>.yaml"),
    "codebook": (Codebook, "data/raw/<dataset>/codebook.yaml"),
    "claims": (Claims, "data/raw/<dataset>/claims.yaml"),
}


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one kind of file."""
    model, file = MODELS[name]
    body = model.model_json_schema()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$comment": f"Generated from the model that validates {file}.",
        **body,
    }


def schema_text(name: str) -> str:
    """The schema as it stands on disk."""
    return json.dumps(schema(name), indent=2, ensure_ascii=False) + "\n"


def formats_page() -> str:
    """docs/formats.md: every key of every file, in the words of its model."""
    parts = [
        "# File formats\n",
        "Every key of the files that you write. This page is generated from the models that "
        "check the files; `make schemas` writes it anew, together with the JSON Schemas in "
        "`workflow/schemas/` that editors use.\n",
    ]
    for name, (model, file) in MODELS.items():
        parts += [f"## {name}: `{file}`\n", _first_line(model), ""]
        body = model.model_json_schema()
        parts += _table(body, body.get("$defs", {}))
        for title, inner in sorted(body.get("$defs", {}).items()):
            parts += [f"### {title}\n", inner.get("description", "").split("\n")[0], ""]
            parts += _table(inner, body["$defs"])
    return "\n".join(parts).rstrip() + "\n"


def _table(body: dict[str, Any], inner: dict[str, Any]) -> list[str]:
    rows = ["| key | value | needed | meaning |", "|---|---|---|---|"]
    needed = set(body.get("required", []))
    for key, value in body.get("properties", {}).items():
        must = "yes" if key in needed else f"no ({json.dumps(value.get('default'))})"
        rows.append(f"| `{key}` | {_kind(value)} | {must} | {value.get('description', '')} |")
    return [*rows, ""]


def _kind(value: dict[str, Any]) -> str:
    if "$ref" in value:
        return value["$ref"].rsplit("/", 1)[-1]
    if "const" in value:
        return f"`{value['const']}`"
    if "enum" in value:
        return ", ".join(f"`{choice}`" for choice in value["enum"])
    if "anyOf" in value or "oneOf" in value:
        choices = [_kind(part) for part in value.get("anyOf", value.get("oneOf", []))]
        return " or ".join(choice for choice in choices if choice != "null")
    if value.get("type") == "array":
        return f"list of {_kind(value['items'])}" if "items" in value else "list"
    if value.get("type") == "object":
        extra = value.get("additionalProperties") or next(
            iter(value.get("patternProperties", {}).values()), None
        )
        return f"name: {_kind(extra)}" if isinstance(extra, dict) else "mapping"
    return str(value.get("type", "any"))


def _first_line(model: type[BaseModel]) -> str:
    return (model.__doc__ or "").strip().splitlines()[0]


if __name__ == "__main__":
    for each in MODELS:
        (ROOT / "workflow" / "schemas" / f"{each}.schema.json").write_text(
            schema_text(each), encoding="utf-8"
        )
    (ROOT / "docs" / "formats.md").write_text(formats_page(), encoding="utf-8")
