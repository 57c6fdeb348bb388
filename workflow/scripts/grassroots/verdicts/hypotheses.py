"""The verdict on each hypothesis, by the evidence that its protocol names beforehand."""

from collections.abc import Mapping, Sequence
from typing import Any

from grassroots.verdicts.evidence import (
    Shown,
    Tables,
    as_expected,
    evidence_text,
    matching_rows,
    shown,
)

HYPOTHESIS_COLUMNS = [
    "id", "statement", "evidence", "verdict", "est", "ci_low", "ci_high", "p", "n_results",
    "n_expected",
]  # fmt: skip


def hypotheses_table(
    hypotheses: Mapping[str, Any], tables: Tables, alpha: float
) -> list[dict[str, str]]:
    """One row a hypothesis: its statement (English), its evidence and its verdict.

    The estimate, interval and p stand in the row if a single row of a table decides.
    """
    return [_row(name, hypothesis, tables, alpha) for name, hypothesis in hypotheses.items()]


def verdict(as_expected: Sequence[bool | None]) -> str:
    """supported if all rows are as expected, partly if some are, not_supported if none is.

    undecided if there is no row, or one without a number: what was not computed decides nothing.
    """
    if not as_expected or None in as_expected:
        return "undecided"
    if all(as_expected):
        return "supported"
    return "partly" if any(as_expected) else "not_supported"


def judged(pieces: Sequence[Mapping[str, Any]], tables: Tables, alpha: float) -> str:
    """The verdict by pieces of evidence that belong together."""
    return verdict(_found(pieces, tables, alpha)[1])


def _found(
    pieces: Sequence[Mapping[str, Any]], tables: Tables, alpha: float
) -> tuple[list[Shown], list[bool | None]]:
    """What the rows show, and whether it is as expected; None for evidence without a row."""
    found: list[Shown] = []
    expected: list[bool | None] = []
    for evidence in pieces:
        rows = matching_rows(tables, evidence["table"], evidence["where"])
        each = [shown(row, evidence["table"], alpha) for row in rows]
        found += each
        expected += [as_expected(row, evidence, tables) for row in each] or [None]
    return found, expected


def _row(name: str, hypothesis: Mapping[str, Any], tables: Tables, alpha: float) -> dict[str, str]:
    found, expected = _found(hypothesis["evidence"], tables, alpha)
    single = found[0] if len(found) == 1 else Shown("", "", "", "", "")
    return {
        "id": name,
        "statement": hypothesis["statement"]["en"],
        "evidence": "; ".join(map(evidence_text, hypothesis["evidence"])),
        "verdict": verdict(expected),
        "est": single.est,
        "ci_low": single.ci_low,
        "ci_high": single.ci_high,
        "p": single.p,
        "n_results": str(len(expected)),
        "n_expected": str(sum(each is True for each in expected)),
    }
