"""The state of each published claim. How it is judged is fixed here, not chosen after the fact."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from grassroots.verdicts.evidence import Row, Tables, agrees, matching_rows, shown

CLAIM_COLUMNS = ["id", "says", "kind", "claimed", "found", "state", "table", "note"]

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

    `simulated` datasets have the states as_simulated and not_as_simulated only: data built from
    the claims cannot confirm them. `other_data` says that the raw file is not the published one.
    """
    rows = []
    for name, claim in claims.items():
        row = (
            _number(claim, tables, alpha)
            if claim["kind"] == "number"
            else _sign(claim, tables, alpha)
        )
        known = claim.get("known_difference")
        if simulated:
            agreed = row["state"] in ("same", "within_tolerance")
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
        note = f"{len(rows)} rows match"
    else:
        note = row.get("status") or "no such row"
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
    if not found or any(row.direction == "" for row in found):
        state, note = "not_computed", "no such row" if not found else "no number in the row"
    else:
        as_claimed = all(agrees(row.direction, evidence["expects"]) for row in found)
        state, note = ("same" if as_claimed else "conclusion_changes"), ""
    return {
        "claimed": evidence["expects"],
        "found": "; ".join(row.est for row in found),
        "state": state,
        "table": evidence["table"],
        "note": note,
    }
