"""The tables of one declared test of measurement invariance."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from grassroots.sem.invariance import invariance_rows, invariance_steps, refused_rows
from grassroots.sem.latent_means import COLUMNS as MEAN_COLUMNS
from grassroots.sem.latent_means import latent_mean_rows
from grassroots.sem.structural_form import measurement_syntax


def invariance_tables(
    scores: pd.DataFrame, test: Mapping[str, Any], smallest: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows of invariance.csv and of latent_means.csv, by each of the test's estimators.

    `test` holds model, by, levels, factors, residual_covariances, release (items by what is
    released of them), estimators. Levels that nobody has are no groups. A group needs more complete
    rows than the model has items, and at least `smallest`: else no step is fitted. Latent means are
    those of the reported estimator, from the partial scalar step where there is one.
    """
    factors, by = test["factors"], test["by"]
    items = [item for names in factors.values() for item in names]
    present = [level for level in test["levels"] if (scores[by] == level).any()]
    complete = scores[[by, *items]].dropna()
    refusal = _refusal(complete[by], by, present, max(len(items) + 1, smallest), len(items))
    if refusal:
        rows = [
            refused_rows(test["model"], by, estimator, len(present), *refusal)
            for estimator in test["estimators"]
        ]
        return pd.concat(rows), pd.DataFrame(columns=MEAN_COLUMNS)
    order = complete[by].map({level: place for place, level in enumerate(present)}).astype(int)
    complete = complete.loc[order.sort_values(kind="stable").index].reset_index(drop=True)
    complete[by] = complete[by].astype(str)
    syntax = measurement_syntax(factors, test["residual_covariances"])
    release = _parameters(factors, test["release"])
    rows, means = [], []
    for estimator in test["estimators"]:
        steps = invariance_steps(syntax, complete, by, estimator, release)
        rows.append(invariance_rows(test["model"], by, steps))
        scalar = [step for step in steps if step.name in ("scalar", "partial_scalar")][-1]
        means.append(latent_mean_rows(test["model"], by, scalar.name, scalar.fit))
    return pd.concat(rows), means[0]


def _refusal(
    groups: pd.Series, by: str, present: Sequence[str], needed: int, items: int
) -> tuple[str, str] | None:
    """Why the groups cannot be compared; no count of a small group is told."""
    if len(present) < 2:
        return "one_group", f"The variable {by} has fewer than two groups."
    small = [level for level in present if (groups == level).sum() < needed]
    if small:
        message = (
            f"Too few complete rows in {', '.join(small)} ({by}): each group needs at least "
            f"{needed} for {items} items."
        )
        return "small_groups", message
    return None


def _parameters(
    factors: Mapping[str, Sequence[str]], release: Mapping[str, Sequence[str]]
) -> dict[str, list[str]]:
    """The released parameters in lavaan's syntax."""
    return {
        "loadings": [
            f"{factor} =~ {item}"
            for item in release["loadings"]
            for factor, items in factors.items()
            if item in items
        ],
        "intercepts": [f"{item} ~ 1" for item in release["intercepts"]],
        "residuals": [f"{item} ~~ {item}" for item in release["residuals"]],
    }
