"""Exploratory factor analysis: from how many factors to which items, and the test of the result."""

from markupsafe import Markup

from grassroots.report.blocks import Block, Folded, Paragraph
from grassroots.report.fit import fit_sentence
from grassroots.report.numbers import number
from grassroots.report.records import Row, distinct, is_other_half, reported
from grassroots.report.tables import Cell, Column, Table
from grassroots.report.view import View

# Below it a loading is not marked: a convention (Hair et al. 2010), not a test.
MARKED_FROM = 0.40
LONG = 15


def exploration_blocks(view: View) -> list[Block]:
    """For each explored instrument a paragraph, its loadings, and the models of the other half."""
    rows = view.tables.rows("exploration")
    if not rows:
        return []
    blocks: list[Block] = [Paragraph(_paragraph(view, row)) for row in rows]
    blocks += _figure(view, rows)
    for row in rows:
        blocks += _tables(view, row)
    return [*blocks, *_other_half(view)]


def _paragraph(view: View, row: Row) -> Markup:
    """Sample, number of factors, how well they account for the items, the declared dimensions."""
    words, n = view.words, view.n
    scale = view.titles.name(row["scale"])
    split = number(row["n_other"]) > 0
    sentences = [
        words(
            "exploration.half" if split else "exploration.all",
            scale=scale,
            n=view.equals("n", "count", row["n"]),
            **({"other": view.equals("n", "count", row["n_other"])} if split else {}),
        )
    ]
    if row["n_parallel"]:
        sentences.append(
            words(
                f"exploration.{row['chosen_by']}",
                kept=n("count", row["n_parallel"]),
                kaiser=n("count", row["n_kaiser"]),
                factors=n("count", row["n_factors"]),
            )
        )
    if not row["rmsr"]:
        reason = words.either(f"status.{row['status']}", row["status"])
        sentences.append(words("exploration.failed", reason=reason))
        return Markup(words("sentence.space")).join(sentences)
    values = {"share": n("proportion", row["share"]), "rmsr": n("fit", row["rmsr"])}
    sentences.append(words("exploration.solution", **values))
    if row["status"] != "ok":
        sentences.append(words(f"exploration.{row['status']}"))
    if number(row["n_dimensions"]) > 1:
        every = row["n_in_place"] == row["n_items"] and row["n_factors"] == row["n_dimensions"]
        sentences.append(
            words(
                f"exploration.in_place.{'all' if every else 'some'}",
                count=n("count", row["n_in_place"]),
                items=n("count", row["n_items"]),
                dimensions=n("count", row["n_dimensions"]),
            )
        )
    return Markup(words("sentence.space")).join(sentences)


def _figure(view: View, rows: list[Row]) -> list[Block]:
    known = [row for row in rows if row["n_parallel"]]
    drawn = view.tables.rows("eigenvalues")
    if not (known and drawn):
        return []
    kept = [
        view.words(
            "figure.scree.part",
            scale=view.titles.name(row["scale"]),
            kept=view.n("count", row["n_parallel"]),
        )
        for row in known
    ]
    caption = view.words("figure.scree", parts=view.words.sequence(kept))
    note = view.words("note.figure.scree", draws=view.n("count", drawn[0]["draws"]))
    return list(view.figure("scree", caption, note, "tables/eigenvalues.csv"))


def _tables(view: View, summary: Row) -> list[Block]:
    scale = summary["scale"]
    rows = view.tables.rows("efa", scale=scale)
    if not rows:
        return []
    related = view.tables.rows("efa_correlations", scale=scale)
    tables: list[Block] = [_loadings(view, summary, rows)]
    if related:
        tables.append(_correlations(view, scale, distinct(rows, "factor"), related))
    if number(summary["n_items"]) <= LONG:
        return tables
    name = view.titles.name(scale)
    count = view.n("count", summary["n_items"])
    return [Folded(view.words("fold.efa", scale=name, n=count), tables)]


def _loadings(view: View, summary: Row, rows: list[Row]) -> Table:
    """Items down, factors across; a line between the declared dimensions."""
    words, cell = view.words, view.cell
    factors, items = distinct(rows, "factor"), distinct(rows, "item")
    found = {(row["factor"], row["item"]): row for row in rows}
    columns = [view.column("item", numeric=False), *(Column(factor) for factor in factors)]
    columns.append(view.column("communality"))
    body, starts = [], []
    for index, item in enumerate(items):
        own = [found[factor, item] for factor in factors]
        if index and own[0]["dimension"] != found[factors[0], items[index - 1]]["dimension"]:
            starts.append(index)
        cells = [_loading(view, row["loading"]) for row in own]
        name = cell.words(view.titles.name(item))
        body.append([name, *cells, cell.number("r", own[0]["communality"])])
    starts.append(len(body))
    first = [found[factor, items[0]] for factor in factors]
    for key, kind in (("variance", "b"), ("share", "proportion"), ("cumulative", "proportion")):
        line = [cell.words(words(f"column.efa_{key}")), *(cell.number(kind, r[key]) for r in first)]
        body.append([*line, cell.words("")])
    notes = [words(f"note.efa.{summary['rotation']}"), words("note.efa")]
    caption = words("table.efa", scale=view.titles.name(summary["scale"]))
    name = f"efa-{summary['scale']}"
    return Table(name, caption, columns, body, notes, "tables/efa.csv", tuple(starts))


def _loading(view: View, value: str) -> Cell:
    """A loading; bold from the convention on."""
    inner = view.cell.number("loading", value)
    if abs(number(value)) < MARKED_FROM:
        return inner
    return Cell(Markup("<strong>{}</strong>").format(inner.text), inner.values)


def _correlations(view: View, scale: str, factors: list[str], related: list[Row]) -> Table:
    cell, words = view.cell, view.words
    found = {frozenset((row["factor_a"], row["factor_b"])): row["r"] for row in related}
    columns = [view.column("factor", numeric=False), *(Column(factor) for factor in factors[:-1])]
    body = []
    for place, factor in enumerate(factors[1:], 1):
        numbers = [cell.number("r", found[frozenset((factor, other))]) for other in factors[:place]]
        blanks = [cell.words("")] * (len(factors) - 1 - place)
        body.append([cell.words(factor), *numbers, *blanks])
    caption = words("table.efa_correlations", scale=view.titles.name(scale))
    name, file = f"efa_correlations-{scale}", "tables/efa_correlations.csv"
    return Table(name, caption, columns, body, [], file)


def _other_half(view: View) -> list[Block]:
    """The declared models, fitted to the respondents that no exploration saw."""
    rows = [row for row in reported(view.tables.rows("cfa_fit")) if is_other_half(row)]
    if not rows:
        return []
    sentences = [view.words("exploration.other_half")]
    sentences += [fit_sentence(view, row) for row in rows]
    return [Paragraph(Markup(view.words("sentence.space")).join(sentences))]
