"""Which groups differ: every pair of three or more groups, by three methods side by side."""

from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from scipy import special

from grassroots.inference import studentized_range
from grassroots.inference.groups import Background, Comparison, compared_groups, is_constant
from grassroots.inference.multiple_testing import holm
from grassroots.inference.small_groups import blanked_pairs, hidden_levels

COLUMNS = (
    "outcome",
    "by",
    "method",
    "level_a",
    "level_b",
    "difference",
    "se",
    "statistic",
    "p",
    "ci_low",
    "ci_high",
    "df",
    "n",
    "status",
    "message",
)


def post_hoc(
    scores: pd.DataFrame,
    outcomes: Sequence[str],
    background: Background,
    alpha: float,
    *,
    minimum_group: int,
    smallest_cell: int = 0,
) -> pd.DataFrame:
    """Return every pair of groups, for the variables of which three or more groups are compared.

    Arguments and groups left out as in `group_differences`. ``difference`` is mean of level_a minus
    mean of level_b, pairs run in the order of the levels. ``method``:

    - ``lsd``: Fisher's least significant difference: t with the mean square within of the analysis
      of variance of **all** groups and its N - k df (SPSS; ``pairwise.t.test(p.adjust.method =
      "none", pool.sd = TRUE)``). Uncorrected: Fisher looks at the pairs only after a significant F,
      and beyond three groups even that does not hold the error rate. Printed all the same, so that
      the page can say what other studies would have found.
    - ``holm``: the same tests with Holm's p over the pairs (``p.adjust.method = "holm"``). The
      stepwise p has no interval: its cells are empty.
    - ``games_howell``: each pair's own variances, Welch's df, studentized range (Games & Howell
      1976). ``statistic`` is t = difference / se; q is sqrt(2) times it. Some programs print
      se / sqrt(2). A pair of two groups without variance has status ``constant_group``.

    A variable whose comparison has no result, or with fewer than three groups, has no row; if no
    group has any variance, its rows have status ``no_within_variance``.
    """
    rows: list[dict[str, Any]] = []
    for outcome in outcomes:
        for by, levels in background.items():
            compared = compared_groups(scores, outcome, by, levels, minimum_group)
            if compared.status == "ok" and len(compared.samples) > 2:
                rows += _rows(compared, alpha)
    table = pd.DataFrame(rows, columns=list(COLUMNS)).astype({"n": "Int64"})
    hidden = hidden_levels(scores, outcomes, background, smallest_cell)
    return blanked_pairs(table, hidden) if hidden else table


def _rows(compared: Comparison, alpha: float) -> Iterator[dict[str, Any]]:
    """All rows of one comparison, method by method."""
    groups = len(compared.samples)
    sizes = np.array([len(sample) for sample in compared.samples])
    means = np.array([sample.mean() for sample in compared.samples])
    constant = np.array([is_constant(sample) for sample in compared.samples])
    variances = np.array([sample.var(ddof=1) for sample in compared.samples])
    # The variance of a repeated 0.1 is not exactly zero.
    variances[constant] = 0.0
    a, b = np.array(list(combinations(range(groups), 2))).T
    pairs = pd.DataFrame(
        {
            "outcome": compared.outcome,
            "by": compared.by,
            "level_a": [compared.levels[i] for i in a],
            "level_b": [compared.levels[i] for i in b],
            "difference": means[a] - means[b],
            "n": sizes[a] + sizes[b],
        }
    )
    df = float(sizes.sum() - groups)
    mean_square = ((sizes - 1) * variances).sum() / df
    lsd = pairs.assign(se=np.sqrt(mean_square * (1 / sizes[a] + 1 / sizes[b])), df=df)
    own = variances / sizes
    games_howell = pairs.assign(se=np.sqrt(own[a] + own[b]))
    with np.errstate(invalid="ignore"):
        games_howell["df"] = (own[a] + own[b]) ** 2 / (
            own[a] ** 2 / (sizes[a] - 1) + own[b] ** 2 / (sizes[b] - 1)
        )
    lsd = _tested_by_t(lsd, alpha)
    stepwise = lsd.assign(p=holm(lsd["p"]), ci_low=np.nan, ci_high=np.nan)
    by_range = _tested_by_range(games_howell, groups, alpha)
    for method, table in (("lsd", lsd), ("holm", stepwise), ("games_howell", by_range)):
        yield from _stated(table.assign(method=method), all_constant=bool(constant.all()))


def _tested_by_t(pairs: pd.DataFrame, alpha: float) -> pd.DataFrame:
    t = _ratio(pairs)
    p = 2 * special.stdtr(pairs["df"], -t.abs())
    return _with_test(pairs, t, p, special.stdtrit(pairs["df"], 1 - alpha / 2))


def _tested_by_range(pairs: pd.DataFrame, groups: int, alpha: float) -> pd.DataFrame:
    t = _ratio(pairs)
    root = np.sqrt(2)
    tails, quantiles = [], []
    for value, df in zip(t, pairs["df"], strict=True):
        defined = np.isfinite(value)
        tails.append(
            studentized_range.upper_tail(abs(value) * root, groups, df) if defined else np.nan
        )
        quantiles.append(
            studentized_range.quantile(1 - alpha, groups, df) / root if defined else np.nan
        )
    return _with_test(pairs, t, np.array(tails), np.array(quantiles))


def _ratio(pairs: pd.DataFrame) -> pd.Series:
    """Difference / se; NaN where the standard error is zero."""
    return pairs["difference"] / pairs["se"].where(pairs["se"] > 0)


def _with_test(
    pairs: pd.DataFrame, statistic: pd.Series, p: np.ndarray, quantile: np.ndarray
) -> pd.DataFrame:
    margin = quantile * pairs["se"].where(pairs["se"] > 0)
    return pairs.assign(
        statistic=statistic,
        p=p,
        ci_low=pairs["difference"] - margin,
        ci_high=pairs["difference"] + margin,
    )


def _stated(pairs: pd.DataFrame, *, all_constant: bool) -> Iterator[dict[str, Any]]:
    """The rows with their status."""
    if all_constant:
        undefined = ("no_within_variance", "scores do not vary within any of the groups")
    else:
        undefined = ("constant_group", "scores do not vary within either of the two groups")
    for row in pairs.to_dict("records"):
        status, message = ("ok", "") if np.isfinite(row["statistic"]) else undefined
        yield {**row, "status": status, "message": message}
