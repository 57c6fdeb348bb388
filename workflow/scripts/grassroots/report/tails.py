"""p values from their statistics, in plain arithmetic: for the check of the finished page alone.

No result comes from here. Every p of a result is scipy's; that this is other code, and that it
costs no import, is the point. Continued fractions and series as in Press et al. (2007), Numerical
Recipes, sections 6.2 and 6.4; relative error below 1e-9 where p is above 1e-12.
"""

import math

_SMALL = 1e-300
_CLOSE = 1e-13
_STEPS = 100_000


def chi_square_tail(statistic: float, df: float) -> float:
    """P(χ² ≥ statistic) with `df` > 0 degrees of freedom."""
    if statistic <= 0:
        return 1.0
    a, x = df / 2, statistic / 2
    front = math.exp(a * math.log(x) - x - math.lgamma(a))
    if x < a + 1:
        term = total = 1 / a
        for step in range(1, _STEPS):
            term *= x / (a + step)
            total += term
            if term < total * _CLOSE:
                break
        return max(0.0, 1 - front * total)
    b = x + 1 - a
    c, d = 1 / _SMALL, 1 / b
    fraction = d
    for step in range(1, _STEPS):
        numerator = -step * (step - a)
        b += 2
        d = 1 / _away(numerator * d + b)
        c = _away(b + numerator / c)
        change = d * c
        fraction *= change
        if abs(change - 1) < _CLOSE:
            break
    return min(1.0, front * fraction)


def f_tail(statistic: float, df1: float, df2: float) -> float:
    """P(F ≥ statistic)."""
    if statistic <= 0:
        return 1.0
    return _beta(df2 / (df2 + df1 * statistic), df2 / 2, df1 / 2)


def t_tails(statistic: float, df: float) -> float:
    """P(|t| ≥ |statistic|)."""
    return _beta(df / (df + statistic * statistic), df / 2, 0.5)


def z_tails(statistic: float) -> float:
    """P(|z| ≥ |statistic|)."""
    return math.erfc(abs(statistic) / math.sqrt(2))


def r_tails(r: float, df: float) -> float:
    """p of a Pearson correlation with n − 2 degrees of freedom."""
    if abs(r) >= 1:
        return 0.0
    return t_tails(r * math.sqrt(df / (1 - r * r)), df)


def _away(value: float) -> float:
    """`value`, kept from dividing by zero."""
    return value if abs(value) > _SMALL else _SMALL


def _beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function."""
    if x <= 0 or x >= 1:
        return 0.0 if x <= 0 else 1.0
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    if x < (a + 1) / (a + b + 2):
        return front * _beta_fraction(x, a, b) / a
    return 1 - front * _beta_fraction(1 - x, b, a) / b


def _beta_fraction(x: float, a: float, b: float) -> float:
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    fraction = d
    for step in range(1, _STEPS):
        twice = 2 * step
        even = step * (b - step) * x / ((a + twice - 1) * (a + twice))
        odd = -(a + step) * (a + b + step) * x / ((a + twice) * (a + twice + 1))
        for numerator in (even, odd):
            d = 1 / _away(1 + numerator * d)
            c = _away(1 + numerator / c)
            change = d * c
            fraction *= change
        if abs(change - 1) < _CLOSE:
            break
    return fraction
