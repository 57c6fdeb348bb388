"""Whether the scales measure: reliability, items, normality, factors, validity, bias."""

from collections.abc import Callable

from markupsafe import Markup

from grassroots.report.blocks import Block, Chapter, Folded, Heading, Paragraph
from grassroots.report.chapters.comparison import comparison_blocks
from grassroots.report.chapters.exploration import exploration_blocks
from grassroots.report.chapters.invariance import invariance_blocks
from grassroots.report.chapters.items import item_blocks, odd_items
from grassroots.report.chapters.method_bias import method_bias_blocks
from grassroots.report.chapters.normality import normality_blocks
from grassroots.report.chapters.validity import validity_blocks
from grassroots.report.fit import fit_blocks
from grassroots.report.numbers import number
from grassroots.report.records import Row, declared, reported
from grassroots.report.sentences.models import (
    comparison_sentences,
    fit_sentences,
    invariance_sentences,
)
from grassroots.report.sentences.phrases import sentence_block
from grassroots.report.sentences.scales import factorability_sentences, reliability_sentences
from grassroots.report.tables import Table
from grassroots.report.view import View


def chapter(view: View) -> Chapter:
    """Sections that have numbers; a section without is left out."""
    sections: list[tuple[str, Callable[[View], list[Block]]]] = [
        ("reliability", _reliability),
        ("factorability", _factorability),
        ("exploration", exploration_blocks),
        ("normality", normality_blocks),
        ("cfa", _factor_model),
        ("comparison", comparison_blocks),
        ("validity", validity_blocks),
        ("invariance", invariance_blocks),
        ("method_bias", method_bias_blocks),
    ]
    told: dict[str, Callable[[View], list[Markup]]] = {
        "reliability": reliability_sentences,
        "factorability": factorability_sentences,
        "cfa": lambda view: fit_sentences(view, "cfa_fit"),
        "comparison": comparison_sentences,
        "invariance": invariance_sentences,
    }
    blocks: list[Block] = []
    for name, section in sections:
        inner = section(view)
        if inner:
            blocks += [Heading(name, view.words(f"section.{name}")), *inner]
            blocks += sentence_block(view, told[name](view)) if name in told else []
    if not blocks:
        blocks = [Paragraph(view.words("absent.measurement"))]
    return Chapter("measurement", view.words("chapter.measurement"), blocks)


def _reliability(view: View) -> list[Block]:
    rows = view.tables.rows("reliability")
    words, cell, n = view.words, view.cell, view.n
    known = [row for row in rows if row["alpha"]]
    if not known:
        return [*odd_items(view), Paragraph(words("reliability.none"))] if rows else []
    low = min(known, key=lambda row: number(row["alpha"]))
    high = max(known, key=lambda row: number(row["alpha"]))
    caption = words(
        "figure.reliability" if len(known) > 1 else "figure.reliability.one",
        count=n("count", len(known)),
        low=n("reliability", low["alpha"]),
        low_name=view.titles.name(low["scale"]),
        high=n("reliability", high["alpha"]),
        high_name=view.titles.name(high["scale"]),
    )
    with_omega = any(row.get("omega") for row in rows)
    with_hierarchical = any(row.get("omega_hierarchical") for row in rows)
    columns = [
        view.column("scale", numeric=False),
        view.column("n_items"),
        view.column("n"),
        view.column("alpha"),
        view.column("interval"),
    ]
    body = [
        [
            cell.words(view.titles.name(row["scale"])),
            cell.number("count", row["n_items"]),
            cell.number("count", row["n"]),
            cell.number("reliability", row["alpha"]),
            cell.interval("reliability", row["alpha_low"], row["alpha_high"]),
        ]
        for row in rows
    ]
    shown = [("omega", with_omega), ("omega_hierarchical", with_hierarchical)]
    for key in (key for key, there in shown if there):
        columns.append(view.column(key))
        for row, cells in zip(rows, body, strict=True):
            cells.append(cell.number("reliability", row.get(key, "")))
    notes = [words("note.reliability")] + ([words("note.omega")] if with_omega else [])
    table = Table(
        "reliability", words("table.reliability"), columns, body, notes, "tables/reliability.csv"
    )
    note = words("note.figure.reliability", level=view.level())
    figure = view.figure("reliability", caption, note, "tables/reliability.csv")
    return [*figure, table, *item_blocks(view)]


def _factorability(view: View) -> list[Block]:
    rows = [row for row in view.tables.rows("factorability") if row["kmo"]]
    words, cell = view.words, view.cell
    if not rows:
        return []
    columns = [view.column("scale", numeric=False), view.column("kmo")]
    columns += [view.column(key) for key in ("bartlett_chi2", "df", "p")]
    body = [
        [
            cell.words(_scale(view, row)),
            cell.number("r", row["kmo"]),
            cell.number("statistic", row["bartlett_chi2"]),
            cell.number("df", row["bartlett_df"]),
            cell.number("p", row["bartlett_p"]),
        ]
        for row in rows
    ]
    notes = [words("note.factorability")]
    caption = words("table.factorability")
    return [Table("factorability", caption, columns, body, notes, "tables/factorability.csv")]


def _scale(view: View, row: Row) -> str:
    return (
        view.words.plain("scale.all") if row["scale"] == "all" else view.titles.name(row["scale"])
    )


def _factor_model(view: View) -> list[Block]:
    return [*fit_blocks(view, "cfa_fit"), *_loadings(view)]


def _loadings(view: View) -> list[Block]:
    rows = reported(declared(view.tables.rows("cfa_loadings")))
    words, cell, n = view.words, view.cell, view.n
    known = [row for row in rows if row["std"]]
    if not known:
        return []
    low = min(known, key=lambda row: abs(number(row["std"])))
    high = max(known, key=lambda row: abs(number(row["std"])))
    caption = words(
        "figure.loadings",
        low=n("loading", low["std"]),
        low_item=view.titles.name(low["item"]),
        high=n("loading", high["std"]),
        high_item=view.titles.name(high["item"]),
    )
    columns = [view.column("factor", numeric=False), view.column("item", numeric=False)]
    columns += [view.column(key) for key in ("est", "se", "z", "p", "std", "interval")]
    body, starts = [], []
    for index, row in enumerate(rows):
        first = not index or rows[index - 1]["factor"] != row["factor"]
        if first and index:
            starts.append(index)
        fixed = not row["se"] or number(row["se"]) == 0
        body.append(
            [
                cell.words(view.titles.name(row["factor"]) if first else ""),
                cell.words(view.titles.name(row["item"])),
                cell.fixed("b", row["est"]) if fixed else cell.number("b", row["est"]),
                cell.number("b", "" if fixed else row["se"]),
                cell.number("statistic", "" if fixed else row["z"]),
                cell.number("p", "" if fixed else row["p"]),
                cell.number("loading", row["std"]),
                cell.interval("loading", row["std_low"], row["std_high"]),
            ]
        )
    table = Table(
        "loadings",
        words("table.loadings"),
        columns,
        body,
        [words("note.loadings")],
        "tables/cfa_loadings.csv",
        tuple(starts),
    )
    note = words("note.figure.loadings", level=view.level())
    figure = view.figure("loadings", caption, note, "tables/cfa_loadings.csv")
    fold = Folded(words("fold.loadings", n=n("count", len(rows))), [table])
    return [*figure, fold if len(rows) > 15 else table]
