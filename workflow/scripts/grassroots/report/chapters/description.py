"""Who answered, and how the scores are distributed and related."""

from markupsafe import Markup

from grassroots.report.blocks import Block, Chapter, Folded, Paragraph
from grassroots.report.chapters.levels import level_blocks, level_notes, level_word
from grassroots.report.numbers import number
from grassroots.report.records import Row, distinct, is_reversed, is_true
from grassroots.report.sentences.phrases import sentence_block
from grassroots.report.sentences.relations import correlation_sentences
from grassroots.report.small_cells import hidden_levels, hidden_text, merged_notes, smallest_cell
from grassroots.report.tables import Cell, Column, Table
from grassroots.report.view import View


def chapter(view: View) -> Chapter:
    """The sample, the answers, the descriptive statistics and the correlations."""
    blocks: list[Block] = [
        *_sample(view),
        *_answers(view),
        *_descriptives(view),
        *level_blocks(view),
        *_correlations(view),
        *sentence_block(view, correlation_sentences(view)),
    ]
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
                *_counts(view, row),
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
            [*_suppressed_note(view, rows), *merged_notes(view)],
            "tables/sample.csv",
            tuple(starts),
        )
    ]


def _counts(view: View, row: Row) -> list[Cell]:
    """Count and percentage; what stands for them where they are suppressed."""
    cell = view.cell
    if is_true(row.get("suppressed", "")):
        hidden = hidden_text(view, len(hidden_levels(view, row["variable"])))
        return [cell.words(hidden), cell.words("")]
    return [cell.number("count", row["n"]), cell.number("percent", row["percent"])]


def _suppressed_note(view: View, rows: list[Row]) -> list[str | Markup]:
    if not any(is_true(row.get("suppressed", "")) for row in rows):
        return []
    return [view.words("note.suppressed", smallest=view.n("count", smallest_cell(view)))]


def _answers(view: View) -> list[Block]:
    """The answers to the items, scale by scale."""
    rows = view.tables.rows("answers")
    if not rows:
        return []
    turned = any(is_reversed(row) for row in view.tables.rows("items"))
    note = view.words("note.figure.likert")
    if turned:
        note += view.words("sentence.space") + view.words("note.figure.likert.turned")
    return list(view.figure("likert", view.words("figure.likert"), note, "tables/answers.csv"))


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
            cells.append(cell.words(level_word(view, row["variable"], level) if level else ""))
    # Where the table of levels follows, its notes say where the words come from.
    follows = bool(view.tables.rows("levels"))
    notes = [words("note.descriptives")]
    notes += level_notes(view) if with_level and not follows else []
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
    file = "tables/correlations.csv"
    table = Table("correlations", caption, columns, body, notes, file)
    return [*_heat_map(view, rows), table, *_pairs(view, rows)]


def _heat_map(view: View, rows: list[Row]) -> list[Block]:
    known = [row for row in rows if row["r"]]
    if not known:
        return []
    low = min(known, key=lambda row: number(row["r"]))
    high = max(known, key=lambda row: number(row["r"]))
    caption = view.words(
        "figure.correlations" if low is not high else "figure.correlations.one",
        low=view.n("r", low["r"]),
        low_pair=_pair(view, low),
        high=view.n("r", high["r"]),
        high_pair=_pair(view, high),
    )
    note = view.words("note.figure.correlations")
    return list(view.figure("correlations", caption, note, "tables/correlations.csv"))


def _pair(view: View, row: Row) -> Markup:
    names = view.titles.name(row["x"]), view.titles.name(row["y"])
    return view.words("pair", first=names[0], second=names[1])


def _pairs(view: View, rows: list[Row]) -> list[Block]:
    """Every correlation with its interval, shut."""
    cell, words = view.cell, view.words
    if not any(row.get("ci_low") for row in rows):
        return []
    columns = [view.column("pair", numeric=False)]
    columns += [view.column(key) for key in ("r", "interval", "p", "n")]
    body = [
        [
            cell.words(_pair(view, row)),
            cell.number("r", row["r"]),
            cell.interval("r", row["ci_low"], row["ci_high"]),
            cell.number("p", row["p"]),
            cell.number("count", row["n"]),
        ]
        for row in rows
    ]
    caption, notes = words("table.correlation_pairs"), [words("note.correlation_pairs")]
    file = "tables/correlations.csv"
    table = Table("correlation-pairs", caption, columns, body, notes, file)
    return [Folded(words("fold.correlation_pairs", n=view.n("count", len(rows))), [table])]
