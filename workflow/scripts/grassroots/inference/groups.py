"""One outcome in the groups of one background variable: who is compared, and who is left out.

A respondent counts if both the outcome and the variable are known. A group smaller than the
declared size is left out of every test and named; its mean and spread are not printed either.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
Background = Mapping[str, Sequence[str]]
"""Categorical background variables: id -> level ids in their order."""

#: Fewest members of a group that is compared: a single one has no variance.
SMALLEST_GROUP = 2
#: Values differ if their range exceeds this share of the largest: means of equal answers may
#: differ in the last bit.
RELATIVE_ZERO = 1e-12

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


@dataclass(frozen=True)
class Comparison:
    """The groups that are compared, in the order of their levels.

    ``status``: ``ok``; ``too_few_groups`` (fewer than two groups are large enough);
    ``constant_outcome`` (everybody who is compared has the same score).
    """

    outcome: str
    by: str
    levels: tuple[str, ...]
    samples: tuple[FloatArray, ...]
    """Scores of each group, without NaN."""
    left_out: tuple[tuple[str, int], ...]
    """Level and size of each group that has members, but too few."""
    status: str
    message: str

    @property
    def n(self) -> int:
        """Number of respondents compared."""
        return sum(len(sample) for sample in self.samples)

    @property
    def left_out_text(self) -> str:
        """The groups left out with their sizes: ``widowed (3); divorced (4)``; or empty."""
        return "; ".join(f"{level} ({n})" for level, n in self.left_out)


def compared_groups(
    scores: pd.DataFrame, outcome: str, by: str, levels: Sequence[str], minimum_group: int
) -> Comparison:
    """Return who is compared on `outcome` by the groups of `by`.

    Args:
        scores: One row a respondent.
        outcome: A numeric column.
        by: A column of level ids.
        levels: All level ids of `by`, in their order; one that nobody has is passed over.
        minimum_group: Smaller groups are left out; less than `SMALLEST_GROUP` has no effect.

    Raises:
        KeyError: If a column is missing.
        ValueError: If `by` holds a value that is no level.
    """
    smallest = max(minimum_group, SMALLEST_GROUP)
    everyone = group_samples(scores, outcome, by, levels)
    kept = {level: sample for level, sample in everyone.items() if len(sample) >= smallest}
    left_out = tuple(
        (level, len(sample)) for level, sample in everyone.items() if 0 < len(sample) < smallest
    )
    status, message = "ok", ""
    if len(kept) < 2:
        status = "too_few_groups"
        message = f"{len(kept)} group(s) with at least {smallest} respondents, two are needed"
    elif is_constant(np.concatenate(list(kept.values()))):
        status, message = "constant_outcome", "everybody who is compared has the same score"
    return Comparison(outcome, by, tuple(kept), tuple(kept.values()), left_out, status, message)


def group_samples(
    scores: pd.DataFrame, outcome: str, by: str, levels: Sequence[str]
) -> dict[str, FloatArray]:
    """Return level -> the known scores of its respondents, for all `levels` in their order.

    Raises as `compared_groups`.
    """
    values = scores[outcome].to_numpy(dtype=np.float64, na_value=np.nan)
    group = scores[by].astype("object")
    unknown = sorted(set(map(str, group.dropna().unique())) - set(levels))
    if unknown:
        raise ValueError(f"{by} holds what is none of its levels: {', '.join(unknown)}")
    known = np.isfinite(values)
    return {level: values[known & (group == level).to_numpy(dtype=bool)] for level in levels}


def is_constant(values: FloatArray) -> bool:
    """Return whether the values (n,), n >= 1, are all the same up to rounding."""
    return bool(np.ptp(values) <= RELATIVE_ZERO * np.abs(values).max())


def group_means(
    scores: pd.DataFrame,
    outcomes: Sequence[str],
    background: Background,
    alpha: float,
    *,
    minimum_group: int,
) -> pd.DataFrame:
    """Return size, mean, standard deviation and t interval of the mean of every group.

    One row for each outcome, variable and level, in the declared order, with the columns of
    `MEAN_COLUMNS`. The standard deviation divides by n - 1; the interval is each group's own
    (mean +/- t(n - 1) sd / sqrt(n)), not one from a pooled variance.

    Notes:
        ``status``: ``ok``; ``no_cases`` (nobody has the level); ``small_group`` (fewer than
        `minimum_group`, so left out of the tests): only n is given then, because the mean of very
        few respondents tells what they answered.
    """
    rows = [
        (outcome, by, level, *_mean_row(sample, alpha, max(minimum_group, SMALLEST_GROUP)))
        for outcome in outcomes
        for by, levels in background.items()
        for level, sample in group_samples(scores, outcome, by, levels).items()
    ]
    return pd.DataFrame(rows, columns=list(MEAN_COLUMNS))


def _mean_row(sample: FloatArray, alpha: float, smallest: int) -> tuple[Any, ...]:
    from scipy import special

    n = len(sample)
    if n < smallest:
        status = "small_group" if n else "no_cases"
        message = f"fewer than {smallest} respondents" if n else "nobody has this level"
        return (n, np.nan, np.nan, np.nan, np.nan, status, message)
    mean, sd = sample.mean(), sample.std(ddof=1)
    margin = special.stdtrit(n - 1, 1 - alpha / 2) * sd / np.sqrt(n)
    return (n, mean, sd, mean - margin, mean + margin, "ok", "")
