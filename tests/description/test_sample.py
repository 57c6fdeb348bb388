import numpy as np
import pandas as pd

from grassroots.description.sample import missing_table, sample_table


def test_levels_come_in_their_order_with_the_missing_last():
    data = pd.DataFrame({"sex": ["f", "m", "f", None], "age": [20, 30, np.nan, 40]})
    table = sample_table(data, {"sex": ["m", "f", "other"], "age": []})
    assert table.to_numpy().tolist() == [
        ["sex", "m", 1, 25.0],
        ["sex", "f", 2, 50.0],
        ["sex", "other", 0, 0.0],
        ["sex", "", 1, 25.0],
    ]


def test_missing():
    data = pd.DataFrame({"a": [1, np.nan, np.nan, 4], "b": [1, 2, 3, 4]})
    table = missing_table(data, ["a", "b"])
    assert table[["n_missing", "percent", "n"]].to_numpy().tolist() == [[2, 50, 4], [0, 0, 4]]
