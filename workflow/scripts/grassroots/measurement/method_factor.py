"""The unmeasured latent method factor: a factor that all items share, beside the declared ones."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from grassroots.measurement.comparison import unused_name
from grassroots.sem.difference import chi_square_difference
from grassroots.sem.fit import Fit
from grassroots.sem.structural_form import measurement_syntax

# By how much fit may improve before a method factor is taken seriously (Wen, Huang & Tang 2018).
REFERENCES = {"cfi": 0.10, "tli": 0.10, "rmsea": -0.05, "srmr": -0.05}
START = 0.3


def method_factor_syntax(
    factors: Mapping[str, Sequence[str]], deviations: Mapping[str, float]
) -> str:
    """lavaan syntax of the declared factors and a method factor with free loadings on all items.

    The method factor has variance 1 and is uncorrelated with the others (Williams, Cote & Buckley
    1989; Podsakoff et al. 2003); the others correlate freely. Loadings are free, as is usual; held
    equal they would only look for a shift of all answers by the same amount.

    `deviations`: the standard deviation of each item, from which loadings start: at 0 the gradient
    is 0, and the search would never begin.
    """
    method = unused_name("method", factors)
    items = [item for own in factors.values() for item in own]
    starts = [f"start({START * deviations[item]:.6g})*{item}" for item in items]
    lines = [
        measurement_syntax(factors),
        f"{method} =~ NA*{items[0]} + {' + '.join(starts)}",
        f"{method} ~~ 1*{method}",
        *(f"{method} ~~ 0*{factor}" for factor in factors),
    ]
    return "\n".join(lines)


def method_factor_rows(
    factors: Mapping[str, Sequence[str]], declared: Fit, with_method: Fit
) -> list[tuple[str, float, float, float, str, str]]:
    """Rows of method_bias.csv: check, value, reference, n, status, message.

    Fit of the model with the method factor; differences from the declared model (with minus
    without); the mean share of an item's variance that the method factor takes; how many items
    load on it against the direction of most. A model that failed has one row with its reason.
    """
    measures, n = with_method.measures, with_method.measures["n"]
    if not with_method.usable:
        return [("ulmc_chi2", np.nan, np.nan, n, with_method.status, with_method.message)]
    values: dict[str, Any] = {
        f"ulmc_{name}": (measures[name], np.nan)
        for name in ("chi2", "df", "cfi", "tli", "rmsea", "srmr")
    }
    test = chi_square_difference(declared, with_method)
    if test.status == "ok":
        values |= {
            "ulmc_delta_chi2": (test.chi2, np.nan),
            "ulmc_delta_df": (test.df, np.nan),
            "ulmc_delta_p": (test.p, np.nan),
        }
        values |= {
            f"ulmc_delta_{name}": (measures[name] - declared.measures[name], limit)
            for name, limit in REFERENCES.items()
        }
    loadings = _method_loadings(factors, with_method)
    against = min((loadings < 0).sum(), (loadings > 0).sum())
    values["ulmc_method_share"] = (float((loadings**2).mean()), np.nan)
    values["ulmc_against"] = (float(against), np.nan)
    values["ulmc_items"] = (float(len(loadings)), np.nan)
    status, message = with_method.status, with_method.message
    return [
        (name, value, reference, n, status, message) for name, (value, reference) in values.items()
    ]


def _method_loadings(factors: Mapping[str, Sequence[str]], fitted: Fit) -> pd.Series:
    """Completely standardised loadings on the method factor, one for each item."""
    method = unused_name("method", factors)
    rows = fitted.parameters
    return rows.loc[(rows["op"] == "=~") & (rows["lhs"] == method), "std"]
