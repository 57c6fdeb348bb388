"""Answers that are bands of a number, such as `26~35岁`, `3年以下` or `more than 8000`."""

import math
import re
import unicodedata
from dataclasses import dataclass

_NUMBER = r"(\d+(?:[.,]\d+)?)\s*(万|千|k)?"
_SIZES = {"万": 10_000, "千": 1000, "k": 1000, None: 1, "": 1}
_BETWEEN = re.compile(rf"{_NUMBER}\D{{0,3}}?\s*(?:[-~～—–至到]|to|and)+\s*{_NUMBER}")
_ONE = re.compile(_NUMBER)
_OR_LESS = re.compile(
    r"及以下|及以内|或以下|以内|不超过|or (younger|less|fewer|below|under)|up to|at most"
)
_LESS = re.compile(
    r"以下|不满|不到|不足|少于|低于|小于|less than|under|below|fewer than|younger than|<"
)
_OR_MORE = re.compile(r"及以上|及其以上|或以上|or (older|more|above|over)|at least|\+$|≥")
_MORE = re.compile(r"以上|超过|大于|高于|多于|more than|over|above|older than|>")


# Steps of which questionnaires offer bands too, from the lowest up: 大专及以下, 正科及以上.
_LADDERS: tuple[tuple[tuple[str, ...], ...], ...] = (
    (
        ("小学", "primary school"),
        ("初中", "middle school", "junior high"),
        ("高中", "中专", "职高", "技校", "high school", "secondary"),
        ("大专", "专科", "高职", "junior college", "associate"),
        ("本科", "学士", "bachelor", "undergraduate"),
        ("硕士", "研究生", "master", "graduate"),
        ("博士", "doctor", "phd"),
    ),
    (
        ("科员", "办事员", "clerk", "section member"),
        ("副科", "副主任科员", "deputy section head"),
        ("正科", "主任科员", "section head"),
        ("副处", "副县", "副调研员", "deputy division head"),
        ("正处", "正县", "division head"),
        ("副厅", "deputy bureau head"),
    ),
)

_DOWN = re.compile(r"以下|or (below|less|lower)|and below")
_UP = re.compile(r"以上|or (above|higher)|and above")


@dataclass(frozen=True)
class Band:
    """The whole numbers from `low` to `high`, both in it."""

    low: float
    high: float

    def within(self, other: "Band") -> bool:
        """Whether all of it lies in another band."""
        return other.low <= self.low and self.high <= other.high

    def overlaps(self, other: "Band") -> bool:
        """Whether any number lies in both."""
        return self.low <= other.high and other.low <= self.high

    def nearly(self, other: "Band") -> bool:
        """Whether the two differ by no more than how an end is worded: 5~10 and 6~10."""
        return all(
            mine == theirs or abs(mine - theirs) <= 1
            for mine, theirs in ((self.low, other.low), (self.high, other.high))
        )


def band(text: str) -> Band | None:
    """The band that an answer names, or None if it names none."""
    plain = unicodedata.normalize("NFKC", text).lower().replace(",", "")
    between = _BETWEEN.search(plain)
    if between:
        high = _number(between[3], between[4])
        # In 1-2万 the size belongs to both.
        low = _number(between[1], between[2] or between[4])
        return Band(low, high) if low <= high else None
    one = _ONE.search(plain)
    if one is None:
        return None
    bound = _number(one[1], one[2])
    if _OR_LESS.search(plain):
        return Band(-math.inf, bound)
    if _OR_MORE.search(plain):
        return Band(bound, math.inf)
    if _LESS.search(plain):
        return Band(-math.inf, bound - 1)
    if _MORE.search(plain):
        return Band(bound + 1, math.inf)
    return None


def ladder_band(text: str) -> tuple[int, Band] | None:
    """Which ladder an answer is of, and the steps of it that it covers; None if it is of none."""
    plain = unicodedata.normalize("NFKC", text).lower()
    for ladder, steps in enumerate(_LADDERS):
        on = [place for place, names in enumerate(steps) if any(name in plain for name in names)]
        # 副主任科员 holds 主任科员, which holds 科员: the longest name that stands there counts.
        named = [(len(name), place) for place in on for name in steps[place] if name in plain]
        if not named:
            continue
        longest = max(named)[1]
        places = [longest] if ladder == 1 and "/" not in plain else on
        low, high = float(min(places)), float(max(places))
        if _DOWN.search(plain):
            low = -math.inf
        if _UP.search(plain):
            high = math.inf
        return ladder, Band(low, high)
    return None


def _number(digits: str, size: str | None) -> float:
    return float(digits) * _SIZES[size]
