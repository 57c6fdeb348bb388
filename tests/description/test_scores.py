import numpy as np
import pandas as pd
import pingouin as pg
import pytest

from grassroots.description.scores import (
    CORRELATION_COLUMNS,
    DESCRIPTIVE_COLUMNS,
    correlations,
    descriptives,
)


def test_skew_and_kurtosis_are_spss_s(holzinger):
    # psych::describe(HolzingerSwineford1939$x1, type = 2)
    row = descriptives(holzinger, ["x1"]).iloc[0]
    assert row["skew"] == pytest.approx(-0.2569003, abs=1e-7)
    assert row["kurtosis"] == pytest.approx(0.3553640, abs=1e-7)
    assert (row["n"], row["min"]) == (301, holzinger["x1"].min())


def test_descriptives_leave_missing_values_of_each_variable_out():
    data = pd.DataFrame({"a": [1, 2, 3, np.nan], "b": [5, 5, 5, 5]})
    table = descriptives(data, ["a", "b"])
    assert list(table.columns) == DESCRIPTIVE_COLUMNS
    assert table["n"].tolist() == [3, 4]
    assert table["mean"].tolist() == [2, 5]


def test_correlations_are_those_of_a_second_library(holzinger):
    table = correlations(holzinger, ["x1", "x2", "x3"], 0.05)
    assert list(table.columns) == CORRELATION_COLUMNS
    for row in table.to_dict("records"):
        other = pg.corr(holzinger[row["x"]], holzinger[row["y"]])
        assert row["n"] == 301
        assert row["r"] == pytest.approx(other["r"].iloc[0], abs=1e-12)
        assert row["p"] == pytest.approx(other["p_val"].iloc[0], rel=1e-9)
        z, half = np.arctanh(row["r"]), 1.959963984540054 / np.sqrt(298)
        assert [row["ci_low"], row["ci_high"]] == pytest.approx(
            [np.tanh(z - half), np.tanh(z + half)]
        )


def test_pairs_use_the_rows_complete_in_both(holzinger):
    data = holzinger[["x1", "x2", "x3"]].copy()
    data.loc[:9, "x1"] = np.nan
    table = correlations(data, ["x1", "x2", "x3"], 0.05)
    assert table["n"].tolist() == [291, 291, 301]


def test_a_constant_has_no_correlation():
    data = pd.DataFrame({"a": [1.0, 2, 3, 4, 5], "b": [2.0] * 5})
    assert correlations(data, ["a", "b"], 0.05)[["r", "p"]].isna().all(axis=None)
