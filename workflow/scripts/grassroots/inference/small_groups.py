"""Groups so small that their size or mean would point to a person: what is blanked for them.

Hidden are the levels of a variable with fewer than `smallest_cell` respondents, and the next
smallest beside them (see `cells_to_hide`). Blanked is what a reader could subtract: their sizes,
means and spreads; the number of all who are compared, and the degrees of freedom and the corrected
effect sizes that hold it; differences and standard errors of pairs in which they stand. Statistics
and their p remain. A merge declared in the protocol makes all of this unnecessary.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from grassroots.description.suppression import cells_to_hide
from grassroots.inference.groups import Background, Comparison, group_samples

Hidden = Mapping[str, set[str]]
"""Variable -> its hidden levels; a variable without any is absent."""

# Columns of a group test that hold the number of all who are compared, by the test.
_WITH_TOTAL = {
    "student_t": ["df1"],
    "anova": ["df2"],
    "levene_mean": ["df2"],
    "levene_median": ["df2"],
}
_OF_DIFFERENCE = ["corrected_size", "difference", "ci_low", "ci_high"]


def hidden_levels(
    scores: pd.DataFrame, outcomes: Sequence[str], background: Background, smallest_cell: int
) -> dict[str, set[str]]:
    """The hidden levels of every variable, the same for all outcomes; raises as `group_samples`."""
    hidden: dict[str, set[str]] = {}
    for by, levels in background.items():
        for outcome in outcomes:
            samples = group_samples(scores, outcome, by, levels)
            sizes = {level: len(sample) for level, sample in samples.items()}
            if found := cells_to_hide(sizes, smallest_cell):
                hidden[by] = hidden.get(by, set()) | found
    return hidden


def left_out_text(compared: Comparison, hidden: set[str], smallest_cell: int) -> str:
    """The groups left out with their sizes: `widowed (<5); divorced (7)`; or empty."""
    sizes = {
        level: f"<{smallest_cell}" if n < smallest_cell else "" if level in hidden else f"{n}"
        for level, n in compared.left_out
    }
    return "; ".join(f"{level} ({size})" if size else level for level, size in sizes.items())


def blanked_difference(row: dict[str, Any]) -> dict[str, Any]:
    """A group test by a variable with hidden levels, without what they could be told from."""
    columns = [*_WITH_TOTAL.get(row["test"], []), *_OF_DIFFERENCE]
    return row | dict.fromkeys(columns, np.nan) | {"n": pd.NA}


def blanked_means(table: pd.DataFrame, hidden: Hidden) -> pd.DataFrame:
    """The table of means without the hidden groups' numbers.

    A group that was compared all the same has the status `suppressed` then.
    """
    within = _within(table, "level", hidden)
    table = table.astype({"n": "Int64"})
    table.loc[within, ["n", "mean", "sd", "ci_low", "ci_high"]] = pd.NA
    compared = within & (table["status"] == "ok")
    table.loc[compared, ["status", "message"]] = ["suppressed", "would give a small group away"]
    return table


def blanked_pairs(table: pd.DataFrame, hidden: Hidden) -> pd.DataFrame:
    """The post hoc table without sizes and differences from which hidden groups could be told."""
    touched = _within(table, "level_a", hidden) | _within(table, "level_b", hidden)
    pooled = table["by"].isin(list(hidden)) & table["method"].isin(["lsd", "holm"])
    table = table.copy()
    table.loc[touched, "n"] = pd.NA
    table.loc[touched, ["difference", "se", "ci_low", "ci_high"]] = np.nan
    table.loc[pooled, "df"] = np.nan
    return table


def _within(table: pd.DataFrame, column: str, hidden: Hidden) -> pd.Series:
    """Whether the level in `column` is hidden, row by row."""
    pairs = zip(table["by"], table[column], strict=True)
    found = [level in hidden.get(by, ()) for by, level in pairs]
    return pd.Series(found, index=table.index, dtype=bool)
