"""Which answers are missing, together with which others, and what they change."""

from markupsafe import Markup

from grassroots.report.blocks import Block, Folded, Paragraph
from grassroots.report.numbers import number
from grassroots.report.records import Row, distinct, is_true
from grassroots.report.small_cells import hidden_text, smallest_cell
from grassroots.report.tables import Table
from grassroots.report.view import View

COMPLETE, OTHER = "complete", "other"


def missing_blocks(view: View) -> list[Block]:
    """How much is missing, Little's test, the figure, and the tables behind it."""
    words = view.words
    rows = view.tables.rows("missing")
    if not rows:
        return []
    with_gaps = [row for row in rows if number(row["n_missing"]) > 0]
    if not with_gaps:
        return [Paragraph(words("screening.missing.none", n=view.n("count", len(rows))))]
    most = max(with_gaps, key=lambda row: number(row["percent"]))
    blocks: list[Block] = [
        Paragraph(
            words(
                "screening.missing.some",
                n=view.n("count", len(with_gaps)),
                all=view.n("count", len(rows)),
                variable=view.titles.name(most["variable"]),
                percent=view.n("percent", most["percent"]),
            )
        ),
        *_complete(view),
        *_little(view),
    ]
    caption = words("figure.missing_map", n=view.n("count", len(with_gaps)))
    note = words("note.figure.missing_map")
    if _frequent(view):
        smallest = view.n("count", smallest_cell(view))
        more = words("note.figure.missing_map.patterns", smallest=smallest)
        note = Markup(words("sentence.space")).join([note, more])
    blocks += view.figure("missing_map", caption, note, "tables/missing.csv")
    tables: list[Block] = [_amounts(view, with_gaps), *_patterns(view)]
    return [*blocks, Folded(words("fold.missing"), tables)]


def _frequent(view: View) -> bool:
    """Whether a pattern with gaps is shown by itself."""
    return any(
        row["pattern"] not in (COMPLETE, OTHER) and row["n"]
        for row in view.tables.rows("missing_patterns")
    )


def _complete(view: View) -> list[Block]:
    """How many answered everything."""
    row = view.tables.first("missing_patterns", pattern=COMPLETE)
    if not row or not row["n"]:
        return []
    values = {"n": view.n("count", row["n"]), "percent": view.n("percent", row["percent"])}
    return [Paragraph(view.words("missing.complete", **values))]


def _little(view: View) -> list[Block]:
    words = view.words
    test = view.tables.first("missing_test")
    if not test:
        return []
    if not test.get("statistic"):
        status = test.get("status", "")
        reason = words.either(f"status.{status}", status)
        return [Paragraph(words("missing.little.failed", reason=reason))] if status else []
    how = "against" if number(test["p"]) < view.alpha else "mcar"
    return [
        Paragraph(
            words(
                "screening.little",
                df=view.n("df", test["df"]),
                chi2=view.n("statistic", test["statistic"]),
                p=view.equals("p", "p", test["p"]),
                finding=words(f"screening.little.{how}"),
            )
        )
    ]


def _amounts(view: View, rows: list[Row]) -> Table:
    cell = view.cell
    columns = [view.column("variable", numeric=False)]
    columns += [view.column("n_missing"), view.column("percent")]
    body = [
        [
            cell.words(view.titles.name(row["variable"])),
            cell.number("count", row["n_missing"]),
            cell.number("percent", row["percent"]),
        ]
        for row in rows
    ]
    file = "tables/missing.csv"
    return Table("missing", view.words("table.missing"), columns, body, file=file)


def _patterns(view: View) -> list[Block]:
    """The patterns by their frequency, those of few respondents in one line."""
    words, cell = view.words, view.cell
    rows = view.tables.rows("missing_patterns")
    if len(rows) < 2:
        return []
    hidden = [row for row in rows if is_true(row.get("suppressed", ""))]
    columns = [view.column("pattern", numeric=False), view.column("n"), view.column("percent")]
    body = []
    for row in rows:
        if row in hidden:
            numbers = [cell.words(hidden_text(view, len(hidden))), cell.words("")]
        else:
            numbers = [cell.number("count", row["n"]), cell.number("percent", row["percent"])]
        body.append([cell.words(_pattern(view, row)), *numbers])
    notes = [words("note.missing_patterns", smallest=view.n("count", smallest_cell(view)))]
    file = "tables/missing_patterns.csv"
    return [Table("missing-patterns", words("table.missing_patterns"), columns, body, notes, file)]


def _pattern(view: View, row: Row) -> str | Markup:
    if row["pattern"] == COMPLETE:
        return view.words("pattern.complete")
    if row["pattern"] == OTHER:
        return view.words("pattern.other", n=view.n("count", row["n_patterns"]))
    return view.words.sequence([view.titles.name(item) for item in row["pattern"].split()])


def fiml_blocks(view: View) -> list[Block]:
    """The effects from complete rows and from all answers, model by model, side by side."""
    rows = view.tables.rows("fiml_comparison")
    blocks: list[Block] = []
    for model in distinct(rows, "model") if rows else []:
        own = [row for row in rows if row["model"] == model]
        shown = [row for row in own if row["est"] and row["est_fiml"]]
        if not shown:
            status = own[0]["status_fiml"] if own[0]["est"] else own[0]["status"]
            reason = view.words.either(f"status.{status}", status)
            values = {"model": view.titles.name(model), "reason": reason}
            blocks.append(Paragraph(view.words("fiml.failed", **values)))
            continue
        blocks.append(Paragraph(_finding(view, model, shown)))
        fold = view.words("fold.fiml", model=view.titles.name(model))
        blocks.append(Folded(fold, [_comparison(view, model, shown)]))
    return blocks


def _finding(view: View, model: str, rows: list[Row]) -> Markup:
    """How many paths and effects lead to the same conclusion either way."""
    same = [row for row in rows if _conclusion(view, row, "") == _conclusion(view, row, "_fiml")]
    return view.words(
        f"fiml.{'all' if len(same) == len(rows) else 'some'}",
        model=view.titles.name(model),
        n=view.n("count", rows[0]["n"]),
        n_fiml=view.n("count", rows[0]["n_fiml"]),
        same=view.n("count", len(same)),
        all=view.n("count", len(rows)),
    )


def _conclusion(view: View, row: Row, which: str) -> int:
    """The sign of a significant estimate, else 0."""
    if number(row[f"p{which}"]) >= view.alpha:
        return 0
    return 1 if number(row[f"est{which}"]) > 0 else -1


def _comparison(view: View, model: str, rows: list[Row]) -> Table:
    words, cell = view.words, view.cell
    columns = [view.column("effect", numeric=False)]
    columns += [view.column(key) for key in ("b", "se", "p", "b_fiml", "se_fiml", "p_fiml")]
    body = []
    for row in rows:
        numbers = [
            cell.number(kind, row[f"{name}{which}"])
            for which in ("", "_fiml")
            for name, kind in (("est", "b"), ("se", "b"), ("p", "p"))
        ]
        body.append([cell.words(effect_words(view, row)), *numbers])
    notes = [
        words(
            "note.fiml",
            estimator=rows[0]["estimator"],
            n=view.n("count", rows[0]["n"]),
            n_fiml=view.n("count", rows[0]["n_fiml"]),
        )
    ]
    caption = words("table.fiml", model=view.titles.name(model))
    return Table(f"fiml-{model}", caption, columns, body, notes, "tables/fiml_comparison.csv")


def effect_words(view: View, row: Row) -> str | Markup:
    """A path by its ends, an effect in words."""
    ways = [view.titles.mediators(path) for path in row["path"].split(" minus ")]
    if row["effect"] == "path":
        return view.titles.path(row["path"])
    if row["effect"] == "contrast":
        return view.words("effect.contrast.of", first=ways[0], second=ways[-1])
    if row["effect"] == "indirect":
        return view.words("effect.indirect.via", mediators=ways[0])
    return view.words.either(f"effect.{row['effect']}", row["effect"])
