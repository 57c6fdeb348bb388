import numpy as np
import pytest
from scipy.special import ndtri
from scipy.stats import multivariate_normal

from grassroots.twin.copula import (
    draw,
    hermite_coefficients,
    latent_correlations,
    pairwise_correlations,
)
from grassroots.twin.margins import Margin


def steps(*shares, missing=0.0):
    scores = np.arange(1.0, len(shares) + 1)
    return Margin(tuple(scores), scores, np.array(shares), missing, 0.0)


def exact_correlation(first, second, rho):
    """By rectangles of the bivariate normal distribution."""
    cuts = [np.concatenate([[-9], ndtri(np.cumsum(m.shares)[:-1]), [9]]) for m in (first, second)]
    normal = multivariate_normal([0, 0], [[1, rho], [rho, 1]])
    below = np.array([[normal.cdf([a, b]) for b in cuts[1]] for a in cuts[0]])
    cells = np.diff(np.diff(below, axis=0), axis=1)
    means = [m.shares @ m.scores for m in (first, second)]
    spreads = [
        np.sqrt(m.shares @ m.scores**2 - (m.shares @ m.scores) ** 2) for m in (first, second)
    ]
    return (first.scores @ cells @ second.scores - means[0] * means[1]) / np.prod(spreads)


@pytest.mark.parametrize("rho", [-0.7, -0.2, 0.1, 0.5, 0.85])
def test_the_latent_correlation_is_the_one_that_shows_the_observed(rho):
    first, second = steps(0.1, 0.2, 0.4, 0.2, 0.1), steps(0.6, 0.3, 0.1)
    observed = exact_correlation(first, second, rho)
    matrix = np.array([[1, observed], [observed, 1]])
    latent = latent_correlations([first, second], matrix)
    assert abs(latent[0, 1] - rho) < 2e-4
    assert abs(observed) < abs(rho)


def test_of_two_halves_the_latent_correlation_is_known():
    """Sheppard (1899): the correlation of two median splits is 2/pi arcsin of the latent one."""
    half = steps(0.5, 0.5)
    observed = 2 / np.pi * np.arcsin(0.6)
    latent = latent_correlations([half, half], np.array([[1, observed], [observed, 1]]))
    assert abs(latent[0, 1] - 0.6) < 1e-3


def test_hermite_coefficients_of_a_sign():
    found = hermite_coefficients(steps(0.5, 0.5))
    assert abs(found[0] - np.sqrt(2 / np.pi)) < 1e-12
    assert np.allclose(found[1::2], 0)
    assert not hermite_coefficients(steps(1.0)).any()


def test_a_matrix_that_no_sample_can_have_is_made_one():
    impossible = np.array([[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]])
    latent = latent_correlations([steps(0.2, 0.3, 0.3, 0.2)] * 3, impossible)
    assert np.linalg.eigvalsh(latent).min() > 0
    assert np.allclose(np.diag(latent), 1)
    np.linalg.cholesky(latent)


def test_pairwise_correlations_are_those_of_who_answered_both():
    rng = np.random.default_rng(1)
    scores = rng.normal(size=(50, 4))
    scores[:, 1] += scores[:, 0]
    scores[:10, 0] = np.nan
    scores[:, 3] = 2
    found = pairwise_correlations(scores)
    expected = np.corrcoef(scores[10:, 0], scores[10:, 1])[0, 1]
    assert abs(found[0, 1] - expected) < 1e-12
    assert found[0, 3] == 0 and found[3, 3] == 1


def test_draws_have_the_margins_and_correlations_asked():
    margins = [steps(0.1, 0.2, 0.4, 0.3), steps(0.5, 0.5, missing=0.2)]
    edges = np.array([[10.0, 20], [20, 50]])
    margins.append(Margin((15.0, 35.0), np.array([15.0, 35]), np.array([0.4, 0.6]), 0, 0, edges, 0))
    observed = np.array([[1, 0.5, 0.3], [0.5, 1, 0], [0.3, 0, 1]])
    latent = latent_correlations(margins, observed)
    columns = draw(margins, latent, 40_000, np.random.default_rng(5))
    first, second, amounts = (np.array(each, dtype=float) for each in columns)
    counted = np.unique(first, return_counts=True)[1] / 40_000
    np.testing.assert_allclose(counted, margins[0].shares, atol=0.01)
    assert abs(np.isnan(second).mean() - 0.2) < 0.01
    both = pairwise_correlations(np.column_stack([first, second]))
    assert abs(both[0, 1] - 0.5) < 0.015
    assert amounts.min() >= 10 and amounts.max() <= 50
    assert (amounts == np.round(amounts)).all()
    assert abs((amounts < 20).mean() - 0.4) < 0.015


def test_a_seed_makes_the_same_answers():
    margins = [steps(0.3, 0.7), steps(0.2, 0.3, 0.5)]
    latent = np.array([[1, 0.4], [0.4, 1]])
    one, two, other = (draw(margins, latent, 50, np.random.default_rng(s)) for s in (1, 1, 2))
    assert one == two != other
