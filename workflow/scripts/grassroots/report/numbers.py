"""Numbers as text: the only place where a number of the page or of a figure is formatted.

A `Numbers` object holds one style, read from a table: `apa7` (Publication Manual of the APA, 7th
ed., sections 6.36 to 6.43) or `zh-thesis` (the habit of Chinese theses). Every number is rounded
once, from its full value, ties away from zero as SPSS does; a value that rounds to zero has no
sign. Missing values (None, "", NaN, infinite) print as a dash.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

MINUS = "\u2212"
DASH = "\u2013"


@dataclass(frozen=True)
class Kind:
    """How one kind of number is printed.

    `bounded`: in principle within [-1, 1], so that APA drops the zero before the point.
    """

    decimals: int
    bounded: bool = False
    percent: bool = False
    grouped: bool = False


KINDS: dict[str, Kind] = {
    "count": Kind(0, grouped=True),
    "df": Kind(0),
    "plain": Kind(0),
    "r": Kind(2, bounded=True),
    "reliability": Kind(2, bounded=True),
    "loading": Kind(2, bounded=True),
    "beta": Kind(2, bounded=True),
    "p": Kind(3, bounded=True),
    "fit": Kind(3, bounded=True),
    "b": Kind(2),
    "mean": Kind(2),
    "statistic": Kind(2),
    "criterion": Kind(2),
    "percent": Kind(1, percent=True),
    "threshold": Kind(0, percent=True),
    "whole_percent": Kind(0),
    "proportion": Kind(1, percent=True),
    "magnitude": Kind(0),
}


@dataclass(frozen=True)
class Style:
    """The marks of one tradition."""

    leading_zero: bool
    equals: str
    less: str
    more: str
    brackets: tuple[str, str]
    comma: str
    interval: str
    thousands: str
    stars: bool
    figure_title_above: bool
    mean_sd: str


STYLES: dict[str, Style] = {
    "apa7": Style(
        False, " = ", " < ", " > ", ("[", "]"), ", ", " CI ", ",", False, True, "{} ({})"
    ),
    "zh-thesis": Style(True, "=", "<", ">", ("[", "]"), ", ", "CI ", "", True, False, "{}±{}"),
    "zh-thesis-wide": Style(
        True, "=", "<", ">", ("［", "］"), "，", "CI ", "", True, False, "{}±{}"
    ),
}

STAR_LIMITS = ((0.001, "***"), (0.01, "**"), (0.05, "*"))


def number(value: object) -> float:
    """`value` as a float; NaN for whatever is missing or no number."""
    if value is None or value == "":
        return math.nan
    try:
        found = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return math.nan
    return found if math.isfinite(found) else math.nan


def rounded(value: float, decimals: int) -> Decimal:
    """`value` with `decimals` places, ties away from zero; never a negative zero.

    The decimal digits that Python shows are what is rounded: 2.675 becomes 2.68 and 0.125 becomes
    0.13, as a reader of the full value expects.
    """
    result = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    return abs(result) if result == 0 else result


def _magnitude(value: float) -> str:
    """`6 × 10⁻⁶`: one digit and a power of ten, for numbers of which only the size matters."""
    if value == 0:
        return "0"
    digit, exponent = f"{value:.0e}".split("e")
    raised = str(int(exponent)).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{digit.replace('-', MINUS)} × 10{raised}"


class Numbers:
    """The formatter of one style."""

    def __init__(self, style: str, marks: Mapping[str, str] | None = None) -> None:
        """`marks` may hold the word for a fixed parameter, as `fixed`."""
        self.name = style
        self.style = STYLES[style]
        self.marks = dict(marks or {})

    def text(self, kind: str, value: object, decimals: int | None = None) -> str:
        """A number of a kind, alone, as it stands in a cell; p values keep their `<`."""
        found = number(value)
        if math.isnan(found):
            return DASH
        if kind == "p":
            sign, digits = self._p(found)
            return f"{sign.strip()}{' ' if self.name == 'apa7' else ''}{digits}" if sign else digits
        if kind == "magnitude":
            return _magnitude(found)
        rule = KINDS[kind]
        if kind == "df" and found != int(found):
            decimals = 2
        if kind == "plain":
            decimals = len(f"{found:.6f}".rstrip("0").partition(".")[2])
        if kind in ("proportion", "threshold"):
            found *= 100
        places = rule.decimals if decimals is None else decimals
        return self._plain(found, places, rule) + ("%" if rule.percent else "")

    def tick(self, kind: str, value: float, decimals: int) -> str:
        """The mark of an axis: as a number of the kind, but zero as `0`."""
        return "0" if rounded(value, 9) == 0 else self.text(kind, value, decimals)

    def equation(self, symbol: str, kind: str, value: object) -> str:
        """`symbol` and the number: `p = .013`, `p<0.001`, `n = 312`."""
        found = number(value)
        if kind == "p" and not math.isnan(found):
            sign, digits = self._p(found)
            return f"{symbol}{sign or self.style.equals}{digits}"
        return f"{symbol}{self.style.equals}{self.text(kind, value)}"

    def interval(self, kind: str, low: object, high: object) -> str:
        """`[.31, .52]`. A bound that is not zero never reads as zero: both get more digits."""
        bounds = number(low), number(high)
        if any(math.isnan(bound) for bound in bounds):
            return DASH
        scale = 100 if kind == "proportion" else 1
        places = KINDS[kind].decimals
        while places < 6 and any(
            bound != 0 and rounded(bound * scale, places) == 0 for bound in bounds
        ):
            places += 1
        low_text, high_text = (self.text(kind, bound, places) for bound in bounds)
        opening, closing = self.style.brackets
        return f"{opening}{low_text}{self.style.comma}{high_text}{closing}"

    def confidence(self, kind: str, low: object, high: object, alpha: float = 0.05) -> str:
        """`95% CI [.31, .52]`."""
        return f"{self.level(alpha)}{self.style.interval}{self.interval(kind, low, high)}"

    @staticmethod
    def level(alpha: float) -> str:
        """The confidence level that belongs to `alpha`: `95%`."""
        return f"{rounded(100 * (1 - alpha), 6).normalize():f}%"

    def estimate(self, kind: str, value: object, low: object, high: object) -> str:
        """`.42 [.31, .52]`; the estimate alone where there is no interval."""
        interval = self.interval(kind, low, high)
        return (
            self.text(kind, value) if interval == DASH else f"{self.text(kind, value)} {interval}"
        )

    def starred(self, kind: str, value: object, p: object) -> str:
        """The number with its stars where the style has them."""
        return self.text(kind, value) + self.stars(p)

    def stars(self, p: object) -> str:
        """`***`, `**`, `*` or nothing; judged on the unrounded p."""
        found = number(p)
        if not self.style.stars or math.isnan(found):
            return ""
        return next((mark for limit, mark in STAR_LIMITS if found < limit), "")

    def with_p(self, kind: str, value: object, p: object) -> str:
        """A number with what tells its significance: stars, or the p in brackets."""
        if self.style.stars or math.isnan(number(p)):
            return self.starred(kind, value, p)
        return f"{self.text(kind, value)} ({self.text('p', p)})"

    def fixed(self, kind: str, value: object) -> str:
        """A parameter that was fixed and not estimated: `1.00 (fixed)`."""
        return f"{self.text(kind, value)}{self.marks['fixed']}"

    def mean_sd(self, mean: object, sd: object) -> str:
        """`3.21±0.45`, in APA style `3.21 (0.45)`; a dash where there is no mean."""
        if math.isnan(number(mean)):
            return DASH
        return self.style.mean_sd.format(self.text("mean", mean), self.text("mean", sd))

    def like(self, printed: str, value: object) -> str:
        """`value` with as many decimals as the printed number has, beside which it stands.

        The zero before the point follows the printed number too, so that the two can be compared
        at a glance.
        """
        found = number(value)
        if math.isnan(found):
            return DASH
        bare = printed.strip().lstrip("+-" + MINUS)
        decimals = len(bare.partition(".")[2])
        text = self._signed(rounded(found, decimals))
        return text.replace("0.", ".", 1) if bare.startswith(".") and abs(found) < 1 else text

    def _p(self, value: float) -> tuple[str, str]:
        if value < 0.001:
            return self.style.less, self._plain(0.001, 3, KINDS["p"])
        if value >= 0.9995:
            return self.style.more, self._plain(0.999, 3, KINDS["p"])
        return "", self._plain(value, 3, KINDS["p"])

    def _plain(self, value: float, decimals: int, rule: Kind) -> str:
        result = rounded(value, decimals)
        if rule.grouped and self.style.thousands:
            return f"{result:,f}".replace("-", MINUS)
        text = self._signed(result)
        if rule.bounded and not self.style.leading_zero and abs(result) < 1:
            return text.replace("0.", ".", 1)
        return text

    @staticmethod
    def _signed(value: Decimal) -> str:
        return f"{value:f}".replace("-", MINUS)
