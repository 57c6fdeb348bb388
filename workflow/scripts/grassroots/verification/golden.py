"""The numbers of our own published run, and what differs from them.

expected/<dataset>.json has the form of numbers.json with nine significant digits and without what
names files and code: the raw files' digests, and the rows of each table.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

TOLERANCE = 1e-6
"""Largest difference, relative to the larger of two numbers, that another machine may make."""

NEAR_ZERO = 1e-10
"""Below this both numbers are zero with the rounding errors of two machines."""

# What is said of numbers in words: a change there is no number that moved, but a finding.
FINDINGS = ("hypotheses", "claims")

# Differences between programs: nothing but rounding errors, and only where R is installed.
_MACHINE_DEPENDENT = {"cross_check_summary"}

Tables = Mapping[str, Mapping[str, Mapping[str, Any]]]


@dataclass(frozen=True)
class Moved:
    """One number that is not the expected one; None where one of the two is not there."""

    table: str
    row: str
    column: str
    expected: str | float | None
    found: str | float | None

    @property
    def relative(self) -> float | None:
        """The difference relative to the expected number; None for words and zero."""
        numbers = self.expected, self.found
        if not all(isinstance(value, int | float) for value in numbers) or not self.expected:
            return None
        return (self.found - self.expected) / abs(self.expected)


def golden(numbers: Mapping[str, Any]) -> dict[str, Any]:
    """What of a run's numbers is kept to compare later runs with."""
    tables = {
        name: {
            row: {column: _nine_digits(value) for column, value in values.items()}
            for row, values in table["rows"].items()
        }
        for name, table in numbers["tables"].items()
        if name not in _MACHINE_DEPENDENT
    }
    about = {key: value for key, value in numbers.items() if key != "tables"}
    return {**about, "tables": {name: {"rows": rows} for name, rows in tables.items()}}


def count(expected: Mapping[str, Any]) -> int:
    """How many values are expected; findings are no numbers."""
    tables = _tables(expected).items()
    numbers = (rows for table, rows in tables if table not in FINDINGS)
    return sum(len(values) for rows in numbers for values in rows.values())


def moved(expected: Mapping[str, Any], found: Mapping[str, Any]) -> list[Moved]:
    """Every value that differs by more than TOLERANCE, is gone, or is new; words exactly."""
    return list(_moved(_tables(expected), _tables(golden(found))))


def same_raw_files(expected: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
    """Whether the run started from the raw files of the published one."""
    return expected["raw"] == found["raw"]


def _tables(numbers: Mapping[str, Any]) -> Tables:
    return {name: table["rows"] for name, table in numbers["tables"].items()}


def _moved(expected: Tables, found: Tables) -> Iterator[Moved]:
    for table in sorted({*expected, *found}):
        wanted, there = expected.get(table, {}), found.get(table, {})
        for row in [*wanted, *(row for row in there if row not in wanted)]:
            before, after = wanted.get(row, {}), there.get(row, {})
            for column in [*before, *(column for column in after if column not in before)]:
                pair = before.get(column), after.get(column)
                if not _agree(*pair):
                    yield Moved(table, row, column, *pair)


def _agree(expected: object, found: object) -> bool:
    if isinstance(expected, int | float) and isinstance(found, int | float):
        larger = max(abs(expected), abs(found))
        return larger < NEAR_ZERO or abs(expected - found) <= TOLERANCE * larger
    return expected == found


def _nine_digits(value: str | int | float) -> str | int | float:
    return float(f"{value:.9g}") if isinstance(value, float) else value
