"""Covariates and serial mediation: columns, syntax, and lavaan's values in given resamples."""

import json

import numpy as np
import pandas as pd
import pytest
from model_jobs import REFERENCE, STRUCTURAL, rows, tables

from grassroots.sem.bootstrap import bootstrap
from grassroots.sem.covariates import (
    as_terms,
    covariate_columns,
    hides,
    with_covariates,
    with_moderator,
)
from grassroots.sem.fit import fit
from grassroots.sem.resample import counts_of
from grassroots.sem.structural_form import StructuralForm, structural_syntax
from grassroots.sem.tables import parameters

SCORES = pd.DataFrame(
    {
        "x": [1.0, 2, 3, 4, 5, np.nan],
        "y": [2.0, 1, 4, 3, 6, 5],
        "sex": ["b", "a", "b", None, "b", "c"],
        "age": [30, 40, 50, 60, 70, 80],
    }
)


@pytest.mark.parametrize("name", STRUCTURAL)
def test_models_equal_lavaan_in_every_resample(name):
    theirs = json.loads((REFERENCE / "models.json").read_text("utf-8"))[f"replay_{name}"]
    result = fit(structural_syntax(STRUCTURAL[name]), tables()["items.csv"])
    assert result.status == "ok"
    assert result.measures["chi2"] == pytest.approx(theirs["chi2"], rel=1e-6)
    assert result.measures["df"] == theirs["df"]
    table = result.parameters.reset_index(drop=True)
    for expected in theirs["paths"]:
        same = (table["op"] == "~") & (table["lhs"] == expected["lhs"])
        (row,) = table[same & (table["rhs"] == expected["rhs"])].to_dict("records")
        assert (row["est"], row["se"]) == pytest.approx((expected["est"], expected["se"]), abs=1e-5)
    at = np.flatnonzero(table["op"] == ":=")
    for place, expected in zip(at, theirs["defined"], strict=True):
        assert table.loc[place, "lhs"] == expected["lhs"]
        assert table.loc[place, "est"] == pytest.approx(expected["est"], abs=1e-5)
        assert table.loc[place, "se"] == pytest.approx(expected["se"], abs=1e-5)
    drawn = bootstrap(result, counts=[counts_of(rows(320, 10), 320)])
    ours = np.hstack([drawn.raw[:, at], drawn.std[:, at]])
    np.testing.assert_allclose(ours, theirs["draws"], atol=1e-5)


def test_a_latent_predictor_covaries_with_the_covariates():
    form = STRUCTURAL["covariates"]
    lines = structural_syntax(form).split("\n")
    assert "X1 ~ sex.b + g2" in lines
    observed = structural_syntax(form.observed()).split("\n")
    assert not any(line.startswith("X1 ~") for line in observed)


def test_columns_of_covariates():
    columns = covariate_columns(SCORES, {"sex": ["a", "b", "c", "d"], "age": []}, ["x", "y"])
    # c has no complete row, d nobody; a is the reference.
    assert list(columns) == ["sex.b", "age"]
    np.testing.assert_array_equal(columns["sex.b"], [1, 0, 1, np.nan, 1, 0])
    shifted = covariate_columns(SCORES.drop(index=1), {"sex": ["a", "b", "c"]}, ["y"])
    assert list(shifted) == ["sex.c"]  # nobody is a: the reference is b


def test_a_declared_model_gets_its_columns():
    model = {
        "predictor": "x",
        "mediators": ["y"],
        "outcome": "age",
        "covariates": {"sex": ["a", "b"]},
    }
    form, data = with_covariates(model, SCORES)
    assert form.covariates == ("sex.b",) and "sex.b" in data
    plain, same = with_covariates({**model, "covariates": {}}, SCORES)
    assert plain == StructuralForm("x", ("y",), "age") and same is SCORES
    moderated, data, levels = with_moderator(
        {**model, "moderator": "w", "moderated": ["first"], "levels": []}, SCORES.assign(w=1.0)
    )
    assert moderated.covariates == ("sex.b",) and levels == [] and "sex.b" in data


def test_terms_of_covariates_are_those_of_regressions():
    table = pd.DataFrame({"lhs": ["y", "total"], "op": ["~", ":="], "rhs": ["sex.b", "0.5*a"]})
    shown = as_terms(table)
    assert list(shown["rhs"]) == ["sex=b", "0.5*a"]


def test_numbers_of_a_small_level_are_not_printed():
    data = tables()["items.csv"]
    rank = np.where(np.arange(320) < 3, "chief", np.where(np.arange(320) % 2 == 0, "head", "clerk"))
    data = data.assign(rank=rank)
    form = STRUCTURAL["covariates"]
    model = {
        "predictor": form.predictor, "mediators": form.mediators, "outcome": form.outcome,
        "indicators": form.indicators, "covariates": {"rank": ["chief", "clerk", "head"]},
        "smallest_cell": 5,
    }  # fmt: skip
    found, columns = with_covariates(model, data)
    # The next smallest is hidden too, or the total would tell; the one that is left is reference.
    assert found.covariates == ("rank.chief.hidden", "rank.head.hidden") and hides(found)
    fitted = fit(structural_syntax(found), columns)
    assert fitted.usable
    assert not as_terms(parameters("m", fitted))["rhs"].str.contains("rank").any()
    open_to_all, _ = with_covariates({**model, "smallest_cell": 2}, data)
    assert open_to_all.covariates == ("rank.clerk", "rank.head") and not hides(open_to_all)
