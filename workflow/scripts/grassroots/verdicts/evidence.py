"""Evidence: rows of result tables, and whether they show the expected direction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Row = Mapping[str, str]
Tables = Mapping[str, Sequence[Row]]

# The columns of the estimate and its interval where they are called otherwise. Of a loading the
# standardised one decides: the marker item's own is fixed at 1 and has no interval. Of a group
# comparison the p decides: its statistic has no interval.
ESTIMATE = {
    "correlations": ("r", "ci_low", "ci_high"),
    "cfa_loadings": ("std", "std_low", "std_high"),
    "group_differences": ("statistic", "", ""),
    "regression": ("b", "ci_low", "ci_high"),
    "moderation": ("b", "ci_low", "ci_high"),
}


@dataclass(frozen=True)
class Shown:
    """What one row shows: its estimate, its interval where it has one, its p, and a direction.

    `direction` is positive, negative or zero, or empty if the row holds no number.
    """

    est: str
    ci_low: str
    ci_high: str
    p: str
    direction: str


# The same test for two groups and for several: which one there is depends on how many groups are
# large enough to be compared, and that no protocol can know.
_OTHER_NUMBER_OF_GROUPS = {
    "welch_t": "welch_anova",
    "student_t": "anova",
    "mann_whitney": "kruskal",
}
_OTHER_NUMBER_OF_GROUPS |= {several: two for two, several in _OTHER_NUMBER_OF_GROUPS.items()}


def matching_rows(tables: Tables, table: str, where: Mapping[str, str]) -> list[Row]:
    """The rows of `table` whose columns hold all the values of `where`.

    A group test stands for its counterpart for two groups, or for several, if that was computed.
    """
    rows = tables.get(table, [])
    found = [row for row in rows if all(row.get(key, "") == value for key, value in where.items())]
    other = _OTHER_NUMBER_OF_GROUPS.get(where.get("test", ""))
    if found or table != "group_differences" or other is None:
        return found
    asked = {**where, "test": other}
    return [row for row in rows if all(row.get(key, "") == value for key, value in asked.items())]


def shown(row: Row, table: str, alpha: float) -> Shown:
    """The direction of a row's estimate: by its interval where it has one, else by its p.

    The interval decides because a bootstrap p and its interval can contradict each other, and
    the interval is what is printed beside the estimate.
    """
    columns = ESTIMATE.get(table, ("est", "ci_low", "ci_high"))
    est, low, high = (row.get(column, "") for column in columns)
    p = row.get("p", "")
    if est == "":
        direction = ""
    elif low != "" and high != "":
        direction = "positive" if float(low) > 0 else "negative" if float(high) < 0 else "zero"
    elif p != "":
        sign = "positive" if float(est) > 0 else "negative"
        direction = sign if float(p) < alpha else "zero"
    else:
        direction = ""
    return Shown(est, low, high, p, direction)


def measure(row: Row, table: str) -> str:
    """What the estimate of a row is: its test, or the column that holds it."""
    return row.get("test") or ESTIMATE.get(table, ("est",))[0]


def agrees(direction: str, expects: str) -> bool:
    """Whether a direction is the expected one."""
    if expects == "nonzero":
        return direction in ("positive", "negative")
    return direction == expects


@dataclass(frozen=True)
class Order:
    """The means of the levels that should be higher, together, and of all other levels."""

    named: float
    others: float

    @property
    def holds(self) -> bool:
        """Whether the named levels have the higher mean."""
        return self.named > self.others


def order_of_means(evidence: Mapping[str, Any], tables: Tables) -> Order | None:
    """The means that the evidence's `higher` compares, each level weighing by its members.

    Levels without a mean, which are too small to be compared, count on neither side. None if the
    evidence claims no order, or one of the sides has no mean.
    """
    higher = evidence.get("higher", [])
    if not higher:
        return None
    where = {key: evidence["where"].get(key, "") for key in ("outcome", "by")}
    sides: dict[bool, list[tuple[float, float]]] = {True: [], False: []}
    for row in matching_rows(tables, "group_means", where):
        if row["mean"] != "":
            named = row["level"] in higher
            sides[named].append((float(row["mean"]), float(row["n"])))
    if not all(sides.values()):
        return None
    means = [sum(m * n for m, n in side) / sum(n for _, n in side) for side in sides.values()]
    return Order(*means)


def as_expected(found: Shown, evidence: Mapping[str, Any], tables: Tables) -> bool | None:
    """Whether a row shows what its evidence expects, order included; None if it cannot be said."""
    if found.direction == "":
        return None
    order = order_of_means(evidence, tables)
    if evidence.get("higher") and order is None:
        return None
    return agrees(found.direction, evidence["expects"]) and (order is None or order.holds)


def evidence_text(evidence: Mapping[str, Any]) -> str:
    """The evidence as one line: mediation[model=m, effect=indirect]: positive."""
    where = ", ".join(f"{key}={value}" for key, value in evidence["where"].items())
    higher = f", higher: {', '.join(evidence['higher'])}" if evidence.get("higher") else ""
    return f"{evidence['table']}[{where}]: {evidence['expects']}{higher}"
