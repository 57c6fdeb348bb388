"""Answers to questionnaire items from latent scores, by thresholds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Block:
    """The items of one dimension: how many, their answers, and where the thresholds lie.

    `mean` and `sd` are those of the continuous response behind the answers, on the scale of the
    answers, after reverse-keyed items have been turned. `reversed` says whether the items are
    reverse-keyed, all of them or those of these places, from 1. The items' loadings fall evenly
    from the first to the second of `loadings`.
    """

    dimension: str
    n_items: int
    lowest: int
    highest: int
    mean: float
    sd: float
    reversed: bool | tuple[int, ...] = False
    loadings: tuple[float, float] = (0.82, 0.66)


# How much above or below the block's mean its first and its last item lie, evenly spread.
DIFFICULTIES = (0.15, -0.15)


def answers(
    latent: Mapping[str, np.ndarray], blocks: Sequence[Block], rng: np.random.Generator
) -> np.ndarray:
    """The answers of all respondents (rows) to the items of all blocks (columns), as ticked."""
    return np.hstack([_block_answers(latent[block.dimension], block, rng) for block in blocks])


def thresholds(block: Block, difficulty: float) -> np.ndarray:
    """The bounds between neighbouring answers, in standard deviations of the item's response."""
    between = np.arange(block.lowest, block.highest) + 0.5
    return (between - (block.mean + difficulty)) / block.sd


def _block_answers(score: np.ndarray, block: Block, rng: np.random.Generator) -> np.ndarray:
    columns = []
    loadings = np.linspace(*block.loadings, block.n_items)
    difficulties = np.linspace(*DIFFICULTIES, block.n_items)
    for loading, difficulty in zip(loadings, difficulties, strict=True):
        response = loading * score + np.sqrt(1 - loading**2) * rng.standard_normal(len(score))
        above = response[:, None] > thresholds(block, difficulty)
        columns.append(block.lowest + above.sum(axis=1))
    given = np.column_stack(columns).astype(float)
    if block.reversed:
        turned = slice(None) if block.reversed is True else [n - 1 for n in block.reversed]
        given[:, turned] = block.lowest + block.highest - given[:, turned]
    return given
