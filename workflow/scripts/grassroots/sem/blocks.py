"""Blocks of respondents in place of respondents: the bootstrap where there are very many.

Estimates that depend on the data through sums over respondents alone (means, cross products) need
no single respondent. Everybody is put into one of `BLOCKS` blocks by lot, and a resample draws
blocks with replacement. A sum over a block of independent people has the variance of its people's
sums, so that what is drawn has, for any number of people, the same expected covariance matrix as
when people are drawn, and the same limit distribution (random groups: Wolter 2007, ch. 2). What the
lot adds is small: a standard error from B blocks has itself a relative standard error of
1 / sqrt(2 (B - 1)), 1 per cent here, as much as 5,000 draws leave open.
"""

import numpy as np

BLOCKS = 5000
LARGEST = 20_000
"""Respondents up to which they are drawn one by one, where nothing else is said: config.yaml."""


def block_rows(n: int, blocks: int, seed: int) -> list[np.ndarray]:
    """The rows of each of so many blocks, by lot; sizes differ by one at most.

    By lot, because neighbours in a file may be colleagues: whole offices are not what is drawn.
    """
    # Another stream than the one that draws the resamples.
    order = np.random.default_rng(np.random.SeedSequence([seed, blocks])).permutation(n)
    return np.array_split(order, blocks)


class BlockMoments:
    """Means and covariances of weighted blocks; in the place of `resample.MomentMaker`."""

    def __init__(self, data: np.ndarray, rows: list[np.ndarray]) -> None:
        self.centre = data.mean(axis=0)
        p = data.shape[1]
        self.lower = np.tril_indices(p)
        place = np.zeros((p, p), dtype=np.intp)
        place[self.lower] = np.arange(self.lower[0].size)
        self.spread = np.maximum(place, place.T)
        self.sizes = np.array([len(each) for each in rows], dtype=float)
        self.first = np.empty((len(rows), p))
        self.second = np.empty((len(rows), self.lower[0].size))
        for block, each in enumerate(rows):
            part = data[each] - self.centre
            self.first[block] = part.sum(axis=0)
            self.second[block] = (part.T @ part)[self.lower]

    def __call__(self, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """S (b, p, p), divisor n, and means (b, p) for weights (b, blocks)."""
        n = (weights @ self.sizes)[:, None]
        mean = weights @ self.first / n
        second = weights @ self.second / n
        second -= mean[:, self.lower[0]] * mean[:, self.lower[1]]
        return np.take(second, self.spread, axis=1), mean + self.centre
