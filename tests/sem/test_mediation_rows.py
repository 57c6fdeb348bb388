"""The rows of the mediation table."""

import numpy as np
import pandas as pd
import pytest

from grassroots.sem import intervals
from grassroots.sem.bootstrap import bootstrap
from grassroots.sem.fit import fit as fitted
from grassroots.sem.mediation_rows import (
    COLUMNS,
    Resampled,
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
    plain = Resampled(estimate, columns(draws), intervals.acceleration(columns(jackknife)))
    rows = bootstrap_rows(effects(ONE), plain, plain).set_index(["effect", "method"])
    for effect, key in (("total", "tot"), ("indirect", "ind")):
        for method, theirs in (("percentile", "perc_boot"), ("bca", "bca_jack")):
            found = rows.loc[(effect, method), ["ci_low", "ci_high"]].to_numpy(dtype=float)
            np.testing.assert_allclose(found, reference["pd_boot"][key][theirs], atol=1e-6)
    assert rows.loc[("indirect", "bca"), "share"] == pytest.approx(indirect / total)


@pytest.fixture(scope="module")
def latent(stored):
    fit = fitted(structural_syntax(BOLLEN), stored("PD"))
    return fit, bootstrap(fit, 400, seed=4)


def test_latent_estimates_equal_lavaan(latent, reference):
    rows = latent_rows("pd", BOLLEN, *latent)
    assert list(rows) == COLUMNS and len(rows) == 6
    rows = rows[rows["method"] == "percentile"].set_index("effect")
    stored_rows = {r["lhs"]: r for r in reference["pd_ml"]["par"]}
    for effect, key in (("total", "tot"), ("indirect", "ind")):
        expected = stored_rows[key]
        assert rows.loc[effect, "est"] == pytest.approx(expected["est"], rel=1e-5)
        assert rows.loc[effect, "std"] == pytest.approx(expected["std.all"], rel=1e-5)
    assert rows.loc["indirect", "path"] == "ind60 -> dem60 -> dem65"


def test_latent_rows_are_read_off_their_own_draws(latent):
    fit, draws = latent
    rows = latent_rows("pd", BOLLEN, fit, draws).set_index(["effect", "method"])
    for effect in effects(BOLLEN):
        own = draws.effect(effect.name)
        for method in ("percentile", "bca"):
            row = rows.loc[(effect.effect, method)]
            assert (row["est"], row["se"], row["p"]) == pytest.approx((own.est, own.se, own.p))
            assert (row["ci_low"], row["ci_high"]) == pytest.approx(own.interval[method])
            assert (row["std_low"], row["std_high"]) == pytest.approx(own.std_interval[method])
    assert rows["draws"].eq(400).all() and rows["n"].eq(75).all()
    assert rows["n_failed"].eq(draws.n_failed).all()
    # About a third of the resamples of these 75 countries have a negative variance.
    assert rows["n_inadmissible"].eq(draws.n_inadmissible).all() and draws.n_inadmissible > 50


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
    fit = fitted(structural_syntax(BOLLEN), stored("PD").head(5))
    rows = latent_rows("pd", BOLLEN, fit, None)
    assert set(rows["status"]) == {"too_few_cases"} and len(rows) == 6
    assert rows["n"].eq(5).all() and rows["est"].isna().all()


def test_tables_of_several_models_join(observed, latent):
    rows = pd.concat([observed_rows("a", observed), latent_rows("b", BOLLEN, *latent)])
    assert str(rows["draws"].dtype) == "Int64" and "400" in rows.to_csv()
