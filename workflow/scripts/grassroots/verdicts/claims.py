"""The state of each published claim. How it is judged is fixed here, not chosen after the fact."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from grassroots.verdicts.evidence import (
    Row,
    Shown,
    Tables,
    as_expected,
    matching_rows,
    measure,
    order_of_means,
    shown,
)

CLAIM_COLUMNS = [
    "id",
    "says",
    "kind",
    "claimed",
    "found",
    "state",
    "table",
    "note",
    "by",
    "higher",
    "mean_higher",
    "mean_others",
    "measure",
    "ci_low",
    "ci_high",
    "p",
]

# Added to half a unit of the last printed digit: room for the last bits of two machines.
SLACK = 1e-6


def claims_table(
    claims: Mapping[str, Any],
    tables: Tables,
    *,
    alpha: float,
    simulated: bool,
    other_data: bool,
) -> list[dict[str, str]]:
    """One row a claim with its state.

    Words are separated by blanks. Where a claim says which levels of the variable `by` are
    `higher`, their mean and that of the others stand in the row. `measure` names the number that
    was found in a single row; `ci_low`, `ci_high` and `p` belong to it.

    `simulated` datasets have the states as_simulated, not_as_simulated and not_computed only: data
    built from the claims cannot confirm them. `other_data` says that the raw file is not the
    published one. `note` is the author's reason, or the status that says why nothing was computed.
    """
    rows = []
    for name, claim in claims.items():
        row = _JUDGED[claim["kind"]](claim, tables, alpha)
        known = claim.get("known_difference")
        if simulated:
            agreed = row["state"] in ("same", "within_tolerance")
            if row["state"] != "not_computed":
                row["state"] = "as_simulated" if agreed else "not_as_simulated"
        elif other_data:
            row["state"] = "other_data"
        elif known and row["state"] in ("differs", "conclusion_changes"):
            row |= {"state": "known_difference", "note": f"{known['since']}: {known['why']}"}
        rows.append({"id": name, "says": claim["says"], "kind": claim["kind"], **row})
    return rows


def number_state(claim: Mapping[str, Any], found: float, alpha: float) -> str:
    """same, within_tolerance, differs or conclusion_changes for a printed number.

    same: the found value lies where the printed digits allow, half a unit of the last digit plus
    1e-6. The conclusion changes if the sign differs, or the side of the claim's cut-off; for a p
    the cut-off is alpha if the claim names none.
    """
    claimed = Decimal(claim["claimed"])
    half_unit = float(Decimal(1).scaleb(claimed.as_tuple().exponent)) / 2
    distance = abs(found - float(claimed))
    if distance <= half_unit + SLACK:
        return "same"
    tolerance = claim.get("tolerance")
    if tolerance and distance <= tolerance["within"]:
        return "within_tolerance"
    cut_off = claim.get("cut_off")
    if cut_off is None and claim["column"] == "p":
        cut_off = alpha
    sides = [0.0] if cut_off is None else [0.0, cut_off]
    if all((found > side) == (float(claimed) > side) for side in sides):
        return "differs"
    return "conclusion_changes"


def _number(claim: Mapping[str, Any], tables: Tables, alpha: float) -> dict[str, str]:
    rows = matching_rows(tables, claim["table"], claim["where"])
    row: Row = rows[0] if len(rows) == 1 else {}
    found = row.get(claim["column"], "")
    state, note = "not_computed", ""
    if found != "":
        state = number_state(claim, float(found), alpha)
        if state == "within_tolerance":
            note = claim["tolerance"]["reason"]
    elif len(rows) > 1:
        note = "several_rows"
    else:
        note = row.get("status") or "no_row"
    return {
        "claimed": claim["claimed"],
        "found": found,
        "state": state,
        "table": claim["table"],
        "note": note,
    }


def _sign(claim: Mapping[str, Any], tables: Tables, alpha: float) -> dict[str, str]:
    evidence = claim["evidence"]
    rows = matching_rows(tables, evidence["table"], evidence["where"])
    found = [shown(row, evidence["table"], alpha) for row in rows]
    judged = [as_expected(row, evidence, tables) for row in found]
    if not judged or None in judged:
        state, note = "not_computed", "no_number" if found else "no_row"
    else:
        state, note = ("same" if all(judged) else "conclusion_changes"), ""
    higher = evidence.get("higher", [])
    order = order_of_means(evidence, tables)
    return {
        "claimed": evidence["expects"],
        "found": "; ".join(row.est for row in found),
        "state": state,
        "table": evidence["table"],
        "note": note,
        "by": evidence["where"].get("by", "") if higher else "",
        "higher": " ".join(higher),
        "mean_higher": repr(order.named) if order else "",
        "mean_others": repr(order.others) if order else "",
        "measure": measure(rows[0], evidence["table"]) if len(rows) == 1 else "",
        **_precision(found),
    }


def _precision(found: list[Shown]) -> dict[str, str]:
    """Interval and p of a single row."""
    if len(found) != 1:
        return {}
    return {name: getattr(found[0], name) for name in ("ci_low", "ci_high", "p")}


def _words(claim: Mapping[str, Any], tables: Tables, alpha: float) -> dict[str, str]:
    rows = matching_rows(tables, claim["table"], claim["where"])
    found = list(dict.fromkeys(filter(None, (row.get(claim["column"], "") for row in rows))))
    if found:
        there = set(claim["claimed"]) <= set(found)
        state, note = ("same" if there else "conclusion_changes"), ""
    else:
        state, note = "not_computed", "no_word" if rows else "no_row"
    return {
        "claimed": " ".join(claim["claimed"]),
        "found": " ".join(found),
        "state": state,
        "table": claim["table"],
        "note": note,
    }


_JUDGED = {"number": _number, "sign": _sign, "words": _words}
