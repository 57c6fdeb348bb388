"""The rule for weak items names them and shows the scales without them; it takes none out."""

import numpy as np
import pytest

from grassroots.measurement.item_rule import RULE_COLUMNS, item_rule_table, scales_without
from grassroots.measurement.items import item_table
from grassroots.measurement.reliability import cronbach_alpha

SCALES = {
    "visual": ["x1", "x2", "x3"],
    "speed": ["x7", "x8", "x9"],
    "both": ["x1", "x2", "x3", "x7", "x8", "x9"],
    "textual": ["x4", "x5", "x6"],
}


@pytest.fixture
def scores(holzinger):
    means = {scale: holzinger[items].mean(axis=1) for scale, items in SCALES.items()}
    return holzinger.assign(**means)


def test_items_below_the_limit_are_named_in_their_own_scale_only(scores):
    items = item_table(scores, SCALES, ())
    table = item_rule_table(items, ["visual", "speed", "textual"], 0.38)
    assert list(table) == RULE_COLUMNS
    assert len(table) == 9 and "both" not in set(table["scale"])
    assert list(table.loc[table["below"], "item"]) == ["x2"]
    assert (table["below"] == (table["citc"] < 0.38)).all()
    assert item_rule_table(items, ["visual"], None).empty


def test_every_scale_of_a_weak_item_is_shown_without_it(scores):
    table = scales_without(scores, SCALES, ["x2"], 0.5).set_index("scale")
    assert list(table.index) == ["visual", "both"]
    row = table.loc["visual"]
    assert (row["n_items"], row["n_items_without"], row["n"]) == (3, 2, 301)
    pair = scores[["x1", "x3"]]
    assert row["alpha_without"] == pytest.approx(cronbach_alpha(pair.to_numpy()))
    assert row["r_both"] == pytest.approx(scores["visual"].corr(pair.mean(axis=1)))
    changes = {
        other: abs(pair.mean(axis=1).corr(scores[other]) - scores["visual"].corr(scores[other]))
        for other in ("speed", "textual")
    }
    # The total over both shares its items with the scale, so that a correlation says nothing.
    assert row["largest_change_with"] == max(changes, key=changes.get)
    assert row["largest_change"] == pytest.approx(max(changes.values()))


def test_a_scale_of_one_item_has_no_alpha(scores):
    row = scales_without(scores, SCALES, ["x1", "x2"], 0.5).set_index("scale").loc["visual"]
    assert row["status"] == "too_few_items"
    assert np.isnan(row["alpha_without"]) and row["alpha"] > 0


def test_no_weak_item_changes_nothing(scores):
    assert scales_without(scores, SCALES, [], 0.5).empty


def test_floor_and_ceiling_are_shares_of_the_ends(scores):
    answers = scores.assign(x1=np.where(np.arange(301) < 30, 1.0, 3.0))
    answers.loc[300, "x1"] = 5.0
    table = item_table(answers, {"visual": SCALES["visual"]}, (), ends={"x1": (1, 5)})
    row = table.set_index("item").loc["x1"]
    assert row["floor"] == pytest.approx(30 / 301)
    assert row["ceiling"] == pytest.approx(1 / 301)
    assert table.set_index("item").loc["x2", ["floor", "ceiling"]].isna().all()
