"""Channels are counted, and a rare one is not named."""

import pandas as pd
import pytest

from grassroots.screening.channels import CHANNEL_COLUMNS, channels_table


def counted(smallest=5, **counts):
    given = [None if name == "none" else name for name, n in counts.items() for _ in range(n)]
    table = channels_table(pd.DataFrame({"channel": pd.Series(given, dtype=object)}), smallest)
    assert table["n"].sum() == len(given)
    assert table["share"].sum() == pytest.approx(1)
    return dict(zip(table["channel"], table["n"], strict=True))


def test_without_a_channel_there_is_a_header_alone():
    table = channels_table(pd.DataFrame({"x": [1]}), 5)
    assert table.empty and list(table.columns) == CHANNEL_COLUMNS


def test_the_most_frequent_stands_first():
    assert list(counted(link=20, wechat=30, panel=20)) == ["wechat", "link", "panel"]


def test_a_rare_one_takes_the_next_smallest_with_it():
    assert counted(wechat=30, link=9, teacher=1) == {"wechat": 30, "": 10}


def test_rare_ones_that_are_enough_together_stand_together():
    assert counted(wechat=30, link=9, a=3, b=2) == {"wechat": 30, "link": 9, "": 5}


def test_unrecorded_ones_name_nobody_and_hide_nobody():
    assert counted(wechat=30, link=9, none=1) == {"wechat": 30, "link": 9, "": 1}


def test_all_are_named_where_the_study_publishes_all():
    assert counted(smallest=0, wechat=30, teacher=1) == {"wechat": 30, "teacher": 1}


def test_a_study_of_three_names_nothing():
    assert counted(wechat=2, link=1) == {"": 3}
