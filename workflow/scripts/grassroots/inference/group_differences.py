"""The table of group differences: every outcome by every background variable."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from grassroots.inference.group_tests import JUDGED, GroupTest, group_tests
from grassroots.inference.groups import Background, Comparison, compared_groups
from grassroots.inference.multiple_testing import holm
from grassroots.inference.small_groups import (
    blanked_difference,
    hidden_levels,
    left_out_text,
)

COLUMNS = (
    "outcome",
    "by",
    "test",
    "statistic",
    "df1",
    "df2",
    "p",
    "p_adjusted",
    "effect",
    "effect_size",
    "effect_low",
    "effect_high",
    "n",
    "status",
    "message",
    "judged",
    "family",
    "groups",
    "left_out",
    "difference",
    "ci_low",
    "ci_high",
    "effect_confidence",
    "corrected_effect",
    "corrected_size",
)


def group_differences(
    scores: pd.DataFrame,
    outcomes: Sequence[str],
    background: Background,
    alpha: float,
    *,
    minimum_group: int,
    smallest_cell: int = 0,
    only_judged: bool = False,
) -> pd.DataFrame:
    """Return the tests of every outcome between the groups of every variable.

    Args:
        scores: One row a respondent; numeric outcomes, level ids in the background variables. Rows
            where one of the two is missing are left out of that comparison only.
        outcomes: Scores that are compared; rows follow this order.
        background: Variable -> level ids in their order. Differences, t and d are first level minus
            second.
        alpha: Intervals have the confidence 1 - alpha, those of eta squared 1 - 2 alpha.
        minimum_group: Groups with fewer respondents are left out of the tests and named, with their
            size, in ``left_out``.
        smallest_cell: What would give away a group with fewer respondents than this is empty, see
            `small_groups`.
        only_judged: The judged tests alone, see `group_tests`.

    Returns:
        The columns of `COLUMNS`. ``test``, ``status``: see `group_tests`. ``judged``: whether this
        is the test that decides (Welch's); exactly one a comparison. ``p_adjusted``: Holm's p over
        the family, that is the judged tests of this outcome over all variables of `background`;
        empty for the tests that are not judged. ``family``: how many tests these are, comparisons
        without a p not counted. ``df1`` holds the df of t and of H. ``difference``, ``ci_low``,
        ``ci_high``: of means, for the t tests. ``corrected_effect``, ``corrected_size``: Hedges' g
        or omega squared; the interval stands for both estimates.

    Raises:
        KeyError: If a column is missing.
        ValueError: If a variable holds a value that is none of its levels.
    """
    rows: list[dict[str, Any]] = []
    hidden = hidden_levels(scores, outcomes, background, smallest_cell)
    for outcome in outcomes:
        of_outcome = []
        for by, levels in background.items():
            compared = compared_groups(scores, outcome, by, levels, minimum_group)
            tests = group_tests(compared, len(levels), alpha, only_judged=only_judged)
            left_out = left_out_text(compared, hidden.get(by, set()), smallest_cell)
            found = [_row(compared, test) | {"left_out": left_out} for test in tests]
            of_outcome += map(blanked_difference, found) if by in hidden else found
        rows += _with_family(of_outcome)
    table = pd.DataFrame(rows, columns=list(COLUMNS))
    return table.astype({"n": "Int64", "family": "Int64", "groups": "Int64"})


def _row(compared: Comparison, test: GroupTest) -> dict[str, Any]:
    effect = test.effect
    return {
        "outcome": compared.outcome,
        "by": compared.by,
        "test": test.test,
        "statistic": test.statistic,
        "df1": test.df1,
        "df2": test.df2,
        "p": test.p,
        "effect": effect.effect,
        "effect_size": effect.size,
        "effect_low": effect.low,
        "effect_high": effect.high,
        "n": compared.n,
        "status": test.status,
        "message": test.message,
        "judged": test.test in JUDGED,
        "groups": len(compared.samples),
        "difference": test.difference,
        "ci_low": test.ci_low,
        "ci_high": test.ci_high,
        "effect_confidence": effect.confidence,
        "corrected_effect": effect.corrected,
        "corrected_size": effect.corrected_size,
    }


def _with_family(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of one outcome with Holm's p of the judged tests and the size of their family."""
    judged = [row for row in rows if row["judged"]]
    p = [row["p"] for row in judged]
    family = int(np.isfinite(p).sum())
    adjusted = iter(holm(p))
    return [
        row
        | {
            "p_adjusted": next(adjusted) if row["judged"] else np.nan,
            "family": family if row["judged"] else pd.NA,
        }
        for row in rows
    ]
