"""One outcome in the groups of one background variable: who is compared, and who is left out.

A respondent counts if both the outcome and the variable are known. A group smaller than the
declared size is left out of every test and named; its mean and spread are not printed either.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
    group = scores[by].to_numpy(dtype=object, na_value=None)
    unknown = sorted({str(level) for level in set(group) if level is not None} - set(levels))
    if unknown:
        raise ValueError(f"{by} holds what is none of its levels: {', '.join(unknown)}")
    known = np.isfinite(values)
    return {level: values[known & (group == level)] for level in levels}


def is_constant(values: FloatArray) -> bool:
    """Return whether the values (n,), n >= 1, are all the same up to rounding."""
    return bool(np.ptp(values) <= RELATIVE_ZERO * np.abs(values).max())
