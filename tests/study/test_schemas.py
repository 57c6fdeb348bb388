"""The schemas and the page of formats stay in step with the models that validate."""

from pathlib import Path

import jsonschema
import pytest

from grassroots.study.schemas import MODELS, formats_page, schema, schema_text
from grassroots.study.yaml_source import load_yaml

ROOT = Path(__file__).parents[2]
FILES = {
    "config": ["config.yaml"],
    "protocol": [str(p.relative_to(ROOT)) for p in sorted(ROOT.glob("protocols/*.yaml"))],
    "instrument": [str(p.relative_to(ROOT)) for p in sorted(ROOT.glob("protocols/*/*.yaml"))],
    "codebook": [str(p.relative_to(ROOT)) for p in sorted(ROOT.glob("data/raw/*/codebook.yaml"))],
    "claims": [str(p.relative_to(ROOT)) for p in sorted(ROOT.glob("data/raw/*/claims.yaml"))],
}


@pytest.mark.parametrize("name", MODELS)
def test_the_schema_on_disk_is_the_model_s(name):
    path = ROOT / "workflow" / "schemas" / f"{name}.schema.json"
    assert path.read_text(encoding="utf-8") == schema_text(name), "run: make schemas"


def test_the_page_of_formats_is_the_models():
    page = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    assert page == formats_page(), "run: make schemas"


@pytest.mark.parametrize(("name", "file"), [(n, f) for n, files in FILES.items() for f in files])
def test_the_project_s_files_fit_their_schema(name, file):
    values = load_yaml((ROOT / file).read_text(encoding="utf-8"))[0]
    text_keys = {**values}
    if name == "codebook":
        for part in text_keys.get("background", {}).values():
            if "levels" in part:
                part["levels"] = {str(key): level for key, level in part["levels"].items()}
    jsonschema.validate(text_keys, schema(name))


@pytest.mark.parametrize("name", MODELS)
def test_every_key_is_described(name):
    body = schema(name)
    for part in (body, *body.get("$defs", {}).values()):
        for key, value in part.get("properties", {}).items():
            assert value.get("description"), f"{name}: {key}"
