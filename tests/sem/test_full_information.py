"""The mediation model from complete rows and from all answers, side by side."""

import json
import subprocess
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from grassroots.sem.full_information import COMPARISON_COLUMNS, fiml_comparison
from grassroots.sem.structural_form import StructuralForm, structural_syntax

FORM = StructuralForm(
    predictor="ind60",
    mediators=("dem60",),
    outcome="dem65",
    indicators={
        "ind60": ["x1", "x2", "x3"],
        "dem60": ["y1", "y2", "y3", "y4"],
        "dem65": ["y5", "y6", "y7", "y8"],
    },
)


@pytest.fixture
def holes(stored):
    data = stored("PD")
    gone = np.random.default_rng(2).random(data.shape) < 0.05
    return data.mask(gone)


def test_without_gaps_both_are_the_same(stored):
    table = fiml_comparison("m", FORM, stored("PD"), "ML")
    assert list(table.columns) == COMPARISON_COLUMNS
    assert table["effect"].tolist() == ["path", "path", "total", "direct", "indirect"]
    np.testing.assert_allclose(table["est"], table["est_fiml"], rtol=1e-5)
    assert set(table["n"]) == set(table["n_fiml"]) == {75}


def test_all_answers_count_and_the_conclusion_can_be_compared(holes):
    table = fiml_comparison("m", FORM, holes, "MLR")
    assert (table["n"] < 60).all()
    assert (table["n_fiml"] == 75).all()
    assert (table["se_fiml"] > 0).all()
    assert not np.allclose(table["est"], table["est_fiml"])


def test_a_model_that_cannot_be_estimated_says_why_on_its_side(holes):
    holes["x1"] = np.where(holes.index < 3, holes["x1"], np.nan)
    table = fiml_comparison("m", FORM, holes, "ML")
    assert set(table["status"]) == {"too_few_cases"}
    assert table["est"].isna().all()
    assert table["message"].all()


@pytest.mark.r
@pytest.mark.parametrize("estimator", ["ML", "MLR"])
def test_the_effects_are_lavaans(holes, rscript, tmp_path, estimator):
    holes.to_csv(tmp_path / "0.csv", index=False)
    options = {"missing": "fiml", "estimator": estimator}
    case = {"data": "0.csv", "model": structural_syntax(FORM), "options": options}
    (tmp_path / "cases.json").write_text(json.dumps([case]))
    script = Path(__file__).with_name("lavaan_fit.R")
    subprocess.run([rscript, str(script), str(tmp_path)], check=True, timeout=300)
    (theirs,) = json.loads((tmp_path / "lavaan.json").read_text())
    rows = pd.DataFrame(theirs["par"])
    table = fiml_comparison("m", FORM, holes, estimator)
    for effect in ("total", "direct", "indirect"):
        found = table[table["effect"] == effect].iloc[0]
        defined = rows[(rows["op"] == ":=") & rows["lhs"].str.startswith(effect)].iloc[0]
        assert found["est_fiml"] == pytest.approx(defined["est"], rel=1e-4)
        assert found["se_fiml"] == pytest.approx(defined["se"], rel=1e-3)
        assert found["std_fiml"] == pytest.approx(defined["std.all"], rel=1e-4)
