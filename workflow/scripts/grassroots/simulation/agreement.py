"""Which of the abstract's findings one simulated sample shows, judged as the verdicts judge them.

A group finding by Welch's test of the total score (Welch 1951), a finding on motivation by the
coefficient in its step of the regression; two-sided, uncorrected, at 0.05.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.special import fdtrc, stdtrit

ALPHA = 0.05
OUTCOME = "job_burnout"
GROUPS = ("gender", "age", "political_status", "marital_status")
MOTIVATION = "public_service_motivation"
POLICY_MAKING = "attraction_to_policy_making"


def findings(scores: pd.DataFrame, controls: Sequence[str], dimensions: Sequence[str]) -> dict:
    """Finding: whether the sample shows it, under the ids of claims.yaml.

    `controls` are the background variables of the first step, `dimensions` those of motivation.
    """
    shown = {"respondents": len(scores) == 320}
    shown |= {by: welch_p(scores[OUTCOME], scores[by]) < ALPHA for by in GROUPS}
    upper = coefficient_upper(scores, OUTCOME, [*controls, MOTIVATION], MOTIVATION)
    shown["motivation"] = upper < 0
    terms = [*controls, *dimensions]
    shown[POLICY_MAKING] = coefficient_upper(scores, OUTCOME, terms, POLICY_MAKING) < 0
    return shown


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


def coefficient_upper(scores: pd.DataFrame, outcome: str, terms: Sequence[str], term: str) -> float:
    """The upper end of the 95% interval of a term's coefficient, by least squares."""
    data = scores[[outcome, *terms]].dropna()
    design = pd.get_dummies(data[list(terms)], drop_first=True, dtype=float)
    design = design.loc[:, design.any()]  # a level that nobody has
    x = np.column_stack([np.ones(len(design)), design.to_numpy(float)])
    y = data[outcome].to_numpy(float)
    inverse = np.linalg.inv(x.T @ x)
    b = inverse @ x.T @ y
    df = len(y) - x.shape[1]
    residual = y - x @ b
    place = 1 + list(design.columns).index(term)
    se = np.sqrt(residual @ residual / df * inverse[place, place])
    return float(b[place] + stdtrit(df, 1 - ALPHA / 2) * se)
