"""How often each answer was given to each item."""

from collections.abc import Mapping, Sequence

import pandas as pd

ANSWER_COLUMNS = ["scale", "item", "answer", "n", "percent"]


def answers_table(data: pd.DataFrame, scales: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Count and percentage of each answer to each item, of those who answered the item.

    Reverse-keyed items are turned, as in the scores. Every answer that any item of the scale has
    been given has a row for each of its items, if only with a count of 0.
    """
    rows = []
    for scale, items in scales.items():
        given = sorted(pd.unique(data[list(items)].to_numpy().ravel()))
        answers = [answer for answer in given if pd.notna(answer)]
        for item in items:
            counts = data[item].value_counts()
            n = int(counts.sum())
            for answer in answers:
                count = int(counts.get(answer, 0))
                rows.append((scale, item, answer, count, 100 * count / n if n else float("nan")))
    return pd.DataFrame(rows, columns=ANSWER_COLUMNS)
