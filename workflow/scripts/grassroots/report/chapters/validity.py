"""Convergent and discriminant validity of the measurement models."""

from grassroots.report.blocks import Block
from grassroots.report.records import Row, distinct
from grassroots.report.tables import Cell, Column, Table
from grassroots.report.view import View


def validity_blocks(view: View) -> list[Block]:
    """CR, AVE and the largest neighbour of each factor, and the factors against each other."""
    rows = view.tables.rows("validity")
    words, cell = view.words, view.cell
    if not any(row["factor"] for row in rows):
        return []
    kinds = {"cr": "reliability", "ave": "fit", "sqrt_ave": "r", "max_r": "r", "max_htmt": "r"}
    several = len(distinct(rows, "model")) > 1
    columns = [view.column("model", numeric=False)] if several else []
    columns += [view.column("factor", numeric=False), *(view.column(key) for key in kinds)]
    body = [
        [
            *([cell.words(view.titles.name(row["model"]))] if several else []),
            cell.words(view.titles.name(row["factor"])),
            *(cell.number(kind, row[key]) for key, kind in kinds.items()),
        ]
        for row in rows
    ]
    notes = [words("note.validity")]
    table = Table("validity", words("table.validity"), columns, body, notes, "tables/validity.csv")
    matrices = [_matrix(view, model, rows) for model in distinct(rows, "model")]
    return [table, *(matrix for matrix in matrices if matrix)]


def _matrix(view: View, model: str, validity: list[Row]) -> Table | None:
    """Fornell and Larcker: correlations of the factors below, root of the AVE on, HTMT above."""
    correlations = view.tables.rows("cfa_correlations", model=model)
    if not correlations:
        return None
    cell, words = view.cell, view.words
    below = {frozenset((row["factor_a"], row["factor_b"])): row for row in correlations}
    above = {
        frozenset((row["factor_a"], row["factor_b"])): row["htmt"]
        for row in view.tables.rows("htmt", model=model)
    }
    roots = {row["factor"]: row["sqrt_ave"] for row in validity if row["model"] == model}
    factors = list(roots)
    columns = [view.column("factor", numeric=False)]
    columns += [Column(str(index + 1)) for index in range(len(factors))]
    body: list[list[Cell]] = []
    for index, factor in enumerate(factors):
        cells = [cell.words(f"{index + 1}. {view.titles.name(factor)}")]
        for column, other in enumerate(factors):
            pair = frozenset((factor, other))
            if column == index:
                inner = cell.number("r", roots[factor])
                cells.append(Cell(f"({inner.text})", inner.values))
            elif column < index and pair in below:
                cells.append(cell.starred("r", below[pair]["r"], below[pair]["p"]))
            else:
                cells.append(cell.number("r", above.get(pair, "")))
        body.append(cells)
    caption = words("table.discriminant", model=view.titles.name(model))
    notes = [words("note.discriminant"), *view.stars_note()]
    name = f"discriminant-{model}"
    return Table(name, caption, columns, body, notes, "tables/cfa_correlations.csv")
