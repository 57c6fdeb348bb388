"""The verdict on each hypothesis, by the evidence that its protocol names beforehand."""

from collections.abc import Mapping
from typing import Any

from grassroots.verdicts.evidence import Shown, Tables, agrees, evidence_text, matching_rows, shown

HYPOTHESIS_COLUMNS = ["id", "statement", "evidence", "verdict", "est", "ci_low", "ci_high", "p"]


def hypotheses_table(
    hypotheses: Mapping[str, Any], tables: Tables, alpha: float
) -> list[dict[str, str]]:
    """One row a hypothesis: its statement (English), its evidence and its verdict.

    The estimate, interval and p stand in the row if a single row of a table decides.
    """
    return [_row(name, hypothesis, tables, alpha) for name, hypothesis in hypotheses.items()]


def verdict(found: list[tuple[Shown, str]]) -> str:
    """supported if all rows are as expected, partly if some are, not_supported if none is.

    undecided if there is no row, or one without a number: what was not computed decides nothing.
    """
    if not found or any(row.direction == "" for row, _ in found):
        return "undecided"
    as_expected = [agrees(row.direction, expects) for row, expects in found]
    if all(as_expected):
        return "supported"
    return "partly" if any(as_expected) else "not_supported"


def _row(name: str, hypothesis: Mapping[str, Any], tables: Tables, alpha: float) -> dict[str, str]:
    found: list[tuple[Shown, str]] = []
    complete = True
    for evidence in hypothesis["evidence"]:
        rows = matching_rows(tables, evidence["table"], evidence["where"])
        complete = complete and bool(rows)
        found += [(shown(row, evidence["table"], alpha), evidence["expects"]) for row in rows]
    single = found[0][0] if len(found) == 1 else Shown("", "", "", "", "")
    return {
        "id": name,
        "statement": hypothesis["statement"]["en"],
        "evidence": "; ".join(map(evidence_text, hypothesis["evidence"])),
        "verdict": verdict(found) if complete else "undecided",
        "est": single.est,
        "ci_low": single.ci_low,
        "ci_high": single.ci_high,
        "p": single.p,
    }
