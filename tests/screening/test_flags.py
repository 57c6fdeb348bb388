"""Who is flagged, for which sign, by which limit: constructed cases."""

import importlib

import numpy as np
import pandas as pd
import pytest

from grassroots.screening.flags import FAMILIES, FLAG_COLUMNS, families_shown, flags_table, signs
from grassroots.study.protocol import Flags

ITEMS = [f"x{i}" for i in range(1, 11)]
OFF = Flags().model_dump()


def rules(mixed=(ITEMS,), **limits):
    return {
        "items": ITEMS,
        "mixed": [list(items) for items in mixed],
        "flags": OFF | limits,
        "exclude": [],
        "minimum_answered": 0,
    }


def sample(n=60, seed=1):
    rng = np.random.default_rng(seed)
    data = pd.DataFrame(rng.integers(1, 6, (n, len(ITEMS))).astype(float), columns=ITEMS)
    return data.assign(duration_seconds=300.0, same_source=False)


def shown(data, **limits):
    (sign,) = signs(data, rules(**limits))
    return np.flatnonzero(sign.shown).tolist()


def test_nothing_is_looked_for_unasked():
    assert signs(sample(), rules()) == []
    families = families_shown([], 60)
    assert families.tolist() == [0] * 60
    assert list(flags_table([], families, 2).columns) == FLAG_COLUMNS


def test_too_fast_counts_seconds_an_item():
    data = sample()
    data.loc[[3, 4, 5], "duration_seconds"] = [19.9, 20, np.nan]
    assert shown(data, seconds_per_item=2) == [3]


def test_longstring_looks_at_instruments_worded_both_ways_only():
    data = sample()
    data.loc[7, ITEMS[:5]] = 3
    data.loc[8, ITEMS[5:]] = 3
    runs = {"mixed": (ITEMS[:5], ITEMS[2:4]), "longstring": 1}
    flagged = np.flatnonzero(signs(data, rules(**runs))[0].shown)
    assert 7 in flagged and 8 not in flagged
    (sign,) = signs(data, rules(mixed=(), longstring=0.5))
    assert (sign.shown, sign.status) == (None, "no_mixed_instrument")


def test_low_irv_is_the_lowest_share():
    data = sample()
    data.loc[[10, 20, 30], ITEMS] = 4
    assert shown(data, lowest_irv=0.05) == [10, 20, 30]


def test_mahalanobis_flags_what_is_far_and_says_so_if_it_cannot():
    data = sample(300)
    data[ITEMS] = np.clip(data[ITEMS], 2, 3)
    data.loc[11, ITEMS] = [1, 5] * 5
    assert shown(data, mahalanobis_p=0.001) == [11]
    (sign,) = signs(sample(8), rules(mahalanobis_p=0.001))
    assert (sign.shown, sign.status) == (None, "singular")


def test_repeated_answers_and_sources_and_gaps():
    data = sample()
    data.loc[40, ITEMS] = data.loc[2, ITEMS]
    data.loc[41, "same_source"] = True
    data.loc[42, ITEMS[:2]] = np.nan
    data.loc[43, ITEMS[:3]] = np.nan
    assert shown(data, same_answers=True) == [40]
    assert shown(data, same_source=True) == [41]
    assert shown(data, missing=0.2) == [43]


def test_a_flag_without_its_column_is_not_computed():
    data = sample().drop(columns=["duration_seconds", "same_source"])
    found = signs(data, rules(seconds_per_item=2, same_source=True))
    assert [sign.status for sign in found] == ["no_duration", "no_address"]
    table = flags_table(found, families_shown(found, len(data)), 2).set_index("flag")
    assert pd.isna(table.loc["too_fast", "n"])
    assert table.loc["flagged", "n"] == 0


def test_two_signs_of_one_family_are_one():
    data = sample()
    data.loc[5, ITEMS] = 3
    found = signs(data, rules(longstring=0.5, lowest_irv=0.01))
    assert all(sign.shown[5] for sign in found)
    assert families_shown(found, len(data))[5] == 1
    data.loc[5, "duration_seconds"] = 10
    found = signs(data, rules(longstring=0.5, lowest_irv=0.01, seconds_per_item=2))
    assert families_shown(found, len(data))[5] == 2


def test_every_flag_has_a_family():
    limits = {"seconds_per_item": 2, "longstring": 0.5, "lowest_irv": 0.1, "mahalanobis_p": 0.001}
    limits |= {"same_answers": True, "same_source": True, "missing": 0.2}
    assert [sign.flag for sign in signs(sample(), rules(**limits))] == list(FAMILIES)
    assert set(OFF) - set(limits) == {"families"}


@pytest.fixture
def screened():
    data = sample().assign(consent=True, attention_checks_failed=0, submitted_on="2026-03-02")
    data.insert(0, "respondent", [f"r{i:04d}" for i in range(1, 61)])
    data.loc[0, "consent"] = False
    data.loc[1, ["same_source"]] = True
    data.loc[1, ITEMS] = 3
    plan = rules(same_source=True, lowest_irv=0.01) | {"exclude": ["no_consent"]}
    return importlib.import_module("screen_responses").main(data, plan)


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
