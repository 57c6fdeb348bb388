"""Moderated mediation: against R on the same data and resamples, and with a known truth."""

import json

import numpy as np
import pandas as pd
import pytest
from model_jobs import MODERATED, REFERENCE, moderation_job, rows, tables

from grassroots.sem import intervals
from grassroots.sem.moderation import moderation
from grassroots.sem.moderation_form import ModeratedForm
from grassroots.sem.moderation_rows import coefficient_rows, effect_rows, slope_rows


@pytest.fixture(scope="module")
def theirs():
    return json.loads((REFERENCE / "models.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def scores():
    return tables()["scores.csv"]


@pytest.fixture(scope="module")
def replayed(scores):
    """Each model of the jobs, in the resamples of the jobs."""
    found = {}
    for name, (form, levels) in MODERATED.items():
        n = 320 - ("M1" in form.mediators)
        found[name] = moderation(form, scores, 0, 0, levels, chunks=[rows(n, 60)])
    return found


def swapped(term):
    """R puts the variable that comes first in the formula first."""
    return ":".join(reversed(term.split(":")))


@pytest.mark.parametrize("name", MODERATED)
def test_coefficients_equal_lm(replayed, theirs, name):
    found, expected = replayed[name], theirs[f"moderation_{name}"]
    ours = coefficient_rows("m", found, 0.05)
    ours = ours[ours["method"] == "t"]
    assert set(ours["n"]) == {expected["n"]}
    checked = 0
    for outcome, equation in zip(
        [*found.form.mediators, found.form.outcome], expected["coefficients"], strict=True
    ):
        own = ours[ours["outcome"] == outcome].set_index("term")
        assert set(own["r2"].round(9)) == {round(equation["r2"], 9)}
        for term, b, ci in zip(equation["terms"], equation["b"], equation["ci"], strict=True):
            term = {"(Intercept)": "intercept"}.get(term, term).replace("sex.b", "sex=b")
            row = own.loc[term if term in own.index else swapped(term)]
            values = row[["b", "se", "t", "p", "ci_low", "ci_high"]].astype(float)
            if term == "intercept" and outcome in found.form.multiplied:
                continue  # R's response is centred, ours is not
            np.testing.assert_allclose(values, [*b, *ci], atol=1e-9)
            checked += 1
    assert checked >= 3


@pytest.mark.parametrize("name", MODERATED)
def test_simple_slopes_and_their_boundaries_equal_lm(replayed, theirs, name):
    found, expected = replayed[name], theirs[f"moderation_{name}"]["slopes"]
    ours = slope_rows("m", found, 0.05)
    paths = list(dict.fromkeys(ours["path"]))
    assert len(paths) == len(expected) == len(found.form.moderated_paths)
    for path, slope in zip(paths, expected, strict=True):
        own = ours[ours["path"] == path]
        at = own[own["at"] != "boundary"]
        np.testing.assert_allclose(at[["est", "se", "t", "p"]], slope["points"], atol=1e-9)
        response = path.split(" -> ")[1]
        centred = 0.0
        if response in found.form.multiplied:  # R's response is centred, ours is not
            centred = found.spread[response][0]
        ends = at[["y_low", "y_high"]].to_numpy(dtype=float) - centred
        np.testing.assert_allclose(ends, slope["ends"], atol=1e-9)
        if not MODERATED[name][1]:
            boundary = own[own["at"] == "boundary"]
            theirs_at = np.array(slope["boundaries"], dtype=float) + found.centre
            np.testing.assert_allclose(boundary["value"], theirs_at, atol=1e-7)
            np.testing.assert_allclose(boundary["p"], 0.05, atol=1e-9)


def test_the_boundaries_tell_the_side_on_which_the_slope_is_significant(replayed):
    for found in replayed.values():
        table = slope_rows("m", found, 0.05)
        for row in table[table["at"] == "boundary"].itertuples():
            points = table[(table["path"] == row.path) & (table["at"] != "boundary")]
            beyond = points[
                points["value"] < row.value
                if row.significant == "below"
                else points["value"] > row.value
            ]
            others = points.drop(beyond.index)
            if len(table[(table["path"] == row.path) & (table["at"] == "boundary")]) == 1:
                assert (beyond["p"] < 0.05).all() and (others["p"] > 0.05).all()


@pytest.mark.parametrize("name", MODERATED)
def test_effects_equal_lm_in_every_resample(replayed, theirs, name):
    found, expected = replayed[name].resampled, theirs[f"moderation_{name}"]
    np.testing.assert_allclose(found.estimate, expected["estimate"], atol=1e-9)
    np.testing.assert_allclose(found.draws, expected["draws"], atol=1e-8)
    low_high = intervals.percentile(found.draws)
    acceleration = intervals.acceleration(found.jackknife)
    bca = intervals.bca(found.draws, found.estimate, acceleration)
    for k, interval in enumerate(expected["intervals"]):
        np.testing.assert_allclose(low_high[:, k], interval["percentile"], atol=1e-8)
        np.testing.assert_allclose(bca[:, k], interval["bca"], atol=1e-7)


def test_the_index_is_where_the_effect_is_a_straight_line(replayed):
    def terms(name):
        table = coefficient_rows("m", replayed[name], 0.05)
        return set(table.loc[table["method"] == "percentile", "term"])

    assert terms("first") == terms("second") == {"index"}
    assert terms("both") == {"difference"}
    assert terms("all") == {"index"}  # two categories
    assert terms("direct") == set()


def test_the_index_is_the_slope_of_the_conditional_effects(replayed):
    table = effect_rows("m", replayed["second"], 0.05)
    overall = coefficient_rows("m", replayed["second"], 0.05)
    for path in set(table["path"]):
        own = table[(table["path"] == path) & (table["method"] == "percentile")]
        (index,) = overall.loc[(overall["path"] == path) & (overall["method"] == "percentile"), "b"]
        rise = np.diff(own["est"]) / np.diff(own["value"])
        np.testing.assert_allclose(rise, index, atol=1e-12)


def test_intervals_cover_a_known_truth():
    # a = .5, b = .2 + .3 w: the indirect effect is .1 + .15 w, the index .15. Fewer than 105 of
    # 120 have a probability of 1 in 1,000.
    form = ModeratedForm("x", ("m",), "y", "w", ("second",))
    hits = np.zeros(4)
    for study in range(120):
        rng = np.random.default_rng([5, study])
        x, w = rng.normal(size=(2, 200))
        m = 0.5 * x + rng.normal(size=200)
        y = 0.2 * x + 0.2 * m + 0.1 * w + 0.3 * m * w + rng.normal(size=200)
        data = pd.DataFrame({"x": x, "m": m, "y": y, "w": w + 50})
        found = moderation(form, data, 400, study)
        low, high = intervals.percentile(found.resampled.draws)
        shown = [e.shown - 50 for e in found.resampled.effects[:3]]
        truth = np.array([*(0.1 + 0.15 * s for s in shown), 0.15])
        hits += (low <= truth) & (truth <= high)
    assert hits.min() >= 105


def test_location_of_the_scores_does_not_matter_and_draws_follow_the_seed(scores):
    form, levels = MODERATED["both"]
    one = moderation(form, scores, 200, 3, levels)
    moved = scores.assign(X=scores["X"] + 1e4, g2=scores["g2"] - 300, M1=scores["M1"] * 2)
    other = moderation(form, moved, 200, 3, levels)
    np.testing.assert_allclose(one.resampled.draws, other.resampled.draws, atol=1e-7)
    again = moderation(form, scores, 200, 4, levels)
    assert not np.allclose(one.resampled.draws, again.resampled.draws)


@pytest.mark.parametrize(
    ("change", "status"),
    [
        (lambda d: d.head(6), "too_few_cases"),
        (lambda d: d.assign(g2=1.0), "constant_item"),
        (lambda d: d.assign(g3=d["X"]), "singular"),
        (lambda d: d.assign(Y=d["X"] + d["M1"]), "perfect_fit"),
        (lambda d: d.assign(Y=np.nan), "too_few_cases"),
    ],
)
def test_data_that_cannot_be_used(scores, change, status):
    found = moderation(MODERATED["first"][0], change(scores), 20, 1)
    table = coefficient_rows("m", found, 0.05)
    assert list(table["status"]) == [status] and table["message"].iloc[0]
    assert effect_rows("m", found, 0.05).empty and slope_rows("m", found, 0.05).empty


def test_one_category_alone_cannot_moderate(scores):
    form, levels = MODERATED["all"]
    found = moderation(form, scores.assign(sex="a"), 20, 1, levels)
    assert found.status == "constant_item"


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ({"moderated": ()}, "one or more"),
        ({"moderated": ("third",)}, "one or more"),
        ({"moderator": "X"}, "more than one role"),
        ({"covariates": ("Y",)}, "more than one role"),
        ({"mediators": (), "moderated": ("first",)}, "direct path"),
    ],
)
def test_statements_that_contradict_themselves(arguments, word):
    whole = {
        "predictor": "X", "mediators": ("M",), "outcome": "Y", "moderator": "W",
        "moderated": ("first",),
    }  # fmt: skip
    with pytest.raises(ValueError, match=word):
        ModeratedForm(**(whole | arguments))


def test_jobs_are_about_the_models(replayed):
    for name, (form, levels) in MODERATED.items():
        job = moderation_job(form, levels)
        assert len(job["effects"]) == len(replayed[name].resampled.effects)


def test_a_small_category_is_not_looked_at_alone(scores):
    form, levels = MODERATED["all"]
    few = scores.assign(sex=np.where(np.arange(320) < 4, "b", "a"))
    assert moderation(form, few, 20, 1, levels, 5).status == "small_groups"
    assert moderation(form, few, 20, 1, levels, 4).status == "ok"
