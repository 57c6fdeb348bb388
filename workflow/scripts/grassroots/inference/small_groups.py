"""Groups so small that their size or mean would point to a person: what is blanked for them.

Hidden are the levels of a variable with fewer than `smallest_cell` respondents, and the next
smallest beside them (see `cells_to_hide`). Of such a variable there remain the sizes and means of
the other groups, the judged test with its p and its effect size, and Games and Howell's pairs of
the other groups. Everything else holds the number of all who are compared, or the mean of a hidden
group, in a form that can be solved for it (F, eta squared and p give the residual df; two t of one
group give its mean). A merge declared in the protocol makes all of this unnecessary.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from grassroots.description.suppression import cells_to_hide
from grassroots.inference.groups import Background, Comparison, group_samples

Hidden = Mapping[str, set[str]]
"""Variable -> its hidden levels; a variable without any is absent."""

# What the judged test of such a variable keeps, and what names the row of any test.
_KEPT = {"statistic", "df1", "df2", "p", "p_adjusted", "effect", "effect_size"}
_NAMES = {"outcome", "by", "test", "status", "message", "judged", "family", "groups", "left_out"}
SUPPRESSED = {"status": "suppressed", "message": "would give a small group away"}


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
    kept = _NAMES | (_KEPT if row["judged"] else set())
    blank = {name: np.nan for name in row if name not in kept}
    blank |= {"n": pd.NA, "effect": row["effect"] if row["judged"] else "", "corrected_effect": ""}
    state = SUPPRESSED if row["status"] == "ok" and not row["judged"] else {}
    return row | blank | state


def blanked_means(table: pd.DataFrame, hidden: Hidden) -> pd.DataFrame:
    """The table of means without the hidden groups' numbers.

    A group that was compared all the same has the status `suppressed` then.
    """
    within = _within(table, "level", hidden)
    table = table.astype({"n": "Int64"})
    table.loc[within, ["n", "mean", "sd", "ci_low", "ci_high"]] = pd.NA
    compared = within & (table["status"] == "ok")
    table.loc[compared, list(SUPPRESSED)] = list(SUPPRESSED.values())
    return table


def blanked_pairs(table: pd.DataFrame, hidden: Hidden) -> pd.DataFrame:
    """The post hoc table without the pairs of hidden groups and without the pooled variance."""
    touched = _within(table, "level_a", hidden) | _within(table, "level_b", hidden)
    pooled = table["by"].isin(list(hidden)) & table["method"].isin(["lsd", "holm"])
    blank = touched | pooled
    names = {"outcome", "by", "method", "level_a", "level_b", "n", *SUPPRESSED}
    table = table.copy()
    table.loc[blank, [name for name in table if name not in names]] = np.nan
    table.loc[blank, "n"] = pd.NA
    table.loc[blank, list(SUPPRESSED)] = list(SUPPRESSED.values())
    return table


def _within(table: pd.DataFrame, column: str, hidden: Hidden) -> pd.Series:
    """Whether the level in `column` is hidden, row by row."""
    pairs = zip(table["by"], table[column], strict=True)
    found = [level in hidden.get(by, ()) for by, level in pairs]
    return pd.Series(found, index=table.index, dtype=bool)
