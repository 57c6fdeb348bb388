"""The structural models: their fit, their paths, and the mediated effects."""

from collections.abc import Mapping
from typing import Any

from grassroots.report.blocks import Block, Chapter, Heading, Paragraph
from grassroots.report.fit import fit_blocks
from grassroots.report.numbers import number
from grassroots.report.records import Row, distinct
from grassroots.report.tables import Table
from grassroots.report.view import View

EFFECT_ORDER = ("total", "direct", "indirect", "total_indirect", "contrast")


def chapter(view: View) -> Chapter | None:
    """None if the study has no structural model."""
    models = view.study.get("structural") or []
    if not models and not view.tables.rows("mediation"):
        return None
    blocks: list[Block] = fit_blocks(view, "sem_fit")
    if view.tables.rows("sem_parameters"):
        note = view.words("note.figure.path", level=view.level(), alpha=view.n("r", view.alpha))
        caption = view.words("figure.path_diagram")
        blocks += view.figure("path_diagram", caption, note, "tables/sem_parameters.csv")
    blocks += [table for model in models if (table := _paths(view, model))]
    effects = _effects(view)
    if effects:
        blocks += [Heading("mediation", view.words("section.mediation")), *effects]
    if not blocks:
        blocks = [Paragraph(view.words("absent.sem"))]
    return Chapter("sem", view.words("chapter.sem"), blocks)


def _paths(view: View, model: Mapping[str, Any]) -> Table | None:
    """The paths among the scales of one model."""
    cell, words = view.cell, view.words
    scales = {model["predictor"], *model["mediators"], model["outcome"]}
    rows = [
        row
        for row in view.tables.rows("sem_parameters", model=model["id"], op="~")
        if {row["lhs"], row["rhs"]} <= scales
    ]
    if not rows:
        return None
    columns = [view.column("path", numeric=False)]
    columns += [view.column(key) for key in ("b", "se", "z", "p", "beta")]
    with_interval = all(row.get("std_low") for row in rows)
    columns += [view.column("interval")] if with_interval else []
    body = []
    for row in rows:
        cells = [
            cell.words(view.titles.path(f"{row['rhs']} -> {row['lhs']}")),
            cell.number("b", row["est"]),
            cell.number("b", row["se"]),
            cell.number("statistic", row["z"]),
            cell.number("p", row["p"]),
            cell.starred("beta", row["std"], row["p"]),
        ]
        if with_interval:
            cells.append(cell.interval("beta", row["std_low"], row["std_high"]))
        body.append(cells)
    caption = words("table.paths", model=view.titles.name(model["id"]))
    notes = [words("note.paths"), *view.stars_note()]
    return Table(f"paths-{model['id']}", caption, columns, body, notes, "tables/sem_parameters.csv")


def _effects(view: View) -> list[Block]:
    every = view.tables.rows("mediation")
    rows = [row for row in every if row["est"]]
    words = view.words
    blocks: list[Block] = _failures(view, every)
    if not rows:
        return blocks
    blocks += [Paragraph(_sentence(view, row)) for row in _decisive(rows)]
    note = words("note.figure.indirect", level=view.level())
    caption = _caption(view, _decisive(rows))
    blocks += view.figure("indirect_effects", caption, note, "tables/mediation.csv")
    for model in dict.fromkeys(row["model"] for row in rows):
        blocks.append(_effect_table(view, model, [row for row in rows if row["model"] == model]))
    return blocks


def _failures(view: View, rows: list[Row]) -> list[Block]:
    """A sentence for each model whose effects could not be estimated."""
    failed = dict.fromkeys(
        (r["model"], r["scores"], r.get("status", "")) for r in rows if not r["est"]
    )
    return [
        Paragraph(
            view.words(
                "mediation.failed",
                model=view.titles.name(model),
                scores=view.words(f"scores.{scores}"),
                reason=view.words.either(f"status.{status}", status),
            )
        )
        for model, scores, status in failed
    ]


def _decisive(rows: list[Row]) -> list[Row]:
    """The specific indirect effects by the observed-score percentile interval, or what there is."""
    indirect = [row for row in rows if row["effect"] == "indirect"]
    for method in ("percentile", "delta", "bca"):
        found = [row for row in indirect if row["method"] == method]
        if found:
            return found
    return []


def excludes_zero(row: Row) -> bool:
    """Whether the interval lies on one side of zero."""
    low, high = number(row["ci_low"]), number(row["ci_high"])
    return low > 0 or high < 0


def _sentence(view: View, row: Row) -> Any:
    outside = excludes_zero(row)
    method = view.words.either(f"method.{row['method']}", row["method"])
    return view.words(
        "mediation.sentence",
        mediators=view.titles.mediators(row["path"]),
        est=view.n("b", row["est"]),
        interval=view.confidence("b", row["ci_low"], row["ci_high"]),
        std=view.n("beta", row["std"]),
        method=method,
        finding=view.words("mediation.excludes" if outside else "mediation.includes"),
    )


def _caption(view: View, rows: list[Row]) -> Any:
    outside = [row for row in rows if excludes_zero(row)]
    key = "all" if len(outside) == len(rows) else "none" if not outside else "some"
    key = f"one.{key}" if len(rows) == 1 else key
    return view.words(
        f"figure.indirect_effects.{key}",
        count=view.n("count", len(outside)),
        all=view.n("count", len(rows)),
    )


def _effect_table(view: View, model: str, rows: list[Row]) -> Table:
    """One row an effect; the BCa interval stands beside the interval that is judged."""
    cell, words = view.cell, view.words
    bca = {_effect(row): row for row in rows if row["method"] == "bca"}
    main = [row for row in rows if row["method"] != "bca"] or rows
    main = sorted(main, key=lambda row: (row["scores"], EFFECT_ORDER.index(row["effect"])))
    keys = ["est", "se", "interval", *(["interval_bca"] if bca else []), "p", "beta", "share"]
    columns = [view.column("scores", numeric=False), view.column("effect", numeric=False)]
    columns += [view.column(key) for key in keys]
    body, starts = [], []
    for index, row in enumerate(main):
        first = not index or main[index - 1]["scores"] != row["scores"]
        if first and index:
            starts.append(index)
        other = bca.get(_effect(row), {})
        made = {
            "est": cell.number("b", row["est"]),
            "se": cell.number("b", row["se"]),
            "interval": cell.interval("b", row["ci_low"], row["ci_high"]),
            "interval_bca": cell.interval("b", other.get("ci_low"), other.get("ci_high")),
            "p": cell.number("p", row.get("p", "")),
            "beta": cell.number("beta", row["std"]),
            "share": cell.number("proportion", row.get("share", "")),
        }
        scores = words(f"scores.{row['scores']}") if first else ""
        body.append([cell.words(scores), cell.words(_label(view, row)), *(made[k] for k in keys)])
    methods = words.sequence([words(f"note.method.{m}") for m in distinct(main, "method")])
    notes = [words("note.mediation.interval", methods=methods)]
    notes += [*_draws(view, rows), words("note.mediation")]
    caption = words("table.mediation", model=view.titles.name(model))
    file = "tables/mediation.csv"
    return Table(f"mediation-{model}", caption, columns, body, notes, file, tuple(starts))


def _effect(row: Row) -> tuple[str, str, str]:
    return row["scores"], row["effect"], row["path"]


def _label(view: View, row: Row) -> str:
    """The effect in words; an indirect one by the mediators that it passes."""
    mediators = [view.titles.mediators(path) for path in row["path"].split(" minus ")]
    if row["effect"] == "contrast":
        return view.words("effect.contrast.of", first=mediators[0], second=mediators[-1])
    if row["effect"] == "indirect":
        return view.words("effect.indirect.via", mediators=mediators[0])
    return view.words(f"effect.{row['effect']}")


def _draws(view: View, rows: list[Row]) -> list[Any]:
    """How many resamples there were, and how many of them failed or were inadmissible."""
    drawn = next((row for row in rows if row.get("draws")), None)
    if not drawn:
        return []
    failed, bad = drawn.get("n_failed") or "0", drawn.get("n_inadmissible") or "0"
    return [
        view.words(
            "note.draws",
            draws=view.n("count", drawn["draws"]),
            failed=view.n("count", failed),
            inadmissible=view.n("count", bad),
        )
    ]
