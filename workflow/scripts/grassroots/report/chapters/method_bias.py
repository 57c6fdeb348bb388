"""Common method bias: what each check found, and what it can and cannot show."""

from markupsafe import Markup

from grassroots.report.blocks import Block, Paragraph
from grassroots.report.numbers import number
from grassroots.report.records import Row
from grassroots.report.tables import Table
from grassroots.report.view import View

# What is compared, and by which measures.
LINES = ("one_factor", "model", "delta", "ulmc", "ulmc_delta")
MEASURES = {
    "chi2": "statistic",
    "df": "df",
    "p": "p",
    "cfi": "fit",
    "rmsea": "fit",
    "srmr": "fit",
}
HARMAN = ("harman_first_component", "harman_first_factor", "harman")


def method_bias_blocks(view: View) -> list[Block]:
    """A sentence for each check that was made, a caution that holds for all, the table."""
    every = view.tables.rows("method_bias")
    rows = [row for row in every if row["value"]]
    if not rows:
        return []
    found = {row["check"]: row for row in rows}
    failed = next((r for r in every if r["check"] == "ulmc_chi2" and not r["value"]), None)
    sentences = [*_harman(view, found), *_one_factor(view, found)]
    sentences += _method_factor(view, found, failed)
    blocks: list[Block] = [Paragraph(sentence) for sentence in sentences]
    blocks.append(Paragraph(view.words("method_bias.caution")))
    return [*blocks, _table(view, rows)]


def _harman(view: View, found: dict[str, Row]) -> list[Markup]:
    row = next((found[name] for name in HARMAN if name in found), None)
    if not row:
        return []
    below = number(row["value"]) < number(row["reference"])
    side = "below" if below else "above"
    limit = {"limit": view.n("threshold", row["reference"])} if row["reference"] else None
    return [
        view.words(
            f"method_bias.harman.{side}" if limit else "method_bias.harman",
            share=view.n("proportion", row["value"]),
            **(limit or {}),
        )
    ]


def _one_factor(view: View, found: dict[str, Row]) -> list[Markup]:
    if not {"one_factor_cfi", "one_factor_rmsea"} <= set(found):
        return []
    words = view.words
    values = {
        "cfi": view.n("fit", found["one_factor_cfi"]["value"]),
        "rmsea": view.n("fit", found["one_factor_rmsea"]["value"]),
    }
    if not {"model_cfi", "model_rmsea"} <= set(found):
        return [words("method_bias.one_factor", **values)]
    single, model = (number(found[f"{m}_cfi"]["value"]) for m in ("one_factor", "model"))
    return [
        words(
            "method_bias.compared.worse" if single < model else "method_bias.compared.no_worse",
            model_cfi=view.n("fit", found["model_cfi"]["value"]),
            model_rmsea=view.n("fit", found["model_rmsea"]["value"]),
            **values,
        )
    ]


def _method_factor(view: View, found: dict[str, Row], failed: Row | None) -> list[Markup]:
    """How much a factor behind all items adds, and what it can be; why it could not be fitted."""
    words = view.words
    if failed:
        reason = words.either(f"status.{failed['status']}", failed["status"])
        return [words("method_bias.ulmc.failed", reason=reason)]
    deltas = {name: found.get(f"ulmc_delta_{name}") for name in ("cfi", "tli", "rmsea", "srmr")}
    known = {name: row for name, row in deltas.items() if row}
    if len(known) < len(deltas):
        return []
    # Better fit is a rise of the first two and a fall of the others; each limit has that sign.
    beyond = any(
        number(row["value"]) / number(row["reference"]) > 1
        for row in known.values()
        if row["reference"]
    )
    sentence = words(
        f"method_bias.ulmc.{'beyond' if beyond else 'within'}",
        **{name: view.n("fit", row["value"]) for name, row in known.items()},
        **{f"limit_{name}": _limit(view, known[name]) for name in ("cfi", "rmsea")},
        share=view.n("proportion", found["ulmc_method_share"]["value"]),
        against=view.n("count", found["ulmc_against"]["value"]),
        items=view.n("count", found["ulmc_items"]["value"]),
    )
    status = found["ulmc_chi2"].get("status") or "ok"
    if status != "ok":
        sentence += words("sentence.space") + words(
            "method_bias.ulmc.improper", reason=words.either(f"status.{status}", status)
        )
    return [sentence]


def _limit(view: View, row: Row) -> Markup:
    """How much an index may change, without the direction that counts as better."""
    return view.n("r", abs(number(row["reference"])))


def _table(view: View, rows: list[Row]) -> Table:
    """A line for each check: Harman's share, the models, the differences between them."""
    words, cell = view.words, view.cell
    found = {row["check"]: row["value"] for row in rows}
    shown = [key for key in MEASURES if any(f"{line}_{key}" in found for line in LINES)]
    harman = next((found[name] for name in HARMAN if name in found), "")
    columns = [view.column("check", numeric=False)]
    columns += [view.column("share_of_variance")] if harman else []
    columns += [view.column(key) for key in shown]
    body = []
    if harman:
        blanks = [cell.words("")] * len(shown)
        body.append([cell.words(words("check.harman")), cell.number("proportion", harman), *blanks])
    for line in LINES:
        values = [found.get(f"{line}_{key}", "") for key in shown]
        if any(values):
            numbers = zip(shown, values, strict=True)
            blank = cell.words("")
            cells = [cell.number(MEASURES[key], v) if v else blank for key, v in numbers]
            body.append([cell.words(words(f"check.{line}")), *([blank] if harman else []), *cells])
    notes = [words("note.method_bias")]
    notes += [words("note.method_bias.ulmc")] if "ulmc_cfi" in found else []
    counts = sorted({row["n"] for row in rows if row.get("n")})
    if len(counts) == 1:
        notes.append(words("note.correlations.n", n=view.equals("n", "count", counts[0])))
    caption = words("table.method_bias")
    return Table("method_bias", caption, columns, body, notes, "tables/method_bias.csv")
