"""The declared rule for weak items: which it names, and what the scales would be without them.

The rule names items; it does not take them out. Which items a scale has is part of the design, and
is known before the first job: models, scores and hypotheses are all made from it. An item that left
after its answers were seen would change them all by what they are meant to test.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from grassroots.measurement.reliability import cronbach_alpha
from grassroots.measurement.scale_answers import complete_answers, judge_scale
from grassroots.scoring.scores import scale_score

RULE_COLUMNS = "scale item citc limit below n".split()
WITHOUT_COLUMNS = (
    "scale left_out n_items n_items_without n alpha alpha_without mean mean_without r_both "
    "largest_change largest_change_with r r_without status"
).split()


def item_rule_table(
    items: pd.DataFrame, judged: Sequence[str], limit: float | None
) -> pd.DataFrame:
    """Each item of the scales in `judged`, and whether its citc is below the limit.

    `items` is the table of item analysis. An item without a citc is not below. No rows without a
    limit.
    """
    if limit is None:
        return pd.DataFrame(columns=RULE_COLUMNS)
    rows = items.loc[items["scale"].isin(judged), ["scale", "item", "citc", "n"]]
    return rows.assign(limit=limit, below=rows["citc"] < limit)[RULE_COLUMNS]


def scales_without(
    scores: pd.DataFrame,
    scales: Mapping[str, Sequence[str]],
    weak: Sequence[str],
    minimum_answered: float,
) -> pd.DataFrame:
    """Each scale that has weak items, with them and without: alpha, mean, correlations.

    Args:
        scores: Items (turned) and the scores of all scales.
        scales: Scale id -> item ids; totals over dimensions among them.
        weak: The items that the rule names.
        minimum_answered: Share of the items that must be answered for a score.

    Alphas are on the n rows that are complete in all items of the scale. `r_both` is the
    correlation of both scores; `largest_change` the largest difference that leaving items out makes
    to a correlation (`r`, `r_without`) with another scale that shares no item with this one.
    ``status``: ok, or why there is no alpha without them (too_few_items, constant_item, ...).
    """
    rows = []
    for scale, items in scales.items():
        left = [item for item in items if item not in weak]
        if len(left) == len(items):
            continue
        values = complete_answers(scores, items)
        kept = values[:, [items.index(item) for item in left]]
        state = judge_scale(kept, left)
        row: dict[str, Any] = {
            "scale": scale,
            "left_out": " ".join(item for item in items if item in weak),
            "n_items": len(items),
            "n_items_without": len(left),
            "n": len(values),
            "status": state.status,
        }
        if judge_scale(values, items).status == "ok":
            row["alpha"] = cronbach_alpha(values)
        if state.status == "ok":
            row["alpha_without"] = cronbach_alpha(kept)
        if left:
            others = {
                name: scores[name] for name, own in scales.items() if not set(own) & set(items)
            }
            without = scale_score(scores, left, minimum_answered)
            row |= _both_scores(scores[scale], without, others)
        rows.append(row)
    return pd.DataFrame(rows, columns=WITHOUT_COLUMNS)


def _both_scores(
    score: pd.Series, without: pd.Series, others: Mapping[str, pd.Series]
) -> dict[str, Any]:
    found: dict[str, Any] = {
        "mean": score.mean(),
        "mean_without": without.mean(),
        "r_both": score.corr(without),
    }
    changes = {name: (score.corr(other), without.corr(other)) for name, other in others.items()}
    known = {name: pair for name, pair in changes.items() if not np.isnan(pair).any()}
    if known:
        name, pair = max(known.items(), key=lambda each: abs(each[1][1] - each[1][0]))
        found |= {"largest_change": abs(pair[1] - pair[0]), "largest_change_with": name}
        found |= {"r": pair[0], "r_without": pair[1]}
    return found
