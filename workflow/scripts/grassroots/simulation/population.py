"""Simulated people: the levels of their background variables, and their latent scores."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

Levels = np.ndarray
"""Index of the level of each respondent, in the codebook's order of answers."""


@dataclass(frozen=True)
class Population:
    """Background levels and latent scores of n people."""

    background: dict[str, Levels]
    latent: dict[str, np.ndarray]


def drawn_levels(shares: Sequence[Sequence[float]], by: Levels, rng: np.random.Generator) -> Levels:
    """A level for each respondent, by the row of shares that their level of `by` selects."""
    bounds = np.cumsum(np.array(shares), axis=1)[:, :-1]
    return (rng.random(len(by))[:, None] > bounds[by]).sum(axis=1)


def added_by_level(
    effects: Mapping[str, Sequence[float]], background: Mapping[str, Levels]
) -> np.ndarray:
    """What the levels of all variables in `effects` add to the latent score of each respondent."""
    return sum(np.array(added)[background[name]] for name, added in effects.items())
