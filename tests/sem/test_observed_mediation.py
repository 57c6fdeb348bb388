"""Least squares mediation: against lavaan, row by row, and with a known truth."""

import itertools

import numpy as np
import pandas as pd
import pytest

from grassroots.sem import intervals
from grassroots.sem import observed_mediation as om
from grassroots.sem.structural_form import StructuralForm

PARALLEL = StructuralForm("X", ("M1", "M2"), "Y")
SERIAL = StructuralForm("X", ("M1", "M2"), "Y", "serial")


@pytest.fixture(scope="module")
def scores(stored):
    covariates = stored("sim320_parcels_cov")[["g1", "g2", "g3"]]
    return pd.concat([stored("sim320_obs"), covariates], axis=1)


def slopes(response, causes):
    design = np.column_stack([np.ones(len(response)), *causes])
    return np.linalg.lstsq(design, response, rcond=None)[0][1:]


def by_hand(form, data):
    """Effects by ordinary regressions of one data set, written out anew."""
    x, y = data[form.predictor], data[form.outcome]
    m = [data[name] for name in form.mediators]
    g = [data[name] for name in form.covariates]
    to_outcome = slopes(y, [x, *m, *g])
    b, cp = to_outcome[1 : len(m) + 1], to_outcome[0]
    a, d = [], {}
    for j, mediator in enumerate(m):
        earlier = m[:j] if form.form == "serial" else []
        found = slopes(mediator, [x, *earlier, *g])
        a.append(found[0])
        d |= {(i, j): found[1 + i] for i in range(len(earlier))}
    indirect = [a[j] * b[j] for j in range(len(m))]
    if form.form == "serial":
        indirect.append(a[0] * d[0, 1] * b[1])
    contrasts = [p - q for p, q in itertools.combinations(indirect, 2)]
    found = np.array([cp + sum(indirect), cp, *indirect, sum(indirect), *contrasts])
    return found, found * np.std(x) / np.std(y)


def test_estimates_equal_lavaan(scores, reference):
    found = om.observed_mediation(PARALLEL, scores, draws=1, seed=1)
    stored = {r["lhs"]: r for r in reference["obs"]["par"] if r["op"] == ":="}
    names = ["tot", None, "i1", "i2", "ti", "dif"]
    for name, est, std in zip(names, found.estimate, found.standardised, strict=True):
        if name:
            assert est == pytest.approx(stored[name]["est"], abs=1e-7)
            assert std == pytest.approx(stored[name]["std.all"], abs=1e-7)
    paths = {(r["lhs"], r["rhs"]): r for r in reference["obs"]["par"] if r["op"] == "~"}
    own = dict(zip(found.labels, found.coefficients, strict=True))
    own_std = dict(zip(found.labels, found.standardised_coefficients, strict=True))
    for label, key in {
        "a1": ("M1", "X"),
        "a2": ("M2", "X"),
        "b1": ("Y", "M1"),
        "b2": ("Y", "M2"),
        "cp": ("Y", "X"),
    }.items():
        assert own[label] == pytest.approx(paths[key]["est"], abs=1e-7)
        assert own_std[label] == pytest.approx(paths[key]["std.all"], abs=1e-7)


@pytest.mark.parametrize("form", [PARALLEL, SERIAL], ids=["parallel", "serial"])
@pytest.mark.parametrize("covariates", [(), ("g1", "g2", "g3")], ids=["plain", "covariates"])
def test_every_resample_and_every_left_out_row_equals_separate_regressions(
    scores, form, covariates
):
    form = StructuralForm(form.predictor, form.mediators, form.outcome, form.form, covariates)
    data = scores.head(60)
    rows = np.random.default_rng(8).integers(0, 60, (25, 60))
    found = om.from_indices(form, data, [rows[:10], rows[10:]])
    for plain, standard, sample in [
        (found.estimate, found.standardised, data),
        *zip(found.draws, found.standardised_draws, (data.iloc[r] for r in rows), strict=True),
        *zip(
            found.jackknife,
            found.standardised_jackknife,
            (data.drop(index=k) for k in range(60)),
            strict=True,
        ),
    ]:
        expected, expected_std = by_hand(form, sample)
        np.testing.assert_allclose(plain, expected, atol=1e-9)
        np.testing.assert_allclose(standard, expected_std, atol=1e-9)


def test_draws_depend_on_the_seed_alone(scores):
    one = om.observed_mediation(PARALLEL, scores, draws=1300, seed=5)
    two = om.observed_mediation(PARALLEL, scores, draws=1300, seed=5)
    other = om.observed_mediation(PARALLEL, scores, draws=1300, seed=6)
    np.testing.assert_array_equal(one.draws, two.draws)
    assert not np.array_equal(one.draws, other.draws)
    assert len(one.draws) == 1300
    # No chunk repeats another.
    assert len(np.unique(one.draws[:, 0])) == 1300


def test_resamples_are_bounded_and_complete():
    chunks = list(om.resamples(n=20_000, draws=60, seed=1))
    assert all(chunk.size <= om.CHUNK_CELLS for chunk in chunks)
    assert sum(len(chunk) for chunk in chunks) == 60
    assert min(chunk.min() for chunk in chunks) == 0
    assert max(chunk.max() for chunk in chunks) == 19_999
    assert list(om.resamples(n=0, draws=5, seed=1)) == []


def test_bootstrap_covers_a_known_truth():
    # a1 b1 = .5 * .6, a2 b2 = -.4 * .3, direct .2: each 95% interval should cover in 95% of
    # 120 studies; fewer than 105 has a probability of 1 in 1,000.
    truth = np.array([0.2 + 0.3 - 0.12, 0.2, 0.3, -0.12, 0.18, 0.42])
    hits = np.zeros(6)
    for study in range(120):
        rng = np.random.default_rng([9, study])
        x = rng.normal(size=150)
        m1 = 0.5 * x + rng.normal(size=150)
        m2 = -0.4 * x + rng.normal(size=150)
        y = 0.2 * x + 0.6 * m1 + 0.3 * m2 + rng.normal(size=150)
        data = pd.DataFrame({"X": x, "M1": m1, "M2": m2, "Y": y})
        found = om.observed_mediation(PARALLEL, data, draws=400, seed=study)
        low, high = intervals.percentile(found.draws)
        hits += (low <= truth) & (truth <= high)
    assert hits.min() >= 105


def test_rows_with_missing_values_are_left_out(scores):
    holed = scores.copy()
    holed.loc[3, "M1"] = np.nan
    holed.loc[9, "g1"] = np.nan
    found = om.observed_mediation(PARALLEL, holed, draws=50, seed=1)
    without = om.observed_mediation(PARALLEL, scores.drop(index=3), draws=50, seed=1)
    assert found.n == 319
    np.testing.assert_array_equal(found.draws, without.draws)


def test_location_and_scale_of_the_scores_do_not_matter(scores):
    moved = scores.assign(X=scores["X"] * 1e-3 + 1e5, Y=scores["Y"] * 1e3 - 1e6)
    found = om.observed_mediation(PARALLEL, moved, draws=40, seed=1)
    usual = om.observed_mediation(PARALLEL, scores, draws=40, seed=1)
    np.testing.assert_allclose(found.standardised_draws, usual.standardised_draws, atol=1e-5)


@pytest.mark.parametrize(
    ("change", "status", "word"),
    [
        (lambda d: d.assign(M1=2.5), "constant_item", "M1"),
        (lambda d: d.assign(M2=d["X"] * 2 - 1), "singular", "combinations"),
        (lambda d: d.head(5), "too_few_cases", "5"),
        (lambda d: d.head(0), "too_few_cases", "0"),
        (lambda d: d.assign(Y=np.nan), "too_few_cases", "0"),
    ],
)
def test_data_that_cannot_be_used(scores, change, status, word):
    found = om.observed_mediation(PARALLEL, change(scores), draws=20, seed=1)
    assert found.status == status and word in found.message and not found.estimated
    assert found.draws.shape == (0, 6) and np.isnan(found.estimate).all()


def test_resamples_without_variation_fail_and_do_not_stop_the_rest(scores):
    # One person differs in M1: a third of the resamples leave that person out.
    data = scores.head(40).assign(M1=[1.0] + [0.0] * 39)
    found = om.observed_mediation(PARALLEL, data, draws=500, seed=2)
    failed = np.isnan(found.draws).all(axis=1)
    assert 0.25 < failed.mean() < 0.48
    assert np.isfinite(found.draws[~failed]).all()
    assert np.isnan(found.jackknife[0]).all() and np.isfinite(found.jackknife[1:]).all()


def test_absent_columns_are_named(scores):
    with pytest.raises(ValueError, match="M2"):
        om.observed_mediation(PARALLEL, scores.drop(columns="M2"), draws=2, seed=1)
