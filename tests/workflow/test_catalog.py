"""What the Snakemake workflow catalog asks of a repository, as far as it can be seen offline.

The rules are those of source/docs/about/adding_workflows.md and scripts/generate-catalog.py in
github.com/snakemake/snakemake-workflow-catalog; linting and formatting are held by test_style.py.
"""

import re

import yaml


def test_a_generic_workflow(root):
    readme = (root / "README.md").read_text("utf-8").lower()
    assert "snakemake" in readme and "workflow" in readme
    # Where there is a folder workflow/, its Snakefile is the one that is looked for.
    assert (root / "workflow/Snakefile").is_file()
    assert list((root / "workflow/rules").glob("*.smk"))


def test_a_standardized_one(root):
    usage = yaml.safe_load((root / ".snakemake-workflow-catalog.yml").read_text("utf-8"))["usage"]
    assert set(usage) == {"mandatory-flags", "software-stack-deployment", "report"}
    assert set(usage["mandatory-flags"]) == {"desc", "flags"}
    deployment = usage["software-stack-deployment"]
    assert set(deployment) == {"conda", "apptainer", "apptainer+conda"}
    assert all(isinstance(each, bool) for each in [*deployment.values(), usage["report"]])
    settings = (root / "config/README.md").read_text("utf-8")
    keys = re.findall(r"^(\w+):", (root / "config.yaml").read_text("utf-8"), re.M)
    assert settings.startswith("# ") and keys[0] in settings


def test_the_catalogue_s_snakefile_is_the_same_workflow(new_checkout):
    checkout = new_checkout("one")
    arguments = ("--dry-run", "--quiet", "rules")
    here = checkout.build(*arguments)
    there = checkout.build("--snakefile", "workflow/Snakefile", *arguments)

    def jobs(said):
        counts = dict(re.findall(r"^(\w+) +(\d+)$", said, re.M))
        return {rule: n for rule, n in counts.items() if rule not in {"all", "study"}}

    assert jobs(here) == jobs(there)
    assert jobs(here)["render_report"] == "5"
