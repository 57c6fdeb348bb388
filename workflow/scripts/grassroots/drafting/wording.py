"""Answers in words put in order: the usual wordings of agreement, frequency and degree.

A wording is read as a base (`同意`, `agree`), a negation and a degree. Only words of one family can
be put in order, and only if no two of them get the same place; else it is the user who knows.
"""

import re
import unicodedata
from collections.abc import Sequence

from grassroots.intake.answers import plain_words

_MIDDLE = {
    *("不确定", "一般", "中立", "说不清", "说不准", "无所谓", "难说", "普通", "不好说", "居中"),
    *("适中", "不清楚", "既不同意也不反对"),
    "中等",
    "有时同意有时不同意",
    "neutral",
    "undecided",
    "unsure",
    "not sure",
    "uncertain",
    "neither",
    "no opinion",
    "neither agree nor disagree",
    "neither disagree nor agree",
    "neither satisfied nor dissatisfied",
}
# Longest first, so that 非常不 is not read as 不.
_DEGREES_ZH = {
    "完全不": -35, "一点也不": -35, "一点都不": -35, "极不": -34, "极其不": -34, "强烈不": -32,
    "非常不": -30, "十分不": -30, "很不": -28, "不太": -12, "不大": -12, "比较不": -15, "较不": -15,
    "有点不": -10, "有些不": -10, "稍微不": -10, "略不": -10, "基本不": -18, "不": -20,
    "完全": 35, "极其": 34, "极": 34, "强烈": 32, "非常": 30, "十分": 30, "特别": 30, "很": 28,
    "多数": 22, "大部分": 22, "基本": 18, "比较": 15, "较": 15, "较为": 15, "尚算": 12,
    "有点": 10, "有些": 10, "稍微": 10, "略": 10, "部分": 10, "": 20,
}  # fmt: skip
_BASES_ZH = (
    *("同意", "符合", "赞同", "认同", "满意", "正确", "重要", "可能", "愿意", "清楚"),
    *("了解", "熟悉", "支持", "像我", "严重", "强烈", "明显", "困难", "容易", "好"),
)
_FREQUENCY = {
    "从不": 0, "从来不": 0, "从来没有": 0, "从未": 0, "没有": 0, "无": 0, "never": 0,
    "几乎从不": 8, "几乎不": 10, "几乎没有": 10, "极少": 11, "almost never": 10, "hardly ever": 10,
    "很少": 14, "较少": 16, "rarely": 14, "seldom": 14, "偶尔": 20, "occasionally": 20,
    "once in a while": 20, "有时": 30, "有时候": 30, "有时会": 30, "sometimes": 30, "时常": 42,
    "常常": 45, "经常": 45, "often": 45, "frequently": 46, "通常": 48, "大多数时候": 50,
    "大部分时间": 50, "usually": 50, "most of the time": 50, "频繁": 52, "非常频繁": 55,
    "very often": 55, "几乎总是": 58, "almost always": 58, "总是": 60, "一直": 62, "一直如此": 62,
    "always": 60, "every day": 65, "每天": 65, "all the time": 62,
}  # fmt: skip
_AMOUNT = {
    "not at all": 0, "没有影响": 0, "a little": 10, "a little bit": 10, "slightly": 12,
    "somewhat": 20, "to some extent": 20, "moderately": 25, "quite a bit": 35, "quite a lot": 36,
    "considerably": 38, "a lot": 40, "very much": 45, "a great deal": 46, "extremely": 50,
    "completely": 52,
}  # fmt: skip
_DEGREES_EN = {
    "strongly": 30, "very": 28, "completely": 35, "totally": 35, "fully": 35, "extremely": 34,
    "exactly": 35, "mostly": 22, "moderately": 15, "somewhat": 12, "slightly": 10, "a little": 10,
    "rather": 14, "quite": 16, "": 20,
}  # fmt: skip
_BASES_EN = {
    "agree": ("agree", 1), "disagree": ("agree", -1), "satisfied": ("satisfied", 1),
    "dissatisfied": ("satisfied", -1), "likely": ("likely", 1), "unlikely": ("likely", -1),
    "true": ("true", 1), "untrue": ("true", -1), "important": ("important", 1),
    "unimportant": ("important", -1), "like me": ("like me", 1), "unlike me": ("like me", -1),
    "accurate": ("accurate", 1), "inaccurate": ("accurate", -1),
}  # fmt: skip
_OF_ME = re.compile(r"\s+(of|for|about) me$")


def in_order(words: Sequence[str]) -> list[str] | None:
    """The words from the lowest to the highest, or None if their order is not known."""
    if len(words) < 2:
        return None
    for read in (_leading_number, _placed):
        places = [read(word) for word in words]
        families = {place[0] for place in places if place and place[0] != "middle"}
        known = all(places) and len(families) == 1
        if known and len({place[1] for place in places if place}) == len(words):
            ranks = {word: place[1] for word, place in zip(words, places, strict=True) if place}
            return sorted(words, key=ranks.__getitem__)
    return None


def highest_meant(text: str) -> int | None:
    """1 if a wording stands above the middle, -1 below, 0 in it; None if it is not known."""
    place = _placed(text)
    if place is None or place[0] in ("frequency", "amount"):
        return None
    return (place[1] > 0) - (place[1] < 0)


def _leading_number(text: str) -> tuple[str, float] | None:
    """The number that an answer begins with, as in `5 = 非常同意` or `5分`."""
    plain = unicodedata.normalize("NFKC", text).strip()
    found = re.match(r"(-?\d{1,2})\s*(?:分|[=、.:：)]|\s|$)\s*", plain)
    return ("numbered", float(found[1])) if found else None


def _placed(text: str) -> tuple[str, float] | None:
    """The family of a wording and its place in it."""
    plain = re.sub(r"\s*[(（].*?[)）]", "", plain_words(text)).strip().lower().rstrip("。.")
    plain = _OF_ME.sub("", plain)
    if plain in _MIDDLE:
        return ("middle", 0.0)
    if plain in _FREQUENCY:
        return ("frequency", float(_FREQUENCY[plain]))
    found = _chinese(plain) or _english(plain)
    if found:
        return found
    return ("amount", float(_AMOUNT[plain])) if plain in _AMOUNT else None


def _chinese(plain: str) -> tuple[str, float] | None:
    for base in _BASES_ZH:
        if plain.endswith(base):
            degree = plain[: -len(base)].removesuffix("地")
            if degree in _DEGREES_ZH:
                return (base, float(_DEGREES_ZH[degree]))
    return ("同意", -20.0) if plain == "反对" else None


def _english(plain: str) -> tuple[str, float] | None:
    if plain in ("not at all true", "not true at all", "not true"):
        return ("true", -35.0)
    if plain in ("hardly true", "barely true"):
        return ("true", -12.0)
    for base, (family, sign) in sorted(_BASES_EN.items(), key=lambda each: -len(each[0])):
        if plain.endswith(base):
            degree = plain[: -len(base)].strip()
            if degree.startswith("not"):
                sign, degree = -sign, degree.removeprefix("not").replace("at all", "").strip()
            if degree in _DEGREES_EN:
                return (family, float(sign * _DEGREES_EN[degree]))
    return None
