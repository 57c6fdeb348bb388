"""Indices of careless answering, one number a respondent, as R's careless package defines them.

The definitions are those of careless 1.2.2 (Yentes and Wilhelm 2023). Answers are taken as they
were given, reverse-keyed items not turned (only the halves of `inconsistency` want them turned), in
the order in which they were asked: a matrix of respondents by items, NaN where nothing was
answered. Rows are worked on in blocks, so that a million of them need little more room than they
take themselves.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

Answers = np.ndarray

# How many cells are worked on at once.
_BLOCK = 4_000_000


def longest_run(answers: Answers) -> np.ndarray:
    """The longest run of one answer (longstring; Johnson 2005); an unanswered item ends a run.

    An unanswered item is a run of 1 like any other, so that somebody who answered nothing has 1,
    as R's rle counts. 0 without items.
    """
    longest = np.zeros(len(answers), dtype=int)
    current = np.zeros(len(answers), dtype=int)
    previous = np.full(len(answers), np.nan)
    for given in answers.T:
        current = np.where(given == previous, current + 1, 1)
        longest = np.maximum(longest, current)
        previous = given
    return longest


def response_variability(answers: Answers) -> np.ndarray:
    """The standard deviation of one person's answers, n - 1 below (irv; Dunn et al. 2018).

    NaN with fewer than two answers.
    """
    return _by_blocks(_deviation, answers)


class PairwiseSums(NamedTuple):
    """Of each two items, over those who answered both: a matrix of items by items each.

    How many they are, and the sums of the first item, of the products, and of the first one's
    squares. Items are centred at their `means`, so that no digits are lost when such sums are
    subtracted from each other.
    """

    n: np.ndarray
    sums: np.ndarray
    products: np.ndarray
    squares: np.ndarray
    means: np.ndarray


def pairwise_sums(answers: Answers) -> PairwiseSums:
    """What covariances and correlations of items are made of."""
    items = answers.shape[1]
    n, sums, products, squares = (np.zeros((items, items)) for _ in range(4))
    means = np.array([_mean(given[None, :])[0] for given in answers.T])
    for rows in _blocks(len(answers), items):
        there = np.isfinite(answers[rows])
        centred = np.where(there, answers[rows] - means, 0.0)
        counted = there.astype(np.float32)  # exact up to 16 million
        n += counted.T @ counted
        there = there.astype(float)
        sums += centred.T @ there
        products += centred.T @ centred
        squares += (centred**2).T @ there
    return PairwiseSums(n, sums, products, squares, means)


def mahalanobis(answers: Answers, about: PairwiseSums | None = None) -> np.ndarray | None:
    """Squared Mahalanobis distances from the mean of all (mahad; Meade and Craig 2012).

    Means and covariances are those of the answers that are there (pairwise), and an unanswered
    item adds nothing to the distance, as in psych::outlier, which careless calls. Some distances
    can then be slightly off, even below zero. NaN for somebody who answered nothing. None if the
    covariance matrix has no inverse: a constant item, or too few respondents for the items.
    `about` spares the sums over everybody where they are known.
    """
    about = about or pairwise_sums(answers)
    covariance = _pairwise_covariance(about)
    if not np.isfinite(covariance).all() or np.linalg.cond(covariance) > 1 / np.finfo(float).eps:
        return None
    inverse = np.linalg.inv(covariance)

    def distances(block: Answers) -> np.ndarray:
        there = np.isfinite(block)
        known = np.where(there, block - about.means, 0.0)
        squared = np.einsum("ij,ij->i", known @ inverse, known)
        return np.where(there.any(axis=1), squared, np.nan)

    return _by_blocks(distances, answers)


def item_pairs(about: PairwiseSums, critical: float) -> tuple[np.ndarray, np.ndarray]:
    """The pairs of items that correlate above `critical`, and those below minus `critical`.

    Two integer matrices of pairs by two, the later item first, as psychsyn takes them; correlations
    are of those who answered both. A constant item is in no pair.
    """
    later, earlier = np.tril_indices(len(about.means), -1)
    r = _pairwise_correlation(about)[later, earlier]
    pairs = np.column_stack([later, earlier])
    return pairs[r > critical], pairs[r < -critical]


def pair_correlation(answers: Answers, pairs: np.ndarray) -> np.ndarray:
    """Each person's correlation over these pairs of items (psychsyn and psychant).

    For pairs of synonyms an attentive person's is near 1, for antonyms near -1 (Meade and Craig
    2012). NaN with fewer than three pairs answered, and for who gave one answer on one side of all
    pairs: careless then swaps the sides of pairs at random until it finds a value (resample_na); we
    leave it missing, as with resample_na = FALSE.
    """

    def correlations(block: Answers) -> np.ndarray:
        return _row_correlation(block[:, pairs[:, 0]], block[:, pairs[:, 1]], least=3)

    return _by_blocks(correlations, answers, width=max(len(pairs), answers.shape[1]))


def inconsistency(
    answers: Answers, scales: Sequence[Sequence[int]], turned: Mapping[int, float] | None = None
) -> np.ndarray:
    """Minus a person's correlation of even and odd halves over scales (evenodd; Johnson 2005).

    `scales` are the columns of the items of each scale, in their order; `turned` has the columns of
    reverse-keyed items that are not turned yet, with the sum of the lowest and the highest answer.
    A person's means of the even and of the odd items of each scale are correlated over the
    scales, and corrected for the halves' length by Spearman and Brown's 2r / (1 + r), not below -1.
    The sign is turned, as in careless from 1.2.0 on: -1 is consistent, 1 is not. NaN with fewer
    than two scales of which both halves are answered, and where all even or all odd means are
    equal.
    """

    def negative_consistency(block: Answers) -> np.ndarray:
        if turned:
            block = block.copy()
            for column, total in turned.items():
                block[:, column] = total - block[:, column]
        halves = [
            np.column_stack([_mean(block[:, list(items[half::2])]) for items in scales])
            for half in (1, 0)
        ]
        r = _row_correlation(*halves, least=2)
        with np.errstate(divide="ignore"):
            return -np.maximum(2 * r / (1 + r), -1)

    return _by_blocks(negative_consistency, answers)


def same_as_earlier(answers: Answers) -> np.ndarray:
    """Whether every answer, and every gap, is that of an earlier respondent who answered at all."""
    # Rows by a digest of 64 bits, and those of one digest compared with the first of them.
    digest = np.zeros(len(answers), dtype=np.uint64)
    for given in answers.T:
        # Adding 0 makes -0 the 0 that it equals; any NaN is the same gap.
        bits = np.where(np.isnan(given), -np.inf, given + 0.0).view(np.uint64)
        digest = (digest ^ bits) * np.uint64(0x9E3779B97F4A7C15)
        digest ^= digest >> np.uint64(29)
    _, first, group = np.unique(digest, return_index=True, return_inverse=True)
    later = np.flatnonzero(first[group] != np.arange(len(answers)))
    given, before = answers[later], answers[first[group[later]]]
    equal = (given == before) | (np.isnan(given) & np.isnan(before))
    same = np.zeros(len(answers), dtype=bool)
    same[later] = equal.all(axis=1) & np.isfinite(given).any(axis=1)
    return same


def _by_blocks(
    index: Callable[[Answers], np.ndarray], answers: Answers, width: int | None = None
) -> np.ndarray:
    """`index` of all rows, some rows at a time; `width` is how many cells a row then takes."""
    parts = [index(answers[rows]) for rows in _blocks(len(answers), width or answers.shape[1])]
    return np.concatenate(parts) if parts else np.empty(0)


def _blocks(n: int, width: int) -> Iterator[slice]:
    rows = max(1, _BLOCK // max(1, width))
    return (slice(start, start + rows) for start in range(0, n, rows))


def _mean(answers: Answers) -> np.ndarray:
    """The mean of each row's answers, NaN without any."""
    there = np.isfinite(answers)
    n = there.sum(axis=1)
    total = np.where(there, answers, 0.0).sum(axis=1)
    return np.divide(total, n, out=np.full(len(n), np.nan), where=n > 0)


def _deviation(answers: Answers) -> np.ndarray:
    there = np.isfinite(answers)
    n = there.sum(axis=1)
    centred = np.where(there, answers - _mean(answers)[:, None], 0.0)
    squares = np.einsum("ij,ij->i", centred, centred)
    return np.sqrt(np.divide(squares, n - 1, out=np.full(len(n), np.nan), where=n > 1))


def _row_correlation(x: Answers, y: Answers, least: int) -> np.ndarray:
    """Pearson's r of each row of `x` with that of `y`, over the columns that have both.

    NaN with fewer than `least` such columns, or where one side does not vary in them.
    """
    both = np.isfinite(x) & np.isfinite(y)
    n = both.sum(axis=1)
    known, sides, varies = np.maximum(n, 1)[:, None], [], n >= least
    for side in (x, y):
        given = np.where(both, side, 0.0)
        centred = np.where(both, given - given.sum(axis=1)[:, None] / known, 0.0)
        squares = np.einsum("ij,ij->i", centred, centred)
        # A mean of equal numbers may miss them in the last digit: what is left is rounding.
        varies &= squares > 1e-20 * np.einsum("ij,ij->i", given, given)
        sides.append((centred, squares))
    (x, in_x), (y, in_y) = sides
    products, sizes = np.einsum("ij,ij->i", x, y), np.sqrt(in_x * in_y)
    r = np.divide(products, sizes, out=np.full(len(n), np.nan), where=varies)
    return np.clip(r, -1, 1)


def _pairwise_covariance(about: PairwiseSums) -> np.ndarray:
    """R's cov(x, use = "pairwise"): each pair about the means of the rows that have both."""
    n, sums = about.n, about.sums
    with np.errstate(divide="ignore", invalid="ignore"):
        return (about.products - sums * sums.T / n) / (n - 1)


def _pairwise_correlation(about: PairwiseSums) -> np.ndarray:
    """R's cor(x, use = "pairwise.complete.obs"): also the deviations are of those who have both.

    NaN where one of the two items is constant among those.
    """
    n, sums = about.n, about.sums
    with np.errstate(divide="ignore", invalid="ignore"):
        deviations = about.squares - sums**2 / n
        # What is left of the squares of a constant item is rounding.
        deviations[~(deviations > 1e-12 * about.squares)] = np.nan
        return (about.products - sums * sums.T / n) / np.sqrt(deviations * deviations.T)
