"""Measurement models against simpler ones: one factor, merged factors, a second-order factor."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from grassroots.sem.difference import chi_square_difference
from grassroots.sem.fit import Fit
from grassroots.sem.tables import FIT_COLUMNS, fit_row

DIFFERENCES = (
    "delta_chi2 delta_df delta_p delta_cfi delta_tli delta_rmsea delta_srmr delta_status"
).split()
COMPARISON_COLUMNS = ["model", "alternative", *FIT_COLUMNS[1:], *DIFFERENCES]


def alternatives(model: Mapping[str, Any], asked: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """The competing models that are `asked` for, as arguments of ``measurement_syntax``.

    Args:
        model: `factors` (id -> indicators) and `residual_covariances` of the declared model.
        asked: `one_factor`, `second_order` (whether), `merged` (sets of factors made into one).

    All but the second-order model are the declared one with correlations of 1 among the factors
    that become one; the second-order one has correlations that a single factor explains.
    """
    factors = {name: list(items) for name, items in model["factors"].items()}
    common = {"residual_covariances": model["residual_covariances"]}
    found: dict[str, dict[str, Any]] = {}
    if asked["one_factor"]:
        found["one_factor"] = {"factors": _merge(factors, list(factors)), **common}
    for together in asked["merged"]:
        found[f"merged:{'+'.join(together)}"] = {"factors": _merge(factors, together), **common}
    if asked["second_order"]:
        general = unused_name("general", factors)
        found["second_order"] = {
            "factors": factors,
            **common,
            "second_order": {general: list(factors)},
        }
    return found


def comparison_rows(model: str, declared: Fit, others: Mapping[str, Fit]) -> pd.DataFrame:
    """The declared model and each alternative by one estimator: fit, and differences from it.

    Differences are the alternative's value minus the declared model's; delta_chi2, delta_df and
    delta_p by :func:`chi_square_difference`, whose status is delta_status.
    """
    rows = [_described(model, "declared", declared)]
    for name, fitted in others.items():
        row = _described(model, name, fitted)
        test = chi_square_difference(fitted, declared)
        row = row.assign(
            delta_chi2=test.chi2, delta_df=test.df, delta_p=test.p, delta_status=test.status
        )
        for measure in ("cfi", "tli", "rmsea", "srmr"):
            row[f"delta_{measure}"] = row[measure] - rows[0][measure]
        rows.append(row)
    frame = pd.concat([row.reindex(columns=COMPARISON_COLUMNS) for row in rows])
    return frame.astype({"delta_df": "Int64"})


def unused_name(name: str, factors: Mapping[str, Sequence[str]]) -> str:
    """`name`, with as many underscores after it as make it none of the factors and items."""
    taken = {*factors, *(item for items in factors.values() for item in items)}
    while name in taken:
        name += "_"
    return name


def _described(model: str, alternative: str, fitted: Fit) -> pd.DataFrame:
    return fit_row(model, fitted).assign(alternative=alternative)


def _merge(factors: Mapping[str, list[str]], together: Sequence[str]) -> dict[str, list[str]]:
    """The factors in `together` as one, under the name of the first; the others as they are."""
    items = [item for factor in factors if factor in together for item in factors[factor]]
    merged = {}
    for factor, own in factors.items():
        if factor == together[0]:
            merged[factor] = items
        elif factor not in together:
            merged[factor] = list(own)
    return merged
