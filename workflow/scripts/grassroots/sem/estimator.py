"""What every estimator returns, and what is worked out alike for all of them.

An estimator is a function `fit(model_syntax, data, estimator="ML") -> Fit`. It finds the values of
the free parameters; tables, standardised values, defined effects, standard errors of both, fit
indices and the reasons for having no result come from here.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from scipy.special import ndtr, ndtri

from grassroots.sem import fit_indices
from grassroots.sem.model_syntax import ModelTable
from grassroots.sem.path_algebra import PathModel, defined_values, delta_se, jacobian

PARAMETER_COLUMNS = [
    "group",
    "lhs",
    "op",
    "rhs",
    "label",
    "free",
    "est",
    "se",
    "z",
    "p",
    "ci_low",
    "ci_high",
    "std",
    "std_se",
    "std_low",
    "std_high",
]
"""One row a parameter; `op` is =~, ~, ~~ or := (then `rhs` is the expression). A fixed parameter
has se 0 and empty z and p; intervals are est -+ 1.96 se."""


@dataclass(frozen=True)
class Fit:
    """A fitted model, or the reason why there is none.

    `status` is `ok`, `heywood` (estimated, but a variance is negative: values are given), or one of
    `too_few_cases`, `constant_item`, `singular`, `not_identified`, `not_converged`; these have no
    parameters, and `measures` holds only what is known. `message` is an English sentence, empty if
    all is well.
    """

    status: str
    message: str
    estimator: str
    n: int
    """Complete rows that were used."""
    measures: dict[str, float]
    parameters: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=PARAMETER_COLUMNS)
    )
    vcov: pd.DataFrame = field(default_factory=pd.DataFrame)
    """Covariances of the free parameters, by label or `lhs op rhs`."""
    sample_covariance: pd.DataFrame = field(default_factory=pd.DataFrame)
    implied_covariance: pd.DataFrame = field(default_factory=pd.DataFrame)
    """Of the observed variables, divisor N."""
    latent_covariance: pd.DataFrame = field(default_factory=pd.DataFrame)
    """Model-implied covariances of the latent variables (total, also of explained ones)."""

    @property
    def estimated(self) -> bool:
        """Whether there are estimates to read."""
        return self.status in ("ok", "heywood")


def complete_rows(data: pd.DataFrame, variables: Sequence[str]) -> np.ndarray:
    """The rows without a missing value, shape (n, p).

    Raises ValueError naming the variables that the data lack, or that are no numbers.
    """
    absent = [name for name in variables if name not in data.columns]
    if absent:
        raise ValueError(f"not in the data: {', '.join(absent)}")
    words = [name for name in variables if not pd.api.types.is_numeric_dtype(data[name])]
    if words:
        raise ValueError(f"not numeric: {', '.join(words)}")
    values = data[list(variables)].to_numpy(dtype=float, na_value=np.nan)
    return values[np.isfinite(values).all(axis=1)]


def unusable(values: np.ndarray, table: ModelTable) -> tuple[str, str] | None:
    """Status and message if the model cannot be fitted to these complete rows, else None."""
    n, p = values.shape
    if n > 1:
        constant = [v for v, x in zip(table.observed, values.T, strict=True) if np.ptp(x) == 0]
        if constant:
            return "constant_item", f"All {n} complete rows agree on {', '.join(constant)}."
    if n <= p:
        return "too_few_cases", f"{n} complete rows cannot support {p} variables."
    if np.linalg.eigvalsh(np.corrcoef(values.T))[0] < 1e-10:
        return "singular", "Some variables are exact combinations of the others."
    df = fit_indices.moments(p, len(table.fixed_x)) - len(table.free_names)
    if df < 0:
        return "not_identified", f"{-df} more parameters than variances and covariances."
    return None


def failed(status: str, message: str, estimator: str, n: int, table: ModelTable) -> Fit:
    """A result that consists of its reason."""
    npar = len(table.free_names)
    df = fit_indices.moments(len(table.observed), len(table.fixed_x)) - npar
    return Fit(status, message, estimator, n, fit_indices.no_measures(n, npar, df))


def result(
    model: PathModel,
    theta: np.ndarray,
    vcov: np.ndarray,
    sample: np.ndarray,
    n: int,
    estimator: str,
) -> Fit:
    """Everything that follows from the estimates.

    Args:
        model: The layout of the model's parameters.
        theta: (k,) free quantities in the order of `model.table.free_names`.
        vcov: (k, k) their covariance matrix.
        n: Complete rows.
        estimator: Name of the estimator, for the tables.
        sample: Sample covariances (p, p), divisor N, in the order of `model.table.observed`.
    """
    table = model.table
    fixed = [table.observed.index(name) for name in table.fixed_x]
    implied = model.implied_covariance(theta)
    p = len(table.observed)
    status, message = admissibility(model, theta)
    return Fit(
        status=status,
        message=message,
        estimator=estimator,
        n=n,
        measures=fit_indices.fit_measures(sample, implied, n, len(theta), fixed=fixed),
        parameters=parameter_table(model, theta, vcov),
        vcov=_square(vcov, table.free_names),
        sample_covariance=_square(sample, table.observed),
        implied_covariance=_square(implied, table.observed),
        latent_covariance=_square(model.total_covariance(theta)[p:, p:], table.latent),
    )


def admissibility(model: PathModel, theta: np.ndarray) -> tuple[str, str]:
    """`ok`, or `heywood` naming the variances that came out negative."""
    values = model.values(theta)
    negative = [
        row.lhs
        for row, value in zip(model.table.parameters, values, strict=True)
        if row.op == "~~" and row.lhs == row.rhs and value < 0
    ]
    if negative:
        return "heywood", f"Negative variance of {', '.join(negative)}."
    return "ok", ""


def parameter_table(model: PathModel, theta: np.ndarray, vcov: np.ndarray) -> pd.DataFrame:
    """Estimates with standard errors, unstandardised and completely standardised.

    Defined parameters follow the model's own. Standard errors of standardised and defined values by
    the delta method with all covariances of the parameters.
    """
    table = model.table

    def plain(point: np.ndarray) -> np.ndarray:
        values = model.values(point)
        return np.concatenate([values, defined_values(table, values)])

    def standardised(point: np.ndarray) -> np.ndarray:
        values = model.standardised(point)
        return np.concatenate([values, defined_values(table, values)])

    rows = [(row.lhs, row.op, row.rhs, row.label, row.free) for row in table.parameters]
    rows += [(name, ":=", text, name, True) for name, text in table.defined.items()]
    frame = pd.DataFrame(rows, columns=["lhs", "op", "rhs", "label", "free"])
    frame.insert(0, "group", "")
    frame["est"], frame["se"] = plain(theta), delta_se(jacobian(plain, theta), vcov)
    frame["std"] = standardised(theta)
    frame["std_se"] = delta_se(jacobian(standardised, theta), vcov)
    # Rounding of the derivative must not make an error where a value cannot vary (a variance of 1).
    frame.loc[frame["std_se"] < 1e-12, "std_se"] = 0.0
    frame.loc[frame["std"].isna(), "std_se"] = np.nan
    frame["z"] = np.divide(
        frame["est"], frame["se"], out=np.full(len(frame), np.nan), where=frame["se"] > 0
    )
    frame["p"] = 2.0 * ndtr(-frame["z"].abs())
    half = ndtri(0.975)
    frame["ci_low"] = frame["est"] - half * frame["se"]
    frame["ci_high"] = frame["est"] + half * frame["se"]
    frame["std_low"] = frame["std"] - half * frame["std_se"]
    frame["std_high"] = frame["std"] + half * frame["std_se"]
    return frame[PARAMETER_COLUMNS]


def _square(matrix: np.ndarray, names: Sequence[str]) -> pd.DataFrame:
    return pd.DataFrame(matrix, index=list(names), columns=list(names))
