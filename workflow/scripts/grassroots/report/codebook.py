"""The codebook that the page and its file show: every variable, put together from result tables.

No language is in it, and no number that a table does not have.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from grassroots.report.records import ResultTables, Row, is_reversed, is_true

# In place of a count that is too small to be printed, as statistical offices write it.
HIDDEN = "x"


@dataclass(frozen=True)
class Answer:
    """How many gave one answer; `level` is its number or its id.

    Only counts of background variables are hidden: how often an item was given each answer follows
    from its n, mean, standard deviation and skewness, and tells of nobody who they are.
    """

    level: str
    n: str
    hidden: bool = False


@dataclass(frozen=True)
class Variable:
    """A background variable or an item; numbers as they stand in their tables, '' if unknown.

    `scale` is the dimension of an item, or its instrument if it has none; `item` is its row in the
    item analysis of that scale; `missing` its row among the missing answers; `described` that of a
    background variable that is a number.
    """

    name: str
    scale: str
    answers: list[Answer]
    missing: Mapping[str, str]
    item: Mapping[str, str]
    described: Mapping[str, str]

    @property
    def reversed(self) -> bool:
        """Whether the item was turned before scoring."""
        return bool(self.item) and is_reversed(dict(self.item))


def background(study: Mapping[str, Any], tables: ResultTables) -> list[Variable]:
    """The background variables in the order of the protocol."""
    items = {item for each in coding(study).values() for item in each["items"]}
    names = [row["variable"] for row in tables.rows("missing") if row["variable"] not in items]
    return [
        Variable(
            name,
            "",
            [
                Answer(row["level"], row["n"], is_true(row.get("suppressed", "")))
                for row in tables.rows("sample", variable=name)
                if row["level"]
            ],
            tables.first("missing", variable=name) or {},
            {},
            tables.first("descriptives", variable=name) or {},
        )
        for name in names
    ]


def items(study: Mapping[str, Any], tables: ResultTables) -> dict[str, list[Variable]]:
    """Instrument: its items, those of no dimension first, then dimension by dimension."""
    answers = _by(tables.rows("answers"), "item")
    missing = {row["variable"]: row for row in tables.rows("missing")}
    analysed = {(row["scale"], row["item"]): row for row in tables.rows("items")}
    found = {}
    for instrument, about in coding(study).items():
        scale_of = {item: scale for scale, own in about["dimensions"].items() for item in own}
        order = [*(item for item in about["items"] if item not in scale_of), *scale_of]
        found[instrument] = [
            Variable(
                name,
                scale_of.get(name, instrument),
                [Answer(row["answer"], row["n"]) for row in answers.get(name, [])],
                missing.get(name, {}),
                analysed.get((scale_of.get(name, instrument), name), {}),
                {},
            )
            for name in order
        ]
    return found


def coding(study: Mapping[str, Any]) -> Mapping[str, Any]:
    """Instrument: its items, its dimensions, and what its answers are called."""
    return study.get("codebook") or {}


def _by(rows: list[Row], column: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row[column], []).append(row)
    return found
