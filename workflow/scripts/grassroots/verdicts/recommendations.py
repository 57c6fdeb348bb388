"""Which recommendations the data call for: by the findings that their protocol ties them to."""

from collections.abc import Mapping, Sequence
from typing import Any

from grassroots.verdicts.evidence import Tables, evidence_text
from grassroots.verdicts.hypotheses import judged

RECOMMENDATION_COLUMNS = ["id", "level", "finding", "verdict", "state"]


def recommendations_table(
    recommendations: Mapping[str, Any],
    hypotheses: Sequence[Mapping[str, str]],
    tables: Tables,
    alpha: float,
) -> list[dict[str, str]]:
    """A row a recommendation and finding: a hypothesis by its id, or evidence in one line.

    `hypotheses` are the rows of their table. `state` is that of the recommendation: called_for if
    every finding is supported, undecided if one of them is and none speaks against it, else
    not_called_for. No wording is looked at.
    """
    verdicts = {row["id"]: row["verdict"] for row in hypotheses}
    rows = []
    for name, advice in recommendations.items():
        findings = [(each, verdicts.get(each, "undecided")) for each in advice["hypotheses"]]
        findings += [
            (evidence_text(each), judged([each], tables, alpha)) for each in advice["evidence"]
        ]
        decided = state([verdict for _, verdict in findings])
        rows += [
            {
                "id": name,
                "level": advice["level"],
                "finding": finding,
                "verdict": verdict,
                "state": decided,
            }
            for finding, verdict in findings
        ]
    return rows


def state(verdicts: Sequence[str]) -> str:
    """called_for, not_called_for or undecided."""
    if all(verdict == "supported" for verdict in verdicts):
        return "called_for"
    against = any(verdict in ("partly", "not_supported") for verdict in verdicts)
    return "not_called_for" if against else "undecided"
