"""Which groups differ, as theses print it: `3<1,2` for groups by their numbers."""

from collections.abc import Mapping

from grassroots.report.numbers import DASH, number
from grassroots.report.records import Row
from grassroots.report.tables import Cell, Table
from grassroots.report.view import View

METHODS = ("games_howell", "holm", "lsd")


def order(view: View, outcome: str, by: str, method: str) -> str | None:
    """The significant differences of one variable; a dash if there are none, None if not tested."""
    every = view.tables.rows("post_hoc", outcome=outcome, by=by, method=method)
    pairs = [pair for pair in every if pair["status"] != "suppressed"]
    if not pairs:
        return None
    levels = view.tables.rows("group_means", outcome=outcome, by=by)
    places = {row["level"]: index for index, row in enumerate(levels, 1)}
    found = [p for p in pairs if number(p["p"]) < view.alpha]
    return inequalities([p for p in found if {p["level_a"], p["level_b"]} <= set(places)], places)


def inequalities(pairs: list[Row], places: Mapping[str, int]) -> str:
    """`1,4<2,3` where groups 1 and 4 are lower than both 2 and 3; a dash without any pair.

    Each lower group stands with all groups above it; lower groups below the same ones stand
    together.
    """
    above: dict[int, set[int]] = {}
    for pair in pairs:
        ends = places[pair["level_a"]], places[pair["level_b"]]
        low, high = ends if number(pair["difference"]) < 0 else ends[::-1]
        above.setdefault(low, set()).add(high)
    merged: dict[tuple[int, ...], list[int]] = {}
    for low in sorted(above):
        merged.setdefault(tuple(sorted(above[low])), []).append(low)
    parts = [f"{_listed(lows)}<{_listed(highs)}" for highs, lows in merged.items()]
    return "; ".join(parts) or DASH


def _listed(places: tuple[int, ...] | list[int]) -> str:
    return ",".join(map(str, places))


def post_hoc_table(view: View, outcome: str, variables: list[str]) -> Table | None:
    """The methods side by side for the variables with three or more groups."""
    shown = [by for by in variables if view.tables.rows("post_hoc", outcome=outcome, by=by)]
    if not shown:
        return None
    words, cell = view.words, view.cell
    body: list[list[Cell]] = [
        [
            cell.words(view.titles.name(by)),
            *(cell.words(order(view, outcome, by, method) or "") for method in METHODS),
        ]
        for by in shown
    ]
    columns = [view.column("variable", numeric=False)]
    columns += [view.column(method, numeric=False) for method in METHODS]
    caption = words("table.post_hoc", outcome=view.titles.within(outcome))
    notes = [words("note.post_hoc", alpha=view.equals_alpha())]
    return Table(f"post-hoc-{outcome}", caption, columns, body, notes, "tables/post_hoc.csv")
