"""Which answers are missing together, and whether that has to do with the others: Little's test."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from grassroots.description.suppression import cells_to_hide
from grassroots.sem.moments import em_moments, missing_patterns

FloatArray = NDArray[np.float64]

PATTERN_COLUMNS = ["pattern", "n", "percent", "n_items", "n_patterns", "suppressed"]
TEST_COLUMNS = [
    "statistic", "df", "p", "n_patterns", "n", "n_items", "statistic_n_minus_1", "status",
    "message",
]  # fmt: skip
COMPLETE, OTHER = "complete", "other"


def patterns_table(data: pd.DataFrame, items: Sequence[str], smallest_cell: int) -> pd.DataFrame:
    """How many respondents left the same items unanswered.

    One row a pattern: the complete one first (if anybody is), then the others, the most frequent
    first. `pattern` lists the missing items, separated by blanks; `n_items` counts them. Patterns
    of fewer than `smallest_cell` respondents are one row, `other`, of `n_patterns` patterns: what
    so few left out together points to them. Where that row itself would be a small cell, its n is
    blanked, and the next smallest beside it.
    """
    counts = _counts(data[list(items)].isna().to_numpy(), items)
    order = sorted(counts, key=lambda text: (text != "", -counts[text], text))
    shown = [text for text in order if not text or counts[text] >= max(smallest_cell, 2)]
    rows = [
        {"pattern": text or COMPLETE, "n": counts[text], "n_items": len(text.split()),
         "n_patterns": 1}
        for text in shown
    ]  # fmt: skip
    rest = [text for text in order if text not in shown]
    if rest:
        n = sum(counts[text] for text in rest)
        rows.append({"pattern": OTHER, "n": n, "n_items": None, "n_patterns": len(rest)})
    table = pd.DataFrame(rows, columns=PATTERN_COLUMNS)
    table["percent"] = 100 * table["n"] / max(len(data), 1)
    hidden = list(cells_to_hide(table["n"].to_dict(), smallest_cell))
    table["suppressed"] = table.index.isin(hidden)
    table = table.astype(dict.fromkeys(["n", "n_items", "n_patterns"], "Int64"))
    table.loc[hidden, "n"], table.loc[hidden, "percent"] = pd.NA, np.nan
    return table


def _counts(missing: NDArray[np.bool_], items: Sequence[str]) -> dict[str, int]:
    """Pattern, as the text of its missing items: how many rows of `missing` (n, p) have it."""
    bits = np.ascontiguousarray(np.packbits(missing, axis=1))
    rows = bits.view(np.dtype((np.void, bits.shape[1]))).ravel()
    _, first, counts = np.unique(rows, return_index=True, return_counts=True)
    names = np.array(list(items), dtype=object)
    texts = [" ".join(names[missing[row]]) for row in first]
    return dict(zip(texts, counts.tolist(), strict=True))


def little_test(values: FloatArray) -> dict[str, object]:
    """Little's (1988) test that answers are missing completely at random, a row of `TEST_COLUMNS`.

    d2 = sum over patterns of n_j (mean_j - mu_j)' Sigma_j^-1 (mean_j - mu_j), chi-square on
    sum p_j - p degrees of freedom, with the maximum-likelihood mu and Sigma (EM, divisor n) as
    ``naniar::mcar_test``; `statistic_n_minus_1` is the form with Sigma n / (n - 1), as in SPSS.

    Args:
        values: (n, p), NaN for missing; rows without any answer are left out.

    Returns:
        `status`: ``ok``; without numbers ``no_missing``, ``too_few_cases`` (not more rows than
        columns), ``constant_item``, ``not_converged`` (EM), ``singular``.
    """
    values = values[~np.isnan(values).all(axis=1)]
    n, p = values.shape
    row: dict[str, object] = dict.fromkeys(TEST_COLUMNS) | {"n": n, "n_items": p, "message": ""}
    patterns = missing_patterns(values)
    row["n_patterns"] = len(patterns)
    problem = _untestable(values)
    if problem:
        return row | dict(zip(("status", "message"), problem, strict=True))
    mu, sigma, converged = em_moments(patterns, p)
    if not converged or not np.isfinite(sigma).all():
        message = "the means and covariances could not be estimated from the answers given"
        return row | {"status": "not_converged", "message": message}
    distance, df = 0.0, -p
    for pattern in patterns:
        seen = pattern.observed
        away = pattern.mean - mu[seen]
        try:
            distance += pattern.n * away @ np.linalg.solve(sigma[np.ix_(seen, seen)], away)
        except np.linalg.LinAlgError:
            return row | {"status": "singular", "message": "items repeat one another"}
        df += len(seen)
    found = {"statistic": float(distance), "df": df, "p": float(special.chdtrc(df, distance))}
    return row | found | {"statistic_n_minus_1": float(distance) * (n - 1) / n, "status": "ok"}


def _untestable(values: FloatArray) -> tuple[str, str] | None:
    """Status and message where Little's test cannot be made."""
    n, p = values.shape
    if not np.isnan(values).any():
        return "no_missing", "no answer is missing"
    if n <= p:
        return "too_few_cases", f"{n} respondents for {p} items"
    answers = [column[~np.isnan(column)] for column in values.T]
    if any(not len(column) or np.ptp(column) == 0 for column in answers):
        return "constant_item", "an item has the same answer throughout, or none"
    return None
