"""What screening leaves: who stays, who is marked, the audit, the counts."""

import importlib

import numpy as np
import pandas as pd
import pytest
from made_up_answers import ITEMS, rules, sample

from grassroots.run.tables import write_respondents_table


def screen(*exclude):
    data = sample().assign(consent=True, attention_checks_failed=0, submitted_on="2026-03-02")
    data.insert(0, "respondent", [f"r{i:04d}" for i in range(1, 61)])
    data["channel"] = ["link"] * 50 + ["panel"] * 10
    data.loc[0, "consent"] = False
    data.loc[1, ["same_source"]] = True
    data.loc[1, ITEMS] = 3
    plan = rules(same_source=True, lowest_irv=0.01) | {"exclude": list(exclude)}
    return importlib.import_module("screen_responses").main(data, plan)


@pytest.fixture
def screened():
    return screen("no_consent")


def test_the_flagged_stay_and_are_marked(screened):
    valid = screened["valid"]
    assert list(valid.columns) == ["respondent", *ITEMS, "flagged"]
    assert len(valid) == 59
    assert valid.loc[valid["flagged"], "respondent"].tolist() == ["r0002"]
    assert valid["flagged"].dtype == bool


def test_the_audit_has_one_row_a_respondent(screened):
    audit = screened["audit"].set_index("respondent")
    assert len(audit) == 60
    assert audit.loc["r0001", "excluded"] == "no_consent"
    assert pd.isna(audit.loc["r0001", "flagged"]) and pd.isna(audit.loc["r0001", "low_irv"])
    assert audit.loc["r0002", ["flagged", "families", "same_source"]].tolist() == [True, 2, True]
    assert audit.loc["r0002", "low_irv_value"] == 0
    assert not {"submitted_on", "duration_seconds"} & set(audit.columns)


def test_the_table_of_flags(screened):
    table = screened["flags"].set_index("flag")
    assert table.loc["same_source", ["n", "share"]].tolist() == [1, 1 / 59]
    assert table.loc["flagged", ["n", "limit"]].tolist() == [1, 2]


def test_nobody_leaves_as_flagged_undeclared(screened):
    assert screened["removed"].empty
    assert list(screened["removed"].columns) == list(screened["valid"].columns)
    assert screened["flow"]["n_after"].tolist() == [60, 59, 59]


def test_the_flagged_leave_where_the_protocol_says_so(screened):
    removing = screen("no_consent", "flagged")
    assert removing["valid"].equals(
        screened["valid"][~screened["valid"]["flagged"]].reset_index(drop=True)
    )
    assert removing["removed"]["respondent"].tolist() == ["r0002"]
    assert removing["flow"]["reason"].tolist() == ["", "no_consent", "flagged", ""]
    assert removing["flow"]["n_after"].tolist() == [60, 59, 58, 58]
    # The signs are those of all who were looked at, whether they then leave or stay.
    assert removing["flags"].equals(screened["flags"])
    audit = removing["audit"].set_index("respondent")
    assert audit.loc["r0002", ["excluded", "flagged", "families"]].tolist() == ["flagged", True, 2]


def test_the_channels_are_of_all_who_came_back(screened):
    assert screened["channels"].to_numpy().tolist() == [
        ["link", 50, 50 / 60, 60],
        ["panel", 10, 10 / 60, 60],
    ]
    assert "channel" not in screened["valid"].columns
    assert "channel" not in screened["audit"].columns


def test_who_has_no_value_has_an_empty_one_in_the_audit(tmp_path):
    data = sample().assign(respondent=[f"r{i:02d}" for i in range(60)], channel=None)
    data.loc[3, ITEMS] = 3
    data.loc[4, ITEMS[1:]] = np.nan
    tables = importlib.import_module("screen_responses").main(
        data, rules(even_odd=-0.3, lowest_irv=0.1)
    )
    write_respondents_table(tables["audit"], tmp_path / "audit.csv", {})
    audit = pd.read_csv(tmp_path / "audit.csv", keep_default_na=False).set_index("respondent")
    assert audit.loc[["r03", "r04"], "even_odd_value"].tolist() == ["", ""]
    assert audit.loc[["r03", "r04"], "low_irv_value"].tolist() == ["0", ""]
    assert audit.loc["r04", ["even_odd", "low_irv"]].tolist() == [False, False]
