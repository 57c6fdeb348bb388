"""Signs of careless or repeated answering, by the limits that the protocol declares.

A sign that cannot be computed is named with the reason; none removes anybody by itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from grassroots.screening import indices

# Within-person correlations over two pairs are always 1 or -1.
LEAST_PAIRS = 3


@dataclass(frozen=True)
class Sign:
    """One sign: the measured value of each respondent, who shows it, and the rule in words.

    `shown` is None if it cannot be computed; `status` then says why. `basis` is how many pairs of
    items or scales a value rests on. `counted` is false for a sign that is shown and flags nobody.
    `source` says where the limit comes from, `key` is its name in the protocol.
    """

    flag: str
    rule: str
    limit: float | None
    values: np.ndarray | None = None
    shown: np.ndarray | None = None
    status: str = "ok"
    basis: int | None = None
    counted: bool = True
    source: str = ""
    key: str = ""


def signs(valid: pd.DataFrame, rules: Mapping[str, Any]) -> list[Sign]:
    """The declared signs of the respondents who were not removed, in a fixed order.

    `rules` holds `items`, `mixed` (the items of each instrument worded both ways), `turned` (item:
    lowest plus highest answer, for the reverse-keyed), `scales` (the items of each scale that has
    two or more) and `flags`, the protocol's limits.
    """
    limits = rules["flags"]
    answers = valid[rules["items"]].to_numpy(float)
    about = cache(lambda: indices.pairwise_sums(answers))
    pairs = cache(lambda: indices.item_pairs(about(), limits["pairs_above"]))
    of_key = {
        "seconds_per_item": lambda limit: _too_fast(valid, answers.shape[1], limit),
        "share_of_median": lambda limit: _faster_than_most(valid, limit),
        "longstring": lambda limit: _longstring(valid, rules["mixed"], limit),
        "lowest_irv": lambda limit: _low_irv(answers, limit),
        "mahalanobis_p": lambda limit: _mahalanobis(answers, about(), limit),
        "even_odd": lambda limit: _even_odd(answers, rules, limit),
        "synonyms": lambda limit: _synonyms(answers, pairs()[0], limits["pairs_above"], limit),
        "antonyms": lambda limit: _antonyms(answers, pairs()[1], limits["pairs_above"], limit),
        "same_answers": lambda _: _same_answers(answers),
        "same_source": lambda _: _same_source(valid),
        "missing": lambda limit: _many_missing(answers, limit),
    }
    found = []
    for key, sign_at in of_key.items():
        if asked(limits, key):
            source = (limits["sources"].get(key) or {}).get("en", "")
            counted = key not in limits["only_shown"]
            sign = _known(sign_at(limits[key]))
            found.append(replace(sign, counted=counted, source=source, key=key))
    return found


def asked(limits: Mapping[str, Any], key: str) -> bool:
    """Whether the protocol asks for the sign of this limit."""
    return limits[key] is not None and limits[key] is not False


def _known(sign: Sign) -> Sign:
    """The sign, not computed if it has no value for anybody."""
    if sign.values is None or np.isfinite(sign.values).any():
        return sign
    return replace(sign, values=None, shown=None, status="no_values")


def _too_fast(valid: pd.DataFrame, n_items: int, limit: float) -> Sign:
    rule = f"less than {limit:g} seconds an item"
    if "duration_seconds" not in valid:
        return Sign("too_fast", rule, limit, status="no_duration")
    pace = valid["duration_seconds"].to_numpy(float) / n_items
    return Sign("too_fast", rule, limit, pace, pace < limit)


def _faster_than_most(valid: pd.DataFrame, limit: float) -> Sign:
    """Against the median of those who were not removed and whose time is known."""
    rule = f"less than {limit:g} of the median time"
    if "duration_seconds" not in valid:
        return Sign("faster_than_most", rule, limit, status="no_duration")
    seconds = valid["duration_seconds"].to_numpy(float)
    known = seconds[np.isfinite(seconds)]
    median = float(np.median(known)) if len(known) else np.nan
    share = seconds / median if median > 0 else np.full(len(seconds), np.nan)
    return Sign("faster_than_most", rule, limit, share, share < limit)


def _longstring(valid: pd.DataFrame, mixed: list[list[str]], limit: float) -> Sign:
    rule = f"one answer in a row for {limit:g} of the items of an instrument worded both ways"
    if not mixed:
        return Sign("longstring", rule, limit, status="no_mixed_instrument")
    shares = [indices.longest_run(valid[items].to_numpy(float)) / len(items) for items in mixed]
    longest = np.max(shares, axis=0)
    return Sign("longstring", rule, limit, longest, longest >= limit)


def _low_irv(answers: np.ndarray, share: float) -> Sign:
    rule = f"among the {share:g} with the smallest standard deviation of their answers"
    spread = indices.response_variability(answers)
    known = spread[np.isfinite(spread)]
    limit = float(np.quantile(known, share)) if len(known) else -np.inf
    return Sign("low_irv", rule, share, spread, spread <= limit)


def _mahalanobis(answers: np.ndarray, about: indices.PairwiseSums, p: float) -> Sign:
    from scipy.special import chdtri

    rule = f"squared Mahalanobis distance with p below {p:g}"
    distances = indices.mahalanobis(answers, about)
    if distances is None:
        return Sign("mahalanobis", rule, p, status="singular")
    return Sign("mahalanobis", rule, p, distances, distances > chdtri(answers.shape[1], p))


def _even_odd(answers: np.ndarray, rules: Mapping[str, Any], limit: float) -> Sign:
    rule = f"inconsistency of even and odd halves above {limit:g}"
    place = {item: column for column, item in enumerate(rules["items"])}
    scales = [[place[item] for item in items] for items in rules["scales"]]
    if len(scales) < LEAST_PAIRS:
        return Sign("even_odd", rule, limit, status="few_scales", basis=len(scales))
    turned = {place[item]: total for item, total in rules["turned"].items()}
    values = indices.inconsistency(answers, scales, turned)
    return Sign("even_odd", rule, limit, values, values > limit, basis=len(scales))


def _synonyms(answers: np.ndarray, pairs: np.ndarray, critical: float, limit: float) -> Sign:
    rule = f"own correlation over pairs of items with r > {critical:g} below {limit:g}"
    if len(pairs) < LEAST_PAIRS:
        return Sign("synonyms", rule, limit, status="few_pairs", basis=len(pairs))
    values = indices.pair_correlation(answers, pairs)
    return Sign("synonyms", rule, limit, values, values < limit, basis=len(pairs))


def _antonyms(answers: np.ndarray, pairs: np.ndarray, critical: float, limit: float) -> Sign:
    rule = f"own correlation over pairs of items with r < -{critical:g} above {limit:g}"
    if len(pairs) < LEAST_PAIRS:
        return Sign("antonyms", rule, limit, status="few_pairs", basis=len(pairs))
    values = indices.pair_correlation(answers, pairs)
    return Sign("antonyms", rule, limit, values, values > limit, basis=len(pairs))


def _same_answers(answers: np.ndarray) -> Sign:
    rule = "all answers as in an earlier response"
    return Sign("same_answers", rule, None, shown=indices.same_as_earlier(answers))


def _same_source(valid: pd.DataFrame) -> Sign:
    rule = "address and background answers of an earlier response"
    if "same_source" not in valid:
        return Sign("same_source", rule, None, status="no_address")
    return Sign("same_source", rule, None, shown=valid["same_source"].to_numpy(bool))


def _many_missing(answers: np.ndarray, limit: float) -> Sign:
    rule = f"more than {limit:g} of the items unanswered"
    share = np.isnan(answers).mean(axis=1)
    return Sign("many_missing", rule, limit, share, share > limit)
