"""How often each answer was given to each item."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

ANSWER_COLUMNS = ["scale", "item", "answer", "n", "percent"]


def answers_table(data: pd.DataFrame, scales: Mapping[str, Mapping[str, Any]]) -> pd.DataFrame:
    """Count and percentage of each answer to each item, of those who answered the item.

    `scales` holds for each scale its `items` and the `lowest` and `highest` whole number that is an
    answer; every one of them has a row, if only with a count of 0. Reverse-keyed items are turned,
    as in the scores. The percentage is missing for an item that nobody answered.
    """
    rows = []
    for scale, asked in scales.items():
        for item in asked["items"]:
            counts = data[item].value_counts()
            n = int(counts.sum())
            for answer in range(asked["lowest"], asked["highest"] + 1):
                count = int(counts.get(answer, 0))
                rows.append((scale, item, answer, count, 100 * count / n if n else float("nan")))
    return pd.DataFrame(rows, columns=ANSWER_COLUMNS)
