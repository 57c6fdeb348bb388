"""The tests of one outcome between the groups of one variable.

Tests of means are those of `mean_tests`; Mann and Whitney's and Kruskal and Wallis's are scipy's,
which is imported where it is called. Each function says which function of R gives the same numbers.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from grassroots.inference import effect_sizes, mean_tests
from grassroots.inference.effect_sizes import EffectSize
from grassroots.inference.groups import Comparison, is_constant

FloatArray = NDArray[np.float64]

JUDGED = ("welch_t", "welch_anova")
"""The tests that decide: of two groups, of several. The others stand beside them."""


@dataclass(frozen=True)
class GroupTest:
    """One test. NaN where a test has no such number.

    ``status``: ``ok``; ``constant_group`` (a group without variance, where the test divides by each
    group's variance); ``no_within_variance`` (no group has any); those of `Comparison`.
    """

    test: str
    statistic: float = np.nan
    df1: float = np.nan
    df2: float = np.nan
    p: float = np.nan
    effect: EffectSize = effect_sizes.NONE
    difference: float = np.nan
    ci_low: float = np.nan
    ci_high: float = np.nan
    status: str = "ok"
    message: str = ""


def group_tests(
    compared: Comparison, declared_levels: int, alpha: float, *, only_judged: bool = False
) -> list[GroupTest]:
    """Return the tests of one comparison, the judged one first.

    Two groups: welch_t, student_t, levene_mean, levene_median, mann_whitney. Several: welch_anova,
    anova, levene_mean, levene_median, kruskal. The number of groups that are compared decides. A
    comparison whose status is not ok has one row without numbers, under the name of the judged test
    of `declared_levels` groups.

    `only_judged`: that test alone.
    """
    samples = compared.samples
    if compared.status != "ok":
        judged = JUDGED[declared_levels > 2]
        return [GroupTest(judged, status=compared.status, message=compared.message)]
    if len(samples) == 2:
        judged = _t_test("welch_t", *samples, alpha)
    else:
        classical = _anova(samples, alpha)
        judged = _welch_anova(compared, classical.effect)
    if only_judged:
        return [judged]
    return [
        judged,
        _t_test("student_t", *samples, alpha) if len(samples) == 2 else classical,
        _levene("levene_mean", samples, np.mean),
        _levene("levene_median", samples, np.median),
        _mann_whitney(*samples, alpha) if len(samples) == 2 else _kruskal(samples),
    ]


def _t_test(test: str, first: FloatArray, second: FloatArray, alpha: float) -> GroupTest:
    """First minus second: t, df (in df1), p, and the difference of means with its t interval.

    ``t.test(first, second, var.equal = test == "student_t")``.
    """
    if is_constant(first) and is_constant(second):
        return _without_variance(test)
    t, df, p = (mean_tests.welch_t if test == "welch_t" else mean_tests.student_t)(first, second)
    difference = float(first.mean() - second.mean())
    margin = special.stdtrit(df, 1 - alpha / 2) * _standard_error(test, first, second)
    return GroupTest(
        test,
        t,
        df,
        p=p,
        effect=effect_sizes.standardised_difference(first, second, alpha),
        difference=difference,
        ci_low=difference - margin,
        ci_high=difference + margin,
    )


def _standard_error(test: str, first: FloatArray, second: FloatArray) -> float:
    n1, n2 = len(first), len(second)
    v1, v2 = first.var(ddof=1), second.var(ddof=1)
    if test == "welch_t":
        return float(np.sqrt(v1 / n1 + v2 / n2))
    pooled = ((n1 - 1) * v1 + (n2 - 1) * v2) / (n1 + n2 - 2)
    return float(np.sqrt(pooled * (1 / n1 + 1 / n2)))


def _welch_anova(compared: Comparison, effect: EffectSize) -> GroupTest:
    """Welch's (1951) F: ``oneway.test(y ~ g)``, with the effect size of the classical one."""
    if any(is_constant(sample) for sample in compared.samples):
        return _constant_groups(compared)
    return GroupTest("welch_anova", *mean_tests.welch_f(compared.samples), effect=effect)


def _constant_groups(compared: Comparison) -> GroupTest:
    """Welch's F divides by each group's variance; some group has none."""
    constant = [
        level
        for level, sample in zip(compared.levels, compared.samples, strict=True)
        if is_constant(sample)
    ]
    if len(constant) == len(compared.levels):
        return _without_variance("welch_anova")
    return GroupTest(
        "welch_anova",
        status="constant_group",
        message="everybody has the same score in: " + ", ".join(constant),
    )


def _anova(samples: tuple[FloatArray, ...], alpha: float) -> GroupTest:
    """The classical F: ``aov(y ~ g)``."""
    if all(is_constant(sample) for sample in samples):
        return _without_variance("anova")
    f, df1, df2, p = mean_tests.classical_f(samples)
    effect = effect_sizes.explained_variance(f, df1, df2, alpha)
    return GroupTest("anova", f, df1, df2, p, effect)


def _levene(
    test: str, samples: tuple[FloatArray, ...], centre: Callable[[FloatArray], float]
) -> GroupTest:
    """Levene's F: ``car::leveneTest(y ~ g, center = mean)``, or ``median`` (Brown & Forsythe 1974).

    It is the classical F of the absolute distances from the group's centre, and undefined where
    those do not vary within the groups (all groups constant, or of two).
    """
    distances = [np.abs(sample - centre(sample)) for sample in samples]
    spread = max(float(np.ptp(sample)) for sample in samples)
    if all(np.ptp(distance) <= 1e-12 * spread for distance in distances):
        return _without_variance(test)
    return GroupTest(test, *mean_tests.classical_f(distances))


def _mann_whitney(first: FloatArray, second: FloatArray, alpha: float) -> GroupTest:
    """U of the first group; p from the normal approximation, corrected for ties and continuity.

    ``wilcox.test(first, second, exact = FALSE, correct = TRUE)``, which calls U ``W``. SPSS has no
    correction for continuity. Scores of questionnaires have ties, so that no exact p exists.
    """
    first, second = _ranked_as_on_paper((first, second))
    from scipy import stats

    found = stats.mannwhitneyu(first, second, method="asymptotic", use_continuity=True)
    effect = effect_sizes.rank_biserial(float(found.statistic), len(first), len(second), alpha)
    return GroupTest("mann_whitney", float(found.statistic), p=float(found.pvalue), effect=effect)


def _kruskal(samples: tuple[FloatArray, ...]) -> GroupTest:
    """H corrected for ties with its df (in df1): ``kruskal.test``."""
    from scipy import stats

    h, p = (float(value) for value in stats.kruskal(*_ranked_as_on_paper(samples)))
    n = sum(len(sample) for sample in samples)
    effect = effect_sizes.rank_epsilon_squared(h, n)
    return GroupTest("kruskal", h, float(len(samples) - 1), p=p, effect=effect)


def _ranked_as_on_paper(samples: tuple[FloatArray, ...]) -> list[FloatArray]:
    """Scores that are equal on paper may differ in the last bit: no ties then, and other ranks."""
    return [sample.round(9) for sample in samples]


def _without_variance(test: str) -> GroupTest:
    message = "scores do not vary within the groups, so that there is nothing to compare with"
    return GroupTest(test, status="no_within_variance", message=message)
