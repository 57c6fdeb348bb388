"""Standardised loadings of one model, and what follows from them alone: CR and AVE.

The table of loadings has the columns model, estimator, group, factor, item, std (further ones are
ignored).
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


def standardised_loadings(
    loadings: pd.DataFrame, model: str, estimator: str | None = None
) -> dict[str, dict[str, float]]:
    """Return factor -> item -> standardised loading of `model`, in the order of the table.

    Rows with a non-empty `group` are left out: they belong to multi-group fits. Where several
    estimators fitted the model and `estimator` is None, the one listed first is taken.
    A model that is missing, or has a loading without a value, gives an empty dict.
    """
    rows = loadings[loadings["model"] == model]
    if "group" in rows.columns:
        rows = rows[rows["group"].isna() | (rows["group"].astype(str) == "")]
    if rows.empty:
        return {}
    chosen = rows["estimator"].iloc[0] if estimator is None else estimator
    rows = rows[rows["estimator"] == chosen]
    std = rows["std"].to_numpy(dtype=np.float64, na_value=np.nan)
    if np.isnan(std).any():
        return {}
    by_factor: dict[str, dict[str, float]] = {}
    for factor, item, value in zip(rows["factor"], rows["item"], std, strict=True):
        by_factor.setdefault(str(factor), {})[str(item)] = float(value)
    return by_factor


def observed_indicators(factors: Mapping[str, Mapping[str, Any]]) -> dict[str, list[str]]:
    """Return factor -> items of the factors that are measured by items, not by other factors.

    A second-order factor is left out even though its dimensions have a column in the scores.
    """
    return {
        factor: list(items)
        for factor, items in factors.items()
        if not any(item in factors for item in items)
    }


def is_improper(factors: Mapping[str, Mapping[str, float]]) -> bool:
    """Return whether an indicator's implied residual variance is negative (a Heywood case).

    An indicator that loads on one factor has residual variance 1 - loading**2; cross-loading
    indicators depend on the factor correlations and are judged by the fit's own status.
    """
    return any(abs(value) > 1 for items in factors.values() for value in items.values())


def composite_reliability(std: FloatArray) -> float:
    """Return the composite reliability of a factor from its standardised loadings (k,).

    ``(sum l)^2 / ((sum l)^2 + sum(1 - l^2))`` (Fornell & Larcker 1981): residuals uncorrelated,
    variance as the model implies it. In a one-factor model this is McDonald's (1999) omega of the
    sum of the standardised items.
    """
    common = std.sum() ** 2
    return float(common / (common + (1 - std**2).sum()))


def average_variance_extracted(std: FloatArray) -> float:
    """Return AVE, the mean squared standardised loading of a factor (Fornell & Larcker 1981)."""
    return float((std**2).mean())
