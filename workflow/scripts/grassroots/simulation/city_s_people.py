"""The simulated population of City S: who the civil servants are, and their latent scores.

All numbers here are this project's own choice, oriented by published samples of other people; none
is a result of the study. Latent scores have a mean of 0 and a variance of about 1. Motivation
raises self-efficacy and calling, and all three lower burnout; the part of attraction to policy
making that the other dimensions do not share lowers it too; burnout differs a little between the
levels of four background variables.
"""

import numpy as np

from grassroots.simulation.population import Levels, Population, added_by_level, drawn_levels

# Paths among the latent variables, standardised.
MOTIVATION_TO_SELF_EFFICACY = 0.40
MOTIVATION_TO_CALLING = 0.55
MEDIATORS_RESIDUAL_CORRELATION = 0.15
SELF_EFFICACY_TO_BURNOUT = -0.22
CALLING_TO_BURNOUT = -0.25
MOTIVATION_TO_BURNOUT = -0.18
OWN_PART_OF_POLICY_MAKING_TO_BURNOUT = -0.16
BURNOUT_RESIDUAL_VARIANCE = 0.62

# Loadings of the dimensions on their construct; self-efficacy has no dimensions.
DIMENSION_LOADINGS = {
    "attraction_to_policy_making": 0.60,
    "commitment_to_public_interest": 0.80,
    "compassion": 0.75,
    "self_sacrifice": 0.78,
    "emotional_exhaustion": 0.82,
    "cynicism": 0.85,
    "reduced_accomplishment": 0.70,
    "altruism": 0.80,
    "guiding_force": 0.75,
    "meaning_and_purpose": 0.85,
}

# What each level adds to latent burnout, in standard deviations.
BURNOUT_BY_LEVEL = {
    "gender": [-0.18, 0.20],
    "age": [-0.05, 0.25, -0.05, -0.40],
    "political_status": [-0.18, 0.10, 0.10, 0.28],
    "marital_status": [-0.36, 0.10, 0.30],
}

# Shares of the levels; where a variable depends on another one, a row for each of its levels.
GENDER = [0.53, 0.47]
AGE = [0.14, 0.40, 0.29, 0.17]
EDUCATION = [0.03, 0.19, 0.66, 0.12]
POST_TYPE = [0.52, 0.20, 0.28]
POLITICAL_STATUS_BY_AGE = [
    [0.38, 0.44, 0.00, 0.18],
    [0.52, 0.12, 0.03, 0.33],
    [0.62, 0.00, 0.05, 0.33],
    [0.66, 0.00, 0.06, 0.28],
]
MARITAL_STATUS_BY_AGE = [
    [0.84, 0.16, 0.00],
    [0.30, 0.66, 0.04],
    [0.07, 0.85, 0.08],
    [0.03, 0.86, 0.11],
]
TENURE_BY_AGE = [
    [0.80, 0.20, 0.00, 0.00, 0.00],
    [0.24, 0.36, 0.34, 0.06, 0.00],
    [0.03, 0.10, 0.25, 0.50, 0.12],
    [0.00, 0.02, 0.08, 0.30, 0.60],
]
RANK_BY_AGE = [
    [0.97, 0.03, 0.00, 0.00],
    [0.78, 0.16, 0.06, 0.00],
    [0.52, 0.28, 0.17, 0.03],
    [0.40, 0.30, 0.23, 0.07],
]
INCOME_BY_RANK = [
    [0.12, 0.48, 0.31, 0.08, 0.01],
    [0.02, 0.24, 0.46, 0.24, 0.04],
    [0.00, 0.10, 0.40, 0.39, 0.11],
    [0.00, 0.02, 0.28, 0.46, 0.24],
]


def population(n: int, rng: np.random.Generator) -> Population:
    """Draw n people."""
    background = _background(n, rng)
    motivation = rng.standard_normal(n)
    self_efficacy, calling = _mediators(motivation, rng)
    own = {name: rng.standard_normal(n) for name in DIMENSION_LOADINGS}
    burnout = (
        MOTIVATION_TO_BURNOUT * motivation
        + SELF_EFFICACY_TO_BURNOUT * self_efficacy
        + CALLING_TO_BURNOUT * calling
        + OWN_PART_OF_POLICY_MAKING_TO_BURNOUT * own["attraction_to_policy_making"]
        + added_by_level(BURNOUT_BY_LEVEL, background)
        + np.sqrt(BURNOUT_RESIDUAL_VARIANCE) * rng.standard_normal(n)
    )
    constructs = [motivation] * 4 + [burnout] * 3 + [calling] * 3
    latent = {"general_self_efficacy": self_efficacy}
    for (name, loading), construct in zip(DIMENSION_LOADINGS.items(), constructs, strict=True):
        latent[name] = loading * construct + np.sqrt(1 - loading**2) * own[name]
    return Population(background, latent)


def _background(n: int, rng: np.random.Generator) -> dict[str, Levels]:
    everybody = np.zeros(n, dtype=int)
    gender = drawn_levels([GENDER], everybody, rng)
    age = drawn_levels([AGE], everybody, rng)
    education = drawn_levels([EDUCATION], everybody, rng)
    political_status = drawn_levels(POLITICAL_STATUS_BY_AGE, age, rng)
    marital_status = drawn_levels(MARITAL_STATUS_BY_AGE, age, rng)
    tenure = drawn_levels(TENURE_BY_AGE, age, rng)
    post_type = drawn_levels([POST_TYPE], everybody, rng)
    rank = drawn_levels(RANK_BY_AGE, age, rng)
    return {
        "gender": gender,
        "age": age,
        "education": education,
        "political_status": political_status,
        "marital_status": marital_status,
        "tenure": tenure,
        "post_type": post_type,
        "rank": rank,
        "monthly_income": drawn_levels(INCOME_BY_RANK, rank, rng),
    }


def _mediators(motivation: np.ndarray, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    first, second = rng.standard_normal((2, len(motivation)))
    r = MEDIATORS_RESIDUAL_CORRELATION
    second = r * first + np.sqrt(1 - r**2) * second
    a, b = MOTIVATION_TO_SELF_EFFICACY, MOTIVATION_TO_CALLING
    return (
        a * motivation + np.sqrt(1 - a**2) * first,
        b * motivation + np.sqrt(1 - b**2) * second,
    )
