"""pingouin and statsmodels say what we say, and would be heard if they did not."""

import numpy as np
import pandas as pd
import pytest

from grassroots.inference import second_opinion
from grassroots.inference.group_differences import group_differences
from grassroots.inference.regression import regressions

BACKGROUND = {"sex": ["a", "b"], "place": ["x", "y", "z"]}
MODELS = {"m": {"outcome": "score", "steps": [["sex", "place"], ["other"]]}}


@pytest.fixture(scope="module")
def scores():
    rng = np.random.default_rng(3)
    n = 90
    frame = pd.DataFrame(
        {
            "sex": rng.choice(["a", "b"], n),
            "place": rng.choice(["x", "y", "z"], n, p=[0.5, 0.3, 0.2]),
            "other": rng.standard_normal(n),
        }
    )
    spread = frame["place"].map({"x": 1.0, "y": 2.0, "z": 0.5})
    return frame.assign(score=frame["other"] / 2 + spread * rng.standard_normal(n))


def test_pingouin_has_the_same_tests_of_means(scores):
    printed = group_differences(scores, ["score"], BACKGROUND, 0.05, minimum_group=2)
    ours, theirs = second_opinion.tests_of_means(printed, scores, BACKGROUND, 2)
    tests = {name.split(": ")[1].split()[0] for name in ours}
    assert tests == {"welch_t", "student_t", "welch_anova", "anova"}
    assert theirs == pytest.approx(ours, rel=1e-10)


def test_statsmodels_has_the_same_coefficients(scores):
    printed = regressions(scores, MODELS, BACKGROUND, 0.05).coefficients
    ours, theirs = second_opinion.regression_coefficients(printed, scores, MODELS, BACKGROUND)["m"]
    assert {"step 1: b sex=b", "step 2: se_hc3 other", "step 2: p intercept"} <= set(ours)
    assert theirs == pytest.approx(ours, rel=1e-9)


def test_another_number_than_theirs_is_seen(scores):
    printed = group_differences(scores, ["score"], BACKGROUND, 0.05, minimum_group=2)
    wrong = printed.assign(statistic=printed["statistic"] * 1.01)
    ours, theirs = second_opinion.tests_of_means(wrong, scores, BACKGROUND, 2)
    assert theirs != pytest.approx(ours, rel=1e-3)


def test_what_is_not_printed_is_not_computed_again(scores):
    rare = scores.assign(sex=["b"] * 3 + ["a"] * 87)
    printed = group_differences(rare, ["score"], BACKGROUND, 0.05, minimum_group=2, smallest_cell=5)
    ours, theirs = second_opinion.tests_of_means(printed, rare, BACKGROUND, 2)
    assert not [name for name in ours if "by sex: student_t" in name] and set(ours) == set(theirs)
    coefficients = regressions(rare, MODELS, BACKGROUND, 0.05, 5).coefficients
    ours, theirs = second_opinion.regression_coefficients(coefficients, rare, MODELS, BACKGROUND)[
        "m"
    ]
    assert not [name for name in ours if "sex=" in name]
    assert theirs == pytest.approx(ours, rel=1e-9)
