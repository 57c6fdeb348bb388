"""The rows of the mediation table."""

import numpy as np
import pandas as pd
import pytest

from grassroots.sem import intervals, semopy_estimator
from grassroots.sem.mediation_rows import (
    COLUMNS,
    bootstrap_rows,
    latent_rows,
    observed_rows,
    share_mediated,
)
from grassroots.sem.observed_mediation import observed_mediation
from grassroots.sem.structural_form import StructuralForm, effects, structural_syntax

PARALLEL = StructuralForm("X", ("M1", "M2"), "Y")
ONE = StructuralForm("ind60", ("dem60",), "dem65")
BOLLEN = StructuralForm(
    "ind60",
    ("dem60",),
    "dem65",
    indicators={
        "ind60": ["x1", "x2", "x3"],
        "dem60": ["y1", "y2", "y3", "y4"],
        "dem65": ["y5", "y6", "y7", "y8"],
    },
    residual_covariances=[
        ("y1", "y5"), ("y2", "y4"), ("y2", "y6"), ("y3", "y7"), ("y4", "y8"), ("y6", "y8"),
    ],
)  # fmt: skip


@pytest.fixture(scope="module")
def observed(stored):
    return observed_mediation(PARALLEL, stored("sim320_obs"), draws=400, seed=3)


def test_one_row_an_effect_and_method(observed):
    rows = observed_rows("m", observed)
    assert list(rows) == COLUMNS
    assert len(rows) == 12 and not rows.duplicated(["effect", "path", "method"]).any()
    assert list(rows["method"].head(2)) == ["percentile", "bca"]
    assert set(rows["scores"]) == {"observed"} and set(rows["status"]) == {"ok"}
    assert (rows["ci_low"] < rows["est"]).all() and (rows["est"] < rows["ci_high"]).all()
    assert (rows["std_low"] < rows["std"]).all() and (rows["std"] < rows["std_high"]).all()
    assert rows["draws"].eq(400).all() and rows["n"].eq(320).all()
    assert rows["n_failed"].eq(0).all() and rows["n_inadmissible"].eq(0).all()


def test_numbers_stand_in_the_row_of_their_effect(observed):
    rows = observed_rows("m", observed).set_index(["effect", "path", "method"])
    for k, effect in enumerate(observed.effects):
        draws = observed.draws[:, k]
        key = (effect.effect, effect.path)
        percentile = rows.loc[(*key, "percentile")]
        assert percentile["est"] == observed.estimate[k]
        assert percentile["se"] == pytest.approx(draws.std(ddof=1))
        low, high = intervals.percentile(draws)[:, 0]
        assert (percentile["ci_low"], percentile["ci_high"]) == (low, high)
        a = intervals.acceleration(observed.standardised_jackknife[:, k])
        low, high = intervals.bca(observed.standardised_draws[:, k], observed.standardised[[k]], a)[
            :, 0
        ]
        bca = rows.loc[(*key, "bca")]
        assert (bca["std_low"], bca["std_high"]) == pytest.approx((low, high), rel=1e-12)
        assert bca["p"] == percentile["p"] == intervals.bootstrap_p(draws)[0]


def test_latent_bootstrap_draws_have_the_same_form(stored, reference):
    # The stored lavaan draws of total and indirect effect; the direct effect is their difference.
    draws, jackknife = stored("pd_boot_est"), stored("pd_jack_est")
    values = {r["lhs"]: r for r in reference["pd_ml"]["par"] if r["op"] == ":="}

    def columns(frame):
        return np.column_stack([frame["tot"], frame["tot"] - frame["ind"], frame["ind"]])

    total, indirect = values["tot"]["est"], values["ind"]["est"]
    estimate = np.array([total, total - indirect, indirect])
    plain = (estimate, columns(draws), columns(jackknife))
    rows = bootstrap_rows("m", "latent", effects(ONE), *plain, plain, n=75, n_inadmissible=12)
    rows = rows.set_index(["effect", "method"])
    for effect, key in (("total", "tot"), ("indirect", "ind")):
        for method, theirs in (("percentile", "perc_boot"), ("bca", "bca_jack")):
            found = rows.loc[(effect, method), ["ci_low", "ci_high"]].to_numpy(dtype=float)
            np.testing.assert_allclose(found, reference["pd_boot"][key][theirs], atol=1e-6)
    assert rows["n_inadmissible"].eq(12).all()
    assert rows.loc[("indirect", "bca"), "share"] == pytest.approx(indirect / total)


def test_latent_rows_equal_lavaan(stored, reference):
    fit = semopy_estimator.fit(structural_syntax(BOLLEN), stored("PD"))
    rows = latent_rows("pd", BOLLEN, fit)
    assert list(rows) == COLUMNS and len(rows) == 3
    rows = rows.set_index("effect")
    stored_rows = {r["lhs"]: r for r in reference["pd_ml"]["par"]}
    for effect, key in (("total", "tot"), ("indirect", "ind")):
        expected = stored_rows[key]
        for ours, theirs in (
            ("est", "est"),
            ("se", "se"),
            ("ci_low", "ci.lower"),
            ("ci_high", "ci.upper"),
            ("std", "std.all"),
            ("p", "pvalue"),
        ):
            assert rows.loc[effect, ours] == pytest.approx(expected[theirs], abs=1e-4), ours
        half = 1.959963984540054 * expected["std.se"]
        assert rows.loc[effect, "std_low"] == pytest.approx(expected["std.all"] - half, abs=1e-4)
    assert rows.loc["indirect", "path"] == "ind60 -> dem60 -> dem65"
    assert rows["draws"].isna().all() and set(rows["method"]) == {"delta"}


def test_shares_need_one_sign():
    found = effects(PARALLEL)
    # total, direct, indirect, indirect, total indirect, contrast
    share = share_mediated(found, np.array([10.0, 5.0, 3.0, 2.0, 5.0, 1.0]))
    np.testing.assert_allclose(share, [np.nan, np.nan, 0.3, 0.2, 0.5, np.nan])
    share = share_mediated(found, np.array([-10.0, -5.0, -3.0, -2.0, -5.0, -1.0]))
    np.testing.assert_allclose(share[2:5], [0.3, 0.2, 0.5])
    for direct, first, second in ((-5.0, 3.0, 2.0), (5.0, -3.0, 2.0), (5.0, 3.0, 0.0)):
        values = [direct + first + second, direct, first, second, first + second, first - second]
        assert np.isnan(share_mediated(found, np.array(values))).all()


def test_a_model_without_estimates_keeps_its_rows(stored):
    data = stored("sim320_obs").assign(M1=1.0)
    rows = observed_rows("m", observed_mediation(PARALLEL, data, draws=5, seed=1))
    assert list(rows) == COLUMNS and len(rows) == 12
    assert set(rows["status"]) == {"constant_item"} and rows["est"].isna().all()
    fit = semopy_estimator.fit(structural_syntax(BOLLEN), stored("PD").head(5))
    rows = latent_rows("pd", BOLLEN, fit)
    assert set(rows["status"]) == {"too_few_cases"} and len(rows) == 3
    assert rows["n"].eq(5).all()


def test_tables_of_several_models_join(observed, stored):
    fit = semopy_estimator.fit(structural_syntax(BOLLEN), stored("PD"))
    rows = pd.concat([observed_rows("a", observed), latent_rows("b", BOLLEN, fit)])
    assert str(rows["draws"].dtype) == "Int64" and "400" in rows.to_csv()
