"""What goes into the package, which code it is, and what is told of the machine."""

import getpass
import json
import os
import socket
import subprocess
from pathlib import Path

import pytest

from grassroots.packaging.run_record import (
    finished_jobs,
    machine,
    packages,
    read_records,
    run_record,
    seconds_by_rule,
)
from grassroots.packaging.version import code_sha256, git_version
from grassroots.packaging.whitelist import MODELS, code_files, files_within

ROOT = Path(__file__).parents[2]


def put(root, *names):
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("x")


def test_only_what_is_listed_goes_in(tmp_path):
    kept = [
        "Snakefile",
        "config.yaml",
        "data/raw/town/README.md",
        "data/raw/town/claims.yaml",
        "data/raw/town/codebook.yaml",
        "docs/methods.md",
        "envs/requirements.txt",
        "protocols/a.yaml",
        "workflow/scripts/fit.py",
    ]
    dropped = [
        "responses.xlsx",
        "notes.md",
        ".env",
        "data/raw/town/responses.csv",
        "data/raw/town/interviews.csv",
        "data/raw/town/notes.txt",
        "data/raw/town/codebook.draft.yaml",
        "data/raw/elsewhere/codebook.yaml",
        "docs/respondents.csv",
        "protocols/responses.sav",
        "workflow/responses.csv",
        "workflow/.hidden.py",
        "workflow/__pycache__/fit.py",
        "workflow/scripts/.ipynb_checkpoints/fit.py",
        "logs/fit/town.log",
        "results/town/data/audit.csv",
        "results/town/data/scores.parquet",
        "tests/privacy/planted.py",
    ]
    put(tmp_path, *kept, *dropped)
    assert code_files(tmp_path, ["town"]) == kept


def test_all_code_of_this_project_goes_in():
    """What git knows outside of data and tests is in the package, or named here."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True
    ).stdout.decode().split("\0")  # fmt: skip
    elsewhere = ("tests/", "bench/", "data/", ".ci/")
    ours = {name for name in listed if name and not name.startswith(elsewhere)}
    here = {".gitattributes", ".gitignore", ".snakemake-workflow-catalog.yml", "results/README.md"}
    assert {name for name in ours - set(code_files(ROOT, [])) if (ROOT / name).exists()} <= here


def test_of_the_models_the_scripts_and_their_moments(tmp_path):
    put(tmp_path, "a.R", "a.csv", ".snakemake_timestamp", "rows.parquet")
    assert [Path(name).name for name in files_within([str(tmp_path)], MODELS)] == ["a.R", "a.csv"]


def git(folder, *arguments):
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    subprocess.run(["git", "-C", folder, *who, *arguments], check=True, capture_output=True)


def test_the_commit_and_whether_the_tree_is_clean(tmp_path):
    put(tmp_path, "Snakefile")
    assert git_version(tmp_path) == {"commit": None, "clean": None}
    git(tmp_path, "init")
    assert git_version(tmp_path) == {"commit": None, "clean": None}, "no commit yet"
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "a")
    found = git_version(tmp_path)
    assert len(found["commit"]) == 40 and found["clean"] is True
    put(tmp_path, "new.txt")
    assert git_version(tmp_path) == {**found, "clean": False}


def test_a_repository_further_up_is_not_this_code_s(tmp_path):
    git(tmp_path, "init")
    put(tmp_path, "inside/Snakefile")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-m", "a")
    assert git_version(tmp_path / "inside") == {"commit": None, "clean": None}


def test_a_machine_without_git(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert git_version(ROOT) == {"commit": None, "clean": None}


def test_the_digest_is_that_of_sha256sum(tmp_path):
    put(tmp_path, "b", "a")
    printed = subprocess.run(
        ["bash", "-c", "sha256sum a b | sha256sum"], cwd=tmp_path, capture_output=True, check=True
    ).stdout.split()[0]
    assert code_sha256({"b": b"x", "a": b"x"}) == printed.decode()


def record(log, start, end):
    return {"log": [log], "starttime": start, "endtime": end, "rule": "x"}


RECORDS = [
    record("logs/fit_cfa/town.log", 100.0, 101.5),
    record("logs/fit_cfa/town.log", 100.0, 101.5),  # its second output
    record("logs/fit_cfa/county.log", 102.0, 104.0),
    record("logs/render_index.log", 105.0, 105.25),
    record("logs/write_package.log", 200.0, 203.0),
    record("logs/left_out.log", 200.0, 200.1),
    record("logs/fit_cfa/gone.log", 1.0, 2.0),
    record("logs/fit_sem/town.log", None, None),
    {"log": []},
    {},
]


def test_seconds_by_rule():
    found = seconds_by_rule(finished_jobs(RECORDS, {"town", "county", "index"}))
    assert found == {
        "fit_cfa": {"jobs": 2, "seconds": 3.5, "by_dataset": {"county": 2.0, "town": 1.5}},
        "render_index": {"jobs": 1, "seconds": 0.25, "by_dataset": {"index": 0.25}},
    }


def test_the_run_lasted_from_the_first_job_to_the_last():
    found = run_record(RECORDS, ["town", "county"])
    assert (found["started"], found["ended"]) == ("1970-01-01T00:01:40Z", "1970-01-01T00:01:45Z")
    assert run_record([], ["town"])["started"] is None


def test_records_that_cannot_be_read_are_passed_over(tmp_path):
    put(tmp_path, "broken", "deep/er")
    (tmp_path / "list").write_text("[1]")
    (tmp_path / "good").write_text(json.dumps(RECORDS[0]))
    assert read_records(tmp_path) == [RECORDS[0]]
    assert read_records(tmp_path / "nowhere") == []


def test_the_machine_and_nobody_s_name():
    found = machine()
    assert found["system"] and found["cpus"] >= 1 and found["architecture"]
    told = json.dumps(run_record([], []))
    user, host = getpass.getuser(), socket.gethostname()
    values = {value for value in found.values() if isinstance(value, str)}
    assert not {user, host} & values
    assert host not in told or len(host) < 6
    assert os.path.expanduser("~/") not in told and str(ROOT) not in told


def test_the_versions_of_what_is_installed():
    found = packages()
    assert found["numpy"] and found["snakemake"]
    assert list(found) == sorted(found, key=str.lower)


@pytest.mark.parametrize("folder", ["workflow", "protocols"])
def test_a_link_out_of_the_folder_is_of_a_kind_that_is_listed(tmp_path, folder):
    put(tmp_path, "raw/responses.csv")
    (tmp_path / folder).mkdir()
    (tmp_path / folder / "rows.csv").symlink_to(tmp_path / "raw/responses.csv")
    assert code_files(tmp_path, []) == []
