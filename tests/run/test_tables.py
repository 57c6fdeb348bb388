"""Row-level data: written and read back, all of it or the columns that are asked for."""

import numpy as np
import pandas as pd

from grassroots.run.tables import read_respondents, write_respondents

DATA = pd.DataFrame({"a": [1.0, np.nan], "b": ["x", None], "c": [True, False], "d": [1, 2]})


def test_columns_come_back_as_they_are_or_as_few_as_are_asked_for(tmp_path):
    write_respondents(DATA, tmp_path / "rows.parquet")
    whole = read_respondents(tmp_path / "rows.parquet")
    assert list(whole) == ["a", "b", "c", "d"]
    assert whole["b"].isna().tolist() == [False, True]
    assert whole[["a", "c", "d"]].equals(DATA[["a", "c", "d"]])
    some = read_respondents(tmp_path / "rows.parquet", {"d", "a", "not there"})
    assert list(some) == ["a", "d"]
    assert some.equals(whole[["a", "d"]])
    assert read_respondents(tmp_path / "rows.parquet", ()).empty


def test_a_copy_of_what_is_read_can_be_changed(tmp_path):
    write_respondents(DATA, tmp_path / "rows.parquet")
    found = read_respondents(tmp_path / "rows.parquet").copy()
    found.loc[found["d"] == 1, "a"] = 7.0
    assert found["a"].iloc[0] == 7.0
