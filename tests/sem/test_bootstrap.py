"""The bootstrap: replays of lavaan's resamples, intervals, reproducibility, bookkeeping."""

import os
import subprocess
import sys
from pathlib import Path

import lavaan_models as lm
import numpy as np
import pandas as pd
import pytest

from grassroots.sem.bootstrap import bollen_stine, bootstrap
from grassroots.sem.discrepancy import dense, woodbury
from grassroots.sem.fit import fit
from grassroots.sem.refit import Refit
from grassroots.sem.resample import MomentMaker, counts_of, draw_counts


@pytest.fixture(scope="module")
def political():
    return fit(lm.PD, lm.data("PD"))


@pytest.fixture(scope="module")
def replay(political):
    indices = lm.data("pd_boot_idx0").to_numpy()
    return bootstrap(political, counts=[counts_of(indices, 75)])


def test_replay_of_lavaans_resamples(replay):
    """lavaan's own draws are off the optimum by up to 7e-5."""
    theirs = lm.data("pd_boot_est")
    assert replay.n_failed == 0
    for name, draws in (
        ("ind", replay.effect("ind").draws),
        ("tot", replay.effect("tot").draws),
        ("ind_std", replay.effect("ind").std_draws),
    ):
        assert np.abs(draws - theirs[name]).max() < 1e-4


def test_replayed_draws_are_at_the_minimum(political, replay):
    """A tight refit of single resamples finds nothing lower: less than 1e-9 in F."""
    indices = lm.data("pd_boot_idx0").to_numpy()
    data = lm.data("PD")
    structure = political.problem.structures[0]
    for k in range(0, 500, 50):
        resample = data.iloc[indices[k]].reset_index(drop=True)
        alone = fit(lm.PD, resample)
        S, _ = alone.sample_moments()
        F, _ = dense(structure, replay.theta[k], S, None, np.linalg.slogdet(S)[1])
        assert alone.optimum.value + 1e-9 >= F
        assert np.allclose(replay.theta[k], alone.theta, rtol=1e-3, atol=1e-4)


def test_intervals_of_the_replay(replay):
    """Percentile and bias-corrected as boot::norm.inter gives them (0.4791, 2.0951 and so on)."""
    effect = replay.effect("ind")
    assert effect.interval["percentile"] == pytest.approx((0.4791, 2.0951), abs=2e-4)
    assert effect.interval["bc"] == pytest.approx((0.4111, 1.9837), abs=2e-4)
    # the jackknife gives .4095, 1.9304; the regression on frequencies is close to it
    assert effect.interval["bca"] == pytest.approx((0.4095, 1.9304), abs=2e-3)


def test_jackknife_replay(political, replay):
    raw, std = replay.jackknife()
    theirs = lm.data("pd_jack_est")
    at = replay._row("ind")
    assert np.abs(raw[:, at] - theirs["ind"]).max() < 1e-4
    assert np.abs(std[:, at] - theirs["ind_std"]).max() < 1e-4


def test_contrasts_come_from_the_same_draws():
    result = fit(lm.PARCEL, lm.data("sim320_parcels"))
    draws = bootstrap(result, 300, seed=3)
    one, two, gap = (draws.effect(name) for name in ("i1", "i2", "dif"))
    assert np.allclose(one.draws - two.draws, gap.draws, atol=1e-12)
    assert np.allclose(one.std_draws - two.std_draws, gap.std_draws, atol=1e-12)
    for effect in (one, two):
        assert effect.interval["percentile"][0] < effect.est < effect.interval["percentile"][1]
        delta = lm.by_key(result.parameters)[effect.name, ":=", ""].se
        assert effect.se == pytest.approx(delta, rel=0.35)


def test_table_has_every_row_and_fixed_ones_do_not_vary():
    result = fit(lm.PARCEL_COV, lm.data("sim320_parcels_cov"))
    table = bootstrap(result, 400, seed=3).table()
    assert len(table) == len(result.parameters)
    marker = table[(table.lhs == "X") & (table.rhs == "X1") & (table.op == "=~")].iloc[0]
    assert marker.se == 0 and marker.std_se > 0
    covariate = table[(table.lhs == "g1") & (table.rhs == "g1")].iloc[0]
    assert covariate.se > 0  # fixed x is resampled too
    assert table[["est", "se", "std", "percentile_low", "bca_high"]].notna().all().all()


@pytest.mark.parametrize("seed", range(4))
def test_woodbury_is_the_dense_path(seed):
    """Values and gradients of both paths agree, also where a residual variance is negative."""
    rng = np.random.default_rng(seed)
    result = fit(lm.HS, lm.data("HS"), meanstructure=seed % 2 == 0)
    structure = result.problem.structures[0]
    theta = result.theta + rng.normal(0, 0.05, (6, result.theta.size))
    row = next(r for r in result.table.rows if r.key == ("x2", "~~", "x2"))
    theta[0, row.free] = -0.001
    S = np.stack([result.problem.S[0]] * 6)
    mean = np.stack([result.problem.samples[0].mean] * 6) if seed % 2 == 0 else None
    F, gradient = woodbury(structure, theta, S, mean, np.zeros(6))
    G, slope = dense(structure, theta, S, mean, np.zeros(6))
    assert np.allclose(F, G, rtol=1e-10)
    assert np.allclose(gradient, slope, rtol=1e-8, atol=1e-9)
    step = 1e-6 * rng.normal(size=theta.shape)
    ahead, _ = dense(structure, theta + step, S, mean, np.zeros(6))
    behind, _ = dense(structure, theta - step, S, mean, np.zeros(6))
    assert np.allclose((ahead - behind) / 2, (slope * step).sum(1), rtol=1e-4, atol=1e-10)


def test_moments_of_weighted_cases():
    data = lm.data("PD").to_numpy()
    indices = np.random.default_rng(0).integers(0, 75, (3, 75))
    S, mean = MomentMaker(data)(counts_of(indices, 75))
    for k in range(3):
        assert np.allclose(S[k], np.cov(data[indices[k]].T, bias=True))
        assert np.allclose(mean[k], data[indices[k]].mean(0))


def test_indices_depend_on_seed_alone():
    a, b, c = (draw_counts([30, 40], 450, seed) for seed in (1, 1, 2))
    assert all(np.array_equal(x, y) for x, y in zip(a, b, strict=True))
    assert not np.array_equal(a[0], c[0])
    assert (a[0].sum(1) == 30).all() and (a[1].sum(1) == 40).all()


PROGRAM = """
import hashlib, sys
sys.path[:0] = {paths!r}
import lavaan_models as lm
from grassroots.sem.bootstrap import bootstrap
from grassroots.sem.fit import fit
from grassroots.sem.refit import Refit
out = hashlib.sha256()
for model, data in ((lm.SIM59, "sim320x59"), (lm.PARCEL_COV, "sim320_parcels_cov")):
    draws = bootstrap(fit(model, lm.data(data)), 450, 7, threads={threads})
    out.update(draws.theta.tobytes() + draws.std.tobytes())
print(out.hexdigest())
"""


@pytest.mark.slow
def test_one_and_two_threads_give_the_same_bytes():
    here = Path(__file__).parent
    paths = [str(here), str(here.parents[1] / "workflow" / "scripts")]
    found = set()
    for threads in (1, 2):
        blas = {f"{name}_NUM_THREADS": str(threads) for name in ("OMP", "OPENBLAS", "MKL")}
        out = subprocess.run(
            [sys.executable, "-c", PROGRAM.format(paths=paths, threads=threads)],
            env=os.environ | blas, check=True, capture_output=True, text=True,
        )  # fmt: skip
        found.add(out.stdout)
    assert len(found) == 1


def test_inadmissible_draws_are_kept_and_counted(replay):
    variances = (replay.parameters.op == "~~") & (replay.parameters.lhs == replay.parameters.rhs)
    negative = (replay.raw[:, np.flatnonzero(variances)] < 0).any(axis=1)
    assert replay.n_inadmissible == negative.sum() > 100
    assert np.isfinite(replay.effect("ind").draws[negative]).all()


def test_failed_draws_are_counted_and_left_out():
    """Two cases carry all of one item's variance: resamples without them cannot be estimated."""
    data = lm.data("HS")[[f"x{i}" for i in range(1, 7)]].head(40).copy()
    data["x3"] = 0.0
    data.loc[[3, 17], "x3"] = [1.0, -1.5]
    result = fit("f =~ x1 + x2 + x3\n g =~ x4 + x5 + x6", data)
    assert result.usable
    draws = bootstrap(result, 200, seed=1)
    without = (draws.counts[0][:, [3, 17]].sum(1) == 0).sum()
    assert draws.n_failed >= without > 5
    table = draws.table()
    assert table["percentile_low"].notna().all()


def test_full_information_draws():
    """Batched FIML draws equal single fits of the same resamples."""
    data = lm.data("HS_miss")
    result = fit(lm.HS, data, missing="fiml")
    draws = bootstrap(result, 6, seed=5)
    for k in (0, 5):
        rows = np.repeat(np.arange(len(data)), draws.counts[0][k])
        alone = fit(lm.HS, data.iloc[rows].reset_index(drop=True), missing="fiml")
        assert np.allclose(draws.theta[k], alone.theta, rtol=2e-4, atol=2e-4)


def test_full_information_with_covariates():
    data = lm.data("sim320_parcels_cov").copy()
    data.loc[::7, "X1"] = np.nan
    data.loc[::11, "Y2"] = np.nan
    result = fit(lm.PARCEL_COV, data, missing="fiml")
    draws = bootstrap(result, 3, seed=5)
    rows = np.repeat(np.arange(len(data)), draws.counts[0][1])
    alone = fit(lm.PARCEL_COV, data.iloc[rows].reset_index(drop=True), missing="fiml")
    ours, theirs = draws.table()["est"], result.parameters["est"]
    assert np.allclose(ours, theirs)
    assert np.allclose(draws.raw[1], alone.parameters["est"], rtol=5e-4, atol=5e-4)
    assert np.allclose(draws.std[1], alone.parameters["std"], rtol=5e-4, atol=5e-4)


def test_groups_with_equal_parameters():
    data = lm.data("HS")
    options = {"group": "school", "group_equal": ("loadings", "intercepts")}
    result = fit(lm.HS, data, **options)
    draws = bootstrap(result, 3, seed=2)
    parts = []
    for g, level in enumerate(result.levels):
        part = data[data.school == level]
        parts.append(part.iloc[np.repeat(np.arange(len(part)), draws.counts[g][2])])
    alone = fit(lm.HS, pd.concat(parts, ignore_index=True), **options)
    assert np.allclose(draws.theta[2], alone.theta, rtol=2e-4, atol=2e-4)


def test_bollen_stine():
    """A model that fits badly is rejected, one that generated the data is not."""
    bad, failed = bollen_stine(fit(lm.HS, lm.data("HS")), 400, seed=1)
    assert bad < 0.02 and failed < 10
    rng = np.random.default_rng(4)
    eta = rng.standard_normal((300, 1))
    data = pd.DataFrame(0.7 * eta + 0.7 * rng.standard_normal((300, 5)), columns=list("abcde"))
    result = fit("f =~ a + b + c + d + e", data)
    good, _ = bollen_stine(result, 400, seed=1)
    assert good == pytest.approx(result.measures["p"], abs=0.08)


def test_no_draws_without_estimates():
    result = fit("f =~ x1 + x2", lm.data("HS"))
    assert not result.usable
    with pytest.raises(ValueError, match="no estimates"):
        bootstrap(result, 10)


def test_no_resample_ends_above_lavaans_minimum(political):
    """lavaan's F of each of the 500 stored resamples (tests/parity/pd_boot_fmin.R)."""
    theirs = lm.data("pd_boot_fmin")["F"].to_numpy()
    assert np.isfinite(theirs).sum() > 490
    engine = Refit(political.problem, political.theta)
    counts = [counts_of(lm.data("pd_boot_idx0").to_numpy(), 75)]
    ours = np.concatenate([chunk.F for chunk in engine.run(counts, chi_square=True)])
    above = (ours - theirs)[np.isfinite(theirs)]
    assert above.max() < 1e-9
    # Nor is theirs another quantity: where both found the same minimum they agree.
    assert np.median(np.abs(above)) < 1e-9
