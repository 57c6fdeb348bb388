"""Flags: from the signs of each respondent to who is flagged, and the tables that say so.

Who shows counted signs of several families is `flagged` as a person. The flagged stay unless the
protocol excludes them; results are given with and without them either way.
"""

from typing import Any

import numpy as np
import pandas as pd

from grassroots.screening.signs import Sign

FLAG_COLUMNS = [
    "flag", "n", "share", "rule", "family", "limit", "status", "n_known", "basis", "counted",
    "source", "key",
]  # fmt: skip

# Signs of one family tend to come together, so that two of them are little more than one: a run of
# one answer is a small spread.
FAMILIES = {
    "too_fast": "time",
    "faster_than_most": "time",
    "longstring": "uniform",
    "low_irv": "uniform",
    "mahalanobis": "outlying",
    "even_odd": "inconsistent",
    "synonyms": "inconsistent",
    "antonyms": "inconsistent",
    "same_answers": "same_answers",
    "same_source": "same_source",
    "many_missing": "missing",
}


def families_shown(found: list[Sign], n: int) -> np.ndarray:
    """In how many families each of the `n` respondents shows at least one counted sign."""
    families: dict[str, np.ndarray] = {}
    for sign in found:
        if sign.shown is not None and sign.counted:
            family = FAMILIES[sign.flag]
            families[family] = families.get(family, np.zeros(n, dtype=bool)) | sign.shown
    return np.sum(list(families.values()), axis=0) if families else np.zeros(n, dtype=int)


def flags_table(found: list[Sign], families: np.ndarray, least: int) -> pd.DataFrame:
    """How many respondents show each sign, and how many are flagged; see FLAG_COLUMNS.

    `n_known` is for how many of those who were not removed for another reason the sign could be
    computed; shares are of them.
    """
    if not found:
        return pd.DataFrame(columns=FLAG_COLUMNS)
    n = len(families)
    rows = [_row(sign, n) for sign in found]
    rule = f"flags of at least {least} families"
    rows.append(_row(Sign("flagged", rule, least, shown=families >= least), n))
    whole = dict.fromkeys(("n", "n_known", "basis"), "Int64")
    return pd.DataFrame(rows, columns=FLAG_COLUMNS).astype(whole)


def audit_table(
    respondents: pd.Series, reasons: pd.Series, found: list[Sign], families: np.ndarray, least: int
) -> pd.DataFrame:
    """One row a respondent who answered: why removed, which signs, and the values behind them.

    Signs are empty for those removed before they were looked for, and where they cannot be
    computed.
    """
    stays = reasons.isin(["", "flagged"]).to_numpy()
    columns: dict[str, Any] = {"respondent": respondents, "excluded": reasons}
    columns["flagged"] = _spread(families >= least, stays, "boolean")
    columns["families"] = _spread(families, stays, "Int64")
    for sign in found:
        columns[sign.flag] = _spread(sign.shown, stays, "boolean")
    for sign in found:
        if sign.values is not None:
            columns[f"{sign.flag}_value"] = _spread(sign.values, stays, "Float64")
    return pd.DataFrame(columns)


def _row(sign: Sign, n: int) -> dict[str, Any]:
    shown = None if sign.shown is None else int(sign.shown.sum())
    known = n if sign.values is None else int(np.isfinite(sign.values).sum())
    return {
        "flag": sign.flag,
        "n": shown,
        "share": None if shown is None or not known else shown / known,
        "rule": sign.rule,
        "family": FAMILIES.get(sign.flag, ""),
        "limit": sign.limit,
        "status": sign.status,
        "n_known": None if shown is None else known,
        "basis": sign.basis,
        "counted": sign.counted,
        "source": sign.source,
        "key": sign.key,
    }


def _spread(values: np.ndarray | None, stays: np.ndarray, dtype: str) -> pd.Series:
    """Values of those who stay, at their places among all; missing for the others."""
    spread = pd.Series(pd.NA, index=range(len(stays)), dtype=dtype)
    if values is not None:
        spread[stays] = values
    return spread
