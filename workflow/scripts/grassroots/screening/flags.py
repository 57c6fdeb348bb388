"""Flags: signs of careless or repeated answering, by the rules that the protocol declares.

No flag removes anybody. Who shows flags of several families is `flagged` as a person: results are
given with all valid respondents, and beside them without the flagged.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from grassroots.screening import indices

FLAG_COLUMNS = ["flag", "n", "share", "rule", "family", "limit", "status"]

# Signs of one family tend to come together, so that two of them are little more than one: a run of
# one answer is a small spread.
FAMILIES = {
    "too_fast": "time",
    "longstring": "uniform",
    "low_irv": "uniform",
    "mahalanobis": "outlying",
    "same_answers": "same_answers",
    "same_source": "same_source",
    "many_missing": "missing",
}


@dataclass(frozen=True)
class Sign:
    """One flag: the measured value of each respondent, who shows it, and the rule in words.

    `shown` is None if the flag cannot be computed; `status` then says why.
    """

    flag: str
    rule: str
    limit: float | None
    values: np.ndarray | None = None
    shown: np.ndarray | None = None
    status: str = "ok"


def signs(valid: pd.DataFrame, rules: Mapping[str, Any]) -> list[Sign]:
    """The declared flags of the respondents who were not removed, in a fixed order.

    `rules` holds `items`, `mixed` (the items of each instrument worded both ways) and `flags`, the
    protocol's limits.
    """
    limits = rules["flags"]
    answers = valid[rules["items"]].to_numpy(float)
    found = []
    if limits["seconds_per_item"] is not None:
        found.append(_too_fast(valid, answers.shape[1], limits["seconds_per_item"]))
    if limits["longstring"] is not None:
        found.append(_longstring(valid, rules["mixed"], limits["longstring"]))
    if limits["lowest_irv"] is not None:
        found.append(_low_irv(answers, limits["lowest_irv"]))
    if limits["mahalanobis_p"] is not None:
        found.append(_mahalanobis(answers, limits["mahalanobis_p"]))
    if limits["same_answers"]:
        same = indices.same_as_earlier(answers)
        found.append(
            Sign("same_answers", "all answers as in an earlier response", None, shown=same)
        )
    if limits["same_source"]:
        found.append(_same_source(valid))
    if limits["missing"] is not None:
        share = np.isnan(answers).mean(axis=1)
        rule = f"more than {limits['missing']:g} of the items unanswered"
        missing = share > limits["missing"]
        found.append(Sign("many_missing", rule, limits["missing"], share, missing))
    return found


def families_shown(found: list[Sign], n: int) -> np.ndarray:
    """In how many families each of the `n` respondents shows at least one flag."""
    families: dict[str, np.ndarray] = {}
    for sign in found:
        if sign.shown is not None:
            family = FAMILIES[sign.flag]
            families[family] = families.get(family, np.zeros(n, dtype=bool)) | sign.shown
    return np.sum(list(families.values()), axis=0) if families else np.zeros(n, dtype=int)


def flags_table(found: list[Sign], families: np.ndarray, least: int) -> pd.DataFrame:
    """How many valid respondents show each flag, and how many are flagged; see FLAG_COLUMNS."""
    if not found:
        return pd.DataFrame(columns=FLAG_COLUMNS)
    n = len(families)
    rows = [_row(sign, n) for sign in found]
    rule = f"flags of at least {least} families"
    rows.append(_row(Sign("flagged", rule, least, shown=families >= least), n))
    return pd.DataFrame(rows, columns=FLAG_COLUMNS).astype({"n": "Int64"})


def audit_table(
    respondents: pd.Series, reasons: pd.Series, found: list[Sign], families: np.ndarray, least: int
) -> pd.DataFrame:
    """One row a respondent who answered: why removed, which flags, and the values behind them.

    Flags are empty for those removed, and where they cannot be computed.
    """
    stays = (reasons == "").to_numpy()
    columns: dict[str, Any] = {"respondent": respondents, "excluded": reasons}
    columns["flagged"] = _spread(families >= least, stays, "boolean")
    columns["families"] = _spread(families, stays, "Int64")
    for sign in found:
        columns[sign.flag] = _spread(sign.shown, stays, "boolean")
    for sign in found:
        if sign.values is not None:
            columns[f"{sign.flag}_value"] = _spread(sign.values, stays, "Float64")
    return pd.DataFrame(columns)


def _too_fast(valid: pd.DataFrame, n_items: int, limit: float) -> Sign:
    rule = f"less than {limit:g} seconds an item"
    if "duration_seconds" not in valid:
        return Sign("too_fast", rule, limit, status="no_duration")
    pace = valid["duration_seconds"].to_numpy(float) / n_items
    return Sign("too_fast", rule, limit, pace, pace < limit)


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


def _mahalanobis(answers: np.ndarray, p: float) -> Sign:
    from scipy.special import chdtri

    rule = f"squared Mahalanobis distance with p below {p:g}"
    distances = indices.mahalanobis(answers)
    if distances is None:
        return Sign("mahalanobis", rule, p, status="singular")
    return Sign("mahalanobis", rule, p, distances, distances > chdtri(answers.shape[1], p))


def _same_source(valid: pd.DataFrame) -> Sign:
    rule = "address and background answers of an earlier response"
    if "same_source" not in valid:
        return Sign("same_source", rule, None, status="no_address")
    return Sign("same_source", rule, None, shown=valid["same_source"].to_numpy(bool))


def _row(sign: Sign, n: int) -> dict[str, Any]:
    shown = None if sign.shown is None else int(sign.shown.sum())
    return {
        "flag": sign.flag,
        "n": shown,
        "share": None if shown is None or not n else shown / n,
        "rule": sign.rule,
        "family": FAMILIES.get(sign.flag, ""),
        "limit": sign.limit,
        "status": sign.status,
    }


def _spread(values: np.ndarray | None, stays: np.ndarray, dtype: str) -> pd.Series:
    """Values of those who stay, at their places among all; missing for the others."""
    spread = pd.Series(pd.NA, index=range(len(stays)), dtype=dtype)
    if values is not None:
        spread[stays] = values
    return spread
