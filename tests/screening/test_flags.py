"""Who is flagged, for which sign, by which limit: constructed cases."""

import numpy as np
import pandas as pd
import pytest
from made_up_answers import ITEMS, OFF, SCALES, rules, sample

from grassroots.screening.flags import FAMILIES, FLAG_COLUMNS, families_shown, flags_table
from grassroots.screening.signs import Sign, signs
from grassroots.study.protocol_screening import Flags, Limit


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
    limits = dict.fromkeys(Limit.__args__, 0.5)
    assert [sign.flag for sign in signs(sample(), rules(**limits))] == list(FAMILIES)
    assert set(OFF) - set(limits) == {"families", "only_shown", "sources", "pairs_above"}


def test_a_limit_itself_is_not_beyond_it():
    data = alike()
    data.loc[4, ITEMS[:9]] = [1, 3, 5, 5, 3, 1, 3, 3, 3]
    data.loc[7, ITEMS[:9]] = [1, 3, 5, 1, 3, 5, 1, 3, 5]
    values = [sign.values for sign in signs(data, rules(synonyms=0.0, antonyms=0.0))]
    at = {"synonyms": values[0][4], "antonyms": values[1][7]}
    assert not any(sign.shown.any() for sign in signs(data, rules(**at)))


def test_any_limit_is_a_question_also_zero():
    assert not Flags().asked
    assert not Flags(only_shown=["missing"], families=1, pairs_above=0.5).asked
    assert Flags(synonyms=0).asked and Flags(missing=0).asked and Flags(same_source=True).asked


def test_against_the_median_of_those_whose_time_is_known():
    data = sample()
    data["duration_seconds"] = [100.0] * 20 + [np.nan] * 20 + [200.0] * 19 + [9000.0]
    data.loc[[0, 1], "duration_seconds"] = [74, 75]
    assert shown(data, share_of_median=0.5) == [0]  # the median is 150


def test_nobody_with_a_value_is_not_computed():
    data = sample().assign(duration_seconds=np.nan)
    found = signs(data, rules(seconds_per_item=2, share_of_median=0.5))
    assert {(sign.shown, sign.status) for sign in found} == {(None, "no_values")}
    (sign,) = signs(data.assign(duration_seconds=0.0), rules(share_of_median=0.5))
    assert sign.status == "no_values"


def test_halves_that_contradict_each_other():
    data = sample()
    # Even and odd items of the scales agree: 1 and 1, 3 and 3, 5 and 5; x2 is worded the other way.
    data.loc[5, ITEMS] = [1, 5, 1, 1, 3, 3, 3, 5, 5, 5]
    data.loc[6, ITEMS] = [5, 5, 5, 1, 3, 3, 3, 1, 5, 1]
    (sign,) = signs(data, rules(even_odd=-0.3))
    assert sign.values[[5, 6]] == pytest.approx([-1, 1])
    assert sign.shown[[5, 6]].tolist() == [False, True]
    assert sign.basis == 3
    (sign,) = signs(data, rules(even_odd=-0.3) | {"scales": SCALES[:2]})
    assert (sign.shown, sign.status, sign.basis) == (None, "few_scales", 2)


def alike(n=200, seed=3):
    """x1 to x3 are nearly x4 to x6 and the opposite of x7 to x9."""
    rng = np.random.default_rng(seed)
    data = sample(n)
    for one in (1, 2, 3):
        given = rng.integers(1, 6, n).astype(float)
        data[f"x{one}"], data[f"x{one + 3}"], data[f"x{one + 6}"] = given, given, 6 - given
    return data


def test_synonyms_and_antonyms_are_found_and_denied():
    data = alike()
    data.loc[4, ITEMS[:9]] = [1, 3, 5, 5, 3, 1, 3, 3, 3]
    data.loc[7, ITEMS[:9]] = [1, 3, 5, 1, 3, 5, 1, 3, 5]
    both = signs(data, rules(synonyms=0.0, antonyms=0.0))
    assert [sign.basis for sign in both] == [3, 6]
    assert [np.flatnonzero(sign.shown).tolist() for sign in both] == [[4], [7]]
    assert [both[0].values[4], both[1].values[7]] == pytest.approx([-1, 1])
    assert np.isnan(both[1].values[4])  # one answer to all of x7 to x9 is no correlation


def test_too_few_pairs_are_said():
    found = signs(sample(), rules(synonyms=0.0, antonyms=0.0))
    assert [(sign.shown, sign.status, sign.basis) for sign in found] == [(None, "few_pairs", 0)] * 2


def test_what_is_only_shown_flags_nobody():
    data = sample()
    data.loc[5, ITEMS] = 3
    asked = {"longstring": 0.5, "same_answers": True, "missing": 0.2}
    data.loc[6, ITEMS] = 3
    found = signs(data, rules(**asked))
    assert families_shown(found, len(data))[[5, 6]].tolist() == [1, 2]
    found = signs(data, rules(**asked, only_shown=["longstring"]))
    assert families_shown(found, len(data))[[5, 6]].tolist() == [0, 1]
    table = flags_table(found, families_shown(found, len(data)), 2).set_index("flag")
    assert table["counted"].to_dict() == {
        "longstring": False, "same_answers": True, "many_missing": True, "flagged": True,
    }  # fmt: skip
    assert table.loc["longstring", "n"] == 2


def test_a_limit_has_its_source_and_its_n():
    data = sample()
    data.loc[:9, "duration_seconds"] = np.nan
    sources = {"seconds_per_item": {"en": "Huang et al. (2012)", "zh": "Huang 等（2012）"}}
    found = signs(data, rules(seconds_per_item=2, missing=0.2, sources=sources))
    table = flags_table(found, families_shown(found, len(data)), 2).set_index("flag")
    assert table.loc["too_fast", ["source", "key", "n_known"]].tolist() == [
        "Huang et al. (2012)", "seconds_per_item", 50,
    ]  # fmt: skip
    assert table.loc["many_missing", ["source", "n_known"]].tolist() == ["", 60]


def test_a_share_is_of_those_for_whom_the_sign_is_known():
    known = np.array([1.0, np.nan, 0.2, 0.1])
    sign = Sign("synonyms", "a rule", 0.15, known, known < 0.15)
    table = flags_table([sign], np.zeros(4), 2).set_index("flag")
    assert table.loc["synonyms", ["n", "n_known"]].tolist() == [1, 3]
    assert table.loc["synonyms", "share"] == 1 / 3
