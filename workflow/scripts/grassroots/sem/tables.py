"""Tables of fitted models, in the columns that other stages read.

Each function takes one model's `Fit` and returns its rows; the caller concatenates models, of each
model first the rows of the estimator that is reported. A model without estimates has a row of fit,
with the reason, and no others.
"""

from itertools import combinations

import numpy as np
import pandas as pd

from grassroots.sem.fit import Fit
from grassroots.sem.structure import total

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
    "scaling",
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
CORRECTED = {
    "chi2": "chi2_scaled",
    "p": "p_scaled",
    "baseline_chi2": "baseline_chi2_scaled",
    "cfi": "cfi_robust",
    "tli": "tli_robust",
    "rmsea": "rmsea_robust",
    "rmsea_low": "rmsea_robust_low",
    "rmsea_high": "rmsea_robust_high",
    "pclose": "pclose_robust",
}
"""What stands in a row of MLR: scaled chi-squares, and the robust indices (not the scaled ones,
which do not estimate what they are named after: Brosseau-Liard and Savalei 2014)."""


def fit_row(model: str, fit: Fit) -> pd.DataFrame:
    """The row of cfa_fit or sem_fit: fit measures, status and message.

    Under MLR those of `CORRECTED`, and `scaling` holds the factor by which chi-square was divided;
    SRMR, GFI and the information criteria are those of ML. A saturated model (df = 0) has nothing
    to correct.
    """
    measures = dict(fit.measures)
    if fit.estimator == "MLR" and measures["df"] > 0:
        measures |= {ours: measures[theirs] for ours, theirs in CORRECTED.items()}
    row = {
        "scaling": np.nan,
        "model": model,
        "estimator": fit.estimator,
        "status": fit.status,
        "message": fit.message,
        **measures,
    }
    frame = pd.DataFrame([row])[FIT_COLUMNS]
    return frame.astype(dict.fromkeys(WHOLE_NUMBERS, "Int64"))


def loadings(model: str, fit: Fit) -> pd.DataFrame:
    """Rows of cfa_loadings, also of second-order factors (their items are factors)."""
    rows = fit.parameters if fit.usable else fit.parameters.head(0)
    rows = rows[rows["op"] == "=~"]
    rows = rows.rename(columns={"lhs": "factor", "rhs": "item"})
    return _described(model, fit, rows, LOADING_COLUMNS)


def parameters(model: str, fit: Fit) -> pd.DataFrame:
    """Rows of sem_parameters: every parameter and every defined effect."""
    rows = fit.parameters if fit.usable else fit.parameters.head(0)
    return _described(model, fit, rows, PARAMETER_COLUMNS)


def latent_correlations(model: str, fit: Fit) -> pd.DataFrame:
    """Rows of cfa_correlations: every pair of latent variables.

    `est` is the model-implied covariance and `r` the correlation. Where the covariance is itself a
    parameter (factors that no other factor explains) se, z, p and the interval of r are given; p
    tests the covariance. Between factors that a second-order factor explains they are empty.
    """
    table = fit.parameters
    explained = {*table.loc[table["op"] == "=~", "rhs"], *table.loc[table["op"] == "~", "lhs"]}
    own = table[table["op"] == "~~"].set_index(["lhs", "rhs"])
    between = latent_covariances(fit)
    rows = []
    for a, b in combinations(between.index, 2):
        covariance = between.loc[a, b]
        variances = between.loc[a, a] * between.loc[b, b]
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


def latent_covariances(fit: Fit) -> pd.DataFrame:
    """Model-implied covariances of the latent variables (total, also of explained ones).

    Empty for a model without estimates. Raises ValueError for several groups.
    """
    if not fit.usable or fit.problem is None:
        return pd.DataFrame()
    (structure,) = fit.problem.structures
    _, covariances = total(structure.fill(fit.theta))
    names = fit.table.variables.latent
    places = [structure.latent.index(name) for name in names]
    return pd.DataFrame(covariances[np.ix_(places, places)], index=names, columns=names)


def _described(model: str, fit: Fit, rows: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    rows = rows.assign(model=model, estimator=fit.estimator)
    return rows[columns].reset_index(drop=True)
