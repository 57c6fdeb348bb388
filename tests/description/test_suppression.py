import pandas as pd

from grassroots.description.suppression import suppress_small_cells


def hidden(counts, threshold=5):
    table = pd.DataFrame({"variable": "v", "n": counts, "percent": 1.0})
    found = suppress_small_cells(table, threshold, "variable", "n", ("percent",))
    assert found["n"].isna().tolist() == found["percent"].isna().tolist()
    assert found["n"].isna().tolist() == found["suppressed"].tolist()
    return found.index[found["suppressed"]].tolist()


def test_nothing_small_nothing_hidden():
    assert hidden([5, 100, 0]) == []


def test_one_small_cell_takes_the_next_smallest_with_it():
    assert hidden([4, 100, 50]) == [0, 2]
    assert hidden([4, 100, 0]) == [0, 1]


def test_two_small_cells_hide_each_other():
    assert hidden([4, 3, 100]) == [0, 1]


def test_a_single_cell_has_no_other():
    assert hidden([4]) == [0]


def test_variables_are_apart():
    table = pd.DataFrame(
        {"variable": ["a", "a", "b", "b"], "n": [1, 9, 9, 9], "percent": [10.0, 90, 50, 50]}
    )
    found = suppress_small_cells(table, 5, "variable", "n", ("percent",))
    assert found["suppressed"].tolist() == [True, True, False, False]
    assert found["n"].tolist()[2:] == [9, 9]
