"""The simulated population of M County: who the civil servants are, and their latent burnout.

All numbers here are this project's own choice, oriented by published samples of other people; none
is a result of the study. Latent burnout has a mean of about 0 and a variance of about 1; every
background variable shifts it a little, in the direction that the study's abstract states.
"""

import numpy as np

from grassroots.simulation.population import Levels, Population, added_by_level, drawn_levels

# Loadings of the dimensions on burnout.
DIMENSION_LOADINGS = {
    "emotional_exhaustion": 0.84,
    "cynicism": 0.82,
    "reduced_accomplishment": 0.68,
}
RESIDUAL_VARIANCE = 0.86

# What each level adds to latent burnout, in standard deviations. Rank and income go together and
# with years of work, which raise burnout where those two lower it: so each has a part of its own.
BURNOUT_BY_LEVEL = {
    "gender": [-0.15, 0.15],
    "marital_status": [-0.16, 0.08, 0.00],
    "tenure": [-0.32, -0.14, 0.02, 0.17, 0.25],
    "post_type": [-0.13, -0.07, 0.26],
    "rank": [0.15, -0.20, -0.36, -0.40],
    "monthly_income": [0.26, 0.08, -0.14, -0.24, -0.28],
}

# Shares of the levels; where a variable depends on another one, a row for each of its levels.
GENDER = [0.54, 0.46]
POST_TYPE = [0.50, 0.19, 0.31]
TENURE = [0.16, 0.18, 0.22, 0.27, 0.17]
MARITAL_STATUS_BY_TENURE = [
    [0.72, 0.27, 0.01],
    [0.48, 0.50, 0.02],
    [0.20, 0.75, 0.05],
    [0.05, 0.86, 0.09],
    [0.02, 0.87, 0.11],
]
RANK_BY_TENURE = [
    [0.90, 0.10, 0.00, 0.00],
    [0.82, 0.15, 0.03, 0.00],
    [0.70, 0.21, 0.09, 0.00],
    [0.62, 0.23, 0.13, 0.02],
    [0.56, 0.25, 0.15, 0.04],
]
INCOME_BY_RANK = [
    [0.22, 0.42, 0.26, 0.08, 0.02],
    [0.06, 0.30, 0.38, 0.20, 0.06],
    [0.02, 0.18, 0.40, 0.28, 0.12],
    [0.00, 0.08, 0.34, 0.36, 0.22],
]


def population(n: int, rng: np.random.Generator) -> Population:
    """Draw n people."""
    background = _background(n, rng)
    burnout = added_by_level(BURNOUT_BY_LEVEL, background)
    burnout = burnout + np.sqrt(RESIDUAL_VARIANCE) * rng.standard_normal(n)
    latent = {
        name: loading * burnout + np.sqrt(1 - loading**2) * rng.standard_normal(n)
        for name, loading in DIMENSION_LOADINGS.items()
    }
    return Population(background, latent)


def _background(n: int, rng: np.random.Generator) -> dict[str, Levels]:
    everybody = np.zeros(n, dtype=int)
    gender = drawn_levels([GENDER], everybody, rng)
    tenure = drawn_levels([TENURE], everybody, rng)
    marital_status = drawn_levels(MARITAL_STATUS_BY_TENURE, tenure, rng)
    post_type = drawn_levels([POST_TYPE], everybody, rng)
    rank = drawn_levels(RANK_BY_TENURE, tenure, rng)
    return {
        "gender": gender,
        "marital_status": marital_status,
        "tenure": tenure,
        "post_type": post_type,
        "rank": rank,
        "monthly_income": drawn_levels(INCOME_BY_RANK, rank, rng),
    }
