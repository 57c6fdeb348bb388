"""Which respondents are removed, for what declared reason, counted step by step."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

FLOW_COLUMNS = ["step", "reason", "n_before", "n_removed", "n_after"]


def screen(responses: pd.DataFrame, rules: Mapping[str, Any]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The respondents who stay, and the flow from returned to valid.

    `rules` holds `items` (the columns that count as answers) and `minimum_answered`, the smallest
    share of them that a respondent must have answered. The flow has one row a step: `returned`,
    then one for each reason, then `valid`.
    """
    returned = len(responses)
    answered = responses[rules["items"]].notna().mean(axis=1)
    valid = responses[answered >= rules["minimum_answered"]].reset_index(drop=True)
    steps = [
        ("returned", "", returned, 0, returned),
        ("excluded", "too_few_answers", returned, returned - len(valid), len(valid)),
        ("valid", "", len(valid), 0, len(valid)),
    ]
    return valid, pd.DataFrame(steps, columns=FLOW_COLUMNS)
