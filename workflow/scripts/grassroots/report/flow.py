"""The sample flow as the page and its figure read it: issued, received, excluded, valid."""

from collections.abc import Iterable
from dataclasses import dataclass

from grassroots.report.numbers import number
from grassroots.report.records import ResultTables, Row

ISSUED, RETURNED = "issued", "returned"


@dataclass(frozen=True)
class Flow:
    """Counts as they stand in the table; `issued` is empty if nobody counted them.

    `removals` are the rows of the exclusions that removed somebody.
    """

    issued: str
    received: str
    valid: str
    removals: list[Row]


def read_flow(tables: ResultTables) -> Flow | None:
    """The flow of a dataset; None if it was not recorded."""
    rows = tables.rows("flow")
    if not rows:
        return None
    ends = (ISSUED, RETURNED)
    removals = [r for r in rows if r["step"] not in ends and number(r["n_removed"]) > 0]
    first = next((row for row in rows if row["step"] != ISSUED), rows[0])
    received = first["n_after"] if first["step"] == RETURNED else first["n_before"]
    issued = _count(row["n_after"] for row in rows if row["step"] == ISSUED)
    return Flow(issued, received, rows[-1]["n_after"], removals)


def share(part: str, whole: str) -> float:
    """`part` of `whole` in percent; NaN if one of them is unknown."""
    denominator = number(whole)
    return 100 * number(part) / denominator if denominator else float("nan")


def _count(values: Iterable[str]) -> str:
    return next((value for value in values if number(value) >= 0), "")
