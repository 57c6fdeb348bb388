"""Which groups differ: every pair of three or more groups, by three methods side by side."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import special

from grassroots.inference import studentized_range
from grassroots.inference.groups import (
    Background,
    Comparison,
    FloatArray,
    compared_groups,
    is_constant,
)
from grassroots.inference.multiple_testing import holm
from grassroots.inference.small_groups import blanked_pairs, hidden_levels

IntArray = NDArray[np.int64]
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


@dataclass(frozen=True)
class _Pairs:
    """The pairs of one comparison (m,): places of their groups, and each pair's difference."""

    a: IntArray
    b: IntArray
    difference: FloatArray

    def tested(self, se: FloatArray, df: FloatArray) -> dict[str, FloatArray]:
        """The cells that two methods share; t is NaN where the standard error is zero."""
        se_or_nan = np.where(se > 0, se, np.nan)
        return {"se": se, "df": df, "statistic": self.difference / se_or_nan}

    def interval(self, se: FloatArray, quantile: FloatArray) -> dict[str, FloatArray]:
        margin = quantile * np.where(se > 0, se, np.nan)
        return {"ci_low": self.difference - margin, "ci_high": self.difference + margin}


def _rows(compared: Comparison, alpha: float) -> Iterator[dict[str, Any]]:
    """All rows of one comparison, method by method."""
    sizes = np.array([len(sample) for sample in compared.samples])
    means = np.array([sample.mean() for sample in compared.samples])
    constant = np.array([is_constant(sample) for sample in compared.samples])
    variances = np.array([sample.var(ddof=1) for sample in compared.samples])
    # The variance of a repeated 0.1 is not exactly zero.
    variances[constant] = 0.0
    a, b = np.array(list(combinations(range(len(sizes)), 2))).T
    pairs = _Pairs(a, b, means[a] - means[b])
    lsd = _by_pooled_t(pairs, sizes, variances, alpha)
    empty = np.full(len(a), np.nan)
    methods = {
        "lsd": lsd,
        "holm": lsd | {"p": holm(lsd["p"]), "ci_low": empty, "ci_high": empty},
        "games_howell": _by_range(pairs, sizes, variances, alpha),
    }
    if constant.all():
        undefined = ("no_within_variance", "scores do not vary within any of the groups")
    else:
        undefined = ("constant_group", "scores do not vary within either of the two groups")
    for method, cells in methods.items():
        for at, (i, j) in enumerate(zip(a, b, strict=True)):
            status, message = ("ok", "") if np.isfinite(cells["statistic"][at]) else undefined
            yield {
                "outcome": compared.outcome,
                "by": compared.by,
                "method": method,
                "level_a": compared.levels[i],
                "level_b": compared.levels[j],
                "difference": pairs.difference[at],
                **{name: values[at] for name, values in cells.items()},
                "n": sizes[i] + sizes[j],
                "status": status,
                "message": message,
            }


def _by_pooled_t(
    pairs: _Pairs, sizes: IntArray, variances: FloatArray, alpha: float
) -> dict[str, FloatArray]:
    """Fisher's tests: t with the mean square within of all groups and its df."""
    df = float(sizes.sum() - len(sizes))
    mean_square = ((sizes - 1) * variances).sum() / df
    se = np.sqrt(mean_square * (1 / sizes[pairs.a] + 1 / sizes[pairs.b]))
    tested = pairs.tested(se, np.full(len(se), df))
    p = 2 * special.stdtr(df, -np.abs(tested["statistic"]))
    return tested | {"p": p} | pairs.interval(se, special.stdtrit(df, 1 - alpha / 2))


def _by_range(
    pairs: _Pairs, sizes: IntArray, variances: FloatArray, alpha: float
) -> dict[str, FloatArray]:
    """Games and Howell's tests: the pair's own variances, Welch's df, the studentized range."""
    groups, root = len(sizes), np.sqrt(2)
    own = variances / sizes
    a, b = own[pairs.a], own[pairs.b]
    se = np.sqrt(a + b)
    with np.errstate(invalid="ignore"):
        df = (a + b) ** 2 / (a**2 / (sizes[pairs.a] - 1) + b**2 / (sizes[pairs.b] - 1))
    tested = pairs.tested(se, df)
    p, quantile = np.full((2, len(se)), np.nan)
    for at in np.flatnonzero(np.isfinite(tested["statistic"])):
        q = abs(tested["statistic"][at]) * root
        p[at] = studentized_range.upper_tail(q, groups, df[at])
        quantile[at] = studentized_range.quantile(1 - alpha, groups, df[at]) / root
    return tested | {"p": p} | pairs.interval(se, quantile)
