"""How the scores are distributed, and how they are related.

scipy.special only: scipy.stats would take most of the job's time to import.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
import pandas as pd
from scipy.special import ndtri, stdtr

from grassroots.description.levels import Bands, level_of

DESCRIPTIVE_COLUMNS = ["variable", "n", "mean", "sd", "skew", "kurtosis", "min", "max", "level"]
CORRELATION_COLUMNS = ["x", "y", "n", "r", "ci_low", "ci_high", "p"]


def descriptives(
    data: pd.DataFrame, variables: Sequence[str], bands: Mapping[str, Bands] | None = None
) -> pd.DataFrame:
    """Mean, SD (n - 1), skewness, excess kurtosis, range of each variable, missing left out.

    Skewness and kurtosis are SPSS's G1 and G2 (Joanes & Gill 1998), which pandas computes; they
    are missing below three and four values. `level` is the id of the band in
    which the mean lies, for the variables that have `bands`.
    """
    bands = bands or {}
    values = data[list(variables)]
    table = pd.DataFrame(
        {
            "variable": list(variables),
            "n": values.notna().sum().to_numpy(),
            "mean": values.mean().to_numpy(),
            "sd": values.std(ddof=1).to_numpy(),
            "skew": values.skew().to_numpy(),
            "kurtosis": values.kurt().to_numpy(),
            "min": values.min().to_numpy(),
            "max": values.max().to_numpy(),
        }
    )
    named = zip(variables, table["mean"], strict=True)
    table["level"] = [level_of(m, bands[name]) if name in bands else None for name, m in named]
    return table[DESCRIPTIVE_COLUMNS]


def correlations(data: pd.DataFrame, variables: Sequence[str], alpha: float) -> pd.DataFrame:
    """Pearson's r of each pair on the rows complete in both, its interval by Fisher's z, and p.

    The p is two-sided, of t = r sqrt((n - 2) / (1 - r^2)) on n - 2 degrees of freedom. Empty r,
    interval and p where fewer than four rows are complete or a variable is constant.
    """
    z = ndtri(1 - alpha / 2)
    rows = []
    for x, y in combinations(variables, 2):
        pair = data[[x, y]].dropna()
        n = len(pair)
        if n < 4 or (pair.nunique() < 2).any():
            rows.append((x, y, n, np.nan, np.nan, np.nan, np.nan))
            continue
        r = np.corrcoef(pair.to_numpy(), rowvar=False)[0, 1]
        with np.errstate(divide="ignore"):
            p = 2 * stdtr(n - 2, -np.abs(r) * np.sqrt((n - 2) / (1 - r**2)))
            low, high = np.tanh(np.arctanh(r) + np.array([-z, z]) / np.sqrt(n - 3))
        rows.append((x, y, n, r, low, high, p))
    return pd.DataFrame(rows, columns=CORRELATION_COLUMNS)
