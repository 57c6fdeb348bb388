"""Who answered, and what is missing."""

from collections.abc import Mapping, Sequence

import pandas as pd

SAMPLE_COLUMNS = ["variable", "level", "n", "percent"]
MISSING_COLUMNS = ["variable", "n_missing", "percent", "n"]


def sample_table(data: pd.DataFrame, background: Mapping[str, Sequence[str]]) -> pd.DataFrame:
    """Count and percentage of each level of the categorical variables.

    Percentages are of all respondents; those without an answer are a row of their own, with an
    empty level, where there are any. Variables without levels are numbers and stand among the
    descriptives.
    """
    rows = []
    for variable, levels in background.items():
        if not levels:
            continue
        counts = data[variable].value_counts()
        missing = int(data[variable].isna().sum())
        shown = [(level, int(counts.get(level, 0))) for level in levels]
        shown += [("", missing)] if missing else []
        rows += [(variable, level, n, 100 * n / len(data)) for level, n in shown]
    return pd.DataFrame(rows, columns=SAMPLE_COLUMNS)


def missing_table(data: pd.DataFrame, variables: Sequence[str]) -> pd.DataFrame:
    """Number and percentage of missing answers of each variable."""
    missing = data[list(variables)].isna().sum()
    return pd.DataFrame(
        {
            "variable": list(variables),
            "n_missing": missing.to_numpy(),
            "percent": 100 * missing.to_numpy() / max(len(data), 1),
            "n": len(data),
        },
        columns=MISSING_COLUMNS,
    )
