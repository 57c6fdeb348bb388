"""The checks of the residuals, and that their picture shows nobody; R's values: tests/parity."""

import numpy as np
import pandas as pd
import pytest
from scipy import special

from grassroots.inference.least_squares import least_squares
from grassroots.inference.residuals import (
    CHECK_COLUMNS,
    RESIDUAL_COLUMNS,
    jarque_bera,
    residual_checks,
    smoothed_residuals,
    standardised_residuals,
)


@pytest.fixture
def fitted():
    rng = np.random.default_rng(5)
    terms = rng.normal(size=(203, 2))
    return least_squares(terms @ [1, 2] + rng.normal(size=203), terms, 0.05)


def points(fitted, smallest_cell=5):
    return pd.DataFrame(smoothed_residuals(fitted, smallest_cell)).set_index("kind")


def test_all_checks_have_a_row(fitted):
    rows = pd.DataFrame(residual_checks(fitted, ["a", "b"])).set_index("check")
    assert {*rows.columns, "check", "model", "step"} == set(CHECK_COLUMNS)
    assert list(rows.index) == [
        "breusch_pagan", "shapiro_wilk", "jarque_bera", "durbin_watson", "max_cook", "max_vif",
    ]  # fmt: skip
    assert rows.loc[["durbin_watson", "max_cook", "max_vif"], "p"].isna().all()
    assert rows.loc["max_vif", "term"] in ("a", "b")
    assert (rows["n"] == 203).all()


def test_unequal_variance_and_skew_are_seen():
    rng = np.random.default_rng(6)
    x = rng.uniform(1, 5, size=(300, 1))
    for noise, check in ((rng.normal(size=300) * x[:, 0], "breusch_pagan"),
                         (rng.exponential(size=300), "shapiro_wilk"),
                         (rng.exponential(size=300), "jarque_bera")):  # fmt: skip
        rows = residual_checks(least_squares(x[:, 0] + noise, x, 0.05), ["x"])
        assert {row["check"]: row for row in rows}[check]["p"] < 1e-4


def test_jarque_and_beras_statistic_by_hand():
    # Skewness 0, kurtosis 1 of two equal halves: n/6 (2^2 / 4).
    found = jarque_bera(np.array([-1.0, 1.0] * 12))
    assert found[0] == pytest.approx(24 / 6 * 4 / 4)
    assert found[2] == pytest.approx(special.chdtrc(2, 4))


def test_every_point_stands_for_several_and_every_respondent_for_one(fitted):
    table = points(fitted)
    for kind in ("bin", "quantile"):
        assert table.loc[kind, "n"].min() >= 5
        assert table.loc[kind, "n"].sum() == 203
    assert {*table.columns, "kind", "model", "step"} == set(RESIDUAL_COLUMNS)
    assert points(fitted, 30).loc["bin", "n"].min() >= 30


def test_no_respondents_residual_is_among_them(fitted):
    shown = points(fitted)["y"].to_numpy()
    own = standardised_residuals(fitted)
    assert np.abs(shown[:, None] - own).min() > 1e-9


def test_the_quantiles_of_normal_residuals_follow_the_line(fitted):
    table = points(fitted).loc["quantile"]
    middle = table[table["x"].abs() < 1.5]
    assert (middle["x"] - middle["y"]).abs().max() < 0.35
    assert table["y"].is_monotonic_increasing


def test_too_few_respondents_have_no_picture():
    rng = np.random.default_rng(7)
    x = rng.normal(size=(9, 1))
    assert smoothed_residuals(least_squares(rng.normal(size=9), x, 0.05), 5) == []


def test_one_with_leverage_one_is_left_out():
    rng = np.random.default_rng(8)
    terms = np.column_stack([rng.normal(size=40), np.arange(40) == 7]).astype(float)
    fitted = least_squares(rng.normal(size=40), terms, 0.05)
    assert np.isnan(standardised_residuals(fitted)[7])
    assert points(fitted).loc["bin", "n"].sum() == 39
