"""Resampling indices and the moments of resamples."""

import numpy as np

from grassroots.sem.moments import Pattern

CHUNK = 200  # draws that share one random stream


def chunks(draws: int) -> list[int]:
    """Sizes of the chunks; they depend on the number of draws only."""
    return [min(CHUNK, draws - at) for at in range(0, draws, CHUNK)]


def draw_counts(sizes: list[int], draws: int, seed: int) -> list[np.ndarray]:
    """How often each case is drawn: for each group (draws x n) int32.

    Cases are drawn with replacement within their group. Each chunk of draws has its own child of
    `SeedSequence(seed)`, so that the counts do not depend on how the chunks are spread over cores.
    """
    streams = np.random.SeedSequence(seed).spawn(len(chunks(draws)))
    parts = []
    for stream, size in zip(streams, chunks(draws), strict=True):
        rng = np.random.default_rng(stream)
        parts.append([counts_of(rng.integers(0, n, (size, n)), n) for n in sizes])
    return [np.concatenate([part[g] for part in parts]) for g in range(len(sizes))]


def counts_of(indices: np.ndarray, n: int) -> np.ndarray:
    """Frequencies (draws x n) from resampling indices (draws x n, 0-based)."""
    shifted = indices + n * np.arange(len(indices))[:, None]
    flat = np.bincount(shifted.ravel(), minlength=n * len(indices))
    return flat.reshape(len(indices), n).astype(np.int32)


class MomentMaker:
    """Means and covariances of weighted cases, for many weightings at once."""

    def __init__(self, data: np.ndarray) -> None:
        self.centre = data.mean(axis=0)
        self.data = data - self.centre
        self.p = data.shape[1]
        self.lower = np.tril_indices(self.p)
        full = np.zeros((self.p, self.p), dtype=np.intp)
        full[self.lower] = np.arange(self.lower[0].size)
        self.spread = np.maximum(full, full.T)
        # products of all pairs, unless they would take too much memory
        small = data.shape[0] * self.lower[0].size * 8 < 60e6
        self.products = self._products(self.data) if small else None

    def _products(self, rows: np.ndarray) -> np.ndarray:
        return rows[:, self.lower[0]] * rows[:, self.lower[1]]

    def __call__(self, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """S (b, p, p) and means (b, p) for weights (b, n)."""
        weights = weights / weights.sum(axis=1, keepdims=True)
        mean = weights @ self.data
        if self.products is not None:
            second = weights @ self.products
        else:
            step = 2000
            second = sum(
                weights[:, at : at + step] @ self._products(self.data[at : at + step])
                for at in range(0, len(self.data), step)
            )
        second -= mean[:, self.lower[0]] * mean[:, self.lower[1]]
        return np.take(second, self.spread, axis=1), mean + self.centre


class PatternMoments:
    """The same for incomplete data: moments of each pattern of missing values."""

    def __init__(self, data: np.ndarray, patterns: list[Pattern]) -> None:
        self.patterns = patterns
        self.makers = [MomentMaker(data[np.ix_(x.rows, x.observed)]) for x in patterns]

    def __call__(self, weights: np.ndarray) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
        """For each pattern its share of the cases (b,), S and means; zeros where it is absent."""
        total = weights.sum(axis=1)
        out = []
        for x, maker in zip(self.patterns, self.makers, strict=True):
            part = weights[:, x.rows].astype(float)
            size = part.sum(axis=1)
            part[size == 0] = 1.0  # harmless: its share is 0
            S, mean = maker(part)
            out.append((size / total, S, mean))
        return out
