import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from grassroots.description.suppression import cells_to_hide, suppress_small_cells


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


def test_what_is_hidden_together_is_no_small_cell_either():
    assert hidden([1, 1, 100, 50]) == [0, 1, 3]


def test_who_did_not_answer_is_counted_openly():
    table = pd.DataFrame(
        {"variable": "v", "level": ["a", "b", ""], "n": [100, 50, 2], "percent": 1.0}
    )
    own = suppress_small_cells(
        table, 5, "variable", "n", ("percent",), open_to_all=table["level"] == ""
    )
    assert not own["suppressed"].any()


@given(st.dictionaries(st.integers(), st.integers(0, 30), min_size=1), st.integers(2, 10))
def test_no_small_cell_can_be_had_by_subtraction(counts, threshold):
    found = cells_to_hide(counts, threshold)
    assert {key for key, n in counts.items() if 0 < n < threshold} <= found
    if found and sum(counts.values()) >= threshold and sum(n > 0 for n in counts.values()) > 1:
        assert len(found) > 1
        assert sum(counts[key] for key in found) >= threshold
