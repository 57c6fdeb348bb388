"""Mardia's multivariate normality."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

FloatArray = NDArray[np.float64]

# Rows handled at once by `mardia`, which keeps its memory at this times n.
_BLOCK = 1024
# Rows from which on pairs are too many.
_MANY = 5000


class Mardia(NamedTuple):
    """Mardia's test: skewness b1p with chi-square, df and p; kurtosis b2p with z and p."""

    n: int
    p: int
    skewness: float
    chi2: float
    df: int
    chi2_p: float
    kurtosis: float
    z: float
    z_p: float


def mardia(values: FloatArray, ddof: int = 1) -> Mardia:
    """Return Mardia's (1970) multivariate skewness and kurtosis of the complete rows of (n, p).

    Args:
        values: Rows with NaN are dropped.
        ddof: 1: the covariance is divided by n - 1, as in psych and semTools, our default. 0: by n,
            the maximum-likelihood form of Mardia's paper and of package MVN.

    Raises:
        ValueError: If there are not more complete rows than columns, or the covariance is singular.
    """
    values = np.asarray(values, dtype=np.float64)
    values = values[~np.isnan(values).any(axis=1)]
    n, p = values.shape
    if n <= p:
        raise ValueError(f"Mardia's test needs more complete rows ({n}) than variables ({p})")
    deviations = values - values.mean(axis=0)
    covariance = deviations.T @ deviations / (n - ddof)
    scale = np.sqrt(np.diag(covariance))
    if (scale == 0).any() or np.linalg.matrix_rank(covariance / np.outer(scale, scale)) < p:
        raise ValueError("Mardia's test needs a covariance matrix of full rank")
    whitened = np.linalg.solve(np.linalg.cholesky(covariance), deviations.T).T
    b1p = _sum_of_cubes(whitened) / n**2
    b2p = float(((whitened**2).sum(axis=1) ** 2).mean())
    chi2, df = n * b1p / 6, p * (p + 1) * (p + 2) // 6
    z = (b2p - p * (p + 2)) / np.sqrt(8 * p * (p + 2) / n)
    return Mardia(
        n=n,
        p=p,
        skewness=b1p,
        chi2=chi2,
        df=df,
        chi2_p=float(special.chdtrc(df, chi2)),
        kurtosis=b2p,
        z=float(z),
        z_p=float(2 * special.ndtr(-abs(z))),
    )


def _sum_of_cubes(whitened: FloatArray) -> float:
    """Sum over all pairs of rows of (z_i' z_j)^3.

    With many rows as the sum of the squared third moments, which is the same: its time grows with
    the rows, not with their pairs.
    """
    n, p = whitened.shape
    if n > _MANY:
        products = ((whitened * whitened[:, [k]]).T @ whitened for k in range(p))
        return sum(float((each**2).sum()) for each in products)
    return sum(
        float(((whitened[start : start + _BLOCK] @ whitened.T) ** 3).sum())
        for start in range(0, n, _BLOCK)
    )


NORMALITY_COLUMNS = [
    "scale", "n", "n_items", "skewness", "chi2", "df", "p", "kurtosis", "z", "z_p", "status",
]  # fmt: skip


def normality_table(data: pd.DataFrame, scales: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Mardia's test of each scale with at least two items, on its complete rows.

    Empty numbers and a status where it cannot be computed (`too_few_cases`, `singular`).
    """
    rows = []
    for scale, items in scales.items():
        if len(items) < 2:
            continue
        values = data[list(items)].dropna().to_numpy(dtype=float)
        size = {"scale": scale, "n": len(values), "n_items": len(items)}
        try:
            found = mardia(values)
        except ValueError:
            status = "too_few_cases" if len(values) <= len(items) else "singular"
            rows.append({**size, "status": status})
            continue
        rows.append(
            {
                **size,
                "skewness": found.skewness,
                "chi2": found.chi2,
                "df": found.df,
                "p": found.chi2_p,
                "kurtosis": found.kurtosis,
                "z": found.z,
                "z_p": found.z_p,
                "status": "ok",
            }
        )
    return pd.DataFrame(rows, columns=NORMALITY_COLUMNS)
