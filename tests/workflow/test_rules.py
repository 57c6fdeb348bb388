"""What every rule and script keeps to, whatever it computes."""

import ast
import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
RULE_FILES = sorted(ROOT.glob("workflow/rules/*.smk"))
SCRIPTS = sorted(ROOT.glob("workflow/scripts/*.py"))
RULES = {
    name: body
    for file in RULE_FILES
    for name, body in re.findall(
        r"^rule (\w+):\n(.*?)(?=^\S|\Z)", file.read_text(encoding="utf-8"), re.M | re.S
    )
}
# Tables about people or their answers, one row each, never leave the checkout through the cache.
ROW_LEVEL = {"responses.parquet", "valid.parquet", "scores.parquet"}


def test_every_script_is_a_rule_s_and_every_rule_has_its_script():
    assert {path.stem for path in SCRIPTS} == set(RULES)


@pytest.mark.parametrize("name", RULES)
def test_a_rule(name):
    body = RULES[name]
    outputs = body.partition("output:")[2].split("log:")[0]
    assert f'"../scripts/{name}.py"' in body
    assert f'code_digest("{name}")' in body
    assert re.search(rf'"logs/{name}(/{{dataset}})?\.log"', body), "log of the rule's name"
    assert "message:" in body
    assert "lambda" not in body
    assert not re.search(r"^    (run|shell):", body, re.M)
    for wildcard in set(re.findall(r"(?<!{){(\w+)}", outputs)):
        assert f'{wildcard}="{{{wildcard}}}"' in body, "the cache's key does not hold wildcards"
    assert ('.csv"' in outputs) == ('marks=section("marks")' in body), "tables say what data are"
    of_this_checkout = name in {"left_out", "verify", "write_package"}
    kept_here = of_this_checkout or any(file in outputs for file in ROW_LEVEL)
    assert kept_here != ("cache: between_checkouts" in body)
    if "cache:" in body:
        lines = re.findall(r"^ {8}([^ )].*)", outputs, re.M)
        named = ["=" in line or line.startswith("**") for line in lines]
        assert all(named) or len(lines) == 1, "cached outputs are named"


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.stem)
def test_a_script_reads_only_what_its_rule_declares(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    used = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "snakemake"
    }
    assert used <= {"input", "output", "params", "log", "threads"}
    assert "open(" not in path.read_text(), "files are read and written by grassroots.run.tables"


def test_no_function_of_a_stage_knows_snakemake():
    for path in (ROOT / "workflow/scripts/grassroots").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imports = [n for n in ast.walk(tree) if isinstance(n, ast.Import | ast.ImportFrom)]
        modules = {getattr(n, "module", None) or alias.name for n in imports for alias in n.names}
        assert not {m for m in modules if m.split(".")[0] == "snakemake"}, path
        names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
        assert "snakemake" not in names or path.parent.name == "run", path


def test_every_stage_is_a_rules_file_a_package_and_a_tests_folder():
    stages = {path.stem for path in RULE_FILES} - {"common"}
    for stage in stages:
        assert (ROOT / "workflow/scripts/grassroots" / stage / "__init__.py").is_file(), stage
        assert list((ROOT / "tests" / stage).glob("test_*.py")), stage


def test_slurm_does_all_jobs_of_a_city_in_one_of_its_own():
    profile = yaml.safe_load((ROOT / "profiles/slurm/config.yaml").read_text(encoding="utf-8"))
    of_a_city = {name for name, body in RULES.items() if f'"logs/{name}/{{dataset}}.log"' in body}
    assert profile["groups"] == dict.fromkeys(of_a_city, "city")
    snakefile = (ROOT / "Snakefile").read_text(encoding="utf-8")
    kept = re.search(r"^localrules:\n((?: +\w+,\n)+)", snakefile, re.M)
    assert set(re.findall(r"\w+", kept[1])) == set(RULES) - of_a_city


def test_nothing_is_called_a_drawer_for_everything():
    drawers = {"utils", "helpers", "misc", "common"}
    found = {p.stem for p in ROOT.glob("workflow/**/*.py")} & drawers
    assert not found
