"""The main results with and without the flagged, whichever of the two the study rests on."""

import importlib

import numpy as np
import pandas as pd
import pytest

from grassroots.inference.group_differences import group_differences
from grassroots.inference.sensitivity import SENSITIVITY_COLUMNS, sensitivity_table

PLAN = {
    "groups": {
        "outcomes": ["s"],
        "background": {"sex": ["f", "m"]},
        "alpha": 0.05,
        "minimum_group": 5,
        "smallest_cell": 5,
    },
    "structural": {},
    "scoring": {"reversed": {"b": 6}, "merged": {}, "scales": {"s": ["a", "b"]},
                "minimum_answered": 0.5},
    "alpha": 0.05, "draws": 0, "seed": 0,
}  # fmt: skip


@pytest.fixture
def compare():
    return importlib.import_module("compare_without_flagged").main


def people(n=60):
    rng = np.random.default_rng(4)
    data = pd.DataFrame({"respondent": [f"r{i:04d}" for i in range(n)]})
    data["sex"] = np.resize(["f", "m"], n)
    data["a"], data["b"] = rng.integers(1, 6, (2, n)).astype(float)
    return data.assign(flagged=np.arange(n) % 7 == 0)


def scored(data):
    return importlib.import_module("grassroots.scoring.scores").score(data, PLAN["scoring"])


def groups(scores):
    scores = scores.reset_index(drop=True)
    return {"group_differences": group_differences(scores, **PLAN["groups"], only_judged=True)}


def test_both_choices_give_the_same_table(compare):
    data = people()
    everybody = scored(data)
    without = everybody[~everybody["flagged"]].reset_index(drop=True)
    expected = sensitivity_table(groups(everybody), groups(without), 0.05)
    assert (expected["n"] > expected["n_without"]).all()
    nobody = data.iloc[:0]
    kept = compare(everybody, nobody, groups(everybody), PLAN)
    removed = compare(without, data[data["flagged"]], groups(without), PLAN)
    pd.testing.assert_frame_equal(kept, expected)
    pd.testing.assert_frame_equal(removed, expected)


def test_where_nobody_is_flagged_there_is_a_header_alone(compare):
    data = people().assign(flagged=False)
    table = compare(scored(data), data.iloc[:0], groups(scored(data)), PLAN)
    assert table.empty and list(table.columns) == SENSITIVITY_COLUMNS


def test_the_removed_stand_again_where_they_came_in(monkeypatch):
    script = importlib.import_module("compare_without_flagged")
    seen = []
    monkeypatch.setattr(script, "analyses", lambda scores, plan: seen.append(scores) or {})
    monkeypatch.setattr(script, "sensitivity_table", lambda *_: None)
    data = people()
    valid = scored(data[~data["flagged"]].reset_index(drop=True))
    script.main(valid, data[data["flagged"]].reset_index(drop=True), {}, PLAN)
    # Draws of rows, and so intervals, depend on the order.
    pd.testing.assert_frame_equal(seen[0], scored(data))
