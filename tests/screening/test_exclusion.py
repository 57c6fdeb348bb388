import numpy as np
import pandas as pd

from grassroots.screening.exclusion import FLOW_COLUMNS, screen


def test_who_answered_too_little_leaves_and_is_counted():
    data = pd.DataFrame(
        {"respondent": ["a", "b", "c"], "x1": [1, np.nan, np.nan], "x2": [2, 3, np.nan]}
    )
    valid, flow = screen(data, {"items": ["x1", "x2"], "minimum_answered": 0.5})
    assert valid["respondent"].tolist() == ["a", "b"]
    assert list(flow.columns) == FLOW_COLUMNS
    assert flow.to_numpy().tolist() == [
        ["returned", "", 3, 0, 3],
        ["excluded", "too_few_answers", 3, 1, 2],
        ["valid", "", 2, 0, 2],
    ]


def test_every_removal_is_in_the_flow():
    data = pd.DataFrame({"x1": [np.nan] * 4 + [1.0]})
    valid, flow = screen(data, {"items": ["x1"], "minimum_answered": 1})
    assert len(data) - flow["n_removed"].sum() == len(valid) == 1
