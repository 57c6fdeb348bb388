import pandas as pd
import pytest

from grassroots.inference.sensitivity import SENSITIVITY_COLUMNS, sensitivity_table


def tables(p=0.01, d=0.3, b=-0.4, indirect=-0.1, indirect_p=0.01):
    numbers = {"ci_low": -1.0, "ci_high": 1.0, "n": 100}
    return {
        "group_differences": pd.DataFrame(
            [
                {"outcome": "y", "by": "g", "judged": True, "effect": "cohens_d",
                 "effect_size": d, "effect_low": 0.1, "effect_high": 0.5, "p": p, "n": 100},
                {"outcome": "y", "by": "g", "judged": False, "effect": "cohens_d",
                 "effect_size": 9, "effect_low": 9, "effect_high": 9, "p": 0.5, "n": 100},
            ]
        ),
        "regression": pd.DataFrame(
            [
                {"model": "m", "outcome": "y", "step": step, "term": term, "b": value, "p": at}
                | numbers
                for step, term, value, at in [
                    (1, "x", 9, 0.5), (2, "x", b, 0.01), (2, "g=f", 9, 0.5), (2, "intercept", 9, 1),
                ]
            ]
        ),
        "mediation": pd.DataFrame(
            [
                {"model": "s", "scores": "observed", "method": "percentile", "effect": "indirect",
                 "path": "x -> m -> y", "est": indirect, "p": indirect_p, **numbers},
                {"model": "s", "scores": "observed", "method": "bca", "effect": "indirect",
                 "path": "x -> m -> y", "est": 9, "p": 0.5, **numbers},
                {"model": "s", "scores": "latent", "method": "percentile", "effect": "indirect",
                 "path": "x -> m -> y", "est": 9, "p": 0.5, **numbers},
            ]
        ),
    }  # fmt: skip


def test_the_main_results_stand_side_by_side():
    table = sensitivity_table(tables(), tables(b=-0.5), 0.05)
    assert list(table.columns) == SENSITIVITY_COLUMNS
    assert table["quantity"].tolist() == ["y by g", "m: x -> y", "s: x -> m -> y"]
    assert table["est"].tolist() == [0.3, -0.4, -0.1]
    assert table["est_without"].tolist() == [0.3, -0.5, -0.1]
    assert table["same"].tolist() == [True, True, True]


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({"p": 0.06}, [False, True, True]),
        ({"b": 0.4}, [True, False, True]),
        ({"indirect_p": 0.06}, [True, True, False]),
        ({"p": float("nan")}, [None, True, True]),
    ],
)
def test_another_conclusion_is_said(changes, same):
    found = sensitivity_table(tables(), tables(**changes), 0.05)["same"]
    assert [None if pd.isna(value) else value for value in found] == same


def test_a_study_without_these_analyses_has_an_empty_table():
    empty = {name: table.head(0) for name, table in tables().items()}
    assert sensitivity_table(empty, empty, 0.05).empty
