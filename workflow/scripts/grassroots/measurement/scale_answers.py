"""The complete answers to a scale, and whether its statistics are defined.

Every statistic of this package is computed on the rows that answered **all** items of the scale
at hand (listwise inside the scale, not over the whole questionnaire), as SPSS RELIABILITY and
``psych::alpha(na.omit(x))`` do.
"""

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

#: Fewest complete rows for a variance to mean anything: with two, every correlation is 1 or -1.
MIN_CASES = 3
#: A total is constant if its variance is below this share of the item variances (rounding level).
RELATIVE_ZERO = 1e-12
_FIRST = 1000


class ScaleStatus(NamedTuple):
    """Whether a statistic is defined: ``status`` (``ok`` or a machine id), ``message`` says why."""

    status: str
    message: str


OK = ScaleStatus("ok", "")


def complete_answers(scores: pd.DataFrame, items: Sequence[str]) -> FloatArray:
    """Return the (n, k) answers of the rows without any NaN among `items`.

    Columns follow `items`; pandas' own missing values count as NaN.

    Raises:
        KeyError: If a column is missing from `scores`.
    """
    values = scores.loc[:, list(items)].to_numpy(dtype=np.float64, na_value=np.nan)
    return values[~np.isnan(values).any(axis=1)]


def is_constant(values: FloatArray) -> NDArray[np.bool_]:
    """Return for each column of (n, k) complete `values` whether it has one value only.

    Asked of the range, not of the variance: the variance of a repeated 0.1 is not exactly zero.
    """
    # Nearly every item varies among the first few; of many rows the others are not looked at.
    constant = np.ptp(values[:_FIRST], axis=0) == 0
    if len(values) > _FIRST:
        constant[constant] = np.ptp(values[:, constant], axis=0) == 0
    return constant


def judge_scale(
    values: FloatArray, items: Sequence[str], min_items: int = 2, min_cases: int = MIN_CASES
) -> ScaleStatus:
    """Say whether the complete answers (n, k) carry the statistics of a scale.

    Status, in the order in which they are asked: ``too_few_items``, ``too_few_cases`` (fewer than
    `min_cases` complete rows), ``constant_item`` (one value only among the complete rows), ``ok``.
    """
    n = values.shape[0]
    if len(items) < min_items:
        return ScaleStatus(
            "too_few_items", f"{len(items)} item(s), at least {min_items} are needed"
        )
    if n < min_cases:
        return ScaleStatus("too_few_cases", f"{n} complete row(s), at least {min_cases} are needed")
    constant = [item for item, same in zip(items, is_constant(values), strict=True) if same]
    if constant:
        return ScaleStatus(
            "constant_item", "the same answer in all complete rows: " + ", ".join(constant)
        )
    return OK


class ScaleAnswers:
    """The complete answers (n, k) to one scale, with their moments, each computed once."""

    def __init__(self, values: FloatArray, items: Sequence[str]) -> None:
        self.values = values
        self.items = items

    @cached_property
    def constant(self) -> NDArray[np.bool_]:
        """For each item whether it has one value only."""
        return is_constant(self.values)

    @cached_property
    def products(self) -> FloatArray:
        """Sums of products of deviations from the means (k, k), exactly zero for constant items."""
        deviations = self.values - self.values.mean(axis=0)
        deviations[:, self.constant] = 0.0
        return deviations.T @ deviations

    @cached_property
    def covariance(self) -> FloatArray:
        """The covariance matrix (k, k), divided by n - 1."""
        return self.products / (len(self.values) - 1)

    @cached_property
    def correlations(self) -> FloatArray:
        """The correlation matrix (k, k); not defined with constant items."""
        deviations = np.sqrt(np.diag(self.covariance))
        return np.clip(self.covariance / deviations[:, None] / deviations, -1, 1)


def scale_answers(scores: pd.DataFrame, items: Sequence[str]) -> ScaleAnswers:
    """The rows of `scores` that are complete in `items`; see :func:`complete_answers`."""
    return ScaleAnswers(complete_answers(scores, items), items)
