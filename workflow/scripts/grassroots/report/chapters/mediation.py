"""The mediated effects: in words, drawn, and decomposed for each model."""

from typing import Any

from markupsafe import Markup

from grassroots.report.blocks import Block, Paragraph
from grassroots.report.numbers import number
from grassroots.report.records import Row, distinct
from grassroots.report.study_words import exploratory_models, planned
from grassroots.report.tables import Table
from grassroots.report.view import View

EFFECT_ORDER = ("total", "direct", "indirect", "total_indirect", "contrast")
# The share of resamples without an admissible solution that a page passes over: our own limit.
MOST_BAD_DRAWS = 0.05
# Which interval is judged, where there are several.
METHODS = ("percentile", "delta", "bca")


def mediation_blocks(view: View) -> list[Block]:
    """A sentence for each indirect effect, the figure, and the table of each model."""
    every = view.tables.rows("mediation")
    rows = [row for row in every if row["est"]]
    words = view.words
    blocks: list[Block] = _failures(view, every)
    if not rows:
        return blocks
    indirect = [row for row in shown(rows) if row["effect"] == "indirect"]
    several = len(distinct(rows, "model")) > 1
    told = _named if several else _sentence
    # The numbers of an exploratory model stand in its table alone.
    blocks += [Paragraph(told(view, row)) for row in planned(view.study, indirect)]
    note = words("note.figure.indirect", level=view.level())
    caption = _caption(view, indirect)
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


def shown(rows: list[Row]) -> list[Row]:
    """The rows by the method that is judged: for each model and kind of scores the first there."""
    found = []
    for model, scores in dict.fromkeys((row["model"], row["scores"]) for row in rows):
        own = [row for row in rows if (row["model"], row["scores"]) == (model, scores)]
        method = min((row["method"] for row in own), key=METHODS.index)
        found += [row for row in own if row["method"] == method]
    return found


def excludes_zero(row: Row) -> bool:
    """Whether the interval lies on one side of zero."""
    low, high = number(row["ci_low"]), number(row["ci_high"])
    return low > 0 or high < 0


def _named(view: View, row: Row) -> Any:
    """The sentence with the name of its model, where there are several."""
    model = view.titles.name(row["model"])
    return view.words("mediation.of", model=model, sentence=_sentence(view, row))


def _sentence(view: View, row: Row) -> Any:
    outside = excludes_zero(row)
    method = view.words.either(f"method.{row['method']}", row["method"])
    return view.words(
        "mediation.sentence",
        scores=view.words(f"scores.{row['scores']}"),
        mediators=view.titles.mediators(row["path"]),
        est=view.n("b", row["est"]),
        interval=view.confidence("b", row["ci_low"], row["ci_high"]),
        std=view.n("beta", row["std"]),
        method=method,
        finding=view.words("mediation.excludes" if outside else "mediation.includes"),
    )


def _caption(view: View, rows: list[Row]) -> Any:
    """An effect counts if its interval excludes zero for latent and observed scores alike."""
    rows = planned(view.study, rows)
    effects = dict.fromkeys((row["model"], row["path"]) for row in rows)
    within = {(row["model"], row["path"]) for row in rows if not excludes_zero(row)}
    outside = [effect for effect in effects if effect not in within]
    key = "all" if not within else "none" if not outside else "some"
    key = f"one.{key}" if len(effects) == 1 else key
    return view.words(
        f"figure.indirect_effects.{key}",
        count=view.n("count", len(outside)),
        all=view.n("count", len(effects)),
    )


def _effect_table(view: View, model: str, rows: list[Row]) -> Table:
    """One row an effect; the BCa interval stands beside the interval that is judged."""
    cell, words = view.cell, view.words
    if model in exploratory_models(view.study):
        rows = _briefly(rows)
    bca = {_effect(row): row for row in rows if row["method"] == "bca"}
    main = sorted(shown(rows), key=lambda row: (row["scores"], EFFECT_ORDER.index(row["effect"])))
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
    methods = words.sequence([_method(view, main, name) for name in distinct(main, "method")])
    notes = [words("note.mediation.interval", methods=methods)]
    notes += [*_draws(view, rows), words("note.mediation")]
    caption = words("table.mediation", model=view.titles.name(model))
    file = "tables/mediation.csv"
    return Table(f"mediation-{model}", caption, columns, body, notes, file, tuple(starts))


def _briefly(rows: list[Row]) -> list[Row]:
    """Of an exploratory model the main effects of its first kind of scores; the file has all."""
    scores = rows[0]["scores"]
    return [
        row
        for row in rows
        if row["scores"] == scores and row["method"] != "bca" and row["effect"] != "contrast"
    ]


def _method(view: View, rows: list[Row], method: str) -> Markup:
    """A method, and for which scores it was taken."""
    words = view.words
    scores = distinct([row for row in rows if row["method"] == method], "scores")
    short = words.both([words(f"scores.{each}.short") for each in scores])
    return words("note.method", scores=short, method=words(f"method.{method}"))


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
    drawn = {row["scores"]: row for row in rows if row.get("draws")}
    told: list[Any] = []
    for scores, row in sorted(drawn.items()):
        told.append(
            view.words(
                "note.draws",
                scores=view.words(f"scores.{scores}"),
                draws=view.n("count", row["draws"]),
                failed=view.n("count", row.get("n_failed") or "0"),
                inadmissible=view.n("count", row.get("n_inadmissible") or "0"),
            )
        )
        told += draws_warning(view, row)
    return told + block_notes(view, rows)


def draws_warning(view: View, row: Row) -> list[Any]:
    """That many of the resamples of an effect were no use, where they were; else nothing."""
    bad = sum(number(row.get(key) or "0") for key in ("n_failed", "n_inadmissible"))
    if bad <= MOST_BAD_DRAWS * number(row["draws"]):
        return []
    return [view.words("note.draws.many", limit=view.n("threshold", MOST_BAD_DRAWS))]


def block_notes(view: View, rows: list[Row]) -> list[Any]:
    """That blocks of respondents were drawn, where they were; else nothing."""
    return [
        view.words(
            "note.blocks",
            blocks=view.n("count", blocks),
            # Of a standard deviation from so many independent values.
            error=view.n("percent", str(100 / (2 * (float(blocks) - 1)) ** 0.5)),
        )
        for blocks in distinct([row for row in rows if row.get("blocks")], "blocks")
    ]
