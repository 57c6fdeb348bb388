"""The moderated models: interactions, simple slopes, conditional effects and their index."""

from markupsafe import Markup

from grassroots.report.blocks import Block, Folded, Paragraph
from grassroots.report.chapters.mediation import block_notes, draws_warning, excludes_zero
from grassroots.report.numbers import number
from grassroots.report.records import Row, distinct
from grassroots.report.tables import Cell, Column, Table
from grassroots.report.view import View

POINTS = ("low", "mean", "high")
OVERALL = ("index", "difference")


def moderation_blocks(view: View) -> list[Block]:
    """For each model its findings in sentences; the figure; for each model its tables."""
    words, rows = view.words, view.tables.rows("moderation")
    blocks: list[Block] = []
    models = [model for model in view.study.get("structural") or [] if model.get("moderator")]
    for model in models:
        own = [row for row in rows if row["model"] == model["id"]]
        blocks += _sentences(view, model["moderator"], own)
    if any(row["b"] for row in rows):
        blocks.append(Paragraph(words("moderation.observed_only")))
    if view.tables.rows("simple_slopes"):
        note = words("note.figure.simple_slopes")
        caption = words("figure.simple_slopes")
        blocks += view.figure("simple_slopes", caption, note, "tables/simple_slopes.csv")
    for model in models:
        own = [row for row in rows if row["model"] == model["id"] and row["b"]]
        if own:
            moderator = model["moderator"]
            blocks += [
                *_slope_tables(view, model["id"], moderator),
                *_effect_tables(view, model["id"], moderator, own),
                _folded_coefficients(view, model["id"], moderator, own),
            ]
    return blocks


def _sentences(view: View, moderator: str, rows: list[Row]) -> list[Block]:
    """Each interaction with its slopes, then each index."""
    words = view.words
    if rows and not rows[0]["b"]:
        reason = words.either(f"status.{rows[0]['status']}", rows[0]["status"])
        model = view.titles.name(rows[0]["model"])
        return [Paragraph(words("moderation.failed", model=model, reason=reason))]
    space = Markup(words("sentence.space"))
    found: list[Block] = []
    for row in rows:
        if row["delta_r2"]:
            parts = [_interaction(view, moderator, row), *_slopes(view, moderator, row)]
            found.append(Paragraph(space.join(parts)))
    for row in rows:
        if row["term"] in OVERALL and row["method"] == "percentile":
            found.append(Paragraph(_overall(view, row)))
    return found


def _interaction(view: View, moderator: str, row: Row) -> Markup:
    cause, response = row["path"].split(" -> ")
    significant = number(row["p"]) < view.alpha
    return view.words(
        "moderation.sentence.found" if significant else "moderation.sentence.none",
        model=view.titles.name(row["model"]),
        cause=view.titles.within(cause),
        response=view.titles.within(response),
        moderator=view.titles.within(moderator),
        b=view.n("b", row["b"]),
        interval=view.confidence("b", row["ci_low"], row["ci_high"]),
        p=view.equals("p", "p", row["p"]),
        delta=view.n("fit", row["delta_r2"]),
    )


def _slopes(view: View, moderator: str, row: Row) -> list[Markup]:
    """The slope at each point, and where it differs from zero."""
    words = view.words
    rows = view.tables.rows("simple_slopes", model=row["model"], path=row["path"])
    points = [each for each in rows if each["at"] != "boundary"]
    listed = [
        words(
            "moderation.slope",
            at=point_words(view, moderator, each),
            b=view.n("b", each["est"]),
            p=view.equals("p", "p", each["p"]),
        )
        for each in points
    ]
    found = []
    if listed:
        together = Markup(words("list.semicolon")).join(listed)
        named = view.titles.within(moderator)
        found.append(words("moderation.slopes", moderator=named, list=together))
    for each in rows:
        if each["at"] == "boundary":
            key = f"moderation.boundary.{each['significant']}"
            value = view.n("b", each["value"])
            found.append(words(key, value=value, moderator=view.titles.within(moderator)))
    return found


def _overall(view: View, row: Row) -> Markup:
    words = view.words
    return words(
        f"moderation.{row['term']}",
        model=view.titles.name(row["model"]),
        mediators=view.titles.mediators(row["path"]),
        est=view.n("b", row["b"]),
        interval=view.confidence("b", row["ci_low"], row["ci_high"]),
        method=words(f"method.{row['method']}"),
        finding=words("mediation.excludes" if excludes_zero(row) else "mediation.includes"),
    )


def point_words(view: View, moderator: str, row: Row) -> Markup:
    """The moderator's value in words: mean, one SD to a side, or the category."""
    if row["at"] in POINTS:
        return view.words(f"point.{row['at']}", value=view.n("b", row["value"]))
    return Markup("{}").format(view.titles.level(moderator, row["at"]))


def _slope_tables(view: View, model: str, moderator: str) -> list[Block]:
    rows = [r for r in view.tables.rows("simple_slopes", model=model) if r["at"] != "boundary"]
    if not rows:
        return []
    cell, words = view.cell, view.words
    columns = [view.column("path", numeric=False), _moderator_column(view)]
    columns += [view.column(key) for key in ("b", "se", "t", "p", "interval")]
    body, starts = [], []
    for index, row in enumerate(rows):
        first = not index or rows[index - 1]["path"] != row["path"]
        if first and index:
            starts.append(index)
        body.append(
            [
                cell.words(view.titles.path(row["path"]) if first else ""),
                cell.words(point_words(view, moderator, row)),
                cell.number("b", row["est"]),
                cell.number("b", row["se"]),
                cell.number("statistic", row["t"]),
                cell.number("p", row["p"]),
                cell.interval("b", row["ci_low"], row["ci_high"]),
            ]
        )
    named = {"model": view.titles.name(model), "moderator": view.titles.within(moderator)}
    notes = [words("note.simple_slopes", n=view.equals("N", "count", rows[0]["n"]))]
    caption = words("table.simple_slopes", **named)
    name, file = f"simple-slopes-{model}", "tables/simple_slopes.csv"
    return [Table(name, caption, columns, body, notes, file, tuple(starts))]


def _effect_tables(view: View, model: str, moderator: str, rows: list[Row]) -> list[Block]:
    """Indirect and direct effects at each point, and below them the index or the difference."""
    cell, words = view.cell, view.words
    every = view.tables.rows("conditional_effects", model=model)
    if not every:
        return []
    overall = [row | {"est": row["b"], "effect": row["term"], "at": ""} for row in rows]
    every = every + [row for row in overall if row["term"] in OVERALL]
    bca = {_key(row): row for row in every if row["method"] == "bca"}
    main = [row for row in every if row["method"] == "percentile"]
    main.sort(key=lambda row: distinct(every, "path").index(row["path"]))
    columns = [view.column("path", numeric=False), _moderator_column(view)]
    columns += [view.column(key) for key in ("est", "se", "interval", "interval_bca", "p")]
    body, starts = [], []
    for index, row in enumerate(main):
        first = not index or main[index - 1]["path"] != row["path"]
        if first and index:
            starts.append(index)
        other = bca.get(_key(row), {})
        at = point_words(view, moderator, row) if row["at"] else words(f"effect.{row['effect']}")
        body.append(
            [
                cell.words(view.titles.path(row["path"]) if first else ""),
                cell.words(at),
                cell.number("b", row["est"]),
                cell.number("b", row["se"]),
                cell.interval("b", row["ci_low"], row["ci_high"]),
                cell.interval("b", other.get("ci_low"), other.get("ci_high")),
                cell.number("p", row["p"]),
            ]
        )
    drawn = next(row for row in main if row.get("draws"))
    notes = [
        words(
            "note.conditional_effects",
            draws=view.n("count", drawn["draws"]),
            failed=view.n("count", drawn["n_failed"] or "0"),
        ),
        *draws_warning(view, drawn),
        *block_notes(view, main),
    ]
    named = {"model": view.titles.name(model), "moderator": view.titles.within(moderator)}
    caption = words("table.conditional_effects", **named)
    name, file = f"conditional-effects-{model}", "tables/conditional_effects.csv"
    return [Table(name, caption, columns, body, notes, file, tuple(starts))]


def _folded_coefficients(view: View, model: str, moderator: str, rows: list[Row]) -> Folded:
    """All coefficients, equation by equation."""
    cell, words = view.cell, view.words
    declared = next(each for each in view.study["structural"] if each["id"] == model)
    covariates = declared.get("covariates") or []
    rows = [row for row in rows if row["method"] == "t"]
    left_out = {"intercept", *covariates}
    rows = [row for row in rows if row["term"].partition("=")[0] not in left_out]
    columns = [view.column("outcome", numeric=False), view.column("predictor", numeric=False)]
    columns += [view.column(key) for key in ("b", "se", "t", "p", "interval", "beta")]
    body: list[list[Cell]] = []
    starts, notes = [], []
    for index, row in enumerate(rows):
        first = not index or rows[index - 1]["outcome"] != row["outcome"]
        outcome = view.titles.name(row["outcome"])
        if first and index:
            starts.append(index)
        if first:
            r2 = view.n("r", row["r2"])
            notes.append(words("note.moderation.r2", outcome=outcome, r2=r2))
        body.append(
            [
                cell.words(outcome if first else ""),
                cell.words(_term(view, moderator, row["term"])),
                cell.number("b", row["b"]),
                cell.number("b", row["se"]),
                cell.number("statistic", row["t"]),
                cell.number("p", row["p"]),
                cell.interval("b", row["ci_low"], row["ci_high"]),
                cell.number("beta", row["beta"]),
            ]
        )
    note = words("note.moderation", n=view.equals("N", "count", rows[0]["n"]))
    if covariates:
        names = words.sequence([view.titles.within(name) for name in covariates])
        notes.append(words("note.moderation.covariates", list=names))
    caption = words("table.moderation", model=view.titles.name(model))
    name, file = f"moderation-{model}", "tables/moderation.csv"
    table = Table(name, caption, columns, body, [note, *notes], file, tuple(starts))
    return Folded(words("fold.moderation", model=view.titles.name(model)), [table])


def _term(view: View, moderator: str, term: str) -> Markup:
    """A term in words: a product with a cross, a category with its level."""
    if term.endswith(f":{moderator}"):
        cause = view.titles.name(term.removesuffix(f":{moderator}"))
        return Markup("{} × {}").format(cause, view.titles.name(moderator))
    variable, level = view.titles.term(term)
    if not level:
        return Markup("{}").format(variable)
    return view.words("term.category", variable=variable, level=level)


def _moderator_column(view: View) -> Column:
    return view.column("moderator", numeric=False)


def _key(row: Row) -> tuple[str, str, str]:
    return row["effect"], row["path"], row["at"]
