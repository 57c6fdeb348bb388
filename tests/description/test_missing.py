import json

import numpy as np
import pandas as pd
import pytest

from grassroots.description.missing import PATTERN_COLUMNS, little_test, patterns_table

TESTS = [f"x{i}" for i in range(1, 10)]


@pytest.fixture
def holes(root):
    return pd.read_csv(root / "tests" / "reference" / "HS_miss.csv")[TESTS]


def test_littles_test_as_naniar_and_as_spss(holes):
    found = little_test(holes.to_numpy())
    # naniar::mcar_test on the same file.
    assert found["statistic"] == pytest.approx(207.3449, abs=5e-5)
    assert (found["df"], found["n_patterns"], found["n"]) == (210, 30, 301)
    assert found["p"] == pytest.approx(0.5388, abs=5e-5)
    assert found["statistic_n_minus_1"] == pytest.approx(206.6561, abs=5e-5)


def test_rows_without_any_answer_and_the_unit_of_an_item_do_not_matter(holes):
    more = pd.concat([holes * 10 + 3, pd.DataFrame([[np.nan] * 9], columns=TESTS)])
    found, other = little_test(more.to_numpy()), little_test(holes.to_numpy())
    assert found["statistic"] == pytest.approx(other["statistic"], rel=1e-8)
    assert found["n"] == 301


def test_answers_that_are_missing_because_of_another_answer_are_found():
    rng = np.random.default_rng(1)
    values = rng.normal(size=(400, 3)) @ np.linalg.cholesky(0.5 * np.eye(3) + 0.5).T
    at_random = values.copy()
    at_random[rng.random(400) < 0.2, 2] = np.nan
    values[values[:, 0] > 0.8, 2] = np.nan
    assert little_test(values)["p"] < 1e-10
    assert little_test(at_random)["p"] > 0.01


@pytest.mark.parametrize(
    ("values", "status"),
    [
        (np.arange(20.0).reshape(10, 2) ** 2, "no_missing"),
        (np.array([[1, np.nan, 3.0], [2, 4, 4.0]]), "too_few_cases"),
        (np.array([[1, 1.0], [1, np.nan], [1, 3.0], [1, 4.0]]), "constant_item"),
        (np.array([[1, np.nan], [2, np.nan], [3.0, np.nan]]), "constant_item"),
    ],
)
@pytest.mark.filterwarnings("error::RuntimeWarning")
def test_what_cannot_be_tested_says_why(values, status):
    found = little_test(values)
    assert found["status"] == status
    assert found["statistic"] is None
    assert found["message"]


def frame(*patterns):
    """(number of respondents, missing items) of three items."""
    rows = [
        [np.nan if item in missing.split() else 3.0 for item in "abc"]
        for n, missing in patterns
        for _ in range(n)
    ]
    return pd.DataFrame(rows, columns=list("abc"))


def test_frequent_patterns_stand_alone_and_rare_ones_together():
    table = patterns_table(frame((50, ""), (6, "a"), (9, "b c"), (3, "b"), (2, "c")), "abc", 5)
    assert list(table.columns) == PATTERN_COLUMNS
    assert table["pattern"].tolist() == ["complete", "b c", "a", "other"]
    assert table["n"].tolist() == [50, 9, 6, 5]
    assert table["n_items"].fillna(-1).tolist() == [0, 2, 1, -1]
    assert table["n_patterns"].tolist() == [1, 1, 1, 2]
    assert table["percent"].sum() == pytest.approx(100)
    assert not table["suppressed"].any()


def test_a_rare_rest_does_not_follow_from_the_total():
    table = patterns_table(frame((50, ""), (9, "a"), (1, "b")), "abc", 5).set_index("pattern")
    assert table.index[table["suppressed"]].tolist() == ["a", "other"]
    assert table.loc[["a", "other"], ["n", "percent"]].isna().all(axis=None)


def test_no_pattern_of_few_is_ever_written():
    table = patterns_table(frame((50, ""), (4, "a b"), (4, "b")), "abc", 5)
    assert "a b" not in table["pattern"].tolist()
    assert "b" not in json.dumps(table["pattern"].tolist()).replace("other", "")


def test_nothing_missing_is_one_pattern():
    table = patterns_table(frame((7, "")), "abc", 5)
    assert table[["pattern", "n"]].to_numpy().tolist() == [["complete", 7]]
