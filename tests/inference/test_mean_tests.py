"""The plain formulas give the numbers of the libraries, whose import they save."""

import numpy as np
import pandas as pd
import pytest

from grassroots.inference.group_differences import group_differences
from grassroots.inference.regression import regressions

BACKGROUND = {"two": ["a", "b"], "four": ["a", "b", "c", "d"]}


@pytest.fixture
def scores():
    rng = np.random.default_rng(11)
    data = pd.DataFrame(
        {"y": rng.normal(size=90), "x": rng.normal(size=90), "two": rng.choice(["a", "b"], 90)}
    )
    data["four"] = rng.choice(list("abcd"), 90)
    data["y"] += (data["two"] == "a") * data["x"] + (data["four"] == "d")
    return data


def test_the_judged_tests_are_those_of_the_whole_table(scores):
    plan = {"outcomes": ["y", "x"], "background": BACKGROUND, "alpha": 0.05, "minimum_group": 5}
    whole = group_differences(scores, **plan)
    found = group_differences(scores, **plan, only_judged=True)
    whole = whole[whole["judged"]].reset_index(drop=True)
    pd.testing.assert_frame_equal(found, whole, rtol=1e-10)


@pytest.mark.parametrize("constant", [["a"], ["a", "b", "c", "d"]])
def test_what_cannot_be_tested_says_the_same(scores, constant):
    scores.loc[scores["four"].isin(constant), "y"] = scores["four"].map("abcd".index)
    plan = {"outcomes": ["y"], "background": BACKGROUND, "alpha": 0.05, "minimum_group": 5}
    whole = group_differences(scores, **plan)
    found = group_differences(scores, **plan, only_judged=True)
    columns = ["by", "test", "status", "message"]
    assert found[columns].equals(whole.loc[whole["judged"], columns].reset_index(drop=True))
    assert set(found["status"]) - {"ok"}


def test_least_squares_without_statsmodels(scores):
    models = {"m": {"outcome": "y", "steps": [["two", "four"], ["x"]]}}
    whole = regressions(scores, models, BACKGROUND, 0.05)
    found = regressions(scores, models, BACKGROUND, 0.05, library=False)
    pd.testing.assert_frame_equal(found.coefficients, whole.coefficients, rtol=1e-9)
    pd.testing.assert_frame_equal(found.fit, whole.fit, rtol=1e-9)
    assert found.checks.empty
    assert found.residuals.empty
