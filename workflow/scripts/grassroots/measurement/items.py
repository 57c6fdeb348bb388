"""Item analysis: moments, corrected item-total, alpha if deleted, critical ratio, floor, ceiling.

Computed on the rows that are complete within the scale, with reverse-keyed items already turned.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from grassroots.measurement.scale_answers import (
    MIN_CASES,
    RELATIVE_ZERO,
    ScaleAnswers,
    is_constant,
    judge_scale,
    scale_answers,
)

FloatArray = NDArray[np.float64]

COLUMNS = (
    "scale",
    "item",
    "n",
    "mean",
    "sd",
    "skew",
    "kurtosis",
    "citc",
    "alpha_if_deleted",
    "critical_ratio",
    "reversed",
    "critical_ratio_df",
    "critical_ratio_p",
    "status",
    "message",
    "floor",
    "ceiling",
)


class CriticalRatio(NamedTuple):
    """Student's t (k,) of high minus low scorers, its two-sided p (k,), df, and group sizes."""

    t: FloatArray
    p: FloatArray
    df: float
    n_low: int
    n_high: int


def corrected_item_total(values: FloatArray) -> FloatArray:
    """Return for each of k items its correlation with the sum of the others (n, k) -> (k,).

    As ``psych::alpha`` (item.stats, r.drop) and SPSS. NaN where the item or the rest is constant.
    """
    return _item_total(ScaleAnswers(values, ()).covariance)


def _item_total(covariance: FloatArray) -> FloatArray:
    variances = np.diag(covariance)
    with_total = covariance.sum(axis=0)
    rest = _rest_variance(covariance)
    with np.errstate(divide="ignore", invalid="ignore"):
        return (with_total - variances) / np.sqrt(variances * rest)


def alpha_if_deleted(values: FloatArray) -> FloatArray:
    """Return for each of k items Cronbach's alpha of the other k - 1 items, (n, k) -> (k,).

    As ``psych::alpha`` (alpha.drop, raw_alpha) and SPSS. NaN for two items (one item has no alpha:
    SPSS prints a dot, psych prints the regression slope), and where an item that stays is constant
    or the rest has no variance.
    """
    answers = ScaleAnswers(values, ())
    return _alpha_without(answers.covariance, answers.constant)


def _alpha_without(covariance: FloatArray, constant: NDArray[np.bool_]) -> FloatArray:
    k = len(covariance)
    if k < 3:
        return np.full(k, np.nan)
    variances = np.diag(covariance)
    rest = _rest_variance(covariance)
    alphas = (k - 1) / (k - 2) * (1 - (variances.sum() - variances) / rest)
    others_vary = constant.sum() - constant == 0
    return np.where(others_vary, alphas, np.nan)


def critical_ratio(values: FloatArray, share: float = 0.27) -> CriticalRatio:
    """Return the t test of each item between the highest and the lowest scorers (Kelley 1939).

    The total is the sum of the complete answers (n, k). With m = `share` * n rounded to the nearest
    whole number (halves up), the low group are all respondents whose total is at most the m-th
    lowest total, the high group all whose total is at least the m-th highest: **ties at a cut
    enter**, so a group can be larger than m, and the result does not depend on the order of rows.
    Student's t with pooled variance, high minus low, as in SPSS's first row.

    NaN where a group has fewer than two members, the two cuts meet (more ties than the share
    leaves room for), or the item varies in neither group.
    """
    n, k = values.shape
    undefined = np.full(k, np.nan)
    m = int(np.floor(share * n + 0.5))
    if m < 2:
        return CriticalRatio(undefined, undefined, np.nan, 0, 0)
    # Totals of decimal answers that are equal on paper may differ in the last bit: no ties then.
    total = values.sum(axis=1).round(9)
    low_cut, high_cut = np.partition(total, (m - 1, n - m))[[m - 1, n - m]]
    if low_cut >= high_cut:
        return CriticalRatio(undefined, undefined, np.nan, 0, 0)
    low, high = values[total <= low_cut], values[total >= high_cut]
    df = len(low) + len(high) - 2
    squares = sum((group.var(axis=0) * len(group) for group in (low, high)), np.zeros(k))
    varies = ~(is_constant(low) & is_constant(high))
    standard_error = np.sqrt(squares / df * (1 / len(low) + 1 / len(high)))
    t = undefined.copy()
    np.divide(high.mean(axis=0) - low.mean(axis=0), standard_error, out=t, where=varies)
    p = 2 * special.stdtr(df, -np.abs(t))
    return CriticalRatio(t, p, float(df), len(low), len(high))


def item_table(
    scores: pd.DataFrame,
    scales: Mapping[str, Sequence[str]],
    reversed_items: Collection[str],
    *,
    ends: Mapping[str, Sequence[float]] | None = None,
    share: float = 0.27,
) -> pd.DataFrame:
    """Return one row for each item of each scale, with the columns of `COLUMNS`.

    Args:
        scores: One row a respondent; items already turned. Rows with a NaN in the scale are left
            out of that scale, so that `n` is the same for all its items.
        scales: Scale id -> item ids; rows follow this order.
        reversed_items: Items that were turned; they only fill the column `reversed`.
        ends: Item -> the lowest and the highest answer that it allows; items that are not named
            have no floor and no ceiling.
        share: Of respondents in each group of the critical ratio.

    Notes:
        `sd` divides by n - 1; `skew` and `kurtosis` are SPSS's G1 and G2. ``status`` speaks of the
        item: ok, constant_item (this one), too_few_items, too_few_cases (of its scale). A constant
        item leaves the `citc` of the others defined and their `alpha_if_deleted` empty. `floor` and
        `ceiling` are the shares (0 to 1) of the n who gave the lowest and the highest answer, as
        turned for scoring.
    """
    blocks = [
        item_rows(scale, scale_answers(scores, items), reversed_items, ends=ends, share=share)
        for scale, items in scales.items()
    ]
    return pd.concat(blocks, ignore_index=True) if blocks else pd.DataFrame(columns=list(COLUMNS))


def item_rows(
    scale: str,
    answers: ScaleAnswers,
    reversed_items: Collection[str],
    *,
    ends: Mapping[str, Sequence[float]] | None = None,
    share: float = 0.27,
) -> pd.DataFrame:
    """Return the rows of :func:`item_table` for one scale."""
    rows = _scale_block(answers, scale, reversed_items, share)
    rows["floor"], rows["ceiling"] = _at_the_ends(answers.values, answers.items, ends or {})
    return rows


def _at_the_ends(
    values: FloatArray, items: Sequence[str], ends: Mapping[str, Sequence[float]]
) -> tuple[FloatArray, FloatArray]:
    """Shares (k,) of the lowest and of the highest answer; NaN without answers or ends."""
    nowhere = (np.nan, np.nan)
    known = np.array([ends.get(item, nowhere) for item in items], dtype=np.float64)
    shares = np.full((2, len(items)), np.nan)
    there = ~np.isnan(known[:, 0])
    if len(values):
        for j in np.flatnonzero(there):
            given = values[:, j].copy()
            shares[:, j] = [np.count_nonzero(given == each) / len(given) for each in known[j]]
    return shares[0], shares[1]


def _scale_block(
    answers: ScaleAnswers, scale: str, reversed_items: Collection[str], share: float
) -> pd.DataFrame:
    values, items = answers.values, answers.items
    n, k = values.shape
    enough = n >= MIN_CASES
    undefined = np.full(k, np.nan)
    ratio = critical_ratio(values, share)
    constant = answers.constant if enough else np.zeros(k, dtype=bool)
    varying = judge_scale(values[:, ~constant], [items[j] for j in np.flatnonzero(~constant)])
    states = [
        judge_scale(values[:, [j]], [items[j]], min_items=1) if constant[j] else varying
        for j in range(k)
    ]
    rest_defined = enough and k > 1
    covariance = answers.covariance if enough else np.full((k, k), np.nan)
    # SPSS's G1 and G2 (Joanes & Gill 1998), which pandas computes.
    frame = pd.DataFrame(values)
    return pd.DataFrame(
        {
            "scale": scale,
            "item": list(items),
            "n": n,
            "mean": values.mean(axis=0) if n else undefined,
            "sd": np.sqrt(np.diag(covariance)),
            "skew": np.where(constant, np.nan, frame.skew()),
            "kurtosis": np.where(constant, np.nan, frame.kurt()),
            "citc": _item_total(covariance) if rest_defined else undefined,
            "alpha_if_deleted": _alpha_without(covariance, constant) if rest_defined else undefined,
            "critical_ratio": ratio.t if rest_defined else undefined,
            "reversed": [item in reversed_items for item in items],
            "critical_ratio_df": ratio.df if rest_defined else np.nan,
            "critical_ratio_p": ratio.p if rest_defined else undefined,
            "status": [state.status for state in states],
            "message": [state.message for state in states],
        },
        columns=list(COLUMNS),
    )


def _rest_variance(covariance: FloatArray) -> FloatArray:
    """Return for each item the variance of the sum of the others; NaN where there is none."""
    variances = np.diag(covariance)
    rest = covariance.sum() - 2 * covariance.sum(axis=0) + variances
    return np.where(rest > RELATIVE_ZERO * variances.sum(), rest, np.nan)
