"""Which respondents are removed, for what declared reason, counted step by step."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

FLOW_COLUMNS = ["step", "reason", "n_before", "n_removed", "n_after"]


def exclusions(responses: pd.DataFrame, rules: Mapping[str, Any]) -> pd.Series:
    """Why each respondent is removed; an empty text for those who stay.

    `rules` holds `exclude` (no_consent, failed_attention_check), `items` (the columns that count
    as answers) and `minimum_answered`, the smallest share of them that a respondent must have
    answered. Whoever is removed for several reasons is counted under the first of `reasons`.
    """
    removed = {
        "no_consent": lambda: ~responses["consent"].astype(bool),
        "failed_attention_check": lambda: responses["attention_checks_failed"] > 0,
        "too_few_answers": lambda: (
            responses[rules["items"]].notna().mean(axis=1) < rules["minimum_answered"]
        ),
    }
    why = pd.Series("", index=responses.index, dtype=object)
    for reason in reasons(rules):
        why = why.mask((why == "") & removed[reason](), reason)
    return why


def reasons(rules: Mapping[str, Any]) -> list[str]:
    """The declared reasons for removal, in the order in which they are applied."""
    declared = [r for r in ("no_consent", "failed_attention_check") if r in rules["exclude"]]
    return [*declared, "too_few_answers"] if rules["minimum_answered"] > 0 else declared


def flow(why: pd.Series, declared: list[str]) -> pd.DataFrame:
    """From returned to valid: one row a step, `returned`, one for each reason, then `valid`."""
    n = len(why)
    steps = [("returned", "", n, 0, n)]
    for reason in declared:
        removed = int((why == reason).sum())
        steps.append(("excluded", reason, n, removed, n - removed))
        n -= removed
    return pd.DataFrame([*steps, ("valid", "", n, 0, n)], columns=FLOW_COLUMNS)
