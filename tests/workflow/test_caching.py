"""What runs again after which edit: exactly what docs/caching.md says, and nothing else.

The edits are made in a checkout in which the whole study is built, and Snakemake is asked what it
would do next.
"""

import os
import re
import shutil
from pathlib import Path
from typing import NamedTuple

import pytest

TABLE = (Path(__file__).parents[2] / "docs" / "caching.md").read_text(encoding="utf-8")
SCRIPTS = "workflow/scripts"
DATASETS = {"holzinger1939", "political_democracy", "city_s", "m_county", "jincheng"}
CIVIL_SERVANTS = {"city_s", "m_county", "jincheng"}
# What not every protocol asks for.
ASKED_BY = {
    "compare_groups": CIVIL_SERVANTS,
    "fit_regressions": CIVIL_SERVANTS,
    "fit_sem": {"city_s", "political_democracy"},
    "check_method_bias": CIVIL_SERVANTS,
    "count_themes": {"m_county"},
    "examine_missing": CIVIL_SERVANTS,
    "explore_factors": CIVIL_SERVANTS,
    "compare_without_flagged": CIVIL_SERVANTS,
    "fit_moderation": {"city_s"},
    "test_invariance": {"city_s", "holzinger1939"},
}


class Edit(NamedTuple):
    """A row of the table: the file, the text that is replaced, and what is said to run again."""

    name: str
    file: str
    old: str
    new: str
    then: str

    @property
    def jobs(self) -> set[tuple[str, str]]:
        """The jobs meant, and the index that always follows."""
        if self.then == "nothing":
            return set()
        jobs = {("render_index", "")}
        for clause in self.then.split("; "):
            things, _, of = clause.partition(" of ")
            datasets = set(re.findall("`(.+?)`", of)) or DATASETS
            for rule in re.findall("`(.+?)`", in_full(things)):
                jobs |= {(rule, name) for name in datasets & ASKED_BY.get(rule, DATASETS)}
        return jobs


def in_full(things):
    """The rules behind the words in italics."""
    for name, rules in re.findall(r"^- \*(\w+)\*: ((?:.+\n)(?:  .+\n)*)", TABLE, re.M):
        things = things.replace(f"*{name}*", rules)
    assert "*" not in things
    return things


EDITS = {
    name: Edit(name, *how)
    for name, *how in re.findall(
        r"^\| (.+?) \| `(.+?)`: `(.+?)` → `(.+?)` \| (.+?) \|$", TABLE, re.M
    )
}


def test_the_table_has_every_kind_of_edit():
    assert len(EDITS) == TABLE.count(" → ")
    kinds = (
        "a comment", "a docstring", "a function body", "an imported module",
        "a model of a protocol", "the wording of a recommendation", "one codebook",
        "one raw value", "the seed", "the number of draws", "a template", "the stylesheet",
    )  # fmt: skip
    assert all(any(name.startswith(kind) for name in EDITS) for kind in kinds)


def test_a_second_run_does_nothing(built):
    assert built.pending() == set()
    assert "Nothing to be done" in built.build()


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_re_runs_what_the_table_says(built, name):
    edit = EDITS[name]
    with built.edited(edit.file, edit.old, edit.new):
        assert built.pending() == edit.jobs


def test_touching_files_re_runs_nothing(built):
    touched = [
        *built.folder.glob("data/raw/*/*"),
        *built.folder.glob("workflow/**/*.py"),
        *built.folder.glob("workflow/**/*.smk"),
        *built.folder.glob("report/**/*.*"),
        built.folder / "config.yaml",
    ]
    before = {path: path.stat() for path in touched}
    for path in touched:
        os.utime(path)
    try:
        assert built.pending() == set()
    finally:
        for path, times in before.items():
            os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def with_a_twin(checkout):
    """The study with few draws, and a dataset with the bytes of another under a name of its own."""
    raw, config = checkout.folder / "data/raw", checkout.folder / "config.yaml"
    shutil.copytree(raw / "political_democracy", raw / "twin")
    codebook = raw / "twin/codebook.yaml"
    codebook.write_text(codebook.read_text().replace("en: Political democracy", "en: The twin"))
    name, protocol = "  political_democracy:\n", "    protocol: industry_and_democracy\n"
    text = config.read_text().replace("draws: 5000", "draws: 200")
    config.write_text(text.replace(name + protocol, name + protocol + "  twin:\n" + protocol))
    return checkout


@pytest.mark.slow
def test_the_cache_brings_back_what_was_removed_and_serves_other_checkouts(new_checkout, tmp_path):
    folder = tmp_path / "cache"
    folder.mkdir(mode=0o700)
    cache = {"SNAKEMAKE_OUTPUT_CACHE": str(folder)}
    one = with_a_twin(new_checkout("one"))
    assert "results/twin/tables/mediation.csv to cache" in one.build("--cache", **cache)
    before = one.contents()
    assert before["twin/tables/mediation.csv"] != before["political_democracy/tables/mediation.csv"]
    assert b"The twin" in before["twin/report.html"]
    assert b"The twin" not in before["political_democracy/report.html"]
    for name, content in before.items():
        if name.startswith("twin/figures/") and name.endswith("en.svg"):
            assert content != before[name.replace(".en.svg", ".zh.svg")]

    for place in ("results", ".snakemake", "logs"):
        shutil.rmtree(one.folder / place)
    assert "to cache" not in one.build("--cache", **cache)
    assert one.contents() == {name: before[name] for name in before if name != "README.md"}
    # What is taken from the cache is a link; rows of respondents are not in it.
    files = {one.folder / each["output_file"]: each["rule"] for each in one.outputs()}
    made = {rule for file, rule in files.items() if file.is_file() and not file.is_symlink()}
    assert made == set(re.findall("`(.+?)`", in_full("*scores*")))

    # Another checkout, in which a module has changed: nothing stale, and all else from the cache.
    other = with_a_twin(new_checkout("other"))
    module = other.folder / SCRIPTS / "grassroots/measurement/items.py"
    module.write_text(module.read_text().replace("share: float = 0.27", "share: float = 0.4"))
    other.build("--cache", **cache)
    found = other.contents()
    assert found["holzinger1939/tables/items.csv"] != before["holzinger1939/tables/items.csv"]
    assert found["holzinger1939/tables/cfa_fit.csv"] == before["holzinger1939/tables/cfa_fit.csv"]
    assert (other.folder / "results/holzinger1939/tables/cfa_fit.csv").is_symlink()


def test_a_cache_that_others_can_open_is_refused(new_checkout, tmp_path):
    folder = tmp_path / "cache"
    folder.mkdir()
    folder.chmod(0o755)
    run = new_checkout("one").snakemake(SNAKEMAKE_OUTPUT_CACHE=str(folder))
    assert run.returncode != 0
    assert "chmod 700" in run.stdout
    assert "Traceback" not in run.stdout
    assert not list(folder.iterdir())
