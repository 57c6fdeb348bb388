"""Whether a printed p can come from the printed statistic and its degrees of freedom.

As statcheck does (Nuijten et al. 2016, Behavior Research Methods 48): all numbers were rounded when
they were printed, so they agree if any statistic that rounds to the printed one has a p that rounds
to the printed one. t, r and z are two-sided. What others published is held against this, and what
our own page prints.
"""

import math
from dataclasses import dataclass
from itertools import product

# Two-sided or upper tails, by symbol; how many degrees of freedom each takes.
FREEDOM = {"t": 1, "F": 2, "χ²": 1, "H": 1, "r": 1, "z": 0}

# Room for the last bits of two computations of one p.
_SLACK = 1e-9


@dataclass(frozen=True)
class Printed:
    """A statistic, its degrees of freedom and its p as they are printed; where says where.

    `sign` stands before the p: one of =, <, >.
    """

    symbol: str
    value: str
    freedom: tuple[str, ...]
    sign: str
    p: str
    where: str = ""

    def __str__(self) -> str:
        freedom = f"({', '.join(self.freedom)})" if self.freedom else ""
        return f"{self.symbol}{freedom} = {self.value}, p {self.sign} {self.p}"


def consistent(printed: Printed) -> bool:
    """Whether some value behind the printed statistic gives the printed p."""
    low, high = p_range(printed)
    p, half = _number(printed.p), _half_unit(printed.p)
    if printed.sign == "<":
        return low < p + _SLACK
    if printed.sign == ">":
        return high > p - _SLACK
    return low <= p + half + _SLACK and high >= p - half - _SLACK


def p_range(printed: Printed) -> tuple[float, float]:
    """The smallest and the largest p of the values that round to what is printed."""
    value, half = _number(printed.value), _half_unit(printed.value)
    statistics = [value - half, value + half]
    if statistics[0] < 0 < statistics[1]:
        statistics.append(0.0)
    freedom = [_around(each) for each in printed.freedom]
    found = [p_value(printed.symbol, *each) for each in product(statistics, *freedom)]
    return min(found), max(found)


def p_value(symbol: str, value: float, *freedom: float) -> float:
    """The p of a statistic: two-sided for t, r (df = n - 2) and z, upper tail for F, χ² and H."""
    from scipy.special import chdtrc, fdtrc, ndtr, stdtr

    match symbol:
        case "z":
            p = 2 * ndtr(-abs(value))
        case "t":
            p = 2 * stdtr(*freedom, -abs(value))
        case "r":
            (df,) = freedom
            t = abs(value) * math.sqrt(df / (1 - value**2)) if abs(value) < 1 else math.inf
            p = 2 * stdtr(df, -t)
        case "F":
            p = fdtrc(*freedom, max(value, 0.0))
        case _:
            p = chdtrc(*freedom, max(value, 0.0))
    return float(p)


def _around(df: str) -> list[float]:
    """Whole degrees of freedom are exact; those with decimals are rounded."""
    value = _number(df)
    ends = [value - _half_unit(df), value + _half_unit(df)] if "." in df else [value]
    return [max(each, 1e-9) for each in ends]


def _number(text: str) -> float:
    return float(text.replace("−", "-"))


def _half_unit(text: str) -> float:
    """Half a unit of the last place that is printed: .005 for `2.31`."""
    return 0.5 * 10.0 ** -len(text.partition(".")[2])
