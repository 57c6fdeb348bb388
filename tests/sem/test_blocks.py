"""Blocks of respondents drawn in place of respondents: held against the plain bootstrap."""

import numpy as np
import pandas as pd
import pytest

from grassroots.sem import intervals, mediation_rows
from grassroots.sem.block_bootstrap import bootstrapped
from grassroots.sem.blocks import BLOCKS, BlockMoments, block_rows
from grassroots.sem.bootstrap import bollen_stine, bootstrap
from grassroots.sem.fit import fit
from grassroots.sem.moderation import moderation
from grassroots.sem.moderation_form import ModeratedForm
from grassroots.sem.observed_mediation import observed_mediation
from grassroots.sem.resample import MomentMaker
from grassroots.sem.structural_form import StructuralForm, structural_syntax

N, DRAWS = 20_000, 800
INDICATORS = {name: [f"{name}{k}" for k in (1, 2, 3)] for name in ("x", "m", "y")}
LATENT = StructuralForm("x", ("m",), "y", indicators=INDICATORS)
OBSERVED = StructuralForm("x", ("m",), "y")
# Between two standard errors of so many draws, and of the lot, lies 2.7 per cent (one SD); between
# two ends of intervals lie 0.13 standard errors.
RATIO, ENDS = 0.12, 0.55


@pytest.fixture(scope="module")
def people():
    """Skewed answers on five steps. The rows are sorted: neighbours are alike."""
    rng = np.random.default_rng(7)
    x = np.sort(rng.standard_normal(N))
    m = 0.4 * x + rng.standard_normal(N)
    y = 0.2 * x + 0.3 * m + rng.standard_normal(N) * np.exp(0.4 * x)
    data = {}
    for name, latent in (("x", x), ("m", m), ("y", y)):
        for column in INDICATORS[name]:
            response = latent + rng.standard_normal(N)
            data[column] = np.searchsorted([-1.5, 0.5, 1.5, 2.5], response) + 1.0
        data[name] = np.mean([data[column] for column in INDICATORS[name]], axis=0)
    return pd.DataFrame(data)


@pytest.fixture(scope="module")
def fitted(people):
    return fit(structural_syntax(LATENT), people)


@pytest.fixture(scope="module")
def both(fitted):
    """Draws and p by respondents, and by blocks."""
    return bootstrapped(fitted, DRAWS, 1, N), bootstrapped(fitted, DRAWS, 1, N - 1)


def alike(plain, other, estimate):
    """Standard errors, and ends of intervals in standard errors, agree within chance."""
    se, other_se = intervals.bootstrap_se(plain), intervals.bootstrap_se(other)
    assert np.abs(other_se / se - 1).max() < RATIO
    for of in (intervals.percentile, lambda x: intervals.bias_corrected(x, estimate)):
        assert (np.abs(of(other) - of(plain)) / se).max() < ENDS


def test_blocks_hold_everybody_once_and_not_neighbours():
    rows = block_rows(23, 5, seed=1)
    assert sorted(len(each) for each in rows) == [4, 4, 5, 5, 5]
    assert sorted(np.concatenate(rows)) == list(range(23))
    assert any(np.diff(np.sort(each)).max() > 1 for each in rows)
    assert all(np.array_equal(a, b) for a, b in zip(rows, block_rows(23, 5, 1), strict=True))


def test_a_drawn_block_is_its_rows_drawn():
    rng = np.random.default_rng(2)
    data, rows = rng.standard_normal((50, 3)) ** 3, block_rows(50, 7, seed=1)
    weights = rng.integers(0, 3, (4, 7))
    by_row = np.zeros((4, 50))
    for block, each in enumerate(rows):
        by_row[:, each] = weights[:, [block]]
    for one, other in zip(
        BlockMoments(data, rows)(weights), MomentMaker(data)(by_row), strict=True
    ):
        assert np.allclose(one, other, atol=1e-12)


def test_up_to_the_declared_size_nothing_changes(fitted, people):
    drawn, p = bootstrapped(fitted, 60, 4, N)
    same = bootstrap(fitted, 60, 4)
    assert np.array_equal(drawn.raw, same.raw)
    assert p == bollen_stine(fitted, 60, 4)[0]
    assert drawn.counts[0].shape == (60, N)
    assert observed_mediation(OBSERVED, people, 5, 1, N).blocks == 0


def test_latent_effects_are_those_of_the_plain_bootstrap(both, fitted):
    (plain, p), (blocks, block_p) = both
    assert blocks.counts[0].shape == (DRAWS, BLOCKS)
    assert blocks.n_failed == 0
    free = fitted.parameters["free"].to_numpy() >= 0
    free |= (fitted.parameters["op"] == ":=").to_numpy()
    est = fitted.parameters["est"].to_numpy(float)
    alike(plain.raw[:, free], blocks.raw[:, free], est[free])
    assert block_p == pytest.approx(p, abs=4 * np.sqrt(0.5 / DRAWS))


def test_observed_effects_are_those_of_the_plain_bootstrap(people):
    plain = observed_mediation(OBSERVED, people, DRAWS, 1, N)
    blocks = observed_mediation(OBSERVED, people, DRAWS, 1, N - 1)
    assert np.array_equal(plain.estimate, blocks.estimate)
    assert (blocks.blocks, len(blocks.jackknife)) == (BLOCKS, BLOCKS)
    alike(plain.draws, blocks.draws, plain.estimate)
    alike(plain.standardised_draws, blocks.standardised_draws, plain.standardised)
    # Acceleration is next to nothing with so many; a block's is as near to it as a row's.
    for each in (plain.jackknife, blocks.jackknife):
        assert np.abs(intervals.acceleration(each)).max() < 0.005


def test_moderated_effects_are_those_of_the_plain_bootstrap(people):
    form = ModeratedForm("x", ("m",), "y", moderator="w", moderated=("first",))
    data = people.assign(w=np.random.default_rng(3).standard_normal(N))
    plain = moderation(form, data, DRAWS, 1, largest=N).resampled
    blocks = moderation(form, data, DRAWS, 1, largest=N - 1).resampled
    assert blocks.blocks == BLOCKS
    alike(plain.draws, blocks.draws, plain.estimate)


def test_the_table_says_how_many_blocks_there_were(both, fitted, people):
    (plain, _), (blocks, _) = both
    rows = mediation_rows.latent_rows("a", LATENT, fitted, plain)
    assert rows["blocks"].isna().all()
    rows = mediation_rows.latent_rows("a", LATENT, fitted, blocks)
    assert rows["blocks"].eq(BLOCKS).all()
    assert np.isfinite(rows[["ci_low", "ci_high", "std_low", "std_high"]]).all(axis=None)
    found = observed_mediation(OBSERVED, people, 40, 1, N - 1)
    assert mediation_rows.observed_rows("a", found)["blocks"].eq(BLOCKS).all()
