"""Sizes, means and spreads of the groups of each background variable."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from scipy import special

from grassroots.inference.groups import SMALLEST_GROUP, Background, FloatArray, group_samples
from grassroots.inference.small_groups import blanked_means, hidden_levels

MEAN_COLUMNS = (
    "outcome",
    "by",
    "level",
    "n",
    "mean",
    "sd",
    "ci_low",
    "ci_high",
    "status",
    "message",
)


def group_means(
    scores: pd.DataFrame,
    outcomes: Sequence[str],
    background: Background,
    alpha: float,
    *,
    minimum_group: int,
    smallest_cell: int = 0,
) -> pd.DataFrame:
    """Return size, mean, standard deviation and t interval of the mean of every group.

    One row for each outcome, variable and level, in the declared order, with the columns of
    `MEAN_COLUMNS`. The standard deviation divides by n - 1; the interval is each group's own
    (mean +/- t(n - 1) sd / sqrt(n)), not one from a pooled variance.

    Notes:
        ``status``: ``ok``; ``no_cases`` (nobody has the level); ``small_group`` (fewer than
        `minimum_group`, so left out of the tests): only n is given then, because the mean of very
        few respondents tells what they answered; ``suppressed`` (compared, but nothing is given,
        see `small_groups`: a size below `smallest_cell` is not given either).
    """
    rows = [
        (outcome, by, level, *_mean_row(sample, alpha, max(minimum_group, SMALLEST_GROUP)))
        for outcome in outcomes
        for by, levels in background.items()
        for level, sample in group_samples(scores, outcome, by, levels).items()
    ]
    table = pd.DataFrame(rows, columns=list(MEAN_COLUMNS))
    hidden = hidden_levels(scores, outcomes, background, smallest_cell)
    return blanked_means(table, hidden) if hidden else table


def _mean_row(sample: FloatArray, alpha: float, smallest: int) -> tuple[Any, ...]:
    n = len(sample)
    if n < smallest:
        status = "small_group" if n else "no_cases"
        message = f"fewer than {smallest} respondents" if n else "nobody has this level"
        return (n, np.nan, np.nan, np.nan, np.nan, status, message)
    mean, sd = sample.mean(), sample.std(ddof=1)
    margin = special.stdtrit(n - 1, 1 - alpha / 2) * sd / np.sqrt(n)
    return (n, mean, sd, mean - margin, mean + margin, "ok", "")
