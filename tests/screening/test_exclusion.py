import numpy as np
import pandas as pd
import pytest

from grassroots.screening.exclusion import FLOW_COLUMNS, eligible, exclusions, flow, reasons

RULES = {
    "items": ["x1", "x2"],
    "exclude": [],
    "eligible": {},
    "failed_checks_allowed": 0,
    "minimum_answered": 0.5,
}
PEOPLE = pd.DataFrame(
    {
        "post": ["law", "office", None, "law", "office"],
        "age": [17, 18, 40, 60, np.nan],
        "consent": [True, True, True, False, True],
        "attention_checks_failed": [0, 1, 2, 0, 0],
        "x1": [1.0, 2, 3, 4, 5],
        "x2": [1.0, 2, 3, 4, 5],
    }
)


def condition(levels=(), at_least=None, at_most=None):
    return {"levels": list(levels), "at_least": at_least, "at_most": at_most}


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


@pytest.mark.parametrize(
    ("conditions", "who"),
    [
        ({}, [0, 1, 2, 3, 4]),
        ({"post": condition(["law"])}, [0, 3]),
        ({"age": condition(at_least=18, at_most=60)}, [1, 2, 3]),
        ({"age": condition(at_most=17.5)}, [0]),
        ({"post": condition(["law", "office"]), "age": condition(at_least=18)}, [1, 3]),
    ],
)
def test_who_is_eligible_meets_every_condition_and_says_so(conditions, who):
    assert np.flatnonzero(eligible(PEOPLE, conditions)).tolist() == who


def test_the_ineligible_are_counted_between_consent_and_checks():
    rules = RULES | {
        "eligible": {"post": condition(["law", "office"])},
        "exclude": ["failed_attention_check", "no_consent"],
    }
    why = exclusions(PEOPLE, rules)
    assert why.tolist() == ["", "failed_attention_check", "ineligible", "no_consent", ""]
    steps = flow(why, reasons(rules))
    assert steps["reason"].tolist() == [
        "", "no_consent", "ineligible", "failed_attention_check", "too_few_answers", "",
    ]  # fmt: skip
    assert steps["n_after"].tolist() == [5, 4, 3, 2, 2, 2]


def test_checks_may_fail_as_often_as_is_declared():
    rules = RULES | {"exclude": ["failed_attention_check"], "failed_checks_allowed": 1}
    assert np.flatnonzero(exclusions(PEOPLE, rules)).tolist() == [2]
