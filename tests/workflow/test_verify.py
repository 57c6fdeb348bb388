"""`snakemake verify` and `make expected` as a reviewer and an author run them."""

import json
import shutil
import subprocess
import sys

import pytest

DATASET = "political_democracy"


@pytest.fixture
def checkout(built):
    """The built checkout with the numbers of this machine as the expected ones."""
    kept = built.folder / "expected"
    before = {path: path.read_bytes() for path in kept.glob("*.json")}
    make_expected(built)
    yield built
    shutil.rmtree(kept)
    kept.mkdir()
    for path, content in before.items():
        path.write_bytes(content)


def make_expected(checkout):
    return subprocess.run(
        [sys.executable, "-m", "grassroots.verification"], cwd=checkout.folder, check=True,
        env={"PYTHONPATH": str(checkout.folder / "workflow/scripts")}, capture_output=True,
        text=True,
    ).stdout  # fmt: skip


def edit_expected(checkout, edit):
    path = checkout.folder / "expected" / f"{DATASET}.json"
    kept = json.loads(path.read_bytes())
    edit(kept)
    path.write_text(json.dumps(kept), encoding="utf-8")


def test_the_shipped_numbers_are_those_of_this_run(built):
    assert "Verified: nothing failed." in built.build("verify")


def test_nothing_has_moved_since_a_moment_ago(checkout):
    assert make_expected(checkout).count("nothing moved") == 5
    said = checkout.build("verify")
    assert "28 same" in said and "city_s (simulated data)" in said
    assert "Nothing to be done" not in checkout.build("verify"), "it prints whenever it is asked"


def test_a_number_that_moved_is_named_and_the_run_fails(checkout):
    def edit(kept):
        kept["tables"]["sem_fit"]["rows"]["democracy | ML"]["chi2"] *= 1 + 2e-6

    edit_expected(checkout, edit)
    run = checkout.snakemake("verify")
    assert run.returncode != 0
    assert "sem_fit [democracy | ML] chi2: 38.12" in run.stdout
    assert f"Not verified: {DATASET}." in run.stdout
    assert "chi2: " in make_expected(checkout), "renewing shows what moved"
    checkout.build("verify")


def test_a_claim_off_by_its_last_digit_fails(checkout):
    file = f"data/raw/{DATASET}/claims.yaml"
    with checkout.edited(file, 'claimed: "38.125"', 'claimed: "38.126"'):
        run = checkout.snakemake("verify")
        assert run.returncode != 0
        assert "✗ chi_square" in run.stdout and "differs" in run.stdout
    checkout.build()


def test_other_data_are_not_red(checkout):
    edit_expected(checkout, lambda kept: kept.update(raw={f"data/raw/{DATASET}/x.csv": "0" * 64}))
    assert "other data than in our published run" in checkout.build("verify")
