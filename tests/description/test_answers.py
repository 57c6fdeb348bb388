import numpy as np
import pandas as pd

from grassroots.description.answers import answers_table


def asked(*items):
    return {"s": {"items": list(items), "lowest": 1, "highest": 3}}


def test_every_possible_answer_has_a_row():
    data = pd.DataFrame({"a": [1, 1, 3, np.nan], "b": [2, 2, 2, 2]})
    table = answers_table(data, asked("a", "b")).set_index(["item", "answer"])
    assert table.loc["a", "n"].to_dict() == {1: 2, 2: 0, 3: 1}
    assert table.loc[("a", 1), "percent"] == 200 / 3
    assert table.loc["b", "n"].to_dict() == {1: 0, 2: 4, 3: 0}


def test_an_item_that_nobody_answered():
    table = answers_table(pd.DataFrame({"a": [np.nan, np.nan]}), asked("a"))
    assert table["n"].tolist() == [0, 0, 0]
    assert table["percent"].isna().all()
