import numpy as np
import pandas as pd

from grassroots.screening.exclusion import FLOW_COLUMNS, exclusions, flow, reasons

RULES = {"items": ["x1", "x2"], "exclude": [], "minimum_answered": 0.5}


def test_who_answered_too_little_leaves_and_is_counted():
    data = pd.DataFrame({"x1": [1, np.nan, np.nan], "x2": [2, 3, np.nan]})
    why = exclusions(data, RULES)
    assert why.tolist() == ["", "", "too_few_answers"]
    steps = flow(why, reasons(RULES))
    assert list(steps.columns) == FLOW_COLUMNS
    assert steps.to_numpy().tolist() == [
        ["returned", "", 3, 0, 3],
        ["excluded", "too_few_answers", 3, 1, 2],
        ["valid", "", 2, 0, 2],
    ]


def test_each_is_counted_once_under_the_first_reason():
    rules = RULES | {"exclude": ["failed_attention_check", "no_consent"], "minimum_answered": 0}
    data = pd.DataFrame(
        {
            "x1": [np.nan] * 4,
            "x2": [np.nan] * 4,
            "consent": [True, False, True, False],
            "attention_checks_failed": [0, 2, 1, 0],
        }
    )
    why = exclusions(data, rules)
    assert why.tolist() == ["", "no_consent", "failed_attention_check", "no_consent"]
    assert flow(why, reasons(rules)).to_numpy().tolist() == [
        ["returned", "", 4, 0, 4],
        ["excluded", "no_consent", 4, 2, 2],
        ["excluded", "failed_attention_check", 2, 1, 1],
        ["valid", "", 1, 0, 1],
    ]


def test_what_is_not_declared_removes_nobody():
    data = pd.DataFrame({"x1": [1.0], "x2": [1.0], "consent": [False]})
    assert exclusions(data, RULES).tolist() == [""]
