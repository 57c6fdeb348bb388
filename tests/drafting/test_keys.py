"""Items that go against the others of their scale."""

import numpy as np
import pytest

from grassroots.drafting.keys import item_rest, suspects


def answers(signs, n=300, seed=1, load=0.8):
    rng = np.random.Generator(np.random.PCG64(seed))
    trait = rng.standard_normal(n)[:, None]
    noise = rng.standard_normal((n, len(signs))) * 0.7
    return np.clip(np.round(3 + load * np.array(signs) * trait + noise), 1, 5)


def names(found):
    return sorted(suspect.item for suspect in found)


def test_no_item_of_a_scale_worded_one_way_is_suspected(instrument):
    assert suspects(answers([1] * 6), instrument(6), "s") == []


@pytest.mark.parametrize("wrong", [[2], [0, 4], [1, 3, 5]])
def test_just_the_items_worded_the_other_way_are_found(wrong, instrument):
    signs = [-1 if place in wrong else 1 for place in range(8)]
    found = suspects(answers(signs), instrument(8), "s")
    assert names(found) == [f"i{place + 1}" for place in wrong]
    assert all(suspect.r < 0 and suspect.n == 300 for suspect in found)


def test_declared_keys_are_applied_first(instrument):
    data = answers([1, 1, 1, 1, -1, 1])
    assert suspects(data, instrument(6, reversed=["i5"]), "s") == []
    assert names(suspects(data, instrument(6, reversed=["i5", "i2"]), "s")) == ["i2"]


def test_a_dimension_turned_as_a_whole_is_seen_against_the_others(instrument):
    parts = {
        name: {"title": {"en": name, "zh": name}, "items": items}
        for name, items in {
            "a": ["i1", "i2", "i3"],
            "b": ["i4", "i5", "i6"],
            "c": ["i7", "i8", "i9"],
        }.items()
    }
    data = answers([1, 1, 1, 1, 1, 1, -1, -1, -1])
    assert names(suspects(data, instrument(9, dimensions=parts), "s")) == ["i7", "i8", "i9"]
    assert suspects(data, instrument(9, dimensions=parts, total=False), "s") == []


def test_missing_and_constant_answers_do_no_harm(instrument):
    data = answers([1, 1, 1, 1, -1])
    data[::3, 1] = np.nan
    data[:, 2] = 3
    data[5] = np.nan
    assert names(suspects(data, instrument(5), "s")) == ["i5"]
    assert np.isnan(item_rest(data, 2))


def test_item_rest_correlation_is_that_of_the_definition():
    data = answers([1, 1, -1, 1])
    rest = np.delete(data, 2, axis=1).mean(axis=1)
    assert item_rest(data, 2) == pytest.approx(np.corrcoef(data[:, 2], rest)[0, 1])
