"""Who answered, and how the scores are distributed and related."""

from grassroots.report.blocks import Block, Chapter, Paragraph
from grassroots.report.records import distinct
from grassroots.report.tables import Cell, Column, Table
from grassroots.report.view import View


def chapter(view: View) -> Chapter:
    """The sample, the descriptive statistics and the correlations."""
    blocks: list[Block] = [*_sample(view), *_descriptives(view), *_correlations(view)]
    if not blocks:
        blocks = [Paragraph(view.words("absent.description"))]
    return Chapter("description", view.words("chapter.description"), blocks)


def _sample(view: View) -> list[Block]:
    rows = view.tables.rows("sample")
    words, cell = view.words, view.cell
    if not rows:
        return []
    body, starts, previous = [], [], None
    for index, row in enumerate(rows):
        variable = row["variable"]
        first = variable != previous
        if first and index:
            starts.append(index)
        previous = variable
        level = row["level"]
        body.append(
            [
                cell.words(view.titles.name(variable) if first else ""),
                cell.words(view.titles.level(variable, level) if level else words("level.missing")),
                cell.number("count", row["n"]),
                cell.number("percent", row["percent"]),
            ]
        )
    columns = [
        view.column("variable", numeric=False),
        view.column("level", numeric=False),
        view.column("n"),
        view.column("percent"),
    ]
    return [
        Table(
            "sample",
            words("table.sample"),
            columns,
            body,
            file="tables/sample.csv",
            rules_before=tuple(starts),
        )
    ]


def _descriptives(view: View) -> list[Block]:
    rows = view.tables.rows("descriptives")
    words, cell = view.words, view.cell
    if not rows:
        return []
    with_level = any(row.get("level") for row in rows)
    kinds = {"n": "count", "mean": "mean", "sd": "mean", "min": "mean", "max": "mean"}
    kinds |= {"skew": "statistic", "kurtosis": "statistic"}
    columns = [view.column("variable", numeric=False), *(view.column(name) for name in kinds)]
    body = [
        [
            cell.words(view.titles.name(row["variable"])),
            *(cell.number(kind, row[name]) for name, kind in kinds.items()),
        ]
        for row in rows
    ]
    if with_level:
        columns.append(view.column("level_word", numeric=False))
        for row, cells in zip(rows, body, strict=True):
            level = row.get("level", "")
            cells.append(cell.words(words.either(f"level.{level}", level) if level else ""))
    notes = [words("note.descriptives")] + ([words("note.levels")] if with_level else [])
    caption = words("table.descriptives")
    return [Table("descriptives", caption, columns, body, notes, "tables/descriptives.csv")]


def _correlations(view: View) -> list[Block]:
    """The lower triangle, with alpha on the diagonal where it is known."""
    rows = view.tables.rows("correlations")
    words, cell = view.words, view.cell
    if not rows:
        return []
    known = {(row["x"], row["y"]): row for row in rows}
    known |= {(row["y"], row["x"]): row for row in rows}
    order = [row["variable"] for row in view.tables.rows("descriptives")]
    appearing = list(dict.fromkeys([*distinct(rows, "x"), *distinct(rows, "y")]))
    order = [name for name in order if name in appearing] or appearing
    order += [name for name in appearing if name not in order]
    alphas = {row["scale"]: row["alpha"] for row in view.tables.rows("reliability")}
    body: list[list[Cell]] = []
    for index, name in enumerate(order):
        cells = [cell.words(f"{index + 1}. {view.titles.name(name)}")]
        for column, other in enumerate(order):
            pair = known.get((name, other))
            if column < index and pair:
                cells.append(cell.starred("r", pair["r"], pair["p"]))
            elif column == index and name in alphas:
                inner = cell.number("reliability", alphas[name])
                cells.append(Cell(f"({inner.text})", inner.values))
            else:
                cells.append(cell.words(""))
        body.append(cells)
    columns = [view.column("scale", numeric=False)]
    columns += [Column(str(index + 1)) for index in range(len(order))]
    counts = sorted({int(row["n"]) for row in rows if row["n"]})
    notes = [words("note.correlations.n", n=view.equals("n", "count", counts[0]))] if counts else []
    if len(counts) > 1:
        low, high = (view.n("count", count) for count in (counts[0], counts[-1]))
        notes = [words("note.correlations.n_range", low=low, high=high)]
    notes += [words("note.correlations"), *view.stars_note()]
    caption = words("table.correlations")
    return [Table("correlations", caption, columns, body, notes, "tables/correlations.csv")]
