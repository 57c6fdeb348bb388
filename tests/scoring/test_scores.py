import numpy as np
import pandas as pd
import pytest

from grassroots.scoring.scores import scale_score, score

DATA = pd.DataFrame(
    {
        "respondent": ["a", "b", "c"],
        "x1": [1, 5, np.nan],
        "x2": [2, np.nan, np.nan],
        "x3": [5, 4, 3],
    }
)


def test_reversed_items_are_turned_once_and_enter_the_scores_turned():
    rules = {
        "reversed": {"x3": 6},
        "merged": {},
        "scales": {"s": ["x1", "x3"]},
        "minimum_answered": 0.5,
    }
    scored = score(DATA, rules)
    assert scored["x3"].tolist() == [1, 2, 3]
    assert scored["s"].tolist() == [1, 3.5, 3]
    assert DATA["x3"].tolist() == [5, 4, 3]


def test_joined_levels_take_the_place_of_their_members():
    data = DATA.assign(post=["chief", None, "clerk"])
    merged = {"post": {"chief": "head", "deputy": "head"}}
    rules = {"reversed": {}, "merged": merged, "scales": {}, "minimum_answered": 0.5}
    found = score(data, rules)["post"]
    assert found.tolist()[::2] == ["head", "clerk"]
    assert found.isna().tolist() == [False, True, False]


@pytest.mark.parametrize(
    ("minimum", "expected"), [(0.6, [8 / 3, 4.5, np.nan]), (1, [8 / 3, np.nan, np.nan])]
)
def test_a_score_needs_its_share_of_answers(minimum, expected):
    found = scale_score(DATA, ["x1", "x2", "x3"], minimum)
    np.testing.assert_allclose(found, expected)
