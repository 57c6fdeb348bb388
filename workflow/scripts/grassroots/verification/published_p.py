"""Whether a published p can come from the published statistic and its degrees of freedom.

As statcheck does (Nuijten et al. 2016, Behavior Research Methods 48): both numbers were rounded
when they were printed, so they agree if any statistic that rounds to the printed one has a p that
rounds to the printed one. t, r and z are two-sided.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Recomputed:
    """The p of the printed statistic, the smallest and largest that rounding allows, agreement."""

    p: float
    low: float
    high: float
    agrees: bool


def recomputed(test: Mapping[str, Any]) -> Recomputed:
    """A published test computed again: {"statistic", "value", "df", "df2", "p"}.

    `value` and `p` are the printed texts, p perhaps after < or >; `df` is missing for z, `df2` for
    all but F.
    """
    statistic, df, df2 = test["statistic"], test.get("df"), test.get("df2")
    value, half = float(test["value"]), half_unit(test["value"])
    exact = p_value(statistic, value, df, df2)
    size = abs(value)
    largest = 1.0 if statistic == "r" else math.inf
    high = p_value(statistic, max(size - half, 0.0), df, df2)
    low = p_value(statistic, min(size + half, largest), df, df2)
    sign, digits = re.fullmatch(r"([<>]?) ?(.*)", test["p"]).groups()
    printed, slack = float(digits), half_unit(digits)
    agrees = {
        "<": low < printed,
        ">": high > printed,
        "": low <= printed + slack and high >= printed - slack,
    }[sign]
    return Recomputed(exact, low, high, agrees)


def p_value(statistic: str, value: float, df: float | None, df2: float | None = None) -> float:
    """The p of a statistic: two-sided for t, r and z, upper tail for F and chi2."""
    from scipy.special import chdtrc, fdtrc, ndtr, stdtr

    size = abs(value)
    match statistic:
        case "z":
            p = 2 * ndtr(-size)
        case "t":
            p = 2 * stdtr(df, -size)
        case "r":
            p = 2 * stdtr(df, -size * math.sqrt(df / (1 - size**2))) if size < 1 else 0.0
        case "F":
            p = fdtrc(df, df2, size)
        case _:
            p = chdtrc(df, size)
    return float(p)


def half_unit(printed: str) -> float:
    """Half of the last printed digit's unit: .005 for `2.31`."""
    return 0.5 * 10.0 ** -len(printed.partition(".")[2])
