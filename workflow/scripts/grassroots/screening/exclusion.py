"""Which respondents are removed, for what declared reason, counted step by step."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

FLOW_COLUMNS = ["step", "reason", "n_before", "n_removed", "n_after"]
FLAGGED = "flagged"


def exclusions(responses: pd.DataFrame, rules: Mapping[str, Any]) -> pd.Series:
    """Why each respondent is removed; an empty text for those who stay.

    `rules` holds `exclude` (no_consent, failed_attention_check), `failed_checks_allowed`,
    `eligible` (the conditions of the function of that name), `items` (the columns that count as
    answers) and `minimum_answered`, the smallest share of them that a respondent must have
    answered. Whoever is removed for several reasons is counted under the first of `reasons`. Who
    is removed as flagged is not known yet.
    """
    removed = {
        "no_consent": lambda: ~responses["consent"].astype(bool),
        "ineligible": lambda: ~eligible(responses, rules["eligible"]),
        "failed_attention_check": lambda: (
            responses["attention_checks_failed"] > rules["failed_checks_allowed"]
        ),
        "too_few_answers": lambda: (
            responses[rules["items"]].notna().mean(axis=1) < rules["minimum_answered"]
        ),
    }
    why = pd.Series("", index=responses.index, dtype=object)
    for reason in reasons(rules):
        if reason in removed:
            why = why.mask((why == "") & removed[reason](), reason)
    return why


def eligible(responses: pd.DataFrame, conditions: Mapping[str, Mapping[str, Any]]) -> pd.Series:
    """Who meets every condition on a background variable.

    A condition holds the `levels` that are eligible, or the ends `at_least` and `at_most` of a
    number, which belong to it. No answer meets no condition.
    """
    meets = pd.Series(True, index=responses.index)
    for name, condition in conditions.items():
        if condition["levels"]:
            meets &= responses[name].isin(condition["levels"])
            continue
        given = responses[name].astype(float)
        low, high = condition["at_least"], condition["at_most"]
        meets &= given.between(-np.inf if low is None else low, np.inf if high is None else high)
    return meets


def reasons(rules: Mapping[str, Any]) -> list[str]:
    """The declared reasons for removal, in the order in which they are applied."""
    declared = {
        "no_consent": "no_consent" in rules["exclude"],
        "ineligible": bool(rules["eligible"]),
        "failed_attention_check": "failed_attention_check" in rules["exclude"],
        "too_few_answers": rules["minimum_answered"] > 0,
        FLAGGED: FLAGGED in rules["exclude"],
    }
    return [reason for reason, applies in declared.items() if applies]


def flow(why: pd.Series, declared: list[str]) -> pd.DataFrame:
    """From returned to valid: one row a step, `returned`, one for each reason, then `valid`."""
    n = len(why)
    steps = [("returned", "", n, 0, n)]
    for reason in declared:
        removed = int((why == reason).sum())
        steps.append(("excluded", reason, n, removed, n - removed))
        n -= removed
    return pd.DataFrame([*steps, ("valid", "", n, 0, n)], columns=FLOW_COLUMNS)
