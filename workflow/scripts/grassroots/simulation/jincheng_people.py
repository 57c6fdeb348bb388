"""The simulated population of Jincheng: who the civil servants are, their pressure and its sources.

All numbers here are this project's own choice, oriented by published samples of other people; none
is a result of the study. Latent scores have a mean of about 0 and a variance of about 1. Five
sources, which have much in common, raise pressure; eight background variables shift pressure, half
of it through the sources. Gender and position shift nothing, and go with nothing that does.
"""

import numpy as np

from grassroots.simulation.population import Levels, Population, added_by_level, drawn_levels

# Paths from the sources to pressure, standardised, and what the sources have in common.
PRESSURE_BY_SOURCE = {
    "organisational_climate": 0.24,
    "public_opinion": 0.19,
    "family_environment": 0.19,
    "career_development": 0.25,
    "role_conflict": 0.21,
}
SHARED_BY_SOURCES = 0.64
PRESSURE_RESIDUAL_VARIANCE = 0.30

# Loadings of the dimensions on pressure.
DIMENSION_LOADINGS = {
    "physical_reactions": 0.80,
    "psychological_reactions": 0.88,
    "behavioural_reactions": 0.78,
}

# What each level adds, in standard deviations: half of it to every source, half to pressure itself.
SHIFT_BY_LEVEL = {
    "age": [-0.09, 0.08, 0.08, -0.18],
    "education": [-0.14, 0.00, 0.20],
    "school_type": [0.18, 0.00, -0.06],
    "major": [-0.22, -0.06, 0.14, 0.22, 0.02],
    "work_nature": [-0.15, -0.08, 0.27],
    "marital_status": [-0.22, 0.10, 0.06],
    "tenure": [-0.12, -0.02, 0.09, 0.11, -0.08],
    "hometown": [-0.12, 0.19],
}

# Shares of the levels; where a variable depends on another one, a row for each of its levels.
GENDER = [0.56, 0.44]
POSITION = [0.64, 0.22, 0.12, 0.02]
MAJOR = [0.28, 0.15, 0.19, 0.29, 0.09]
WORK_NATURE = [0.49, 0.20, 0.31]
HOMETOWN = [0.61, 0.39]
AGE = [0.15, 0.38, 0.30, 0.17]
EDUCATION_BY_AGE = [
    [0.08, 0.74, 0.18],
    [0.10, 0.69, 0.21],
    [0.21, 0.68, 0.11],
    [0.44, 0.52, 0.04],
]
SCHOOL_TYPE_BY_EDUCATION = [
    [0.00, 0.06, 0.94],
    [0.15, 0.79, 0.06],
    [0.44, 0.55, 0.01],
]
MARITAL_STATUS_BY_AGE = [
    [0.86, 0.14, 0.00],
    [0.31, 0.65, 0.04],
    [0.07, 0.85, 0.08],
    [0.03, 0.86, 0.11],
]
TENURE_BY_AGE = [
    [0.80, 0.20, 0.00, 0.00, 0.00],
    [0.24, 0.36, 0.34, 0.06, 0.00],
    [0.03, 0.10, 0.25, 0.50, 0.12],
    [0.00, 0.02, 0.08, 0.30, 0.60],
]


def population(n: int, rng: np.random.Generator) -> Population:
    """Draw n people."""
    background = _background(n, rng)
    shift = added_by_level(SHIFT_BY_LEVEL, background)
    shared = SHARED_BY_SOURCES * rng.standard_normal(n)
    own = np.sqrt(1 - SHARED_BY_SOURCES**2)
    latent = {
        source: shift / 2 + shared + own * rng.standard_normal(n) for source in PRESSURE_BY_SOURCE
    }
    pressure = (
        shift / 2
        + sum(path * latent[source] for source, path in PRESSURE_BY_SOURCE.items())
        + np.sqrt(PRESSURE_RESIDUAL_VARIANCE) * rng.standard_normal(n)
    )
    for name, loading in DIMENSION_LOADINGS.items():
        latent[name] = loading * pressure + np.sqrt(1 - loading**2) * rng.standard_normal(n)
    return Population(background, latent)


def _background(n: int, rng: np.random.Generator) -> dict[str, Levels]:
    everybody = np.zeros(n, dtype=int)
    gender = drawn_levels([GENDER], everybody, rng)
    age = drawn_levels([AGE], everybody, rng)
    education = drawn_levels(EDUCATION_BY_AGE, age, rng)
    return {
        "gender": gender,
        "age": age,
        "education": education,
        "school_type": drawn_levels(SCHOOL_TYPE_BY_EDUCATION, education, rng),
        "major": drawn_levels([MAJOR], everybody, rng),
        "work_nature": drawn_levels([WORK_NATURE], everybody, rng),
        "position": drawn_levels([POSITION], everybody, rng),
        "marital_status": drawn_levels(MARITAL_STATUS_BY_AGE, age, rng),
        "tenure": drawn_levels(TENURE_BY_AGE, age, rng),
        "hometown": drawn_levels([HOMETOWN], everybody, rng),
    }
