"""Counts of themes, the curve of saturation, and what the rule writes."""

import itertools

import pytest

import count_themes
from grassroots.interviews.coding import codings
from grassroots.interviews.reading import read_interviews
from grassroots.interviews.saturation import expected_codes, saturation_table
from grassroots.interviews.themes import excerpts_table, themes_table


@pytest.fixture
def coded(own, plan):
    return codings(read_interviews(own), plan)[0]


def test_themes_count_interviews_and_passages_once(coded, plan):
    found = {
        (row["level"], row["theme"], row["code"]): (row["n_interviews"], row["n_excerpts"])
        for row in themes_table(coded, plan, 1)
    }
    assert list(found.items()) == [
        (("individual", "", ""), ("2", "2")),
        (("individual", "home", ""), ("2", "2")),
        (("individual", "home", "care"), ("2", "2")),
        (("organisation", "", ""), ("3", "3")),
        (("organisation", "work", ""), ("3", "3")),
        (("organisation", "work", "pay"), ("2", "2")),
        (("organisation", "work", "blame"), ("1", "1")),
    ]


def test_small_counts_are_not_published_and_zero_is(coded, plan):
    plan["codes"]["never"] = "work"
    rows = {row["code"]: row for row in themes_table(coded, plan, 3) if row["theme"] == "work"}
    assert (rows[""]["n_interviews"], rows[""]["suppressed"]) == ("3", "False")
    assert (rows["pay"]["n_interviews"], rows["pay"]["suppressed"]) == ("", "True")
    assert (rows["blame"]["n_excerpts"], rows["blame"]["suppressed"]) == ("", "True")
    assert (rows["never"]["n_interviews"], rows["never"]["suppressed"]) == ("0", "False")


def test_saturation_in_the_order_of_the_file(coded):
    rows = saturation_table(coded)
    assert [row["interview"] for row in rows] == ["P01", "P02", "P03"]
    assert [row["new_codes"] for row in rows] == ["2", "1", "0"]
    assert [row["cumulative_codes"] for row in rows] == ["2", "3", "3"]


def test_expected_codes_are_the_mean_over_all_orders():
    interviews = [{"a", "b"}, {"b", "c"}, {"c"}, {"a", "d"}, set()]
    for size in range(1, 6):
        orders = list(itertools.permutations(interviews))
        mean = sum(len(set().union(*order[:size])) for order in orders) / len(orders)
        assert expected_codes(interviews, size) == pytest.approx(mean, abs=1e-12)


def test_the_tables_of_the_rule(own, plan):
    tables = count_themes.main(read_interviews(own), plan)
    for name, rows in tables.items():
        assert rows, name
        assert all(set(row) == set(count_themes.COLUMNS[name]) for row in rows), name
    excerpts = {(row["code"], row["excerpt"]) for row in tables["excerpts"]}
    assert excerpts == {
        ("care", "I fetch the child first."),
        ("pay", "<b>Pay</b> & rank."),
        ("pay", "Not enough."),
    }


def test_the_rule_does_not_go_on_with_a_file_that_does_not_fit(own, plan):
    del plan["codes"]["pay"]
    with pytest.raises(ValueError, match="do not fit"):
        count_themes.main(read_interviews(own), plan)


def test_excerpts_come_theme_by_theme(coded, plan):
    themes = [row["theme"] for row in excerpts_table(coded, plan)]
    assert themes == sorted(themes, key=["home", "work"].index)
