"""Whether a measurement model measures the same in all groups, and the groups' latent means."""

from markupsafe import Markup

from grassroots.report.blocks import Block, Paragraph
from grassroots.report.numbers import number
from grassroots.report.records import Row, reported
from grassroots.report.tables import Table
from grassroots.report.view import View

FULL = ("metric", "scalar", "strict")
# A step holds if no fit is lost beyond these (Cheung & Rensvold 2002; Chen 2007).
LARGEST_DROP_OF_CFI = 0.01
LARGEST_RISE_OF_RMSEA = 0.015
KINDS = {
    "chi2": "statistic",
    "df": "df",
    "cfi": "fit",
    "rmsea": "fit",
    "srmr": "fit",
    "delta_chi2": "statistic",
    "delta_df": "df",
    "p": "p",
    "delta_cfi": "fit",
    "delta_rmsea": "fit",
}


def invariance_blocks(view: View) -> list[Block]:
    """For each model and variable: what holds, the table of the steps, the latent means."""
    every = view.tables.rows("invariance")
    blocks: list[Block] = []
    for model, by in dict.fromkeys((row["model"], row["by"]) for row in every):
        rows = [row for row in reported(every) if (row["model"], row["by"]) == (model, by)]
        reached = highest_step(rows)
        blocks.append(Paragraph(_sentence(view, rows, reached)))
        if any(row["chi2"] for row in rows):
            blocks.append(_table(view, rows))
        means = view.tables.rows("latent_means", model=model, by=by)
        if means:
            blocks.append(_means(view, means, reached, rows[0]["n"]))
    return blocks


def highest_step(rows: list[Row]) -> str:
    """The last step of the chain that holds: full steps first, then partial ones; '' if none.

    A partial step counts if the step that it is compared with was reached.
    """
    by_name = {row["step"]: row for row in rows}
    if not by_name.get("configural", {}).get("chi2"):
        return ""
    reached = "configural"
    for name in FULL:
        for step in (name, f"partial_{name}"):
            row = by_name.get(step)
            if row and row["against"] == reached and holds(row):
                reached = step
                break
        else:
            return reached
    return reached


def holds(row: Row) -> bool:
    """Whether a step loses no more fit than the limits allow."""
    drop, rise = -number(row["delta_cfi"]), number(row["delta_rmsea"])
    return drop <= LARGEST_DROP_OF_CFI and rise <= LARGEST_RISE_OF_RMSEA


def _sentence(view: View, rows: list[Row], reached: str) -> Markup:
    words, first = view.words, rows[0]
    named = {
        "model": view.titles.name(first["model"]),
        "variable": view.titles.within(first["by"]),
        "estimator": first["estimator"],
    }
    if not reached:
        reason = words.either(f"status.{first['status']}", first["status"])
        return words("invariance.failed", **named, reason=reason)
    sentence = words(
        "invariance.sentence",
        **named,
        n=view.equals("N", "count", first["n"]),
        groups=view.n("count", first["groups"]),
        df=view.n("df", first["df"]),
        chi2=view.n("statistic", first["chi2"]),
        cfi=view.n("fit", first["cfi"]),
        rmsea=view.n("fit", first["rmsea"]),
        finding=words(f"invariance.{reached}"),
    )
    lost = [
        words(
            "invariance.lost",
            step=words(f"step.{row['step']}"),
            df=view.n("df", row["delta_df"]),
            chi2=view.n("statistic", row["delta_chi2"]),
            p=view.equals("p", "p", row["p"]),
            cfi=view.n("fit", row["delta_cfi"]),
            rmsea=view.n("fit", row["delta_rmsea"]),
        )
        for row in rows
        if row["delta_cfi"] and not holds(row) and not row["step"].startswith("partial_strict")
    ]
    return Markup(words("sentence.space")).join([sentence, *lost[:1]])


def _table(view: View, rows: list[Row]) -> Table:
    """The steps of the reported estimator; partial ones below a rule."""
    cell, words, first = view.cell, view.words, rows[0]
    columns = [view.column("invariance_step", numeric=False)]
    columns += [view.column(key) for key in KINDS]
    body = [
        [
            cell.words(words(f"step.{row['step']}")),
            *(cell.number(kind, row[key]) for key, kind in KINDS.items()),
        ]
        for row in rows
    ]
    partial = [index for index, row in enumerate(rows) if row["released"]]
    notes = [words("note.invariance", estimator=first["estimator"])]
    if first["estimator"] == "MLR":
        notes.append(words("note.invariance.scaled"))
    if partial:
        notes.append(words("note.invariance.released", list=_released(view, rows[-1]["released"])))
    caption = words(
        "table.invariance",
        model=view.titles.name(first["model"]),
        variable=view.titles.within(first["by"]),
    )
    name = f"invariance-{first['model']}-{first['by']}"
    file = "tables/invariance.csv"
    return Table(name, caption, columns, body, notes, file, tuple(partial[:1]))


def _released(view: View, text: str) -> Markup:
    """Released parameters in words: the loading of an item, its intercept, its residual."""
    found = []
    for parameter in text.split("; "):
        left, operator, right = parameter.split(" ")
        kind = {"=~": "loading", "~": "intercept", "~~": "residual"}[operator]
        item = right if kind == "loading" else left
        found.append(view.words(f"invariance.released.{kind}", item=view.titles.name(item)))
    return view.words.sequence(found)


def _means(view: View, rows: list[Row], reached: str, n: str) -> Table:
    cell, words, first = view.cell, view.words, rows[0]
    columns = [view.column("factor", numeric=False), view.column("group", numeric=False)]
    columns += [view.column(key) for key in ("est", "se", "z", "p", "interval", "latent_d")]
    body = [
        [
            cell.words(view.titles.name(row["factor"])),
            cell.words(view.titles.level(row["by"], row["level"])),
            cell.number("b", row["est"]),
            cell.number("b", row["se"]),
            cell.number("statistic", row["z"]),
            cell.number("p", row["p"]),
            cell.interval("b", row["ci_low"], row["ci_high"]),
            cell.number("b", row["d"]),
        ]
        for row in rows
    ]
    reference = view.titles.level(first["by"], first["reference"])
    step = words(f"step.{first['step']}")
    whole = view.equals("N", "count", n)
    notes = [words("note.latent_means", n=whole, reference=reference, step=step)]
    if "scalar" not in reached and "strict" not in reached:
        notes.append(words("note.latent_means.not_comparable"))
    caption = words(
        "table.latent_means",
        model=view.titles.name(first["model"]),
        variable=view.titles.within(first["by"]),
    )
    name = f"latent-means-{first['model']}-{first['by']}"
    return Table(name, caption, columns, body, notes, "tables/latent_means.csv")
