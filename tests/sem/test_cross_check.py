"""Our numbers beside those of other programs."""

import os
import subprocess
import sys

import lavaan_models as lm
import numpy as np
import pandas as pd
import pytest

from grassroots.sem import second_opinion
from grassroots.sem.cross_check import COLUMNS, apart, cross_check_rows, disagreement, summary_rows
from grassroots.sem.fit import fit
from grassroots.sem.lavaan import lavaan_files, lavaan_opinions
from grassroots.sem.quantities import quantities
from grassroots.sem.second_opinion import semopy_opinion


@pytest.fixture(scope="module")
def political():
    return fit(lm.PD, lm.data("PD"))


def test_quantities_are_what_was_estimated(political):
    found = quantities(political)
    assert found["chi2"] == political.measures["chi2"] and found["df"] == 35
    assert "est dem65 ~ dem60" in found and "se ind :=" in found
    assert "est ind60 =~ x1" not in found, "a marker is fixed"
    assert quantities(fit(lm.PD, lm.data("PD").head(5))) == {}


@pytest.mark.parametrize(
    ("model", "data"), [(lm.HS, "HS"), (lm.PD, "PD"), (lm.PARCEL, "sim320_parcels")]
)
def test_semopy_agrees(model, data):
    ours = fit(model, lm.data(data))
    rows = cross_check_rows("m", quantities(ours), {"semopy": semopy_opinion(ours)})
    assert list(rows) == COLUMNS
    estimated = rows["quantity"].str.match("(est|se) .* (=~|~|~~) ")
    assert rows.loc[estimated, "semopy"].notna().all() and rows["lavaan"].isna().all()
    assert rows["difference"].max() < 1e-5
    assert disagreement(rows) == ""


def test_semopy_has_no_say_where_its_conventions_differ():
    assert semopy_opinion(fit(lm.PARCEL_COV, lm.data("sim320_parcels_cov"))) == {}
    assert semopy_opinion(fit(lm.HS, lm.data("HS").head(5))) == {}


def test_semopy_starts_again_from_our_estimates(political, monkeypatch):
    """Stopped early it ends above the minimum; the second start is at the minimum."""
    monkeypatch.setattr(second_opinion, "OPTIONS", {"ftol": 1e-14, "maxiter": 3})
    found = semopy_opinion(political)
    assert not apart(found["chi2"], political.measures["chi2"])


def test_the_same_bytes_whatever_the_order_of_sets():
    code = (
        "import lavaan_models as lm; from grassroots.sem.fit import fit;"
        "from grassroots.sem.second_opinion import semopy_opinion;"
        "import sys; sys.stdout.write(repr(semopy_opinion(fit(lm.HS, lm.data('HS')))))"
    )
    said = set()
    for seed in ("1", "2", "3"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)}
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        said.add(done.stdout.splitlines()[-1])
    assert len(said) == 1 and "est visual =~ x2" in said.pop()


def test_a_disagreement_is_named(political):
    ours = quantities(political)
    theirs = ours | {"est dem65 ~ dem60": ours["est dem65 ~ dem60"] + 0.002}
    sentence = disagreement(cross_check_rows("democracy", ours, {"lavaan": theirs}))
    assert "1 numbers" in sentence and "democracy, est dem65 ~ dem60" in sentence
    assert "semopy has none" in sentence
    theirs = ours | {"aic": ours["aic"] + 1}  # of 3158: relative
    assert disagreement(cross_check_rows("democracy", ours, {"lavaan": theirs})) == ""


def test_the_largest_difference_of_each_program(political):
    ours = quantities(political)
    worst = "est dem65 ~ dem60"
    other = {**ours, worst: ours[worst] + 0.01}
    table = cross_check_rows("m", ours, {"semopy": {"aic": ours["aic"]}, "lavaan": other})
    semopy, lavaan = summary_rows(table).to_dict("records")
    assert (semopy["program"], semopy["n_compared"], semopy["difference"]) == ("semopy", 1, 0)
    assert (lavaan["n"], lavaan["n_compared"], lavaan["quantity"]) == (len(ours), len(ours), worst)
    assert lavaan["difference"] == pytest.approx(0.01, rel=1e-9)
    assert summary_rows(cross_check_rows("m", ours, {})).empty


def test_covariances_are_found_under_either_order():
    ours = {"est a ~~ b": 1.0, "est a ~ b": 2.0}
    rows = cross_check_rows("m", ours, {"semopy": {"est b ~~ a": 1.0}})
    assert rows["semopy"].tolist()[0] == 1.0 and np.isnan(rows["semopy"].astype(float)[1])


def test_lavaan_s_files_and_what_it_prints(political):
    files = lavaan_files("democracy", lm.PD, political, {"data": "simulated"})
    assert set(files) == {"democracy.R", "democracy.csv"}
    assert lm.PD in files["democracy.R"] and "75" in files["democracy.csv"]
    assert "r0001" not in "".join(files.values())
    printed = (
        '"model","kind","lhs","op","rhs","value"\n"m","chi2","","","","38.1"\n'
        '"m","est","ind",":=","a*b","1.24"\n"m","se","f","=~","x1","NA"\n'
    )
    assert lavaan_opinions(printed) == {"m": {"chi2": 38.1, "est ind :=": 1.24}}
    assert lavaan_opinions("") == {}


@pytest.mark.r
def test_a_reviewer_s_lavaan_gets_our_table(rscript, tmp_path, political):
    from grassroots.run.rscript import run_r
    from grassroots.sem.lavaan import READER

    covariates = fit(lm.PARCEL_COV, lm.data("sim320_parcels_cov"))
    for name, syntax, found in (("pd", lm.PD, political), ("cov", lm.PARCEL_COV, covariates)):
        for file, text in lavaan_files(name, syntax, found, {}).items():
            (tmp_path / file).write_text(text, encoding="utf-8")
    said = lavaan_opinions(run_r(rscript, READER, tmp_path))
    for name, found in (("pd", political), ("cov", covariates)):
        rows = cross_check_rows(name, quantities(found), {"lavaan": said[name]})
        assert rows["lavaan"].notna().all()
        # lavaan stops up to 1e-5 short of the optimum.
        assert pd.to_numeric(rows["difference"]).max() < 1e-4
    done = subprocess.run(
        [rscript, "pd.R"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert "38.125" in done.stdout
