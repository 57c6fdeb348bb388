import numpy as np
import pandas as pd
import pytest

from grassroots.description.levels import LEVEL_COLUMNS, band_of, level_of, levels_table
from grassroots.description.scores import descriptives

BANDS = [
    {"level": "low", "start": None, "closed": True},
    {"level": "medium", "start": 2.5, "closed": True},
    {"level": "high", "start": 3.5, "closed": False},
]


@pytest.mark.parametrize(
    ("score", "level"),
    [(1, "low"), (2.4999, "low"), (2.5, "medium"), (3.5, "medium"), (3.5001, "high"), (5, "high")],
)
def test_a_cut_off_belongs_where_the_convention_puts_it(score, level):
    assert level_of(score, BANDS) == level


def test_a_cut_off_that_differs_in_the_last_bit_is_the_cut_off():
    assert level_of(np.nextafter(2.5, 0), BANDS) == "medium"
    assert level_of(np.nextafter(3.5, 9), BANDS) == "medium"


def test_nobody_without_a_score_has_a_level():
    assert level_of(float("nan"), BANDS) is None
    assert band_of([np.nan, 1, 4], BANDS).tolist() == [-1, 0, 2]


def test_shares_are_of_those_with_a_score():
    data = pd.DataFrame({"s": [1.0] * 5 + [3.0] * 10 + [4.0] * 5 + [np.nan] * 3})
    table = levels_table(data, {"s": BANDS}, 5)
    assert list(table.columns) == LEVEL_COLUMNS
    assert table["n"].tolist() == [5, 10, 5]
    assert table["percent"].tolist() == [25, 50, 25]
    assert not table["suppressed"].any()


def test_a_small_band_is_not_printed_and_does_not_follow_from_the_total():
    data = pd.DataFrame({"s": [1.0] * 2 + [3.0] * 10 + [4.0] * 20})
    table = levels_table(data, {"s": BANDS}, 5).set_index("level")
    assert table["suppressed"].to_dict() == {"low": True, "medium": True, "high": False}
    assert table.loc[["low", "medium"], ["n", "percent"]].isna().all(axis=None)
    assert table.loc["high", "n"] == 20


def test_without_bands_there_is_a_header():
    assert list(levels_table(pd.DataFrame(), {}, 5).columns) == LEVEL_COLUMNS


def test_the_mean_of_a_scale_with_bands_has_a_level():
    data = pd.DataFrame({"s": [3.0, 4.0, 4.0], "t": [1.0, 2.0, 3.0]})
    levels = descriptives(data, ["s", "t"], {"s": BANDS})["level"]
    assert levels[0] == "high"
    assert levels.isna().tolist() == [False, True]
