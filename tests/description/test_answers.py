import numpy as np
import pandas as pd

from grassroots.description.answers import answers_table


def test_every_answer_of_the_scale_has_a_row_for_each_item():
    data = pd.DataFrame({"a": [1, 1, 3, np.nan], "b": [2, 2, 2, 2]})
    table = answers_table(data, {"s": ["a", "b"]}).set_index(["item", "answer"])
    assert table.loc["a", "n"].to_dict() == {1: 2, 2: 0, 3: 1}
    assert table.loc[("a", 1), "percent"] == 200 / 3
    assert table.loc["b", "n"].to_dict() == {1: 0, 2: 4, 3: 0}


def test_an_item_that_nobody_answered():
    data = pd.DataFrame({"a": [1.0, 2], "b": [np.nan, np.nan]})
    table = answers_table(data, {"s": ["a", "b"]}).set_index(["item", "answer"])
    assert table.loc["b", "n"].tolist() == [0, 0]
    assert table.loc["b", "percent"].isna().all()
