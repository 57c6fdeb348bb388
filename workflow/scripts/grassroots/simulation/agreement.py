"""Which of the published findings one simulated sample shows, judged as the verdicts judge them.

A group finding by Welch's test of the total score (Welch 1951) and, where a direction is claimed,
by the order of the groups' means; a finding on a predictor by the interval of its coefficient in
its step of the regression; two-sided, uncorrected, at 0.05. A level is that of the mean, by the
protocol's cut-offs.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from scipy.special import fdtrc, stdtrit

from grassroots.description.levels import level_of
from grassroots.study.claims import Claims
from grassroots.study.finding import Evidence
from grassroots.study.protocol import Protocol

ALPHA = 0.05

Interval = tuple[float, float]


def findings(scores: pd.DataFrame, claims: Claims, protocol: Protocol) -> dict[str, bool]:
    """Claim: whether the sample shows it; claims that no answer bears on are left out."""
    intervals = _intervals(scores, claims, protocol)
    shown: dict[str, bool] = {}
    for name, claim in claims.claims.items():
        if claim.kind == "number":
            shown[name] = claim.table == "flow" and len(scores) == int(claim.claimed)
        elif claim.kind == "sign":
            shown[name] = _shows(scores, claim.evidence, intervals)
        elif claim.table == "descriptives":
            scale = claim.where["variable"]
            shown[name] = [_level(scores[scale].mean(), scale, protocol)] == claim.claimed
    return shown


def _shows(
    scores: pd.DataFrame,
    evidence: Evidence,
    intervals: Mapping[tuple[str, str], Mapping[str, Interval]],
) -> bool:
    where = evidence.where
    if evidence.table == "group_differences":
        outcome, by = scores[where["outcome"]], scores[where["by"]]
        differs = welch_p(outcome, by) < ALPHA
        if evidence.higher:
            return differs and means_are_higher(outcome, by, evidence.higher)
        return differs == (evidence.expects == "nonzero")
    if evidence.table != "regression":
        raise ValueError(f"a finding in {evidence.table} is not judged here")
    low, high = intervals[where["model"], where["step"]][where["term"]]
    return {"negative": high < 0, "positive": low > 0}[evidence.expects]


def _level(mean: float, scale: str, protocol: Protocol) -> str | None:
    """The band of the protocol in which the mean of a scale lies."""
    (levels,) = (each for each in protocol.levels.values() if scale in each.scales)
    bands = [
        {"level": name, "start": band.start, "closed": band.above is None}
        for name, band in levels.bands.items()
    ]
    return level_of(mean, bands)


def _intervals(
    scores: pd.DataFrame, claims: Claims, protocol: Protocol
) -> dict[tuple[str, str], dict[str, Interval]]:
    """Of each step of a regression that a claim names: the intervals of its coefficients."""
    named = {
        (claim.evidence.where["model"], claim.evidence.where["step"])
        for claim in claims.claims.values()
        if claim.kind == "sign" and claim.evidence.table == "regression"
    }
    found = {}
    for name, step in sorted(named):
        model = protocol.regressions[name]
        terms = [term for own in model.steps[: int(step)] for term in own]
        found[name, step] = coefficient_intervals(scores, model.outcome, terms)
    return found


def means_are_higher(outcome: pd.Series, by: pd.Series, levels: Sequence[str]) -> bool:
    """Whether the mean of those with one of the levels lies above that of all others."""
    named = by.isin(levels)
    return bool(outcome[named].mean() > outcome[~named & by.notna()].mean())


def welch_p(outcome: pd.Series, by: pd.Series) -> float:
    """The p of Welch's test that all groups have one mean; of two groups, that of his t test."""
    groups = [values.dropna().to_numpy() for _, values in outcome.groupby(by, observed=True)]
    n = np.array([len(values) for values in groups])
    means = np.array([values.mean() for values in groups])
    weights = n / np.array([values.var(ddof=1) for values in groups])
    k, total = len(groups), weights.sum()
    mean = (weights * means).sum() / total
    spread = ((1 - weights / total) ** 2 / (n - 1)).sum()
    between = (weights * (means - mean) ** 2).sum() / (k - 1)
    statistic = between / (1 + 2 * (k - 2) / (k**2 - 1) * spread)
    return float(fdtrc(k - 1, (k**2 - 1) / (3 * spread), statistic))


def coefficient_intervals(
    scores: pd.DataFrame, outcome: str, terms: Sequence[str]
) -> dict[str, Interval]:
    """The 95% interval of the coefficient of each term that is a number, by least squares."""
    data = scores[[outcome, *terms]].dropna()
    design = pd.get_dummies(data[list(terms)], drop_first=True, dtype=float)
    design = design.loc[:, design.any()]  # a level that nobody has
    x = np.column_stack([np.ones(len(design)), design.to_numpy(float)])
    y = data[outcome].to_numpy(float)
    inverse = np.linalg.inv(x.T @ x)
    b = inverse @ x.T @ y
    df = len(y) - x.shape[1]
    residual = y - x @ b
    margin = stdtrit(df, 1 - ALPHA / 2) * np.sqrt(residual @ residual / df * np.diag(inverse))
    ends = zip((b - margin)[1:].tolist(), (b + margin)[1:].tolist(), strict=True)
    return {name: each for name, each in zip(design.columns, ends, strict=True) if name in terms}
