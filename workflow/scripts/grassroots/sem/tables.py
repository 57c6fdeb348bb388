"""Tables of fitted models, in the columns that other stages read.

Each function takes one model's `Fit` and returns its rows; the caller concatenates models.
"""

from itertools import combinations

import numpy as np
import pandas as pd

from grassroots.sem.estimator import Fit

FIT_COLUMNS = [
    "model",
    "estimator",
    "n",
    "npar",
    "chi2",
    "df",
    "p",
    "cfi",
    "tli",
    "rmsea",
    "rmsea_low",
    "rmsea_high",
    "srmr",
    "aic",
    "bic",
    "status",
    "message",
    "pclose",
    "gfi",
    "loglik",
    "sabic",
    "baseline_chi2",
    "baseline_df",
]
LOADING_COLUMNS = [
    "model",
    "estimator",
    "group",
    "factor",
    "item",
    "est",
    "se",
    "z",
    "p",
    "std",
    "std_low",
    "std_high",
    "std_se",
]
PARAMETER_COLUMNS = [
    "model",
    "estimator",
    "group",
    "lhs",
    "op",
    "rhs",
    "label",
    "est",
    "se",
    "z",
    "p",
    "std",
    "std_se",
    "ci_low",
    "ci_high",
    "std_low",
    "std_high",
]
CORRELATION_COLUMNS = [
    "model",
    "estimator",
    "group",
    "factor_a",
    "factor_b",
    "est",
    "se",
    "z",
    "p",
    "r",
    "r_low",
    "r_high",
]
WHOLE_NUMBERS = ["n", "npar", "df", "baseline_df"]


def fit_row(model: str, fit: Fit) -> pd.DataFrame:
    """The row of cfa_fit or sem_fit: fit measures, status and message."""
    row = {
        "model": model,
        "estimator": fit.estimator,
        "status": fit.status,
        "message": fit.message,
        **fit.measures,
    }
    frame = pd.DataFrame([row])[FIT_COLUMNS]
    return frame.astype(dict.fromkeys(WHOLE_NUMBERS, "Int64"))


def loadings(model: str, fit: Fit) -> pd.DataFrame:
    """Rows of cfa_loadings, also of second-order factors (their items are factors)."""
    rows = fit.parameters[fit.parameters["op"] == "=~"]
    rows = rows.rename(columns={"lhs": "factor", "rhs": "item"})
    return _described(model, fit, rows, LOADING_COLUMNS)


def parameters(model: str, fit: Fit) -> pd.DataFrame:
    """Rows of sem_parameters: every parameter and every defined effect."""
    return _described(model, fit, fit.parameters, PARAMETER_COLUMNS)


def latent_correlations(model: str, fit: Fit) -> pd.DataFrame:
    """Rows of cfa_correlations: every pair of latent variables.

    `est` is the model-implied covariance and `r` the correlation. Where the covariance is itself a
    parameter (factors that no other factor explains) se, z, p and the interval of r are given; p
    tests the covariance. Between factors that a second-order factor explains they are empty.
    """
    table = fit.parameters
    explained = {*table.loc[table["op"] == "=~", "rhs"], *table.loc[table["op"] == "~", "lhs"]}
    own = table[table["op"] == "~~"].set_index(["lhs", "rhs"])
    names = list(fit.latent_covariance.index)
    rows = []
    for a, b in combinations(names, 2):
        covariance = fit.latent_covariance.loc[a, b]
        variances = fit.latent_covariance.loc[a, a] * fit.latent_covariance.loc[b, b]
        r = covariance / np.sqrt(variances) if variances > 0 else np.nan
        row = {"factor_a": a, "factor_b": b, "est": covariance, "r": r}
        # The residual covariance of explained factors is a parameter too, but not their covariance.
        if not {a, b} & explained:
            parameter = own.loc[(a, b) if (a, b) in own.index else (b, a)]
            row |= {c: parameter[c] for c in ("se", "z", "p")}
            row |= {"r_low": parameter["std_low"], "r_high": parameter["std_high"]}
        rows.append(row)
    frame = pd.DataFrame(rows, columns=CORRELATION_COLUMNS).assign(group="")
    return _described(model, fit, frame, CORRELATION_COLUMNS)


def _described(model: str, fit: Fit, rows: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    rows = rows.assign(model=model, estimator=fit.estimator)
    return rows[columns].reset_index(drop=True)
