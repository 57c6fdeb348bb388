"""Indices of careless answering, one number a respondent, as R's careless package defines them.

Answers are taken as they were given, reverse-keyed items not turned, in the order in which they
were asked: a matrix of respondents by items, NaN where nothing was answered.
"""

import numpy as np

Answers = np.ndarray


def longest_run(answers: Answers) -> np.ndarray:
    """The longest run of one answer (Johnson 2005); an unanswered item ends a run.

    0 for somebody who answered nothing.
    """
    longest = np.zeros(len(answers), dtype=int)
    current = np.zeros(len(answers), dtype=int)
    previous = np.full(len(answers), np.nan)
    for given in answers.T:
        current = np.where(np.isnan(given), 0, np.where(given == previous, current + 1, 1))
        longest = np.maximum(longest, current)
        previous = given
    return longest


def response_variability(answers: Answers) -> np.ndarray:
    """The standard deviation of one person's answers, n - 1 below (IRV, Dunn et al. 2018).

    NaN with fewer than two answers.
    """
    n = np.isfinite(answers).sum(axis=1)
    total = np.nansum(answers, axis=1)
    mean = np.divide(total, n, out=np.full(len(n), np.nan), where=n > 0)
    squares = np.nansum((answers - mean[:, None]) ** 2, axis=1)
    return np.sqrt(np.divide(squares, n - 1, out=np.full(len(n), np.nan), where=n > 1))


def mahalanobis(answers: Answers) -> np.ndarray | None:
    """Squared Mahalanobis distances from the mean of all (Meade and Craig 2012).

    Means and covariances are those of the answers that are there (pairwise), and an unanswered
    item adds nothing to the distance, as in psych::outlier, which careless calls. Some distances
    can then be slightly off, even below zero. NaN for somebody who answered nothing. None if the
    covariance matrix has no inverse: a constant item, or too few respondents for the items.
    """
    centred = answers - np.nanmean(answers, axis=0)
    covariance = _pairwise_covariance(answers)
    if not np.isfinite(covariance).all() or np.linalg.cond(covariance) > 1 / np.finfo(float).eps:
        return None
    known = np.nan_to_num(centred)
    distances = np.einsum("ij,jk,ik->i", known, np.linalg.inv(covariance), known)
    return np.where(np.isfinite(answers).any(axis=1), distances, np.nan)


def same_as_earlier(answers: Answers) -> np.ndarray:
    """Whether every answer, and every gap, is that of an earlier respondent who answered at all."""
    seen: set[bytes] = set()
    same = np.zeros(len(answers), dtype=bool)
    for row, given in enumerate(np.nan_to_num(answers, nan=-np.inf)):
        if np.isfinite(given).any():
            key = given.tobytes()
            same[row] = key in seen
            seen.add(key)
    return same


def _pairwise_covariance(answers: Answers) -> np.ndarray:
    """R's cov(x, use = "pairwise"): each pair about the means of the rows that have both."""
    there = np.isfinite(answers).astype(float)
    filled = np.nan_to_num(answers)
    n = there.T @ there
    sums = filled.T @ there
    products = filled.T @ filled
    with np.errstate(divide="ignore", invalid="ignore"):
        return (products - sums * sums.T / n) / (n - 1)
