import numpy as np

from grassroots.twin.margins import coded, first_component


def people(n=300, seed=1):
    rng = np.random.default_rng(seed)
    factor = rng.normal(size=n)
    items = {
        f"x{i}": np.clip(np.round(3 + factor + rng.normal(size=n)), 1, 5).tolist() for i in range(4)
    }
    return factor, items


def test_rare_steps_go_to_the_neighbour_on_the_side_of_the_median():
    answers = [1.0] * 3 + [2.0] * 40 + [3.0] * 60 + [4.0] * 2 + [5.0] * 30
    margin = coded({}, {"x": answers}, 5).margins["x"]
    assert margin.values == (2.0, 3.0, 5.0)
    np.testing.assert_allclose(margin.shares * 135, [43, 62, 30])
    assert margin.moved * 135 == 5
    assert coded({}, {"x": answers}, 1).margins["x"].values == (1.0, 2.0, 3.0, 4.0, 5.0)


def test_no_category_holds_fewer_people_than_the_smallest_cell():
    _, items = people()
    rng = np.random.default_rng(2)
    levels = {"post": rng.choice(list("abcdef"), 300, p=[0.4, 0.3, 0.2, 0.08, 0.01, 0.01]).tolist()}
    numbers = items | {
        "age": np.round(rng.normal(40, 9, 300)).tolist(),
        "pay": rng.gamma(2, 9, 300),
    }
    found = coded(levels, {name: list(each) for name, each in numbers.items()}, 5)
    for name, margin in found.margins.items():
        own = found.codes[:, list(found.margins).index(name)]
        assert np.bincount(own[own >= 0]).min() >= 5, name
        assert abs(margin.shares.sum() - 1) < 1e-12


def test_rare_levels_are_dropped_and_do_not_count_as_missing():
    answers = ["clerk"] * 50 + ["head"] * 2 + [None] * 48
    found = coded({"rank": answers}, {"x": [1.0, 2.0] * 50}, 5)
    margin = found.margins["rank"]
    assert margin.values == ("clerk",)
    assert margin.missing == 0.48
    assert abs(margin.moved - 2 / 52) < 1e-12


def test_levels_stand_in_the_order_of_their_people():
    factor, items = people()
    group = np.where(factor < -0.5, "z", np.where(factor < 0.5, "m", "a")).tolist()
    assert coded({"group": group}, items, 5).margins["group"].values == ("z", "m", "a")


def test_the_bounds_of_an_amount_are_nobodys():
    rng = np.random.default_rng(3)
    ages = np.round(rng.normal(40, 9, 400))
    ages[0], ages[1] = 91, 3
    margin = coded({}, {"age": ages.tolist()}, 5).margins["age"]
    assert margin.edges[0, 0] == round(np.sort(ages)[:5].mean()) > 3
    assert margin.edges[-1, 1] == round(np.sort(ages)[-5:].mean()) < 91
    assert margin.decimals == 0


def test_a_column_that_nobody_answered_stays_empty():
    found = coded({"rank": [None] * 40}, {"x": [None] * 40, "y": [1.0, 2.0] * 20}, 5)
    assert found.margins["rank"].missing == found.margins["x"].missing == 1
    assert (found.codes[:, :2] == -1).all()


def test_first_component_follows_the_factor_and_survives_gaps():
    factor, items = people()
    scores = np.column_stack(list(items.values()))
    scores[:5, 0] = np.nan
    scores = np.column_stack([scores, np.full(300, np.nan), np.full(300, 2.0)])
    assert np.corrcoef(first_component(scores), factor)[0, 1] > 0.8
