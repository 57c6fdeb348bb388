"""The measurement tables against psych, semTools and lavaan, number by number.

Stored and live values: see conftest.py.
"""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from grassroots.description import distribution
from grassroots.measurement import factorability, items, reliability, validity

RTOL = 1e-6


@pytest.fixture(scope="module")
def loadings(case: Any) -> pd.DataFrame:
    return pd.DataFrame(case.expected["loadings"])


def agree(found: Any, expected: Any) -> None:
    np.testing.assert_allclose(
        np.asarray(found, dtype=float), np.asarray(expected, dtype=float), rtol=RTOL, atol=1e-300
    )


def test_reliability(case: Any, scales: dict, loadings: pd.DataFrame) -> None:
    table = reliability.reliability_table(case.answers, scales, loadings).set_index("scale")
    assert list(table["status"].unique()) == ["ok"]
    assert list(table["omega_status"].unique()) == ["ok"]
    for scale, expected in case.expected["scales"].items():
        for column in ("n", "alpha", "alpha_low", "alpha_high"):
            agree(table.loc[scale, column], expected[column])
        agree(table.loc[scale, "omega"], case.expected["omega"][scale])
    agree(table.loc["total", "omega_hierarchical"], case.expected["omega_hierarchical"])
    assert table["omega_hierarchical"].drop("total").isna().all()


def test_items(case: Any, scales: dict) -> None:
    table = items.item_table(case.answers, scales, reversed_items=())
    assert list(table["status"].unique()) == ["ok"]
    for scale, expected in case.expected["scales"].items():
        found = table[table["scale"] == scale]
        assert list(found["item"]) == expected["items"]
        columns = ("mean", "sd", "skew", "kurtosis", "citc", "alpha_if_deleted")
        for column in columns:
            agree(found[column], expected[column])
        agree(found["critical_ratio"], expected["critical_ratio"]["t"])
        agree(found["critical_ratio_p"], expected["critical_ratio"]["p"])
        agree(found["critical_ratio_df"].unique(), [expected["critical_ratio"]["df"]])


def test_factorability(case: Any, scales: dict) -> None:
    table = factorability.factorability_table(case.answers, scales).set_index("scale")
    by_item = factorability.item_adequacy_table(case.answers, scales)
    for scale, expected in case.expected["scales"].items():
        for column in ("n", "kmo", "bartlett_chi2", "bartlett_df", "bartlett_p"):
            agree(table.loc[scale, column], expected[column])
        agree(by_item.loc[by_item["scale"] == scale, "msa"], expected["msa"])


def test_htmt_and_largest_latent_correlation(
    case: Any, scales: dict, loadings: pd.DataFrame
) -> None:
    dimensions = [scale for scale in scales if scale != "total"]
    expected = pd.DataFrame(case.expected["htmt"], index=dimensions, columns=dimensions)
    htmt = validity.htmt_table(case.answers, loadings, ["correlated"])
    assert len(htmt) == len(dimensions) * (len(dimensions) - 1) // 2
    for row in htmt.itertuples():
        agree(row.htmt, expected.loc[row.factor_a, row.factor_b])
    phi = pd.DataFrame(case.expected["latent_correlations"], index=dimensions, columns=dimensions)
    pairs = [
        ("correlated", a, b, phi.loc[a, b])
        for place, a in enumerate(dimensions)
        for b in dimensions[:place]
    ]
    latent = pd.DataFrame(pairs, columns=["model", "factor_a", "factor_b", "r"])
    table = validity.validity_table(loadings, latent, htmt, ["correlated"]).set_index("factor")
    off_diagonal = ~np.eye(len(dimensions), dtype=bool)
    agree(table["max_r"], np.where(off_diagonal, phi.abs(), 0).max(axis=0))
    agree(table["max_htmt"], np.where(off_diagonal, expected, 0).max(axis=0))


def test_mardia(case: Any, scales: dict) -> None:
    found = distribution.mardia(case.answers[scales["total"]].to_numpy(dtype=float))
    expected = case.expected["mardia"]
    agree(found.skewness, expected["b1p"])
    agree(found.chi2, expected["skew"])
    agree(found.kurtosis, expected["b2p"])
    agree(found.z, expected["kurtosis"])
    # psych takes p from 1 - pnorm(|z|), which is 0 below 1e-16.
    np.testing.assert_allclose(found.z_p, expected["p.kurt"], rtol=RTOL, atol=1e-15)
    np.testing.assert_allclose(found.chi2_p, expected["p.skew"], rtol=RTOL, atol=1e-15)
