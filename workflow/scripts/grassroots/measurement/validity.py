"""Convergent and discriminant validity of a measurement model: CR, AVE, Fornell-Larcker, HTMT.

CR and AVE are those of Fornell & Larcker (1981), from standardised loadings; packages that take
unstandardised estimates or observed variances print other numbers. HTMT is Henseler, Ringle &
Sarstedt's (2015), with arithmetic means of absolute item correlations: in semTools
``htmt(htmt2=FALSE)``.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from grassroots.measurement.loadings import (
    average_variance_extracted,
    composite_reliability,
    is_improper,
    observed_indicators,
    standardised_loadings,
)
from grassroots.measurement.scale_answers import MIN_CASES, complete_answers, is_constant

FloatArray = NDArray[np.float64]

VALIDITY_COLUMNS = (
    "model",
    "factor",
    "cr",
    "ave",
    "sqrt_ave",
    "max_r",
    "max_htmt",
    "n_items",
    "status",
    "message",
)
HTMT_COLUMNS = ("model", "factor_a", "factor_b", "htmt", "n")


def heterotrait_monotrait(correlations: FloatArray, a: Sequence[int], b: Sequence[int]) -> float:
    """Return HTMT of two factors whose items are the rows `a` and `b` of the item correlations.

    Mean absolute correlation between the factors' items over the geometric mean of the two mean
    absolute correlations within them (Henseler et al. 2015; the absolute values as in
    semTools). NaN if a factor has one item, the factors share an item, or a
    correlation is NaN.
    """
    if len(a) < 2 or len(b) < 2 or set(a) & set(b):
        return np.nan
    r = np.abs(correlations)
    within = [r[np.ix_(side, side)][np.triu_indices(len(side), 1)].mean() for side in (a, b)]
    return float(r[np.ix_(a, b)].mean() / np.sqrt(within[0] * within[1]))


def htmt_table(scores: pd.DataFrame, loadings: pd.DataFrame, models: Sequence[str]) -> pd.DataFrame:
    """Return HTMT of each pair of factors of each model: columns of `HTMT_COLUMNS`.

    Which item belongs to which factor is read from `loadings` (columns model, factor, item), in
    whose order the factors come. The correlations are those of the `n` rows that are complete over
    **all items of the model**, as in semTools. Factors measured by other factors have no HTMT.
    Models that are not in `loadings` have no rows.
    """
    rows = []
    for model in models:
        factors = _model_items(loadings, model)
        items = list(dict.fromkeys(item for of in factors.values() for item in of))
        if len(factors) < 2:
            continue
        values = complete_answers(scores, items)
        correlations = _correlations(values)
        place = {item: position for position, item in enumerate(items)}
        for a, b in combinations(factors, 2):
            sides = ([place[item] for item in factors[factor]] for factor in (a, b))
            rows.append((model, a, b, heterotrait_monotrait(correlations, *sides), len(values)))
    return pd.DataFrame(rows, columns=list(HTMT_COLUMNS))


def validity_table(
    loadings: pd.DataFrame,
    latent_correlations: pd.DataFrame,
    htmt: pd.DataFrame,
    models: Sequence[str],
    *,
    estimator: str | None = None,
) -> pd.DataFrame:
    """Return one row for each factor of each model: columns of `VALIDITY_COLUMNS`.

    Args:
        loadings: Columns model, estimator, group, factor, item, std; rows with a group are left
            out.
        latent_correlations: Columns model, factor_a, factor_b, r: the correlations of the latent
            variables in the same model, each pair once, in any order. Not those of scale means.
        htmt: As :func:`htmt_table` returns it.
        models: Ids of the models, those with correlated factors; a second-order factor gets a row
            too, its CR and AVE from the loadings of its dimensions.
        estimator: Whose loadings are used; None: the first listed of each model.

    Notes:
        `max_r` and `max_htmt` are the largest absolute value over the pairs that hold the factor;
        empty if there is no pair, or if one of the pairs has no value (a maximum over what happens
        to be known would flatter the factor). ``status``: ok; single_item; heywood (a standardised
        loading of the factor beyond 1: CR and AVE are given and not to be trusted); missing_model
        (not fitted or not converged: one row without factor).
    """
    rows: list[dict[str, object]] = []
    for model in models:
        factors = standardised_loadings(loadings, model, estimator)
        if not factors:
            message = "the model was not fitted, or has no standardised solution"
            rows.append({"model": model, "status": "missing_model", "message": message})
        for factor, of in factors.items():
            std = np.array(list(of.values()))
            rows.append(
                {
                    "model": model,
                    "factor": factor,
                    **_convergent(std),
                    "max_r": _largest(latent_correlations, "r", model, factor),
                    "max_htmt": _largest(htmt, "htmt", model, factor),
                    **_judge_factor({factor: of}),
                }
            )
    table = pd.DataFrame(rows, columns=list(VALIDITY_COLUMNS))
    numbers = ["cr", "ave", "sqrt_ave", "max_r", "max_htmt"]
    return table.astype({**dict.fromkeys(numbers, "float64"), "n_items": "Int64"})


def _convergent(std: FloatArray) -> dict[str, float]:
    ave = average_variance_extracted(std)
    return {
        "cr": composite_reliability(std),
        "ave": ave,
        "sqrt_ave": float(np.sqrt(ave)),
        "n_items": len(std),
    }


def _judge_factor(factor: Mapping[str, Mapping[str, float]]) -> dict[str, str]:
    if is_improper(factor):
        return {"status": "heywood", "message": "a standardised loading lies beyond 1"}
    if any(len(items) < 2 for items in factor.values()):
        return {"status": "single_item", "message": "the factor has one indicator"}
    return {"status": "ok", "message": ""}


def _largest(pairs: pd.DataFrame, value: str, model: str, factor: str) -> float:
    """Return the largest absolute `value` among the pairs of `model` that hold `factor`."""
    mine = (pairs["factor_a"] == factor) | (pairs["factor_b"] == factor)
    mine &= (pairs["model"] == model) & (pairs["factor_a"] != pairs["factor_b"])
    values = pairs.loc[mine, value].to_numpy(dtype=np.float64, na_value=np.nan)
    return float(np.abs(values).max()) if len(values) else np.nan


def _model_items(loadings: pd.DataFrame, model: str) -> dict[str, list[str]]:
    """Return factor -> items of the factors of `model` that are measured by items."""
    rows = loadings.loc[loadings["model"] == model, ["factor", "item"]]
    factors: dict[str, dict[str, None]] = {}
    for factor, item in rows.itertuples(index=False):
        factors.setdefault(str(factor), {})[str(item)] = None
    return observed_indicators(factors)


def _correlations(values: FloatArray) -> FloatArray:
    """Return the correlations of (n, k) complete answers; NaN where an item is constant."""
    n, k = values.shape
    if n < MIN_CASES:
        return np.full((k, k), np.nan)
    constant = is_constant(values)
    with np.errstate(divide="ignore", invalid="ignore"):
        correlations = np.corrcoef(values, rowvar=False)
    return np.where(constant | constant[:, None], np.nan, correlations)
