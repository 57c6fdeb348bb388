"""Themes beside statistics, and advice by its findings."""

import pytest

from grassroots.verdicts.hypotheses import hypotheses_table
from grassroots.verdicts.joint_display import JOINT_COLUMNS, joint_display_table
from grassroots.verdicts.recommendations import recommendations_table


def difference(by, statistic, p):
    return {"outcome": "o", "by": by, "test": "welch_t", "statistic": statistic, "p": p}


TABLES = {
    "group_differences": [
        difference("sex", "-2.8", "0.006"),
        difference("age", "1.1", "0.3"),
        difference("rank", "", ""),
    ],
    "themes": [
        {"theme": theme, "code": "", "n_interviews": n}
        for theme, n in (("home", "5"), ("few", ""), ("unspoken", "0"))
    ],
}


def evidence(by, expects):
    return {"table": "group_differences", "where": {"outcome": "o", "by": by}, "expects": expects}


def joint(theme, *pieces, tables=TABLES):
    rows = joint_display_table({theme: [evidence(*piece) for piece in pieces]}, tables, 0.05)
    return [row["state"] for row in rows]


@pytest.mark.parametrize(
    ("theme", "piece", "state"),
    [
        ("home", ("sex", "nonzero"), "converges"),
        ("home", ("sex", "negative"), "converges"),
        ("home", ("sex", "positive"), "diverges"),
        ("home", ("sex", "zero"), "diverges"),
        ("home", ("age", "nonzero"), "silent"),
        ("home", ("age", "zero"), "converges"),
        ("home", ("rank", "nonzero"), "silent"),
        ("home", ("nothing", "nonzero"), "silent"),
        ("few", ("sex", "nonzero"), "converges"),  # a count that is hidden is not zero
        ("unspoken", ("sex", "nonzero"), "silent"),
    ],
)
def test_a_theme_beside_its_statistic(theme, piece, state):
    assert joint(theme, piece) == [state]


@pytest.mark.parametrize(
    ("higher", "state"), [(["w"], "converges"), (["m"], "diverges"), (["other"], "silent")]
)
def test_the_order_of_means_counts_as_it_does_for_hypotheses(higher, state):
    means = [("m", "3.1"), ("w", "3.4"), ("other", "")]
    tables = {
        **TABLES,
        "group_means": [
            {"outcome": "o", "by": "sex", "level": level, "mean": mean, "n": "10"}
            for level, mean in means
        ],
    }
    pieces = {"home": [{**evidence("sex", "nonzero"), "higher": higher}]}
    (row,) = joint_display_table(pieces, tables, 0.05)
    assert (row["state"], row["higher"]) == (state, higher[0])


def test_a_theme_without_a_statistic_and_one_with_two():
    assert joint("home") == ["silent"]
    assert joint("home", ("sex", "negative"), ("age", "nonzero")) == ["converges", "silent"]


def test_without_interviews_there_is_no_joint_display():
    assert joint("home", ("sex", "nonzero"), tables={**TABLES, "themes": []}) == []


def test_a_row_holds_what_is_shown():
    pieces = {"home": [evidence("sex", "nonzero")]}
    (row,) = joint_display_table(pieces, TABLES, 0.05)
    assert list(row) == JOINT_COLUMNS
    assert (row["row"], row["est"], row["p"]) == ("outcome=o, by=sex", "-2.8", "0.006")
    assert (row["statistic"], row["direction"]) == ("welch_t", "negative")


HYPOTHESES = {
    "H1": {"statement": {"en": "S"}, "evidence": [evidence("sex", "negative")]},
    "H2": {"statement": {"en": "S"}, "evidence": [evidence("age", "nonzero")]},
    "H3": {"statement": {"en": "S"}, "evidence": [evidence("rank", "nonzero")]},
    "H4": {
        "statement": {"en": "S"},
        "evidence": [evidence("sex", "negative"), evidence("age", "nonzero")],
    },
}


def advised(hypotheses, pieces=()):
    judged = hypotheses_table(HYPOTHESES, TABLES, 0.05)
    advice = {
        "level": "individual",
        "hypotheses": hypotheses,
        "evidence": [evidence(*piece) for piece in pieces],
    }
    rows = recommendations_table({"R1": advice}, judged, TABLES, 0.05)
    (state,) = {row["state"] for row in rows}
    return state, [row["verdict"] for row in rows]


@pytest.mark.parametrize(
    ("hypotheses", "pieces", "state"),
    [
        (["H1"], [], "called_for"),
        (["H2"], [], "not_called_for"),
        (["H3"], [], "undecided"),
        (["H4"], [], "not_called_for"),  # supported in part is not enough
        (["H1", "H2"], [], "not_called_for"),
        (["H1", "H3"], [], "undecided"),
        ([], [("sex", "nonzero")], "called_for"),
        (["H1"], [("age", "nonzero")], "not_called_for"),
        (["H1"], [("nothing", "zero")], "undecided"),
    ],
)
def test_advice_stands_or_falls_with_its_findings(hypotheses, pieces, state):
    assert advised(hypotheses, pieces)[0] == state


def test_each_finding_keeps_its_own_verdict():
    assert advised(["H1", "H4"], [("sex", "zero")])[1] == ["supported", "partly", "not_supported"]
