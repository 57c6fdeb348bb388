"""The numbers of a fitted model under names that other programs can be asked for."""

import numpy as np

from grassroots.sem.fit import Fit

MEASURES = ("chi2", "df", "cfi", "tli", "rmsea", "srmr", "loglik", "aic", "bic")
COLUMNS = ("est", "se", "std")


def quantities(fit: Fit) -> dict[str, float]:
    """Fit measures, and estimate, standard error and standardised value of what was estimated.

    Names are `chi2` and so on, `est f =~ x2`, `se f =~ x2`, `std f =~ x2`; of a defined effect
    `est indirect :=`. What is fixed, and what has no value, is left out; a model without estimates
    has none. One group.
    """
    if not fit.usable:
        return {}
    found = {name: float(fit.measures[name]) for name in MEASURES}
    for row in fit.parameters.itertuples():
        if row.free >= 0 or row.op == ":=":
            found |= {
                f"{column} {parameter(row.lhs, row.op, row.rhs)}": float(getattr(row, column))
                for column in COLUMNS
            }
    return {name: value for name, value in found.items() if np.isfinite(value)}


def parameter(lhs: str, op: str, rhs: str) -> str:
    """A parameter's name; the expression of a defined effect is no part of it."""
    return f"{lhs} :=" if op == ":=" else f"{lhs} {op} {rhs}"
